/** Steps down each ladder, as pure functions of what the next finer step says: coarser can never say more. */
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import { continentOf, firstLevelOf } from '../platform/regions.ts';

/** What the taxonomy knows of a node; undefined for an id it does not have. */
export type TaxonomyLookup = (id: string) => { readonly label: string; readonly iab: string | null; readonly closed: boolean } | undefined;

export type NodeValue = NonNullable<AnswerValues['interest']>[number];
export type IntentValue = NonNullable<AnswerValues['intent']>[number];

/** "food.cooking.baking" at 2 is "food.cooking"; an id that is already coarser stays as it is. */
export const truncateNode = (id: string, levels: number): string => id.split('.').slice(0, levels).join('.');

/** The id itself and everything above it, finest first. */
export function ancestorsOf(id: string): string[] {
  const parts = id.split('.');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}

const byNode = (a: { readonly node: string }, b: { readonly node: string }): number => (a.node < b.node ? -1 : a.node > b.node ? 1 : 0);

/** Nodes at most `levels` deep: twins merged keeping the stronger, sorted by id so that order tells nothing. */
export function coarsenNodes(nodes: readonly NodeValue[], levels: number, lookup: TaxonomyLookup): NodeValue[] {
  const merged = new Map<string, NodeValue>();
  for (const value of nodes) {
    const node = truncateNode(value.node, levels);
    const known = lookup(node);
    if (!known) continue;
    const before = merged.get(node);
    merged.set(node, { node, label: known.label, iab: known.iab, strength: before?.strength === 'strong' ? 'strong' : value.strength });
  }
  return [...merged.values()].sort(byNode);
}

/** Same for intents: twins keep the nearer horizon. IAB ids of the lookup are kept. */
export function coarsenIntents(intents: readonly IntentValue[], levels: number, lookup: TaxonomyLookup): IntentValue[] {
  const merged = new Map<string, IntentValue>();
  for (const value of intents) {
    const node = truncateNode(value.node, levels);
    const known = lookup(node);
    if (!known) continue;
    const before = merged.get(node);
    merged.set(node, { node, label: known.label, iab: known.iab, horizon_weeks: before ? Math.min(before.horizon_weeks, value.horizon_weeks) : value.horizon_weeks });
  }
  return [...merged.values()].sort(byNode);
}

export const HORIZONS = [1, 2, 4, 8, 13, 26, 52] as const;

/** Whole weeks up to the next step of 1, 2, 4, 8, 13, 26, 52. */
export const roundHorizon = (weeks: number): number => HORIZONS.find((step) => weeks <= step) ?? 52;

/** First year of each band; the last is open. Every coarser list is part of the finer one, so bands nest. */
const AGE_STARTS = {
  5: [18, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80],
  10: [18, 30, 40, 50, 60, 70, 80],
  20: [18, 40, 60, 80],
} as const;

const bandFrom = (starts: readonly number[], at: number): string => {
  const next = starts[at + 1];
  return next === undefined ? `${starts[at] ?? 80}+` : `${starts[at] ?? 18}-${next - 1}`;
};
/** The finest bands, from the youngest. */
export const AGE_BANDS: readonly string[] = AGE_STARTS[5].map((_, at) => bandFrom(AGE_STARTS[5], at));

/**
 * Age band at a ladder step: 1 "adult", 2 twenty years, 3 ten years, 4 five years. The oldest band is open ("80+") because few people share it.
 *
 * @returns null below 18, and for text that is no band: nothing about minors ever leaves.
 */
export function coarsenAge(band: string, precision: number): string | null {
  const match = /^(\d{1,3})(?:-\d{1,3}|\+)?$/.exec(band);
  const from = match ? Number(match[1]) : NaN;
  if (!(from >= 18)) return null;
  if (precision <= 1) return 'adult';
  const starts: readonly number[] = AGE_STARTS[precision === 2 ? 20 : precision === 3 ? 10 : 5];
  return bandFrom(starts, starts.findLastIndex((start) => start <= from));
}

/** Region at a ladder step: 1 continent, 2 country, 3 first-level region. Null for what is no ISO 3166 code; the country for a part of it that ISO 3166-2 does not know. */
export function coarsenRegion(region: string, precision: number): string | null {
  const match = /^([A-Z]{2})(-[A-Z0-9]{1,3})?$/.exec(region);
  const country = match?.[1];
  const continent = country === undefined ? undefined : continentOf(country);
  if (country === undefined || continent === undefined) return null;
  if (precision <= 1) return continent;
  return precision === 2 ? country : firstLevelOf(region) ?? country;
}
