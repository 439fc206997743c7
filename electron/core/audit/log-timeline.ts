/** How much of what happened when: entries counted by time and kind, so few at a time that others work between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { ENTRIES_OF_COMPANY } from './forgetting.ts';

/** `asked`: requests and what became of them. `answered`, `refused`: redemptions. `own`: everything the person did besides. */
export const TIMELINE_KINDS = ['asked', 'answered', 'refused', 'own'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export interface TimelineQuery { /** Unix ms, from here up to, not including, there; all there is when left out. */ readonly fromMs?: number | undefined; readonly toMs?: number | undefined; readonly companyId?: string | undefined }
export interface LogTimeline {
  /** Of the first bucket and behind the last, Unix ms; equal where there is nothing. */
  readonly fromMs: number; readonly toMs: number; readonly bucketMs: number;
  /** By bucket, then by kind as in {@link TIMELINE_KINDS}. */
  readonly counts: number[][];
}

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
/** An hour, a quarter of a day, a day, a week, four weeks, a year: what people count by, and how many of them fit beside each other. */
const BUCKETS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS, 364 * DAY_MS] as const;
const MOST_BUCKETS = 60;
/** Entries between two turns of the event loop: some 10 ms. */
const ENTRIES_TOGETHER = 20_000;

const KIND = `CASE WHEN type = 'redemption.allowed' THEN 1 WHEN type = 'redemption.refused' THEN 2 WHEN substr(type, 1, 8) = 'request.' OR type = 'introspection' THEN 0 ELSE 3 END`;

/** `startOfDay`: of the person's own day a moment lies in, Unix ms; buckets of a day and more begin there. */
export async function timelineOf(db: ReadableDb, { fromMs, toMs, companyId }: TimelineQuery, startOfDay: (ms: number) => number): Promise<LogTimeline> {
  const where = ['forgotten_by IS NULL', ...(companyId === undefined ? [] : [ENTRIES_OF_COMPANY])].join(' AND ');
  const params = companyId === undefined ? [] : [companyId, companyId];
  const last = db.query<{ n: number | null }>('SELECT max(seq) AS n FROM audit').get()?.n ?? 0;
  const each = async (visit: (after: number, to: number) => void): Promise<void> => {
    for (let after = 0; after < last; after += ENTRIES_TOGETHER) {
      visit(after, after + ENTRIES_TOGETHER);
      await nextTurn();
    }
  };
  let first = fromMs ?? Infinity, end = toMs ?? -Infinity;
  if (fromMs === undefined || toMs === undefined) {
    const bounds = db.query<{ least: number | null; most: number | null }>(`SELECT min(at_ms) AS least, max(at_ms) AS most FROM audit WHERE seq > ? AND seq <= ? AND ${where}`);
    await each((after, to) => {
      const found = bounds.get(after, to, ...params);
      if (fromMs === undefined) first = Math.min(first, found?.least ?? Infinity);
      if (toMs === undefined) end = Math.max(end, (found?.most ?? -Infinity) + 1);
    });
  }
  if (!(end > first)) return { fromMs: 0, toMs: 0, bucketMs: HOUR_MS, counts: [] };
  const beginOf = (size: number): number => (size < DAY_MS ? Math.floor(first / HOUR_MS) * HOUR_MS : startOfDay(first));
  const bucketMs = BUCKETS_MS.find((size) => (end - beginOf(size)) / size <= MOST_BUCKETS) ?? Math.ceil((end - startOfDay(first)) / MOST_BUCKETS / DAY_MS) * DAY_MS;
  const begin = beginOf(bucketMs);
  const counts = Array.from({ length: Math.ceil((end - begin) / bucketMs) }, () => TIMELINE_KINDS.map(() => 0));
  const grouped = db.query<{ bucket: number; kind: number; n: number }>(`SELECT CAST((at_ms - ?) / ? AS INTEGER) AS bucket, ${KIND} AS kind, count(*) AS n FROM audit WHERE seq > ? AND seq <= ? AND at_ms >= ? AND at_ms < ? AND ${where} GROUP BY bucket, kind`);
  await each((after, to) => {
    for (const { bucket, kind, n } of grouped.all(begin, bucketMs, after, to, first, end, ...params)) {
      const own = counts[bucket];
      if (own) own[kind] = (own[kind] ?? 0) + n;
    }
  });
  return { fromMs: begin, toMs: begin + counts.length * bucketMs, bucketMs, counts };
}
