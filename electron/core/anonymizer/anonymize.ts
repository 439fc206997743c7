/** Preferences and a granted scope in, the exact claims of an answer out. Pure: same input, same answer; dropping or coarsening never says more. */
import type { Preference } from '../../../shared/domain/preference.ts';
import type { AnswerValues, ScopedClaim } from '../../../shared/protocol/schemas.ts';
import { INFERRED_CLAIMS, ladderSteps, type Claim } from '../../../shared/protocol/vocabulary.ts';
import { ancestorsOf, coarsenAge, coarsenIntents, coarsenNodes, coarsenRegion, HORIZONS, roundHorizon, truncateNode, type NodeValue, type TaxonomyLookup } from './coarsen.ts';
import { movedOn, randomise, type Level } from './noise.ts';
import { stepsUnder } from './floor.ts';
import { wordsFor } from './words.ts';

export type WithheldReason = 'closed-category' | 'not-approved' | 'too-weak' | 'too-many' | 'nothing-known' | 'quiet-area' | 'too-few-alike' | 'budget-spent';

export interface AnsweredClaim<C extends Claim = Claim> {
  readonly claim: C;
  readonly precision: number;
  /** As it stands in the disclosure; null when nothing is said, and then the claim is absent from the answer. */
  readonly value: NonNullable<AnswerValues[C]> | null;
  readonly words: readonly string[];
  /** For the person only; never part of an answer. */
  readonly withheld: readonly { readonly reason: WithheldReason; readonly count: number }[];
  readonly assurance: 'self-asserted' | 'derived';
  /** What is said stands for these nodes, however coarsely it says so. For the vault only; never part of an answer. */
  readonly nodes: readonly string[];
  /** How it was made deniable, with the truth for the vault only; null for what is said as it is. */
  readonly noise: Noise | null;
}

/** `levels`: what is said of each area is drawn; `areas` are those spoken of now, without the quiet ones, of which nothing is said, made up or not. `number`: how soon each purchase is, as places on the ladder of horizons, is moved; beyond the budget it is not said, and nothing was drawn. */
export type Noise =
  | { readonly kind: 'levels'; readonly weight: number; readonly said: ReadonlyMap<string, Level>; readonly areas: readonly string[]; /** It was said in this epoch already. */ readonly isSaid: boolean }
  | { readonly kind: 'number'; readonly weight: number; readonly said: ReadonlyMap<string, number>; readonly isMoved: boolean };

/** Whether what is said is made deniable, and so marked. */
export const isDeniable = (noise: Noise | null): noise is Noise => noise !== null && (noise.kind === 'levels' || noise.isMoved);

export interface AnonymizeInput {
  readonly preferences: readonly Preference[];
  readonly scope: readonly ScopedClaim[];
  readonly lookup: TaxonomyLookup;
  /** Brand names the person approved one by one for this company. */
  readonly approvedBrands: readonly string[];
  /** Nodes that are not spoken of now, nor anything below them. */
  readonly hushed?: readonly string[];
  /** Those of them that are quiet whatever was answered before; all of them when left out. Others are silent because they were spoken of often enough today, which no deniable answer may tell. */
  readonly quiet?: readonly string[];
  /** Interests are said of these areas only, and each may be made up or left out. Nothing about the person may decide which areas these are. */
  readonly noise?: {
    readonly areas: readonly string[];
    readonly weight: number;
    readonly draw: (area: string, level: Level) => number;
    /** What was said of them in this epoch already, and so is said until it ends, whatever is true by then; null when nothing was. */
    readonly said: ReadonlyMap<string, Level> | null;
    /** Whether it stays within the budget, which nothing about the person may decide. */
    readonly affordable: boolean;
    /** How far a place on the ladder is moved, of a node that is at it. */
    readonly move: (node: string, place: number) => number;
    /** Places said of nodes in this epoch already: they and no others are said until it ends, for when a node comes or goes tells how soon it was. Null when nobody asked yet. */
    readonly placed: ReadonlyMap<string, number> | null;
    /** Whether the company was ever told that this may be bought, and, where weeks are given, that it is so soon. */
    readonly isTold: (node: string, weeks?: number) => boolean;
    readonly numbersAffordable: boolean;
  };
  /**
   * Whether enough people share such an answer, together with all its company knows already; must stay true as answers become coarser. Without it no crowd is asked for.
   * Of what is drawn and was not said yet it is shown the rarest that could be: how coarse the rest is must tell nothing of a draw that nobody accounts for.
   */
  readonly crowd?: (answer: readonly AnsweredClaim[]) => boolean;
}

