/** A zip whose end is missing, where its directory would be: goes through the entries from the first and writes the directory anew, for those that are whole. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { OpenedFile } from '../files/sealed-file.ts';

/** What going through may cost; see ZipLimits, which these are part of. */
export interface ScanLimits { readonly entries: number; readonly entryBytes: number; readonly totalBytes: number; readonly ratio: number; readonly ratioFromBytes: number }

/** PKWARE APPNOTE 6.3.10: 4.3.7 local header, 4.3.9 data descriptor, 4.3.12 directory, 4.3.14 to 4.3.16 its end, 4.5.3 sizes of 64 bits. */
const LOCAL = 0x04034b50, DESCRIPTOR = 0x08074b50, CENTRAL = 0x02014b50, END = 0x06054b50, END_64 = 0x06064b50, LOCATOR_64 = 0x07064b50;
const LOCAL_BYTES = 30, CENTRAL_BYTES = 46, DESCRIPTOR_BYTES = 24;
const SIZES_FOLLOW = 0x0008, DEFLATED = 8, ELSEWHERE = 0xffffffff, EXTRA_64 = 0x0001;
const CHUNK_BYTES = 65_536;
/** Names can be long and many; no directory of an export comes near. */
const DIRECTORY_BYTES = 64 * 2 ** 20;

interface Whole { readonly flags: number; readonly method: number; readonly crc: number; readonly packed: number; readonly size: number; readonly name: Buffer; readonly at: number; /** Where the next entry begins. */ readonly end: number }

const readAt = (file: OpenedFile, position: number, length: number): Promise<Buffer> => new Promise((resolve, reject) => {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, file.sizeBytes - position)));
  const next = (filled: number): void => {
    if (filled === bytes.length) { resolve(bytes); return; }
    file.read(bytes.subarray(filled), position + filled, (error, read) => {
      if (error) reject(error);
      else if (read === 0) resolve(bytes.subarray(0, filled));
      else next(filled + read);
    });
  };
  next(0);
});

/** The sizes of 64 bits in the extra fields of a local header: unpacked, packed. */
function sizes64(extra: Buffer): readonly [number, number] | null {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === EXTRA_64 && length >= 16 && at + 20 <= extra.length) return [Number(extra.readBigUInt64LE(at + 4)), Number(extra.readBigUInt64LE(at + 12))];
    at += 4 + length;
  }
  return null;
}

/** Unpacks from `from` to where the packed bytes say they end. Null when they do not end, or are nothing that may be unpacked. */
async function inflateFrom(file: OpenedFile, from: number, budget: number, { entryBytes, ratio, ratioFromBytes }: ScanLimits): Promise<{ readonly packed: number; readonly size: number; readonly crc: number } | null> {
  const inflate = createInflateRaw(), run = { size: 0, crc: 0, ended: false, failed: false };
  inflate.on('data', (chunk: Buffer) => { run.size += chunk.length; run.crc = crc32(chunk, run.crc); });
  const over = new Promise<void>((resolve) => {
    inflate.on('end', () => { run.ended = true; resolve(); });
    inflate.on('error', () => { run.failed = true; resolve(); });
  });
  try {
    for (let at = from; !run.ended && !run.failed;) {
      const chunk = await readAt(file, at, CHUNK_BYTES);
      if (chunk.length === 0) return null;
      at += chunk.length;
      // One piece at a time: the ratio is looked at before the next one is unpacked.
      await Promise.race([over, new Promise<void>((resolve) => { inflate.write(chunk, () => { resolve(); }); })]);
      await nextTurn();
      if (run.size > Math.min(entryBytes, budget) || (run.size > ratioFromBytes && run.size > inflate.bytesWritten * ratio)) return null;
    }
    return run.failed ? null : { packed: inflate.bytesWritten, size: run.size, crc: run.crc };
  } finally {
    inflate.destroy();
  }
}

