/** `npm run fuses -- PROGRAM [--check]`: sets the fuses of a packaged Penchant and reads them back; with --check it only reads. */
import { parseArgs } from 'node:util';
import { setFuses, wrongFuses } from './support/fuses.ts';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean', default: false } }, allowPositionals: true });
const [program] = positionals;
if (program === undefined) {
  process.stderr.write('Usage: npm run fuses -- PROGRAM [--check]\n');
  process.exitCode = 64;
} else {
  if (!values.check) await setFuses(program);
  const wrong = await wrongFuses(program);
  process.stdout.write(wrong.length === 0 ? 'Every fuse is as it must be.\n' : `${wrong.join('\n')}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
