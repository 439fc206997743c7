/** Vaults made once per worker by the command line and copied for each test that starts with one. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../../../scripts/support/build.ts';

export const PASSPHRASE = 'seven calm otters read by lamplight';

/** `nothing`: first run. `vault`: an empty one, locked. `records`: one with the sample exports imported, locked. `life`: one after a full life, locked. `older`: one whose records were read by other rules than today's, locked. */
export type StartWith = 'nothing' | 'vault' | 'records' | 'life' | 'older';

export interface MadeVaults {
  /** Copies the vault to this path, which must not exist yet. */
  copyTo(path: string, what: Exclude<StartWith, 'nothing'>): void;
  /** Deletes the originals. */
  remove(): void;
}

export function createMadeVaults(): MadeVaults {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-made-'));
  const made = new Set<string>();

  const penchant = (vault: string, ...args: readonly string[]): void => {
    const run = spawnSync(process.execPath, [join(projectDir, 'electron/cli/penchant.mjs'), ...args, '--vault', vault, '--json'], { cwd: projectDir, encoding: 'utf8', timeout: 120_000, env: { ...process.env, PENCHANT_PASSPHRASE: PASSPHRASE } });
    if (run.status !== 0) throw new Error(`penchant ${args.join(' ')} ended with ${run.status ?? 'a signal'}: ${run.stderr}`);
  };

  /** Minutes of work on a busy computer, seconds on an idle one. */
  const byScript = (script: 'make-large-vault' | 'make-older-vault', vault: string): void => {
    const run = spawnSync(process.execPath, [join(projectDir, `test/e2e/support/${script}.ts`), vault], { cwd: projectDir, encoding: 'utf8', timeout: 600_000 });
    if (run.status !== 0) throw new Error(`${script} ended with ${run.status ?? 'a signal'}: ${run.stderr}`);
  };

  return {
    copyTo(path, what) {
      const original = join(folder, what);
      if (!made.has(what) && (what === 'life' || what === 'older')) {
        byScript(what === 'life' ? 'make-large-vault' : 'make-older-vault', original);
        made.add(what);
      }
      if (!made.has(what)) {
        penchant(original, 'init');
        const samples = join(projectDir, 'resources/samples');
        if (what === 'records') penchant(original, 'import', ...readdirSync(samples).map((name) => join(samples, name)));
        made.add(what);
      }
      cpSync(original, path, { recursive: true });
    },
    remove() { rmSync(folder, { recursive: true, force: true }); },
  };
}
