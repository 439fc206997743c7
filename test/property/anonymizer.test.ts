/** What an answer reveals never grows when a claim is dropped or made coarser, and what is closed or not approved never leaves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anonymize, MAX_ENTRIES, type AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import { coarsenAge, coarsenIntents, coarsenNodes, coarsenRegion, truncateNode, type IntentValue, type NodeValue, type TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { continentOf, countryCodes, divisionName, divisionsOf, firstLevelOf } from '../../electron/core/platform/regions.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import { answerValues } from '../../shared/protocol/schemas.ts';
import { CLAIMS, LADDERS, ladderSteps, type Claim } from '../../shared/protocol/vocabulary.ts';

/** A taxonomy of words: any id of lower-case parts exists; parts that start with "z" are closed. */
const isId = (id: string) => /^[a-z]+(\.[a-z]+){0,2}$/.test(id);
const lookup: TaxonomyLookup = (id) => (isId(id) ? { label: id.toUpperCase(), iab: id.length % 2 ? '1' : null, closed: (id.split('.').at(-1) ?? '').startsWith('z') } : undefined);

const part = fc.constantFrom('a', 'b', 'c', 'd', 'zeta');
const nodeId = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const valueFor = (claim: Claim): fc.Arbitrary<string> => {
  switch (claim) {
    case 'interest': case 'avoid': case 'genre': case 'intent': return nodeId;
    case 'price_band': return fc.tuple(nodeId, fc.constantFrom('low', 'middle', 'high')).map(([node, band]) => `${node}:${band}`);
    case 'size': return fc.tuple(nodeId, fc.constantFrom('42', 'XL')).map(([node, size]) => `${node}:${size}`);
    case 'age': return fc.integer({ min: 0, max: 99 }).map((from) => `${from - (from % 5)}-${from - (from % 5) + 4}`);
    case 'region': return fc.constantFrom('DE', 'DE-BY', 'FR-75', 'US', 'BR-SP', 'XX', 'nowhere');
    default: return fc.constantFrom('one', 'two', 'three', 'Four', 'FIVE');
  }
};
const preferenceOf = (claim: Claim): fc.Arbitrary<Preference> => fc.record({
  id: fc.uuid(), claim: fc.constant(claim), value: valueFor(claim), label: fc.constant('label'), path: fc.constant([]), iab: fc.constant(null), strength: fc.double({ min: 0, max: 1, noNaN: true }), confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  origin: fc.constantFrom('inferred', 'declared', 'corrected'), manner: fc.constantFrom(null, 'said', 'pinned', 'weakened'), sensitive: fc.boolean(), evidence: fc.nat(100), horizonWeeks: fc.option(fc.integer({ min: 1, max: 60 })), lastSeenMs: fc.nat(1000),
});
const preferences = fc.array(fc.constantFrom(...CLAIMS).chain(preferenceOf), { maxLength: 60 });
const brands = fc.subarray(['one', 'two', 'three', 'four']);
const scope = fc.subarray([...CLAIMS]).chain((claims) => fc.tuple(...claims.map((claim) => fc.integer({ min: 1, max: ladderSteps(claim) }).map((precision) => ({ claim, precision })))));

/** The step from a finer value down to a coarser one, knowing nothing but the finer value: if this reproduces the coarser answer, the coarser answer cannot reveal more. */
function blur(claim: Claim, finer: AnsweredClaim['value'], precision: number): unknown {
  if (finer === null) return null;
  switch (claim) {
    case 'interest': return coarsenNodes(finer as NodeValue[], precision, lookup);
    case 'genre': return coarsenNodes(finer as NodeValue[], precision + 1, lookup);
    case 'avoid': return coarsenNodes((finer as NodeValue[]).map((node) => ({ ...node, strength: 'some' })), precision, lookup).map(({ node, label, iab }) => ({ node, label, iab }));
    case 'intent': return coarsenIntents(finer as IntentValue[], precision, lookup);
    case 'age': return finer === 'adult' ? 'adult' : coarsenAge(finer as string, precision);
    case 'region': return !/^[A-Z]{2}(-|$)/.test(finer as string) ? finer : coarsenRegion(finer as string, precision);
    default: return finer;
  }
}

test('lowering precision only blurs: the coarser answer is a function of the finer one', () => {
  fc.assert(fc.property(preferences, scope, brands, (known, finer, approvedBrands) => {
    const fine = anonymize({ preferences: known, scope: finer, lookup, approvedBrands });
    for (const [i, { claim, precision }] of finer.entries()) {
      for (let lower = 1; lower <= precision; lower++) {
        const [coarse] = anonymize({ preferences: known, scope: [{ claim, precision: lower }], lookup, approvedBrands });
        expect(coarse?.value).toEqual(blur(claim, fine[i]?.value ?? null, lower));
      }
    }
  }), { numRuns: 300 });
});

test('dropping claims leaves every other claim exactly as it was', () => {
  fc.assert(fc.property(preferences, scope, brands, fc.infiniteStream(fc.boolean()), (known, wide, approvedBrands, keep) => {
    const narrow = wide.filter(() => keep.next().value === true);
    const all = anonymize({ preferences: known, scope: wide, lookup, approvedBrands });
    expect(anonymize({ preferences: known, scope: narrow, lookup, approvedBrands })).toEqual(all.filter(({ claim }) => narrow.some((kept) => kept.claim === claim)));
  }), { numRuns: 200 });
});

