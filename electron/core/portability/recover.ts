/** Reads what is readable of a damaged vault into a new one that opens with the same passphrase and recovery phrase; the damaged one is only read. */
import { closeSync, copyFileSync, constants, existsSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { portabilityContract } from '../../../shared/api/portability.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { beginAgain, carryOver } from '../audit/carry-over.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { makePrivateFolder, readSmallFile, replaceFile } from '../platform/files/atomic-file.ts';
import type { StoredFile } from '../platform/files/sealed-file.ts';
import { migrate } from '../platform/sqlite/migrate.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { readBackupKeys } from '../vault/backup.ts';
import { MAX_HEADER_BYTES, parseHeader } from '../vault/header.ts';
import { preparedDatabase } from '../vault/rotate.ts';
import { folderIsFree, openBySecret, openUnder, unlockVault, vaultPaths, type Secret, type VaultPorts } from '../vault/vault.ts';
import { assertNotInUse } from './put-in-place.ts';
import { salvageTable, shapeOf, type Row } from './salvage.ts';

type Report = Omit<z.output<(typeof portabilityContract)['vault.recover']['output']>, 'setAside'>;

export interface RecoverOptions {
  /** A folder that is empty or not there. */
  readonly into: string;
  readonly secret: Secret;
  /** A backup whose key file stands in for a damaged one. */
  readonly keysFrom?: StoredFile;
}

/** Made again from the rest, or belonging to the program rather than the person. */
const MADE_AGAIN: ReadonlySet<string> = new Set(['schema_history', 'enrichment_state', 'match_names', 'item_matches', 'preferences']);
/** These count on each other without saying so to the database. */
const UNSAID: readonly { readonly table: string; readonly column: string; readonly parent: string; readonly to: string }[] = [
  { table: 'records', column: 'item_id', parent: 'items', to: 'item_id' },
  { table: 'records', column: 'import_number', parent: 'imports', to: 'number' },
];
const WORDS: Readonly<Record<string, string>> = {
  meta: 'inner notes', settings: 'settings', audit: 'entries of the log', imports: 'imports', items: 'works and products', records: 'records', statements: 'things you said', rejections: 'things you ruled out',
  audit_lists: 'lists of what companies took part in', audit_chain: 'older entries of the log', sealed_items: 'things in the closed part', sealed_words: 'things you said in the closed part',
  companies: 'companies', requests: 'requests', issuer_keys: 'keys towards companies', status_lists: 'lists of ended permissions', grants: 'permissions', grant_usage: 'counts of answers', grant_versions: 'versions of permissions',
};
const BATCH_ROWS = 500;
/** In clear in every file: page size and format. The same for all vaults of one cipher. */
const CLEAR = { from: 16, length: 8 };

/**
 * @throws {AppError} ERR_VAULT_MISSING, ERR_VAULT_EXISTS when `into` is not empty, ERR_VAULT_SECRET_WRONG, ERR_VAULT_HEADER_INVALID, ERR_BACKUP_INVALID, ERR_RECOVERY_HOPELESS, ERR_VAULT_IN_USE, ERR_VAULT_NEWER, ERR_STORAGE_FULL; nothing is then left in `into`
 */
export async function recoverVault(ports: VaultPorts, options: RecoverOptions): Promise<Report> {
  const damaged = vaultPaths(ports.dataDir), { into } = options;
  if (!existsSync(damaged.database)) throw new AppError('ERR_VAULT_MISSING', 'There is no vault in this folder. Name the folder where the damaged one is.');
  if (!folderIsFree(into)) throw new AppError('ERR_VAULT_EXISTS', 'The folder for the recovered vault is not empty. Choose an empty one; nothing was changed.');
  assertNotInUse(ports.dataDir);
  const keys = options.keysFrom === undefined ? readSmallFile(damaged.header, MAX_HEADER_BYTES) : await readBackupKeys(options.keysFrom);
  if (keys === null) throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is gone, and without it nothing can be read. A backup of this vault holds one: name it, and it is used instead.');
  const stored = parseHeader(keys);
  const { masterKey, header } = await openBySecret(ports, stored, options.secret);
  // A new master key that was cut off after its switch: what it prepared is the database.
  const prepared = preparedDatabase(damaged.database, header.generation);
  const database = existsSync(prepared) ? prepared : damaged.database;
  const target = vaultPaths(into);
  makePrivateFolder(into);
  const scratch = join(into, 'damaged.db');
  try {
    copyFileSync(database, scratch, constants.COPYFILE_EXCL);
    if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, `${scratch}-wal`);
    mendClearBytes(scratch, into, (path) => openUnder(masterKey, path, header.cipher, false));
    const source = openScratch(() => openUnder(masterKey, scratch, header.cipher, true));
    const db = openUnder(masterKey, target.database, header.cipher, false);
    let tables: Report['tables'];
    try {
      const version = source.query<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
      if (version > (MIGRATIONS.at(-1)?.version ?? 0)) throw new AppError('ERR_VAULT_NEWER', 'This vault was opened by a newer Penchant. Update Penchant to recover it; nothing was changed.');
      migrate(db, MIGRATIONS.filter((migration) => migration.version <= version), { nowMs: ports.clock.nowMs() });
      // A log of before the tree that was still waiting to be carried over.
      const waiting = source.query<{ sql: string }>("SELECT sql FROM sqlite_master WHERE name = 'audit_chain'").get();
      if (waiting) db.exec(waiting.sql);
      // A key file of before the closed part gets a key of its own for it, which opens nothing that was sealed for another.
      tables = copyTables(source, db, { nowMs: ports.clock.nowMs(), closedOpens: stored.version !== 1 });
      if (db.integrityProblems().length > 0) throw new Error('the recovered database is not whole');
    } finally {
      source.close();
      db.close();
    }
    replaceFile(target.header, keys);
    // Held against the mark of the damaged vault, so that entries lost at the end of the log are told at unlocking.
    if (existsSync(damaged.anchor)) replaceFile(target.anchor, readFileSync(damaged.anchor));
    removeScratch(scratch);
    await note({ ...ports, dataDir: into }, options.secret, tables);
    return { tables, whole: tables.every(({ lost }) => lost === 0) };
  } catch (error) {
    rmSync(into, { recursive: true, force: true });
    throw error;
  } finally {
    masterKey.fill(0);
  }
}

