/** The step season@1: subjects that come round in the same months of every year rest between them. Pure. */
import { list, monthName } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import { middlesOf, monthOf, packedOf, maskOf, weeksIn, yearOfMonth, type Weeks } from '../records/weeks.ts';

/** Months of the year that hold most weeks of a subject. */
export interface Season {
  /** 0 for January. */
  readonly from: number;
  readonly months: number;
  /** In which there was something within them, by the year they begin in. */
  readonly years: readonly number[];
  /** Weeks with something about it within these months, and all of them. */
  readonly inside: number;
  readonly all: number;
  /** Of all weeks with records, the share that lies in these months. */
  readonly share: number;
}

/** How a conclusion hangs on a season: its own, or that of something below it. */
export interface Resting extends Season {
  /** What comes round: a node of the taxonomy. */
  readonly of: string;
  /** Share of the conclusion's support that does, 0..1. */
  readonly part: number;
}

/** `years` with that many weeks each, or one more with any. */
const NEEDED = { weeks: 4, years: 2, weeksAYear: 2, share: 0.6, deviations: 4, longest: 4 } as const;
const DAY_MS = 86_400_000;

/** Weeks by month of the year. */
function yearOf(weeks: Weeks): number[] {
  const year = Array<number>(12).fill(0);
  for (const packed of packedOf(weeks)) { const month = monthOf(packed) % 12; year[month] = (year[month] ?? 0) + weeksIn(maskOf(packed)); }
  return year;
}
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const within = (year: readonly number[], from: number, months: number): number => Array.from({ length: months }, (_, i) => year[(from + i) % 12] ?? 0).reduce((sum, count) => sum + count, 0);

/** @param weeks in which there was something about the subject. @param base in which there was anything. @returns null where no months stand out clearly in two years or more */
export function seasonOf(weeks: Weeks, base: Weeks): Season | null {
  const year = yearOf(weeks), all = sumOf(year);
  if (all < NEEDED.weeks) return null;
  const baseYear = yearOf(base), baseAll = Math.max(1, sumOf(baseYear));
  let best: (Season & { readonly deviations: number }) | null = null;
  for (let months = 1; months <= NEEDED.longest; months++) {
    for (let from = 0; from < 12; from++) {
      const inside = within(year, from, months), share = within(baseYear, from, months) / baseAll;
      const deviations = (inside - all * share) / Math.sqrt(Math.max(1e-9, all * share * (1 - share)));
      if (inside < all * NEEDED.share || deviations < NEEDED.deviations || (best && deviations <= best.deviations)) continue;
      const weeksOf = new Map<number, number>();
      // A season that goes over the new year belongs to the year it began in.
      for (const packed of packedOf(weeks)) {
        const month = monthOf(packed), since = (month - from + 12) % 12;
        if (since < months) { const began = yearOfMonth(month - since); weeksOf.set(began, (weeksOf.get(began) ?? 0) + weeksIn(maskOf(packed))); }
      }
      const full = [...weeksOf.values()].filter((count) => count >= NEEDED.weeksAYear).length;
      if (full >= NEEDED.years || weeksOf.size > NEEDED.years) best = { from, months, years: [...weeksOf.keys()].sort((a, b) => a - b), inside, all, share, deviations };
    }
  }
  if (!best) return null;
  const { deviations: _, ...season } = best;
  return season;
}

const startOf = ({ from }: Season, year: number): number => Date.UTC(year, from, 1);
const endOf = ({ from, months }: Season, year: number): number => Date.UTC(year, from + months, 1);

/** How much of this stretch counts for fading: after a season with something in it time stands still until the next one begins. */
export function activeMs(season: Season, fromMs: number, toMs: number): number {
  const rests = season.years.reduce((sum, year) => sum + Math.max(0, Math.min(toMs, startOf(season, year + 1)) - Math.max(fromMs, endOf(season, year))), 0);
  return Math.max(0, toMs - fromMs - rests);
}

/** How many times as much is left of what happened in these weeks by the clock of the season as by the calendar; 1 or more. */
export function liftOf(season: Season, weeks: Weeks, halfLifeMs: number, nowMs: number): number {
  let calendar = 0, own = 0;
  for (const middleMs of middlesOf(weeks)) {
    const atMs = Math.min(middleMs, nowMs);
    calendar += 2 ** (-(nowMs - atMs) / halfLifeMs);
    own += 2 ** (-activeMs(season, atMs, nowMs) / halfLifeMs);
  }
  return calendar > 0 ? own / calendar : 1;
}

export const monthsWords = ({ from, months }: Pick<Season, 'from' | 'months'>): string => (months === 1 ? monthName(from) : t('{from} to {to}', { from: monthName(from), to: monthName(from + months - 1) }));

/** What was counted, and against what. */
export const seasonCounts = (season: Season): string =>
  t('{inside, number} of {all, number} weeks with something about it lie in {months}, in {years}. Of all weeks with records, {share, number} of 100 do.', { inside: season.inside, all: season.all, months: monthsWords(season), years: list(season.years.map(String)), share: Math.round(season.share * 100) });

/** What the season means for how it fades. @param label of what comes round, where that is something below */
export function seasonWords(season: Season, label: string | null, nowMs: number): string {
  const values = { part: label !== null, label: label ?? '', months: season.months, from: monthName(season.from), to: monthName(season.from + season.months - 1) };
  const last = season.years.at(-1) ?? 0;
  const years = list(season.years.map(String));
  if (nowMs < endOf(season, last)) return t('{part, select, yes {Part of it, “{label}”,} other {It}} comes back every {months, plural, one {{from}} other {year from {from} to {to}}}, and that is now. Afterwards it rests until the next time: it does not fade meanwhile.', values);
  if (nowMs < startOf(season, last + 1)) return t('{part, select, yes {Part of it, “{label}”,} other {It}} comes back every {months, plural, one {{from}} other {year from {from} to {to}}}; it rests until then and does not fade meanwhile.', values);
  if (nowMs < endOf(season, last + 1)) return t('{part, select, yes {Part of it, “{label}”,} other {It}} comes back every {months, plural, one {{from}} other {year from {from} to {to}}}, and that is now. It fades as usual until something new comes.', values);
  return t('{part, select, yes {Part of it, “{label}”,} other {It}} was there in {when} of {years}, but not the last time round. It fades like anything else until it comes back.', { ...values, when: monthsWords(season), years });
}

/** Left of something after this time, without anything new: 0..1. */
export function leftAfter(resting: Resting | null, nowMs: number, days: number, halfLifeMs: number): number {
  const fading = (ms: number): number => 2 ** (-ms / halfLifeMs);
  const plain = fading(days * DAY_MS);
  return resting === null ? plain : resting.part * fading(activeMs(resting, nowMs, nowMs + days * DAY_MS)) + (1 - resting.part) * plain;
}
