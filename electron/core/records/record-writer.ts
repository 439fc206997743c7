/** Stores items and records once each, and takes those of an import away again. */
import type { SqlValue, WritableDb, WriteStatement } from '../platform/sqlite/types.ts';
import { forgetWords } from './finding.ts';
import { itemFingerprint } from './item-fingerprint.ts';
import type { Act, ItemKind, SourceId } from './records.ts';
import { forgetTotals } from './totals.ts';

export interface NewItem { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly category: string | null }

export interface NewRecord {
  readonly itemId: number;
  readonly atMs: number;
  /** Tells apart two events of one item at one time. */
  readonly variant: number;
  readonly durationMs: number | null;
  readonly quantity: number | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** It went on by itself for hours. Of what is bought always false. */
  readonly background: boolean;
}

export interface RecordWriter {
  /** Id of this item, stored now if it is new. `fingerprint`: 16 bytes over what makes it the same item. */
  itemId(item: NewItem, fingerprint: Uint8Array): number;
  /** Takes a record to be stored unless the vault has this event already. */
  add(record: NewRecord): void;
  /** Stores what was taken; call it before the transaction ends. @returns how many of them were new */
  flush(): number;
}

export interface WriterOptions {
  readonly source: SourceId;
  readonly importNumber: number;
  /** How exact the times of this import are. */
  readonly grainMs: number;
  /** Exactness of the times of this source's earlier imports; only other ones than `grainMs` matter. */
  readonly storedGrainsMs: readonly number[];
  /** The import tells that something is so, not when it happened: what is known already is not told again. */
  readonly saysOnce: boolean;
}

const DAY_MS = 86_400_000;
/** A day without a zone is stored as noon UTC; what happened on it lies within 12 hours of the day and 14 of zone. */
const DAY_REACH_MS = 26 * 3_600_000;

/** In the place of a variant: what is only said to be so never falls together with a record of when. */
const ONCE_VARIANT = -1;

/** What becomes of an order, the surer word later: a newer export, or the refunds beside it, may say more of a line that was stored as bought. */
const ORDER_ACTS: readonly Act[] = ['used', 'given', 'returned'];

/** Rows per statement: three times as fast as one by one. */
const ROWS_TOGETHER = 25;

