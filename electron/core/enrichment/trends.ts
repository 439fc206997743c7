/** How subjects went of late. `decideTrend` is pure; `readTrends` reads only, and nothing of it is kept. */
import { TREND_MONTHS, type Direction } from '../../../shared/domain/patterns.ts';
import { ITEM_KINDS } from '../../../shared/domain/records.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { recordTimes, type RecordTime } from '../records/records.ts';
import { forgottenWeeksByKind, listKeptEvidence } from '../records/forgotten.ts';
import { addWeeks, countWeeks, monthAt, MONTHS_COUNTED, weekBit } from '../records/weeks.ts';
import type { RuledOut } from './conclude.ts';
import { QUARTER_MS } from './pattern-counts.ts';
import { offsetMs } from './read-patterns.ts';
import { indexSubjects, type SubjectIndex } from './subject-index.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Months that are compared with as many before them. */
const SPAN = 6;
/** Less than this says nothing: days (or weeks) of the subject in both spans, and those with records at all in each. */
const LEAST = { day: { times: 6, newTimes: 3, recorded: 20 }, week: { times: 4, newTimes: 2, recorded: 8 } } as const;
export type TrendUnit = keyof typeof LEAST;
const FACTOR = 1.25;
const DEVIATIONS = 2;
/** Records that end longer ago say nothing about how it goes. */
const OLDEST_MONTHS = 12;

export interface Trend {
  /** `week`: something of it was forgotten as the person asked, and of that only the weeks are known. */
  readonly unit: TrendUnit;
  /** Days (or weeks) with something about it, in each of the last {@link TREND_MONTHS} months, the one we are in last. */
  readonly days: number[];
  /** null: there is too little to say. */
  readonly direction: Direction | null;
  /** Days with something about it in the newest {@link SPAN} months of records, and in as many before: the same months of the year before where there are records of them. */
  readonly recent: number;
  readonly before: number;
}

/**
 * Compares shares of days: how many of the days with records had something about it. So a shop of which no newer export was
 * brought does not fade, and what comes round each year is compared with a year ago.
 *
 * @param months days with something about it, by month
 * @param recorded days on which there could have been something, by month
 * @param now place of the month we are in
 */
export function decideTrend(months: Uint32Array, recorded: Uint32Array, now: number, unit: TrendUnit = 'day'): Trend {
  const least = LEAST[unit];
  const days = Array.from({ length: TREND_MONTHS }, (_, i) => months[now - TREND_MONTHS + 1 + i] ?? 0);
  let last = now;
  while (last > now - OLDEST_MONTHS && recorded[last] === 0) last--;
  const within = (counts: Uint32Array, from: number, length: number): number => counts.subarray(Math.max(0, from), Math.max(0, from + length)).reduce((sum, n) => sum + n, 0);
  const from = last - SPAN + 1;
  const before = within(recorded, from - 12, SPAN) >= least.recorded ? from - 12 : from - SPAN;
  const found = within(months, from, SPAN), of = within(recorded, from, SPAN), foundBefore = within(months, before, SPAN), ofBefore = within(recorded, before, SPAN);
  const trend = { unit, days, recent: found, before: foundBefore };
  if (of < least.recorded || ofBefore < least.recorded) return { ...trend, direction: null };
  if (within(months, 0, from) === 0) return { ...trend, direction: found >= least.newTimes ? 'new' : null };
  if (found + foundBefore < least.times) return { ...trend, direction: null };
  const share = found / of, shareBefore = foundBefore / ofBefore, both = (found + foundBefore) / (of + ofBefore);
  const deviations = (share - shareBefore) / Math.sqrt(Math.max(1e-9, both * (1 - both) * (1 / of + 1 / ofBefore)));
  // Both as a share and by itself: what goes on as before does not fade because more of something else came in, perhaps from somebody else of the same account.
  if (deviations >= DEVIATIONS && share >= FACTOR * shareBefore && found >= FACTOR * foundBefore) return { ...trend, direction: 'growing' };
  if (deviations <= -DEVIATIONS && shareBefore >= FACTOR * share && foundBefore >= FACTOR * found) return { ...trend, direction: 'fading' };
  return { ...trend, direction: 'steady' };
}

export interface TrendsView {
  /** One for each interest, genre, and area above them (by the id of its node) that had something in these months. */
  readonly trends: (Trend & { readonly id: string })[];
}

export interface TrendsDeps {
  readonly db: ReadableDb;
  readonly taxonomy: Taxonomy;
  readonly ruledOut: readonly RuledOut[];
  readonly readTo: number;
  readonly nowMs: number;
  /** Lets others go on. */
  readonly pause: () => Promise<void>;
}

const DAY_MS = 86_400_000;
const dayOf = (atMs: number): number => Math.floor((atMs + offsetMs(atMs)) / DAY_MS);

