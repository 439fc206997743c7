/** The labelled set is what it says it is, and its scores are the ones worked out by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseIntentRules } from '../../electron/core/enrichment/intents.ts';
import { createPriceTable } from '../../electron/core/enrichment/price-bands.ts';
import { RULES } from '../../electron/core/enrichment/rules.ts';
import { parseRow, readLabelled, ROW_KINDS, FACETS } from '../quality/labelled.ts';
import { concludeLives } from '../quality/lives.ts';
import { countRules, drawn, judge, reliability, score } from '../quality/score.ts';
import { seededRandom } from '../bench/generate.ts';
import { RESOURCES, shippedMatcher } from '../support/enrichment.ts';

const { taxonomy, matcher } = shippedMatcher();
const resource = (name: string): unknown => JSON.parse(readFileSync(join(RESOURCES, name), 'utf8'));
const prices = createPriceTable(resource('price-bands.json')), intents = parseIntentRules(resource('intents.json'));
const rows = readLabelled();

test('holds a thousand titles and more of all kinds and several languages, each once, in two parts that nobody chose', () => {
  expect(rows.length).toBeGreaterThanOrEqual(1_000);
  expect(new Set(rows.map(({ kind, language, item }) => JSON.stringify([kind, language, item.creator, item.title]))).size).toBe(rows.length);
  // Sites are in the other set: of them nothing is judged but whether they are sealed.
  for (const kind of ROW_KINDS.filter((name) => name !== 'site')) expect(rows.filter((row) => row.kind === kind).length, kind).toBeGreaterThanOrEqual(15);
  for (const language of ['en', 'de', 'fr', 'es']) expect(rows.filter((row) => row.language === language).length, language).toBeGreaterThanOrEqual(40);
  const dev = rows.filter(({ split }) => split === 'dev').length / rows.length;
  expect(dev).toBeGreaterThan(0.33);
  expect(dev).toBeLessThan(0.47);
  expect(rows.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(60);
});

test('names nodes there are, of the kind that is judged, and none that is closed', () => {
  for (const { kind, item, labels, closed, nothing } of rows) {
    expect(labels.length > 0 || closed || nothing, item.title).toBe(true);
    for (const label of labels) {
      expect(taxonomy.get(label)?.kind, `${item.title}: ${label}`).toBe(FACETS[kind]);
      expect(taxonomy.get(label)?.closed, `${item.title}: ${label}`).toBe(false);
    }
  }
});

const said = (...targets: string[]) => targets.map((target) => ({ target, rule: 'lexicon/artist@1' as const, weight: 1 }));
const row = (labels: string) => parseRow('music', `en\tSomebody\tSong\t${labels}`);

test('a statement is right exactly at or below a label, nearly right above or beside it', () => {
  expect(judge(row('music.rock.indie'), said('music.rock.indie'), taxonomy)).toMatchObject({ said: 1, exact: 1, near: 1, found: 'exact' });
  expect(judge(row('music.rock'), said('music.rock.indie'), taxonomy)).toMatchObject({ exact: 1, found: 'exact' });
  expect(judge(row('music.rock.indie'), said('music.rock'), taxonomy)).toMatchObject({ said: 1, exact: 0, near: 1, found: 'near' });
  expect(judge(row('music.rock.indie'), said('music.rock.punk'), taxonomy)).toMatchObject({ exact: 0, near: 1, found: 'near' });
  expect(judge(row('music.rock'), said('music.metal'), taxonomy)).toMatchObject({ said: 1, exact: 0, near: 0, found: 'missed' });
  expect(judge(row('music.rock.indie/music.pop'), said('music.pop', 'music.jazz'), taxonomy)).toMatchObject({ said: 2, exact: 1, near: 1, found: 'exact' });
  expect(judge(row('music.rock.indie'), [], taxonomy)).toMatchObject({ said: 0, found: 'missed' });
  expect(judge(row('-'), said('music.rock'), taxonomy)).toMatchObject({ said: 1, exact: 0, found: null });
  expect(judge(row('music.rock/-'), [], taxonomy)).toMatchObject({ said: 0, found: null });
  // Other kinds of nodes, and hints, are not judged.
  expect(judge(row('music.rock'), [...said('food.cooking'), { target: 'music.pop', rule: 'lexicon/artist@1', weight: 0.3 }], taxonomy)).toMatchObject({ said: 0, found: 'missed' });
  expect(judge(row('!'), said('music.worship'), taxonomy)).toMatchObject({ said: 0, sealed: true, found: null });
  expect(judge(row('music.rock'), said('music.worship', 'music.rock'), taxonomy)).toMatchObject({ said: 0, sealed: true, found: 'missed' });
});

test('scores add up', () => {
  const all = [
    judge(row('music.rock.indie'), said('music.rock.indie', 'music.jazz'), taxonomy), judge(row('music.rock.indie'), said('music.rock'), taxonomy), judge(row('music.blues'), [], taxonomy),
    judge(row('!'), said('music.worship'), taxonomy), judge(row('!'), [], taxonomy), judge(row('-'), said('music.worship'), taxonomy),
  ];
  expect(score(all)).toEqual({ rows: 6, precision: 1 / 3, nearPrecision: 2 / 3, recall: 1 / 3, nearRecall: 2 / 3, closedRows: 2, closedFound: 1, falselySealed: 1 });
});

test('reliability sets what was said beside what came true', () => {
  const { bins, error } = reliability([{ confidence: 0.95, right: true }, { confidence: 0.91, right: false }, { confidence: 0.15, right: false }, { confidence: 1, right: true }]);
  expect(bins[9]).toEqual({ from: 0.9, count: 3, confidence: (0.95 + 0.91 + 1) / 3, right: 2 / 3 });
  expect(bins[1]).toMatchObject({ count: 1, confidence: 0.15, right: 0 });
  expect(bins[5]?.count).toBe(0);
  expect(error).toBeCloseTo(0.75 * ((0.95 + 0.91 + 1) / 3 - 2 / 3) + 0.25 * 0.15, 12);
  expect(reliability([]).error).toBe(0);
});

test('rules are counted by what they say of the judged kind, right above and below the label', () => {
  const counts = countRules([{ row: row('music.rock'), matches: said('music.rock.indie', 'music.jazz', 'food.cooking') }, { row: row('music.rock.indie'), matches: said('music.rock', 'music.worship') }], taxonomy);
  expect([...counts]).toEqual([['lexicon/artist@1', { right: 2, of: 3 }]]);
});

test('no rule is relied on more than the part that may be looked into bears out', () => {
  const counts = countRules(rows.filter(({ split }) => split === 'dev').map((one) => ({ row: one, matches: matcher.match(one.item) })), taxonomy);
  const often = [...counts].filter(([, { of }]) => of >= 20);
  expect(often.length).toBeGreaterThanOrEqual(5);
  for (const [rule, { right, of }] of often) expect(RULES[rule].reliability, `${rule}: ${right} of ${of}`).toBeLessThanOrEqual(right / of + 0.03);
});

test('confidence comes true as often as it says, in lives of which more and of which less lasts', () => {
  const known = new Map(rows.map((one) => [one, matcher.match(one.item)]));
  const errorOf = (tells?: number): number => reliability(concludeLives({ taxonomy, prices, intents, rows: rows.filter(({ split }) => split === 'dev'), matchesOf: (one) => known.get(one) ?? [], lives: 60, random: seededRandom(5), ...(tells === undefined ? {} : { tells }) })).error;
  const counted = errorOf();
  expect(counted).toBeLessThan(0.1);
  // What is counted in each life beats any one share for all of them.
  for (const tells of [0.25, 0.4, 0.5]) expect(counted, String(tells)).toBeLessThan(errorOf(tells));
});

test('the drawing has a bar as long as what came true, and a mark where it should end', () => {
  const { bins } = reliability([{ confidence: 0.5, right: true }, { confidence: 0.5, right: false }, { confidence: 0.91, right: false }]);
  expect(drawn(bins)).toEqual([
    `0.5–0.6  said 0.50  ${'█'.repeat(25)}│${'·'.repeat(25)}  0.50 came true  (2)`,
    `0.9–1.0  said 0.91  ${'·'.repeat(46)}│${'·'.repeat(4)}  0.00 came true  (1)`,
  ]);
});
