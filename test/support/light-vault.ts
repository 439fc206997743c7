/** Makes a vault that a command line made as costly to open as any cheap to open: tests of commands open theirs a hundred times, and what a derivation costs is measured elsewhere. */
import { createCore } from '../../electron/core/core.ts';
import { call, PASSPHRASE, testPorts } from './ports.ts';

/** Derives the key of the passphrase anew, with the least there is. The vault must be closed. */
export async function lighten(dataDir: string): Promise<void> {
  const core = createCore(testPorts({ dataDir }));
  try {
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    await call(core, 'vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: PASSPHRASE });
  } finally {
    await core.close();
  }
}
