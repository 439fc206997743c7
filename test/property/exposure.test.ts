/** What is promised of answers, held against the service that keeps what companies know, over a real database. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import { HORIZONS, type TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { factsOf, madeUpFact, type Fact } from '../../electron/core/anonymizer/crowd.ts';
import { LEVELS } from '../../electron/core/anonymizer/noise.ts';
import { spentOf } from '../../electron/core/exposure/noise-budget.ts';
import { listSpent } from '../../electron/core/exposure/exposure-repository.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import { CLAIMS, type Claim } from '../../shared/protocol/vocabulary.ts';
import { arbitraryPreferences, arbitraryScope } from '../support/arbitrary.ts';
import { openExposure, reckoner, type Asked } from '../support/exposure.ts';

const AREAS = ['food', 'garden', 'travel', 'sport', 'home'] as const;
const lookup: TaxonomyLookup = (id) => (/^[a-z]+(\.[a-z]+){0,2}$/.test(id) ? { label: id, iab: null, closed: false } : undefined);
const EPOCH_MS = 90 * 86_400_000;

const nodeId = fc.tuple(fc.constantFrom(...AREAS), fc.constantFrom('', '.cooking', '.yyy'), fc.constantFrom('', '.baking')).map(([top, middle, leaf]) => (middle === '' ? top : top + middle + leaf));
const preferences = arbitraryPreferences({ nodes: nodeId, regions: fc.constantFrom('DE', 'DE-BY', 'FR', 'US', 'LI'), most: 30 });
const scope = arbitraryScope;
const quiet = fc.subarray([...AREAS], { maxLength: 2 });
const act = fc.record({
  known: preferences, scope, only: fc.option(fc.subarray([...CLAIMS], { minLength: 3 }), { nil: undefined }), noise: fc.constantFrom(null, null, 6, 18), quiet, rationed: quiet,
  home: fc.constantFrom(null, 'DE', 'FR', 'LI'), epochs: fc.constantFrom(0, 0, 0, 1), company: fc.nat(1),
}).map(({ rationed, ...rest }) => ({ ...rest, hushed: [...new Set([...rest.quiet, ...rationed])] }));
const floor = fc.constantFrom(0, 50, 1_000, 100_000, 1e7);

/** Reckoned from nothing but what left. */
const factsIn = (said: readonly AnsweredClaim[], epoch: number): Fact[] => said.flatMap(({ claim, value, noise }) => (value === null ? [] : noise?.kind === 'levels' ? [...noise.said].map(([area, level]) => madeUpFact(area, level, noise.weight, epoch)) : factsOf(claim, value)));

test('the floor holds for every answer that can be reached, whatever was asked before, exactly or deniably, while the person moves, hushes and changes', () => {
  const vault = openExposure({ lookup, areas: AREAS, brands: ['one', 'two', 'three'] });
  fc.assert(fc.property(fc.array(act, { minLength: 1, maxLength: 6 }), floor, (acts, least) => {
    const companies = [vault.newCompany(least), vault.newCompany(least)], left = new Map<string, Fact[]>(), homes = new Map<string, (string | null)[]>();
    for (const { home, epochs, company, ...asked } of acts) {
      const companyId = companies[company] ?? '', known = left.get(companyId) ?? [], places = [...homes.get(companyId) ?? [], home];
      vault.setHome(home);
      vault.clock.advance(epochs * EPOCH_MS);
      // Moving alone may leave fewer: the answer may not make it worse then.
      const before = reckoner.crowd(known, places).fewest;
      const said = vault.tell(companyId, asked);
      known.push(...factsIn(said, Math.floor(vault.clock.nowMs() / EPOCH_MS)));
      left.set(companyId, known);
      homes.set(companyId, places);
      const after = reckoner.crowd(known, places).fewest;
      expect(after).toBeGreaterThanOrEqual(Math.min(before, least) * (1 - 1e-9));
      // And the service knows what left, no less.
      expect(vault.knows(companyId)).toBeLessThanOrEqual(Math.floor(after + 1e-6));
    }
  }), { numRuns: 250 });
});

