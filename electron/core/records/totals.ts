/** What the records say of each thing: how many, when, what was paid, and how much is left of it after decay. Kept, so that only what came or went since is read again. */
import { ITEM_KINDS, UNDATED_MS } from '../../../shared/domain/records.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { BLOCK_THINGS, blockOf, layoutOf, type Columns } from './columns.ts';
import { BACKGROUND_WEIGHT, highestItemId, sealedIds, type Act, type ItemKind, type SourceId } from './records.ts';
import { createItemWeeks, noWeeks, type ItemWeeks, type Weeks } from './weeks.ts';

/** What finding needs; `sort` is a row of item_sorts. */
const FOUND = layoutOf({ firstAtMs: 'f64', lastAtMs: 'f64', count: 'u32', sort: 'u16' });
/** `decayed`: as of {@link EPOCH_MS}, without what has no date. */
const WEIGHED = layoutOf({ decayed: 'f64', undated: 'u32' });
/** `currency`: its three letters as a number. */
const PAID = layoutOf({ quantity: 'f64', amountMinor: 'f64', currency: 'u32' });

/** Decayed sums are kept as of this moment: what they are at another one is a single factor away, so that time alone changes nothing that is stored. */
const EPOCH_MS = Date.UTC(2020, 0, 1);
/** What has no date counts as if it were one half-life old. */
const UNDATED_WEIGHT = 0.5;
/** Paid in more than one currency: the sum means nothing. */
const MIXED = 0xffff_ffff;

/** What the records say about every item, by item id; a count of 0: the item has no records. */
export interface ItemTotals {
  readonly highestId: number;
  readonly records: number;
  readonly count: Uint32Array;
  /** Unix ms; UNDATED_MS where no export gives one. */
  readonly firstAtMs: Float64Array;
  readonly lastAtMs: Float64Array;
  /** Pieces bought; 0 for what is not bought. */
  readonly quantity: Float64Array;
  /** Sum paid in minor units; 0 where unknown. */
  readonly amountMinor: Float64Array;
  /** ISO 4217; null where nothing was paid, or in several. */
  readonly currencyOf: (itemId: number) => string | null;
  /** Each record counts 2^(-age / half-life), one from the future counts 1; of what went on by itself a part. */
  readonly decayedOf: (itemId: number) => number;
  /** Months with something about it, each with its weeks. */
  readonly weeksOf: (itemId: number) => number[];
  /** Adds the same to weeks of several things. @returns how many months it had */
  readonly addWeeksTo: (all: Weeks, itemId: number) => number;
  readonly actOf: (itemId: number) => Act | undefined;
}

export interface TotalsOptions {
  readonly asOfMs: number;
  readonly halfLifeMsOf: (kind: ItemKind) => number;
  /** Awaited between chunks of some 10 ms, so that other work goes on; throw from it to stop. Gets the share done, 0..1. */
  readonly pause?: (share: number) => Promise<void>;
}

export interface Sort { readonly source: SourceId; readonly kind: ItemKind; readonly act: Act }
export const sortsOf = (db: ReadableDb): Map<number, Sort> =>
  new Map(db.query<Sort & { readonly id: number }>('SELECT sort_id AS id, source, kind, act FROM item_sorts').all().map(({ id, ...sort }) => [id, sort]));

/** Rows read in one go: few enough to be gone before the collector of the young looks twice. With four times as many the old generation grows by some 150 MB, now and then. */
const CHUNK_RECORDS = 3_000;
/** When only some are wanted, most rows never leave the database. */
const CHUNK_PASSED = 100_000;
/** With more things than these to count again, everything is as quick. */
const MOST_AGAIN = 20_000;
/** So long blocks are written in one go, in ms: one of things used for years takes longer than many of things seen once. */
const WRITING_MS = 10;

interface ImportCount { readonly number: number; readonly added: number }
/** What is to be read, as of one moment. */
interface Work {
  /** Everything, from nothing. */
  readonly anew: boolean;
  /** Imports of which nothing was counted yet. */
  readonly fresh: readonly number[];
  /** Things to be counted from nothing. */
  readonly again: ReadonlySet<number>;
  readonly imports: readonly ImportCount[];
  /** Newest number in items_to_count. */
  readonly noted: number;
}

type Found = Columns<{ readonly firstAtMs: 'f64'; readonly lastAtMs: 'f64'; readonly count: 'u32'; readonly sort: 'u16' }>;
interface All { readonly blocks: number; readonly found: Found; readonly weighed: ReturnType<typeof WEIGHED.make>; readonly paid: ReturnType<typeof PAID.make>; readonly weeks: ItemWeeks }

