/** The files behind what a person chose: one file, a folder with everything in it, or a zip read in place, with the zips in it. */
import { t } from '../../../shared/language/message.ts';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { openZip, ZIP_LIMITS, type ZipArchive, type ZipEntry } from '../platform/archive/zip.ts';
import { readStored, readStoredWhole, type StoredFile } from '../platform/files/sealed-file.ts';
import { cleanText } from '../platform/text/clean-text.ts';

/** Where one file of an export is; plain data that can be sent to a worker. */
export interface FileRef extends StoredFile {
  /** Absolute path of the file, or of the zip that holds it. */
  readonly path: string;
  /** Name inside the zip, or inside of the last one of `through`; null for a plain file. */
  readonly entry: string | null;
  /** Names of the zips that lie in that zip, each inside of the one before, with the file in the last; mostly none. */
  readonly through: readonly string[];
  /** What the person would call it: the path inside the folder or zip, fit to be shown. */
  readonly label: string;
  readonly sizeBytes: number;
}

export interface SourceFile extends FileRef { readonly read: () => AsyncIterable<Buffer> }

/** What the person chose, by the name they know it by. */
export interface Chosen extends StoredFile { readonly name: string }

/** Something in there that cannot be read, and why. */
export interface Unreadable { readonly label: string; readonly error: AppError }

/** Names gone through, and files looked into, for everything chosen together. */
const NAMES_SEEN = 250_000, FILES_LOOKED_INTO = 20_000;
const LABEL_CHARS = 400;
const FOLDER_DEPTH = 12;
/** Google fills single zips with up to 50 GB; text of this size would be no export. */
const ZIP_BYTES = 256 * 2 ** 30, FILE_BYTES = 16 * 2 ** 30;
const CHUNK_BYTES = 256 * 1024;
/** Apple sends a zip in a zip in a zip. Those inside of another are held in memory, one on each level, no more than this together. */
const ZIP_DEPTH = 2, INNER_BYTES = 256 * 2 ** 20;

/** Opens zips once and closes them all in the end. */
export interface FileReader {
  /**
   * Every file behind `chosen` that could be an export; what is wrong with single ones goes to `unreadable`. A file chosen by itself is always one,
   * those in a folder or zip by the ending of their name.
   *
   * @throws {AppError} when the chosen thing itself cannot be read; ERR_TOO_MANY_FILES when more was found than is looked into, here or for earlier calls
   */
  expand(chosen: Chosen, unreadable: (problem: Unreadable) => void): Promise<SourceFile[]>;
  /** Opens a file found earlier. @throws {AppError} ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_ARCHIVE_… */
  reopen(ref: FileRef): Promise<SourceFile>;
  close(): void;
}

const missing = (name: string): AppError => new AppError('ERR_FILE_MISSING', t('“{name}” is not there any more. Choose it again. Nothing was imported.', { name }));
const unreadable = (name: string, cause?: unknown): AppError => new AppError('ERR_FILE_UNREADABLE', t('“{name}” cannot be read. Check that it is a file you may open. Nothing was imported.', { name }), { cause });
const tooLarge = (name: string): AppError => new AppError('ERR_FILE_TOO_LARGE', t('“{name}” is larger than any export. Choose the export itself. Nothing was imported.', { name }));

const tooMany = (name: string): AppError => new AppError('ERR_TOO_MANY_FILES', t('There are too many files in “{name}”: Penchant looks into {most, number} at most. Choose the folder or zip of one export at a time. Nothing was imported.', { name, most: FILES_LOOKED_INTO }));
const innerTooLarge = (name: string): AppError => new AppError('ERR_FILE_TOO_LARGE', t('“{name}” is a zip of more than {size, number} MB inside of another one. Unpack the outer zip and choose this one by itself. Nothing was imported from it.', { name, size: INNER_BYTES / 2 ** 20 }));

/** For a zip deeper inside of others than any service packs, and one that lies there under another ending. */
export const tooDeep = (name: string): AppError => new AppError('ERR_SOURCE_UNRECOGNISED', t('“{name}” is a zip too deep inside of others to be opened. Unpack the outer one and choose the inner.', { name }));
const otherKind = (name: string): AppError => new AppError('ERR_SOURCE_UNRECOGNISED', isAboutPicture(name) ? t('“{name}” was left out: it only tells about one picture, of which nothing is read.', { name }) : t('“{name}” was left out: exports are CSV, JSON, HTML or zip files, and browsers keep theirs in “places.sqlite” or “History”.', { name }));

/** One such file makes nothing else in its archive unreadable. */
const beyondLimits = (name: string): AppError => new AppError('ERR_ARCHIVE_BOMB', t('“{name}” was left out: it would unpack to more than any export holds, or to far more than it is packed in, which is how files made to harm computers look.', { name }));

