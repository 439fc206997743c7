/** A zip on disk for the library to read. Places outside of the file are an error of that one read; the library itself would end the process over them. */
import { close, fstatSync, openSync, read } from 'node:fs';
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Options, type ZipFile } from 'yauzl';

const CHUNK_BYTES = 65_536;

class FileReader extends RandomAccessReader {
  readonly #fd: number;
  readonly #size: number;

  constructor(fd: number, size: number) {
    super();
    this.#fd = fd;
    this.#size = size;
  }

  #holds(from: number, length: number): boolean {
    return Number.isSafeInteger(from) && Number.isSafeInteger(length) && from >= 0 && length >= 0 && from + length <= this.#size;
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
    read(this.#fd, buffer, 0, length, from, (error, bytes) => { done(error, buffer.subarray(0, bytes)); });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    if (!this.#holds(position, length)) { callback(new RangeError('The archive points outside of itself.')); return; }
    const next = (at: number): void => {
      if (at === length) { callback(null); return; }
      read(this.#fd, buffer, offset + at, length - at, position + at, (error, bytes) => {
        if (error) callback(error);
        else if (bytes === 0) callback(new RangeError('The archive became shorter while it was read.'));
        else next(at + bytes);
      });
    };
    next(0);
  }

  override close(callback: (error: Error | null) => void): void {
    close(this.#fd, (error) => { callback(error ?? null); });
  }
}

/** @throws {Error} Not a zip, damaged, or not readable; the caller gives it a code. */
export async function openZipFile(path: string, options: Options): Promise<ZipFile> {
  const fd = openSync(path, 'r');
  try {
    return await fromRandomAccessReaderPromise(new FileReader(fd, fstatSync(fd).size), fstatSync(fd).size, options);
  } catch (error) {
    close(fd);
    throw error;
  }
}
