/** A folder the person lets the vault look at: exports that arrive there are offered, and nothing is read in by itself. */
import { lstatSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { chosenFolder } from '../platform/files/chosen-folder.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import type { Inspection } from './tasks.ts';
import type { SourceId } from './record.ts';

/** A file by what makes it another one when it changes. */
interface Seen { readonly name: string; readonly sizeBytes: number; readonly changedAtMs: number }
interface Remembered { readonly folder: string | null; readonly seen: readonly Seen[] }
export interface FoundFile extends Seen { readonly exports: readonly { readonly source: SourceId; readonly format: string }[] }
export interface Watched { readonly folder: string | null; /** The folder cannot be read at the moment. */ readonly missing: boolean; readonly found: readonly FoundFile[] }

export interface WatchedFolder {
  state(): Watched;
  /** Null: looks nowhere any more. @throws {AppError} ERR_WATCH_FOLDER */
  choose(folder: string | null): Watched;
  /** Looks once: new files that stood still since the last look are opened, and those that hold an export are found. */
  look(): Promise<void>;
  /** The path of a found file, which is not offered again. @throws {AppError} ERR_FILE_MISSING */
  take(name: string): string;
  /** Does not offer it again as it is. @returns false when there was none of this name */
  dismiss(name: string): boolean;
  /** Looks every now and then until it is closed. */
  start(): void;
  close(): void;
}

export interface WatchedFolderDeps {
  readonly db: WritableDb;
  readonly ports: Pick<CorePorts, 'dataDir' | 'log' | 'clock'>;
  readonly inspect: (file: { readonly path: string; readonly name: string }, signal: AbortSignal) => Promise<Inspection>;
  /** Called when something was found, or is gone. */
  readonly onFound: () => void;
  /** Ms between two looks. */
  readonly everyMs?: number;
}

const KEY = 'sources.watched';
const EVERY_MS = 20_000;
/** A file nobody wrote to for this long is whole. */
const STILL_MS = 10_000;
const ENDINGS: ReadonlySet<string> = new Set(['.zip', '.csv', '.json', '.html', '.htm', '.sqlite', '.tsv']);
/** Remembered files: the newest, so that the list stays small. */
const MOST_SEEN = 2_000;
/** Files looked at in one folder. */
const MOST_FILES = 5_000;

const isSame = (a: Seen, b: Seen): boolean => a.name === b.name && a.sizeBytes === b.sizeBytes && a.changedAtMs === b.changedAtMs;

export function createWatchedFolder({ db, ports, inspect, onFound, everyMs = EVERY_MS }: WatchedFolderDeps): WatchedFolder {
  const closing = new AbortController();
  const isClosed = (): boolean => closing.signal.aborted;
  let found: FoundFile[] = [];
  let before: readonly Seen[] = [];
  let missing = false;
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const remembered = (): Remembered => {
    const row = db.query<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(KEY);
    // Written by this module only.
    return row ? JSON.parse(row.value) as Remembered : { folder: null, seen: [] };
  };
  const remember = (value: Remembered): void => {
    db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify({ ...value, seen: value.seen.slice(-MOST_SEEN) } satisfies Remembered));
  };
  const see = (file: Seen): void => {
    const { folder, seen } = remembered();
    remember({ folder, seen: [...seen.filter(({ name }) => name !== file.name), { name: file.name, sizeBytes: file.sizeBytes, changedAtMs: file.changedAtMs }] });
  };
  /** Plain files with a fitting name; null when the folder cannot be read. */
  const filesIn = (folder: string): Seen[] | null => {
    try {
      return readdirSync(folder).filter((name) => ENDINGS.has(extname(name).toLowerCase()) && !name.startsWith('.')).slice(0, MOST_FILES).flatMap((name) => {
        const stat = lstatSync(join(folder, name), { throwIfNoEntry: false });
        return stat?.isFile() === true && stat.size > 0 ? [{ name, sizeBytes: stat.size, changedAtMs: Math.round(stat.mtimeMs) }] : [];
      });
    } catch {
      return null;
    }
  };
  const state = (): Watched => ({ folder: remembered().folder, missing, found: [...found] });

  const lookNow = async (): Promise<void> => {
    if (isClosed()) return;
    const { folder, seen } = remembered();
    const files = folder === null ? [] : filesIn(folder);
    const wasMissing = missing, had = found.length;
    missing = files === null;
    const here = files ?? [];
    found = found.filter((one) => here.some((file) => isSame(file, one)));
    // A file on its way is left until it has stood still for a while.
    const nowMs = ports.clock.nowMs();
    const still = here.filter((file) => (nowMs - file.changedAtMs > STILL_MS || before.some((old) => isSame(old, file))) && !seen.some((old) => isSame(old, file)) && !found.some((old) => isSame(old, file)));
    before = here;
    if (missing !== wasMissing || found.length !== had) onFound();
    for (const file of still) {
      if (isClosed() || folder === null || remembered().folder !== folder) return;
      const { dataSets } = await inspect({ path: join(folder, file.name), name: file.name }, closing.signal).catch((): Pick<Inspection, 'dataSets'> => ({ dataSets: [] }));
      if (isClosed() || remembered().folder !== folder) return;
      // Something else, or an export that cannot be read: said when it is chosen by hand, but not by itself.
      if (dataSets.length === 0) { see(file); continue; }
      found = [...found, { ...file, exports: dataSets.map(({ source, format }) => ({ source, format })) }];
      onFound();
    }
  };
  const look = (): Promise<void> => (looking ??= lookNow().finally(() => { looking = null; }));

  return Object.freeze({
    state,
    choose(folder) {
      const checked = folder === null ? null : chosenFolder(folder, ports.dataDir, 'read');
      if (checked && 'why' in checked) throw new AppError('ERR_WATCH_FOLDER', `Penchant cannot look there: ${checked.why}. Choose another folder. Nothing was changed.`, { cause: checked.cause });
      found = [];
      before = [];
      missing = false;
      remember({ folder: checked?.real ?? null, seen: [] });
      return state();
    },
    look,
    take(name) {
      const { folder } = remembered();
      const file = found.find((one) => one.name === name);
      if (!file || folder === null) throw new AppError('ERR_FILE_MISSING', 'This file is not in the folder any more, or it changed. Nothing was imported.');
      see(file);
      found = found.filter((one) => one !== file);
      return join(folder, name);
    },
    dismiss(name) {
      const file = found.find((one) => one.name === name);
      if (!file) return false;
      see(file);
      found = found.filter((one) => one !== file);
      return true;
    },
    start() {
      const again = (): void => { look().catch((error: unknown) => { if (!isClosed()) ports.log(`looking at the watched folder: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); }); };
      timer = setInterval(again, everyMs).unref();
      again();
    },
    close() {
      clearInterval(timer);
      closing.abort();
    },
  } satisfies WatchedFolder);
}
