/** Finding things again: an index of their words, and for each how often and when there was something with it. Sealed things are in neither. */
import type { Act, ItemKind, SourceId } from '../../../shared/domain/records.ts';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { Item, ItemTotals } from './records.ts';

/** Items looked at between two turns of the event loop. */
const SLICE_ITEMS = 4_000;

interface Words { readonly id: number; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly category: string | null }

/**
 * Takes the words of all items up to `toId` that were not looked at yet into the index.
 * Inside the transaction that decides which of them are sealed: those never get into it.
 *
 * @param fold how words are made alike; the same for what is looked for
 */
export function indexWords(db: WritableDb, toId: number, fold: (text: string) => string): void {
  const fromId = db.query<{ n: number }>('SELECT indexed_to AS n FROM finding_state').get()?.n ?? 0;
  if (toId <= fromId) return;
  const insert = db.command('INSERT INTO item_words (rowid, words) VALUES (?, ?)');
  const items = db.query<Words>('SELECT item_id AS id, title, creator, collection, category FROM items WHERE item_id > ? AND item_id <= ? AND item_id NOT IN (SELECT item_id FROM sealed_items)').all(fromId, toId);
  for (const item of items) insert.run(item.id, wordsToFind(item, fold));
  db.command('UPDATE finding_state SET indexed_to = ?').run(toId);
}

const wordsToFind = ({ title, creator, collection, category }: Omit<Words, 'id'>, fold: (text: string) => string): string => fold([title, creator, collection, category].filter((part) => part !== null).join(' '));

/** Takes these out of both. What the index still holds of them goes with {@link purgeWords}. */
export function forgetWords(db: WritableDb, itemIds: readonly number[]): void {
  const ids = JSON.stringify(itemIds);
  db.command('DELETE FROM item_totals WHERE item_id IN (SELECT value FROM json_each(?))').run(ids);
  if (db.query('SELECT 1 FROM item_words WHERE rowid IN (SELECT value FROM json_each(?)) LIMIT 1').get(ids) === undefined) return;
  db.command('DELETE FROM item_words WHERE rowid IN (SELECT value FROM json_each(?))').run(ids);
  db.command('UPDATE finding_state SET to_purge = 1').run();
}

/** Puts the words of one item back. */
export function rememberWords(db: WritableDb, item: Words, fold: (text: string) => string): void {
  db.command('DELETE FROM item_words WHERE rowid = ?').run(item.id);
  db.command('INSERT INTO item_words (rowid, words) VALUES (?, ?)').run(item.id, wordsToFind(item, fold));
}

export const hasWordsToPurge = (db: ReadableDb): boolean => db.query<{ n: number }>('SELECT to_purge AS n FROM finding_state').get()?.n === 1;

/** Pages of the index written anew in one go: some ten milliseconds. */
const PURGE_PAGES = 100;

/** Writes the index anew without the words of what was taken out of it (FTS5 only marks them as gone), about a second per million things. `pause` as in {@link keepTotals}. */
export async function purgeWords(db: WritableDb, pause: () => Promise<void>): Promise<void> {
  if (!hasWordsToPurge(db)) return;
  const merge = db.command("INSERT INTO item_words (item_words, rank) VALUES ('merge', ?)");
  const changes = (): number => db.query<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  // A negative number begins with all of it; less than two changes say that nothing is left to do (SQLite, "The 'merge' Command").
  for (let pages = -PURGE_PAGES; ; pages = PURGE_PAGES) {
    const before = changes();
    merge.run(pages);
    if (changes() - before < 2) break;
    await pause();
  }
  db.command('UPDATE finding_state SET to_purge = 0').run();
}

/** Empties both; they are filled again when the profile is brought up to date. */
export function forgetFinding(db: WritableDb): void {
  db.command("INSERT INTO item_words (item_words) VALUES ('delete-all')").run();
  db.command('DELETE FROM item_totals').run();
  db.command('UPDATE finding_state SET indexed_to = 0').run();
}

/** Puts down what the records say of each item, where that changed. `pause` is awaited between slices of some milliseconds; throw from it to stop. */
export async function keepTotals(db: WritableDb, totals: ItemTotals, pause: () => Promise<void>): Promise<void> {
  const known = db.query<{ id: number; records: number; firstMs: number; lastMs: number }>('SELECT item_id AS id, records, first_ms AS firstMs, last_ms AS lastMs FROM item_totals WHERE item_id > ? AND item_id <= ?');
  const put = db.command(`INSERT INTO item_totals (item_id, source, kind, act, records, first_ms, last_ms) SELECT item_id, source, kind, act, ?, ?, ? FROM items WHERE item_id = ? AND item_id NOT IN (SELECT item_id FROM sealed_items)
    ON CONFLICT DO UPDATE SET records = excluded.records, first_ms = excluded.first_ms, last_ms = excluded.last_ms`);
  const remove = db.command('DELETE FROM item_totals WHERE item_id = ?');
  for (let afterId = 0; afterId < totals.highestId; afterId += SLICE_ITEMS) {
    const toId = Math.min(totals.highestId, afterId + SLICE_ITEMS);
    db.transaction(() => {
      const before = new Map(known.all(afterId, toId).map((row) => [row.id, row]));
      for (let id = afterId + 1; id <= toId; id++) {
        const records = totals.count[id] ?? 0, firstMs = totals.firstAtMs[id] ?? 0, lastMs = totals.lastAtMs[id] ?? 0, old = before.get(id);
        if (records === 0) { if (old) remove.run(id); }
        else if (old?.records !== records || old.firstMs !== firstMs || old.lastMs !== lastMs) put.run(records, firstMs, lastMs, id);
      }
    });
    await pause();
  }
}