const makeAll = (blocks: number): All => ({ blocks, found: FOUND.make(blocks), weighed: WEIGHED.make(blocks), paid: PAID.make(blocks), weeks: createItemWeeks(blocks) });
const storedBlocks = (db: ReadableDb): number => (db.query<{ n: number | null }>('SELECT max(block) AS n FROM total_blocks').get()?.n ?? -1) + 1;

/** The columns a search goes through. */
export function readFound(db: ReadableDb): Found {
  const blocks = storedBlocks(db), found = FOUND.make(blocks);
  for (const row of db.query<{ block: number; found: Buffer }>('SELECT block, found FROM total_blocks').all()) FOUND.read(found, row.block, row.found);
  return found;
}

function readAll(db: ReadableDb, blocks: number): All {
  const all = makeAll(Math.max(blocks, storedBlocks(db)));
  for (const row of db.query<{ block: number; found: Buffer; weighed: Buffer; paid: Buffer | null; weeks: Buffer }>('SELECT block, found, weighed, paid, weeks FROM total_blocks').all()) {
    FOUND.read(all.found, row.block, row.found);
    WEIGHED.read(all.weighed, row.block, row.weighed);
    if (row.paid) PAID.read(all.paid, row.block, row.paid);
    all.weeks.read(row.block, row.weeks);
  }
  return all;
}

/** Takes these out until they are counted again. */
export function forgetTotals(db: WritableDb, itemIds: readonly number[]): void {
  const found = FOUND.make(1);
  const put = db.command('UPDATE total_blocks SET found = ? WHERE block = ?');
  for (const [block, ids] of Map.groupBy(itemIds, blockOf)) {
    const row = db.query<{ found: Buffer }>('SELECT found FROM total_blocks WHERE block = ?').get(block);
    if (!row) continue;
    FOUND.read(found, 0, row.found);
    for (const id of ids) found.count[id % BLOCK_THINGS] = 0;
    put.run(FOUND.write(found, 0), block);
  }
  db.command('UPDATE finding_state SET totals_version = totals_version + 1').run();
}

/** Forgets all of them: they are counted from nothing the next time. */
export function forgetAllTotals(db: WritableDb): void {
  for (const table of ['total_blocks', 'totalled_imports', 'items_to_count']) db.command(`DELETE FROM ${table}`).run();
  db.command("UPDATE finding_state SET totals_rule = '', totals_version = totals_version + 1").run();
}

/**
 * Brings the totals up to date and gives them: as when every record was read, but only those of imports not counted yet are, and all of the things of which one is gone.
 * Sealed things are counted as any other.
 */
export async function totalItems(db: WritableDb, options: TotalsOptions): Promise<ItemTotals> {
  const rule = JSON.stringify(ITEM_KINDS.map(options.halfLifeMsOf));
  const pause = async (share: number): Promise<void> => { await options.pause?.(share); };
  const { all, records } = await countAll(db, rule, options, pause);
  const sorts = sortsOf(db);
  const factors = new Map([...sorts].map(([id, { kind }]) => [id, 2 ** ((EPOCH_MS - options.asOfMs) / options.halfLifeMsOf(kind))]));
  const { count, firstAtMs, lastAtMs, sort } = all.found, { decayed, undated } = all.weighed, { quantity, amountMinor, currency } = all.paid;
  return {
    highestId: count.length - 1, records, count, firstAtMs, lastAtMs, quantity, amountMinor,
    currencyOf: (id) => lettersOf(currency[id] ?? 0),
    decayedOf: (id) => (decayed[id] ?? 0) * (factors.get(sort[id] ?? 0) ?? 0) + (undated[id] ?? 0) * UNDATED_WEIGHT,
    weeksOf: (id) => all.weeks.of(id), addWeeksTo: (weeks, id) => all.weeks.addTo(weeks, id), actOf: (id) => sorts.get(sort[id] ?? 0)?.act,
  };
}

/** Things, and months of them, looked at between two turns of the event loop: some 10 ms. */
const WEEKS_TOGETHER = 50_000, MONTHS_TOGETHER = 250_000;

/** In which weeks there was anything, but for what is sealed and what companies say. `pause`: between pieces of some 10 ms. */
export async function weeksOfAll(db: ReadableDb, { count, addWeeksTo, actOf }: Pick<ItemTotals, 'count' | 'addWeeksTo' | 'actOf'>, pause: () => Promise<void>): Promise<Weeks> {
  const all = noWeeks(), sealed = sealedIds(db);
  for (let id = 0, months = 0; id < count.length; id++) {
    if ((count[id] ?? 0) > 0 && actOf(id) !== 'claimed' && !sealed.has(id)) months += addWeeksTo(all, id);
    if (months < MONTHS_TOGETHER && id % WEEKS_TOGETHER !== 0) continue;
    months = 0;
    await pause();
  }
  return all;
}

