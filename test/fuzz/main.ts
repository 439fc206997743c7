/** `npm run fuzz -- [--seconds N] [--seed N] [--save] [target…]`: fuzzes the parsers for N seconds in all, from the corpus in the repository. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzTarget } from './run-target.ts';

/** In the order of docs/threat-model.md; test/unit/fuzz-targets.test.ts holds it against the targets themselves. */
export const TARGET_NAMES = [
  'csv', 'encoding', 'strict-json', 'json-array', 'imports', 'databases', 'dates-money', 'zip', 'jws', 'jwk', 'signed-request', 'dpop', 'sd-jwt', 'answers', 'status-list', 'header', 'backup', 'recovery-phrase', 'age', 'export', 'link', 'wire-frame', 'request-head', 'release',
] as const;
const CORPUS = join(import.meta.dirname, 'corpus');
const FAILURES = join(import.meta.dirname, '../../test-results/fuzz');
const KEEP_BYTES = 2_048, KEEP_FILES = 16;

export function readCorpus(target: string): Uint8Array[] {
  try {
    return readdirSync(join(CORPUS, target)).sort().map((name) => readFileSync(join(CORPUS, target, name)));
  } catch {
    return [];
  }
}

const nameOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex').slice(0, 12);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, save: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !(TARGET_NAMES as readonly string[]).includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no target ${unknown.join(', ')}. Targets: ${TARGET_NAMES.join(', ')}\n`);
    return 64;
  }
  const names = positionals.length > 0 ? positionals : TARGET_NAMES;
  const seconds = Number(values.seconds) / names.length;
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  process.stdout.write(`${names.length} targets, ${seconds.toFixed(1)} s each, seed ${seed}\n`);
  let failures = 0, total = 0;
  for (const target of names) {
    const outcome = await fuzzTarget({ module: new URL('./targets.ts', import.meta.url), target, corpus: readCorpus(target), seconds, seed });
    total += outcome.runs;
    if (outcome.kind === 'failure') {
      failures += 1;
      mkdirSync(FAILURES, { recursive: true });
      const path = join(FAILURES, `${target}-${nameOf(outcome.input)}`);
      writeFileSync(path, outcome.input);
      process.stdout.write(`FAILED  ${target}: ${outcome.what}\n  the input (${outcome.input.length} bytes) is in test-results/fuzz/${target}-${nameOf(outcome.input)}; put it into test/fuzz/corpus/${target} when it is mended\n`);
      continue;
    }
    process.stdout.write(`ok      ${target.padEnd(16)} ${outcome.runs.toLocaleString('en-US').padStart(10)} runs, ${String(outcome.edges).padStart(5)} edges, ${outcome.found} new inputs\n`);
    if (values.save) {
      const kept = outcome.corpus.filter((data) => data.length <= KEEP_BYTES).toSorted((a, b) => a.length - b.length).slice(0, KEEP_FILES);
      mkdirSync(join(CORPUS, target), { recursive: true });
      // Files with other names were put there by hand: inputs that broke something once.
      for (const name of readdirSync(join(CORPUS, target))) if (/^[0-9a-f]{12}$/u.test(name)) rmSync(join(CORPUS, target, name));
      for (const data of kept) writeFileSync(join(CORPUS, target, nameOf(data)), data);
    }
  }
  process.stdout.write(`${total.toLocaleString('en-US')} runs, ${failures} targets failed\n`);
  return failures === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