/** Most entries of one claim: beyond it the list itself starts to single a person out. */
export const MAX_ENTRIES = 10;
/** Below this a leaning is noise; from the second on it is called strong. */
const SOME_STRENGTH = 0.2;
const STRONG_STRENGTH = 0.6;
const MIN_CONFIDENCE = 0.5;

/** One claim for each entry of `scope`, in that order. */
export function anonymize(input: AnonymizeInput): AnsweredClaim[] {
  const chosen = input.scope.map(({ claim, precision }) =>
    choose(claim, claim === 'interest' && input.noise !== undefined ? 1 : Math.min(precision, ladderSteps(claim)), input.preferences.filter((preference) => preference.claim === claim), input));
  // Of each of the best how finely it is said, then of each whether its degree is: how strongly, how soon.
  const details = chosen.flatMap(({ claim, precision, best, noise }) => (noise?.kind === 'levels' ? [] : [
    ...best.map(({ strength }) => ({ steps: precision, worth: WORTH[claim] * strength })),
    // Whether something drawn has one is part of the draw.
    ...best.map((preference) => ({ steps: noise !== null || hasDegree(claim, preference) ? 1 : 0, worth: (DEGREE_WORTH[claim] ?? 0) * preference.strength })),
  ]));
  const { crowd } = input;
  return say(chosen, crowd === undefined ? details.map(({ steps }) => steps) : stepsUnder(details, (steps) => crowd(say(chosen.map(rarest), steps))), input.lookup);
}

type Tally = ReadonlyMap<WithheldReason, number>;
/** What could be said for one claim: `value` says it with each of `best` at its own step of the ladder, 0 for left out. */
interface Chosen { readonly claim: Claim; readonly precision: number; readonly best: readonly Preference[]; readonly tally: Tally; readonly noise: AnsweredClaim['noise']; /** As it would be at the rarest that could be drawn. */ readonly rarest?: Pick<Chosen, 'value' | 'noise'>; readonly value: (steps: readonly number[], degrees: readonly number[]) => AnsweredClaim['value'] }

const rarest = (chosen: Chosen): Chosen => (chosen.rarest === undefined ? chosen : { ...chosen, ...chosen.rarest });

/** What a detail of a claim is worth, against an interest; and how strongly an interest is, how soon a purchase. Judgements, not measurements. */
const WORTH: Readonly<Record<Claim, number>> = {
  interest: 1, intent: 1, size: 1, genre: 0.9, avoid: 0.9, accessibility: 0.9, language: 0.8, price_band: 0.7, brand: 0.7, units: 0.5, channel: 0.5, style: 0.4, colour: 0.3, region: 0.3, age: 0.2,
};
const DEGREE_WORTH: Partial<Readonly<Record<Claim, number>>> = { interest: 0.1, genre: 0.1, intent: 0.4 };
const hasDegree = (claim: Claim, preference: Preference): boolean =>
  (claim === 'interest' || claim === 'genre' ? strengthOf(preference) === 'strong' : claim === 'intent' && horizonOf(preference) < LONGEST_HORIZON);
const strengthOf = ({ strength }: Preference): NodeValue['strength'] => (strength >= STRONG_STRENGTH ? 'strong' : 'some');
const LONGEST_HORIZON = 52;
const horizonOf = ({ horizonWeeks }: Preference): number => roundHorizon(horizonWeeks ?? LONGEST_HORIZON);

