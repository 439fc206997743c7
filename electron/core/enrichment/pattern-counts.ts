/** Counts, record by record, when what happened: what the patterns are decided from. One pass over all records; pure. */
import { ITEM_KINDS } from '../../../shared/domain/records.ts';
import type { RecordTime } from '../records/records.ts';

/** What is counted. Arrays are indexed by item id; 0 leaves an item out. */
export interface CountedItems {
  /** One more than the place in ITEM_KINDS. */
  readonly kinds: Uint8Array;
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Subjects of item `id`: `subjects` from `subjectsFrom[id]` up to, not including, `subjectsFrom[id + 1]`. */
  readonly subjectsFrom: Int32Array;
  readonly subjects: Int32Array;
  readonly subjectCount: number;
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
const FIRST_YEAR = 1995, YEARS = 80;
export const MONTHS_COUNTED = 12 * YEARS;
/** The place of the month of a moment among those counted. `offsetMs`: what the clocks show beyond UTC. */
export const monthOf = (atMs: number, offsetMs: number): number => {
  const date = new Date(atMs + offsetMs);
  return (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth();
};
export const yearOfMonth = (month: number): number => FIRST_YEAR + Math.floor(month / 12);

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
  /** By subject and month: days on which there was something. */
  readonly subjectMonths: Uint32Array;
  readonly allMonths: Uint32Array;
  /** By kind and month: days on which there was something. */
  readonly kindMonths: Uint32Array;
  /** By item: records, and the newest in quarters; 0 where it has no date. */
  readonly items: Uint32Array;
  readonly newest: Int32Array;
}

export function createPatternCounts(of: CountedItems): PatternCounts {
  const { kinds, groups, subjectsFrom, subjects } = of;
  const week = new Uint32Array(ITEM_KINDS.length * WEEK_HOURS), kindDays = new Uint32Array(ITEM_KINDS.length);
  const groupCells = new Uint32Array((of.groupCount + 1) * CELLS), groupDays = new Uint32Array(of.groupCount + 1), allCells = new Uint32Array(CELLS);
  const subjectMonths = new Uint32Array(of.subjectCount * MONTHS_COUNTED), allMonths = new Uint32Array(MONTHS_COUNTED), kindMonths = new Uint32Array(ITEM_KINDS.length * MONTHS_COUNTED);
  const items = new Uint32Array(kinds.length), newest = new Int32Array(kinds.length);
  const kindHour = new Int32Array(ITEM_KINDS.length), kindDay = new Int32Array(ITEM_KINDS.length), kindMonthDay = new Int32Array(ITEM_KINDS.length), groupHour = new Int32Array(of.groupCount + 1), groupDay = new Int32Array(of.groupCount + 1), subjectDay = new Int32Array(of.subjectCount);
  let allHour = -1, allDay = -1, quarter = -1, hour = 0, day = 0, month = 0, weekHour = 0, cell = 0;

  const goTo = (next: number): void => {
    quarter = next;
    const local = next + Math.round(of.offsetMs(next * QUARTER_MS) / QUARTER_MS), nextDay = Math.floor(local / QUARTERS_A_DAY);
    hour = Math.floor(local / 4);
    if (nextDay !== day) {
      day = nextDay;
      const date = new Date(day * QUARTERS_A_DAY * QUARTER_MS);
      month = (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth();
    }
    // The first of January 1970 was a Thursday.
    const weekday = (day + 3) % 7, hourOfDay = hour - day * 24;
    weekHour = weekday * 24 + hourOfDay;
    cell = cellOf(weekday, hourOfDay);
  };
  const more = (array: Uint32Array, at: number): void => { array[at] = (array[at] ?? 0) + 1; };

  return {
    week, kindDays, groupCells, groupDays, allCells, subjectMonths, allMonths, kindMonths, items, newest,
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
        if (month < 0 || month >= MONTHS_COUNTED) continue;
        if (allDay !== day) { allDay = day; more(allMonths, month); }
        if (kindMonthDay[kind] !== day) { kindMonthDay[kind] = day; more(kindMonths, kind * MONTHS_COUNTED + month); }
        for (let i = subjectsFrom[id] ?? 0, to = subjectsFrom[id + 1] ?? 0; i < to; i++) {
          const subject = subjects[i] ?? 0;
          if (subjectDay[subject] !== day) { subjectDay[subject] = day; more(subjectMonths, subject * MONTHS_COUNTED + month); }
        }
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
