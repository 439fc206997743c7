/** Adds up what the items say into conclusions. Pure; the caller feeds it item by item so that it can pause in between. */
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { KeptEvidence } from '../records/forgotten.ts';
import type { Act, ItemKind } from '../records/records.ts';
import { addWeeks, noWeeks, packedOf, type Weeks } from '../records/weeks.ts';
import { BRAND_PREFIX, type Match } from './matcher.ts';
import { decideBand, type PriceTable } from './price-bands.ts';
import { decideIntents, type IntentRules, type Purchase } from './intents.ts';
import { createLastingCount, shareThatLasts, type Lasting } from './lasting.ts';
import { isRuleName, RULES, type RuleName } from './rules.ts';
import { ACT_WEIGHTS, confidenceOf, FAINTEST, HALF_LIVES_MS, halfLifeOf, itemSupport, REPEAT_EXPONENT, rounded, speaksFor, strengthOf } from './scoring.ts';
import { liftOf, seasonOf, type Resting, type Season } from './seasons.ts';
import type { Taxonomy } from './taxonomy.ts';

/** One item with records, and what the matcher said about it. */
export interface ItemEvidence {
  readonly itemId: number;
  readonly kind: ItemKind;
  readonly act: Act;
  readonly records: number;
  /** Records after decay, with the half-life of the item's kind. */
  readonly decayed: number;
  readonly lastAtMs: number;
  /** What {@link closeTogetherShares} leaves of it; 1 where left out. */
  readonly share?: number;
  /** Months in which there was something about it, each with its weeks; none where left out. */
  readonly weeks?: readonly number[];
  readonly matches: readonly Match[];
  /** Price of one piece in minor units; null where unknown. */
  readonly unitPriceMinor: number | null;
  readonly currency: string | null;
}

export interface Conclusion {
  readonly claim: Claim;
  readonly value: string;
  readonly strength: number;
  readonly confidence: number;
  readonly sensitive: boolean;
  /** Records behind it. */
  readonly evidence: number;
  readonly horizonWeeks: number | null;
  readonly lastSeenMs: number;
  /** The season it comes round with, or that something below it does; null for none. */
  readonly season: Resting | null;
}

export type Bought = Omit<Purchase, 'atMs'>;

/** Whether it was looked for or put aside, rather than bought. */
export const isLookedFor = ({ kind, act }: Pick<ItemEvidence, 'kind' | 'act'>): boolean => (kind === 'search' && act === 'used') || (kind === 'product' && (act === 'wanted' || act === 'saved'));

/** What the person ruled out: nothing at or below these is concluded, and what pointed there supports nothing above either. */
export interface RuledOut { readonly claim: Claim; readonly value: string }

export interface Tally {
  /** Once for each item that has records. */
  add(item: ItemEvidence): void;
  /** What is left of forgotten records. */
  addKept(kept: KeptEvidence): void;
  /** Families in which purchases happened, for which the single purchases are worth fetching. */
  purchasedItems(): readonly Bought[];
  /** How often what was new came back, once everything is added; nothing counted without the weeks in which there was anything. */
  lasting(): Lasting;
  /** `purchases`: the single purchases of those items, in any order. */
  conclude(purchases: readonly Purchase[]): Conclusion[];
}

type Fading = keyof typeof HALF_LIVES_MS | 'undated';
interface Sum {
  /** By how it fades; what has no date does not come round. */
  readonly support: Record<Fading, number>;
  readonly weeks: Record<keyof typeof HALF_LIVES_MS, Weeks> | null;
  records: number;
  lastAtMs: number;
  readonly rules: Map<RuleName, { items: number; records: number }>;
}

/** How a subject, or something below it, comes round, and how much more of it is left by that. */
interface Rests { readonly season: Season; readonly of: string; readonly lifted: number; readonly gain: number }
/** Below this share of a subject, what something below it does is not worth a word. */
const WORTH_SAYING = 0.2;
function restsIn({ season, of, lifted }: Rests, value: string, support: number): Resting | null {
  const part = of === value ? 1 : Math.min(1, lifted / support);
  return part < WORTH_SAYING ? null : { ...season, of, part };
}
const plainOf = ({ support: { plays, purchases, undated } }: Sum): number => plays + purchases + undated;

