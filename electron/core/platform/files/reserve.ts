/** Room kept back on the disk, so that locking, ending and deleting still work when there is none left. */
import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { removeLeftover } from './atomic-file.ts';

export interface Reserve {
  /** Runs `body`; when the disk is full, gives the reserve back to it and runs `body` once more. `body` must change nothing when it fails. */
  withRoom<T>(body: () => T | Promise<T>): Promise<T>;
  /** True when the reserve is used up, or could never be made. */
  isSpent(): boolean;
}

const RESERVE_BYTES = 4 * 1024 * 1024;
/** It is not made of the last of the room. */
const FREE_BYTES = 4 * RESERVE_BYTES;

/** Makes the reserve at `path` when it is missing and there is room for it. `onSpent`: the disk is full, and the reserve went. */
export function createReserve(path: string, onSpent: () => void): Reserve {
  let spent = !isWhole(path) && !make(path);
  return Object.freeze({
    async withRoom<T>(body: () => T | Promise<T>): Promise<T> {
      try {
        return await body();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'ERR_STORAGE_FULL' || spent) throw error;
        removeLeftover(path);
        spent = true;
        onSpent();
        return await body();
      }
    },
    isSpent: () => spent,
  } satisfies Reserve);
}

function isWhole(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === RESERVE_BYTES;
}

/** Of random bytes, which no file system packs or leaves out. */
function make(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize < FREE_BYTES) return false;
    // Anew, and through no link that somebody put there.
    removeLeftover(path);
    const file = openSync(path, 'wx', 0o600);
    try {
      const bytes = randomFillSync(Buffer.allocUnsafe(RESERVE_BYTES));
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    removeLeftover(path);
    return false;
  }
}
