/** The sums behind the crowd against numbers reckoned elsewhere, and the shipped tables against what they are about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factsOf, madeUpFact, parseCrowdTables, type Fact } from '../../electron/core/anonymizer/crowd.ts';
import { closenessOf } from '../../electron/core/exposure/closeness.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { barOf, dots, DOTS, litDots, RADIUS, ringAt } from '../../renderer/src/ui/crowd/geometry.ts';
import { crowdWords, people } from '../../renderer/src/copy/crowd.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { RESOURCES } from '../support/enrichment.ts';

const reckoner = loadCrowdReckoner(RESOURCES);
const fact = (claim: Claim, subject: string, detail: string): Fact => ({ claim, subject, detail });
const age = (band: string): Fact => fact('age', '', band);
const read = (name: string): string => readFileSync(join(RESOURCES, name), 'utf8');

/** Reckoned in exact fractions by another program, in another language, from the table of the United Nations itself. */
const REFERENCE: readonly (readonly [string, string, readonly Fact[], number])[] = [
  ['nothing', 'DE', [], 69_340_500],
  ['nothing but that one is an adult', 'DE', [age('adult'), fact('region', '', 'Europe'), fact('region', '', 'DE')], 69_340_500],
  ['five years', 'DE', [age('30-34')], 4_930_591],
  ['twenty years, of 18 and 19 two fifths of the group', 'DE', [age('18-39')], 20_889_170],
  ['the oldest', 'DE', [age('80+')], 6_160_188],
  ['one topic', 'DE', [fact('interest', 'food.cooking', 'some')], 1_066_776],
  ['a strong one and another', 'DE', [fact('interest', 'food.cooking', 'strong'), fact('interest', 'garden', 'some')], 64_006],
  ['what lies in something strong', 'DE', [fact('interest', 'food.cooking', 'strong'), fact('interest', 'food.cooking.baking', 'some')], 160_016],
  ['what is said again coarsely', 'DE', [fact('interest', 'food.cooking', 'strong'), fact('interest', 'food', 'strong'), fact('interest', 'garden', 'some')], 64_006],
  ['an unlisted topic', 'DE', [fact('interest', 'nature.mushrooms', 'some')], 53_338],
  ['age, price, size and units', 'US', [age('40-59'), fact('price_band', 'kitchenware', 'middle'), fact('size', 'shoes', '42'), fact('units', '', 'metric')], 62_890],
  ['a part of a country and an age', 'FR', [fact('region', '', 'FR-75'), age('25-29')], 1_409],
  ['two languages', 'FR', [fact('language', '', 'fr'), fact('language', '', 'en')], 645_933],
  ['a language in the form of another country', 'DE', [fact('language', '', 'de-NA')], 26_669],
  ['the form that goes without saying', 'DE', [fact('language', '', 'de-DE')], 4_267_107],
  ['something to buy within four weeks', 'FR', [fact('intent', 'shoes', '4')], 40_370],
  ['nothing of an area, deniably', 'DE', [madeUpFact('food', 'none', 6, 1)], 4_000_413],
  ['strongly of an area, deniably', 'DE', [madeUpFact('food', 'strong', 18, 1)], 749_707],
  ['two ages told one after the other', 'DE', [age('30-34'), age('35-39')], 7_585],
];

describe('against an independent reckoning', () => {
  test.each(REFERENCE)('%s', (_what, home, facts, fewest) => {
    const crowd = reckoner.crowd(facts, home);
    expect(Math.abs(Math.floor(crowd.fewest) - fewest)).toBeLessThanOrEqual(1);
    expect(crowd.most / crowd.fewest).toBeCloseTo(Math.floor(crowd.most) === Math.floor(crowd.fewest) ? 1 : 13 / 5, 6);
  });
  test('a country that is not known is taken for a small one, a tiny one for a tiny one', () => {
    expect(Math.round(reckoner.crowd([], null).fewest)).toBe(5_000_000);
    expect(Math.round(reckoner.crowd([], 'LI').fewest)).toBe(5_000);
    expect(reckoner.crowd([fact('region', '', 'FR')], null).fewest).toBeLessThanOrEqual(reckoner.crowd([], null).fewest);
  });
});

