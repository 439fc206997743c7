/** The shipped taxonomy and lists keep their own rules, and every IAB id is one that exists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPriceTable } from '../../../electron/core/enrichment/price-bands.ts';
import { parseIntentRules } from '../../../electron/core/enrichment/intents.ts';
import { compileLexicon, lexiconVersion, readLexicons } from '../../../electron/core/enrichment/lexicon.ts';
import { createTaxonomy, loadTaxonomy } from '../../../electron/core/enrichment/taxonomy.ts';
import { RESOURCES } from '../../support/enrichment.ts';

const taxonomy = loadTaxonomy(RESOURCES);
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
/** Ids and names as they stand in the two IAB files, for the ids in use (IAB Tech Lab, CC BY 3.0). */
const iab = json(join(import.meta.dirname, '../../fixtures/taxonomy/iab-names.json')) as Readonly<Record<'content' | 'audience', Readonly<Record<string, string>>>>;

describe('taxonomy', () => {
  test('ids are unique, parents come first, nothing is deeper than three levels', () => {
    const seen = new Set<string>();
    for (const node of taxonomy.nodes) {
      expect(seen.has(node.id), node.id).toBe(false);
      seen.add(node.id);
      expect(node.level).toBe(node.id.split('.').length);
      expect(node.level).toBeLessThanOrEqual(3);
      if (node.parent !== null) expect(seen.has(node.parent), node.id).toBe(true);
    }
    expect(taxonomy.nodes.filter((node) => node.kind === 'interest').length).toBeGreaterThan(300);
  });

  test('labels are words for people: sentence case, unique among siblings', () => {
    const siblings = new Set<string>();
    for (const { parent, label, id, kind } of taxonomy.nodes) {
      expect(label, id).toMatch(/^[\p{Lu}0-9]/u);
      expect(label, id).not.toMatch(/[_/|]|\s{2}/);
      const key = `${kind}|${parent ?? ''}|${label.toLowerCase()}`;
      expect(siblings.has(key), `${id} ${label}`).toBe(false);
      siblings.add(key);
    }
  });

  test('every IAB id is in the file of its own taxonomy, and no name is kept without need', () => {
    const used = { content: new Set<string>(), audience: new Set<string>() };
    for (const node of taxonomy.nodes) {
      if (node.iab === null) continue;
      const file = node.kind === 'department' ? 'audience' : 'content';
      expect(iab[file][node.iab], `${node.id} → ${node.iab}`).toBeTypeOf('string');
      used[file].add(node.iab);
    }
    expect(Object.keys(iab.content).sort()).toEqual([...used.content].sort());
    expect(Object.keys(iab.audience).sort()).toEqual([...used.audience].sort());
    expect(iab.content['217']).toBe('Desserts and Baking');
    expect(iab.audience['1337']).toBe('Kitchen and Dining Products');
  });

  test('closed goes downwards, and covers what must be closed', () => {
    for (const node of taxonomy.nodes) if (node.parent !== null && taxonomy.get(node.parent)?.closed) expect(node.closed, node.id).toBe(true);
    for (const id of ['health', 'health.conditions.diabetes', 'family', 'family.pregnancy', 'family.grief', 'family.children', 'faith.islam', 'politics', 'intimacy', 'heritage', 'hardship.debt', 'habits.alcohol.wine', 'habits.gambling', 'health.weight', 'film.preschool', 'music.worship', 'books.religion-books', 'pharmacy', 'baby', 'devotional']) {
      expect(taxonomy.get(id)?.closed, id).toBe(true);
    }
    for (const id of ['food.cooking.baking', 'music.rock.indie', 'kitchenware', 'outdoors']) expect(taxonomy.get(id)?.closed, id).toBe(false);
  });

  test('a file that breaks a rule does not load', () => {
    const node = (id: string, more = {}) => ({ id, label: 'X', kind: 'interest', iab: null, ...more });
    const load = (...nodes: unknown[]) => () => createTaxonomy({ version: 1, nodes });
    expect(load(node('a'), node('a'))).toThrow(/twice/);
    expect(load(node('a.b'))).toThrow(/before its parent/);
    expect(load(node('a'), node('a.b', { kind: 'genre' }))).toThrow(/another kind/);
    expect(load(node('a'), node('a.b'), node('a.b.c'), node('a.b.c.d'))).toThrow();
    expect(load(node('A'))).toThrow();
    expect(load(node('a', { closed: false }))).toThrow();
  });

  test('words find their node, and tell when they could mean several', () => {
    expect(taxonomy.find('interest', 'Baking').map((node) => node.id)).toEqual(['food.cooking.baking']);
    expect(taxonomy.find('interest', '  bAKING ').map((node) => node.id)).toEqual(['food.cooking.baking']);
    expect(taxonomy.find('interest', 'food.cooking.baking')).toHaveLength(1);
    expect(taxonomy.find('interest', 'Food and drink > Cooking > Baking')).toHaveLength(1);
    expect(taxonomy.find('genre', 'Science fiction').length).toBeGreaterThan(1);
    expect(taxonomy.find('genre', 'Film and series > Science fiction').map((node) => node.id)).toEqual(['film.scifi']);
    expect(taxonomy.find('interest', 'nothing of the kind')).toEqual([]);
  });
});

describe('lists', () => {
  test('compile against the taxonomy, with the size that was promised', () => {
    const texts = readLexicons(RESOURCES);
    const lexicon = compileLexicon(texts, taxonomy);
    expect(lexicon.artists.size).toBeGreaterThan(1_500);
    expect(lexicon.titles.size).toBeGreaterThan(1_500);
    expect(lexicon.brands.size).toBeGreaterThan(1_000);
    expect(lexicon.products.size).toBeGreaterThan(3_000);
    expect(lexicon.closed.size).toBeGreaterThan(1_000);
    expect(lexiconVersion(texts, taxonomy)).toBe(lexiconVersion(readLexicons(RESOURCES), taxonomy));
    expect(lexiconVersion({ ...texts, artists: `${texts.artists}# changed\n` }, taxonomy)).not.toBe(lexiconVersion(texts, taxonomy));
    expect(() => compileLexicon({ ...texts, topics: 'no.such.node\tword\n' }, taxonomy)).toThrow(/topics: no\.such\.node/);
  });

  test('the list of closed words leads to closed nodes only', () => {
    for (const line of readLexicons(RESOURCES).closed.split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      for (const id of (line.split('\t')[0] ?? '').split(',')) if (id !== '-') expect(taxonomy.get(id)?.closed, id).toBe(true);
    }
  });

  test('prices and intents speak of product families that exist and are open', () => {
    const families = createPriceTable(json(join(RESOURCES, 'price-bands.json'))).families;
    const { adjacent, usedUp } = parseIntentRules(json(join(RESOURCES, 'intents.json')));
    for (const id of [...families, ...usedUp, ...adjacent.flatMap((rule) => [...rule.when, rule.then])]) {
      expect(taxonomy.get(id)?.kind, id).toBe('department');
      expect(taxonomy.get(id)?.closed, id).toBe(false);
    }
    for (const node of taxonomy.nodes) {
      if (node.kind === 'department' && !node.closed && node.level === 2) expect(families, `a price range for ${node.id}`).toContain(node.id);
    }
  });
});
