/** Deniable answers: the bound on likelihood ratios exactly, the draws against theory, the budget, the estimator. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anonymize } from '../../electron/core/anonymizer/anonymize.ts';
import type { TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { HORIZONS } from '../../electron/core/anonymizer/coarsen.ts';
import { createDraw, discreteLaplace, epsilonOf, LEVELS, movedOn, NOISE_WEIGHTS, randomise, type Level } from '../../electron/core/anonymizer/noise.ts';
import { affords, BUDGET, NUMBER_WEIGHT, spentOf } from '../../electron/core/exposure/noise-budget.ts';
import { estimateHorizon, estimateInterest } from '../../sdk/src/index.ts';
import type { Preference } from '../../shared/domain/preference.ts';

const lookup: TaxonomyLookup = (id) => ({ label: id, iab: null, closed: false });
const like = (value: string, strength: number): Preference => ({ id: value, claim: 'interest', value, label: value, path: [], iab: null, strength, confidence: 1, origin: 'declared', manner: null, sensitive: false, evidence: 0, horizonWeeks: null, lastSeenMs: 0 });
const AREAS = ['food', 'garden'];

/** Every answer a profile can get, with the exact number of draws that lead to it, of (weight + 2)² in all. */
function outcomes(profile: readonly Preference[], weight: number): Map<string, number> {
  const count = new Map<string, number>();
  for (let first = 0; first < weight + 2; first++) for (let second = 0; second < weight + 2; second++) {
    const [said] = anonymize({ preferences: profile, scope: [{ claim: 'interest', precision: 3 }], lookup, approvedBrands: [], noise: { areas: AREAS, weight, said: null, affordable: true, move: () => 0, placed: null, isTold: () => true, numbersAffordable: true, draw: (area) => (area === 'food' ? first : second) } });
    const answer = JSON.stringify([said?.value, said?.precision, said?.assurance]);
    count.set(answer, (count.get(answer) ?? 0) + 1);
  }
  return count;
}
const profileAt = (food: number, garden: number): Preference[] => [...(food > 0 ? [like('food.cooking.baking', food)] : []), ...(garden > 0 ? [like('garden', garden)] : []), like('travel', 0.9)];

describe.each(NOISE_WEIGHTS)('of weight %i', (weight) => {
  test('no answer is more than e^ε times as likely for one profile as for its neighbour, counted exactly', () => {
    const strengths = [0, 0.3, 0.9];
    for (const food of strengths) for (const other of strengths) for (const garden of strengths) {
      const one = outcomes(profileAt(food, garden), weight), next = outcomes(profileAt(other, garden), weight);
      expect([...one.keys()].sort()).toEqual([...next.keys()].sort());
      // Whole numbers on both sides: no rounding anywhere.
      for (const [answer, count] of one) expect(count).toBeLessThanOrEqual((next.get(answer) ?? 0) * weight);
      if (food !== other) expect([...one].some(([answer, count]) => count === (next.get(answer) ?? 0) * weight)).toBe(true);
    }
    expect(epsilonOf(weight)).toBe(Math.log(weight));
  });
  test('every answer is possible for everybody, and says nothing beyond what was drawn', () => {
    expect(outcomes([], weight).size).toBe(LEVELS.length ** AREAS.length);
    // Which thing in an area, how many, how sure and whether it was said or concluded change nothing.
    const much = [like('food.coffee', 0.95), like('food.cooking', 0.2), { ...like('food.tea', 0.7), origin: 'inferred' as const }, like('garden', 0.3)];
    expect(outcomes(much, weight)).toEqual(outcomes([like('food', 1), like('garden.flowers', 0.5)], weight));
  });
  test('the draws are as often each level as theory says (χ², 99.9 %)', () => {
    const draw = createDraw(Buffer.alloc(32, 7)), areas = Array.from({ length: 30_000 }, (_, i) => `area${i}`);
    for (const truth of LEVELS) {
      const said = [...randomise(new Map(areas.map((area) => [area, truth])), areas, weight, (area, level) => draw(`${area}|${level}`, weight + 2)).values()];
      const chi = LEVELS.reduce((sum, level) => {
        const expected = (areas.length * (level === truth ? weight : 1)) / (weight + 2), seen = said.filter((one) => one === level).length;
        return sum + (seen - expected) ** 2 / expected;
      }, 0);
      expect(chi).toBeLessThan(13.82);
    }
  });
});

