/** Small files that are either the old or the new version, never half: write, fsync, rename, fsync the folder. */
import { closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';

/** Creates the folder (and missing parents) so that only this user may look inside. */
export function makePrivateFolder(folder: string): void {
  // Step by step: the recursive form never returns where the system refuses with "no such file" (/proc).
  guard(() => {
    const missing: string[] = [];
    for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at);
    for (const step of missing) mkdirSync(step, { mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw notOurs();
  });
}

const notOurs = (): AppError => new AppError('ERR_VAULT_UNREADABLE', 'Something else lies in the vault’s folder where a file or folder of the vault belongs. Look what it is, and move it away.');

/** True for a file itself: not for a folder, a pipe or a link, whatever that leads to. */
export const isPlainFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Takes away what a write that was cut off left behind, whatever somebody put in its place; a link is not followed. */
export const removeLeftover = (path: string): void => { rmSync(path, { recursive: true, force: true }); };

/** @throws {AppError} ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE; the old version is then untouched. */
export function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.new`;
  guard(() => {
    try {
      // Anew, and through no link that somebody put there.
      removeLeftover(temporary);
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
      removeLeftover(temporary);
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
    const found = statOf(path);
    if (!found) return null;
    // Opening a pipe would wait for somebody to write into it.
    if (!found.isFile()) throw notOurs();
    if (found.size > maxBytes) throw tooLarge();
    const file = openSync(path, 'r');
    try {
      // Not by its size: files the system makes up have none, and one may grow.
      const bytes = Buffer.allocUnsafe(maxBytes + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length < bytes.length; length += read) read = readSync(file, bytes, length, bytes.length - length, null);
      if (length > maxBytes) throw tooLarge();
      return bytes.toString('utf8', 0, length);
    } finally {
      closeSync(file);
    }
  });
}

/** Null when there is none. Node's own option would say that also where a file is in the place of the folder. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const tooLarge = (): AppError => new AppError('ERR_FILE_TOO_LARGE', 'A file of the vault is far larger than it can be. It was not read.');

function guard<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('ERR_STORAGE_FULL', 'The disk is full. Nothing was lost. Make some room and try again.', { cause: error });
    if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'EIO'].includes(code)) {
      throw new AppError('ERR_VAULT_UNREADABLE', 'The vault’s folder cannot be read or written. Check that the disk is there and that you may write to it.', { cause: error });
    }
    throw error;
  }
}
