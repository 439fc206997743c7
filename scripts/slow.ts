/** The long form of what the check does a little of: 1,000 kills, 10,000 power cuts, 10,000 flipped bits, 100 rounds of two programs, an hour of fuzzing. Names after `--` choose parts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const faults = (file: string): readonly string[] => [vitest, 'run', `test/faults/${file}.test.ts`, '--reporter=dot'];

const PARTS = [
  { name: 'bit-flips', command: faults('bit-flips') },
  { name: 'power-loss', command: faults('power-loss') },
  { name: 'rotation-killed', command: faults('rotation-killed') },
  { name: 'life-killed', command: faults('life-killed') },
  { name: 'two-programs', command: faults('two-programs') },
  { name: 'fuzzing', command: [join(root, 'test/fuzz/main.ts'), '--seconds', '3600'] },
] as const;

const wanted = process.argv.slice(2);
const ended: string[] = [];
for (const { name, command } of PARTS.filter((part) => wanted.length === 0 || wanted.includes(part.name))) {
  process.stdout.write(`\n— ${name}\n`);
  const startedAt = performance.now();
  const ok = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env: { ...process.env, PENCHANT_SLOW: '1' } }).status === 0;
  ended.push(`${ok ? 'ok' : 'FAILED'}: ${name}, ${((performance.now() - startedAt) / 60_000).toFixed(0)} min`);
  if (!ok) process.exitCode = 1;
}
process.stdout.write(`\n${ended.join('\n')}\n`);
