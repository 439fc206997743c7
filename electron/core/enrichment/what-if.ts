/** What would change a conclusion, reckoned from the records it rests on. Pure. */
import { t } from '../../../shared/language/message.ts';
import { DEGREES, degreeWords } from '../../../shared/domain/degree.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { Act, ItemKind } from '../records/records.ts';
import type { Band } from './price-bands.ts';
import { leftAfter, type Resting } from './seasons.ts';
import { ACT_WEIGHTS, FAINTEST, HALF_LIVES_MS, halfLifeOf, itemSupport, REPEAT_EXPONENT, strengthOf, supportFor } from './scoring.ts';

/** One thing behind a conclusion. */
export interface Ground { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly decayed: number; /** 0..1, of its strongest match. */ readonly weight: number }

const MONTH_DAYS = 30.4;
/** Reckoning further ahead says nothing. */
const AHEAD_MONTHS = 120;
/** More than this is not a hint but a life. */
const MOST_FURTHER = 60;

const inWords = (months: number): string => (months < 18 ? t('{months, plural, one {a month} other {# months}}', { months: Math.max(1, months) }) : t('{years, plural, one {# year} other {# years}}', { years: Math.round(months / 12) }));

/** What fades with plays and views, and what with purchases. */
export type Fading = Record<keyof typeof HALF_LIVES_MS, number>;

/**
 * Of interests, genres and brands: what carries most of it, how it fades, what would make it stronger. Empty when nothing supports it.
 *
 * @param now its strength, 0..1: what came close together has less part in it than the grounds by themselves say
 * @param kept support of records that were forgotten, as it fades by the calendar
 * @param resting how it, or part of it, comes round; what rested by `nowMs` makes all of it stronger than the rest says
 */
export function whatWouldChange(grounds: readonly Ground[], now: number, kept: Fading, resting: Resting | null, nowMs: number): string[] {
  const all = supportFor(now), alone = grounds.map((ground) => ({ ground, support: ACT_WEIGHTS[ground.act] * itemSupport(ground.kind, ground.decayed, ground.weight) }));
  const sum = alone.reduce((total, { support }) => total + support, 0), before = sum + kept.plays + kept.purchases, rested = resting !== null && before > 0 ? Math.max(1, all / before) : 1;
  const fading = { plays: kept.plays * rested, purchases: kept.purchases * rested }, left = all - fading.plays - fading.purchases;
  if (!(all > 0)) return [];
  const parts = alone.map(({ ground, support }) => ({ ground, support: sum > 0 ? support * Math.max(0, left / sum) : 0 }));
  const lines: string[] = [];

  // By what a person would name: who made it, the series, or the thing itself.
  const groups = new Map<string, { readonly name: string; support: number; things: number }>();
  for (const { ground, support } of parts) {
    const name = ground.creator ?? ground.collection ?? ground.title;
    const group = groups.get(name);
    if (group) { group.support += support; group.things++; } else groups.set(name, { name, support, things: 1 });
  }
  const [most] = [...groups.values()].sort((a, b) => b.support - a.support);
  if (most && groups.size > 1 && most.support / all >= 0.25) {
    const rest = strengthOf(all - most.support);
    lines.push(t('“{name}” alone makes {share, number} of 100 parts of it. Without that, {then, select, gone {this would not be here} same {this would still be “{degree}”} other {this would be “{degree}” only}}.', {
      name: most.name, share: Math.round((most.support / all) * 100), then: rest < FAINTEST ? 'gone' : degreeWords(rest) === degreeWords(now) ? 'same' : 'less', degree: degreeWords(rest),
    }));
  }

  for (const { ground, support } of parts) fading[halfLifeOf(ground.kind)] += support;
  const after = (months: number): number => strengthOf(Object.entries(fading).reduce((total, [life, support]) => total + support * leftAfter(resting, nowMs, months * MONTH_DAYS, HALF_LIVES_MS[life as keyof typeof fading] / REPEAT_EXPONENT), 0));
  const monthsUntil = (level: number): number | null => {
    for (let months = 1; months <= AHEAD_MONTHS; months++) if (after(months) < level) return months;
    return null;
  };
  const below = DEGREES.find(({ from }) => from <= now), next = below && DEGREES[DEGREES.indexOf(below) + 1];
  const weaker = below && next ? monthsUntil(below.from) : null, gone = monthsUntil(FAINTEST);
  const years = AHEAD_MONTHS / 12;
  lines.push(weaker !== null && next
    ? gone === null ? t('Without anything new, it is down to “{degree}” in about {weaker} and stays for more than {years, number} years.', { degree: t(next.words), weaker: inWords(weaker), years })
      : t('Without anything new, it is down to “{degree}” in about {weaker} and gone in about {gone}.', { degree: t(next.words), weaker: inWords(weaker), gone: inWords(gone) })
    : gone === null ? t('Without anything new, it stays for more than {years, number} years.', { years }) : t('Without anything new, it is gone in about {gone}.', { gone: inWords(gone) }));

  const above = DEGREES.findLast(({ from }) => from > now);
  const typical = [...parts].sort((a, b) => a.support - b.support)[Math.floor(parts.length / 2)];
  if (above && typical) {
    const each = ACT_WEIGHTS[typical.ground.act] * itemSupport(typical.ground.kind, 1, typical.ground.weight);
    const further = Math.ceil((supportFor(above.from) - all) / each);
    if (each > 0 && further <= MOST_FURTHER) lines.push(t('{further, plural, one {One more thing} other {About # more things}} like these would make it “{degree}”.', { further, degree: t(above.words) }));
  }
  return lines;
}

/** Of a price range: how many purchases elsewhere would move it. `weights`: low, middle, high. */
export function whatWouldMoveBand(weights: readonly [number, number, number], band: Band): string[] {
  const names: readonly Band[] = ['low', 'middle', 'high'];
  const own = weights[names.indexOf(band)] ?? 0;
  const [nearest] = names.map((name, i) => ({ name, missing: own - (weights[i] ?? 0) })).filter(({ name }) => name !== band).sort((a, b) => a.missing - b.missing);
  // A purchase of today counts fully.
  const further = nearest ? Math.max(1, Math.floor(nearest.missing) + 1) : 0;
  return nearest && further <= MOST_FURTHER ? [t('{further, plural, one {One more purchase} other {About # more purchases}} at {band, select, low {low prices} middle {a middle price} other {high prices}} would move it there.', { further, band: nearest.name })] : [];
}

/** Of an intent. */
export const whatEndsIntent = (weeks: number | null, rule: string | null): string[] => [
  rule === 'intent/repeat@1' ? t('It goes by itself within {weeks, plural, one {the next week} other {# weeks}}, or counts on from the day you buy it again.', { weeks: weeks ?? 1 })
    : t('It goes by itself within {weeks, plural, one {the next week} other {# weeks}}, or as soon as the records show that you bought such a thing.', { weeks: weeks ?? 1 }),
];

/** What holds for every conclusion. */
export const alwaysChanges = (): string => t('Undoing an import, saying of an example below that it was not you, or putting it right yourself changes it as well. “Never infer this” removes it until you allow it again.');
export const isReckoned = (claim: Claim): boolean => claim === 'interest' || claim === 'genre' || claim === 'brand';