async function countAll(db: WritableDb, rule: string, options: TotalsOptions, pause: (share: number) => Promise<void>): Promise<{ readonly all: All; readonly records: number }> {
  const blocks = blockOf(highestItemId(db)) + 1;
  const kept = readAll(db, blocks);
  const work = workOf(db, kept, rule, options.asOfMs);
  let all = work.anew ? makeAll(blocks) : kept;
  const first = await count(db, all, work, options, pause);
  let { changed } = first;
  // Somebody changed the records without a word: nothing of what is kept can be trusted.
  if (first.seen !== null && first.seen !== sumOf(all.found.count)) {
    all = makeAll(blocks);
    ({ changed } = await count(db, all, { ...work, anew: true }, options, pause));
  }
  await keep(db, all, changed, work, { rule, asOfMs: options.asOfMs }, pause);
  return { all, records: sumOf(all.found.count) };
}

/** What was counted, and of which imports there should be something. */
function stateOf(db: ReadableDb) {
  const state = db.query<{ rule: string; asOfMs: number }>('SELECT totals_rule AS rule, totals_as_of_ms AS asOfMs FROM finding_state').get() ?? { rule: '', asOfMs: 0 };
  const known = new Map(db.query<ImportCount>('SELECT number, added FROM totalled_imports').all().map(({ number, added }) => [number, added]));
  const imports = db.query<ImportCount>("SELECT number, CASE WHEN state = 'undone' THEN 0 ELSE added END AS added FROM imports").all();
  return { ...state, imports, countedOf: (number: number): number => known.get(number) ?? 0 };
}

/** True when records came or went since they were counted. */
export function hasUncounted(db: ReadableDb): boolean {
  const { imports, countedOf } = stateOf(db);
  return imports.some(({ number, added }) => added !== countedOf(number)) || db.query('SELECT 1 FROM items_to_count LIMIT 1').get() !== undefined;
}

function workOf(db: ReadableDb, { found }: All, rule: string, asOfMs: number): Work {
  const { imports, countedOf, ...state } = stateOf(db);
  const noted = db.query<{ n: number | null }>('SELECT max(seq) AS n FROM items_to_count').get()?.n ?? 0;
  const whole: Work = { anew: true, fresh: [], again: new Set(), imports, noted };
  if (state.rule !== rule) return whole;
  const fresh = imports.filter(({ number, added }) => added > 0 && countedOf(number) === 0).map(({ number }) => number);
  // One that was counted half-way, while it ran or before it went on.
  const grown = imports.filter(({ number, added }) => added > 0 && countedOf(number) > 0 && countedOf(number) !== added).map(({ number }) => number);
  const again = new Set(db.query<{ id: number }>('SELECT DISTINCT item_id AS id FROM items_to_count LIMIT ?').all(MOST_AGAIN + 1).map(({ id }) => id));
  if (grown.length > 0) for (const { id } of db.query<{ id: number }>('SELECT DISTINCT item_id AS id FROM records WHERE import_number IN (SELECT value FROM json_each(?))').all(JSON.stringify(grown))) again.add(id);
  // What was in the future the last time, or is again, because the clock went back.
  const edgeMs = Math.min(state.asOfMs, asOfMs);
  found.lastAtMs.forEach((lastMs, id) => { if (lastMs > edgeMs) again.add(id); });
  return again.size > MOST_AGAIN ? whole : { anew: false, fresh, again, imports, noted };
}