test('closed and sensitive items never change an answer, whatever is asked', () => {
  const closed = (item: Preference) => item.sensitive || (['interest', 'avoid', 'genre', 'intent', 'price_band', 'size'].includes(item.claim) && (item.value.split(':')[0] ?? '').split('.').some((name) => name.startsWith('z')));
  fc.assert(fc.property(preferences, scope, brands, (known, asked, approvedBrands) => {
    const withThem = anonymize({ preferences: known, scope: asked, lookup, approvedBrands });
    const without = anonymize({ preferences: known.filter((item) => !closed(item)), scope: asked, lookup, approvedBrands });
    expect(withThem.map(({ claim, value, words }) => ({ claim, value, words }))).toEqual(without.map(({ claim, value, words }) => ({ claim, value, words })));
    expect(JSON.stringify(withThem.map(({ value }) => value))).not.toContain('zeta');
  }), { numRuns: 300 });
});

test('only brands approved by name leave', () => {
  fc.assert(fc.property(preferences, brands, (known, approvedBrands) => {
    const [brand] = anonymize({ preferences: known, scope: [{ claim: 'brand', precision: 1 }], lookup, approvedBrands });
    for (const name of (brand?.value ?? []) as string[]) expect(approvedBrands).toContain(name.toLowerCase());
  }), { numRuns: 300 });
});

test('the order of storage tells nothing, and no claim says more than its cap; every value fits the protocol', () => {
  fc.assert(fc.property(preferences, scope, brands, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (known, asked, approvedBrands, dice) => {
    const shuffled = known.map((item) => ({ item, at: dice.next().value as number })).sort((a, b) => a.at - b.at).map(({ item }) => item);
    const answer = anonymize({ preferences: known, scope: asked, lookup, approvedBrands });
    expect(anonymize({ preferences: shuffled, scope: asked, lookup, approvedBrands }).map(({ value }) => value)).toEqual(answer.map(({ value }) => value));
    for (const { claim, value, words } of answer) {
      if (value === null) continue;
      expect(answerValues[claim].safeParse(value).success).toBe(true);
      if (Array.isArray(value)) expect([value.length <= MAX_ENTRIES, words.length]).toEqual([true, value.length]);
    }
  }), { numRuns: 200 });
});

test('rules conclude only where they may, and weak or unsure conclusions stay', () => {
  fc.assert(fc.property(preferences, scope, brands, (known, asked, approvedBrands) => {
    const strongOnly = known.filter((item) => item.origin !== 'inferred' || (['interest', 'genre', 'intent', 'brand', 'price_band'].includes(item.claim) && item.strength >= 0.2 && item.confidence >= 0.5));
    expect(anonymize({ preferences: known, scope: asked, lookup, approvedBrands }).map(({ value }) => value)).toEqual(anonymize({ preferences: strongOnly, scope: asked, lookup, approvedBrands }).map(({ value }) => value));
  }), { numRuns: 200 });
});

test('age bands nest, start at 18 and never name a year', () => {
  for (let age = 0; age <= 110; age++) {
    const band = `${age}-${age + 4}`;
    const steps = [1, 2, 3, 4].map((precision) => coarsenAge(band, precision));
    if (age < 18) { expect(steps).toEqual([null, null, null, null]); continue; }
    expect(steps[0]).toBe('adult');
    for (let precision = 2; precision <= 4; precision++) for (let lower = 1; lower < precision; lower++) expect(coarsenAge(steps[precision - 1] ?? '', lower)).toBe(steps[lower - 1]);
  }
  expect(['18-24', '80+', 'adult', '', '-5', '30', '30-34-38'].map((text) => coarsenAge(text, 2))).toEqual(['18-39', '80+', null, null, null, '18-39', null]);
});

test('every country of ISO 3166-1 lies on exactly one continent', () => {
  const codes = countryCodes();
  expect(new Set(codes).size).toBe(249);
  expect(codes.every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
  expect(['DE', 'US', 'JP', 'NZ', 'KE', 'TR', 'CY', 'RU', 'XX'].map(continentOf)).toEqual(['Europe', 'Americas', 'Asia', 'Oceania', 'Africa', 'Asia', 'Asia', 'Europe', undefined]);
  expect([1, 2, 3].map((precision) => coarsenRegion('DE-BY', precision))).toEqual(['Europe', 'DE', 'DE-BY']);
});

test('a part of a country is never finer than the first level, has a name, and lies in a country', () => {
  expect(['DE-BY', 'FR-75C', 'ES-B', 'GB-SCT', 'GB-LND', 'DE-XX', 'FR-75'].map(firstLevelOf)).toEqual(['DE-BY', 'FR-IDF', 'ES-CT', 'GB-SCT', undefined, undefined, undefined]);
  expect(['FR-75C', 'DE-XX'].map((code) => coarsenRegion(code, 3))).toEqual(['FR-IDF', 'DE']);
  expect(divisionsOf('DE')).toHaveLength(16);
  expect(divisionsOf('XX')).toEqual([]);
  const all = countryCodes().flatMap((country) => divisionsOf(country).map(({ code, name }) => ({ country, code, name })));
  expect(all.length).toBeGreaterThan(2_500);
  for (const { country, code, name } of all) expect([code.slice(0, 2), firstLevelOf(code), divisionName(code), coarsenRegion(code, 3)]).toEqual([country, code, name, code]);
});

test('nodes are cut at the asked level', () => {
  expect([1, 2, 3].map((levels) => truncateNode('a.b.c', levels))).toEqual(['a', 'a.b', 'a.b.c']);
  expect(Object.values(LADDERS).every((steps) => steps.length >= 1)).toBe(true);
});
