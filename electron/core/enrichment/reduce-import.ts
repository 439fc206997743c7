/** Turns the records of an import into what they say, without the names of things: what the conclusions need to stay as they are, and to fade as they would have. */
import { UNDATED_MS, type Act, type ItemKind } from '../../../shared/domain/records.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { recordsOfImport, type ForgottenSpan, type KeptEvidence } from '../records/forgotten.ts';
import { blockOf } from '../records/columns.ts';
import { BACKGROUND_WEIGHT, highestItemId, listItems } from '../records/records.ts';
import { addWeeks, createItemWeeks, noWeeks, packedOf, type Weeks } from '../records/weeks.ts';
import { familyOf } from './conclude.ts';
import type { Groups } from './close-together.ts';
import type { Match } from './matcher.ts';
import type { PriceTable } from './price-bands.ts';
import { ACT_WEIGHTS, HALF_LIVES_MS, halfLifeOf, REPEAT_EXPONENT } from './scoring.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface ReduceDeps {
  readonly db: ReadableDb;
  readonly taxonomy: Taxonomy;
  readonly prices: PriceTable;
  readonly nowMs: number;
  readonly groups: Groups;
  /** Matches of the items with `afterId < id <= toId`; none of what is sealed or not about the person. */
  readonly matchesWithin: (afterId: number, toId: number) => ReadonlyMap<number, readonly Match[]>;
  readonly pause: () => Promise<void>;
}

const PAGE_ITEMS = 4_000;

/** @returns what is to be kept, and which stretches of time are covered by it */
export async function reduceImport(deps: ReduceDeps, importNumber: number): Promise<{ readonly kept: KeptEvidence[]; readonly spans: ForgottenSpan[] }> {
  const { db, taxonomy, prices, nowMs } = deps;
  const size = highestItemId(db) + 1;
  const column = (): Float64Array => new Float64Array(size);
  const plays = column(), purchases = column(), count = column(), firstAtMs = column(), lastAtMs = column(), quantity = column(), amount = column();
  /** Of what has a date. */
  const datedFrom = column().fill(Infinity), undated = new Uint8Array(size);
  const currency = new Map<number, string>(), itemWeeks = createItemWeeks(blockOf(size) + 1);
  await recordsOfImport(db, importNumber, (records) => {
    for (const { itemId: id, atMs, quantity: pieces, amountMinor, currency: paidIn, background } of records) {
      if (id >= size) continue;
      const ageMs = atMs === UNDATED_MS ? null : Math.min(0, atMs - nowMs), weight = background === 1 ? BACKGROUND_WEIGHT : 1;
      plays[id] = (plays[id] ?? 0) + weight * (ageMs === null ? 0.5 : 2 ** (ageMs / HALF_LIVES_MS.plays));
      purchases[id] = (purchases[id] ?? 0) + weight * (ageMs === null ? 0.5 : 2 ** (ageMs / HALF_LIVES_MS.purchases));
      firstAtMs[id] = count[id] === 0 ? atMs : Math.min(firstAtMs[id] ?? 0, atMs);
      count[id] = (count[id] ?? 0) + 1;
      lastAtMs[id] = Math.max(lastAtMs[id] ?? 0, atMs);
      if (ageMs === null) undated[id] = 1;
      else datedFrom[id] = Math.min(datedFrom[id] ?? 0, atMs);
      quantity[id] = (quantity[id] ?? 0) + (pieces ?? 0);
      amount[id] = (amount[id] ?? 0) + (amountMinor ?? 0);
      if (paidIn !== null) currency.set(id, paidIn);
      itemWeeks.add(id, atMs);
    }
  }, deps.pause);
  const shares = deps.groups.shares({ firstAtMs, lastAtMs, decayedOf: (id) => plays[id] ?? 0 });

  const spans = new Map<string, Omit<ForgottenSpan, 'weeks'>>(), kept = new Map<string, Omit<KeptEvidence, 'weeks'>>(), weeksOf = new Map<string, Weeks>();
  const happened = (key: string, packed: readonly number[]): void => {
    const weeks = weeksOf.get(key) ?? noWeeks();
    weeksOf.set(key, weeks);
    addWeeks(weeks, packed);
  };
  const packedBy = (key: string): number[] => { const weeks = weeksOf.get(key); return weeks ? packedOf(weeks) : []; };
  const cover = (kind: ItemKind, act: Act, fromMs: number, toMs: number, packed: readonly number[]): void => {
    // What has no date is a stretch for itself: together they would reach back to the first day there is.
    const key = `${kind}|${act}|${toMs === UNDATED_MS}`, known = spans.get(key);
    spans.set(key, { importNumber, kind, act, fromMs: Math.min(fromMs, known?.fromMs ?? fromMs), toMs: Math.max(toMs, known?.toMs ?? toMs) });
    happened(key, packed);
  };
  for (let afterId = 0; ;) {
    const items = listItems(db, { afterId, limit: PAGE_ITEMS }), last = items.at(-1)?.id;
    if (last === undefined) break;
    const matches = deps.matchesWithin(afterId, last);
    for (const { id, kind, act } of items) {
      const records = count[id] ?? 0;
      if (records === 0 || act === 'claimed') continue;
      if (undated[id] === 1) cover(kind, act, UNDATED_MS, UNDATED_MS, []);
      const packed = itemWeeks.of(id);
      if (Number.isFinite(datedFrom[id])) cover(kind, act, datedFrom[id] ?? 0, lastAtMs[id] ?? 0, packed);
      const found = matches.get(id) ?? [];
      if (found.length === 0 || ACT_WEIGHTS[act] === 0) continue;
      const decayed = (halfLifeOf(kind) === 'plays' ? plays : purchases)[id] ?? 0;
      const signature = found.map(({ target, rule, weight }) => [target, rule, weight] as const).sort(([a, b], [c, d]) => (a + b < c + d ? -1 : 1));
      const key = `${kind}|${act}|${JSON.stringify(signature)}`, before = kept.get(key);
      happened(key, packed);
      const family = kind === 'product' && act === 'used' ? familyOf(found, taxonomy) : undefined, pieces = quantity[id] ?? 0, paid = amount[id] ?? 0, paidIn = currency.get(id);
      const band = family === undefined || !(pieces > 0 && paid > 0) || paidIn === undefined ? null : prices.bandOf(family, paid / pieces, paidIn);
      const votes = [0, 1, 2].map((nth) => (before?.prices[nth] ?? 0) + (nth === band ? decayed : 0));
      kept.set(key, {
        importNumber, kind, act, matches: signature, asOfMs: nowMs, items: (before?.items ?? 0) + 1, records: (before?.records ?? 0) + records, lastAtMs: Math.max(before?.lastAtMs ?? 0, lastAtMs[id] ?? 0),
        support: (before?.support ?? 0) + (shares.get(id) ?? 1) * Math.max(0, decayed) ** REPEAT_EXPONENT, prices: [votes[0] ?? 0, votes[1] ?? 0, votes[2] ?? 0], priced: (before?.priced ?? 0) + (band === null ? 0 : 1),
      });
    }
    afterId = last;
    await deps.pause();
  }
  return { kept: [...kept].map(([key, one]) => ({ ...one, weeks: packedBy(key) })), spans: [...spans].map(([key, span]) => ({ ...span, weeks: packedBy(key) })) };
}
