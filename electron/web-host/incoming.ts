/** Files the page uploads: sealed on their way into a private folder, handed to the core with their key, deleted at lock, exit and the next start. */
import { createWriteStream, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import type { OfferedFile } from '../../shared/api/wire.ts';
import { makePrivateFolder } from '../core/platform/files/atomic-file.ts';
import { newSealKey, sealing } from '../core/platform/files/sealed-file.ts';
import type { GrantedFile } from '../core/ports.ts';

export interface Incoming {
  /**
   * Streams one upload to disk, sealed, and grants it to the core. Its key is kept by the core alone, and goes when the core does.
   *
   * @throws {AppError} ERR_FILE_TOO_LARGE, ERR_STORAGE_FULL, ERR_CANCELLED, ERR_VAULT_LOCKED, ERR_RATE_LIMITED; nothing of the file is then left
   */
  receive(body: Readable, name: string, declaredBytes: number | null): Promise<OfferedFile>;
  /** Ends what is under way and deletes every file: the core they were granted to is gone. */
  clear(): void;
}

/** Google fills single zips with up to 50 GB. */
export const MAX_UPLOAD_BYTES = 64 * 1024 ** 3;
const MAX_AT_ONCE = 16;
const DAY_MS = 86_400_000;

export interface IncomingDeps {
  /** Absolute; made 0700 at the first upload. */
  readonly folder: string;
  readonly maxBytes: number;
  readonly randomBytes: (size: number) => Buffer;
  readonly grantFile: (file: GrantedFile) => void;
  readonly nowMs: () => number;
  readonly pid: number;
}

export function createIncoming(deps: IncomingDeps): Incoming {
  // A folder per process, so that a second host on the same vault does not delete what the first is still reading.
  const own = join(deps.folder, `${deps.pid}-${deps.randomBytes(6).toString('hex')}`);
  let running = new Set<AbortController>();
  removeLeftovers(deps);

  return Object.freeze({
    async receive(body: Readable, name: string, declaredBytes: number | null) {
      if (declaredBytes !== null && declaredBytes > deps.maxBytes) throw tooLarge(deps.maxBytes);
      if (running.size >= MAX_AT_ONCE) throw new AppError('ERR_RATE_LIMITED', 'Too many files are being handed over at once. Wait for some to finish and try again.');
      const id = deps.randomBytes(16).toString('hex');
      const path = join(own, id);
      const stop = new AbortController();
      const mine = running;
      mine.add(stop);
      const sealKey = newSealKey(deps.randomBytes);
      let size = 0;
      const counter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          if (size > deps.maxBytes) done(tooLarge(deps.maxBytes));
          else done(null, chunk);
        },
      });
      try {
        makePrivateFolder(own);
        await pipeline(body, counter, sealing(sealKey), createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal: stop.signal });
        if (stop.signal.aborted) throw new AppError('ERR_VAULT_LOCKED', 'The vault was locked. The file was not kept.');
        const file = { id, name: cleanFileName(name), size };
        deps.grantFile({ ...file, path, sealKey, temporary: true });
        return file;
      } catch (error) {
        rmSync(path, { force: true });
        throw toUploadError(error, stop.signal.aborted);
      } finally {
        mine.delete(stop);
      }
    },
    clear() {
      const stopping = running;
      running = new Set();
      for (const stop of stopping) stop.abort();
      rmSync(own, { recursive: true, force: true });
      // Fails while another host still has files there, which is right.
      try { rmdirSync(deps.folder); } catch { return; }
    },
  } satisfies Incoming);
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('ERR_FILE_TOO_LARGE', `This file is larger than ${Math.floor(maxBytes / 1024 ** 3)} GB, more than Penchant reads at once. Nothing was stored.`);

function toUploadError(error: unknown, locked: boolean): unknown {
  if (error instanceof AppError) return error;
  if (locked) return new AppError('ERR_VAULT_LOCKED', 'The vault was locked. The file was not kept.', { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('ERR_STORAGE_FULL', 'The disk is full. The file was not kept. Make some room and try again.', { cause: error });
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') return new AppError('ERR_CANCELLED', 'Handing over the file was stopped. Nothing was stored.', { cause: error });
  return error;
}

/** What a crash left behind: folders of processes that are no more, of files nobody has the keys of. */
function removeLeftovers({ folder, nowMs }: IncomingDeps): void {
  let names: string[];
  try { names = readdirSync(folder); } catch { return; }
  for (const name of names) {
    const path = join(folder, name);
    const changedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    // A process number may have been given to another program since, so age counts as well.
    if (!isRunning(Number(name.split('-')[0])) || nowMs() - changedAtMs > DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const LONGEST_NAME = 200;

/** The last part of a name as a person would read it: no folders, no control or direction characters, never empty. It is only ever shown. */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const plain = Array.from(last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')).slice(0, LONGEST_NAME).join('').trim();
  return plain === '' || /^\.+$/u.test(plain) ? 'file' : plain;
}
