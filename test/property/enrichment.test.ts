/** Laws of concluding: more evidence never weakens, ruling out never reveals, closed evidence never touches what is open. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTS, ITEM_KINDS } from '../../shared/domain/records.ts';
import { createTally, type Conclusion, type ItemEvidence, type RuledOut } from '../../electron/core/enrichment/conclude.ts';
import { parseIntentRules } from '../../electron/core/enrichment/intents.ts';
import type { Match } from '../../electron/core/enrichment/matcher.ts';
import { createPriceTable } from '../../electron/core/enrichment/price-bands.ts';
import { RULES, type RuleName } from '../../electron/core/enrichment/rules.ts';
import { confidenceOf, itemSupport, speaksFor, strengthOf } from '../../electron/core/enrichment/scoring.ts';
import { noWeeks } from '../../electron/core/records/weeks.ts';
import { item as itemOf, NOW_MS, RESOURCES, shippedMatcher } from '../support/enrichment.ts';

const { taxonomy, matcher } = shippedMatcher();
const json = (name: string): unknown => JSON.parse(readFileSync(join(RESOURCES, name), 'utf8'));
const prices = createPriceTable(json('price-bands.json')), intents = parseIntentRules(json('intents.json'));

const ruleNames = Object.keys(RULES) as RuleName[];
const [mostTrusted, leastTrusted] = [...ruleNames].sort((a, b) => RULES[b].reliability - RULES[a].reliability).filter((_, index, all) => index === 0 || index === all.length - 1) as [RuleName, RuleName];
const openTargets = taxonomy.nodes.filter((node) => !node.closed).map((node) => node.id), closedTargets = taxonomy.nodes.filter((node) => node.closed && node.kind !== 'department').map((node) => node.id);
const matchOf = (targets: readonly string[]): fc.Arbitrary<Match> => fc.record({ target: fc.constantFrom(...targets), rule: fc.constantFrom(...ruleNames), weight: fc.double({ min: 0.05, max: 1, noNaN: true }) });
const evidenceOf = (targets: readonly string[]): fc.Arbitrary<ItemEvidence> => fc.record({
  itemId: fc.integer({ min: 1, max: 1_000 }), kind: fc.constantFrom(...ITEM_KINDS), act: fc.constantFrom(...ACTS.filter(speaksFor)), records: fc.integer({ min: 1, max: 500 }), share: fc.double({ min: 0.01, max: 1, noNaN: true }), lastAtMs: fc.integer({ min: 1, max: NOW_MS }),
  matches: fc.array(matchOf(targets), { minLength: 1, maxLength: 4 }), unitPriceMinor: fc.option(fc.integer({ min: 1, max: 500_000 })), currency: fc.constantFrom('EUR', 'USD', 'JPY', null),
}).map(({ share, ...item }) => ({ ...item, decayed: item.records * share }));
const nodes = [...openTargets.slice(0, 60), 'brand:Nike', 'brand:LEGO'];
const open = evidenceOf(nodes), closed = evidenceOf(closedTargets);
const ruledOutOf = fc.array(fc.constantFrom(...taxonomy.nodes.filter((node) => node.kind === 'interest').map((node): RuledOut => ({ claim: 'interest', value: node.id })), { claim: 'brand', value: 'Nike' } as const), { maxLength: 4 });

const conclude = (items: readonly ItemEvidence[], ruledOut: readonly RuledOut[] = []): Conclusion[] => {
  const tally = createTally({ taxonomy, prices, intents, ruledOut, nowMs: NOW_MS });
  for (const item of items) tally.add(item);
  return tally.conclude([]);
};
const key = ({ claim, value }: { readonly claim: string; readonly value: string }): string => `${claim}|${value}`;
const byKey = (list: readonly Conclusion[]): Map<string, Conclusion> => new Map(list.map((conclusion) => [key(conclusion), conclusion]));
const isAdded = (claim: string): boolean => claim === 'interest' || claim === 'genre' || claim === 'brand';

describe('scoring', () => {
  test('strength and confidence lie between 0 and 1 and never fall as evidence grows', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(strengthOf(less)).toBeGreaterThanOrEqual(0);
      expect(strengthOf(more)).toBeLessThanOrEqual(1);
      expect(strengthOf(more)).toBeGreaterThanOrEqual(strengthOf(less));
    }));
    const rule = fc.record({ reliability: fc.double({ min: 0, max: 1, noNaN: true }), items: fc.integer({ min: 1, max: 1_000 }), extra: fc.integer({ min: 0, max: 1_000 }) }).map(({ extra, ...one }) => ({ ...one, records: one.items + extra }));
    fc.assert(fc.property(fc.array(rule, { maxLength: 5 }), rule, fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.1, max: 0.5, noNaN: true }), (rules, one, more, tells) => {
      const before = confidenceOf([...rules, one], tells);
      expect(before).toBeGreaterThanOrEqual(confidenceOf(rules, tells) - 1e-12);
      expect(confidenceOf([...rules, { ...one, items: one.items + more, records: one.records + more }], tells)).toBeGreaterThanOrEqual(before - 1e-12);
      expect(before).toBeLessThan(1);
      // Without the allowance the same is never less sure.
      expect(confidenceOf([...rules, one], 1)).toBeGreaterThanOrEqual(before - 1e-12);
    }));
  });
  test('one thing seen once is never more than half sure, repeats do not make it certain, and one rule is never surer than it is reliable', () => {
    for (const { reliability } of Object.values(RULES)) {
      for (const tells of [undefined, 0.1, 0.5]) expect(confidenceOf([{ reliability, items: 1, records: 1 }], tells)).toBeLessThan(0.5);
      expect(confidenceOf([{ reliability, items: 1, records: 10_000 }])).toBeLessThan(0.65);
      expect(confidenceOf([{ reliability, items: 10_000, records: 10_000 }])).toBeCloseTo(reliability, 3);
      expect(confidenceOf([{ reliability, items: 1, records: 1 }], 1)).toBeCloseTo(reliability, 12);
    }
  });
  test('newer counts more, a purchase more than a play, different things more than the same again', () => {
    for (const kind of ITEM_KINDS) expect(itemSupport(kind, 1, 1)).toBeGreaterThan(itemSupport(kind, 0.5, 1));
    expect(itemSupport('product', 1, 1)).toBeGreaterThan(itemSupport('music', 1, 1));
    expect(2 * itemSupport('video', 5, 1)).toBeGreaterThan(itemSupport('video', 10, 1));
  });
});

describe('seasons', () => {
  test('never make anything weaker, nor what lies below stronger than what lies above, whatever comes round', () => {
    const base = noWeeks().fill(0b11111, (2020 - 1995) * 12, (2027 - 1995) * 12);
    const years = fc.subarray([2021, 2022, 2023, 2024, 2025]);
    const recurring = fc.tuple(open, years, fc.integer({ min: 0, max: 11 })).map(([item, of, month]) => ({ ...item, weeks: of.map((year) => (((year - 1995) * 12 + month) << 5) | 0b1011) }));
    let rested = 0;
    fc.assert(fc.property(fc.array(recurring, { maxLength: 12 }), (items) => {
      const tally = createTally({ taxonomy, prices, intents, ruledOut: [], nowMs: NOW_MS, weeks: base });
      for (const item of items) tally.add(item);
      const after = byKey(tally.conclude([]));
      for (const [name, { strength, season }] of byKey(conclude(items))) {
        if (!isAdded(name.split('|')[0] ?? '')) continue;
        expect(season).toBeNull();
        expect(after.get(name)?.strength ?? 0, name).toBeGreaterThanOrEqual(strength);
        if ((after.get(name)?.strength ?? 0) > strength) rested++;
      }
      for (const { claim, value, strength } of after.values()) {
        if (claim !== 'interest') continue;
        for (const { id } of taxonomy.lineage(value).slice(1)) expect(after.get(`interest|${id}`)?.strength ?? 1, `${value} below ${id}`).toBeGreaterThanOrEqual(strength);
      }
    }));
    expect(rested).toBeGreaterThan(0);
  });
});

describe('concluding', () => {
  test('more evidence, or the same but newer, never lowers what it speaks for', () => {
    fc.assert(fc.property(fc.array(open, { maxLength: 12 }), open, fc.double({ min: 1, max: 50, noNaN: true }), (items, one, factor) => {
      const before = byKey(conclude([...items, one]));
      for (const later of [conclude([...items, one, { ...one, itemId: 2_000 }]), conclude([...items, { ...one, decayed: one.decayed * factor }])]) {
        const after = byKey(later);
        for (const [name, conclusion] of before) {
          if (!isAdded(conclusion.claim)) continue;
          expect(after.get(name)?.strength ?? 0, name).toBeGreaterThanOrEqual(conclusion.strength);
          expect(after.get(name)?.confidence ?? 0, name).toBeGreaterThanOrEqual(conclusion.confidence - 0.0011);
        }
      }
    }), { numRuns: 60 });
  });

  test('a parent is at least as strong as each open child, and counts each record once', () => {
    fc.assert(fc.property(fc.array(open, { maxLength: 15 }), (items) => {
      const found = byKey(conclude(items));
      const all = items.reduce((sum, item) => sum + item.records, 0);
      for (const { claim, value, strength, evidence } of found.values()) {
        expect(evidence).toBeLessThanOrEqual(all);
        const parent = taxonomy.get(value)?.parent;
        if (parent === undefined || parent === null || (claim !== 'interest' && taxonomy.get(parent)?.level === 1)) continue;
        expect(found.get(`${claim}|${parent}`)?.strength ?? 0, value).toBeGreaterThanOrEqual(strength);
      }
    }), { numRuns: 60 });
  });

  test('a trusted but weak match for the sibling does not make the parent weaker than the child', () => {
    const found = byKey(conclude([{
      itemId: 1, kind: 'product', act: 'used', records: 1, decayed: 1, lastAtMs: NOW_MS, unitPriceMinor: null, currency: null,
      matches: [{ target: 'garden.vegetables', rule: leastTrusted, weight: 0.5 }, { target: 'garden.flowers', rule: mostTrusted, weight: 0.49 }],
    }]));
    expect(found.get('interest|garden.vegetables')?.strength).toBeGreaterThan(0);
    expect(found.get('interest|garden')?.strength).toBe(found.get('interest|garden.vegetables')?.strength);
  });

  test('ruling something out never reveals: nothing appears, nothing grows, and nothing at or below it stays', () => {
    fc.assert(fc.property(fc.array(open, { maxLength: 15 }), ruledOutOf, fc.array(ruledOutOf, { maxLength: 1 }), (items, ruledOut, more) => {
      const before = byKey(conclude(items, ruledOut)), wider = [...ruledOut, ...more.flat()];
      const after = conclude(items, wider);
      for (const conclusion of after) {
        expect(before.get(key(conclusion))?.strength ?? -1, key(conclusion)).toBeGreaterThanOrEqual(conclusion.strength);
        for (const { claim, value } of wider) if (claim === conclusion.claim) expect(taxonomy.isWithin(conclusion.value, value), key(conclusion)).toBe(false);
      }
    }), { numRuns: 100 });
  });

  test('closed evidence is always marked, and changes nothing that is open', () => {
    fc.assert(fc.property(fc.array(open, { maxLength: 10 }), fc.array(closed, { minLength: 1, maxLength: 10 }), (items, sealed) => {
      const all = conclude([...items, ...sealed]);
      for (const { value, sensitive } of all) expect(sensitive, value).toBe(taxonomy.get(value)?.closed === true);
      expect(all.filter((conclusion) => !conclusion.sensitive)).toEqual(conclude(items).filter((conclusion) => !conclusion.sensitive));
      expect(all.some((conclusion) => conclusion.sensitive)).toBe(conclude(sealed).length > 0);
    }), { numRuns: 60 });
  });
});

describe('matching', () => {
  test('an item with anything closed about it yields closed matches only, whatever else its words say', () => {
    const words = fc.constantFrom('pregnancy test', 'insulin', 'rosary', 'divorce', 'wine', 'baby', 'KitchenAid', 'stand mixer', 'Dune', 'hiking', 'for', ',', 'Star Wars', 'chess', '-', 'Nike', 'Kochmesser', 'x', '(', 'Le Creuset');
    fc.assert(fc.property(fc.array(words, { maxLength: 8 }), fc.constantFrom(...ITEM_KINDS), fc.boolean(), (parts, kind, hasCreator) => {
      const title = parts.join(' ');
      const matches = matcher.match(itemOf(kind, title, { creator: hasCreator ? title : null }));
      const sealed = matches.filter((match) => taxonomy.get(match.target)?.closed);
      if (sealed.length > 0) expect(sealed).toHaveLength(matches.length);
      if (kind === 'product' && /pregnancy test|insulin|rosary|divorce/.test(title)) expect(sealed.length).toBeGreaterThan(0);
      for (const match of matches) {
        expect(match.weight).toBeGreaterThan(0);
        expect(match.weight).toBeLessThanOrEqual(1);
        expect(match.target.startsWith('brand:') || taxonomy.get(match.target) !== undefined, match.target).toBe(true);
      }
    }), { numRuns: 500 });
  });
  test('never throws on any text, and says the same twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.option(fc.string({ unit: 'binary', maxLength: 40 })), fc.constantFrom(...ITEM_KINDS), (title, creator, kind) => {
      const what = itemOf(kind, title, { creator });
      expect(matcher.match(what)).toEqual(matcher.match(what));
    }), { numRuns: 500 });
  });
});
