/** Finding things again: an index of their words, in which nothing sealed is, and the columns that say how often and when there was something with each. */
import type { Act, ItemKind, SourceId } from '../../../shared/domain/records.ts';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { Item } from './records.ts';
import { forgetAllTotals, idsIn, readFound, sortsOf } from './totals.ts';

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

export const wordsToFind = ({ title, creator, collection, category }: Omit<Words, 'id'>, fold: (text: string) => string): string => fold([title, creator, collection, category].filter((part) => part !== null).join(' '));

/** Takes these out of the index. What it still holds of them goes with {@link purgeWords}. */
export function forgetWords(db: WritableDb, itemIds: readonly number[]): void {
  const ids = JSON.stringify(itemIds);
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

/** Writes the index anew without the words of what was taken out of it (FTS5 only marks them as gone), about a second per million things. `pause` is awaited between slices of some milliseconds. */
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
  forgetAllTotals(db);
  db.command('UPDATE finding_state SET indexed_to = 0').run();
}

export type FindOrder = 'newest' | 'oldest' | 'most';

/** What is looked for. Lists that are empty ask for nothing; what is left out asks for everything. */
export interface Wanted {
  /** Folded words, each of which must occur; the last one may go on. Empty: anything. */
  readonly words: readonly string[];
  readonly sources?: readonly SourceId[] | undefined;
  readonly kinds?: readonly ItemKind[] | undefined;
  readonly acts?: readonly Act[] | undefined;
  /** Only these. */
  readonly within?: Iterable<number> | undefined;
  /** Unix ms: only things with a record from `fromMs` up to, not including, `toMs`. What has no date is in no range. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly order: FindOrder;
}

/** Everything that can be found, as it was when it was read: some 30 bytes for each thing. */
export interface Things {
  /** Ids of what is wanted, in order. */
  find(wanted: Wanted): Uint32Array;
  /** How often and when there was something with a sealed item; its words are not here. */
  sealed(id: number): Pick<FoundItem, 'records' | 'firstMs' | 'lastMs'>;
  /** These items, in this order; those that are gone since are left out. */
  items(ids: Iterable<number>): FoundItem[];
}

/** A thing as a list shows it. Times are Unix ms; UNDATED_MS where no export gives one. */
export interface FoundItem extends Item { readonly records: number; readonly firstMs: number; readonly lastMs: number }

/** Another one whenever {@link readThings} would read something else. */
export const thingsVersion = (db: ReadableDb): string =>
  db.query<{ version: string }>("SELECT totals_version || ' ' || (SELECT count(*) || ' ' || coalesce(sum(item_id), 0) FROM sealed_items) AS version FROM finding_state").get()?.version ?? '';

/** Reads the columns of all things; a search then goes through those instead of the database. */
export function readThings(db: ReadableDb): Things {
  const found = readFound(db);
  const { count, firstAtMs, lastAtMs } = found;
  const sealed = new Map<number, number>();
  for (const { id } of db.query<{ id: number }>('SELECT item_id AS id FROM sealed_items').all()) {
    if (id >= count.length) continue;
    sealed.set(id, count[id] ?? 0);
    count[id] = 0;
  }
  const sorts = sortsOf(db);
  const orders = new Map<FindOrder, Uint32Array>();
  const inOrder = (order: FindOrder): Uint32Array => {
    const known = orders.get(order);
    if (known) return known;
    const ids = order === 'oldest' ? sortedBy(idsWith(count), lastAtMs) : order === 'newest' ? inOrder('oldest').toReversed() : sortedBy(inOrder('oldest'), count).toReversed();
    orders.set(order, ids);
    return ids;
  };

  return Object.freeze({
    find(wanted) {
      const { sources, kinds, acts, fromMs, toMs } = wanted;
      const ids = inOrder(wanted.order);
      const isOf = new Uint8Array(Math.max(0, ...sorts.keys()) + 1);
      for (const [id, { source, kind, act }] of sorts) if ((sources?.includes(source) ?? true) && (kinds?.includes(kind) ?? true) && (acts?.includes(act) ?? true)) isOf[id] = 1;
      const everySort = [...sorts.keys()].every((id) => isOf[id] === 1), timed = fromMs !== undefined || toMs !== undefined;
      const marks = [
        ...(wanted.words.length > 0 ? [marksOf(withWords(db, wanted.words), count.length)] : []),
        ...(wanted.within ? [marksOf(wanted.within, count.length)] : []),
      ];
      if (marks.length === 0 && everySort && !timed) return ids;
      const [marked = new Uint8Array(count.length).fill(1), ...others] = marks;
      for (const other of others) for (let id = 0; id < other.length; id++) if (other[id] !== 1) marked[id] = 0;
      if (!everySort) for (let id = 0; id < marked.length; id++) if (isOf[found.sort[id] ?? 0] !== 1) marked[id] = 0;
      // Time comes last: the fewer things are left, the sooner it is known of all of them.
      if (timed) keepBetween(db, found, marked, fromMs ?? Number.MIN_SAFE_INTEGER, toMs ?? Number.MAX_SAFE_INTEGER);
      const left = new Uint32Array(ids.length);
      let n = 0;
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] ?? 0;
        if (marked[id] === 1) left[n++] = id;
      }
      return left.slice(0, n);
    },
    sealed: (id) => ({ records: sealed.get(id) ?? 0, firstMs: firstAtMs[id] ?? UNDATED_MS, lastMs: lastAtMs[id] ?? UNDATED_MS }),
    items: (ids) => db.query<Item>(`SELECT i.item_id AS id, i.source, i.kind, i.act, i.title, i.creator, i.collection, i.category FROM json_each(?) wanted JOIN items i ON i.item_id = wanted.value
      WHERE i.item_id NOT IN (SELECT item_id FROM sealed_items) ORDER BY wanted.key`).all(JSON.stringify([...ids].filter((id) => (count[id] ?? 0) > 0)))
      .map((item) => ({ ...item, records: count[item.id] ?? 0, firstMs: firstAtMs[item.id] ?? UNDATED_MS, lastMs: lastAtMs[item.id] ?? UNDATED_MS })),
  } satisfies Things);
}

