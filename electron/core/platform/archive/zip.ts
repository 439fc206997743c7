/** Zip archives, read in place: every name, size and offset is checked before the first byte is unpacked, and the bytes again while they are. */
import { msg, t } from '../../../../shared/language/message.ts';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { StoredFile } from '../files/sealed-file.ts';
import { cleanText, composeText } from '../text/clean-text.ts';
import { openZipAsFarAsWhole } from './zip-file.ts';

export interface ZipEntry { readonly name: string; readonly sizeBytes: number; readonly packedBytes: number }

const entryOf = ({ fileName, uncompressedSize, compressedSize }: Entry): ZipEntry => ({ name: fileName, sizeBytes: uncompressedSize, packedBytes: compressedSize });

export interface ZipArchive {
  /** Files only, in the order of the archive. */
  readonly entries: readonly ZipEntry[];
  /** Entries that were wanted and are left out, by name, and why: too large or packed too well, locked, or no files; see {@link ZipLimits.leavesOut}. */
  readonly leftOut: ReadonlyMap<string, 'bomb' | 'locked' | 'no-file'>;
  /** The end of the archive is missing, as after half a download: `entries` are those that came through whole, found by going through it from its beginning. */
  readonly cutOff: boolean;
  /** Null when the archive holds no file of this name, or none that was wanted. */
  find(name: string): ZipEntry | null;
  /** Unpacks one entry while it is read. Its stream ends in ERR_ARCHIVE_BOMB or ERR_ARCHIVE_INVALID when the bytes are not what the archive says. */
  read(entry: ZipEntry): AsyncGenerator<Buffer, void>;
  close(): void;
}

export interface ZipLimits {
  readonly entries: number;
  /** Of one entry, and of all together, unpacked. As the ratios, for entries that are wanted: the others are never unpacked, and a film among them may be of any size. */
  readonly entryBytes: number;
  readonly totalBytes: number;
  /** Unpacked to packed, for entries above `ratioFromBytes`: text with repeated keys stays under 60. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** The same for all entries together, so that a bomb cannot come in small pieces; real exports stay under 40. */
  readonly totalRatio: number;
  readonly totalRatioFromBytes: number;
  /** Whether an entry that cannot be used is left out while there are others, or gives up the whole archive. */
  readonly leavesOut: boolean;
}

export const ZIP_LIMITS: ZipLimits = { entries: 250_000, entryBytes: 8 * 2 ** 30, totalBytes: 32 * 2 ** 30, ratio: 200, ratioFromBytes: 2 ** 20, totalRatio: 100, totalRatioFromBytes: 4 * 2 ** 20, leavesOut: false };

const LOCAL_HEADER_BYTES = 30;
const NAME_CHARS = 1_024;
const FILE_TYPE_MASK = 0o170000, SYMBOLIC_LINK = 0o120000, REGULAR = 0o100000;

const invalid = (name: string, cause?: unknown): AppError => new AppError('ERR_ARCHIVE_INVALID', t('“{name}” is not a zip file that can be read; it may be damaged or only half downloaded. Nothing was imported from it.', { name }), { cause });
/** One file in it; what is wrong with it is wrong with nothing else. */
const damaged = (name: string, file: string, cause?: unknown): AppError => new AppError('ERR_ARCHIVE_INVALID', t('“{file}” in “{name}” is damaged and could not be read to its end. The other files in it are not affected.', { name, file: cleanText(file, 200) }), { cause });
const unsafe = (name: string, why: string): AppError => new AppError('ERR_ARCHIVE_UNSAFE', t('“{name}” was not opened: {why}. Exports do not look like this. Nothing was imported from it.', { name, why: t(why) }));
const bomb = (name: string): AppError => new AppError('ERR_ARCHIVE_BOMB', t('“{name}” was not opened: it would unpack to far more than it holds, which is how archives made to harm computers look. Nothing was imported from it.', { name }));

/**
 * Opens an archive, a file or one held in memory, and checks its whole directory. `name` is what the person called the file, for messages. Only entries that are `wanted` can be read.
 *
 * @throws {AppError} ERR_ARCHIVE_INVALID not a zip, or damaged; ERR_ARCHIVE_UNSAFE names that climb or repeat, links, encryption; ERR_ARCHIVE_BOMB by declared sizes, ratio or overlapping entries
 */