/** The entry at this place, if all of it is there. */
async function entryAt(file: OpenedFile, at: number, budget: number, limits: ScanLimits): Promise<Whole | null> {
  const head = await readAt(file, at, LOCAL_BYTES);
  if (head.length < LOCAL_BYTES || head.readUInt32LE(0) !== LOCAL) return null;
  const flags = head.readUInt16LE(6), method = head.readUInt16LE(8), nameLength = head.readUInt16LE(26);
  const rest = await readAt(file, at + LOCAL_BYTES, nameLength + head.readUInt16LE(28));
  const name = rest.subarray(0, nameLength), from = at + LOCAL_BYTES + nameLength + head.readUInt16LE(28);
  if (name.length < nameLength || from > file.sizeBytes) return null;
  const entry = { flags, method, name, at };
  if ((flags & SIZES_FOLLOW) === 0) {
    const [small, smallSize] = [head.readUInt32LE(18), head.readUInt32LE(22)];
    const long = small === ELSEWHERE || smallSize === ELSEWHERE ? sizes64(rest.subarray(nameLength)) : null;
    const [size, packed] = long ?? [smallSize, small];
    // A size of 64 bits may be any number.
    return !Number.isSafeInteger(packed) || !Number.isSafeInteger(size) || from + packed > file.sizeBytes ? null : { ...entry, crc: head.readUInt32LE(14), packed, size, end: from + packed };
  }
  // What is not packed does not say where it ends.
  const found = method === DEFLATED ? await inflateFrom(file, from, budget, limits) : null;
  if (!found) return null;
  const follows = await readAt(file, from + found.packed, DESCRIPTOR_BYTES);
  const skip = follows.length >= 4 && follows.readUInt32LE(0) === DESCRIPTOR ? 4 : 0;
  const says = (bytes: 4 | 8): boolean => follows.length >= skip + 4 + 2 * bytes && follows.readUInt32LE(skip) === found.crc
    && [found.packed, found.size].every((size, i) => (bytes === 4 ? follows.readUInt32LE(skip + 4 + 4 * i) === size : follows.readBigUInt64LE(skip + 4 + 8 * i) === BigInt(size)));
  const width = says(8) ? 8 : says(4) ? 4 : null;
  return width === null ? null : { ...entry, ...found, end: from + found.packed + skip + 4 + 2 * width };
}

function centralOf({ flags, method, crc, packed, size, name, at }: Whole): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(EXTRA_64, 0); extra.writeUInt16LE(24, 2);
  [size, packed, at].forEach((value, i) => { extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i); });
  const central = Buffer.alloc(CENTRAL_BYTES);
  central.writeUInt32LE(CENTRAL, 0); central.writeUInt16LE(45, 4); central.writeUInt16LE(45, 6); central.writeUInt16LE(flags, 8); central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc, 16); central.writeUInt32LE(ELSEWHERE, 20); central.writeUInt32LE(ELSEWHERE, 24); central.writeUInt16LE(name.length, 28); central.writeUInt16LE(extra.length, 30); central.writeUInt32LE(ELSEWHERE, 42);
  return Buffer.concat([central, name, extra]);
}

function endOf(count: number, bytes: number, from: number): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(END_64, 0); end.writeBigUInt64LE(44n, 4); end.writeUInt16LE(45, 12); end.writeUInt16LE(45, 14);
  [count, count, bytes, from].forEach((value, i) => { end.writeBigUInt64LE(BigInt(value), 24 + 8 * i); });
  end.writeUInt32LE(LOCATOR_64, 56); end.writeBigUInt64LE(BigInt(from + bytes), 64); end.writeUInt32LE(1, 72);
  end.writeUInt32LE(END, 76); end.writeUInt16LE(0xffff, 84); end.writeUInt16LE(0xffff, 86); end.writeUInt32LE(ELSEWHERE, 88); end.writeUInt32LE(ELSEWHERE, 92);
  return end;
}

/**
 * The archive as far as it is whole, with a directory at its end: read by the same program and held to the same limits as any other.
 *
 * Entries that say their size are stepped over; those that say it only behind their bytes, as Google writes them, have to be unpacked to be found.
 *
 * @returns null when not one entry is whole. Closing it closes `file`.
 */
export async function rebuildDirectory(file: OpenedFile, limits: ScanLimits): Promise<OpenedFile | null> {
  const directory: Buffer[] = [];
  let from = 0, directoryBytes = 0, budget = limits.totalBytes;
  while (directory.length < limits.entries && directoryBytes < DIRECTORY_BYTES) {
    const entry = await entryAt(file, from, budget, limits);
    if (!entry) break;
    const central = centralOf(entry);
    directory.push(central);
    directoryBytes += central.length;
    if ((entry.flags & SIZES_FOLLOW) !== 0) budget -= entry.size;
    from = entry.end;
  }
  if (directory.length === 0) return null;
  const tail = Buffer.concat([...directory, endOf(directory.length, directoryBytes, from)]);
  return Object.freeze({
    sizeBytes: from + tail.length,
    read(into: Buffer, position: number, done: (error: Error | null, bytes: number) => void) {
      if (position < from) file.read(into.subarray(0, Math.min(into.length, from - position)), position, done);
      else setImmediate(done, null, tail.copy(into, 0, position - from));
    },
    close(done: (error: Error | null) => void) { file.close(done); },
  } satisfies OpenedFile);
}
