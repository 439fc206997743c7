/** Files that lie on disk under a key that is only in memory, read as if they lay there in plain text: what a crash leaves behind says nothing. */
import { createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';
import { close, createReadStream, fstatSync, openSync, read } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Transform } from 'node:stream';

/**
 * A file to be read; plain data that crosses to other processes and threads.
 *
 * Sealing promises that nobody reads the file without its key, and a key goes with the process that made it. It does not promise that a changed byte is noticed: such a file
 * lives no longer than the process, in a folder only this user may enter. AES-256-CTR, because it keeps every byte in its place: as long as the plain text, readable from anywhere.
 */
export interface StoredFile {
  readonly path: string;
  /** Base64url of 32 bytes; without one the file is in plain text. */
  readonly sealKey?: string | undefined;
}

const ALGORITHM = 'aes-256-ctr';
const BLOCK_BYTES = 16;
const KEY_BYTES = 32;
const CHUNK_BYTES = 65_536;

/** A key for one file. Never for a second one: both would be under the same key stream, and one laid over the other undoes it. */
export const newSealKey = (randomBytes: (size: number) => Buffer): string => randomBytes(KEY_BYTES).toString('base64url');

/** Seals what is written through it, from the beginning of a file on. */
export const sealing = (sealKey: string): Transform => createCipheriv(ALGORITHM, Buffer.from(sealKey, 'base64url'), Buffer.alloc(BLOCK_BYTES));

/** For what lies from `position` on. The counter begins at 0, for a key is used once, and counts blocks. */
function unsealer(sealKey: string, position: number): Decipheriv {
  const counter = Buffer.alloc(BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(Math.floor(position / BLOCK_BYTES)), BLOCK_BYTES - 8);
  const decipher = createDecipheriv(ALGORITHM, Buffer.from(sealKey, 'base64url'), counter);
  decipher.update(Buffer.alloc(position % BLOCK_BYTES));
  return decipher;
}

/** The whole file, or its first `bytes`, piece by piece. */
export async function* readStored({ path, sealKey }: StoredFile, { bytes = Infinity, chunkBytes = CHUNK_BYTES }: { readonly bytes?: number; readonly chunkBytes?: number } = {}): AsyncGenerator<Buffer, void> {
  const decipher = sealKey === undefined ? null : unsealer(sealKey, 0);
  // A binary stream without an encoding gives buffers.
  for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) yield decipher ? decipher.update(chunk) : chunk;
}

/** The whole file, or its first `bytes`, at once: for files whose size was looked at. */
export const readStoredWhole = (file: StoredFile, bytes?: number): Promise<Buffer> => buffer(readStored(file, bytes === undefined ? {} : { bytes }));

/** A file that is read from anywhere, until it is closed. */
export interface OpenedFile {
  readonly sizeBytes: number;
  /** Fills `into` from `position` on, as far as one reading goes; 0 bytes at the end of the file. */
  read(into: Buffer, position: number, done: (error: Error | null, bytes: number) => void): void;
  close(done: (error: Error | null) => void): void;
}

/** @throws {Error} of node:fs */
export function openStored({ path, sealKey }: StoredFile): OpenedFile {
  const fd = openSync(path, 'r');
  return Object.freeze({
    sizeBytes: fstatSync(fd).size,
    read(into: Buffer, position: number, done: (error: Error | null, bytes: number) => void) {
      read(fd, into, 0, into.length, position, (error, bytes) => {
        if (sealKey !== undefined && bytes > 0) unsealer(sealKey, position).update(into.subarray(0, bytes)).copy(into);
        done(error, bytes);
      });
    },
    close(done: (error: Error | null) => void) { close(fd, (error) => { done(error ?? null); }); },
  } satisfies OpenedFile);
}

/** The same for bytes in memory. */
export const openHeld = (bytes: Buffer): OpenedFile => Object.freeze({
  sizeBytes: bytes.length,
  read(into: Buffer, position: number, done: (error: Error | null, bytes: number) => void) {
    const copied = position < bytes.length ? bytes.copy(into, 0, position) : 0;
    setImmediate(done, null, copied);
  },
  close(done: (error: Error | null) => void) { setImmediate(done, null); },
} satisfies OpenedFile);
