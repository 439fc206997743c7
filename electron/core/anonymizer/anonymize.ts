/** Preferences and a granted scope in, the exact claims of an answer out. Pure: same input, same answer; dropping or coarsening never says more. */
import type { Preference } from '../../../shared/domain/preference.ts';
import type { AnswerValues, ScopedClaim } from '../../../shared/protocol/schemas.ts';
import { INFERRED_CLAIMS, ladderSteps, type Claim } from '../../../shared/protocol/vocabulary.ts';
import { ancestorsOf, coarsenAge, coarsenIntents, coarsenNodes, coarsenRegion, roundHorizon, truncateNode, type IntentValue, type NodeValue, type TaxonomyLookup } from './coarsen.ts';
import { wordsFor } from './words.ts';

export type WithheldReason = 'closed-category' | 'not-approved' | 'too-weak' | 'too-many' | 'nothing-known' | 'quiet-area';

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
}

export interface AnonymizeInput {
  readonly preferences: readonly Preference[];
  readonly scope: readonly ScopedClaim[];
  readonly lookup: TaxonomyLookup;
  /** Brand names the person approved one by one for this company. */
  readonly approvedBrands: readonly string[];
  /** Nodes that are not spoken of now, nor anything below them. */
  readonly hushed?: readonly string[];
}

/** Most entries of one claim: beyond it the list itself starts to single a person out. */
export const MAX_ENTRIES = 10;
/** Below this a leaning is noise; from the second on it is called strong. */
const SOME_STRENGTH = 0.2;
const STRONG_STRENGTH = 0.6;
const MIN_CONFIDENCE = 0.5;

/** One claim for each entry of `scope`, in that order. */
export function anonymize(input: AnonymizeInput): AnsweredClaim[] {
  return input.scope.map(({ claim, precision }) =>
    answerClaim(claim, Math.min(precision, ladderSteps(claim)), input.preferences.filter((preference) => preference.claim === claim), input));
}

function answerClaim(claim: Claim, precision: number, preferences: readonly Preference[], input: AnonymizeInput): AnsweredClaim {
  const tally = new Map<WithheldReason, number>();
  const hold = (reason: WithheldReason, count = 1): void => { if (count > 0) tally.set(reason, (tally.get(reason) ?? 0) + count); };
  const { usable, value } = pick(claim, precision, preferences, input, hold);
  if (value === null && tally.size === 0) hold('nothing-known');
  return {
    claim, precision, value, words: value === null ? [] : wordsFor(claim, value, input.lookup), withheld: [...tally].map(([reason, count]) => ({ reason, count })),
    assurance: usable.some((preference) => preference.origin === 'inferred') ? 'derived' : 'self-asserted', nodes: value === null ? [] : usable.flatMap((preference) => nodeOf(claim, preference.value) ?? []),
  };
}

type Hold = (reason: WithheldReason, count?: number) => void;

/** Selection always happens at the finest step; the asked step only blurs what was selected. */
function pick(claim: Claim, precision: number, preferences: readonly Preference[], input: AnonymizeInput, hold: Hold): { readonly usable: readonly Preference[]; readonly value: AnsweredClaim['value'] } {
  const { lookup } = input;
  const open = preferences.filter((preference) => {
    if (isClosed(claim, preference, lookup)) { hold('closed-category'); return false; }
    if (isHushed(claim, preference, input.hushed ?? [])) { hold('quiet-area'); return false; }
    return true;
  });
  const solid = open.filter((preference) => {
    if (isSayable(claim, preference)) return true;
    hold('too-weak');
    return false;
  });

  switch (claim) {
    case 'interest': case 'genre': case 'avoid': {
      const finest = levelsOf(claim, ladderSteps(claim));
      const best = strongest(solid.filter((p) => lookup(truncateNode(p.value, finest)) !== undefined), (p) => truncateNode(p.value, finest), hold);
      const nodes: NodeValue[] = best.map((p) => ({ node: truncateNode(p.value, finest), label: p.label, iab: p.iab, strength: p.strength >= STRONG_STRENGTH ? 'strong' : 'some' }));
      const blurred = coarsenNodes(nodes, levelsOf(claim, precision), lookup);
      return { usable: best, value: orNull(claim === 'avoid' ? blurred.map(({ node, label, iab }) => ({ node, label, iab })) : blurred) };
    }
    case 'intent': {
      const finest = levelsOf(claim, ladderSteps(claim));
      const best = strongest(solid.filter((p) => lookup(truncateNode(p.value, finest)) !== undefined), (p) => truncateNode(p.value, finest), hold);
      const intents: IntentValue[] = best.map((p) => ({ node: truncateNode(p.value, finest), label: p.label, iab: p.iab, horizon_weeks: roundHorizon(p.horizonWeeks ?? 52) }));
      return { usable: best, value: orNull(coarsenIntents(intents, levelsOf(claim, precision), lookup)) };
    }
    case 'brand': {
      const approved = new Set(input.approvedBrands.map(foldName));
      const named = solid.filter((p) => approved.has(foldName(p.value)));
      hold('not-approved', solid.length - named.length);
      const best = strongest(named, (p) => foldName(p.value), hold);
      return { usable: best, value: orNull(best.map((p) => p.value).sort(byText)) };
    }
    case 'price_band': {
      const best = strongest(solid.filter((p) => departmentOf(p.value, lookup) !== undefined && /:(low|middle|high)$/.test(p.value)), (p) => departmentOf(p.value, lookup) ?? '', hold);
      return { usable: best, value: orNull(best.map((p) => ({ department: departmentOf(p.value, lookup) ?? '', band: bandOf(p.value) })).sort(byDepartment)) };
    }
    case 'size': {
      const best = strongest(solid.filter((p) => departmentOf(p.value, lookup) !== undefined), (p) => departmentOf(p.value, lookup) ?? '', hold);
      return { usable: best, value: orNull(best.map((p) => ({ department: departmentOf(p.value, lookup) ?? '', size: p.value.slice(p.value.indexOf(':') + 1).slice(0, 40) })).sort(byDepartment)) };
    }
    case 'age': {
      const newest = latest(solid);
      const band = newest ? coarsenAge(newest.value, precision) : null;
      if (newest && band === null) hold('closed-category');
      return { usable: newest ? [newest] : [], value: band };
    }
    case 'region': {
      const newest = latest(solid);
      const region = newest ? coarsenRegion(newest.value, precision) : null;
      return { usable: newest ? [newest] : [], value: region };
    }
    case 'units': {
      const newest = latest(solid);
      return { usable: newest ? [newest] : [], value: newest?.value ?? null };
    }
    case 'style': case 'colour': case 'language': case 'accessibility': case 'channel': {
      const best = strongest(solid, (p) => p.value, hold);
      return { usable: best, value: orNull(best.map((p) => p.value).sort(byText)) };
    }
  }
}

/** Closed itself, marked sensitive, or anywhere below a closed node: also when the asked step would only show the part above. */
function isClosed(claim: Claim, preference: Preference, lookup: TaxonomyLookup): boolean {
  if (preference.sensitive) return true;
  const id = nodeOf(claim, preference.value);
  return id !== null && ancestorsOf(id).some((node) => lookup(node)?.closed === true);
}

const isHushed = (claim: Claim, { value }: Preference, hushed: readonly string[]): boolean => {
  const id = hushed.length === 0 ? null : nodeOf(claim, value);
  return id !== null && ancestorsOf(id).some((node) => hushed.includes(node));
};

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