export type FindOrder = 'newest' | 'oldest' | 'most';

/** What is looked for. Lists that are empty ask for nothing; what is left out asks for everything. */
export interface Wanted {
  /** Folded words, each of which must occur; the last one may go on. Empty: anything. */
  readonly words: readonly string[];
  readonly sources?: readonly SourceId[] | undefined;
  readonly kinds?: readonly ItemKind[] | undefined;
  readonly acts?: readonly Act[] | undefined;
  readonly order: FindOrder;
}

const ORDERS: Readonly<Record<FindOrder, string>> = { newest: 't.last_ms DESC, t.item_id DESC', oldest: 't.last_ms, t.item_id', most: 't.records DESC, t.last_ms DESC, t.item_id DESC' };

/** Ids of everything that is wanted, in order. */
export function findItems(db: ReadableDb, wanted: Wanted): number[] {
  const conditions: string[] = [], params: string[] = [];
  for (const [column, values] of [['source', wanted.sources], ['kind', wanted.kinds], ['act', wanted.acts]] as const) {
    if (values === undefined) continue;
    conditions.push(`t.${column} IN (SELECT value FROM json_each(?))`);
    params.push(JSON.stringify(values));
  }
  if (wanted.words.length > 0) {
    conditions.push('item_words MATCH ?');
    // Folded words hold letters and digits only; quoted they are no operators.
    params.push(wanted.words.map((word, i) => (i === wanted.words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' '));
  }
  const from = wanted.words.length > 0 ? 'item_words w JOIN item_totals t ON t.item_id = w.rowid' : 'item_totals t';
  // One text instead of a row for each: there may be a million.
  const found = db.query<{ ids: string }>(`SELECT json_group_array(item_id) AS ids FROM (SELECT t.item_id FROM ${from} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY ${ORDERS[wanted.order]})`).get(...params);
  return JSON.parse(found?.ids ?? '[]') as number[];
}

/** Items with a record from `fromMs` up to, not including, `toMs`. What has no date is in no range. A set here is faster than DISTINCT there. */
export const itemsBetween = (db: ReadableDb, fromMs: number, toMs: number): Set<number> =>
  new Set(JSON.parse(db.query<{ ids: string }>(`SELECT json_group_array(item_id) AS ids FROM records WHERE at_ms >= ? AND at_ms < ? AND at_ms <> ${UNDATED_MS}`).get(fromMs, toMs)?.ids ?? '[]') as number[]);

/** A thing as a list shows it. Times are Unix ms; UNDATED_MS where no export gives one. */
export interface FoundItem extends Item { readonly records: number; readonly firstMs: number; readonly lastMs: number }

/** These items, in this order; those that are gone since are left out. */
export const foundItems = (db: ReadableDb, ids: readonly number[]): FoundItem[] =>
  db.query<FoundItem>(`SELECT i.item_id AS id, i.source, i.kind, i.act, i.title, i.creator, i.collection, i.category, t.records, t.first_ms AS firstMs, t.last_ms AS lastMs
    FROM json_each(?) wanted JOIN item_totals t ON t.item_id = wanted.value JOIN items i ON i.item_id = t.item_id ORDER BY wanted.key`).all(JSON.stringify(ids));

/** One record of an item, with the file it came from. */
export interface ItemRecord { readonly itemId: number; readonly atMs: number; readonly durationMs: number | null; readonly quantity: number | null; readonly amountMinor: number | null; readonly currency: string | null; readonly importId: string; readonly file: string }

/** Records of these items in order of time, newest first, at most `limit`; one pass over the time they lie in. */
export function recordsBetween(db: ReadableDb, items: readonly FoundItem[], limit: number): ItemRecord[] {
  const fromMs = items.reduce((least, { firstMs }) => Math.min(least, firstMs), Number.MAX_SAFE_INTEGER), toMs = items.reduce((most, { lastMs }) => Math.max(most, lastMs), Number.MIN_SAFE_INTEGER);
  return db.query<ItemRecord>(`SELECT r.item_id AS itemId, r.at_ms AS atMs, r.duration_ms AS durationMs, r.quantity, r.amount_minor AS amountMinor, r.currency, m.import_id AS importId, m.file
    FROM records r JOIN imports m ON m.number = r.import_number WHERE r.at_ms >= ? AND r.at_ms <= ? AND r.item_id IN (SELECT value FROM json_each(?)) ORDER BY r.at_ms DESC, r.item_id LIMIT ?`)
    .all(fromMs, toMs, JSON.stringify(items.map(({ id }) => id)), limit);
}