/** `steps`: one for each of the best, then one for the degree of each, claim after claim. */
function say(chosen: readonly Chosen[], steps: readonly number[], lookup?: TaxonomyLookup): AnsweredClaim[] {
  let from = 0;
  return chosen.map(({ claim, precision, best, tally, noise, value: valueAt }) => {
    // What is deniable is never blurred by what it says: that would say something after all.
    const drawn = noise?.kind === 'levels', own = drawn ? best.map(() => 1) : steps.slice(from, from += best.length), degrees = drawn ? own : steps.slice(from, from += best.length);
    const value = drawn ? valueAt(own, degrees) ?? [] : best.length === 0 ? null : valueAt(own, degrees), spoken = value === null ? [] : best.filter((_, at) => own[at] !== 0);
    const blurred = best.filter((preference, at) => (own[at] ?? 0) < precision || (hasDegree(claim, preference) && degrees[at] === 0)).length;
    const withheld = new Map(tally);
    if (blurred > 0) withheld.set('too-few-alike', blurred);
    if (value === null && withheld.size === 0) withheld.set('nothing-known', 1);
    return {
      claim, precision: value === null || drawn ? precision : Math.max(...own), value, words: value === null || lookup === undefined ? [] : wordsFor(claim, value, lookup),
      withheld: [...withheld].map(([reason, count]) => ({ reason, count })), assurance: spoken.some((preference) => preference.origin === 'inferred') ? 'derived' : 'self-asserted', nodes: spoken.flatMap((preference) => nodeOf(claim, preference.value) ?? []), noise,
    };
  });
}

type Hold = (reason: WithheldReason, count?: number) => void;

/** Selection always happens at the finest step; the asked step, and what the crowd demands, only blur what was selected. */
function choose(claim: Claim, precision: number, preferences: readonly Preference[], input: AnonymizeInput): Chosen {
  const tally = new Map<WithheldReason, number>();
  const hold: Hold = (reason, count = 1) => { if (count > 0) tally.set(reason, (tally.get(reason) ?? 0) + count); };
  return { claim, precision, tally, noise: null, ...pick(claim, precision, preferences, input, hold) };
}

