/** What the person may choose in answer to a request, and what is still missing. Pure. */
import type { Output } from '../../../../shared/api/contract.ts';
import type { Claim } from '../../../../shared/protocol/vocabulary.ts';

type Request = Output<'requests.get'>;
export type Cadence = Request['cadence'];

export interface Choices {
  /** Chosen precision by claim; absent means not given. */
  readonly claims: Partial<Readonly<Record<Claim, number>>>;
  /** IRIs ticked. A single purpose needs no tick: there is nothing to choose. */
  readonly purposes: readonly string[];
  readonly durationDays: number;
  readonly cadence: Cadence;
  readonly brands: readonly string[];
  /** Smallest crowd for this company; null leaves it as it is. */
  readonly floor: number | null;
  /** After every so many answers it says a step less; null: never. */
  readonly fadeEvery: number | null;
  /** Weight of the truth where interests are deniable; null: said as they are. */
  readonly noise: 18 | 6 | null;
}

/** Nothing is ticked; time and pace as asked, for shortening. */
export const noChoices = (request: Request): Choices => ({ claims: {}, purposes: [], durationDays: request.durationDays, cadence: request.cadence, brands: [], floor: null, fadeEvery: null, noise: null });

/** Claims chosen, in the order asked. */
export const chosenClaims = (request: Request, choices: Choices): { claim: Claim; precision: number }[] =>
  request.asks.flatMap(({ claim }) => {
    const precision = choices.claims[claim];
    return precision === undefined ? [] : [{ claim, precision }];
  });

export const chosenPurposes = (request: Request, choices: Choices): readonly string[] => (request.purposes.length === 1 ? request.purposes.map((purpose) => purpose.iri) : choices.purposes);

export type Missing = { readonly kind: 'required'; readonly claims: readonly Claim[] } | { readonly kind: 'nothing' } | { readonly kind: 'purpose' };

/** What keeps "Allow this" from meaning anything; null when it may be pressed. */
export function missingIn(request: Request, choices: Choices): Missing | null {
  const required = request.asks.filter((ask) => ask.required && choices.claims[ask.claim] === undefined).map((ask) => ask.claim);
  if (required.length > 0) return { kind: 'required', claims: required };
  if (chosenClaims(request, choices).length === 0) return { kind: 'nothing' };
  if (chosenPurposes(request, choices).length === 0) return { kind: 'purpose' };
  return null;
}

/** Choices as a template says them, never more than was asked; brands are ticked one by one, so none are. */
export function choicesFrom(request: Request, template: { readonly claims: readonly { readonly claim: Claim; readonly precision: number }[]; readonly durationDays: number | null; readonly cadence: Cadence | null }, before: Choices): Choices {
  const steps = new Map(template.claims.map(({ claim, precision }) => [claim, precision]));
  const { cadence } = template;
  return {
    // What it does not speak of stays as it was chosen: a template never loosens anything behind the person's back.
    ...before, brands: [], durationDays: Math.min(request.durationDays, template.durationDays ?? before.durationDays), cadence: cadence === null ? before.cadence : isSlower(cadence, request.cadence) ? cadence : request.cadence,
    claims: Object.fromEntries(request.asks.flatMap(({ claim, precision }) => { const step = steps.get(claim); return step === undefined ? [] : [[claim, Math.min(step, precision)]]; })),
  };
}
/** In the same period fewer times, or no oftener in a longer one. */
const isSlower = (cadence: Cadence, asked: Cadence): boolean => cadence.max <= asked.max && PERIODS.indexOf(cadence.per) >= PERIODS.indexOf(asked.per);
const PERIODS: readonly Cadence['per'][] = ['day', 'week', 'month'];

const SHORTER_DAYS = [1, 7, 14, 30, 60, 90];
/** Durations on offer: what was asked and everything usual below it, and what is chosen, longest first. */
export const durationsUpTo = (askedDays: number, chosen = askedDays): readonly number[] => [...new Set([askedDays, ...SHORTER_DAYS.filter((days) => days < askedDays), chosen])].sort((a, b) => b - a);

const FEWER = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500];
/** Paces on offer: as asked, fewer in the same period, once in a longer one, and what is chosen. */
export function cadencesUpTo(asked: Cadence, chosen = asked): readonly Cadence[] {
  const longer: readonly Cadence['per'][] = asked.per === 'day' ? ['week', 'month'] : asked.per === 'week' ? ['month'] : [];
  const usual: readonly Cadence[] = [asked, ...FEWER.filter((max) => max < asked.max).reverse().map((max) => ({ max, per: asked.per })), ...longer.map((per) => ({ max: 1, per }))];
  return usual.some((one) => sameCadence(one, chosen)) ? usual : [...usual, chosen];
}

export const sameCadence = (a: Cadence, b: Cadence): boolean => a.max === b.max && a.per === b.per;
