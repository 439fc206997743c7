/** Reads a copy of a damaged database into a new one, table by table, and says what is lost of each. In a worker thread: single statements over a large vault take seconds, and meanwhile the core must hear that it should stop. */
import { msg, t } from '../../../shared/language/message.ts';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { beginAgain } from '../audit/carry-over.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { JobProgress } from '../platform/jobs/jobs.ts';
import { openDatabase, type Database } from '../platform/sqlite/database.ts';
import { migrate } from '../platform/sqlite/migrate.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { TaskBody, TaskContext } from '../platform/workers/task-kind.ts';
import { greatestNumber, salvageTable, shapeOf, type Row } from './salvage.ts';
import type { SalvageInput, SalvagedTable } from './tasks.ts';

/** Made again from the rest, or belonging to the program rather than the person. */
const MADE_AGAIN: ReadonlySet<string> = new Set(['schema_history', 'enrichment_state', 'match_names', 'item_matches', 'preferences', 'next_matches', 'item_sorts', 'total_blocks', 'totalled_imports', 'items_to_count', 'finding_state', 'rules_read']);
/** These count on each other without saying so to the database. */
const UNSAID: readonly { readonly table: string; readonly column: string; readonly parent: string; readonly to: string }[] = [
  { table: 'records', column: 'item_id', parent: 'items', to: 'item_id' },
  { table: 'records', column: 'import_number', parent: 'imports', to: 'number' },
  { table: 'moved_orders', column: 'from_item', parent: 'items', to: 'item_id' },
  { table: 'moved_orders', column: 'to_item', parent: 'items', to: 'item_id' },
];
const WORDS: Readonly<Record<string, string>> = {
  meta: msg('inner notes'), settings: msg('settings'), audit: msg('entries of the log'), imports: msg('imports'), items: msg('works and products'), records: msg('records'), moved_orders: msg('where lines of orders stood before'), statements: msg('things you said'), rejections: msg('things you ruled out'), not_me: msg('what you said was not you'), kept_evidence: msg('what forgotten records said'), forgotten_spans: msg('times of forgotten records'), mappings: msg('what you said about files of your own'),
  audit_lists: msg('lists of what companies took part in'), audit_chain: msg('older entries of the log'), sealed_items: msg('things in the closed part'), sealed_words: msg('things you said in the closed part'),
  companies: msg('companies'), requests: msg('requests'), issuer_keys: msg('keys towards companies'), status_lists: msg('lists of ended permissions'), grants: msg('permissions'), grant_usage: msg('counts of answers'), grant_versions: msg('versions of permissions'), breathing: msg('what you said about room to breathe'), answers_given: msg('counts of answers by day'), areas_answered: msg('counts of answers by area'), told: msg('what companies were told'), crowd_floors: msg('how many people must fit what companies know'), refused_companies: msg('companies you always say no to'), templates: msg('your templates'), former_tokens: msg('earlier tokens of permissions'), noise_spent: msg('what was spent on deniable answers'), told_homes: msg('where you were when companies were told'),
};
const wordsOf = (table: string): string => { const words = WORDS[table]; return words === undefined ? table : t(words); };
const BATCH_ROWS = 500;
/** In clear in every file: page size and format. The same for all vaults of one cipher. */
const CLEAR = { from: 16, length: 8 };