describe('numbers', () => {
  /** Every run of the sampler over fair coins, up to so many flips: what it gives with which probability, in 2^-flips. */
  function runs(most: number): Map<number, bigint> {
    const given = new Map<number, bigint>();
    const follow = (coins: readonly boolean[]): void => {
      let at = 0;
      try {
        const value = discreteLaplace(() => {
          const coin = coins[at++];
          if (coin === undefined) throw new RangeError('more coins');
          return coin;
        });
        given.set(value, (given.get(value) ?? 0n) + 2n ** BigInt(most - coins.length));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        if (coins.length < most) { follow([...coins, false]); follow([...coins, true]); }
      }
    };
    follow([]);
    return given;
  }
  test('the sampler gives each number with its exact probability, but for the runs that are longer than sixteen flips', () => {
    const most = 16, given = runs(most), all = 2n ** BigInt(most), rest = all - [...given.values()].reduce((sum, count) => sum + count, 0n);
    // What is left over are the long runs.
    expect(Number(rest) / Number(all)).toBeLessThan(0.001);
    for (let x = -6; x <= 6; x++) {
      const exact = 3n * (given.get(x) ?? 0n) * 2n ** BigInt(Math.abs(x));
      expect(exact <= all).toBe(true);
      expect(exact + 3n * rest * 2n ** BigInt(Math.abs(x)) >= all).toBe(true);
    }
  });
  test('on the ladder no answer is more than 2 times as likely for each step between two truths, exactly', () => {
    const places = HORIZONS.length;
    /** 3·2^k times the probability of each answer, k large enough for whole numbers; the ends take what lies beyond them. */
    const answers = (truth: number): bigint[] => Array.from({ length: places }, (_, said) => {
      const unit = 2n ** 20n, at = unit / 2n ** BigInt(Math.abs(said - truth));
      return said === 0 || said === places - 1 ? at * 2n : at;
    });
    for (let one = 0; one < places; one++) for (let other = 0; other < places; other++) for (let said = 0; said < places; said++) {
      expect((answers(one)[said] ?? 0n) <= (answers(other)[said] ?? 0n) * 2n ** BigInt(Math.abs(one - other))).toBe(true);
    }
    // An inner place is truth itself or off by chance; an end holds the tail: 2^-d / 3 summed from d on is twice its first.
    expect(answers(3).reduce((sum, count) => sum + count, 0n)).toBe(3n * 2n ** 20n);
    expect([movedOn(0, -3, places), movedOn(6, 2, places), movedOn(2, 3, places)]).toEqual([0, 6, 5]);
    expect(epsilonOf(NUMBER_WEIGHT)).toBeCloseTo((places - 1) * Math.log(2), 12);
  });
  test('only how soon is moved, and whatever is said after that goes by what was moved', () => {
    const buy = (weeks: number): Preference => ({ ...like('shoes.boots', 0.9), claim: 'intent', horizonWeeks: weeks });
    const said = (weeks: number, by: number, numbersAffordable = true, placed: ReadonlyMap<string, number> | null = null) => anonymize({ preferences: [buy(weeks)], scope: [{ claim: 'intent', precision: 2 }], lookup, approvedBrands: [], noise: { areas: AREAS, weight: 6, said: null, affordable: true, draw: () => 0, move: () => by, placed, isTold: () => true, numbersAffordable } })[0];
    expect(said(4, 1)).toMatchObject({ value: [{ node: 'shoes.boots', horizon_weeks: 8 }], noise: { kind: 'number' } });
    expect(said(4, -9)).toMatchObject({ value: [{ horizon_weeks: 1 }] });
    expect(said(4, 2)).toEqual(said(13, 0));
    // What was said before in the epoch is said again, whatever is true by now.
    expect(said(4, 3, true, new Map([['shoes.boots', 0]]))).toEqual(said(52, 1, true, new Map([['shoes.boots', 0]])));
    // Also what has become of it: a thing no longer wanted stays until the epoch ends, one that is new waits for the next.
    const frozen = (preferences: readonly Preference[], placed: ReadonlyMap<string, number>) => anonymize({ preferences, scope: [{ claim: 'intent', precision: 2 }], lookup, approvedBrands: [], noise: { areas: AREAS, weight: 6, said: null, affordable: true, draw: () => 0, move: () => 0, placed, isTold: () => true, numbersAffordable: true } })[0]?.value;
    expect(frozen([], new Map([['shoes.boots', 2]]))).toMatchObject([{ node: 'shoes.boots', horizon_weeks: 4 }]);
    expect(frozen([buy(4)], new Map())).toBeNull();
    // What was fixed and never left goes with the profile; what was told more coarsely goes on being said as coarsely.
    const struckOut = (isTold: (node: string) => boolean) => anonymize({ preferences: [], scope: [{ claim: 'intent', precision: 2 }], lookup, approvedBrands: [], noise: { areas: AREAS, weight: 6, said: null, affordable: true, draw: () => 0, move: () => 0, placed: new Map([['shoes.boots', 2]]), isTold, numbersAffordable: true } })[0]?.value;
    expect(struckOut(() => false)).toBeNull();
    expect(struckOut((node) => node === 'shoes')).toMatchObject([{ node: 'shoes', horizon_weeks: 4 }]);
    // Beyond the budget how soon is not said, and the things are fixed all the same.
    expect(said(4, 0, false)).toMatchObject({ value: [{ horizon_weeks: 52 }], noise: { isMoved: false, said: new Map([['shoes.boots', 6]]) }, withheld: [{ reason: 'budget-spent', count: 1 }] });
  });
});