test('how coarse everything else is tells nothing of a draw that nobody accounts for', () => {
  const vault = openExposure({ lookup, areas: AREAS });
  const wanted = fc.record({ known: preferences, scope: scope.map((claims) => [{ claim: 'interest' as const, precision: 3 }, { claim: 'intent' as const, precision: 2 }, ...claims.filter(({ claim }) => claim !== 'interest' && claim !== 'intent')]), noise: fc.constantFrom(6, 18), only: fc.constant(undefined) });
  fc.assert(fc.property(wanted, fc.constantFrom(1_000, 10_000, 100_000), fc.array(fc.record({ area: fc.constantFrom(...AREAS), strength: fc.constantFrom(0.3, 0.9) }), { maxLength: 6 }), fc.array(fc.constantFrom(1, 4, 52), { minLength: 3, maxLength: 3 }), (asked, least, others, weeks) => {
    vault.setHome('DE');
    const one = vault.newCompany(least);
    // Every other interest and horizon, the same things to be bought: none of it is said here, or only deniably.
    const changed = [
      ...asked.known.filter(({ claim }) => claim !== 'interest').map((p, at) => (p.claim === 'intent' ? { ...p, horizonWeeks: weeks[at % 3] ?? 1 } : p)),
      ...others.map(({ area, strength }, at): Preference => ({ id: `o${at}`, claim: 'interest', value: area, label: area, path: [], iab: null, strength, confidence: 1, origin: 'declared', manner: null, sensitive: false, evidence: 1, horizonWeeks: null, lastSeenMs: 0 })),
    ];
    const rest = (known: readonly Preference[]) => vault.wouldSay(one, { ...asked, known }).filter(({ claim }) => claim !== 'interest' && claim !== 'intent').map(({ claim, value }) => [claim, value]);
    expect(rest(changed)).toEqual(rest(asked.known));
  }), { numRuns: 300 });
});

test.each([
  ['interests', [{ claim: 'interest', precision: 3 }], (i: number) => AREAS.slice(0, i).map((area) => ['interest', area] as const)],
  ['how soon', [{ claim: 'intent', precision: 2 }], (i: number) => [['intent', 'home', [1, 4, 52, 8, 2][i]] as const]],
] as const)('and close to the floor, where each step counts: %s', (_what, asked, told) => {
  const vault = openExposure({ lookup, areas: AREAS });
  vault.setHome('DE');
  const like = ([claim, value, horizonWeeks]: readonly [Claim, string, (number | undefined)?], at: number): Preference => ({ id: `p${at}`, claim, value, label: value, path: [], iab: null, strength: 0.9, confidence: 1, origin: 'declared', manner: null, sensitive: false, evidence: 1, horizonWeeks: horizonWeeks ?? null, lastSeenMs: 0 });
  const rest = [['age', '30-34'], ['region', 'DE-BY'], ['language', 'en']] as const, scope = [...asked, { claim: 'age' as const, precision: 4 }, { claim: 'region' as const, precision: 3 }, { claim: 'language' as const, precision: 1 }];
  const seen = new Set<string>();
  for (const least of [10, 50, 200, 500, 2_000, 10_000, 50_000]) for (const noise of [6, 18]) for (let i = 0; i < 8; i++) {
    const companyId = vault.newCompany(least);
    const heard = [0, 1, 2, 3, 4].map((truth) => JSON.stringify(vault.wouldSay(companyId, { known: [...told(truth), ...rest].map(like), scope, noise }).filter(({ claim }) => claim !== 'interest' && claim !== 'intent').map(({ claim, value }) => [claim, value])));
    expect(new Set(heard).size).toBe(1);
    seen.add(heard[0] ?? '');
  }
  // It was blurred, and not always alike: there was something to tell by.
  expect(seen.size).toBeGreaterThan(2);
});

test('what is spent goes by what was asked, never by what is true, so that nobody hears of it through what is left for others', () => {
  const vault = openExposure({ lookup, areas: AREAS });
  fc.assert(fc.property(preferences, preferences, scope, fc.constantFrom(6, 18), (some, others, asked, noise) => {
    const [one, other] = [vault.newCompany(1_000), vault.newCompany(1_000)];
    vault.tell(one, { known: some, scope: asked, noise });
    vault.tell(other, { known: others, scope: asked, noise });
    const spent = (companyId: string): number => spentOf(listSpent(vault.db).filter((row) => row.company_id === companyId));
    // Which areas, and so how many, is drawn for each company: either some are said, or none.
    const areas = (companyId: string): boolean => listSpent(vault.db).some((row) => row.company_id === companyId && !row.area.startsWith('intent|'));
    if (areas(one) === areas(other)) expect(spent(one)).toBeCloseTo(spent(other), 9);
    vault.db.command('DELETE FROM noise_spent').run();
  }), { numRuns: 150 });
});

