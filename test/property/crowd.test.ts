/** The crowd never grows with what is known, and the floor under it holds for every answer that can be reached. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anonymize, type AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import type { TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { factsOf, isImplied, madeUpFact, type Fact } from '../../electron/core/anonymizer/crowd.ts';
import { LEVELS, NOISE_WEIGHTS } from '../../electron/core/anonymizer/noise.ts';
import { stepsUnder, type Detail } from '../../electron/core/anonymizer/floor.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { arbitraryPreferences, arbitraryScope } from '../support/arbitrary.ts';
import { RESOURCES } from '../support/enrichment.ts';

const reckoner = loadCrowdReckoner(RESOURCES);
const lookup: TaxonomyLookup = (id) => (/^[a-z]+(\.[a-z]+){0,2}$/.test(id) ? { label: id, iab: null, closed: false } : undefined);

// Listed, unlisted and unheard of, at every depth.
const nodeId = fc.tuple(fc.constantFrom('food', 'garden', 'zzz'), fc.constantFrom('', '.cooking', '.flowers', '.yyy'), fc.constantFrom('', '.baking', '.xxx')).map(([top, middle, leaf]) => (middle === '' ? top : top + middle + leaf));
const region = fc.constantFrom('DE', 'DE-BY', 'DE-BE', 'FR', 'FR-75', 'US', 'LI', 'BR-SP');
const home = fc.option(fc.constantFrom('DE', 'FR', 'LI', 'IS'), { nil: null });
const preferences = arbitraryPreferences({ nodes: nodeId, regions: region, most: 40 });
const scope = arbitraryScope;
const brands = ['one', 'two', 'three'];
const factsIn = (answer: readonly AnsweredClaim[]): Fact[] => answer.flatMap(({ claim, value }) => (value === null ? [] : factsOf(claim, value)));
/** Facts as answers make them, some of them deniable. */
const facts = fc.tuple(preferences, scope, fc.array(fc.record({ area: fc.constantFrom('food', 'garden', 'zzz'), level: fc.constantFrom(...LEVELS), weight: fc.constantFrom(...NOISE_WEIGHTS), epoch: fc.nat(2) }), { maxLength: 3 }))
  .map(([known, asked, made]) => [...factsIn(anonymize({ preferences: known, scope: asked, lookup, approvedBrands: brands })), ...made.map(({ area, level, weight, epoch }) => madeUpFact(area, level, weight, epoch))]);
const floor = fc.constantFrom(0, 1, 50, 1_000, 100_000, 1e9);

const fewest = (known: Iterable<Fact>, at: string | null): number => reckoner.crowd(known, at).fewest;

test('knowing more never makes the crowd larger, and neither order nor being told twice changes it', () => {
  fc.assert(fc.property(facts, facts, home, (some, more, at) => {
    const both = fewest([...some, ...more], at);
    expect(both).toBeLessThanOrEqual(Math.min(fewest(some, at), fewest(more, at)) * (1 + 1e-12));
    expect(fewest([...more, ...some, ...more].reverse(), at)).toBe(both);
    expect(fewest([], at)).toBeGreaterThan(0);
  }), { numRuns: 500 });
});

test('whatever stands behind a coarser answer is in the finer one: being told it as well changes nothing', () => {
  fc.assert(fc.property(preferences, scope, home, (known, finer, at) => {
    const fine = factsIn(anonymize({ preferences: known, scope: finer, lookup, approvedBrands: brands }));
    const coarse = factsIn(anonymize({ preferences: known, scope: finer.map(({ claim }) => ({ claim, precision: 1 })), lookup, approvedBrands: brands }));
    expect(fewest([...fine, ...coarse], at)).toBe(fewest(fine, at));
  }), { numRuns: 300 });
});

interface Company { readonly answer: (asked: readonly { readonly claim: Claim; readonly precision: number }[], known: readonly Preference[]) => AnsweredClaim[]; readonly told: () => readonly Fact[] }
/** As the vault keeps it: everything ever told is known, and who knows too much is told again what it knows. */
function company(floorOf: number, at: string | null, before: readonly Fact[] = []): Company {
  const told = [...before];
  return {
    told: () => told,
    answer(asked, known) {
      const before = [...told], below = fewest(before, at) < floorOf;
      const answer = anonymize({
        preferences: known, scope: asked, lookup, approvedBrands: brands,
        crowd: (candidate) => floorOf === 0 || (below ? factsIn(candidate).every((fact) => isImplied(fact, before)) : fewest([...before, ...factsIn(candidate)], at) >= floorOf),
      });
      told.push(...factsIn(answer));
      return answer;
    },
  };
}

test('the floor holds for every answer that can be reached, over many permissions and changing profiles', () => {
  fc.assert(fc.property(fc.array(fc.tuple(preferences, scope), { minLength: 1, maxLength: 5 }), floor, home, (acts, least, at) => {
    const one = company(least, at);
    for (const [known, asked] of acts) {
      one.answer(asked, known);
      expect(fewest(one.told(), at)).toBeGreaterThanOrEqual(Math.min(least, fewest([], at)));
    }
  }), { numRuns: 300 });
});

test('what is implied by what is known never changes the crowd, wherever the person is', () => {
  fc.assert(fc.property(facts, facts, home, (known, more, at) => {
    for (const fact of more) if (isImplied(fact, known)) expect(fewest([...known, fact], at)).toBe(fewest(known, at));
    for (const fact of known) expect(isImplied(fact, known)).toBe(true);
  }), { numRuns: 500 });
});

