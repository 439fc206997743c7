/** The thread a target is fuzzed in: it may run out of memory or never come back, and only it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { createCoverage, createRandom, mutate, type FuzzTargets } from './engine.ts';
import { instrumentImports } from './instrument.ts';
import type { WorkerTask, WorkerReport } from './run-target.ts';

const task = workerData as WorkerTask;
const control = new Int32Array(task.shared, 0, 2);
const current = new Uint8Array(task.shared, 8);
const tell = (report: WorkerReport): void => { parentPort?.postMessage(report); };

const { map, reset } = instrumentImports();
const { TARGETS } = await import(task.module) as { readonly TARGETS: FuzzTargets };
const target = TARGETS[task.target];
if (!target) throw new Error(`there is no target ${task.target}`);

const coverage = createCoverage(map);
const random = createRandom(task.seed);
const corpus: Uint8Array[] = [];
const found: Uint8Array[] = [];
let runs = 0;

/** @returns whether it reached anything new; null when the run is over because of it */
async function attempt(data: Uint8Array): Promise<boolean | null> {
  current.set(data);
  Atomics.store(control, 1, data.length);
  Atomics.add(control, 0, 1);
  runs += 1;
  reset();
  const cpuBefore = process.threadCpuUsage();
  try {
    const pending = target?.run(data);
    if (pending) await pending;
  } catch (error) {
    tell({ kind: 'failure', what: error instanceof Error ? (error.stack ?? error.message) : String(error), input: data });
    return null;
  }
  const cpu = process.threadCpuUsage(cpuBefore);
  const tookMs = (cpu.user + cpu.system) / 1000;
  if (tookMs > task.maxMs) {
    tell({ kind: 'failure', what: `took ${Math.round(tookMs)} ms of processor time, more than ${task.maxMs}`, input: data });
    return null;
  }
  return coverage.isNew();
}

async function fuzz(): Promise<void> {
  const starts = [...task.corpus, ...target?.seeds.map((seed) => (typeof seed === 'string' ? Buffer.from(seed) : seed)) ?? [], new Uint8Array(0)];
  for (const data of starts) {
    if (data.length > current.length) throw new Error('a seed is longer than any input may be');
    const isNew = await attempt(data);
    if (isNew === null) return;
    if (isNew) corpus.push(data);
  }
  const endAtMs = performance.now() + task.seconds * 1000;
  while (runs < task.runs && performance.now() < endAtMs) {
    // The newest half as often as all others: what was just reached leads furthest.
    const pick = random(2) === 0 ? random(corpus.length) : corpus.length - 1 - random(Math.max(1, Math.ceil(corpus.length / 2)));
    const data = mutate(corpus[pick] ?? new Uint8Array(0), corpus, target ?? { seeds: [], run: () => undefined }, random);
    const isNew = await attempt(data);
    if (isNew === null) return;
    if (isNew) {
      corpus.push(data);
      found.push(data);
    }
    // Lets messages and timers of the code under test through.
    if (runs % 64 === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  tell({ kind: 'done', runs, edges: coverage.edges(), corpus, found: found.length });
}

await fuzz();
