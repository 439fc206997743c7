/** Numbers, times and sizes in words, by the language's own customs; honest about rounding. */
import { locale, perLocale, t } from './message.ts';

const whole = perLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const percents = perLocale((tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }));
const day = perLocale((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' }));
const dayInUtc = perLocale((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }));
const monthInUtc = perLocale((tag) => new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' }));
const monthYear = perLocale((tag) => new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }));
const dayShort = perLocale((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' }));
const dayTime = perLocale((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }));
const clock = perLocale((tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' }));
const relative = perLocale((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const conjunction = perLocale((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const languages = perLocale((tag) => new Intl.DisplayNames(tag, { type: 'language' }));
const dayOfYear = perLocale((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone: 'UTC' }));
const BYTE_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const byteUnits = perLocale((tag) => BYTE_UNITS.map((unit) => [1, 0].map((maximumFractionDigits) => new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits })) as [Intl.NumberFormat, Intl.NumberFormat]));
const regions = perLocale((tag) => new Intl.DisplayNames(tag, { type: 'region' }));

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const number = (value: number): string => whole().format(value);

/** `share`: in hundredths. "93%", "93 %". */
export const percentage = (share: number): string => percents().format(share / 100);

/** `minor`: in the smallest unit of the currency, an ISO 4217 code. */
export const money = (minor: number, currency: string): string => {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

/** What an export gives no time for comes with 0. */
const dated = (ms: number, words: () => Intl.DateTimeFormat): string => (ms === 0 ? t('no date given') : words().format(ms));
export const date = (ms: number): string => dated(ms, day);
/** A day that is one everywhere, such as that of a record. */
export const dayUtc = (ms: number): string => dayInUtc().format(ms);
/** "14 March". */
export const dayOfYearName = (ms: number): string => dayOfYear().format(ms);
/** `month`: 0 for January, and on over the end of the year. */
export const monthName = (month: number): string => monthInUtc().format(Date.UTC(2024, month, 1));
/** "March 2026"; `month`: 0 for January. */
export const monthOfYear = (year: number, month: number): string => monthYear().format(Date.UTC(year, month, 1));
export const dateShort = (ms: number): string => dated(ms, dayShort);
/** "14:05". */
export const time = (ms: number): string => clock().format(ms);
export const dateTime = (ms: number): string => dated(ms, dayTime);

/** "just now", "5 minutes ago", "yesterday", "in 12 days"; a date beyond two months. */
export function ago(ms: number, nowMs: number): string {
  if (ms === 0) return dateShort(ms);
  const apart = ms - nowMs;
  const size = Math.abs(apart);
  if (size < 45 * SECOND_MS) return apart > 0 ? t('in a moment') : t('just now');
  if (size < 45 * MINUTE_MS) return relative().format(Math.round(apart / MINUTE_MS), 'minute');
  if (size < 22 * HOUR_MS) return relative().format(Math.round(apart / HOUR_MS), 'hour');
  if (size < 60 * DAY_MS) return relative().format(Math.round(apart / DAY_MS), 'day');
  return dateShort(ms);
}

/** Of what has happened: a clock that was read a moment before it does not put it into the future. */
export const since = (ms: number, nowMs: number): string => ago(Math.min(ms, nowMs), nowMs);

/** Rough remaining time, never more exact than it deserves: "less than a minute", "about 3 minutes". */
export function remaining(ms: number): string {
  if (ms < 10 * SECOND_MS) return t('a few seconds');
  if (ms < MINUTE_MS) return t('less than a minute');
  if (ms < 90 * MINUTE_MS) return t('about {minutes, plural, one {# minute} other {# minutes}}', { minutes: Math.round(ms / MINUTE_MS) });
  return t('about {hours, plural, one {# hour} other {# hours}}', { hours: Math.round(ms / HOUR_MS) });
}

/** "1 day", "3 weeks", "90 days". */
export function days(count: number): string {
  return count % 7 === 0 && count <= 28 ? t('{weeks, plural, one {# week} other {# weeks}}', { weeks: count / 7 }) : t('{days, plural, one {# day} other {# days}}', { days: count });
}

/** Powers of ten, as file managers show it: "830 bytes", "12 kB", "1.4 MB". */
export function bytes(size: number): string {
  if (size < 1000) return t('{size, plural, one {# byte} other {# bytes}}', { size });
  let value = size / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return byteUnits()[unit]?.[value < 10 ? 0 : 1].format(value) ?? '';
}

/** Of a BCP 47 tag; the tag itself where it has no name. */
export const languageName = (tag: string): string => {
  try { return languages().of(tag) ?? tag; } catch { return tag; }
};

/** Of an ISO 3166-1 code; the code itself where it has no name. */
export const countryName = (code: string): string => {
  try { return regions().of(code) ?? code; } catch { return code; }
};

/** "a", "a and b", "a, b and c". */
export const list = (parts: readonly string[]): string => conjunction().format(parts);

/** "Clothes: M": a name and what is said of it, with the spaces of the language. */
export const labelled = (label: string, value: string): string => t('{label}: {value}', { label, value });

/** The same without what is said: for a name that is set apart from what follows it. */
export const leading = (label: string): string => labelled(label, '').trimEnd();

/** As a sentence begins, or a label. */
export const capital = (text: string): string => `${text.charAt(0).toLocaleUpperCase(locale())}${text.slice(1)}`;

/** A label as part of a sentence; a language in which nouns keep their capital leaves it as it is. */
export const inSentence = (label: string): string => (locale().startsWith('de') ? label : `${label.charAt(0).toLocaleLowerCase(locale())}${label.slice(1)}`);
