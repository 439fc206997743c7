/** Reads the normalised records: unique items, what happened with each, and which import it came from. */
import { ITEM_KINDS, UNDATED_MS, type Act, type ItemKind, type SourceId } from '../../../shared/domain/records.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';

export type { Act, ItemKind, SourceId };


/** A unique work or product as the export named it. */
export interface Item {
  /** Dense, ascending, never used twice. */
  readonly id: number;
  readonly source: SourceId;
  readonly kind: ItemKind;
  /** What the person did with it; the same thing used and liked is two items. */
  readonly act: Act;
  /** Track, episode, audiobook or product name; for video the full title as exported ("Show: Season 2: Episode"). */
  readonly title: string;
  /** Artist, podcast or author; null for video and products. */
  readonly creator: string | null;
  /** Album; for an episode of a series the name of the series; null for films and where the export has none. */
  readonly collection: string | null;
  /** The shop's own category where the export has one (Amazon before 2023); else null. */
  readonly category: string | null;
}

interface ItemRow { readonly item_id: number; readonly source: SourceId; readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly category: string | null }
const ITEM_COLUMNS = 'item_id, source, kind, act, title, creator, collection, category';
const toItem = (row: ItemRow): Item => ({ id: row.item_id, source: row.source, kind: row.kind, act: row.act, title: row.title, creator: row.creator, collection: row.collection, category: row.category });

/** Items with `afterId < id`, in order of id, at most `limit`: page through all of them, or only those new since a remembered id. Sealed ones have no words to read and are left out. */
export function listItems(db: ReadableDb, page: { readonly afterId: number; readonly limit: number }): Item[] {
  return db.query<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE item_id > ? AND item_id NOT IN (SELECT item_id FROM sealed_items) ORDER BY item_id LIMIT ?`).all(page.afterId, page.limit).map(toItem);
}

/** What companies say of the person. */
export interface ClaimedItem { readonly id: number; readonly source: SourceId; readonly kind: ItemKind; readonly title: string; readonly category: string | null; readonly sealed: boolean; /** Unix ms; UNDATED_MS where no export gives a time. */ readonly firstAtMs: number; readonly lastAtMs: number }

/** By source, then by name. Of sealed ones the words are missing. */
export const listClaimedItems = (db: ReadableDb): ClaimedItem[] =>
  db.query<Omit<ClaimedItem, 'sealed'> & { readonly sealed: number }>(`
    SELECT i.item_id AS id, i.source, i.kind, i.title, i.category, i.item_id IN (SELECT item_id FROM sealed_items) AS sealed, min(r.at_ms) AS firstAtMs, max(r.at_ms) AS lastAtMs
    FROM records r JOIN items i ON i.item_id = r.item_id WHERE r.item_id IN (SELECT item_id FROM items WHERE act = 'claimed') GROUP BY i.item_id ORDER BY i.source, i.title COLLATE NOCASE`)
    .all().map((row) => ({ ...row, sealed: row.sealed === 1 }));

/** These items, in order of id; sealed ones and those that are gone are left out. */
export const itemsById = (db: ReadableDb, ids: readonly number[]): Item[] =>
  db.query<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE item_id IN (SELECT value FROM json_each(?)) AND item_id NOT IN (SELECT item_id FROM sealed_items) ORDER BY item_id`).all(JSON.stringify(ids)).map(toItem);

/** The words of an item: what sealing takes out of its row. */
export type ItemWords = Pick<Item, 'title' | 'creator' | 'collection' | 'category'>;

/** Puts `box` in the place of an item's words. What is left says from which source it came, what kind of thing it is, and its times. */
export function sealItem(db: WritableDb, itemId: number, box: Buffer): void {
  db.command('INSERT INTO sealed_items (item_id, box) VALUES (?, ?)').run(itemId, box);
  db.command("UPDATE items SET title = '', creator = NULL, collection = NULL, category = NULL WHERE item_id = ?").run(itemId);
}