/** A name that occurs once may be a present for somebody else. */
const MIN_BRAND_RECORDS = 2;

export interface TallyInput {
  readonly taxonomy: Taxonomy;
  readonly prices: PriceTable;
  readonly intents: IntentRules;
  readonly ruledOut: readonly RuledOut[];
  readonly nowMs: number;
  /** In which weeks there was anything; without it nothing has a season. */
  readonly weeks?: Weeks;
  /** Instead of what these records say of how often something lasts, for judging the rules without it. */
  readonly tells?: number;
}

export function createTally(input: TallyInput): Tally {
  const { taxonomy, prices } = input;
  const sums = new Map<string, Sum>();
  const bands = new Map<string, { weights: readonly [number, number, number]; records: number; items: number; lastAtMs: number }>();
  const purchased: Bought[] = [];
  const isRuledOut = ruledOutBy(input.ruledOut, taxonomy);
  const chains = new Map<string, readonly string[]>();
  // Names of brands are too many and too seldom to tell what lasts.
  const lasts = createLastingCount((target) => (target.startsWith(BRAND_PREFIX) ? [] : taxonomy.get(target)?.closed === true ? null : keysFor(target, taxonomy, () => false)));
  const keptItems = new Map<string, number>();
  let counted: Lasting | null = null;
  const lasting = (): Lasting => (counted ??= lasts.count());

  /** The keys a match supports: itself and what lies above, but never from inside a closed part to outside it. */
  function keysOf(target: string): readonly string[] {
    const known = chains.get(target);
    if (known) return known;
    const keys = keysFor(target, taxonomy, isRuledOut);
    chains.set(target, keys);
    return keys;
  }

  /** `items`: how many things that said the same are meant; `support`: of all of them, with a match that weighs 1. */
  function count(matches: readonly Match[], of: { readonly act: Act; readonly items: number; readonly records: number; readonly support: number; readonly lastAtMs: number; readonly kind: ItemKind; readonly weeks?: readonly number[] }): void {
    const share = ACT_WEIGHTS[of.act];
    if (share === 0) return;
    // One thing speaks once for each conclusion: named after the rule that can be trusted most, as strongly as its
    // strongest match, so that what lies above is never weaker than what lies below it.
    const best = new Map<string, { match: Match; weight: number }>();
    for (const match of matches) {
      for (const key of keysOf(match.target)) {
        const known = best.get(key);
        best.set(key, {
          match: known && trust(known.match) >= trust(match) ? known.match : match,
          weight: Math.max(match.weight, known?.weight ?? 0),
        });
      }
    }
    const life = halfLifeOf(of.kind), weeks = of.weeks ?? [];
    if (input.weeks && speaksFor(of.act)) lasts.add(of.kind, matches, weeks);
    for (const [key, { weight, match: { rule } }] of best) {
      let sum = sums.get(key);
      if (!sum) sums.set(key, (sum = { support: { plays: 0, purchases: 0, undated: 0 }, weeks: key.startsWith('brand|') ? null : { plays: noWeeks(), purchases: noWeeks() }, records: 0, lastAtMs: 0, rules: new Map() }));
      sum.support[weeks.length > 0 ? life : 'undated'] += share * weight * of.support;
      // What speaks against something makes it weaker; it is no evidence for it.
      if (!speaksFor(of.act)) continue;
      if (sum.weeks) addWeeks(sum.weeks[life], weeks);
      sum.records += of.records;
      sum.lastAtMs = Math.max(sum.lastAtMs, of.lastAtMs);
      const known = sum.rules.get(rule);
      if (known) { known.items += of.items; known.records += of.records; } else sum.rules.set(rule, { items: of.items, records: of.records });
    }
  }

  function vote(family: string, weights: readonly [number, number, number], of: { readonly items: number; readonly records: number; readonly lastAtMs: number }): void {
    const department = family.split('.', 1)[0] ?? family;
    let votes = bands.get(department);
    if (!votes) bands.set(department, (votes = { weights: [0, 0, 0], records: 0, items: 0, lastAtMs: 0 }));
    votes.weights = [votes.weights[0] + weights[0], votes.weights[1] + weights[1], votes.weights[2] + weights[2]];
    votes.records += of.records;
    votes.items += of.items;
    votes.lastAtMs = Math.max(votes.lastAtMs, of.lastAtMs);
  }

  /** What does not fade below a subject does not fade in it either; of several such things the one that makes most of it. */
  function restingOf(): Map<string, Rests> {
    const found = new Map<string, Rests>();
    const { weeks: base, nowMs } = input;
    if (!base) return found;
    for (const [key, sum] of sums) {
      if (!sum.weeks) continue;
      const both = sum.weeks.plays.slice();
      addWeeks(both, packedOf(sum.weeks.purchases));
      const season = seasonOf(both, base);
      if (!season) continue;
      const lives = ['plays', 'purchases'] as const;
      const lifted = lives.reduce((total, life) => total + sum.support[life] * liftOf(season, sum.weeks?.[life] ?? both, HALF_LIVES_MS[life], nowMs) ** REPEAT_EXPONENT, sum.support.undated);
      const of = key.slice(key.indexOf('|') + 1), rests: Rests = { season, of, lifted, gain: Math.max(0, lifted - plainOf(sum)) };
      // Where something below has just as much in it, its own season is said.
      for (const other of keysOf(of)) {
        const known = found.get(other);
        if (sums.has(other) && (!known || rests.gain > known.gain || (other === key && rests.gain >= known.gain))) found.set(other, rests);
      }
    }
    return found;
  }

  return {
    add(item) {
      if (ACT_WEIGHTS[item.act] === 0) return;
      count(item.matches, { ...item, items: 1, support: (item.share ?? 1) * itemSupport(item.kind, item.decayed, 1) });
      const looked = isLookedFor(item);
      if (!looked && (item.kind !== 'product' || item.act !== 'used')) return;
      const family = familyOf(item.matches, taxonomy);
      if (family === undefined) return;
      purchased.push({ itemId: item.itemId, family, looked });
      if (looked) return;
      const band = item.unitPriceMinor === null || item.currency === null ? null : prices.bandOf(family, item.unitPriceMinor, item.currency);
      if (band === null) return;
      vote(family, [band === 0 ? item.decayed : 0, band === 1 ? item.decayed : 0, band === 2 ? item.decayed : 0], { items: 1, records: item.records, lastAtMs: item.lastAtMs });
    },

    addKept(kept) {
      const matches = kept.matches.flatMap(([target, rule, weight]): Match[] => (isRuleName(rule) && (target.startsWith(BRAND_PREFIX) || taxonomy.get(target)) ? [{ target, rule, weight }] : []));
      const left = leftOf(kept, input.nowMs);
      // The same thing may lie in what stayed of several imports, and no name tells: what looks the same counts as often as in the one that has most of it.
      const same = JSON.stringify([kept.kind, kept.act, kept.matches]), most = keptItems.get(same) ?? 0;
      keptItems.set(same, Math.max(most, kept.items));
      count(matches, { ...kept, items: Math.max(0, kept.items - most), support: keptSupport(kept, input.nowMs) });
      const family = kept.priced === 0 ? undefined : familyOf(matches, taxonomy);
      if (family !== undefined) vote(family, [kept.prices[0] * left, kept.prices[1] * left, kept.prices[2] * left], { items: kept.priced, records: kept.records, lastAtMs: kept.lastAtMs });
    },

    purchasedItems: () => purchased,
    lasting,

    conclude(purchases) {
      const out: Conclusion[] = [];
      const tells = input.tells ?? shareThatLasts(lasting());
      const resting = restingOf();
      for (const [key, sum] of sums) {
        const bar = key.indexOf('|');
        const claim = key.slice(0, bar) as 'interest' | 'genre' | 'brand';
        const value = key.slice(bar + 1);
        if (claim === 'brand' && sum.records < MIN_BRAND_RECORDS) continue;
        const rests = resting.get(key), support = plainOf(sum) + (rests?.gain ?? 0);
        const strength = rounded(strengthOf(support));
        if (strength < FAINTEST) continue;
        out.push({
          claim, value, strength, evidence: sum.records, horizonWeeks: null, lastSeenMs: sum.lastAtMs, sensitive: taxonomy.get(value)?.closed === true,
          season: rests ? restsIn(rests, value, support) : null,
          confidence: rounded(confidenceOf([...sum.rules].map(([rule, count]) => ({ reliability: RULES[rule].reliability, ...count })), tells)),
        });
      }
      for (const [department, votes] of bands) {
        const decided = decideBand(votes.weights, votes.items);
        if (!decided || isRuledOut('price_band', `${department}:${decided.band}`)) continue;
        out.push({ claim: 'price_band', value: `${department}:${decided.band}`, strength: rounded(decided.strength), confidence: rounded(decided.confidence), sensitive: false, evidence: votes.records, horizonWeeks: null, lastSeenMs: votes.lastAtMs, season: null });
      }
      for (const intent of decideIntents(purchases, input.intents, input.nowMs)) {
        if (isRuledOut('intent', intent.family)) continue;
        out.push({ claim: 'intent', value: intent.family, strength: rounded(intent.strength), confidence: rounded(intent.confidence), sensitive: false, evidence: intent.records, horizonWeeks: intent.weeks, lastSeenMs: intent.lastAtMs, season: null });
      }
      return out.sort((a, b) => (a.claim < b.claim ? -1 : a.claim > b.claim ? 1 : b.strength - a.strength || (a.value < b.value ? -1 : 1)));
    },
  };
}