/** Adds the records to the columns. @returns the blocks that are not what they were, and how many records there are; null where that was not looked at */
async function count(db: WritableDb, { blocks, found, weighed, paid, weeks }: All, { anew, fresh, again, imports }: Work, options: TotalsOptions, pause: (share: number) => Promise<void>): Promise<{ changed: Set<number>; seen: number | null }> {
  const changed = new Set<number>(anew ? Array.from({ length: blocks }, (_, block) => block) : []);
  for (const id of again) {
    const sort = found.sort[id] ?? 0;
    FOUND.clear(found, id);
    WEIGHED.clear(weighed, id);
    PAID.clear(paid, id);
    weeks.clear(id);
    found.sort[id] = sort;
    changed.add(blockOf(id));
  }
  if (!anew && fresh.length === 0 && again.size === 0) return { changed, seen: null };
  for (const block of await sortNew(db, found, blocks, pause)) changed.add(block);
  const sorts = sortsOf(db);
  const rates = new Map([...sorts].map(([id, { kind }]) => [id, Math.LN2 / options.halfLifeMsOf(kind)]));
  const { asOfMs } = options;
  const wanted = imports.filter(({ number }) => fresh.includes(number)).reduce((sum, { added }) => sum + added, again.size);
  const chosen = anew ? '' : 'AND (import_number IN (SELECT value FROM json_each(?)) OR item_id IN (SELECT value FROM json_each(?)))';
  const lists = anew ? [] : [JSON.stringify(fresh), JSON.stringify([...again])];
  const chunk = anew || wanted > CHUNK_RECORDS ? CHUNK_RECORDS : CHUNK_PASSED;
  const edge = db.query<{ at_ms: number }>('SELECT at_ms FROM records WHERE at_ms > ? ORDER BY at_ms LIMIT 1 OFFSET ?');
  // Adding up here is three times as fast as grouping each chunk in SQL, and most rows need two columns only.
  const events = db.query<{ item_id: number; at_ms: number }>(`SELECT item_id, at_ms FROM records WHERE at_ms >= ? AND at_ms < ? ${chosen}`);
  // Few, with an index of their own: a column more of every row would cost half as much again.
  const inBackground = db.query<{ item_id: number; at_ms: number }>(`SELECT item_id, at_ms FROM records WHERE background = 1 AND at_ms >= ? AND at_ms < ? ${chosen}`);
  const hasProducts = db.query("SELECT 1 FROM items WHERE kind = 'product' LIMIT 1").get() !== undefined;
  const purchases = db.query<{ item_id: number; quantity: number | null; amount_minor: number | null; currency: string | null }>(`
    SELECT item_id, quantity, amount_minor, currency FROM records WHERE at_ms >= ? AND at_ms < ? ${chosen} AND (quantity IS NOT NULL OR amount_minor IS NOT NULL)`);
  const total = Math.max(1, imports.reduce((sum, { added }) => sum + added, 0));
  const there = db.query<{ n: number }>('SELECT count(*) AS n FROM records WHERE at_ms >= ? AND at_ms < ?');
  const { count: counts, firstAtMs, lastAtMs, sort } = found, { decayed, undated } = weighed;

  const decay = (id: number, atMs: number): number => Math.exp((Math.min(atMs, asOfMs) - EPOCH_MS) * (rates.get(sort[id] ?? 0) ?? 0));

  for (let fromMs = Number.MIN_SAFE_INTEGER, passed = 0, seen = 0; ;) {
    const next = edge.get(fromMs, chunk)?.at_ms;
    const range = [fromMs, next ?? Number.MAX_SAFE_INTEGER, ...lists];
    for (const { item_id: id, at_ms: atMs } of events.all(...range)) {
      const before = counts[id];
      // Added while this ran.
      if (before === undefined) continue;
      counts[id] = before + 1;
      firstAtMs[id] = before === 0 ? atMs : Math.min(firstAtMs[id] ?? 0, atMs);
      lastAtMs[id] = before === 0 ? atMs : Math.max(lastAtMs[id] ?? 0, atMs);
      if (atMs === UNDATED_MS) undated[id] = (undated[id] ?? 0) + 1;
      else decayed[id] = (decayed[id] ?? 0) + decay(id, atMs);
      weeks.add(id, atMs);
      if (!anew) changed.add(blockOf(id));
    }
    for (const { item_id: id, at_ms: atMs } of inBackground.all(...range)) if (id < counts.length && atMs !== UNDATED_MS) decayed[id] = (decayed[id] ?? 0) - (1 - BACKGROUND_WEIGHT) * decay(id, atMs);
    for (const row of hasProducts ? purchases.all(...range) : []) {
      const id = row.item_id;
      if (id >= counts.length) continue;
      paid.quantity[id] = (paid.quantity[id] ?? 0) + (row.quantity ?? 0);
      paid.amountMinor[id] = (paid.amountMinor[id] ?? 0) + (row.amount_minor ?? 0);
      if (row.currency === null) continue;
      const before = paid.currency[id] ?? 0, currency = numberOf(row.currency);
      paid.currency[id] = before === 0 || before === currency ? currency : MIXED;
    }
    if (!anew) seen += there.get(fromMs, next ?? Number.MAX_SAFE_INTEGER)?.n ?? 0;
    passed += chunk;
    if (next === undefined) return { changed, seen: anew ? null : seen };
    fromMs = next;
    await pause(Math.min(1, passed / total));
  }
}

