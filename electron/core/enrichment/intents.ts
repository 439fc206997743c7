/** What may be bought next, from single purchases and from what was looked for: what follows what, what comes round again, what is being chosen. Pure and modest. */
import { t } from '../../../shared/language/message.ts';
import { z } from 'zod';
import type { RuleName } from './rules.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

const intentFile = z.strictObject({
  version: z.number().int(), note: z.string(),
  /** Departments and families of things that are used up or worn out; other things bought several times are simply several things. */
  usedUp: z.array(z.string()).min(1),
  adjacent: z.array(z.strictObject({
    when: z.array(z.string()).min(1), items: z.number().int().min(1), days: z.number().int().min(1), then: z.string(), weeks: z.number().int().min(1).max(52), because: z.string(),
  })),
});
export type IntentRules = z.output<typeof intentFile>;

/** @throws when the shipped file is wrong: a bug of the build. */
export const parseIntentRules = (content: unknown): IntentRules => intentFile.parse(content);

/** `looked`: it was only looked for, or put aside to buy. */
export interface Purchase { readonly itemId: number; readonly family: string; readonly atMs: number; readonly looked?: boolean }

export interface Intent {
  readonly family: string;
  readonly rule: Extract<RuleName, `intent/${string}`>;
  readonly weeks: number;
  readonly strength: number;
  readonly confidence: number;
  readonly records: number;
  readonly lastAtMs: number;
  readonly itemIds: readonly number[];
  /** One sentence for the person. */
  readonly because: string;
}

/** Somebody who has just bought the thing does not need it now. */
const RECENTLY_BOUGHT_MS = 365 * DAY_MS;
const MIN_REPEATS = 3;
/** Distances may differ by this share of their mean and still be called regular. */
const MAX_IRREGULARITY = 0.5;
const MIN_DISTANCE_MS = 10 * DAY_MS;
const MAX_DISTANCE_MS = 550 * DAY_MS;
/** How far ahead a next time is worth saying, and how long after it is due it is still believed. */
const AHEAD_MS = 90 * DAY_MS;

/** Somebody who chooses looks at several things on several days, and has bought or dropped it after a while. */
const LOOKED = { withinMs: 60 * DAY_MS, things: 3, days: 2, weeks: 8 } as const;

/** One intent for each family, the surest; in order of family. Purchases after `nowMs` are left out. */
export function decideIntents(purchases: readonly Purchase[], rules: IntentRules, nowMs: number): Intent[] {
  const past = purchases.filter((purchase) => purchase.atMs <= nowMs);
  const byFamily = Map.groupBy(past.filter(({ looked }) => looked !== true), (purchase) => purchase.family);
  const isUsedUp = (family: string): boolean => rules.usedUp.some((above) => family === above || family.startsWith(`${above}.`));
  const best = new Map<string, Intent>();
  const keep = (intent: Intent | null): void => {
    if (!intent) return;
    const before = best.get(intent.family);
    if (!before || intent.confidence > before.confidence) best.set(intent.family, intent);
  };
  for (const rule of rules.adjacent) keep(adjacent(rule, byFamily, nowMs));
  for (const [family, list] of byFamily) if (isUsedUp(family)) keep(repeated(family, list, nowMs));
  // Who looks for bread looks for a recipe.
  for (const [family, list] of Map.groupBy(past.filter(({ looked }) => looked === true), (purchase) => purchase.family)) if (!isUsedUp(family)) keep(looking(family, list, byFamily.get(family) ?? [], nowMs));
  return [...best.values()].sort((a, b) => (a.family < b.family ? -1 : 1));
}