function pick(claim: Claim, precision: number, preferences: readonly Preference[], input: AnonymizeInput, hold: Hold): Pick<Chosen, 'best' | 'value'> & Partial<Pick<Chosen, 'noise' | 'rarest'>> {
  const { lookup } = input, quiet = input.quiet ?? input.hushed ?? [];
  const open = preferences.filter((preference) => {
    if (isClosed(claim, preference, lookup)) { hold('closed-category'); return false; }
    // What is drawn of an area goes by what is true of it, also while it is quiet: it is not spoken of then, and the same afterwards.
    const isDrawn = (claim === 'interest' || claim === 'intent') && input.noise !== undefined;
    if (isHushed(claim, preference, isDrawn && claim === 'interest' ? quiet : input.hushed ?? [])) { hold('quiet-area'); return isDrawn; }
    return true;
  });
  const solid = open.filter((preference) => {
    if (isSayable(claim, preference)) return true;
    hold('too-weak');
    return false;
  });
  const nodeAt = (preference: Preference, step: number): string => truncateNode(preference.value, levelsOf(claim, step));
  const finest = ladderSteps(claim);
  /** Those not left out, each with its node; what was made coarser than asked and lies around another that says as much is not said twice. */
  const nodesAt = <D>(best: readonly Preference[], steps: readonly number[], degreeOf: (preference: Preference, at: number) => D, saysAsMuch: (other: D, own: D) => boolean): { readonly label: string; readonly iab: string | null; readonly node: string; readonly degree: D }[] => {
    const said = best.flatMap((preference, at) => (steps[at] === 0 ? [] : [{ label: preference.label, iab: preference.iab, node: nodeAt(preference, steps[at] ?? 0), degree: degreeOf(preference, at), coarser: (steps[at] ?? 0) < precision }]));
    return said.filter(({ node, degree, coarser }) => !coarser || !said.some((other) => other.node.startsWith(`${node}.`) && saysAsMuch(other.degree, degree)));
  };

  const intentsOf = (best: readonly Preference[], horizon: (preference: Preference) => number): Chosen['value'] => (steps, degrees) => {
    const said = nodesAt(best, steps, (p, at) => (degrees[at] === 0 ? LONGEST_HORIZON : horizon(p)), (other, own) => other <= own);
    return orNull(coarsenIntents(said.map(({ degree, ...node }) => ({ ...node, horizon_weeks: degree })), levelsOf(claim, precision), lookup));
  };

  switch (claim) {
    case 'interest': case 'genre': case 'avoid': {
      const noise = claim === 'interest' ? input.noise : undefined;
      if (noise !== undefined) {
        const nothing = { best: [], value: () => null };
        if (noise.areas.length === 0) { hold('too-few-alike'); return nothing; }
        if (!noise.affordable) { hold('budget-spent'); return nothing; }
      }
      const said = noise === undefined ? null : noise.said ?? randomise(truthOf(solid, noise.areas), noise.areas, noise.weight, noise.draw);
      // An area with something quiet in it is left out whole: of a part of it nothing can be said by itself.
      const areas = said === null ? [] : [...said.keys()].filter((area) => !liesHushed(area, quiet) && !quiet.some((node) => node.startsWith(`${area}.`)));
      const known = said === null ? solid : madeUp(said).filter(({ value }) => areas.includes(value));
      const best = strongest(known.filter((p) => lookup(nodeAt(p, finest)) !== undefined), (p) => nodeAt(p, finest), hold);
      // Levels of areas are compared as levels, not as entries: the rarest is a matter of what is known of them, for whoever reckons.
      const drawn = noise === undefined || said === null ? null : { kind: 'levels' as const, weight: noise.weight, said, areas, isSaid: noise.said !== null };
      return { best, noise: drawn, value: (steps, degrees) => {
        const entries = nodesAt(best, steps, (p, at): NodeValue['strength'] => (claim === 'avoid' || degrees[at] === 0 ? 'some' : strengthOf(p)), (other, own) => other === 'strong' || own === 'some');
        const blurred = coarsenNodes(entries.map(({ degree, ...node }) => ({ ...node, strength: degree })), levelsOf(claim, precision), lookup);
        return orNull(claim === 'avoid' ? blurred.map(({ node, label, iab }) => ({ node, label, iab })) : blurred);
      } };
    }
    case 'intent': {
      const { noise } = input, sayable = solid.filter((p) => lookup(nodeAt(p, finest)) !== undefined);
      if (noise === undefined) {
        const best = strongest(sayable, (p) => nodeAt(p, finest), hold);
        return { best, value: intentsOf(best, horizonOf) };
      }
      const last = HORIZONS.length - 1, isStill = new Set(sayable.map((p) => nodeAt(p, finest)));
      if (!noise.numbersAffordable) hold('budget-spent', noise.placed?.size ?? isStill.size);
      /** Said before in this epoch, or moved now; beyond the budget how soon is not said at all: within a year. */
      const places: ReadonlyMap<string, number> = noise.placed ?? new Map(strongest(sayable, (p) => nodeAt(p, finest), hold).map((p) => {
        const node = nodeAt(p, finest), place = HORIZONS.findIndex((weeks) => weeks === horizonOf(p));
        return [node, noise.numbersAffordable ? movedOn(place, noise.move(node, place), HORIZONS.length) : last] as const;
      }));
      // What is not so any more goes on being said as finely as it was. What never left goes at once: that tells nothing.
      const best = [...places].sort(([one], [other]) => byText(one, other)).flatMap(([node, place]) => {
        const value = isStill.has(node) ? node : ancestorsOf(node).find((one) => noise.isTold(one));
        const said = value === undefined || lookup(value) === undefined ? null : asPlaced(value, HORIZONS[place] ?? LONGEST_HORIZON);
        return said === null || isClosed(claim, said, lookup) || isHushed(claim, said, input.hushed ?? []) ? [] : [said];
      });
      const drawn = { kind: 'number' as const, weight: noise.weight, said: places, isMoved: noise.numbersAffordable };
      // The rarest until it was said, or what others leave room for would tell how soon it is.
      return { best, noise: drawn, value: intentsOf(best, horizonOf), rarest: { noise: drawn, value: intentsOf(best, (p) => (drawn.isMoved && !noise.isTold(p.value, horizonOf(p)) ? HORIZONS[0] : horizonOf(p))) } };
    }
    case 'brand': {
      const approved = new Set(input.approvedBrands.map(foldName));
      const named = solid.filter((p) => approved.has(foldName(p.value)));
      hold('not-approved', solid.length - named.length);
      return listed(strongest(named, (p) => foldName(p.value), hold), (kept) => kept.map((p) => p.value).sort(byText));
    }
    case 'price_band':
      return listed(strongest(solid.filter((p) => departmentOf(p.value, lookup) !== undefined && /:(low|middle|high)$/.test(p.value)), (p) => departmentOf(p.value, lookup) ?? '', hold),
        (kept) => kept.map((p) => ({ department: departmentOf(p.value, lookup) ?? '', band: bandOf(p.value) })).sort(byDepartment));
    case 'size':
      return listed(strongest(solid.filter((p) => departmentOf(p.value, lookup) !== undefined), (p) => departmentOf(p.value, lookup) ?? '', hold),
        (kept) => kept.map((p) => ({ department: departmentOf(p.value, lookup) ?? '', size: p.value.slice(p.value.indexOf(':') + 1).slice(0, 40) })).sort(byDepartment));
    case 'age': {
      const newest = latest(solid);
      if (newest && coarsenAge(newest.value, precision) === null) hold('closed-category');
      return sole(newest, (value, step) => coarsenAge(value, step));
    }
    case 'region': return sole(latest(solid), (value, step) => coarsenRegion(value, step));
    case 'units': return sole(latest(solid), (value) => value);
    case 'style': case 'colour': case 'language': case 'accessibility': case 'channel':
      return listed(strongest(solid, (p) => p.value, hold), (kept) => kept.map((p) => p.value).sort(byText));
  }
}