/** All calls belong inside a transaction of the caller. */
export function createRecordWriter(db: WritableDb, options: WriterOptions): RecordWriter {
  const find = db.query<{ item_id: number; collection: string | null; category: string | null }>('SELECT item_id, collection, category FROM items WHERE fingerprint = ?');
  const insertItem = db.command('INSERT INTO items (source, kind, act, title, creator, collection, category, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const complete = db.command('UPDATE items SET collection = coalesce(collection, ?), category = coalesce(category, ?) WHERE item_id = ? AND item_id NOT IN (SELECT item_id FROM sealed_items)');
  const coarse = db.query<{ one: number }>('SELECT 1 AS one FROM records WHERE at_ms = ? AND item_id = ? AND grain_ms = ? LIMIT 1');
  const fine = db.query<{ one: number }>('SELECT 1 AS one FROM records WHERE at_ms >= ? AND at_ms < ? AND item_id = ? AND grain_ms < ? LIMIT 1');
  const { grainMs, importNumber } = options;
  let told: Set<number> | null = null;
  // Numbers of our own, so that they need not be bound for every row.
  const insert = (row: string, rows: number): WriteStatement => db.command(`
    INSERT OR IGNORE INTO records (at_ms, item_id, variant, import_number, grain_ms, duration_ms, quantity, amount_minor, currency, background) VALUES ${Array<string>(rows).fill(row).join(', ')}`);
  const createQueue = (row: string): Queue => ({ params: [], width: row.split('?').length - 1, many: insert(row, ROWS_TOGETHER), one: insert(row, 1), added: 0 });
  const plays = createQueue(`(?, ?, ?, ${importNumber}, ${grainMs}, ?, NULL, NULL, NULL, 0)`), background = createQueue(`(?, ?, ?, ${importNumber}, ${grainMs}, ?, NULL, NULL, NULL, 1)`);
  const purchases = createQueue(`(?, ?, ?, ${importNumber}, ${grainMs}, ?, ?, ?, ?, 0)`);
  const coarser = options.storedGrainsMs.filter((other) => other > grainMs);
  const isFinerStored = options.storedGrainsMs.some((other) => other < grainMs);

  /** The same event as another kind of export tells it, less or more exactly. */
  const isToldAlready = (atMs: number, itemId: number): boolean => {
    for (const other of coarser) {
      if (other === DAY_MS) {
        const noonMs = Math.floor(atMs / DAY_MS) * DAY_MS + DAY_MS / 2;
        for (const shift of [0, -DAY_MS, DAY_MS]) if (coarse.get(noonMs + shift, itemId, other)) return true;
      } else if (coarse.get(Math.floor(atMs / other) * other, itemId, other)) return true;
    }
    if (!isFinerStored) return false;
    const [fromMs, toMs] = grainMs === DAY_MS ? [atMs - DAY_REACH_MS, atMs + DAY_REACH_MS] : [atMs, atMs + grainMs];
    return fine.get(fromMs, toMs, itemId, grainMs) !== undefined;
  };

  /** The same product under what else may become of an order, by item id. */
  const others = new Map<number, readonly { readonly id: number; readonly isSurer: boolean }[]>();
  const findOthers = (itemId: number, item: NewItem): void => {
    const own = ORDER_ACTS.indexOf(item.act);
    if (item.kind !== 'product' || own === -1) return;
    // The surest first.
    const found = [...ORDER_ACTS.entries()].toReversed().flatMap(([at, act]) => {
      const id = at === own ? undefined : find.get(itemFingerprint(options.source, { ...item, act }))?.item_id;
      return id === undefined ? [] : [{ id, isSurer: at > own }];
    });
    if (found.length > 0) others.set(itemId, found); else others.delete(itemId);
  };
  const isStored = db.query<{ one: number }>('SELECT 1 AS one FROM records WHERE at_ms = ? AND item_id = ? AND variant = ?');
  const move = createMove(db), note = db.command('INSERT OR IGNORE INTO moved_orders (import_number, at_ms, variant, from_item, to_item) VALUES (?, ?, ?, ?, ?)');
  /** Whether this line of an order is stored under another act. What is surer now takes its place, and stays what its import brought. */
  const isKnownOrder = (atMs: number, itemId: number, variant: number): boolean => {
    const same = others.get(itemId);
    if (same === undefined) return false;
    flushQueue(purchases);
    for (const { id, isSurer } of same) {
      if (isStored.get(atMs, id, variant) === undefined) continue;
      if (isSurer) return true;
      move(atMs, variant, id, itemId);
      note.run(importNumber, atMs, variant, id, itemId);
      return true;
    }
    return false;
  };
  const flushQueue = (queue: Queue): void => {
    for (let at = 0; at < queue.params.length; at += queue.width) queue.added += queue.one.run(...queue.params.slice(at, at + queue.width)).changes;
    queue.params.length = 0;
  };

  return {
    itemId(item, fingerprint) {
      const found = find.get(fingerprint);
      const id = found?.item_id ?? insertItem.run(options.source, item.kind, item.act, item.title, item.creator, item.collection, item.category, fingerprint).lastInsertRowid;
      if (found && ((found.collection === null && item.collection !== null) || (found.category === null && item.category !== null))) complete.run(item.collection, item.category, id);
      findOthers(id, item);
      return id;
    },
    add({ atMs, itemId, variant: event, durationMs, quantity, amountMinor, currency, background: byItself }) {
      const variant = options.saysOnce ? ONCE_VARIANT : event;
      if (options.saysOnce) {
        told ??= itemsToldBy(db, options.source);
        if (told.has(itemId)) return;
        told.add(itemId);
      } else if (isKnownOrder(atMs, itemId, variant)) return;
      else if ((isFinerStored || coarser.length > 0) && isToldAlready(atMs, itemId)) return;
      const queue = quantity === null && amountMinor === null ? byItself ? background : plays : purchases;
      queue.params.push(atMs, itemId, variant, durationMs);
      if (queue === purchases) queue.params.push(quantity, amountMinor, currency);
      if (queue.params.length < queue.width * ROWS_TOGETHER) return;
      queue.added += queue.many.run(...queue.params).changes;
      queue.params.length = 0;
    },
    flush() {
      let added = 0;
      for (const queue of [plays, background, purchases]) {
        flushQueue(queue);
        added += queue.added;
        queue.added = 0;
      }
      return added;
    },
  };
}

/** Moves one line of an order from one item to another; both are counted again. */
function createMove(db: WritableDb): (atMs: number, variant: number, from: number, to: number) => void {
  const copyTo = db.command(`INSERT OR IGNORE INTO records (at_ms, item_id, variant, import_number, grain_ms, duration_ms, quantity, amount_minor, currency, background)
    SELECT at_ms, ?, variant, import_number, grain_ms, duration_ms, quantity, amount_minor, currency, background FROM records WHERE at_ms = ? AND item_id = ? AND variant = ?`);
  const takeAway = db.command('DELETE FROM records WHERE at_ms = ? AND item_id = ? AND variant = ?'), countAgain = db.command('INSERT INTO items_to_count (item_id) VALUES (?)');
  return (atMs, variant, from, to) => {
    copyTo.run(to, atMs, from, variant);
    takeAway.run(atMs, from, variant);
    countAgain.run(to);
  };
}

/**
 * Lines of orders that other imports brought are again what they were before this one said more of them; what still another said later holds,
 * and goes back to where this one took it from. To be called inside a transaction, before the import's own records go.
 *
 * @returns whether this import had said more of any line, so that things of its own may be left without records
 */
function putBackOrders(db: WritableDb, importNumber: number): boolean {
  const moves = db.query<{ at_ms: number; variant: number; from_item: number; to_item: number }>('SELECT at_ms, variant, from_item, to_item FROM moved_orders WHERE import_number = ?').all(importNumber);
  if (moves.length === 0) return false;
  const move = createMove(db);
  const isThere = db.query<{ one: number }>('SELECT 1 AS one FROM records WHERE at_ms = ? AND item_id = ? AND variant = ? AND EXISTS (SELECT 1 FROM items WHERE items.item_id = ?)');
  const others = db.command('UPDATE OR REPLACE moved_orders SET from_item = ? WHERE at_ms = ? AND variant = ? AND from_item = ? AND import_number <> ?');
  for (const { at_ms: atMs, variant, from_item: from, to_item: to } of moves.toReversed()) {
    others.run(from, atMs, variant, to, importNumber);
    if (isThere.get(atMs, to, variant, from) !== undefined) move(atMs, variant, to, from);
  }
  db.command('DELETE FROM moved_orders WHERE import_number = ?').run(importNumber);
  return true;
}

/** Rows of one shape on their way into the table. */
interface Queue { readonly params: SqlValue[]; readonly width: number; readonly many: WriteStatement; readonly one: WriteStatement; added: number }

/** Items of a source that have records. One pass: records have no index by item. */
const itemsToldBy = (db: WritableDb, source: SourceId): Set<number> =>
  new Set(JSON.parse(db.query<{ ids: string }>('SELECT json_group_array(DISTINCT item_id) AS ids FROM records WHERE import_number IN (SELECT number FROM imports WHERE source = ?)').get(source)?.ids ?? '[]') as number[]);

/**
 * Removes what `onceFormats` only said to be so where another import of the source tells when. To be called when an import ends, inside its transaction:
 * one that fails must leave everything as it was.
 */
export function removeReplaced(db: WritableDb, source: SourceId, onceFormats: readonly string[]): void {
  if (onceFormats.length === 0) return;
  const numbers = (isOnce: boolean): number[] => db.query<{ number: number }>(`SELECT number FROM imports WHERE source = ? AND format ${isOnce ? 'IN' : 'NOT IN'} (SELECT value FROM json_each(?))`).all(source, JSON.stringify(onceFormats)).map(({ number }) => number);
  const once = numbers(true), others = numbers(false);
  if (once.length === 0 || others.length === 0) return;
  db.command('DELETE FROM records WHERE import_number IN (SELECT value FROM json_each(?)) AND item_id IN (SELECT item_id FROM records WHERE import_number IN (SELECT value FROM json_each(?)))').run(JSON.stringify(once), JSON.stringify(others));
}

/**
 * Removes an import's records and the items nothing refers to any more. To be called inside a transaction.
 *
 * @returns the number of records removed
 */
export function removeRecords(db: WritableDb, importNumber: number, { butClaimed = false }: { /** What companies say of the person stays. */ readonly butClaimed?: boolean } = {}): number {
  const wasPutBack = !butClaimed && putBackOrders(db, importNumber);
  const { changes } = db.command(`DELETE FROM records WHERE import_number = ?${butClaimed ? " AND item_id NOT IN (SELECT item_id FROM items WHERE act = 'claimed')" : ''}`).run(importNumber);
  if (changes === 0 && !wasPutBack) return 0;
  // Of a line that is gone nothing can be put back; what one may go back to stays, though nothing counts for it.
  db.command('DELETE FROM moved_orders WHERE NOT EXISTS (SELECT 1 FROM records WHERE records.at_ms = moved_orders.at_ms AND records.variant = moved_orders.variant AND records.item_id IN (SELECT later.to_item FROM moved_orders later WHERE later.at_ms = moved_orders.at_ms AND later.variant = moved_orders.variant))').run();
  const gone = db.query<{ id: number }>('SELECT item_id AS id FROM items WHERE item_id NOT IN (SELECT item_id FROM records) AND item_id NOT IN (SELECT from_item FROM moved_orders)').all().map(({ id }) => id);
  forgetWords(db, gone);
  forgetTotals(db, gone);
  db.command('DELETE FROM items WHERE item_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(gone));
  return changes;
}