/** A sum of decayed records fades as each of them does. */
const leftOf = ({ kind, asOfMs }: KeptEvidence, nowMs: number): number => 2 ** (-Math.max(0, nowMs - asOfMs) / HALF_LIVES_MS[halfLifeOf(kind)]);

/** What forgotten records support with a match that weighs 1, as if they were used. */
export const keptSupport = (kept: KeptEvidence, nowMs: number): number => itemSupport(kept.kind, 1, 1) * kept.support * leftOf(kept, nowMs) ** REPEAT_EXPONENT;

/** "claim|value" of everything a match speaks for. Departments speak for prices and intents only; the roots of genres say nothing. */
export function keysFor(target: string, taxonomy: Taxonomy, isRuledOut: (claim: Claim, value: string) => boolean): readonly string[] {
  if (target.startsWith(BRAND_PREFIX)) {
    const name = target.slice(BRAND_PREFIX.length);
    return isRuledOut('brand', name) ? [] : [`brand|${name}`];
  }
  const [node, ...above] = taxonomy.lineage(target);
  if (!node || node.kind === 'department') return [];
  const claim: Claim = node.kind;
  if (isRuledOut(claim, node.id)) return [];
  const reach = [node, ...above.filter((other) => other.closed === node.closed && (other.kind !== 'genre' || other.level > 1))];
  return reach.filter((other) => other.kind !== 'genre' || other.level > 1).map((other) => `${claim}|${other.id}`);
}

/** True for a value at or below something ruled out; a ruled-out price band rules out only itself. */
export function ruledOutBy(list: readonly RuledOut[], taxonomy: Taxonomy): (claim: Claim, value: string) => boolean {
  const byClaim = new Map<Claim, string[]>();
  for (const { claim, value } of list) byClaim.set(claim, [...(byClaim.get(claim) ?? []), value]);
  return (claim, value) => byClaim.get(claim)?.some((ruledOut) => (claim === 'brand' ? ruledOut.toLowerCase() === value.toLowerCase() : taxonomy.isWithin(value, ruledOut))) ?? false;
}

const trust = (match: Match): number => match.weight * RULES[match.rule].reliability;

/** Product family of an item; undefined when nothing says, or when it is closed. */
export function familyOf(matches: readonly Match[], taxonomy: Taxonomy): string | undefined {
  const best = matches.reduce<Match | undefined>((found, match) => {
    const node = taxonomy.get(match.target);
    if (node?.kind !== 'department' || node.closed) return found;
    return !found || match.weight > found.weight ? match : found;
  }, undefined);
  return best?.target;
}

/** Stored names are checked, so that a rule of an older program does no harm. */
export const knownRule = (name: string): RuleName | null => (isRuleName(name) ? name : null);
