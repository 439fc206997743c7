/** A program that opens a vault, says something, and locks it, until its time is up; then prints what it saw as one line of JSON. */
import { randomBytes, randomInt } from 'node:crypto';
import { createCore } from '../../electron/core/core.ts';
import { lifePorts } from './life.ts';

const [dataDir = '', passphrase = '', forMs = '0'] = process.argv.slice(2);
const until = performance.now() + Number(forMs);
const seen = { opened: 0, refused: 0, said: [] as string[], other: [] as string[] };
const LONGER_THAN_WAITED_MS = 2_500;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, randomInt(40)));

while (performance.now() < until) {
  const core = createCore(lifePorts(dataDir));
  const opened = await core.dispatch('vault.unlock', { passphrase });
  if (opened.ok) {
    seen.opened += 1;
    for (let i = randomInt(3); i >= 0; i--) {
      const value = `Brand ${randomBytes(6).toString('hex')}`;
      const said = await core.dispatch('profile.declare', { claim: 'brand', value });
      if (said.ok) seen.said.push(value);
      else seen.other.push(said.error.code);
      await pause();
    }
    // Now and then longer than the other program waits.
    if (randomInt(4) === 0) await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_WAITED_MS));
  } else if (opened.error.code === 'ERR_VAULT_IN_USE') seen.refused += 1;
  else seen.other.push(opened.error.code);
  await core.close();
  await pause();
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