test('less asked, or fewer permissions, never lets an answer be above what all of it without a floor would say', () => {
  const vault = openExposure({ lookup, areas: AREAS, brands: ['one', 'two', 'three'] });
  fc.assert(fc.property(preferences, fc.array(scope, { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), floor, (known, scopes, kept, least) => {
    vault.setHome('DE');
    const [all, some, free] = [vault.newCompany(0), vault.newCompany(least), vault.newCompany(0)];
    for (const one of scopes) vault.tell(all, { known, scope: one });
    const left = scopes.filter((_, at) => kept[at] === true);
    const under = left.flatMap((one) => factsIn(vault.tell(some, { known, scope: one }), 0));
    for (const one of left) vault.tell(free, { known, scope: one });
    // Of fewer permissions no more is known than of all; and under a floor no more than without one.
    expect(vault.knows(free)).toBeGreaterThanOrEqual(vault.knows(all));
    expect(vault.knows(some)).toBeGreaterThanOrEqual(vault.knows(free));
    const whole = scopes.flatMap((one) => factsIn(vault.wouldSay(all, { known, scope: one }), 0));
    expect(reckoner.crowd([...whole, ...under], 'DE').fewest).toBeCloseTo(reckoner.crowd(whole, 'DE').fewest, 6);
  }), { numRuns: 200 });
});

describe('the draws of the service', () => {
  const COMPANIES = 4_000;
  /** Upper 0.1 % of χ² with so many degrees of freedom. */
  const CRITICAL: Readonly<Record<number, number>> = { 2: 13.82, 6: 22.46 };
  const chi = (seen: readonly number[], expected: readonly number[]): number => seen.reduce((sum, count, at) => sum + (count - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1), 0);
  const open = () => openExposure({ lookup, areas: AREAS });

  test.each([6, 18])('say of an area what is true of it with weight %i, and each of the others with weight 1 (χ², 99.9 %)', (weight) => {
    const vault = open();
    for (const truth of LEVELS) {
      const seen = new Map(LEVELS.map((level) => [level, 0]));
      for (let i = 0; i < COMPANIES; i++) {
        const noise = vault.service.noiseFor(`https://drawn${i}.example`, weight, AREAS, 0), drawn = noise.draw('food', truth);
        const said = drawn < weight ? truth : LEVELS[(LEVELS.indexOf(truth) + 1 + drawn - weight) % LEVELS.length] ?? truth;
        seen.set(said, (seen.get(said) ?? 0) + 1);
      }
      expect(chi(LEVELS.map((level) => seen.get(level) ?? 0), LEVELS.map((level) => (COMPANIES * (level === truth ? weight : 1)) / (weight + 2)))).toBeLessThan(CRITICAL[2] ?? 0);
    }
  });

  test.each([0, 3, 6])('move place %i by x with probability 2^−|x| / 3, each thing by itself (χ², 99.9 %)', (place) => {
    const vault = open();
    const seen = Array.from({ length: 7 }, () => 0), same = { moved: 0, alike: 0 };
    for (let i = 0; i < COMPANIES; i++) {
      const { move } = vault.service.noiseFor(`https://moved${i}.example`, 6, AREAS, 0), by = move('books', place);
      const at = Math.max(-3, Math.min(3, by)) + 3;
      seen[at] = (seen[at] ?? 0) + 1;
      same.moved++;
      if (move('home', place) === by) same.alike++;
    }
    const shares = [-3, -2, -1, 0, 1, 2, 3].map((x) => (Math.abs(x) === 3 ? 2 * 2 ** -3 : 2 ** -Math.abs(x)) / 3);
    expect(chi(seen, shares.map((share) => share * COMPANIES))).toBeLessThan(CRITICAL[6] ?? 0);
    // Two things are as alike as two independent draws are: Σ p² = 5/27 + … = 0.185 and a little.
    const alike = [...Array(41).keys()].reduce((sum, i) => sum + (2 ** -Math.abs(i - 20) / 3) ** 2, 0);
    expect(Math.abs(same.alike / same.moved - alike)).toBeLessThan(0.03);
  });

  test('of numbers, through everything: no answer is more than 2 times as likely for each step between two truths', () => {
    const vault = open();
    const companies = Array.from({ length: 1_500 }, () => vault.newCompany(0));
    const said = (weeks: number, companyId: string): number => {
      const known: Preference[] = [{ id: 'i', claim: 'intent', value: 'home.cooking', label: 'x', path: [], iab: null, strength: 0.9, confidence: 1, origin: 'inferred', manner: null, sensitive: false, evidence: 1, horizonWeeks: weeks, lastSeenMs: 0 }];
      const [claim] = vault.wouldSay(companyId, { known, scope: [{ claim: 'intent', precision: 2 }], noise: 6 } satisfies Asked);
      return HORIZONS.indexOf(((claim?.value ?? []) as { horizon_weeks: (typeof HORIZONS)[number] }[])[0]?.horizon_weeks ?? 52);
    };
    const places = HORIZONS.length;
    for (const [truth, weeks] of [[1, HORIZONS[1]], [4, HORIZONS[4]]] as const) {
      const counts = Array.from({ length: places }, () => 0);
      for (const companyId of companies) { const at = said(weeks, companyId); counts[at] = (counts[at] ?? 0) + 1; }
      const shares = Array.from({ length: places }, (_, at) => (2 ** -Math.abs(at - truth) / 3) * (at === 0 || at === places - 1 ? 2 : 1));
      expect(chi(counts, shares.map((share) => share * companies.length))).toBeLessThan(CRITICAL[6] ?? 0);
    }
  });
});

describe('what may be bought, of a deniable company', () => {
  const intent = (value: string, horizonWeeks: number): Preference => ({ id: value, claim: 'intent', value, label: value, path: [], iab: null, strength: 0.9, confidence: 0.9, origin: 'declared', manner: null, sensitive: false, evidence: 1, horizonWeeks, lastSeenMs: 0 });
  const asked = (known: readonly Preference[], more: Partial<Asked> = {}): Asked => ({ known, scope: [{ claim: 'intent', precision: 2 }], noise: 6, ...more });
  const valueOf = (said: readonly AnsweredClaim[]) => said[0]?.value;

  test('is fixed for the epoch also when the budget is spent, and costs nothing then', () => {
    const vault = openExposure({ lookup, areas: AREAS }), company = vault.newCompany(0);
    for (let epoch = 0; epoch < 5; epoch++) {
      const first = valueOf(vault.tell(company, asked([intent('home.yyy', 1)])));
      expect(first).toMatchObject([{ node: 'home.yyy' }]);
      expect(valueOf(vault.tell(company, asked([])))).toEqual(first);
      expect(valueOf(vault.tell(company, asked([intent('home.yyy', 26), intent('garden.yyy', 2)])))).toEqual(first);
      expect(vault.service.noiseNow(company)).toBe(6);
      vault.clock.advance(EPOCH_MS);
    }
    expect(vault.service.budget(company).spent).toBeLessThanOrEqual(12);
  });
  test('never leaves for the first time once it is not so any more', () => {
    const vault = openExposure({ lookup, areas: AREAS });
    for (let i = 0; i < 60; i++) {
      const company = vault.newCompany(1_000), other = vault.newCompany(1e7);
      const before = new Set((valueOf(vault.tell(company, asked([intent('home.yyy', 4), intent('garden.yyy', 8), intent('food.cooking', 26)]))) as { node: string }[] | null)?.map(({ node }) => node));
      const after = (valueOf(vault.tell(company, asked([intent('home.yyy', 4), intent('food.cooking', 26)]))) as { node: string }[] | null) ?? [];
      for (const { node } of after) if (node.startsWith('garden')) expect([...before].some((one) => one === node || one.startsWith(`${node}.`))).toBe(true);
      expect(valueOf(vault.tell(other, asked([intent('home.yyy', 4)])))).toBeNull();
      vault.service.setFloor(other, 0);
      expect(valueOf(vault.tell(other, asked([])))).toBeNull();
    }
  });
  test('is the same however often it is asked, whatever the draw leaves room for', () => {
    const vault = openExposure({ lookup, areas: AREAS }), known = [intent('home.yyy', 4), intent('garden.yyy', 8), intent('food.cooking', 26), intent('sport.yyy', 13)];
    for (const floor of [100, 1_000, 10_000]) for (let i = 0; i < 40; i++) {
      const company = vault.newCompany(floor), first = valueOf(vault.tell(company, asked(known)));
      expect(valueOf(vault.tell(company, asked(known)))).toEqual(first);
    }
  });
  test('is said when the quiet ends, though it was quiet when it was fixed', () => {
    const vault = openExposure({ lookup, areas: AREAS }), company = vault.newCompany(0), known = [intent('home.yyy', 4)];
    expect(valueOf(vault.tell(company, asked(known, { hushed: ['home'], quiet: [] })))).toBeNull();
    expect(valueOf(vault.tell(company, asked(known)))).toMatchObject([{ node: 'home.yyy' }]);
  });
});