/** Notes from which source, of what kind and which act each thing is that is not noted yet. @returns the blocks they lie in */
async function sortNew(db: WritableDb, { sort }: Found, blocks: number, pause: (share: number) => Promise<void>): Promise<number[]> {
  const known = new Map([...sortsOf(db)].map(([id, of]) => [JSON.stringify([of.source, of.kind, of.act]), id]));
  // A text of ids for each of a few sorts, instead of a row for each thing.
  const items = db.query<Sort & { readonly ids: string }>('SELECT source, kind, act, group_concat(item_id) AS ids FROM items WHERE item_id > ? AND item_id < ? GROUP BY source, kind, act');
  const found: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const fromId = block * BLOCK_THINGS, toId = fromId + BLOCK_THINGS;
    // Ids ascend, and what was noted stays: new ones come after the last.
    let last = toId - 1;
    while (last >= fromId && sort[last] === 0) last--;
    if (last === toId - 1) continue;
    for (const { ids, ...of } of items.all(last, toId)) {
      const name = JSON.stringify([of.source, of.kind, of.act]);
      let id = known.get(name);
      if (id === undefined) {
        id = db.command('INSERT INTO item_sorts (source, kind, act) VALUES (?, ?, ?)').run(of.source, of.kind, of.act).lastInsertRowid;
        known.set(name, id);
      }
      for (const itemId of idsIn(ids)) sort[itemId] = id;
      found.push(block);
    }
    await pause(0);
  }
  return found;
}

/** Stores what changed, in slices: between the first and the last of them nothing counts as kept. */
async function keep(db: WritableDb, all: All, changed: ReadonlySet<number>, work: Work, state: { readonly rule: string; readonly asOfMs: number }, pause: (share: number) => Promise<void>): Promise<void> {
  const put = db.command('INSERT INTO total_blocks (block, found, weighed, paid, weeks) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET found = excluded.found, weighed = excluded.weighed, paid = excluded.paid, weeks = excluded.weeks');
  const blocks = [...changed];
  const note = db.command('INSERT INTO totalled_imports (number, added) VALUES (?, ?)');
  if (blocks.length === 0) return;
  for (let at = 0; at < blocks.length;) {
    db.transaction(() => {
      if (at === 0) db.command("UPDATE finding_state SET totals_rule = ''").run();
      for (const beganMs = performance.now(); at < blocks.length && performance.now() - beganMs < WRITING_MS; at++) {
        const block = blocks[at] ?? 0;
        const hasPaid = all.paid.quantity.subarray(block * BLOCK_THINGS, (block + 1) * BLOCK_THINGS).some((pieces) => pieces > 0) || all.paid.amountMinor.subarray(block * BLOCK_THINGS, (block + 1) * BLOCK_THINGS).some((amount) => amount !== 0);
        put.run(block, FOUND.write(all.found, block), WEIGHED.write(all.weighed, block), hasPaid ? PAID.write(all.paid, block) : null, all.weeks.write(block));
      }
    });
    await pause(1);
  }
  db.transaction(() => {
    if (work.anew) db.command('DELETE FROM total_blocks WHERE block >= ?').run(all.blocks);
    db.command('DELETE FROM totalled_imports').run();
    for (const { number, added } of work.imports) if (added > 0) note.run(number, added);
    db.command('DELETE FROM items_to_count WHERE seq <= ?').run(work.noted);
    db.command('UPDATE finding_state SET totals_rule = ?, totals_as_of_ms = ?, totals_version = totals_version + 1').run(state.rule, state.asOfMs);
  });
}

const sumOf = (counts: Uint32Array): number => counts.reduce((sum, n) => sum + n, 0);

const numberOf = (currency: string): number => (currency.charCodeAt(0) << 16) | (currency.charCodeAt(1) << 8) | currency.charCodeAt(2);
const lettersOf = (currency: number): string | null => (currency === 0 || currency === MIXED ? null : String.fromCharCode(currency >> 16, (currency >> 8) & 0xff, currency & 0xff));

/** The numbers of a text as group_concat makes it: ten times as fast as a row for each. */
export function idsIn(text: string | null | undefined): Uint32Array {
  if (text === null || text === undefined) return new Uint32Array(0);
  const ids = new Uint32Array((text.length >> 1) + 1);
  let n = 0, id = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0) id = id * 10 + digit;
    else { ids[n++] = id; id = 0; }
  }
  ids[n++] = id;
  return ids.subarray(0, n);
}