function openScratch<T>(open: () => T): T {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'ERR_VAULT_CORRUPT') throw cause;
    throw new AppError('ERR_RECOVERY_HOPELESS', 'The first page of this vault is damaged, and without it none of the others can be found. It was left as it is. Restore your last backup.', { cause });
  }
}

function removeScratch(scratch: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${scratch}${suffix}`, { force: true });
}

/** Damage to what stands in clear is undone by what a fresh database of the same cipher has there. */
function mendClearBytes(scratch: string, folder: string, make: (path: string) => WritableDb & { close(): void }): void {
  const probe = join(folder, 'probe.db');
  const fresh = make(probe);
  fresh.exec('CREATE TABLE probe (x)');
  fresh.close();
  const right = Buffer.alloc(CLEAR.length);
  const from = openSync(probe, 'r');
  try { readSync(from, right, 0, CLEAR.length, CLEAR.from); } finally { closeSync(from); }
  removeScratch(probe);
  const to = openSync(scratch, 'r+');
  try { writeSync(to, right, 0, CLEAR.length, CLEAR.from); } finally { closeSync(to); }
}

function copyTables(source: ReadableDb, db: WritableDb, { nowMs, closedOpens }: { readonly nowMs: number; readonly closedOpens: boolean }): Report['tables'] {
  const names = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY rowid").all().map(({ name }) => name).filter((name) => !MADE_AGAIN.has(name));
  // Parents may be among what is lost.
  db.exec('PRAGMA foreign_keys = OFF');
  const lostIn = new Map<string, number | null>();
  for (const name of names) {
    const shape = shapeOf(db, name);
    const insert = db.command(`INSERT OR IGNORE INTO "${name}" (${shape.columns.map((column) => `"${column}"`).join(', ')}) VALUES (${shape.columns.map(() => '?').join(', ')})`);
    let batch: Row[] = [];
    const store = (): void => {
      const rows = batch;
      batch = [];
      db.transaction(() => { for (const row of rows) insert.run(...shape.columns.map((column) => row[column] ?? null)); });
    };
    lostIn.set(name, salvageTable(source, shape, nowMs, (row) => { batch.push(row); if (batch.length >= BATCH_ROWS) store(); }));
    store();
  }
  const removed = new Map<string, number>();
  if (names.includes('sealed_items')) removeUnreadable(db, closedOpens, removed);
  removeOrphans(db, names, removed);
  // A permission without its counts could not be listed or ended.
  if (names.includes('grant_usage')) db.command('INSERT OR IGNORE INTO grant_usage (grant_id, redemptions, refused, last_redeemed_ms, window_index, window_used) SELECT grant_id, 0, 0, NULL, 0, 0 FROM grants').run();
  const tables = names.flatMap((name) => {
    const read = db.query<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0;
    const unread = lostIn.get(name) ?? null;
    const lost = unread === null ? null : unread + (removed.get(name) ?? 0);
    const what = WORDS[name] ?? name;
    if (name === 'unknown_tokens') return [];
    return [{ table: name, what, read, lost, words: lost === 0 ? `${read} ${what}, all of them` : `${read} ${what}; ${lost === null ? 'how many are lost cannot be told' : `at most ${lost} are lost`}` }];
  });
  // A tree with holes can neither be proven nor grown.
  if (names.includes('audit_lists') && ['audit', 'audit_lists'].some((name) => lostIn.get(name) !== 0)) beginAgain(db);
  db.exec('PRAGMA foreign_keys = ON');
  if (db.query('PRAGMA foreign_key_check').all().length > 0) throw new Error('the recovered database has orphans');
  return tables;
}

/** Things whose words lay in the closed part, and cannot be had any more: without words they say nothing. Adds to `removed`. */
function removeUnreadable(db: WritableDb, closedOpens: boolean, removed: Map<string, number>): void {
  const remove = (table: string, where = 'TRUE'): void => { removed.set(table, (removed.get(table) ?? 0) + db.command(`DELETE FROM ${table} WHERE ${where}`).run().changes); };
  if (!closedOpens) for (const table of ['sealed_items', 'sealed_words']) remove(table);
  remove('items', "title = '' AND item_id NOT IN (SELECT item_id FROM sealed_items)");
}

/** Rows that name something that could not be read, until none is left. Adds how many went to `removed`. */
function removeOrphans(db: WritableDb, names: readonly string[], removed: Map<string, number>): void {
  // From the log nothing goes: with holes in it, it is begun again from what is left.
  const said = names.filter((name) => name !== 'audit').flatMap((table) => db.query<{ from: string; to: string | null; table: string }>('SELECT "from", "to", "table" FROM pragma_foreign_key_list(?)').all(table)
    .map((key) => ({ table, column: key.from, parent: key.table, to: key.to ?? shapeOfPrimary(db, key.table) })));
  for (let changed = true; changed;) {
    changed = false;
    for (const { table, column, parent, to } of [...said, ...UNSAID.filter((link) => names.includes(link.table))]) {
      const { changes } = db.command(`DELETE FROM "${table}" WHERE "${column}" IS NOT NULL AND "${column}" NOT IN (SELECT "${to}" FROM "${parent}")`).run();
      if (changes === 0) continue;
      removed.set(table, (removed.get(table) ?? 0) + changes);
      changed = true;
    }
  }
}

const shapeOfPrimary = (db: ReadableDb, table: string): string => db.query<{ name: string }>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').get(table)?.name ?? 'rowid';

/** The new vault's own log says what it comes from. */
async function note(ports: VaultPorts, secret: Secret, tables: Report['tables']): Promise<void> {
  const vault = await unlockVault(ports, secret);
  try {
    const { db, deriveKey } = vault;
    const audit = createAuditLog({ db, key: deriveKey('audit-log'), clock: ports.clock, randomBytes: ports.randomBytes });
    carryOver({ db, key: deriveKey('audit-chain'), log: audit, randomBytes: ports.randomBytes });
    db.transaction(() => { audit.append({ type: 'vault.recovered', counts: { rows: tables.reduce((sum, { read }) => sum + read, 0), damagedTables: tables.filter(({ lost }) => lost !== 0).length } }); });
  } finally {
    vault.close();
  }
}
