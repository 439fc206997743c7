/** Which things are parts of one series, show or artist, and how far they lie apart: what the step of that name in scoring needs. */
import { t } from '../../../shared/language/message.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import type { ItemKind } from '../records/records.ts';
import { highestItemId, largestGroups, partsOfGroups } from '../records/records.ts';
import type { ItemTotals } from '../records/totals.ts';
import { CLOSE_TOGETHER_KINDS, closeTogetherShares, itemSupport } from './scoring.ts';

/** Item ids looked at between two turns of the event loop. */
const SLICE_ITEMS = 8_000;
const DAY_MS = 86_400_000;
/** What was come back to after this time was no passing occasion, whatever else came with it. */
const OCCASION_MS = 7 * DAY_MS;

export interface Groups {
  /** Number of the group by item id; 0 for none. */
  readonly of: Int32Array;
  /** Number 1 first. */
  readonly members: readonly { readonly kind: ItemKind; readonly name: string; readonly ids: readonly number[] }[];
  /** What is left of the support of each thing, by item id, where that is not all of it. */
  shares(totals: Pick<ItemTotals, 'firstAtMs' | 'lastAtMs' | 'decayedOf'>): ReadonlyMap<number, number>;
}

/** Sealed things have no words, so they are in no group, and what lies open does not hang on them. `pause` as everywhere. */
export async function readGroups(db: ReadableDb, pause: () => Promise<void>): Promise<Groups> {
  const highestId = highestItemId(db);
  const of = new Int32Array(highestId + 1);
  const numbers = new Map<string, number>();
  const members: { readonly kind: ItemKind; readonly name: string; readonly ids: number[] }[] = [];
  for (let afterId = 0; afterId < highestId; afterId += SLICE_ITEMS) {
    for (const { id, kind, name } of partsOfGroups(db, CLOSE_TOGETHER_KINDS, afterId, Math.min(highestId, afterId + SLICE_ITEMS))) {
      const key = `${kind}|${name}`;
      let number = numbers.get(key);
      if (number === undefined) { number = members.push({ kind, name, ids: [] }); numbers.set(key, number); }
      members[number - 1]?.ids.push(id);
      of[id] = number;
    }
    await pause();
  }
  return {
    of, members,
    shares(totals) {
      const left = new Map<number, number>();
      for (const { kind, ids } of members) {
        // What never has a date was not done close together.
        const dated = ids.filter((id) => (totals.lastAtMs[id] ?? 0) > 0);
        const passing = dated.filter((id) => (totals.lastAtMs[id] ?? 0) - (totals.firstAtMs[id] ?? 0) < OCCASION_MS);
        const days = new Set(dated.map((id) => Math.floor((totals.firstAtMs[id] ?? 0) / DAY_MS))).size;
        const shares = closeTogetherShares(kind, passing.map((id) => itemSupport(kind, totals.decayedOf(id), 1)), days);
        for (const [nth, share] of shares.entries()) { const id = passing[nth]; if (id !== undefined && share < 1) left.set(id, share); }
      }
      return left;
    },
  };
}

/** Looked at of everything that points somewhere; said from this many in this share of it. */
const LARGEST = 3, WORTH_SAYING = 0.75;

/** Sentences about what came so close together that it says clearly less. */
export const closeTogetherWords = (db: ReadableDb, itemIds: readonly number[]): string[] => largestGroups(db, itemIds, CLOSE_TOGETHER_KINDS, OCCASION_MS, LARGEST).flatMap(({ kind, name, things, days }) => {
  const left = closeTogetherShares(kind, Array<number>(things).fill(1), days).reduce((sum, share) => sum + share, 0);
  if (things === 0 || left / things > WORTH_SAYING) return [];
  return [t('Of “{name}”, {things, number} {kind, select, podcast {episodes} music {tracks} other {things}} came up on {days, plural, one {one day} other {# days}} and hardly again. What comes so close together counts less than the same spread over months.', { name, things, kind, days })];
});
