/** Opens the encrypted database with every setting asserted, and wraps the driver so that its types stay in this folder. */
import { closeSync, openSync } from 'node:fs';
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
  /** Pages that cannot be read or do not fit together, in plain words; empty when all is well. */
  integrityProblems(): string[];
  /** Bytes of the write-ahead log that were folded back. */
  checkpoint(): void;
}

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
    }
    const active: unknown = driver.pragma('cipher', { simple: true });
    if (active !== cipher) throw new Error(`cipher reads ${String(active)} instead of ${cipher}`);
    return wrap(driver);
  } catch (error) {
    driver?.close();
    throw translate(error);
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

function wrap(driver: Driver.Database): Database {
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
        iterate: (...params: readonly SqlValue[]) => guard(() => driver.prepare(sql).iterate(...params) as IterableIterator<Row>),
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
    close: () => { statements.clear(); driver.close(); },
    copyTo: (path: string) => {
      createPrivately(path);
      guard(() => driver.prepare('VACUUM INTO ?').run(path));
    },
    integrityProblems: () => {
      const rows = guard(() => driver.pragma('integrity_check') as { integrity_check: string }[]);
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    },
    checkpoint: () => { guard(() => driver.pragma('wal_checkpoint(TRUNCATE)')); },
  });
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
