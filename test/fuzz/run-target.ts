/** Fuzzes one target in a thread with limits on memory and on time for each input. */
import { Worker } from 'node:worker_threads';

export interface WorkerTask {
  /** URL of the module that exports TARGETS. */
  readonly module: string;
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  readonly runs: number;
  readonly maxMs: number;
  readonly corpus: readonly Uint8Array[];
  /** Number of the run, length and bytes of the input at hand: readable from outside when the thread is gone. */
  readonly shared: SharedArrayBuffer;
}

export type WorkerReport =
  | { readonly kind: 'done'; readonly runs: number; readonly edges: number; readonly corpus: readonly Uint8Array[]; /** Inputs that reached something no seed did. */ readonly found: number }
  | { readonly kind: 'failure'; readonly what: string; readonly input: Uint8Array };

export interface FuzzOptions {
  readonly module: URL;
  readonly target: string;
  readonly corpus?: readonly Uint8Array[];
  readonly seed?: number;
  readonly seconds?: number;
  readonly runs?: number;
  /** Processor time one input may take. */
  readonly maxMs?: number;
  /** Heap of the thread. */
  readonly maxHeapMb?: number;
}

export type FuzzOutcome = WorkerReport & { readonly runs: number };

const MAX_INPUT_BYTES = 65_536;
const LOOK_MS = 500;
/** Of the clock on the wall, with no next input: an endless loop or a promise that never settles. Long, for busy machines. */
const STUCK_MS = 30_000;
/** Buffers lie outside the thread's heap. */
const MAX_PROCESS_BYTES = 2 * 2 ** 30;

export function fuzzTarget(options: FuzzOptions): Promise<FuzzOutcome> {
  const { target, seed = 1, seconds = Number.MAX_SAFE_INTEGER / 1e6, runs = Number.MAX_SAFE_INTEGER, maxMs = 1_000, maxHeapMb = 256 } = options;
  const shared = new SharedArrayBuffer(8 + MAX_INPUT_BYTES);
  const control = new Int32Array(shared, 0, 2);
  const task: WorkerTask = { module: options.module.href, target, seed, seconds, runs, maxMs, corpus: options.corpus ?? [], shared };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
  return new Promise((resolve, reject) => {
    let lastRun = -1, sinceMs = performance.now();
    const finish = (report: WorkerReport): void => {
      clearInterval(look);
      void worker.terminate();
      resolve({ runs: Atomics.load(control, 0), ...report });
    };
    const blame = (what: string): void => { finish({ kind: 'failure', what, input: new Uint8Array(shared.slice(8, 8 + Atomics.load(control, 1))) }); };
    const look = setInterval(() => {
      const run = Atomics.load(control, 0);
      if (run !== lastRun) {
        lastRun = run;
        sinceMs = performance.now();
      } else if (run > 0 && performance.now() - sinceMs > Math.max(STUCK_MS, maxMs * 4)) blame(`no end within ${STUCK_MS / 1000} seconds`);
      if (process.memoryUsage.rss() > MAX_PROCESS_BYTES) blame('more than 2 GiB of memory');
    }, LOOK_MS);
    worker.on('message', (report: WorkerReport) => { finish(report); });
    worker.on('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') { blame(`more than ${maxHeapMb} MB of heap`); return; }
      if (Atomics.load(control, 0) > 0) { blame(`an error nobody caught: ${error.stack ?? error.message}`); return; }
      clearInterval(look);
      reject(error);
    });
    worker.on('exit', () => { clearInterval(look); });
  });
}