describe('the shipped tables', () => {
  const tables = parseCrowdTables(read('population.tsv'), read('frequencies.tsv'));
  const taxonomy = loadTaxonomy(RESOURCES);
  test('every share is one of the steps, every node listed exists and is open, and none is more frequent than what it lies in', () => {
    for (const [key, share] of tables.shares) {
      const [claim = '', value = ''] = key.split('\t');
      expect([1, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002]).toContain(share);
      if (value.startsWith('*') || !['interest', 'genre'].includes(claim)) continue;
      expect(taxonomy.get(value), key).toMatchObject({ closed: false });
      const above = value.split('.').slice(0, -1).join('.');
      if (above !== '') expect(share, key).toBeLessThanOrEqual(tables.shares.get(`${claim}\t${above}`) ?? tables.shares.get(`${claim}\t*${above.split('.').length}`) ?? 0);
    }
    expect(tables.population.size).toBeGreaterThan(190);
  });
  test('whatever can be said has a share', () => {
    const values: readonly (readonly [Claim, unknown])[] = [
      ['interest', [{ node: 'a.b.c', label: '', iab: null, strength: 'strong' }]], ['genre', [{ node: 'music.jazz', label: '', iab: null, strength: 'some' }]], ['avoid', [{ node: 'a', label: '', iab: null }]],
      ...[1, 2, 4, 8, 13, 26, 52].map((weeks) => ['intent', [{ node: 'shoes', label: '', iab: null, horizon_weeks: weeks }]] as const), ['brand', ['X']], ['price_band', [{ department: 'shoes', band: 'high' }]], ['size', [{ department: 'shoes', size: '42' }]],
      ['style', ['plain']], ['colour', ['green']], ['language', ['de']], ['units', 'metric'], ['accessibility', ['large text']], ['age', '80+'], ['region', 'Antarctica'], ['channel', ['email']],
    ];
    for (const [claim, value] of values) expect(reckoner.crowd(factsOf(claim, value), 'DE').fewest, claim).toBeLessThan(69_000_000);
  });
  test.each([
    ['other age bands', 'country\t18-30\nDE\t5\n', read('frequencies.tsv')], ['a count that is no number', read('population.tsv').replace(/\d+$/m, 'many'), read('frequencies.tsv')],
    ['a missing count', read('population.tsv').replace(/\t\d+$/m, ''), read('frequencies.tsv')], ['a share that is no number', read('population.tsv'), 'interest\t*1\tsome\n'], ['a share below nothing', read('population.tsv'), 'interest\t*1\t-3\n'],
  ])('a table with %s is refused', (_what, population, frequencies) => {
    expect(() => parseCrowdTables(population, frequencies)).toThrow();
  });
});

describe('how close a company has come', () => {
  const DAY_MS = 86_400_000;
  const at = (fewest: number, answers: number, days: number | null, told = true) => closenessOf({ fewest, told, answers, sinceMs: days === null ? null : 1e12 - days * DAY_MS }, 1e12);
  test('grows with fewer people, more answers and time, each by itself', () => {
    expect([100_000, 99_999, 10_000, 9_999, 1_000, 999, 0].map((fewest) => at(fewest, 0, 0).specific)).toEqual([0, 1, 1, 2, 2, 3, 3]);
    expect([[0, 70], [9, 70], [10, 70], [69, 70], [70, 70], [500, 70]].map(([answers = 0, days = 0]) => at(0, answers, days).often)).toEqual([0, 0, 1, 1, 2, 3]);
    expect([0, 29, 30, 89, 90, 364, 365].map((days) => at(0, 0, days).long)).toEqual([0, 0, 1, 1, 2, 2, 3]);
    // One afternoon of asking is reckoned over a week.
    expect(at(0, 49, 0).often).toBe(2);
  });
  test('comes to one word, which nothing makes less by knowing more, oftener or longer', () => {
    expect([at(500_000, 1, 10), at(20_000, 10, 40), at(2_000, 20, 40), at(500, 20, 40), at(500, 1_000, 400)].map(({ level }) => level)).toEqual(['distant', 'acquainted', 'close', 'close', 'very-close']);
    expect([at(0, 0, null, false), at(69_000_000, 500, 400, false)].map(({ level, specific }) => [level, specific])).toEqual([['distant', 0], ['distant', 0]]);
    const order = ['distant', 'acquainted', 'close', 'very-close'];
    for (const fewest of [0, 5_000, 50_000, 1e6]) for (const answers of [0, 20, 500]) for (const days of [0, 40, 400]) {
      expect(order.indexOf(at(fewest / 10, answers, days).level)).toBeGreaterThanOrEqual(order.indexOf(at(fewest, answers, days).level));
      expect(order.indexOf(at(fewest, answers * 10, days).level)).toBeGreaterThanOrEqual(order.indexOf(at(fewest, answers, days).level));
    }
  });
});

describe('as a picture and in words', () => {
  test('more people never light fewer dots; one alone is one dot, everybody all', () => {
    const lit = Array.from({ length: 90 }, (_, i) => litDots(10 ** (i / 10), 1e8));
    expect(lit).toEqual([...lit].sort((a, b) => a - b));
    expect([litDots(0, 1e8), litDots(1, 1e8), litDots(1e8, 1e8), litDots(1e9, 1e8)]).toEqual([1, 1, DOTS, DOTS]);
    expect(dots.every(({ x, y }) => Math.hypot(x, y) < RADIUS)).toBe(true);
    expect(ringAt(1e8, 1e8)).toBeLessThan(RADIUS);
    expect([barOf(1, 1e8), barOf(1e4, 1e8), barOf(1e8, 1e8)]).toEqual([0, expect.closeTo(0.5, 2), 1]);
  });
  test('numbers are rounded down to two digits', () => {
    expect([0, 7, 42, 119, 9_999, 15_999, 999_999, 69_340_500].map(people)).toEqual(['0', '7', '42', '110', '9,900', '15 thousand', '990 thousand', '69 million']);
    expect(crowdWords({ fewest: 3_100, most: 8_060 })).toBe('between 3,100 and 8,000 people');
    expect(crowdWords({ fewest: 69_340_500, most: 69_340_500 })).toBe('about 69 million people');
    expect(crowdWords({ fewest: 0, most: 1 })).toBe('perhaps only you');
    expect(crowdWords({ fewest: 2, most: 6 })).toBe('a handful of people, or only you');
    expect(crowdWords({ fewest: 9, most: 24 })).toBe('at most 24 people, perhaps only you');
  });
});