// One text instead of a row for each: there may be a million.
const withWords = (db: ReadableDb, words: readonly string[]): Uint32Array =>
  // Folded words hold letters and digits only; quoted they are no operators.
  idsIn(db.query<{ ids: string | null }>('SELECT group_concat(rowid) AS ids FROM item_words WHERE item_words MATCH ?').get(words.map((word, i) => (i === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' '))?.ids);

/** Records looked through in one go last so long. */
const STEP_MS = 30 * 86_400_000;

/** Of what is marked, leaves what has a record in a range. First and last time tell of most things; only for those that were there before and after it the records are looked at, until all are found. */
function keepBetween(db: ReadableDb, { count, firstAtMs, lastAtMs }: ReturnType<typeof readFound>, marked: Uint8Array, fromMs: number, toMs: number): void {
  const isIn = (atMs: number): boolean => atMs !== UNDATED_MS && atMs >= fromMs && atMs < toMs;
  let open = 0, earliestMs = toMs;
  for (let id = 0; id < count.length; id++) {
    if (marked[id] !== 1 || count[id] === 0) continue;
    const firstMs = firstAtMs[id] ?? 0, lastMs = lastAtMs[id] ?? 0;
    if (isIn(firstMs) || isIn(lastMs)) continue;
    if (lastMs >= toMs && (firstMs < fromMs || firstMs === UNDATED_MS)) {
      marked[id] = OPEN;
      open++;
      // Without a date is 1970: the first that has one comes after it.
      earliestMs = Math.min(earliestMs, firstMs);
    } else marked[id] = 0;
  }
  const records = db.query<{ ids: string | null }>(`SELECT group_concat(item_id) AS ids FROM records WHERE at_ms >= ? AND at_ms < ? AND at_ms <> ${UNDATED_MS}`);
  for (let atMs = Math.max(fromMs, earliestMs); open > 0 && atMs < toMs; atMs += STEP_MS) {
    for (const id of idsIn(records.get(atMs, Math.min(toMs, atMs + STEP_MS))?.ids)) if (marked[id] === OPEN) { marked[id] = 1; open--; }
  }
}
/** Not known yet. */
const OPEN = 2;

function idsWith(count: Uint32Array): Uint32Array {
  const ids = new Uint32Array(count.length);
  let n = 0;
  for (let id = 0; id < count.length; id++) if (count[id] !== 0) ids[n++] = id;
  return ids.slice(0, n);
}

const DIGIT_BITS = 11, DIGITS = 2 ** DIGIT_BITS;

/** By a column of whole numbers, the smallest first; those that are equal stay in the order they come in. By digits, the lowest first: ten times as fast as comparing. */
function sortedBy(ids: Uint32Array, column: Float64Array | Uint32Array): Uint32Array {
  let least = Infinity, most = -Infinity;
  for (let i = 0; i < ids.length; i++) { const value = column[ids[i] ?? 0] ?? 0; if (value < least) least = value; if (value > most) most = value; }
  // Times go over 32 bits: a second is exact enough for now.
  let unit = 1;
  while ((most - least) / unit >= 2 ** 32) unit *= 2;
  let from = ids.slice(), to = new Uint32Array(ids.length), keys = new Uint32Array(ids.length), toKeys = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) keys[i] = ((column[ids[i] ?? 0] ?? 0) - least) / unit;
  for (let shift = 0; (most - least) / unit >= 2 ** shift; shift += DIGIT_BITS) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < keys.length; i++) { const at = (((keys[i] ?? 0) >>> shift) & (DIGITS - 1)) + 1; starts[at] = (starts[at] ?? 0) + 1; }
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? 0, digit = (key >>> shift) & (DIGITS - 1), at = starts[digit] ?? 0;
      to[at] = from[i] ?? 0;
      toKeys[at] = key;
      starts[digit] = at + 1;
    }
    [from, to, keys, toKeys] = [to, from, toKeys, keys];
  }
  // Those within one unit.
  for (let i = 1; unit > 1 && i < from.length; i++) {
    const id = from[i] ?? 0, value = column[id] ?? 0;
    let at = i;
    while (at > 0 && (column[from[at - 1] ?? 0] ?? 0) > value) { from[at] = from[at - 1] ?? 0; at--; }
    from[at] = id;
  }
  return from;
}