function adjacent(rule: IntentRules['adjacent'][number], byFamily: ReadonlyMap<string, readonly Purchase[]>, nowMs: number): Intent | null {
  const sinceMs = nowMs - rule.days * DAY_MS;
  const recent = rule.when.flatMap((family) => byFamily.get(family) ?? []).filter((purchase) => purchase.atMs >= sinceMs);
  const itemIds = [...new Set(recent.map((purchase) => purchase.itemId))];
  if (itemIds.length < rule.items) return null;
  const repeats = rule.when.includes(rule.then);
  if (!repeats && (byFamily.get(rule.then) ?? []).some((purchase) => purchase.atMs > nowMs - RECENTLY_BOUGHT_MS)) return null;
  const lastAtMs = Math.max(...recent.map((purchase) => purchase.atMs));
  // The expectation began with the newest purchase and runs out with time.
  const weeks = rule.weeks - Math.floor((nowMs - lastAtMs) / WEEK_MS);
  if (weeks < 1) return null;
  const more = Math.min(3, itemIds.length - rule.items);
  return { family: rule.then, rule: 'intent/adjacent@1', weeks, strength: 0.35 + 0.08 * more, confidence: 0.5 + 0.04 * more, records: recent.length, lastAtMs, itemIds, because: t(rule.because) };
}

function looking(family: string, looks: readonly Purchase[], bought: readonly Purchase[], nowMs: number): Intent | null {
  const boughtMs = bought.reduce((last, { atMs }) => Math.max(last, atMs), Number.NEGATIVE_INFINITY);
  const recent = looks.filter(({ atMs }) => atMs > boughtMs && atMs >= nowMs - LOOKED.withinMs);
  const itemIds = [...new Set(recent.map(({ itemId }) => itemId))], days = new Set(recent.map(({ atMs }) => Math.floor(atMs / DAY_MS))).size;
  if (itemIds.length < LOOKED.things || days < LOOKED.days) return null;
  const lastAtMs = recent.reduce((last, { atMs }) => Math.max(last, atMs), 0), more = Math.min(4, itemIds.length - LOOKED.things);
  const weeks = Math.max(1, LOOKED.weeks - Math.floor((nowMs - lastAtMs) / WEEK_MS));
  return {
    family, rule: 'intent/looking@1', weeks, strength: 0.35 + 0.07 * more, confidence: 0.5 + 0.04 * more, records: recent.length, lastAtMs, itemIds,
    because: t('{things, number} different things of this kind were looked for or put aside on {days, number} days, and nothing of it was bought since.', { things: itemIds.length, days }),
  };
}

function repeated(family: string, purchases: readonly Purchase[], nowMs: number): Intent | null {
  // Several on one day are one time.
  const days = [...new Set(purchases.map((purchase) => Math.floor(purchase.atMs / DAY_MS)))].sort((a, b) => a - b);
  if (days.length < MIN_REPEATS) return null;
  const distances = days.slice(1).map((day, i) => (day - (days[i] ?? day)) * DAY_MS);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  if (mean < MIN_DISTANCE_MS || mean > MAX_DISTANCE_MS) return null;
  const irregularity = Math.sqrt(distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / distances.length) / mean;
  if (irregularity > MAX_IRREGULARITY) return null;
  const lastAtMs = Math.max(...purchases.map((purchase) => purchase.atMs));
  const dueInMs = lastAtMs + mean - nowMs;
  if (dueInMs > AHEAD_MS || dueInMs < -mean / 2) return null;
  const weeks = Math.min(52, Math.max(1, Math.ceil(dueInMs / WEEK_MS)));
  const every = Math.round(mean / WEEK_MS);
  return {
    family, rule: 'intent/repeat@1', weeks, strength: 0.4 + 0.4 * (1 - irregularity), confidence: 0.75 * (1 - Math.exp(-days.length / 2.5)) * (1 - irregularity / 2),
    records: purchases.length, lastAtMs, itemIds: [...new Set(purchases.map((purchase) => purchase.itemId))],
    because: t('This was bought {times, number} times, about every {weeks, plural, one {week} other {# weeks}}, so the next time is near.', { times: days.length, weeks: Math.max(1, every) }),
  };
}
