/** Small files that are either the old or the new version, never half: write, fsync, rename, fsync the folder. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';

/** Creates the folder (and missing parents) so that only this user may look inside. */
export function makePrivateFolder(folder: string): void {
  // Step by step: the recursive form never returns where the system refuses with "no such file" (/proc).
  guard(() => {
    const missing: string[] = [];
    for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at);
    for (const step of missing) mkdirSync(step, { mode: 0o700 });
  });
}

/** @throws {AppError} ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE; the old version is then untouched. */
export function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.new`;
  guard(() => {
    try {
      // Anew, and through no link that somebody put there.
      rmSync(temporary, { force: true });
      const file = openSync(temporary, 'wx', 0o600);
      try {
        const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8');
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
      syncFolder(dirname(path));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** Makes a rename or a new file in `folder` durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try { fsyncSync(handle); } finally { closeSync(handle); }
}

/** The text of a small file, or null when there is none. @throws {AppError} ERR_VAULT_UNREADABLE; ERR_FILE_TOO_LARGE over `maxBytes`. */
export function readSmallFile(path: string, maxBytes: number): string | null {
  return guard(() => {
    try {
      const bytes = readFileSync(path);
      if (bytes.length > maxBytes) throw new AppError('ERR_FILE_TOO_LARGE', 'A file of the vault is far larger than it can be. It was not read.');
      return bytes.toString('utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  });
}

function guard<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('ERR_STORAGE_FULL', 'The disk is full. Nothing was lost. Make some room and try again.', { cause: error });
    if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EIO'].includes(code)) {
      throw new AppError('ERR_VAULT_UNREADABLE', 'The vault’s folder cannot be read or written. Check that the disk is there and that you may write to it.', { cause: error });
    }
    throw error;
  }
}
