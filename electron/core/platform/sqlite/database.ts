/** Opens the encrypted database with every setting asserted, and wraps the driver so that its types stay in this folder. */
import { closeSync, fstatSync, openSync, read as readAt, statSync } from 'node:fs';
import { promisify } from 'node:util';
import Driver from 'better-sqlite3';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SqlValue, Statement, WritableDb, WriteStatement } from './types.ts';

/** `aegis`: AEGIS-256, authenticated pages, for machines with AES instructions; `chacha20` (with Poly1305) for those without. */
export type Cipher = 'aegis' | 'chacha20';

export interface Database extends WritableDb {
  /** Checkpoints the write-ahead log and closes the file. */
  close(): void;
  /** Writes an encrypted copy under the same key. `path` must not exist. */
  copyTo(path: string): void;
  /**
   * Folds the write-ahead log back and leaves the file as it is until `release`, while writing goes on into the log: its bytes are
   * the database of this moment, encrypted, and can be read in the background.
   *
   * @throws {AppError} ERR_VAULT_IN_USE inside a transaction or while rows are being read, or frozen already
   */
  freeze(): FrozenFile;
  /** Pages that cannot be read or do not fit together, in plain words; empty when all is well. `table`: of that one and its indexes only. */
  integrityProblems(table?: string): string[];
  /** Bytes of the write-ahead log that were folded back. */
  checkpoint(): void;
}

/** The bytes of a database at one moment. */
export interface FrozenFile {
  readonly sizeBytes: number;
  /** From the first byte to the last, in chunks of at most 1 MiB. */
  read(): AsyncGenerator<Buffer, void>;
  /** Lets the log be folded back again. */
  release(): void;
}

const CHUNK_BYTES = 2 ** 20;
/** SQLite's own default: pages of log after which a commit folds it back. */
const FOLD_EVERY_PAGES = 4_000;
const readBytes = promisify(readAt);

/** The members of the cipher build that the typings of better-sqlite3 do not know. */
type KeyedDriver = Driver.Database & { key(key: Buffer): number; rekey(key: Buffer): number };

export interface OpenOptions {
  readonly mustExist?: boolean;
  /** Keeps every other program out from the first read until closing or the end of the process, however it ends. */
  readonly exclusive?: boolean;
}

const KEY_BYTES = 32;

/** How long a second program waits for the first to let go, in ms. */
const BUSY_MS = 1_500;

