/** From evidence to strength and confidence: pure, and never lower for more or newer evidence. */
import type { Act, ItemKind } from '../records/records.ts';

const DAY_MS = 86_400_000;

/** After this time a record counts half: what was bought stays true longer than what was played. */
export const HALF_LIVES_MS = { plays: 180 * DAY_MS, purchases: 365 * DAY_MS } as const;

/** What one record of a kind weighs, with a purchase as 1: a play costs nothing, a purchase does. */
const UNIT: Readonly<Record<ItemKind, number>> = { music: 0.06, podcast: 0.15, audiobook: 0.5, video: 0.35, product: 1, book: 0.8, app: 0.5, search: 0.15, site: 0.05, topic: 0.5, advertiser: 0.2 };

/** How much more or less an act says than simply using the thing. What a company thinks of a person is no evidence of anything about them, nor is a present for somebody else, or what was sent back. */
export const ACT_WEIGHTS: Readonly<Record<Act, number>> = { used: 1, liked: 2, disliked: -1, wanted: 0.6, saved: 0.8, followed: 1.5, given: 0, returned: 0, claimed: 0 };

/** Whether an act counts as evidence for what its thing is about. */
export const speaksFor = (act: Act): boolean => ACT_WEIGHTS[act] > 0;

/** Repeating the same thing counts less than doing different things. */
export const REPEAT_EXPONENT = 0.7;

/** What one item adds, from its decayed number of records. */
export const itemSupport = (kind: ItemKind, decayedRecords: number, matchWeight: number): number =>
  UNIT[kind] * matchWeight * Math.max(0, decayedRecords) ** REPEAT_EXPONENT;

/** Different things of one series, show or artist in a day that each say all they can. Of kinds that are not here, many at once are no binge. */
const THINGS_A_DAY: Readonly<Partial<Record<ItemKind, number>>> = { video: 2, podcast: 2, music: 4 };
export const CLOSE_TOGETHER_KINDS = Object.keys(THINGS_A_DAY) as readonly ItemKind[];

/**
 * The step close-together@1: what is left, 0..1, of the support of each thing of one series, show or artist: all of it for as many as fit into the days on which there was one for the first time, ever
 * less for those beyond, the strongest first. Twelve episodes in two days, or one album all night, say less than the same over months. One thing more,
 * or one day more, never makes the sum smaller; the order does not matter, for equal things share.
 */
export function closeTogetherShares(kind: ItemKind, supports: readonly number[], days: number): number[] {
  const fit = (THINGS_A_DAY[kind] ?? Number.POSITIVE_INFINITY) * days;
  const shares = supports.map(() => 1);
  if (supports.length <= fit) return shares;
  const order = supports.map((support, at) => ({ support, at })).sort((a, b) => b.support - a.support);
  for (let from = 0, to = 0; from < order.length; from = to) {
    let sum = 0;
    // The slope of the root of the number: the sum of equal things grows with it.
    for (; to < order.length && order[to]?.support === order[from]?.support; to++) sum += to < fit ? 1 : 0.5 * Math.sqrt(fit / (to + 1));
    for (const { at } of order.slice(from, to)) shares[at] = sum / (to - from);
  }
  return shares;
}

/** Support at which strength begins to be worth mentioning, and how slowly it goes towards 1. */
const HALFWAY = 1.5;
const SLOWNESS = 0.6;

/** 0..1 from the summed support of all items; grows fast at first, then ever more slowly. */
export const strengthOf = (support: number): number => clamp(1 - (1 + Math.max(0, support) / HALFWAY) ** -SLOWNESS);

/** The support that has just this strength: the way back of {@link strengthOf}. */
export const supportFor = (strength: number): number => HALFWAY * ((1 - strength) ** (-1 / SLOWNESS) - 1);

/** Below this a conclusion is not worth a line. */
export const FAINTEST = 0.02;
/** What one rule has to show for a conclusion. */
export interface RuleEvidence { readonly reliability: number; readonly items: number; readonly records: number }

/**
 * Of things that are what they seem to be, how many say something lasting about the person, while their own records are too few
 * to tell (`lasting.ts` counts it there). One half claims to know neither way.
 *
 * It is also as much as is ever reckoned with: what was seen once stays below one half, and is told to nobody.
 */
export const SHARE_THAT_TELLS = 0.5;
/** No rule about a person is ever certain. */
const MAX_CONFIDENCE = 0.98;
/** Doing the same again makes a present or a passing mood less likely, and is worth at most half of doing something else. */
const REPEATS_AT_MOST = 0.5;

/**
 * 0..1: how often at least this is right. Things one rule speaks for make it as sure as the rule is reliable, and never surer, for
 * a wrong word is wrong in each of them; rules that agree make it surer.
 *
 * One thing seen once stays below one half, whatever the rule. `tells`: the share that lasts, at most one half; 1 where only the rules are to be judged.
 */
export function confidenceOf(rules: readonly RuleEvidence[], tells: number = SHARE_THAT_TELLS): number {
  let doubt = 1;
  for (const { reliability, items, records } of rules) {
    const repeats = Math.min(REPEATS_AT_MOST, 0.15 * Math.log1p(Math.max(0, records - items)));
    doubt *= 1 - reliability * (1 - (1 - tells) ** (items + repeats));
  }
  return Math.min(MAX_CONFIDENCE, clamp(1 - doubt));
}

/** Purchases fade more slowly than plays and views. */
export const halfLifeOf = (kind: ItemKind): keyof typeof HALF_LIVES_MS => (kind === 'product' ? 'purchases' : 'plays');

/** Three decimals are all anyone can mean. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const clamp = (value: number): number => (value > 0 ? Math.min(1, value) : 0);
