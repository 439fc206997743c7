/** A life that can be ended at any moment: `node life-child.ts <folder> <secrets as JSON> [acts, comma-separated]`; one line of JSON for each thing begun and each thing acknowledged. */
import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { ACTS, lifePorts, openLife, type Act, type Line, type Secrets } from './life.ts';

const [dataDir = '', secrets = '', only] = process.argv.slice(2);
// Written at once: what a killed process had in a buffer, nobody saw.
const say = (line: Line): void => { writeSync(1, `${JSON.stringify(line)}\n`); };
const life = await openLife(lifePorts(dataDir), JSON.parse(secrets) as Secrets, say);
// A list is lived through once and in order; without one it goes on and on.
const list = only?.split(',') as readonly Act[] | undefined;
if (list) {
  for (const act of list) await life.live(act);
  await life.core.close();
} else {
  for (;;) await life.live(ACTS[randomInt(ACTS.length)] ?? 'set');
}