/** Days with something, by subject and month and by kind and month; with `weekly` the weeks of each month as well, a bit for each. Records come in order of time. */
function createDayCounts({ kinds, subjectsFrom, subjects, list }: SubjectIndex, weekly: boolean) {
  const size = weekly ? MONTHS_COUNTED : 0, subjectWeeks = new Uint8Array(list.length * size), kindWeeks = new Uint8Array(ITEM_KINDS.length * size);
  const bySubject = new Uint32Array(list.length * MONTHS_COUNTED), byKind = new Uint32Array(ITEM_KINDS.length * MONTHS_COUNTED);
  const subjectDay = new Int32Array(list.length), kindDay = new Int32Array(ITEM_KINDS.length);
  let quarter = -1, day = 0, month = 0, week = 0;
  const count = (counts: Uint32Array, weeks: Uint8Array, last: Int32Array, nth: number): void => {
    if (last[nth] === day) return;
    last[nth] = day;
    const at = nth * MONTHS_COUNTED + month;
    counts[at] = (counts[at] ?? 0) + 1;
    if (weekly) weeks[at] = (weeks[at] ?? 0) | week;
  };
  return {
    bySubject, byKind, subjectWeeks, kindWeeks,
    add(records: readonly RecordTime[]): void {
      for (const { doubled, quarter: time } of records) {
        const id = doubled >> 1, kind = (kinds[id] ?? 0) - 1;
        if (time === 0 || kind < 0) continue;
        if (time !== quarter) {
          quarter = time;
          const next = dayOf(time * QUARTER_MS);
          if (next !== day) { day = next; month = monthAt(day * DAY_MS); week = weekBit(day * DAY_MS); }
        }
        if (month < 0 || month >= MONTHS_COUNTED) continue;
        count(byKind, kindWeeks, kindDay, kind);
        for (let i = subjectsFrom[id] ?? 0, to = subjectsFrom[id + 1] ?? 0; i < to; i++) count(bySubject, subjectWeeks, subjectDay, subjects[i] ?? 0);
      }
    },
  };
}

/** Nothing of what is sealed, was not the person, or has no date. */
export async function readTrends({ nowMs, pause, ...deps }: TrendsDeps): Promise<TrendsView> {
  const kept = listKeptEvidence(deps.db).filter(({ act }) => act === 'used');
  const index = await indexSubjects({ ...deps, names: [...new Set(kept.flatMap(({ matches }) => matches.map(([target]) => target)))], pause });
  if (index.list.length === 0) return { trends: [] };
  const counts = createDayCounts(index, kept.length > 0), { bySubject, byKind, subjectWeeks, kindWeeks } = counts;
  await recordTimes(deps.db, (records) => { counts.add(records); }, pause);
  const kindsOf = index.list.map(() => new Set<number>()), forgotten = new Set<number>();
  const weeksOf = (weeks: Uint8Array, nth: number): Uint8Array => weeks.subarray(nth * MONTHS_COUNTED, (nth + 1) * MONTHS_COUNTED);
  for (const { kind, matches, weeks } of kept) {
    for (const at of new Set(matches.flatMap(([target]) => index.named.get(target) ?? []))) {
      forgotten.add(at);
      kindsOf[at]?.add(ITEM_KINDS.indexOf(kind));
      addWeeks(weeksOf(subjectWeeks, at), weeks);
    }
  }
  if (kept.length > 0) for (const { kind, weeks } of forgottenWeeksByKind(deps.db)) addWeeks(weeksOf(kindWeeks, ITEM_KINDS.indexOf(kind)), weeks);
  for (let id = 1; id <= index.highestId; id++) {
    for (let i = index.subjectsFrom[id] ?? 0, to = index.subjectsFrom[id + 1] ?? 0; i < to; i++) kindsOf[index.subjects[i] ?? 0]?.add((index.kinds[id] ?? 1) - 1);
  }
  const now = monthAt(dayOf(nowMs) * DAY_MS);
  const monthsOf = (counts: Uint32Array, nth: number): Uint32Array => counts.subarray(nth * MONTHS_COUNTED, (nth + 1) * MONTHS_COUNTED);
  const trends = index.list.map(({ id, at }) => {
    // Of kinds it was ever found in, the one with most days: of several together nobody counted the days.
    const weekly = forgotten.has(at);
    const kinds = [...kindsOf[at] ?? []].map((kind) => (weekly ? countWeeks(weeksOf(kindWeeks, kind)) : monthsOf(byKind, kind)));
    const recorded = new Uint32Array(MONTHS_COUNTED).map((_, month) => kinds.reduce((most, days) => Math.max(most, days[month] ?? 0), 0));
    return { id, ...decideTrend(weekly ? countWeeks(weeksOf(subjectWeeks, at)) : monthsOf(bySubject, at), recorded, now, weekly ? 'week' : 'day') };
  });
  return { trends: trends.filter(({ days }) => days.some((n) => n > 0)) };
}