const LEFT_OUT = {
  bomb: beyondLimits,
  locked: (name: string): AppError => new AppError('ERR_ARCHIVE_INVALID', t('“{name}” was left out: it is protected with a password. Unpack it first and choose the unpacked file.', { name })),
  'no-file': (name: string): AppError => new AppError('ERR_ARCHIVE_UNSAFE', t('“{name}” was left out: it is a link or a device, not a file.', { name })),
} as const;

/** What Google Photos says about one picture, in a file beside each of them; long names are cut, and end anywhere in "supplemental-metadata". */
const isAboutPicture = (name: string): boolean => /\.(?:jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|dng|cr2|nef|arw|mp4|mov|m4v|avi|3gp|mkv|mpg|mts|wmv)(?:\.s[a-z-]*)?(?:\(\d+\))?\.json$/i.test(name);

/** Whatever came through whole is read all the same. */
const halfThere = (name: string): AppError => new AppError('ERR_ARCHIVE_INVALID', t('The end of “{name}” is missing, as after half a download. What came through whole is used; what lay behind it is not there. Download it again for the rest.', { name }));

/** Exports keep their ending in every language and through most renaming; opening a thousand photos to find out costs minutes. The history of Chrome and its kin has none. */
const mayBeExport = (name: string): boolean => !isAboutPicture(name) && /\.(?:csv|tsv|txt|json|html?|zip|sqlite|jsonlz4)$|(?:^|\/)history(?:\.db)?$/i.test(name);

/** A name as it may stand in a message, a preview or a report. */
export const labelOf = (name: string): string => cleanText(name, LABEL_CHARS) || t('a file without a name');

function translate(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EBUSY') return new AppError('ERR_FILE_UNREADABLE', t('“{name}” is in use by another program. Close that program, or choose a copy of the file. Nothing was imported.', { name }), { cause: error });
  return code === 'ENOENT' || code === 'ENOTDIR' ? missing(name) : unreadable(name, error);
}

async function* readPlain(stored: StoredFile, name: string): AsyncGenerator<Buffer, void> {
  try {
    yield* readStored(stored, { chunkBytes: CHUNK_BYTES });
  } catch (error) {
    throw translate(error, name);
  }
}

/** A damaged zip must not be taken for text: its name is enough. */
const isZipName = (name: string): boolean => /\.zip$/i.test(name);

/** "PK" and the signature of a first entry or of an empty archive. */
export const looksZipped = (head: Buffer): boolean => head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

