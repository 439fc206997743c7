/** A zip on disk or in memory for the library to read. Places outside of it are an error of that one read; the library itself would end the process over them. */
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Options, type ZipFile } from 'yauzl';
import { openHeld, openStored, type OpenedFile, type StoredFile } from '../files/sealed-file.ts';
import { rebuildDirectory, type ScanLimits } from './cut-zip.ts';

const CHUNK_BYTES = 65_536;

class FileReader extends RandomAccessReader {
  readonly #file: OpenedFile;

  constructor(file: OpenedFile) {
    super();
    this.#file = file;
  }

  #holds(from: number, length: number): boolean {
    return Number.isSafeInteger(from) && Number.isSafeInteger(length) && from >= 0 && length >= 0 && from + length <= this.#file.sizeBytes;
  }

  /** Not a stream of node:fs: destroying one closes the file for all others. */
  override _readStreamForRange(start: number, end: number): Readable {
    let at = start;
    const stream: Readable = new Readable({
      highWaterMark: CHUNK_BYTES,
      read: (wanted) => {
        this.#next(at, Math.min(wanted, end - at), (error, bytes) => {
          if (error) { stream.destroy(error); return; }
          at += bytes.length;
          stream.push(bytes.length === 0 ? null : bytes);
        });
      },
    });
    return stream;
  }

  /** Up to `length` bytes; none at the end of the file. */
  #next(from: number, length: number, done: (error: Error | null, bytes: Buffer) => void): void {
    if (length <= 0) { done(null, Buffer.alloc(0)); return; }
    const buffer = Buffer.allocUnsafe(length);
    this.#file.read(buffer, from, (error, bytes) => { done(error, buffer.subarray(0, bytes)); });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    if (!this.#holds(position, length)) { callback(new RangeError('The archive points outside of itself.')); return; }
    const next = (at: number): void => {
      if (at === length) { callback(null); return; }
      this.#file.read(buffer.subarray(offset + at, offset + length), position + at, (error, bytes) => {
        if (error) callback(error);
        else if (bytes === 0) callback(new RangeError('The archive became shorter while it was read.'));
        else next(at + bytes);
      });
    };
    next(0);
  }

  override close(callback: (error: Error | null) => void): void {
    this.#file.close(callback);
  }
}

const openRead = (file: OpenedFile, options: Options): Promise<ZipFile> => fromRandomAccessReaderPromise(new FileReader(file), file.sizeBytes, options);

/** @throws {Error} Not a zip, damaged, or not readable; the caller gives it a code. */
export async function openZipFile(stored: StoredFile, options: Options): Promise<ZipFile> {
  const file = openStored(stored);
  try {
    return await openRead(file, options);
  } catch (error) {
    file.close(() => undefined);
    throw error;
  }
}

/** The same for one on disk or in memory whose end may be missing: `cutOff` says so, and then `zip` lists what came through whole. */
export async function openZipAsFarAsWhole(source: StoredFile | Buffer, options: Options, limits: ScanLimits): Promise<{ readonly zip: ZipFile; readonly cutOff: boolean }> {
  const file = Buffer.isBuffer(source) ? openHeld(source) : openStored(source);
  try {
    return { zip: await openRead(file, options), cutOff: false };
  } catch (error) {
    try {
      const whole = error instanceof Error && error.message.startsWith('End of central directory record signature not found') ? await rebuildDirectory(file, limits) : null;
      if (whole) return { zip: await openRead(whole, options), cutOff: true };
    } catch { /* What was wrong with it first is what counts. */ }
    file.close(() => undefined);
    throw error;
  }
}