describe('the draws', () => {
  test('are the same for the same words under the same key, and others under another key or of other words', () => {
    const one = createDraw(Buffer.alloc(32, 1)), same = createDraw(Buffer.alloc(32, 1)), other = createDraw(Buffer.alloc(32, 2));
    const of = (draw: typeof one, what: string): number[] => Array.from({ length: 50 }, (_, i) => draw(`${what}|${i}`, 1_000_000));
    expect(of(one, 'a')).toEqual(of(same, 'a'));
    for (const [draw, what] of [[one, 'b'], [other, 'a']] as const) expect(of(draw, what).filter((value, at) => value === of(one, 'a')[at]).length).toBeLessThan(3);
  });
  test('keep below any bound and are even up to it (χ², 99.9 %)', () => {
    const draw = createDraw(createHash('sha256').update('even').digest());
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.string(), (bound, context) => { const value = draw(context, bound); return Number.isInteger(value) && value >= 0 && value < bound; }));
    const seen = Array.from({ length: 20 }, () => 0);
    for (let i = 0; i < 40_000; i++) { const at = draw(`x${i}`, 20); seen[at] = (seen[at] ?? 0) + 1; }
    expect(seen.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0)).toBeLessThan(43.8);
  });
});

test('what was said of the areas is said again, whatever is true by then', () => {
  const frozen = new Map<string, Level>([['food', 'none'], ['garden', 'strong']]);
  const said = (profile: readonly Preference[]) => anonymize({ preferences: profile, scope: [{ claim: 'interest', precision: 1 }], lookup, approvedBrands: [], noise: { areas: AREAS, weight: 6, said: frozen, affordable: true, draw: () => 0, move: () => 0, placed: null, isTold: () => true, numbersAffordable: true } });
  expect(said(profileAt(0.9, 0))).toEqual(said(profileAt(0, 0.3)));
  expect(said([])[0]?.value).toMatchObject([{ node: 'garden', strength: 'strong' }]);
});

describe('the budget', () => {
  const row = (company: string, epoch: number, area: string, weight: number) => ({ company_id: company, epoch, area, weight, said: 'none' });
  test('adds up epoch by epoch, of each the area that cost most', () => {
    expect(spentOf([row('a', 1, 'food', 18), row('a', 1, 'garden', 18), row('a', 1, 'food', 6), row('a', 2, 'food', 6)])).toBeCloseTo(Math.log(18) + 2 * Math.log(6), 12);
    expect(spentOf([])).toBe(0);
  });
  test('refuses what would go beyond that of one company or of all, and by nothing else than what was told', () => {
    const of = (company: string, many: number) => Array.from({ length: many }, (_, epoch) => row(company, epoch, 'food', 18));
    const most = Math.floor(BUDGET.company / Math.log(18));
    expect([affords(of('a', most - 1), 'a', most, 18), affords(of('a', most), 'a', most, 18)]).toEqual([true, false]);
    // Told in this epoch already: that costs nothing again, however little is left.
    expect([affords(of('a', most), 'a', most - 1, 18), affords(of('a', most), 'a', most - 1, 6)]).toEqual([true, false]);
    const others = Array.from({ length: Math.floor(BUDGET.total / (most * Math.log(18))) }, (_, i) => of(`c${i}`, most)).flat();
    expect(affords(others, 'new', 0, 18)).toBe((others.length + 1) * Math.log(18) <= BUDGET.total);
    expect(affords([...others, ...of('d', most)], 'new', 0, 18)).toBe(false);
  });
});

test('the estimator is unbiased: its mean over every draw is the truth, exactly', () => {
  fc.assert(fc.property(fc.constantFrom(...NOISE_WEIGHTS), fc.array(fc.constantFrom(...LEVELS), { minLength: 1, maxLength: 3 }), (weight, people) => {
    const total = { none: 0, some: 0, strong: 0 };
    const draws = (weight + 2) ** people.length;
    for (let all = 0; all < draws; all++) {
      let rest = all;
      const answers = people.map((truth) => {
        const drawn = rest % (weight + 2);
        rest = Math.floor(rest / (weight + 2));
        const level = randomise(new Map([['food', truth]]), ['food'], weight, () => drawn).get('food') ?? 'none';
        return { claims: { interest: level === 'none' ? [] : [{ node: 'food', label: 'Food', iab: null, strength: level }] }, noise: { interest: { areas: ['food'], levels: 3, truth: weight } } };
      });
      const estimate = estimateInterest(answers, 'food');
      for (const level of LEVELS) total[level] += estimate?.[level].count ?? Number.NaN;
    }
    for (const level of LEVELS) expect(total[level] / draws).toBeCloseTo(people.filter((truth) => truth === level).length, 8);
  }), { numRuns: 12 });
});