/** The level of each area: of the strongest thing in it. */
function truthOf(preferences: readonly Preference[], areas: readonly string[]): Map<string, Level> {
  const levels = new Map<string, Level>(areas.map((area) => [area, 'none']));
  for (const preference of preferences) {
    const area = truncateNode(preference.value, 1);
    if (levels.has(area) && levels.get(area) !== 'strong') levels.set(area, strengthOf(preference));
  }
  return levels;
}
/** What is said to be bought, with nothing of what is true of it but its name. */
const asPlaced = (value: string, horizonWeeks: number): Preference =>
  ({ id: '', claim: 'intent', value, label: '', path: [], iab: null, strength: 1, confidence: 1, origin: 'inferred', manner: null, sensitive: false, evidence: 0, horizonWeeks, lastSeenMs: 0 });
/** Preferences as they would be if what is said were true: nothing of the real ones is left in them, their order included. */
const madeUp = (said: ReadonlyMap<string, Level>): Preference[] => [...said].flatMap(([value, level]): Preference[] => (level === 'none' ? [] : [{
  id: value, claim: 'interest', value, label: value, path: [], iab: null, strength: level === 'strong' ? 1 : SOME_STRENGTH, confidence: 1, origin: 'inferred', manner: null, sensitive: false, evidence: 0, horizonWeeks: null, lastSeenMs: 0,
}]));

/** Entries that are said or not, without any ladder. */
const listed = <T>(best: readonly Preference[], value: (kept: readonly Preference[]) => T[]): { best: readonly Preference[]; value: (steps: readonly number[]) => T[] | null } =>
  ({ best, value: (steps) => orNull(value(best.filter((_, at) => steps[at] !== 0))) });