function marksOf(ids: Iterable<number>, length: number): Uint8Array {
  const marked = new Uint8Array(length);
  for (const id of ids) marked[id] = 1;
  return marked;
}

/** One record of an item, with the file it came from. */
export interface ItemRecord { readonly itemId: number; readonly atMs: number; readonly durationMs: number | null; readonly quantity: number | null; readonly amountMinor: number | null; readonly currency: string | null; readonly importId: string; readonly file: string; /** It went on by itself for hours. */ readonly background: boolean }

/** Records of these items in order of time, newest first, at most `limit`; one pass over the time they lie in. */
export function recordsBetween(db: ReadableDb, items: readonly FoundItem[], limit: number): ItemRecord[] {
  const fromMs = items.reduce((least, { firstMs }) => Math.min(least, firstMs), Number.MAX_SAFE_INTEGER), toMs = items.reduce((most, { lastMs }) => Math.max(most, lastMs), Number.MIN_SAFE_INTEGER);
  return db.query<Omit<ItemRecord, 'background'> & { readonly background: number }>(`SELECT r.item_id AS itemId, r.at_ms AS atMs, r.background, r.duration_ms AS durationMs, r.quantity, r.amount_minor AS amountMinor, r.currency, m.import_id AS importId, m.file
    FROM records r JOIN imports m ON m.number = r.import_number WHERE r.at_ms >= ? AND r.at_ms <= ? AND r.item_id IN (SELECT value FROM json_each(?)) ORDER BY r.at_ms DESC, r.item_id LIMIT ?`)
    .all(fromMs, toMs, JSON.stringify(items.map(({ id }) => id)), limit).map((row) => ({ ...row, background: row.background === 1 }));
}
