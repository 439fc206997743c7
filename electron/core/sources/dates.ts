/** Dates and times as exports write them, always to Unix ms in UTC. */
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import type { CsvRow } from './csv.ts';
import type { Columns, DateOrder, Survey } from './format.ts';

/** Before this no export has records (Amazon opened in 1995). */
const EARLIEST_MS = Date.UTC(1995, 0, 1);
/** Clocks and zones differ by this much at most. */
const AHEAD_MS = 2 * 86_400_000;

/** @returns the time, or null when it cannot have happened */
export const plausible = (atMs: number, nowMs: number): number | null => (atMs >= EARLIEST_MS && atMs <= nowMs + AHEAD_MS ? atMs : null);

/** @returns Unix ms, or null when there is no such day or time (30 February, 25:00) */
export function utcMs(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return day > 28 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day ? null : ms;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/;

/** "2023-05-01", "2023-05-01 13:05", "2023-05-01T13:05:09Z", "... UTC", "...+02:00"; without a zone it is UTC. */
export function parseIso(text: string): number | null {
  // "2023-05-01T13:05:09Z", as millions of plays have it, without the general expression.
  if (text.length === 20 && PUNCTUATION.every(([at, sign]) => text.charCodeAt(at) === sign)) {
    const fields = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10), digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)] as const;
    return fields.includes(-1) ? null : utcMs(...fields);
  }
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  const ms = utcMs(Number(year), Number(month), Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  if (ms === null || zone === undefined || zone === 'Z' || zone === 'UTC') return ms;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return ms - (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

const PUNCTUATION = [[4, 45], [7, 45], [10, 84], [13, 58], [16, 58], [19, 90]] as const;

/** The number these characters write, or -1 when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const NUMERIC = /^(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?(?:[ T](\d\d):(\d\d)(?::(\d\d))? ?(?:UTC)?)?$/;

interface NumericDate { readonly first: number; readonly second: number; readonly year: number; readonly yearFirst: boolean; readonly time: readonly [number, number, number] | null; readonly padded: boolean; readonly dots: boolean }

function numericParts(text: string): NumericDate | null {
  const match = NUMERIC.exec(text.trim());
  if (!match) return null;
  const [, a = '', b = '', c = '', hour, minute, second] = match;
  const time = hour === undefined ? null : ([Number(hour), Number(minute), Number(second ?? 0)] as const);
  const dots = text.includes('.');
  if (a.length === 4) return { first: Number(b), second: Number(c), year: Number(a), yearFirst: true, time, padded: true, dots };
  if (c.length !== 2 && c.length !== 4) return null;
  const year = Number(c) + (c.length === 2 ? 2000 : 0);
  return { first: Number(a), second: Number(b), year, yearFirst: false, time, padded: a.length === 2 && b.length === 2 && c.length === 4, dots };
}

/**
 * "1/31/23", "31.01.2023", "2023. 1. 31.", with or without a time in UTC. Without a time it stands for noon, so that it is the same day nearly everywhere.
 */
export function parseNumericDate(text: string, order: DateOrder): number | null {
  const parts = numericParts(text);
  if (!parts) return null;
  const [month, day] = parts.yearFirst || order === 'mdy' ? [parts.first, parts.second] : [parts.second, parts.first];
  return utcMs(parts.year, month, day, ...(parts.time ?? [12, 0, 0]));
}

/**
 * The first of these days ("2023-05-01" or "2023/05/01") that can have been: what was read or seen before there were exports has a day they never heard of.
 *
 * @returns UNDATED_MS when all of them are empty, null when none can be read
 */
export function firstDay(days: readonly string[], nowMs: number): number | null {
  for (const day of days) {
    const ms = parseNumericDate(day, 'mdy');
    if (ms !== null && plausible(ms, nowMs) !== null) return ms;
  }
  return days.every((day) => day.trim() === '') ? UNDATED_MS : null;
}

/** Collects the dates of a whole file and decides which of the two first numbers is the day. */
function createDateOrderSurvey(): { see(text: string): void; decide(): { order: DateOrder; assumed: boolean } } {
  let dayFirst = 0, monthFirst = 0, padded = 0, dotted = 0, total = 0;
  const last: Record<DateOrder, number | null> = { dmy: null, mdy: null };
  const rises: Record<DateOrder, number> = { dmy: 0, mdy: 0 };
  const falls: Record<DateOrder, number> = { dmy: 0, mdy: 0 };
  return {
    see(text) {
      const parts = numericParts(text);
      if (!parts || parts.yearFirst) return;
      total++;
      if (parts.first > 12) dayFirst++;
      if (parts.second > 12) monthFirst++;
      if (parts.padded) padded++;
      if (parts.dots) dotted++;
      for (const order of ['dmy', 'mdy'] as const) {
        const ms = parseNumericDate(text, order);
        if (ms === null) continue;
        const before = last[order];
        if (before !== null && ms > before) rises[order]++;
        if (before !== null && ms < before) falls[order]++;
        last[order] = ms;
      }
    },
    decide() {
      if (dayFirst !== monthFirst && (dayFirst === 0 || monthFirst === 0)) return { order: dayFirst > 0 ? 'dmy' : 'mdy', assumed: false };
      if (dayFirst > 0 && monthFirst > 0) return { order: dayFirst > monthFirst ? 'dmy' : 'mdy', assumed: true };
      if (total === 0) return { order: 'mdy', assumed: false };
      // All dates fit both ways. Exports are sorted by time: the order under which they stay sorted is the right one.
      const disorder = (order: DateOrder): number => Math.min(rises[order], falls[order]);
      if (disorder('dmy') !== disorder('mdy')) return { order: disorder('dmy') < disorder('mdy') ? 'dmy' : 'mdy', assumed: false };
      // Dots are written where the day comes first; "01/02/2023" is how the United Kingdom and most others write, "1/2/23" the United States.
      if (dotted === total) return { order: 'dmy', assumed: false };
      return { order: padded === total ? 'dmy' : 'mdy', assumed: true };
    },
  };
}

/** The survey of a CSV whose dates are in the column `name`. */
export async function surveyDateOrder(columns: Columns, name: string, rows: AsyncIterable<readonly CsvRow[]>): Promise<Omit<Survey, 'beside'>> {
  const survey = createDateOrderSurvey();
  const column = columns.get(name) ?? -1;
  for await (const bunch of rows) for (const row of bunch) if ('cells' in row) survey.see(row.cells[column] ?? '');
  const { order, assumed } = survey.decide();
  return { profiles: [], dateOrder: order, remark: assumed ? 'DATE_ORDER_ASSUMED' : null };
}