/** What must read back after opening; a silent default (NORMAL after WAL, plaintext temp files) is a lost promise. */
const PRAGMAS = [
  ['journal_mode', 'wal', 'wal'],
  ['synchronous', 'FULL', 2],
  ['temp_store', 'MEMORY', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['busy_timeout', String(BUSY_MS), BUSY_MS],
  ['wal_autocheckpoint', String(FOLD_EVERY_PAGES), FOLD_EVERY_PAGES],
  ['cache_size', '-65536', -65_536],
] as const;

const EXTRA = process.platform === 'darwin' ? ([['checkpoint_fullfsync', 'ON', 1]] as const) : [];

/**
 * Opens or creates the database at `path`.
 *
 * The 32-byte `key` is used in place (its driver copy is zeroed here); the caller zeroises its own buffer.
 *
 * @throws {AppError} ERR_VAULT_CORRUPT when the key does not fit or the pages were altered; ERR_VAULT_IN_USE when another program holds it; ERR_STORAGE_FULL when there is no room.
 */
export function openDatabase(path: string, key: Buffer, cipher: Cipher = 'aegis', options: OpenOptions = {}): Database {
  // A raw key of another length would silently be taken as a passphrase.
  if (key.length !== KEY_BYTES) throw new RangeError(`database key must be ${KEY_BYTES} bytes`);
  let driver: Driver.Database | undefined;
  try {
    if (!(options.mustExist ?? false)) createPrivately(path);
    const before = inodeOf(path);
    driver = new Driver(path, { fileMustExist: true, timeout: BUSY_MS });
    driver.pragma(`cipher='${cipher}'`);
    withRaw(key, (raw) => (driver as KeyedDriver).key(raw));
    if (options.exclusive ?? false) driver.pragma('locking_mode=EXCLUSIVE');
    // A wrong key only shows at the first page read.
    driver.prepare('SELECT count(*) FROM sqlite_master').get();
    for (const [name, value, expected] of [...PRAGMAS, ...EXTRA]) {
      driver.pragma(`${name}=${value}`);
      const actual: unknown = driver.pragma(name, { simple: true });
      if (actual !== expected) throw new Error(`pragma ${name} reads ${String(actual)} instead of ${String(expected)}`);
    }
    if (options.exclusive ?? false) {
      // The lock is taken at the first write, not when the mode is set.
      driver.exec('BEGIN IMMEDIATE; COMMIT');
      const mode: unknown = driver.pragma('locking_mode', { simple: true });
      if (mode !== 'exclusive') throw new Error(`locking mode reads ${String(mode)}`);
      // Whoever puts another vault in place of this one renames first and then looks whether it is held. So either they see this lock, or it shows here that it came too late.
      if (inodeOf(path) !== before) throw new AppError('ERR_VAULT_IN_USE', 'Another program put another vault in place of this one at this very moment. Nothing was changed. Try again.');
    }
    const active: unknown = driver.pragma('cipher', { simple: true });
    if (active !== cipher) throw new Error(`cipher reads ${String(active)} instead of ${cipher}`);
    return wrap(driver, path);
  } catch (error) {
    driver?.close();
    throw translate(error);
  }
}

/** True when another program holds the database at this moment; no key is needed to see that. */
export function isHeldElsewhere(path: string): boolean {
  let driver: Driver.Database | undefined;
  try {
    driver = new Driver(path, { fileMustExist: true, timeout: 0 });
    driver.prepare('SELECT 1 FROM sqlite_master').get();
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
  } finally {
    driver?.close();
  }
}

/** Which file it is, whatever it is called; null where none can be seen. */
function inodeOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * Puts a copy that nobody has open under another 32-byte key. There is no way back half way through, which is why it is for copies only.
 *
 * @throws {AppError} ERR_VAULT_CORRUPT, ERR_STORAGE_FULL
 */
export function rekeyCopy(path: string, key: Buffer, nextKey: Buffer, cipher: Cipher): void {
  if (key.length !== KEY_BYTES || nextKey.length !== KEY_BYTES) throw new RangeError(`database key must be ${KEY_BYTES} bytes`);
  let driver: Driver.Database | undefined;
  try {
    driver = new Driver(path, { fileMustExist: true, timeout: BUSY_MS });
    driver.pragma(`cipher='${cipher}'`);
    withRaw(key, (raw) => (driver as KeyedDriver).key(raw));
    driver.pragma('temp_store=MEMORY');
    // The caller makes the copy durable, or throws it away.
    driver.pragma('journal_mode=OFF');
    driver.pragma('synchronous=OFF');
    driver.prepare('SELECT count(*) FROM sqlite_master').get();
    withRaw(nextKey, (raw) => (driver as KeyedDriver).rekey(raw));
  } catch (error) {
    throw translate(error);
  } finally {
    driver?.close();
  }
}

/** SQLite would create the file readable by everyone; its log and shared memory take over the mode it finds. */
function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

/** "raw:" and 64 hex digits, built without ever making a string of the key. */
function rawKey(key: Buffer): Buffer {
  const out = Buffer.alloc(4 + KEY_BYTES * 2);
  out.write('raw:', 'latin1');
  const digits = '0123456789abcdef';
  key.forEach((byte, i) => {
    out[4 + i * 2] = digits.charCodeAt(byte >> 4);
    out[5 + i * 2] = digits.charCodeAt(byte & 15);
  });
  return out;
}

/** The driver's own form of a key, overwritten as soon as `body` returns. */
function withRaw(key: Buffer, body: (raw: Buffer) => void): void {
  const raw = rawKey(key);
  try { body(raw); } finally { raw.fill(0); }
}

function wrap(driver: Driver.Database, path: string): Database {
  // Opened once and closed after the database: closing any handle on the file lets go of the locks this process holds on it (POSIX).
  let reader: number | undefined;
  let frozen = false;
  const statements = new Map<string, Driver.Statement>();
  const prepared = (sql: string): Driver.Statement => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = driver.prepare(sql)));
    return statement;
  };
  const guard = <T>(body: () => T): T => {
    try { return body(); } catch (error) { throw translate(error); }
  };
  return Object.freeze({
    query<Row>(sql: string): Statement<Row> {
      const statement = guard(() => prepared(sql));
      return {
        get: (...params: readonly SqlValue[]) => guard(() => statement.get(...params) as Row | undefined),
        all: (...params: readonly SqlValue[]) => guard(() => statement.all(...params) as Row[]),
        // Not cached: an open iterator keeps its statement busy.
        iterate: (...params: readonly SqlValue[]) => translated(guard(() => driver.prepare(sql).iterate(...params) as IterableIterator<Row>)),
      };
    },
    command(sql: string): WriteStatement {
      const statement = guard(() => prepared(sql));
      return {
        run: (...params: readonly SqlValue[]) => guard(() => {
          const result = statement.run(...params);
          return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
        }),
      };
    },
    exec: (sql: string) => { guard(() => driver.exec(sql)); },
    transaction<T>(body: () => T extends PromiseLike<unknown> ? never : T): T {
      return guard(() => driver.transaction(body).immediate());
    },
    close: () => {
      statements.clear();
      driver.close();
      if (reader !== undefined) closeSync(reader);
      reader = undefined;
    },
    freeze: () => {
      const busy = (): AppError => new AppError('ERR_VAULT_IN_USE', 'The vault is busy with something else at the moment, such as another backup. Nothing was changed. Try again.');
      if (frozen) throw busy();
      const [folded] = guard(() => driver.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]);
      if (folded?.busy !== 0) throw busy();
      guard(() => driver.pragma('wal_autocheckpoint=0'));
      frozen = true;
      const handle = (reader ??= openSync(path, 'r'));
      const sizeBytes = fstatSync(handle).size;
      return Object.freeze({
        sizeBytes,
        read: () => readChunks(handle, sizeBytes),
        release: () => {
          frozen = false;
          if (driver.open) guard(() => driver.pragma(`wal_autocheckpoint=${FOLD_EVERY_PAGES}`));
        },
      });
    },
    copyTo: (path: string) => {
      createPrivately(path);
      guard(() => driver.prepare('VACUUM INTO ?').run(path));
    },
    integrityProblems: (table?: string) => {
      const rows = guard(() => {
        // Pages in memory were whole when they were read; what is asked about is the disk.
        driver.pragma('shrink_memory');
        return driver.pragma(table === undefined ? 'integrity_check' : `integrity_check("${table.replaceAll('"', '""')}")`) as { integrity_check: string }[];
      });
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    },
    checkpoint: () => { if (!frozen) guard(() => driver.pragma('wal_checkpoint(TRUNCATE)')); },
  });
}

/** Reading on can fail like reading does. */
function* translated<Row>(rows: IterableIterator<Row>): Generator<Row, void> {
  try { yield* rows; } catch (error) { throw translate(error); }
}

async function* readChunks(handle: number, sizeBytes: number): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < sizeBytes;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, sizeBytes - at));
    const { bytesRead } = await readBytes(handle, chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw new AppError('ERR_VAULT_CORRUPT', 'The vault’s database became shorter while it was read. Restore a backup.');
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/** SQLite's codes in the product's words; what is not the disk's fault stays a bug. */
function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return new AppError('ERR_STORAGE_FULL', 'The disk is full. Nothing was lost. Make some room and try again.', { cause: error });
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('ERR_VAULT_CORRUPT', 'The vault’s database is damaged or was changed by something else. Nothing was written. Restore a backup.', { cause: error });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError('ERR_VAULT_IN_USE', 'Another program has this vault open. Close or lock it there, then try again.', { cause: error });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR')) {
    return new AppError('ERR_VAULT_UNREADABLE', 'The vault’s folder cannot be read or written. Check that the disk is there and that you may write to it.', { cause: error });
  }
  return error;
}
