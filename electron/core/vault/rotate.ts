/**
 * A new master key for a vault: the database is copied under the new key, the header is switched, the copy takes the database's place.
 *
 * The header is the one point that decides. It names a generation; `vault.db.next-N` is the database of generation N.
 * Before the header of generation N is in place, such a file is rubbish (rolled back); after it, it is the database (rolled forward).
 */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isPlainFile, removeLeftover, syncFolder } from '../platform/files/atomic-file.ts';
import { rekeyCopy, type Database } from '../platform/sqlite/database.ts';
import type { Header } from './header.ts';
import { databaseKey, openUnder } from './open-under.ts';

export type RotationPhase = 'copying' | 'encrypting' | 'checking' | 'switching';

export interface RotationProgress {
  readonly onPhase: (phase: RotationPhase) => void;
  /** Heeded between phases; after `switching` it is too late. */
  readonly signal: AbortSignal;
  /** Bytes free beside the vault; omitted, the disk is asked. */
  readonly freeBytes?: (folder: string) => number;
}

/** Where the database of a generation lies until it takes its place. */
export const preparedDatabase = (database: string, generation: number): string => `${database}.next-${generation}`;

/** Room for a second copy of the database, a quarter more, and a little for the logs. */
export const decideRoom = (freeBytes: number, databaseBytes: number): boolean => freeBytes >= databaseBytes * 1.25 + 16 * 1024 * 1024;

const freeAt = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/**
 * Makes the database of the next generation beside the one in use, complete and on disk. Nothing else may write to `db` meanwhile.
 *
 * @throws {AppError} ERR_STORAGE_FULL, ERR_CANCELLED, ERR_VAULT_CORRUPT; what is left is for {@link removeLeftovers}.
 */
export async function prepareRotation(deps: { readonly db: Database; readonly database: string; readonly next: Header; readonly masterKey: Buffer; readonly nextMasterKey: Buffer; readonly progress: RotationProgress }): Promise<void> {
  const { db, database, next, progress } = deps;
  const phase = async (name: RotationPhase): Promise<void> => {
    progress.onPhase(name);
    // Lets the phase be shown, and a wish to stop be heard.
    await nextTurn();
    if (progress.signal.aborted) throw new AppError('ERR_CANCELLED', 'Stopped before the new key was in place. The vault is as it was.');
  };
  db.checkpoint();
  if (!decideRoom((progress.freeBytes ?? freeAt)(dirname(database)), statSync(database).size)) {
    throw new AppError('ERR_STORAGE_FULL', 'A new key needs room for a second copy of the vault for a moment. Nothing was changed. Make some room and try again.');
  }
  const copy = preparedDatabase(database, next.generation);
  for (const suffix of ['', '-wal', '-shm', '-journal']) removeLeftover(`${copy}${suffix}`);
  await phase('copying');
  db.copyTo(copy);
  await phase('encrypting');
  const [key, nextKey] = [databaseKey(deps.masterKey), databaseKey(deps.nextMasterKey)];
  try { rekeyCopy(copy, key, nextKey, next.cipher); } finally { key.fill(0); nextKey.fill(0); }
  await phase('checking');
  const before = rowCounts(db);
  const copied = openUnder(deps.nextMasterKey, copy, next.cipher, true);
  try {
    if (copied.integrityProblems().length > 0 || JSON.stringify(rowCounts(copied)) !== JSON.stringify(before)) throw new AppError('ERR_VAULT_CORRUPT', 'The copy under the new key is not the same as the vault. It was thrown away; the vault is as it was. Run the check in the log, and make a backup.');
  } finally {
    copied.close();
  }
  const handle = openSync(copy, 'r+');
  try { fsyncSync(handle); } finally { closeSync(handle); }
  syncFolder(dirname(copy));
  await phase('switching');
}

function rowCounts(db: Database): readonly (readonly [string, number])[] {
  const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  return tables.map(({ name }) => [name, db.query<{ n: number }>(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`).get()?.n ?? -1]);
}

/**
 * Puts the database of this header's generation in its place if a rotation was interrupted between the switch and that. Safe to repeat, and to be interrupted again.
 *
 * @throws {AppError} ERR_VAULT_UNREADABLE
 */
export function finishRotation(database: string, header: Header, masterKey: Buffer): void {
  const prepared = preparedDatabase(database, header.generation);
  if (!isPlainFile(prepared)) return;
  try {
    openUnder(masterKey, prepared, header.cipher, true).close();
  } catch (error) {
    // Not the database of this header. It is left where it lies, and whether the one in place opens decides.
    if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') return;
    throw error;
  }
  const folder = dirname(database);
  // First the header for certain, then the old log gone for certain: neither may come back beside the new database.
  syncFolder(folder);
  for (const suffix of ['-wal', '-shm']) removeLeftover(`${database}${suffix}`);
  syncFolder(folder);
  renameSync(prepared, database);
  syncFolder(folder);
}

/** Takes away what a rotation that never came to its switch left behind. Only while the database is held by this program. */
export function removeLeftovers(database: string, generation: number): void {
  const folder = dirname(database);
  const current = basename(preparedDatabase(database, generation));
  for (const name of readdirSync(folder)) {
    if (/^vault\.db\.next-\d+(?:-wal|-shm|-journal)?$/u.test(name) && name !== current) removeLeftover(join(folder, name));
  }
}
