/** Numbers, times and sizes in words. English, day before month; honest about rounding. */
const LOCALE = 'en-GB';

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' });
const dayShort = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const dayTime = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const number = (value: number): string => whole.format(value);

/** "1 record", "1,204 records". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${whole.format(count)} ${count === 1 ? one : many}`;

/** `minor`: in the smallest unit of the currency, an ISO 4217 code. */
export const money = (minor: number, currency: string): string => {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

/** What an export gives no time for comes with 0. */
const dated = (ms: number, words: Intl.DateTimeFormat): string => (ms === 0 ? 'no date given' : words.format(ms));
export const date = (ms: number): string => dated(ms, day);
export const dateShort = (ms: number): string => dated(ms, dayShort);
/** "14:05". */
export const time = (ms: number): string => clock.format(ms);
export const dateTime = (ms: number): string => dated(ms, dayTime);

/** "just now", "5 minutes ago", "yesterday", "in 12 days"; a date beyond two months. */
export function ago(ms: number, nowMs: number): string {
  if (ms === 0) return dateShort(ms);
  const apart = ms - nowMs;
  const size = Math.abs(apart);
  if (size < 45 * SECOND_MS) return apart > 0 ? 'in a moment' : 'just now';
  if (size < 45 * MINUTE_MS) return relative.format(Math.round(apart / MINUTE_MS), 'minute');
  if (size < 22 * HOUR_MS) return relative.format(Math.round(apart / HOUR_MS), 'hour');
  if (size < 60 * DAY_MS) return relative.format(Math.round(apart / DAY_MS), 'day');
  return dateShort(ms);
}

/** Rough remaining time, never more exact than it deserves: "less than a minute", "about 3 minutes". */
export function remaining(ms: number): string {
  if (ms < 10 * SECOND_MS) return 'a few seconds';
  if (ms < MINUTE_MS) return 'less than a minute';
  if (ms < 90 * MINUTE_MS) return `about ${counted(Math.round(ms / MINUTE_MS), 'minute')}`;
  return `about ${counted(Math.round(ms / HOUR_MS), 'hour')}`;
}

/** "1 day", "3 weeks", "90 days". */
export function days(count: number): string {
  return count % 7 === 0 && count <= 28 ? counted(count / 7, 'week') : counted(count, 'day');
}

/** Powers of ten, as file managers show it: "830 bytes", "12 kB", "1.4 MB". */
export function bytes(size: number): string {
  if (size < 1000) return counted(size, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? oneDigit.format(value) : whole.format(value)} ${units[unit] ?? 'TB'}`;
}

const regions = new Intl.DisplayNames(LOCALE, { type: 'region' });
/** Of an ISO 3166-1 code; the code itself where it has no name. */
export const countryName = (code: string): string => {
  try { return regions.of(code) ?? code; } catch { return code; }
};

/** "a", "a and b", "a, b and c". */
export function list(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1] ?? ''}`;
}
