/** Vaults made once per run, each when the first test wants it, and copied for every test that starts with one. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { projectDir } from '../../../scripts/support/build.ts';

export const PASSPHRASE = 'seven calm otters read by lamplight';

/** `nothing`: first run. `vault`: an empty one, locked. `records`: one with the sample exports imported, locked. `life`: one after a full life, locked. `older`: one whose records were read by other rules than today's, locked. */
export type StartWith = 'nothing' | 'vault' | 'records' | 'life' | 'older';
type Made = Exclude<StartWith, 'nothing'>;

/** The folder for the originals: scripts/e2e.ts makes it before the tests and deletes it after them. */
export const MADE_VAULTS = 'PENCHANT_MADE_VAULTS';

/** Seconds of work on an idle computer, minutes on a busy one. */
function make(path: string, what: Made): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(projectDir, `test/e2e/support/${what === 'life' ? 'make-large-vault' : 'make-vault'}.ts`), path, what], { cwd: projectDir, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`making the vault "${what}" ended with ${code ?? 'a signal'}: ${errors}`));
    });
  });
}

/** Copies such a vault to this path, which must not exist yet. Workers that want the same one at the same time wait for the one that makes it. */
export async function copyVault(path: string, what: Made): Promise<void> {
  const folder = process.env[MADE_VAULTS];
  if (folder === undefined) throw new Error('Run these tests with scripts/e2e.ts.');
  const original = join(folder, what);
  const making = `${original}.making`;
  while (!existsSync(original)) {
    try {
      mkdirSync(making);
    } catch {
      await setTimeout(200);
      continue;
    }
    try {
      // The one who made it may have been done between the look and the lock.
      if (!existsSync(original)) {
        await make(join(making, what), what);
        renameSync(join(making, what), original);
      }
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  cpSync(original, path, { recursive: true });
}