const sole = <T>(newest: Preference | undefined, value: (value: string, step: number) => T | null): { best: readonly Preference[]; value: (steps: readonly number[]) => T | null } =>
  ({ best: newest === undefined ? [] : [newest], value: ([step = 0]) => (newest === undefined || step === 0 ? null : value(newest.value, step)) });

/** Closed itself, marked sensitive, or anywhere below a closed node: also when the asked step would only show the part above. */
function isClosed(claim: Claim, preference: Preference, lookup: TaxonomyLookup): boolean {
  if (preference.sensitive) return true;
  const id = nodeOf(claim, preference.value);
  return id !== null && ancestorsOf(id).some((node) => lookup(node)?.closed === true);
}

const isHushed = (claim: Claim, { value }: Preference, hushed: readonly string[]): boolean => {
  const id = hushed.length === 0 ? null : nodeOf(claim, value);
  return id !== null && liesHushed(id, hushed);
};
const liesHushed = (id: string, hushed: readonly string[]): boolean => ancestorsOf(id).some((node) => hushed.includes(node));

/** The node a value is about; null where it is about none. */
const nodeOf = (claim: Claim, value: string): string | null => (NODE_CLAIMS.has(claim) ? value : DEPARTMENT_CLAIMS.has(claim) ? value.split(':', 1)[0] ?? '' : null);

const NODE_CLAIMS: ReadonlySet<Claim> = new Set(['interest', 'avoid', 'genre', 'intent']);
const DEPARTMENT_CLAIMS: ReadonlySet<Claim> = new Set(['price_band', 'size']);
const INFERABLE: ReadonlySet<Claim> = new Set(INFERRED_CLAIMS);

/** Depth in the taxonomy of a ladder step. A genre's top node is its medium ("film"), so its coarsest step, the family, is one deeper. */
const levelsOf = (claim: Claim, precision: number): number => (claim === 'genre' ? precision + 1 : precision);

/** The person's own word always counts; a rule's only where rules may conclude at all, and when sure enough. */
function isSayable(claim: Claim, preference: Preference): boolean {
  if (preference.origin !== 'inferred') return preference.strength > 0;
  return INFERABLE.has(claim) && preference.strength >= SOME_STRENGTH && preference.confidence >= MIN_CONFIDENCE;
}

/** One for each key, the strongest; at most {@link MAX_ENTRIES} of them. Ties go by value, so that the choice does not depend on storage order. */
function strongest(preferences: readonly Preference[], keyOf: (preference: Preference) => string, hold: Hold): Preference[] {
  const best = new Map<string, Preference>();
  for (const preference of preferences) {
    const key = keyOf(preference);
    const before = best.get(key);
    if (!before || rank(preference, before) < 0) best.set(key, preference);
  }
  const ranked = [...best.values()].sort(rank);
  hold('too-many', ranked.length - MAX_ENTRIES);
  return ranked.slice(0, MAX_ENTRIES);
}

const rank = (a: Preference, b: Preference): number => b.strength - a.strength || b.confidence - a.confidence || byText(a.value, b.value) || byText(a.id, b.id);
const latest = (preferences: readonly Preference[]): Preference | undefined => preferences.toSorted((a, b) => b.lastSeenMs - a.lastSeenMs || rank(a, b))[0];

/** Top-level department of "<department>:<rest>"; undefined when the taxonomy does not have it. */
function departmentOf(value: string, lookup: TaxonomyLookup): string | undefined {
  const colon = value.indexOf(':');
  if (colon <= 0) return undefined;
  const department = truncateNode(value.slice(0, colon), 1);
  return lookup(department) ? department : undefined;
}

const bandOf = (value: string): 'low' | 'middle' | 'high' => (value.endsWith(':low') ? 'low' : value.endsWith(':high') ? 'high' : 'middle');
const foldName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byDepartment = (a: { readonly department: string }, b: { readonly department: string }): number => byText(a.department, b.department);
const orNull = <T>(list: T[]): T[] | null => (list.length > 0 ? list : null);
