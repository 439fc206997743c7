/** A zip on disk for the library to read. Places outside of the file are an error of that one read; the library itself would end the process over them. */
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Options, type ZipFile } from 'yauzl';
import { openStored, type OpenedFile, type StoredFile } from '../files/sealed-file.ts';

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

/** @throws {Error} Not a zip, damaged, or not readable; the caller gives it a code. */
export async function openZipFile(stored: StoredFile, options: Options): Promise<ZipFile> {
  const file = openStored(stored);
  try {
    return await fromRandomAccessReaderPromise(new FileReader(file), file.sizeBytes, options);
  } catch (error) {
    file.close(() => undefined);
    throw error;
  }
}
