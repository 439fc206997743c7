/**
 * What an answer is worth to whoever personalises with it, by a trial: a catalogue is ranked by what the answer says, and the ranking is judged
 * by what the whole profile would have said (nDCG, Järvelin and Kekäläinen 2002, at {@link TOP}). Pure; docs/balance.md.
 */
import type { Preference } from '../../../shared/domain/preference.ts';
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AnsweredClaim } from './anonymize.ts';
import { ancestorsOf, truncateNode } from './coarsen.ts';

type Kind = 'interest' | 'genre' | 'department';
export interface CatalogueNode { readonly id: string; readonly kind: Kind; readonly closed: boolean }
export interface CatalogueItem { readonly kind: Kind; readonly node: string; readonly band: 'low' | 'middle' | 'high' | null; readonly size: string | null }

/** What decides how high an item stands, whether a whole profile says it or an answer. Strengths 0..1. */
interface Known {
  readonly likes: ReadonlyMap<string, number>;
  readonly avoids: ReadonlySet<string>;
  readonly wants: ReadonlyMap<string, number>;
  readonly bands: ReadonlyMap<string, string>;
  readonly sizes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Places that count: what fits on a page. */
const TOP = 20;
/** Of a liking for something, what is left for each level below it. */
const INHERITED = 0.6;
/** A department somebody is known to buy in without looking for anything now. */
const BOUGHT_BEFORE = 0.15;
const STRENGTHS = { strong: 0.8, some: 0.4 } as const;
const WANTED = 0.7;
const BANDS = ['low', 'middle', 'high'] as const;
const SIZES: Readonly<Record<string, readonly string[]>> = { clothing: ['XS', 'S', 'M', 'L', 'XL'], shoes: ['37', '38', '39', '40', '41', '42', '43', '44', '45'] };

/** Which part of the catalogue a claim is about; claims about none change no place in it. */
const KIND_OF: Partial<Readonly<Record<Claim, Kind>>> = { interest: 'interest', avoid: 'interest', genre: 'genre', intent: 'department', price_band: 'department', size: 'department' };

/** One item for each open node with nothing below it; products in three price bands, clothes and shoes in sizes too. */
export function buildCatalogue(nodes: readonly CatalogueNode[]): CatalogueItem[] {
  const open = nodes.filter(({ closed }) => !closed), parents = new Set(open.map(({ id }) => ancestorsOf(id)[1]));
  return open.filter(({ id }) => !parents.has(id)).flatMap(({ id: node, kind }): CatalogueItem[] => {
    if (kind !== 'department') return [{ kind, node, band: null, size: null }];
    const sizes = SIZES[truncateNode(node, 1)] ?? [null];
    return BANDS.flatMap((band) => sizes.map((size) => ({ kind, node, band, size })));
  });
}

/** All that could be said, at its finest and however much it is. */
function knownOf(preferences: readonly Preference[]): Known {
  const of = (claim: Claim): readonly Preference[] => preferences.filter((preference) => preference.claim === claim && !preference.sensitive).toSorted((a, b) => a.strength - b.strength);
  const strengths = (...claims: readonly Claim[]) => new Map(claims.flatMap((claim) => of(claim).map(({ value, strength }) => [value, strength] as const)));
  const pair = (value: string): readonly [string, string] => [truncateNode(value.split(':', 1)[0] ?? '', 1), value.slice(value.indexOf(':') + 1)];
  return {
    likes: strengths('interest', 'genre'), avoids: new Set(of('avoid').map(({ value }) => value)), wants: strengths('intent'), bands: new Map(of('price_band').map(({ value }) => pair(value))),
    sizes: grouped(of('size').map(({ value }) => pair(value))),
  };
}

function knownFrom(answer: readonly Pick<AnsweredClaim, 'claim' | 'value'>[]): Known {
  const value = <C extends Claim>(claim: C): AnswerValues[C] => (answer.find((one) => one.claim === claim)?.value ?? undefined) as AnswerValues[C];
  return {
    likes: new Map([...(value('interest') ?? []), ...(value('genre') ?? [])].map(({ node, strength }) => [node, STRENGTHS[strength]])), avoids: new Set((value('avoid') ?? []).map(({ node }) => node)),
    wants: new Map((value('intent') ?? []).map(({ node }) => [node, WANTED])), bands: new Map((value('price_band') ?? []).map(({ department, band }) => [department, band])),
    sizes: grouped((value('size') ?? []).map(({ department, size }) => [department, size])),
  };
}

/** How high an item stands by what is known; 0 where nothing speaks for it. */
function scoreOf({ kind, node, band, size }: CatalogueItem, known: Known): number {
  const inherited = (from: ReadonlyMap<string, number>): number => ancestorsOf(node).reduce((best, id, up) => Math.max(best, (from.get(id) ?? 0) * INHERITED ** up), 0);
  if (kind !== 'department') return ancestorsOf(node).some((id) => known.avoids.has(id)) ? 0 : inherited(known.likes);
  const department = truncateNode(node, 1), usual = known.bands.get(department), fits = known.sizes.get(department);
  const wanted = Math.max(inherited(known.wants), usual !== undefined || fits !== undefined ? BOUGHT_BEFORE : 0);
  return wanted * (usual === undefined ? 0.6 : usual === band ? 1 : 0.4) * (size === null ? 1 : fits === undefined ? 0.4 : fits.has(size) ? 1 : 0.1);
}

/** Discounted gain of a ranking; of items that stand equal any order is as likely. 0..1 of the best there is; null when nothing is worth showing. */
function ndcg(scores: readonly number[], gains: readonly number[]): number | null {
  const discount = (place: number): number => (place < TOP ? 1 / Math.log2(place + 2) : 0);
  const ideal = gains.toSorted((a, b) => b - a).reduce((sum, gain, place) => sum + gain * discount(place), 0);
  if (ideal === 0) return null;
  const order = scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let total = 0;
  for (let from = 0; from < order.length && from < TOP;) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to += 1;
    const group = order.slice(from, to), mean = group.reduce((sum, at) => sum + (gains[at] ?? 0), 0) / group.length;
    for (let place = from; place < Math.min(to, TOP); place++) total += mean * discount(place);
    from = to;
  }
  return total / ideal;
}

export interface Trial {
  /** 0: no better than chance; 1: as good as with all that could be said. Null where the claims are about nothing in the catalogue, or nothing is known about it. */
  usefulness(answer: readonly Pick<AnsweredClaim, 'claim' | 'value'>[]): number | null;
}

/** `claims`: those that were asked for; only their part of the catalogue is looked at. */
export function createTrial(catalogue: readonly CatalogueItem[], preferences: readonly Preference[], claims: readonly Claim[]): Trial {
  const whole = knownOf(preferences);
  const kinds = new Set(claims.flatMap((claim) => KIND_OF[claim] ?? []));
  const parts = [...kinds].flatMap((kind) => {
    const items = catalogue.filter((item) => item.kind === kind), gains = items.map((item) => scoreOf(item, whole));
    const chance = ndcg(items.map(() => 0), gains);
    return chance === null || chance >= 1 ? [] : [{ items, gains, chance }];
  });
  return {
    usefulness(answer) {
      if (parts.length === 0) return null;
      const known = knownFrom(answer);
      const each = parts.map(({ items, gains, chance }) => Math.max(0, ((ndcg(items.map((item) => scoreOf(item, known)), gains) ?? 0) - chance) / (1 - chance)));
      return each.reduce((sum, one) => sum + one, 0) / each.length;
    },
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [key, value] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(value));
  return groups;
}