test('where a company knows more than the floor allows, nothing makes it worse', () => {
  fc.assert(fc.property(facts, preferences, scope, home, (before, known, asked, at) => {
    const one = company(1e9, at, before);
    one.answer(asked, known);
    expect(fewest(one.told(), at)).toBe(fewest(before, at));
  }), { numRuns: 300 });
});

test('the floor only blurs, and asking again teaches nothing', () => {
  fc.assert(fc.property(preferences, scope, floor, home, (known, asked, least, at) => {
    const whole = anonymize({ preferences: known, scope: asked, lookup, approvedBrands: brands });
    const one = company(least, at);
    const first = one.answer(asked, known);
    expect(fewest([...factsIn(whole), ...factsIn(first)], at)).toBe(fewest(factsIn(whole), at));
    expect(one.answer(asked, known)).toEqual(first);
    for (const [i, claim] of first.entries()) {
      expect(claim.precision).toBeLessThanOrEqual(whole[i]?.precision ?? 0);
      if (whole[i]?.value === null) expect(claim.value).toBeNull();
    }
    if (least === 0) expect(first).toEqual(whole);
  }), { numRuns: 300 });
});

test('no more is given up than the floor asks for: one step finer would fall below it', () => {
  const detail: fc.Arbitrary<Detail> = fc.record({ steps: fc.integer({ min: 0, max: 4 }), worth: fc.double({ min: 0, max: 1, noNaN: true }) });
  fc.assert(fc.property(fc.array(detail, { maxLength: 30 }), fc.nat(120), (details, most) => {
    const total = (steps: readonly number[]): number => steps.reduce((sum, step) => sum + step, 0);
    const steps = stepsUnder(details, (candidate) => total(candidate) <= most);
    expect(total(steps)).toBe(Math.min(most, total(details.map((one) => one.steps))));
    // Whatever was blurred is worth no more than what was kept as it is; at most one detail is in between.
    expect(steps.filter((step, at) => step > 0 && step < (details[at]?.steps ?? 0)).length).toBeLessThanOrEqual(1);
  }), { numRuns: 300 });
  fc.assert(fc.property(preferences, scope, floor, home, (known, asked, least, at) => {
    // Whatever an answer left out, it left out because with it fewer would share it.
    const said = anonymize({ preferences: known, scope: asked, lookup, approvedBrands: brands, crowd: (answer) => fewest(factsIn(answer), at) >= least });
    const whole = anonymize({ preferences: known, scope: asked, lookup, approvedBrands: brands });
    for (const [i, { value }] of said.entries()) if (value === null && whole[i]?.value != null) expect(fewest([...factsIn(said), ...factsOf(whole[i].claim, whole[i].value)], at)).toBeLessThan(least);
  }), { numRuns: 200 });
});

test('what is worth least goes first, among equals what comes last', () => {
  const given = (allowed: number): number[] => stepsUnder([{ steps: 3, worth: 0.9 }, { steps: 3, worth: 0.3 }, { steps: 4, worth: 0.2 }, { steps: 1, worth: 0.2 }], (steps) => steps.reduce((sum, step) => sum + step, 0) <= allowed);
  expect(given(11)).toEqual([3, 3, 4, 1]);
  expect(given(10)).toEqual([3, 3, 4, 0]);
  expect(given(8)).toEqual([3, 3, 2, 0]);
  expect(given(4)).toEqual([3, 1, 0, 0]);
  expect(given(2)).toEqual([2, 0, 0, 0]);
  expect(given(-1)).toEqual([0, 0, 0, 0]);
});

test('how strongly goes before an age, an age before an interest, the weakest interest before the strongest', () => {
  const like = (value: string, strength: number): Preference => ({ id: value, claim: 'interest', value, label: value, path: [], iab: null, strength, confidence: 1, origin: 'declared', manner: null, sensitive: false, evidence: 0, horizonWeeks: null, lastSeenMs: 0 });
  const known = [like('food.cooking', 0.9), like('garden.flowers', 0.4), { ...like('30-34', 1), claim: 'age' as const }];
  const said = (least: number): string => anonymize({ preferences: known, scope: [{ claim: 'interest', precision: 2 }, { claim: 'age', precision: 4 }], lookup, approvedBrands: [], crowd: (answer) => fewest(factsIn(answer), 'DE') >= least })
    .flatMap(({ value }) => (value === null ? [] : Array.isArray(value) ? value.map((node) => `${(node as { node: string }).node} ${(node as { strength: string }).strength}`) : [JSON.stringify(value)])).join(', ');
  expect(said(0)).toBe('food.cooking strong, garden.flowers some, "30-34"');
  expect(said(5_000)).toBe('food.cooking some, garden.flowers some, "30-34"');
  expect(said(20_000)).toBe('food.cooking some, garden.flowers some, "18-39"');
  expect(said(100_000)).toBe('food.cooking some, garden.flowers some, "adult"');
  expect(said(200_000)).toBe('food.cooking some, garden some, "adult"');
  expect(said(1_000_000)).toBe('food.cooking some, "adult"');
  expect(said(1_500_000)).toBe('food some, "adult"');
  expect(said(1e9)).toBe('');
});