test('the estimator of horizons is unbiased: its mean over all that can be said is the truth', () => {
  const ladder = [...HORIZONS], places = ladder.length;
  /** As the vault says it, in 3·2^k parts: exact, and independent of the estimator's own sums. */
  const parts = (truth: number): bigint[] => ladder.map((_, said) => {
    const at = 2n ** 20n / 2n ** BigInt(Math.abs(said - truth));
    return said === 0 || said === places - 1 ? at * 2n : at;
  });
  const answer = (at: number) => ({ claims: { intent: [{ node: 'shoes', label: 'Shoes', iab: null, horizon_weeks: ladder[at] ?? 52 }] }, noise: { intent: { ladder, ratio: 2 } } });
  for (const people of [[3], [0, 6], [2, 2], [5, 1]]) {
    const mean = ladder.map(() => 0);
    const visit = (at: number, said: readonly number[], weight: number): void => {
      const truth = people[at];
      if (truth === undefined) { estimateHorizon(said.map(answer), 'shoes')?.horizons.forEach(({ count }, place) => { mean[place] = (mean[place] ?? 0) + weight * count; }); return; }
      parts(truth).forEach((part, place) => { visit(at + 1, [...said, place], (weight * Number(part)) / Number(3n * 2n ** 20n)); });
    };
    visit(0, [], 1);
    mean.forEach((count, place) => { expect(count).toBeCloseTo(people.filter((truth) => truth === place).length, 9); });
  }
  expect(estimateHorizon([answer(3)], 'boots')).toBeNull();
  expect(estimateHorizon([{ claims: { intent: answer(3).claims.intent }, noise: {} }], 'shoes')).toBeNull();
  expect(estimateHorizon([answer(3), answer(3)], 'shoes')).toMatchObject({ answers: 2, horizons: ladder.map((weeks) => ({ weeks })) });
});

test('the standard error is that of theory, and the counts lie as far from the truth as the draws make them', () => {
  const people = Array.from({ length: 200 }, (_, i): Level => (i % 4 === 0 ? 'strong' : i % 4 === 1 ? 'some' : 'none')), draw = createDraw(Buffer.alloc(32, 3)), rounds = 400;
  for (const weight of NOISE_WEIGHTS) {
    let off = 0, said = 0;
    for (let round = 0; round < rounds; round++) {
      const answers = people.map((truth, i) => {
        const level = randomise(new Map([['food', truth]]), ['food'], weight, () => draw(`${weight}|${round}|${i}`, weight + 2)).get('food') ?? 'none';
        return { claims: { interest: level === 'none' ? [] : [{ node: 'food', label: 'Food', iab: null, strength: level }] }, noise: { interest: { areas: ['food'], levels: 3, truth: weight } } };
      });
      const strong = estimateInterest(answers, 'food')?.strong;
      off += ((strong?.count ?? Number.NaN) - 50) ** 2 / rounds;
      said += (strong?.standardError ?? Number.NaN) ** 2 / rounds;
    }
    const p = weight / (weight + 2), q = 1 / (weight + 2), share = 0.25 * p + 0.75 * q;
    // What it says has who happened to be asked in it; what it is off by are the draws alone.
    expect(said / ((200 * share * (1 - share)) / (p - q) ** 2)).toBeCloseTo(1, 1);
    expect(Math.abs(off / ((50 * p * (1 - p) + 150 * q * (1 - q)) / (p - q) ** 2) - 1)).toBeLessThan(0.3);
  }
});

test('answers that are not deniable, or say nothing of the area, do not count', () => {
  const interest = (node: string, strength: 'some' | 'strong') => [{ node, label: node, iab: null, strength }];
  const answers = [
    { claims: { interest: interest('food.cooking', 'strong') }, noise: {} }, { claims: {}, noise: {} },
    { claims: { interest: interest('garden', 'some') }, noise: { interest: { areas: ['garden'], levels: 3, truth: 6 } } }, { claims: { interest: [] }, noise: { interest: { areas: [], levels: 3, truth: 6 } } },
  ];
  expect(estimateInterest(answers, 'food')).toBeNull();
  expect(estimateInterest(answers, 'garden')?.answers).toBe(1);
  expect(estimateInterest([{ claims: {}, noise: {} }], 'food')).toBeNull();
});
