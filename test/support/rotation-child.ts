/** A process that replaces a vault's master key again and again and can be killed while it does: `node rotation-child.ts <folder> <passphrase>`. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { KDF_FLOOR } from '../../electron/core/vault/header.ts';
import { unlockVault } from '../../electron/core/vault/vault.ts';

const [dataDir = '', passphrase = ''] = process.argv.slice(2);
// Written at once: what a killed process had in a buffer, nobody saw.
const say = (line: string): void => { writeSync(1, `${line}\n`); };

let vault = await unlockVault({ dataDir, clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size), passphraseKdf: KDF_FLOOR }, { passphrase });
for (;;) {
  const { reopen, recoveryPhrase } = await vault.rotate(passphrase, { onPhase: say, signal: new AbortController().signal });
  say(`switched ${recoveryPhrase.join('-')}`);
  vault = reopen();
  say(`open ${vault.header().generation}`);
}