/** @throws {AppError} ERR_RECOVERY_HOPELESS, ERR_VAULT_NEWER, ERR_VAULT_CORRUPT, ERR_STORAGE_FULL, ERR_CANCELLED */
export const salvage: TaskBody<SalvageInput, JobProgress, readonly SalvagedTable[]> = async (input, context) => {
  const key = Buffer.from(input.key.buffer, input.key.byteOffset, input.key.byteLength);
  const open = (path: string, mustExist: boolean): Database => openDatabase(path, key, input.cipher, { mustExist, exclusive: true });
  try {
    mendClearBytes(input.from, input.folder, (path) => open(path, false));
    const source = openScratch(() => open(input.from, true));
    const db = open(input.to, false);
    try {
      const version = source.query<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
      if (version > (MIGRATIONS.at(-1)?.version ?? 0)) throw new AppError('ERR_VAULT_NEWER', 'This vault was opened by a newer Penchant. Update Penchant to recover it; nothing was changed.');
      migrate(db, MIGRATIONS.filter((migration) => migration.version <= version), { nowMs: input.nowMs });
      // A log of before the tree that was still waiting to be carried over.
      const waiting = source.query<{ sql: string }>("SELECT sql FROM sqlite_master WHERE name = 'audit_chain'").get();
      if (waiting) db.exec(waiting.sql);
      const tables = await copyTables(source, db, input, context);
      if (db.integrityProblems().length > 0) throw new Error('the recovered database is not whole');
      return tables;
    } finally {
      source.close();
      db.close();
    }
  } finally {
    key.fill(0);
  }
};

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

async function copyTables(source: ReadableDb, db: WritableDb, { nowMs, closedOpens }: SalvageInput, { send, signal }: TaskContext<JobProgress>): Promise<SalvagedTable[]> {
  const names = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY rowid").all().map(({ name }) => name).filter((name) => !MADE_AGAIN.has(name) && !name.startsWith('item_words'));
  // Parents may be among what is lost.
  db.exec('PRAGMA foreign_keys = OFF');
  const lostIn = new Map<string, number | null>();
  const shapes = names.map((name) => ({ name, shape: shapeOf(db, name) })).map((table) => ({ ...table, expected: greatestNumber(source, table.shape) }));
  const totalBytes = shapes.reduce((sum, { expected }) => sum + expected, 0);
  let before = 0, records = 0;
  for (const { name, shape, expected } of shapes) {
    let taken = 0;
    const insert = db.command(`INSERT OR IGNORE INTO "${name}" (${shape.columns.map((column) => `"${column}"`).join(', ')}) VALUES (${shape.columns.map(() => '?').join(', ')})`);
    let batch: Row[] = [];
    const store = async (): Promise<void> => {
      const rows = batch;
      batch = [];
      db.transaction(() => { for (const row of rows) insert.run(...shape.columns.map((column) => row[column] ?? null)); });
      taken += rows.length;
      records += rows.length;
      await send({ phase: 'reading', subject: wordsOf(name), doneBytes: before + Math.min(taken, expected), totalBytes, records });
      // A wish to stop comes as a message.
      await nextTurn();
      signal.throwIfAborted();
    };
    lostIn.set(name, await salvageTable(source, shape, nowMs, (row) => {
      batch.push(row);
      return batch.length >= BATCH_ROWS ? store() : undefined;
    }));
    await store();
    before += expected;
  }
  await send({ phase: 'checking', subject: '', doneBytes: 0, totalBytes: 0 });
  await nextTurn();
  const removed = new Map<string, number>();
  if (names.includes('sealed_items')) removeUnreadable(db, closedOpens, removed);
  removeOrphans(db, names, removed);
  // A permission without its counts could not be listed or ended.
  if (names.includes('grant_usage')) db.command('INSERT OR IGNORE INTO grant_usage (grant_id, redemptions, refused, last_redeemed_ms, window_index, window_used) SELECT grant_id, 0, 0, NULL, 0, 0 FROM grants').run();
  const tables = names.flatMap((name) => {
    const read = db.query<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0;
    const unread = lostIn.get(name) ?? null;
    const lost = unread === null ? null : unread + (removed.get(name) ?? 0);
    const what = wordsOf(name);
    if (name === 'unknown_tokens') return [];
    return [{ table: name, what, read, lost, words: lost === 0 ? t('{what}: {read, number}, all of them', { what, read }) : lost === null ? t('{what}: {read, number}; how many are lost cannot be told', { what, read }) : t('{what}: {read, number}; at most {lost, number} are lost', { what, read, lost }) }];
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