export async function openZip(source: StoredFile | Buffer, name: string, wanted: (entryName: string) => boolean = () => true, limits: ZipLimits = ZIP_LIMITS): Promise<ZipArchive> {
  let zip: ZipFile, cutOff: boolean;
  try {
    ({ zip, cutOff } = await openZipAsFarAsWhole(source, { autoClose: false, decodeStrings: true, validateEntrySizes: true, strictFileNames: false }, limits));
  } catch (error) {
    throw invalid(name, error);
  }
  try {
    const { entries, byName, leftOut } = await readDirectory(zip, name, wanted, limits);
    return Object.freeze({
      entries, leftOut, cutOff,
      find(wantedName: string) {
        const entry = byName.get(wantedName);
        return entry ? entryOf(entry) : null;
      },
      read: (entry: ZipEntry) => readEntry(zip, byName.get(entry.name), name),
      close: () => { zip.close(); },
    });
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readDirectory(zip: ZipFile, name: string, wanted: (entryName: string) => boolean, limits: ZipLimits): Promise<{ entries: ZipEntry[]; byName: Map<string, Entry>; leftOut: Map<string, 'bomb' | 'locked' | 'no-file'> }> {
  if (zip.entryCount > limits.entries) throw bomb(name);
  const entries: ZipEntry[] = [];
  const byName = new Map<string, Entry>();
  const names = new Set<string>(), leftOut = new Map<string, 'bomb' | 'locked' | 'no-file'>();
  let first: AppError | null = null;
  const ranges: (readonly [number, number])[] = [];
  let total = 0, packed = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      decideName(entry, name);
      // One name in two spellings would be one file on most disks.
      const key = composeText(entry.fileName);
      if (names.has(key)) throw unsafe(name, msg('it holds two files of the same name'));
      names.add(key);
      if (names.size > limits.entries) throw bomb(name);
      ranges.push([entry.relativeOffsetOfLocalHeader, entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize]);
      if (entry.fileName.endsWith('/')) continue;
      entries.push(entryOf(entry));
      // The library's entries are large; those of a crowded archive must not fill the memory.
      if (!wanted(entry.fileName)) continue;
      const why = whyUnusable(entry, name, limits);
      if (why !== null) {
        if (!limits.leavesOut) throw why.error;
        if (why.reason !== 'bomb') first ??= why.error;
        leftOut.set(entry.fileName, why.reason);
        continue;
      }
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw bomb(name);
      packed += entry.compressedSize;
      byName.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The library checks names itself and says so in words.
    if (error instanceof Error && /absolute path|invalid relative path|invalid characters in fileName/.test(error.message)) throw unsafe(name, msg('a name in it points outside of it'));
    throw invalid(name, error);
  }
  if (total > limits.totalRatioFromBytes && total > packed * limits.totalRatio) throw bomb(name);
  ranges.sort((a, b) => a[0] - b[0]);
  for (let i = 1; i < ranges.length; i++) {
    // Many entries over the same packed bytes: the way to a bomb that is not nested.
    if ((ranges[i]?.[0] ?? 0) < (ranges[i - 1]?.[1] ?? 0)) throw bomb(name);
  }
  // Packed bytes that are not there would make any ratio look harmless.
  if ((ranges.at(-1)?.[1] ?? 0) > zip.fileSize) throw invalid(name);
  // With nothing else in it, why it cannot be used is what there is to say of the archive.
  if (first !== null && byName.size === 0) throw first;
  return { entries, byName, leftOut };
}

function decideName(entry: Entry, archive: string): void {
  const { fileName } = entry;
  if (fileName === '' || /^[A-Za-z]:|^\//.test(fileName) || fileName.split('/').includes('..')) throw unsafe(archive, msg('a name in it points outside of it'));
  if (fileName.length > NAME_CHARS) throw unsafe(archive, msg('a name in it is longer than any file’s'));
  if (fileName.includes('\0')) throw unsafe(archive, msg('a name in it holds a NUL character'));
}

/** What is wrong with an entry by itself; null when nothing is. */
function whyUnusable(entry: Entry, archive: string, limits: ZipLimits): { readonly reason: 'bomb' | 'locked' | 'no-file'; readonly error: AppError } | null {
  const mode = (entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK;
  if (mode === SYMBOLIC_LINK) return { reason: 'no-file', error: unsafe(archive, msg('it holds a link to another file')) };
  if (mode !== 0 && mode !== REGULAR) return { reason: 'no-file', error: unsafe(archive, msg('it holds something that is neither a file nor a folder')) };
  if (entry.isEncrypted()) return { reason: 'locked', error: new AppError('ERR_ARCHIVE_INVALID', t('“{archive}” is protected with a password. Unpack it first and choose the unpacked folder. Nothing was imported from it.', { archive })) };
  return isBeyond(entry, limits) ? { reason: 'bomb', error: bomb(archive) } : null;
}

/** Larger, or packed better, than any file worth reading. */
const isBeyond = ({ uncompressedSize, compressedSize }: Entry, { entryBytes, ratioFromBytes, ratio }: ZipLimits): boolean =>
  uncompressedSize > entryBytes || (uncompressedSize > ratioFromBytes && uncompressedSize > compressedSize * ratio);

async function* readEntry(zip: ZipFile, entry: Entry | undefined, name: string): AsyncGenerator<Buffer, void> {
  if (!entry) throw invalid(name);
  let stream: Readable;
  try {
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(entry.fileNameRaw)) throw unsafe(name, msg('a file in it has two different names'));
    stream = await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw error instanceof AppError ? error : damaged(name, entry.fileName, error);
  }
  let checksum = 0, bytes = 0;
  try {
    for await (const chunk of stream) {
      // A binary stream without an encoding gives buffers.
      const buffer = chunk as Buffer;
      bytes += buffer.length;
      if (bytes > entry.uncompressedSize) throw bomb(name);
      checksum = crc32(buffer, checksum);
      yield buffer;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && error.message.startsWith('too many bytes')) throw bomb(name);
    throw damaged(name, entry.fileName, error);
  } finally {
    stream.destroy();
  }
  if (bytes !== entry.uncompressedSize || checksum !== entry.crc32) throw damaged(name, entry.fileName);
}