/** Whether any thing in the open still bears this name of its creator or collection. */
export const hasItemsOf = (db: ReadableDb, source: SourceId, part: 'creator' | 'collection', name: string): boolean =>
  db.query<{ one: number }>(`SELECT 1 AS one FROM items WHERE source = ? AND ${part} = ? LIMIT 1`).get(source, name) !== undefined;

export function unsealItem(db: WritableDb, itemId: number, words: ItemWords): void {
  if (db.command('DELETE FROM sealed_items WHERE item_id = ?').run(itemId).changes === 0) return;
  db.command('UPDATE items SET title = ?, creator = ?, collection = ?, category = ? WHERE item_id = ?').run(words.title, words.creator, words.collection, words.category, itemId);
}

export interface SealedItem { readonly id: number; readonly source: SourceId; readonly kind: ItemKind; readonly act: Act; readonly box: Buffer }

export const listSealedItems = (db: ReadableDb): SealedItem[] =>
  db.query<SealedItem>('SELECT i.item_id AS id, i.source, i.kind, i.act, s.box FROM sealed_items s JOIN items i ON i.item_id = s.item_id ORDER BY i.item_id').all();

export const sealedIds = (db: ReadableDb): Set<number> => new Set(db.query<{ id: number }>('SELECT item_id AS id FROM sealed_items').all().map(({ id }) => id));

export const countSealedItems = (db: ReadableDb): number => db.query<{ n: number }>('SELECT count(*) AS n FROM sealed_items').get()?.n ?? 0;

/** Highest item id given out, 0 when there is none: the length that arrays indexed by item id need, less one. */
export const highestItemId = (db: ReadableDb): number => db.query<{ n: number | null }>('SELECT max(item_id) AS n FROM items').get()?.n ?? 0;

export const hasRecords = (db: ReadableDb): boolean => db.query('SELECT 1 FROM records LIMIT 1').get() !== undefined;

/** Rows in the table of records. */
export const countRecords = (db: ReadableDb): number => db.query<{ n: number }>('SELECT count(*) AS n FROM records').get()?.n ?? 0;

/** What went on by itself for hours counts so much of what was chosen. */
export const BACKGROUND_WEIGHT = 0.25;

/** Records read between two turns of the event loop: some milliseconds, and few enough to be gone before the collector of the young looks twice. */
const CHUNK_RECORDS = 3_000;
const DAY_MS = 86_400_000;

/** One record as {@link recordTimes} tells it: its item's id doubled, one more where the time is no finer than half a day or falls on its edge; and quarters of an hour since 1970, 0 for no date. */
export interface RecordTime { readonly doubled: number; readonly quarter: number }

/** All records in order of time, in pieces of some milliseconds. */
export async function recordTimes(db: ReadableDb, take: (records: readonly RecordTime[]) => void, pause: () => Promise<void>): Promise<void> {
  const edge = db.query<{ at_ms: number }>('SELECT at_ms FROM records WHERE at_ms > ? ORDER BY at_ms LIMIT 1 OFFSET ?');
  const piece = db.query<RecordTime>('SELECT item_id * 2 + (grain_ms > 3600000 OR at_ms % 43200000 = 0) AS doubled, at_ms / 900000 AS quarter FROM records WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms');
  for (let fromMs = Number.MIN_SAFE_INTEGER; ;) {
    const next = edge.get(fromMs, CHUNK_RECORDS)?.at_ms;
    take(piece.all(fromMs, next ?? Number.MAX_SAFE_INTEGER));
    await pause();
    if (next === undefined) return;
    fromMs = next;
  }
}

/** What was used and has records, from after one id up to another. Nothing of what is sealed. */
export const usedKinds = (db: ReadableDb, afterId: number, toId: number): { readonly id: number; readonly kind: ItemKind }[] =>
  db.query<{ id: number; kind: ItemKind }>("SELECT item_id AS id, kind FROM items WHERE item_id > ? AND item_id <= ? AND act = 'used' AND item_id NOT IN (SELECT item_id FROM sealed_items)").all(afterId, toId);

