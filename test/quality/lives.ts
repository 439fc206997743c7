/**
 * Lives drawn out of labelled titles, for judging confidence as it ships: what lasts comes again and again from some day on, what
 * passes (a present, somebody else's, a mood) comes once, in a few days. How much of a life is of which kind differs from life to
 * life, and what concludes is not told. Pure.
 */
import { createTally, type ItemEvidence } from '../../electron/core/enrichment/conclude.ts';
import type { IntentRules } from '../../electron/core/enrichment/intents.ts';
import type { Match } from '../../electron/core/enrichment/matcher.ts';
import type { PriceTable } from '../../electron/core/enrichment/price-bands.ts';
import { HALF_LIVES_MS, halfLifeOf } from '../../electron/core/enrichment/scoring.ts';
import type { Taxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { addWeeks, monthAt, noWeeks, weekBit } from '../../electron/core/records/weeks.ts';
import type { Row } from './labelled.ts';

const DAY_MS = 86_400_000, YEAR_MS = 365 * DAY_MS;
/** What is concluded from, and how long it then takes to come true. */
const LIFE_MS = 4 * YEAR_MS, AFTER_MS = YEAR_MS;

export interface Happening { readonly row: Row; /** From the beginning of the life, below {@link LIFE_MS} and {@link AFTER_MS} together. */ readonly atMs: number }
/** In order of time. */
export type Life = readonly Happening[];

/** @param random 0..1, seeded. @param rows with at least one label each */
function drawLife(rows: readonly Row[], random: () => number): Life {
  const byLabel = Map.groupBy(rows, ({ labels }) => labels[0] ?? '');
  const labels = [...byLabel.keys()], pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const between = (least: number, most: number): number => least * (most / least) ** random();
  const all: Happening[] = [];
  const happen = (label: string, atMs: number): void => { if (atMs >= 0 && atMs < LIFE_MS + AFTER_MS) all.push({ row: pick(byLabel.get(label) ?? []), atMs }); };
  const lasting = Math.round(between(4, 40)), passing = Math.round(between(4, 160));
  for (let i = 0; i < lasting; i++) {
    // Some were there before the records were; others begin on some day of the life.
    const label = pick(labels), gapMs = YEAR_MS / between(0.7, 40), fromMs = random() < 0.3 ? 0 : random() * LIFE_MS;
    for (let atMs = fromMs; atMs < LIFE_MS + AFTER_MS; atMs -= Math.log(1 - random()) * gapMs) happen(label, atMs);
  }
  for (let i = 0; i < passing; i++) {
    const label = pick(labels), atMs = random() * (LIFE_MS + AFTER_MS), times = 1 + Math.floor(random() ** 2 * 5);
    for (let nth = 0; nth < times; nth++) happen(label, atMs + nth * random() * 4 * DAY_MS);
  }
  return all.sort((a, b) => a.atMs - b.atMs);
}

const BEGUN_MS = Date.UTC(2022, 0, 1);
export interface LivesInput { readonly taxonomy: Taxonomy; readonly prices: PriceTable; readonly intents: IntentRules; readonly rows: readonly Row[]; readonly matchesOf: (row: Row) => readonly Match[]; readonly lives: number; readonly random: () => number; /** Instead of what each life says of how often something lasts. */ readonly tells?: number }

/** What is concluded of the first years of each life, with which confidence, and whether the year after them bore it out: whether something labelled so came again. Only what labels can tell is judged. */
export function concludeLives({ taxonomy, prices, intents, rows, matchesOf, lives, random, tells }: LivesInput): { readonly confidence: number; readonly right: boolean; readonly things: number }[] {
  const labelled = rows.filter(({ labels }) => labels.length > 0), nowMs = BEGUN_MS + LIFE_MS;
  return Array.from({ length: lives }, () => {
    const life = drawLife(labelled, random), weeks = noWeeks();
    const before = Map.groupBy(life.filter(({ atMs }) => atMs < LIFE_MS), ({ row }) => row), after = life.filter(({ atMs }) => atMs >= LIFE_MS);
    const things = [...before].map(([row, times], itemId): ItemEvidence => {
      const at = times.map(({ atMs }) => BEGUN_MS + atMs), own = at.map((atMs) => (monthAt(atMs) << 5) | weekBit(atMs));
      addWeeks(weeks, own);
      return { itemId, kind: row.item.kind, act: 'used', records: at.length, decayed: at.reduce((sum, atMs) => sum + 2 ** (-(nowMs - atMs) / HALF_LIVES_MS[halfLifeOf(row.item.kind)]), 0), lastAtMs: Math.max(...at), weeks: own, matches: matchesOf(row), unitPriceMinor: null, currency: null };
    });
    const tally = createTally({ taxonomy, prices, intents, ruledOut: [], nowMs, weeks, ...(tells === undefined ? {} : { tells }) });
    for (const thing of things) tally.add(thing);
    return tally.conclude([]).filter(({ claim, sensitive }) => (claim === 'interest' || claim === 'genre') && !sensitive).flatMap(({ claim, value, confidence }) => {
      const behind = [...before.keys()].filter((row) => matchesOf(row).some(({ target }) => taxonomy.isWithin(target, value)));
      if (!behind.some(({ labels }) => labels.some((label) => taxonomy.get(label)?.kind === claim))) return [];
      return [{ confidence, things: behind.length, right: after.some(({ row }) => row.labels.some((label) => taxonomy.isWithin(label, value) || taxonomy.isWithin(value, label))) }];
    });
  }).flat();
}