export function createFileReader(): FileReader {
  let seen = 0, looked = 0;
  const see = (name: string): void => { if (++seen > NAMES_SEEN) throw tooMany(name); };
  const take = (name: string): void => { if (++looked > FILES_LOOKED_INTO) throw tooMany(name); };
  const archives = new Map<string, Promise<ZipArchive>>();
  const archive = (stored: StoredFile, name: string): Promise<ZipArchive> => {
    let found = archives.get(stored.path);
    if (!found) archives.set(stored.path, (found = openZip(stored, name, mayBeExport, { ...ZIP_LIMITS, leavesOut: true })));
    return found;
  };
  /** The inner zips in memory, from the outermost inwards. */
  const held: { readonly key: string; readonly opened: Promise<ZipArchive>; readonly sizeBytes: number; readonly totalBytes: number }[] = [];
  const letGo = (from: number): void => { for (const { opened } of held.splice(from)) opened.then((zip) => { zip.close(); }, () => undefined); };

  const openInner = async (outer: ZipArchive, entry: ZipEntry, label: string, totalBytes: number): Promise<ZipArchive> => {
    const bytes = Buffer.alloc(entry.sizeBytes);
    let at = 0;
    for await (const chunk of outer.read(entry)) at += chunk.copy(bytes, at);
    return openZip(bytes, label, mayBeExport, { ...ZIP_LIMITS, totalBytes, leavesOut: true });
  };

  const archiveAt = async (stored: StoredFile, through: readonly string[], label: string): Promise<ZipArchive> => {
    let zip = await archive(stored, label);
    for (const [depth, name] of through.entries()) {
      const key = JSON.stringify([stored.path, ...through.slice(0, depth + 1)]);
      let level = held[depth];
      if (level?.key !== key) {
        const entry = zip.find(name);
        if (!entry) throw missing(label);
        letGo(depth);
        if (held.reduce((sum, { sizeBytes }) => sum + sizeBytes, entry.sizeBytes) > INNER_BYTES) throw innerTooLarge(label);
        // All that is in it may be no larger than if it lay in the outermost itself: zips that pack well would make a bomb between them.
        const totalBytes = Math.min(held[depth - 1]?.totalBytes ?? ZIP_LIMITS.totalBytes, Math.max(ZIP_LIMITS.totalRatioFromBytes, entry.packedBytes * ZIP_LIMITS.totalRatio));
        level = { key, opened: openInner(zip, entry, label, totalBytes), sizeBytes: entry.sizeBytes, totalBytes };
        held.push(level);
      }
      zip = await level.opened;
    }
    return zip;
  };

  const zipped = (stored: StoredFile, through: readonly string[], entry: ZipEntry, label: string): SourceFile => ({
    ...stored, entry: entry.name, through, label, sizeBytes: entry.sizeBytes,
    async* read() { yield* (await archiveAt(stored, through, label)).read(entry); },
  });
  const plain = (stored: StoredFile, label: string, sizeBytes: number): SourceFile => ({ ...stored, entry: null, through: [], label, sizeBytes, read: () => readPlain(stored, label) });

  const expandFile = async (stored: StoredFile, label: string, sizeBytes: number, inFolder: boolean, problem: (unreadable: Unreadable) => void): Promise<SourceFile[]> => {
    if (sizeBytes > ZIP_BYTES) throw tooLarge(label);
    const head = await readStoredWhole(stored, 4);
    // Google offers it beside zip. It can only be read from its beginning to its end, which nothing here does.
    if (head[0] === 0x1f && head[1] === 0x8b) throw new AppError('ERR_ARCHIVE_INVALID', t('“{name}” is packed as .tgz or .gz, which Penchant does not open. Unpack it and choose the folder, or ask the service for a zip file. Nothing was imported from it.', { name: label }));
    if (!isZipName(label) && !looksZipped(head)) {
      if (sizeBytes > FILE_BYTES) throw tooLarge(label);
      take(label);
      return [plain(stored, label, sizeBytes)];
    }
    return expandZip(stored, [], label, inFolder ? `${label}/` : '', problem);
  };

  const expandZip = async (stored: StoredFile, through: readonly string[], label: string, prefix: string, problem: (unreadable: Unreadable) => void): Promise<SourceFile[]> => {
    const files: SourceFile[] = [];
    const { entries, leftOut, cutOff } = await archiveAt(stored, through, label);
    if (cutOff) problem({ label, error: halfThere(label) });
    for (const entry of entries) {
      see(label);
      const name = labelOf(prefix + entry.name);
      if (!mayBeExport(entry.name)) problem({ label: name, error: otherKind(name) });
      else if (leftOut.has(entry.name)) problem({ label: name, error: LEFT_OUT[leftOut.get(entry.name) ?? 'no-file'](name) });
      else if (!isZipName(entry.name)) {
        take(label);
        files.push(zipped(stored, through, entry, name));
      } else if (through.length === ZIP_DEPTH) problem({ label: name, error: tooDeep(name) });
      else {
        try {
          files.push(...await expandZip(stored, [...through, entry.name], name, `${name}/`, problem));
        } catch (error) {
          if (error instanceof AppError && error.code === 'ERR_TOO_MANY_FILES') throw tooMany(label);
          problem({ label: name, error: translate(error, name) });
        }
      }
    }
    return files;
  };

  /** Links are left alone, wherever they point: what the person chose is this folder. */
  const expandFolder = async (root: string, name: string, problem: (unreadable: Unreadable) => void): Promise<SourceFile[]> => {
    const files: SourceFile[] = [];
    const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const label = labelOf(`${prefix}${entry.name}`), path = join(folder, entry.name);
        see(name);
        if (entry.isDirectory() && depth < FOLDER_DEPTH) await walk(path, `${label}/`, depth + 1);
        if (!entry.isFile()) continue;
        if (!mayBeExport(entry.name)) { problem({ label, error: otherKind(label) }); continue; }
        try {
          files.push(...await expandFile({ path }, label, (await lstat(path)).size, true, problem));
        } catch (error) {
          if (error instanceof AppError && error.code === 'ERR_TOO_MANY_FILES') throw tooMany(name);
          problem({ label, error: translate(error, label) });
        }
      }
    };
    await walk(root, '', 0);
    return files;
  };

  return Object.freeze({
    async expand(chosen: Chosen, problem: (unreadable: Unreadable) => void): Promise<SourceFile[]> {
      const name = labelOf(chosen.name);
      try {
        if (seen > NAMES_SEEN || looked > FILES_LOOKED_INTO) throw tooMany(name);
        const path = await realpath(chosen.path);
        const info = await stat(path);
        if (info.isDirectory()) return await expandFolder(path, name, problem);
        if (!info.isFile()) throw unreadable(name);
        return await expandFile({ path, sealKey: chosen.sealKey }, name, info.size, false, problem);
      } catch (error) {
        throw translate(error, name);
      }
    },
    async reopen(ref: FileRef): Promise<SourceFile> {
      const stored: StoredFile = { path: ref.path, sealKey: ref.sealKey };
      try {
        if (ref.entry === null) return plain(stored, ref.label, (await stat(ref.path)).size);
        const entry = (await archiveAt(stored, ref.through, ref.label)).find(ref.entry);
        if (!entry) throw missing(ref.label);
        return zipped(stored, ref.through, entry, ref.label);
      } catch (error) {
        throw translate(error, ref.label);
      }
    },
    close() {
      for (const zip of archives.values()) zip.then((open) => { open.close(); }, () => undefined);
      archives.clear();
      letGo(0);
    },
  } satisfies FileReader);
}