/** Records of one format by variant, with the items of each; one pass over the records, none where nothing of it was imported. */
export const recordsByVariant = (db: ReadableDb, format: string): { readonly records: number; readonly itemIds: readonly number[] }[] => {
  const numbers = db.query<{ number: number }>('SELECT number FROM imports WHERE format = ? AND added > 0').all(format).map(({ number }) => number);
  if (numbers.length === 0) return [];
  return db.query<{ records: number; ids: string }>('SELECT count(*) AS records, json_group_array(DISTINCT item_id) AS ids FROM records WHERE import_number IN (SELECT value FROM json_each(?)) GROUP BY variant')
    .all(JSON.stringify(numbers)).map(({ records, ids }) => ({ records, itemIds: JSON.parse(ids) as number[] }));
};

/** Which of these items have a record of one of these imports; one pass over the records. */
export function itemsOfImports(db: ReadableDb, importIds: readonly string[]): number[] {
  return db.query<{ item_id: number }>('SELECT DISTINCT item_id FROM records WHERE import_number IN (SELECT value FROM json_each(?)) ORDER BY item_id')
    .all(JSON.stringify(importNumbers(db, importIds))).map((row) => row.item_id);
}

/** One item as an example of evidence. */
export interface ItemExample {
  readonly itemId: number;
  readonly title: string;
  readonly creator: string | null;
  readonly collection: string | null;
  readonly act: Act;
  readonly source: SourceId;
  /** The import that brought the newest of its records. */
  readonly importId: string;
  readonly count: number;
  readonly lastAtMs: number;
}

/** The items of `ids` that have most records, at most `limit`; one pass over the records (about 60 ms per million). */
export function itemExamples(db: ReadableDb, ids: readonly number[], limit: number): ItemExample[] {
  // With max(at_ms) the bare column import_number comes from that newest row (SQLite, "bare columns in an aggregate").
  return db.query<ItemExample>(`
    SELECT i.item_id AS itemId, i.title, i.creator, i.collection, i.act, i.source, m.import_id AS importId, r.n AS count, r.last AS lastAtMs
    FROM (SELECT item_id, count(*) AS n, max(at_ms) AS last, import_number FROM records WHERE item_id IN (SELECT value FROM json_each(?)) GROUP BY item_id ORDER BY n DESC, last DESC LIMIT ?) r
    JOIN items i ON i.item_id = r.item_id JOIN imports m ON m.number = r.import_number ORDER BY r.n DESC, r.last DESC`).all(JSON.stringify(ids), limit);
}

/** Single events of one item, newest first: price per piece of a product, single plays of a track. */
export interface RecordRow { readonly itemId: number; readonly atMs: number; readonly durationMs: number | null; readonly quantity: number | null; readonly amountMinor: number | null; readonly currency: string | null }

/** Events of these items, newest first; one pass over the records. */
export function recordsOfItems(db: ReadableDb, ids: readonly number[], limit: number): RecordRow[] {
  return db.query<RecordRow>(`
    SELECT item_id AS itemId, at_ms AS atMs, duration_ms AS durationMs, quantity, amount_minor AS amountMinor, currency
    FROM records WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY at_ms DESC LIMIT ?`).all(JSON.stringify(ids), limit);
}

/** Records of these items by month of UTC, in order; what has no date is left out. One pass over the records. */
export const recordsByMonth = (db: ReadableDb, ids: readonly number[]): { readonly month: string; readonly count: number }[] =>
  db.query<{ month: string; count: number }>(`SELECT strftime('%Y-%m', at_ms / 1000, 'unixepoch') AS month, count(*) AS count FROM records
    WHERE at_ms <> ${UNDATED_MS} AND item_id IN (SELECT value FROM json_each(?)) GROUP BY month ORDER BY month`).all(JSON.stringify(ids));

