/** The trial behind the balance: against every order there is, and what it must say of plain cases. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import { buildCatalogue, createTrial, type CatalogueItem } from '../../electron/core/anonymizer/balance.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { RESOURCES } from '../support/enrichment.ts';

const preference = (claim: Claim, value: string, strength = 1, sensitive = false): Preference =>
  ({ id: `${claim}${value}`, claim, value, label: value, path: [], iab: null, strength, confidence: 1, origin: 'declared', manner: null, sensitive, evidence: 0, horizonWeeks: null, lastSeenMs: 0 });
const interest = (...nodes: readonly (readonly [string, 'some' | 'strong'])[]): Pick<AnsweredClaim, 'claim' | 'value'> => ({ claim: 'interest', value: nodes.map(([node, strength]) => ({ node, label: node, iab: null, strength })) });
const ofInterest = (node: string): CatalogueItem => ({ kind: 'interest', node, band: null, size: null });

function permutations<T>(list: readonly T[]): T[][] {
  return list.length < 2 ? [[...list]] : list.flatMap((first, at) => permutations([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [first, ...rest]));
}
/** Mean over every order that respects the scores, by definition. */
function byDefinition(scores: readonly number[], gains: readonly number[]): number {
  const gained = (order: readonly number[]): number => order.reduce((sum, at, place) => sum + (gains[at] ?? 0) / Math.log2(place + 2), 0);
  const orders = permutations(scores.map((_, at) => at));
  const allowed = orders.filter((order) => order.every((at, place) => place === 0 || (scores[order[place - 1] ?? 0] ?? 0) >= (scores[at] ?? 0)));
  return allowed.reduce((sum, order) => sum + gained(order), 0) / allowed.length / Math.max(...orders.map(gained));
}

test('of things that stand equal every order counts alike: the sum is the mean over all of them', () => {
  const strength = fc.constantFrom(0, 0.3, 0.6, 1), said = fc.constantFrom(null, 'some', 'strong');
  fc.assert(fc.property(fc.array(fc.tuple(strength, said), { minLength: 2, maxLength: 6 }), (things) => {
    const nodes = things.map((_, at) => `n${at}`), gains = things.map(([likes]) => likes);
    const trial = createTrial(nodes.map(ofInterest), nodes.flatMap((node, at) => (gains[at] ? [preference('interest', node, gains[at])] : [])), ['interest']);
    const usefulness = trial.usefulness([interest(...things.flatMap(([, word], at) => (word === null ? [] : [[nodes[at] ?? '', word] as const])))]);
    const chance = byDefinition(things.map(() => 0), gains);
    if (gains.every((gain) => gain === gains[0])) { expect(usefulness).toBeNull(); return; }
    const scores = things.map(([, word]) => (word === null ? 0 : word === 'some' ? 0.4 : 0.8));
    expect(usefulness).toBeCloseTo(Math.max(0, (byDefinition(scores, gains) - chance) / (1 - chance)), 10);
  }), { numRuns: 150 });
});

describe('on the shipped taxonomy', () => {
  const catalogue = buildCatalogue(loadTaxonomy(RESOURCES).nodes);
  const known = [
    preference('interest', 'food.cooking.baking', 0.9), preference('interest', 'garden.flowers', 0.7), preference('interest', 'health.conditions', 1, true), preference('intent', 'shoes.boots', 0.9), preference('price_band', 'shoes:middle'), preference('size', 'shoes:42'), preference('age', '30-34'),
  ];
  const size = { claim: 'size' as const, value: [{ department: 'shoes', size: '42' }] }, band = { claim: 'price_band' as const, value: [{ department: 'shoes', band: 'middle' as const }] };
  const boots = { claim: 'intent' as const, value: [{ node: 'shoes.boots', label: 'Boots', iab: null, horizon_weeks: 4 }] }, age = { claim: 'age' as const, value: '30-34' };

  test('nothing closed is in the catalogue, and clothes and shoes come in sizes', () => {
    const closed = new Set(loadTaxonomy(RESOURCES).nodes.filter((node) => node.closed).map(({ id }) => id));
    expect(catalogue.filter(({ node }) => closed.has(node))).toEqual([]);
    expect(catalogue.length).toBeGreaterThan(600);
    expect(new Set(catalogue.flatMap(({ node, size: one }) => (one === null ? [] : [node.split('.')[0]])))).toEqual(new Set(['clothing', 'shoes']));
  });
  test('silence is worth nothing, all there is to say about everything, and less exactly lies between', () => {
    const trial = createTrial(catalogue, known, ['interest']);
    expect(trial.usefulness([])).toBe(0);
    const fine = trial.usefulness([interest(['food.cooking.baking', 'strong'], ['garden.flowers', 'some'])]) ?? 0, coarse = trial.usefulness([interest(['food', 'strong'], ['garden', 'some'])]) ?? 0;
    expect(fine).toBeGreaterThan(0.99);
    expect(coarse).toBeGreaterThan(0.1);
    expect(coarse).toBeLessThan(0.8);
  });
  test('a size makes half the difference for shoes; an age adds nothing', () => {
    const trial = createTrial(catalogue, known, ['intent', 'price_band', 'size', 'age']);
    const whole = trial.usefulness([boots, band, size, age]) ?? 0;
    expect(whole).toBeGreaterThan(0.95);
    expect(whole - (trial.usefulness([boots, band, age]) ?? 0)).toBeGreaterThan(0.4);
    expect(trial.usefulness([boots, band, size])).toBe(whole);
  });
  test('what the catalogue has nothing about, or the vault knows nothing of, cannot be tried', () => {
    expect(createTrial(catalogue, known, ['age', 'region']).usefulness([age])).toBeNull();
    expect(createTrial(catalogue, known, ['genre']).usefulness([])).toBeNull();
  });
  test('what is avoided is not worth showing, and saying so helps', () => {
    const trial = createTrial(catalogue, [...known, preference('interest', 'sport.golf', 0.9), preference('interest', 'sport', 0.8), preference('avoid', 'sport.golf')], ['interest', 'avoid']);
    const sport = interest(['sport', 'strong'], ['sport.golf', 'strong'], ['food.cooking.baking', 'strong']);
    expect(trial.usefulness([sport, { claim: 'avoid', value: [{ node: 'sport.golf', label: 'Golf', iab: null }] }]) ?? 0).toBeGreaterThan(trial.usefulness([sport]) ?? 1);
  });
});
