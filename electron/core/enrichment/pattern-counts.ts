/** Counts, record by record, when what happened: what the patterns are decided from. One pass over all records; pure. */
import { ITEM_KINDS } from '../../../shared/domain/records.ts';
import type { RecordTime } from '../records/records.ts';

/** What is counted. Arrays are indexed by item id; 0 leaves an item out. */
export interface CountedItems {
  /** One more than the place in ITEM_KINDS. */
  readonly kinds: Uint8Array;
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** What the clocks of the person show beyond UTC at a moment, in ms. */
  readonly offsetMs: (atMs: number) => number;
}

/** Exactness of times here: zones differ by quarters of an hour. */
export const QUARTER_MS = 900_000;
const QUARTERS_A_DAY = 96;
export const WEEK_HOURS = 168;
/** Three hours each of a day in the week, then of one at the weekend. */
export const CELLS = 16;
/** `weekday`: 0 for Monday. */
export const cellOf = (weekday: number, hour: number): number => (weekday < 5 ? 0 : 8) + Math.floor(hour / 3);

export interface PatternCounts {
  /** Records in order of time. */
  add(records: readonly RecordTime[]): void;
  /** By kind (its place in ITEM_KINDS) and hour of the week from Monday: hours in which there was something. */
  readonly week: Uint32Array;
  /** By kind: days with a time. */
  readonly kindDays: Uint32Array;
  /** By group and cell: hours in which there was something. */
  readonly groupCells: Uint32Array;
  readonly groupDays: Uint32Array;
  readonly allCells: Uint32Array;
  /** By item: records, and the newest in quarters; 0 where it has no date. */
  readonly items: Uint32Array;
  readonly newest: Int32Array;
}

export function createPatternCounts(of: CountedItems): PatternCounts {
  const { kinds, groups } = of;
  const week = new Uint32Array(ITEM_KINDS.length * WEEK_HOURS), kindDays = new Uint32Array(ITEM_KINDS.length);
  const groupCells = new Uint32Array((of.groupCount + 1) * CELLS), groupDays = new Uint32Array(of.groupCount + 1), allCells = new Uint32Array(CELLS);
  const items = new Uint32Array(kinds.length), newest = new Int32Array(kinds.length);
  const kindHour = new Int32Array(ITEM_KINDS.length), kindDay = new Int32Array(ITEM_KINDS.length), groupHour = new Int32Array(of.groupCount + 1), groupDay = new Int32Array(of.groupCount + 1);
  let allHour = -1, quarter = -1, hour = 0, day = 0, weekHour = 0, cell = 0;

  const goTo = (next: number): void => {
    quarter = next;
    const local = next + Math.round(of.offsetMs(next * QUARTER_MS) / QUARTER_MS);
    hour = Math.floor(local / 4);
    day = Math.floor(local / QUARTERS_A_DAY);
    // The first of January 1970 was a Thursday.
    const weekday = (day + 3) % 7, hourOfDay = hour - day * 24;
    weekHour = weekday * 24 + hourOfDay;
    cell = cellOf(weekday, hourOfDay);
  };
  const more = (array: Uint32Array, at: number): void => { array[at] = (array[at] ?? 0) + 1; };

  return {
    week, kindDays, groupCells, groupDays, allCells, items, newest,
    add(records) {
      for (const { doubled: told, quarter: time } of records) {
        const id = told >> 1;
        if (id >= kinds.length) continue;
        more(items, id);
        if (time === 0) continue;
        newest[id] = time;
        const kind = (kinds[id] ?? 0) - 1;
        if (kind < 0) continue;
        if (time !== quarter) goTo(time);
        if (told & 1) continue;
        if (kindHour[kind] !== hour) { kindHour[kind] = hour; more(week, kind * WEEK_HOURS + weekHour); }
        if (kindDay[kind] !== day) { kindDay[kind] = day; more(kindDays, kind); }
        if (allHour !== hour) { allHour = hour; more(allCells, cell); }
        const group = groups[id] ?? 0;
        if (group === 0) continue;
        if (groupHour[group] !== hour) { groupHour[group] = hour; more(groupCells, group * CELLS + cell); }
        if (groupDay[group] !== day) { groupDay[group] = day; more(groupDays, group); }
      }
    },
  };
}