/** What was played, heard or watched of `kinds`, with the name of what it is part of, from after one id up to another. Nothing of what is sealed. */
export const partsOfGroups = (db: ReadableDb, kinds: readonly ItemKind[], afterId: number, toId: number): { readonly id: number; readonly kind: ItemKind; readonly name: string }[] =>
  db.query<{ id: number; kind: ItemKind; name: string }>(`SELECT item_id AS id, kind, coalesce(creator, collection) AS name FROM items
    WHERE item_id > ? AND item_id <= ? AND act = 'used' AND coalesce(creator, collection) IS NOT NULL AND kind IN (SELECT value FROM json_each(?))`).all(afterId, toId, JSON.stringify(kinds));

/** The groups with most of these items in them: how many of their items all lie within `withinMs`, and on how many days of UTC their items began; one pass over the records. */
export function largestGroups(db: ReadableDb, ids: readonly number[], kinds: readonly ItemKind[], withinMs: number, limit: number): { readonly kind: ItemKind; readonly name: string; readonly things: number; readonly days: number }[] {
  const found = db.query<{ kind: ItemKind; name: string }>(`SELECT kind, coalesce(creator, collection) AS name FROM items WHERE item_id IN (SELECT value FROM json_each(?)) AND act = 'used' AND coalesce(creator, collection) IS NOT NULL
    AND kind IN (SELECT value FROM json_each(?)) GROUP BY kind, name ORDER BY count(*) DESC, name LIMIT ?`).all(JSON.stringify(ids), JSON.stringify(kinds), limit);
  return found.map(({ kind, name }) => ({
    kind, name,
    ...db.query<{ things: number; days: number }>(`SELECT total(last - first < ?) AS things, count(DISTINCT first / ${DAY_MS}) AS days FROM (SELECT min(at_ms) AS first, max(at_ms) AS last FROM records WHERE at_ms <> ${UNDATED_MS}
      AND item_id IN (SELECT item_id FROM items WHERE act = 'used' AND kind = ? AND coalesce(creator, collection) = ?) GROUP BY item_id)`).get(withinMs, kind, name) ?? { things: 0, days: 0 },
  }));
}

function importNumbers(db: ReadableDb, importIds: readonly string[]): number[] {
  return db.query<{ number: number }>('SELECT number FROM imports WHERE import_id IN (SELECT value FROM json_each(?))').all(JSON.stringify(importIds)).map((row) => row.number);
}

/** How many records of these items went on by themselves for hours; one pass over the records. */
export const countBackgroundOf = (db: ReadableDb, ids: readonly number[]): number =>
  db.query<{ n: number }>('SELECT count(*) AS n FROM records WHERE background = 1 AND item_id IN (SELECT value FROM json_each(?))').get(JSON.stringify(ids))?.n ?? 0;

/** How many records these items have together; one pass over the records. */
export const countRecordsOf = (db: ReadableDb, ids: readonly number[]): number =>
  db.query<{ n: number }>('SELECT count(*) AS n FROM records WHERE item_id IN (SELECT value FROM json_each(?))').get(JSON.stringify(ids))?.n ?? 0;

/** Records of one item after decay, as {@link totalItems} counts them. */
export interface ItemDecay { readonly itemId: number; readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly decayed: number }

/** @param halfLifeMs by kind; one pass over the records */
export const decayOf = (db: ReadableDb, ids: readonly number[], asOfMs: number, halfLifeMs: (kind: ItemKind) => number): ItemDecay[] => {
  const rates = JSON.stringify(Object.fromEntries(ITEM_KINDS.map((kind) => [kind, Math.LN2 / halfLifeMs(kind)])));
  return db.query<ItemDecay>(`
    SELECT i.item_id AS itemId, i.kind, i.act, i.title, i.creator, i.collection, sum(CASE WHEN r.at_ms = ${UNDATED_MS} THEN 0.5 ELSE exp(min(0, r.at_ms - ?) * (? ->> i.kind)) END * iif(r.background, ${BACKGROUND_WEIGHT}, 1)) AS decayed
    FROM items i JOIN records r ON r.item_id = i.item_id WHERE r.item_id IN (SELECT value FROM json_each(?)) GROUP BY i.item_id`).all(asOfMs, rates, JSON.stringify(ids));
};
