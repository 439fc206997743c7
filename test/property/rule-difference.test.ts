/** The law behind reading again only what other lists can touch: whatever is not touched reads the same under both. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ITEM_KINDS } from '../../shared/domain/records.ts';
import { compileLexicon, type LexiconTexts } from '../../electron/core/enrichment/lexicon.ts';
import { createMatcher, type MatchableItem } from '../../electron/core/enrichment/matcher.ts';
import { differenceBetween, differenceFrom, isSaidByList, packRules, touchedBy } from '../../electron/core/enrichment/rule-difference.ts';
import { createTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { RESOURCES } from '../support/enrichment.ts';

const node = (id: string, label: string, kind: string, closed?: true) => ({ id, label, kind, iab: null, ...(closed ? { closed } : {}) });
const NODES = [
  node('food', 'Food', 'interest'), node('food.tea', 'Tea', 'interest'), node('craft', 'Craft', 'interest'), node('health', 'Health', 'interest', true), node('jazz', 'Jazz', 'genre'), node('rock', 'Rock', 'genre'),
  node('kitchen', 'Kitchen', 'department'), node('media', 'Media', 'department'), node('media.books-paper', 'Books', 'department'), node('media.records', 'Records', 'department'), node('media.discs', 'Discs', 'department'),
  // The more there is to choose from, the surer the word model is of what it knows.
  ...Array.from({ length: 40 }, (_, i) => node(`other-${i}`, `Zz${i}`, i < 20 ? 'interest' : 'department')),
];
const taxonomy = createTaxonomy({ version: 1, nodes: NODES });
const languages = readFileSync(join(RESOURCES, 'lexicons/languages.tsv'), 'utf8');

// Few words, so that phrases meet, hold each other, and end in each other; some that only their language tells apart.
const word = fc.constantFrom('tea', 'kettle', 'kettles', 'teapot', 'pot', 'green', 'red', 'jazz', 'band', 'gift', 'pain', 'chef', 'Chef’s', 'rôti', 'x', 'the', 'homer', 'season', 'Straße', '3');
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const held = fc.tuple(fc.constantFrom('', '', '', 'de:', 'fr:', 'en+de:'), name).map(([language, text]) => language + text);
const listOf = (nodes: readonly string[], names: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.array(fc.tuple(fc.constantFrom(...nodes), names).map(([about, text]) => `${about}\t${text}`), { maxLength: 7 });
const signed = (signs: readonly string[], names: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(fc.constantFrom('', ...signs), names).map(([sign, text]) => sign + text);
const LISTS = {
  artists: listOf(['jazz', 'rock', 'jazz,rock'], name), titles: listOf(['food', 'craft', 'jazz'], signed(['*'], name)), books: listOf(['food', 'craft'], signed(['@', '^'], name)),
  products: listOf(['kitchen', 'kitchen,food.tea', 'food', '-', 'media'], held), brands: listOf(['kitchen', '-'], signed(['^'], fc.tuple(name, name).map(([one, other]) => `${one}=${other}`))),
  topics: listOf(['food', 'food.tea', 'craft', 'health'], signed(['~', '?'], held)), closed: listOf(['health'], fc.oneof(held, fc.constantFrom('teapot*', '*kettles', 'kettle*', '*teapot*', '=tea', '=green pot'))),
} as const;
type ListName = keyof typeof LISTS;
const lists = fc.record(LISTS);
const textsOf = (lines: Readonly<Record<ListName, readonly string[]>>): LexiconTexts => ({ ...Object.fromEntries(Object.entries(lines).map(([list, of]) => [list, of.join('\n')])) as Record<ListName, string>, languages });
/** One list of before with a line less, a line more, in another order, held to another language, or another one. */
const change = fc.tuple(lists, lists, fc.constantFrom(...Object.keys(LISTS) as ListName[]), fc.nat(6), fc.constantFrom('gone', 'come', 'turned', 'held', 'all'), fc.constantFrom('', 'de:', 'fr:')).map(([before, others, list, at, how, language]) => {
  const lines = before[list], fresh = others[list];
  const after = how === 'gone' ? lines.filter((_, i) => i !== at) : how === 'come' ? [...lines.slice(0, at), ...fresh.slice(0, 1), ...lines.slice(at)] : how === 'turned' ? [...lines].reverse() : how === 'held' ? lines.map((line) => line.replace(/\t(?:(?:en\+)?[df][er]:)?/u, `\t${language}`)) : fresh;
  return { before: textsOf(before), after: textsOf({ ...before, [list]: after }) };
});

const phrase = fc.array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: fc.constantFrom('tea-pot', 'teapotted', 'rekettles', 'with', 'for', ',', ':', '&', 'und', '-', 'feat.', 'und der die das mit', 'dans les une avec') }), { minLength: 1, maxLength: 6 }).map((words) => words.join(' ').replaceAll(' :', ':'));
/** What no list names whole. */
const loose: fc.Arbitrary<MatchableItem> = fc.tuple(fc.constantFrom('search', 'app', 'product', 'topic'), fc.array(word, { minLength: 1, maxLength: 3 })).map(([kind, words]) => ({ kind, title: words.flatMap((one) => [one, 'zu']).join(' '), creator: null, collection: null, category: null }));
const whole: fc.Arbitrary<MatchableItem> = fc.record({
  kind: fc.constantFrom(...ITEM_KINDS), title: phrase, creator: fc.option(phrase), collection: fc.option(phrase), category: fc.constantFrom(null, 'Book', 'CD', 'Kitchen'),
});
const things = fc.oneof(whole, whole, loose);

test('what a change of the lists does not touch reads the same under both', () => {
  let untouched = 0, changed = 0, guessed = 0;
  fc.assert(fc.property(change, fc.array(things, { minLength: 20, maxLength: 20 }), ({ before: older, after }, items) => {
    const old = compileLexicon(older, taxonomy), now = compileLexicon(after, taxonomy);
    const touched = touchedBy(differenceBetween(old, now)), was = createMatcher(old, taxonomy), is = createMatcher(now, taxonomy);
    for (const item of items) {
      const before = was.match(item);
      if (before.some(({ rule }) => rule === 'model/words@1')) guessed++;
      if (touched.byLists(item) || (!before.some(isSaidByList) && touched.byWords(item))) { if (JSON.stringify(before) !== JSON.stringify(is.match(item))) changed++; continue; }
      untouched++;
      expect(is.match(item), JSON.stringify(item)).toEqual(before);
    }
  }), { numRuns: 600 });
  // All of it happens, or this says nothing.
  expect(untouched).toBeGreaterThan(2_000);
  expect(changed).toBeGreaterThan(100);
  expect(guessed).toBeGreaterThan(15);
}, 120_000);

test('other lists than those before touch nothing when they say the same, and everything when more than lists changed', () => {
  fc.assert(fc.property(lists, (lines) => {
    const texts = textsOf(lines);
    expect(differenceFrom(packRules(texts, taxonomy), { ...texts, topics: `# a note\n${texts.topics}` }, taxonomy)).toEqual({ names: [], closedParts: [], phrases: [], parts: [] });
    expect(differenceFrom(packRules(texts, taxonomy), { ...texts, languages: `${languages}\n` }, taxonomy)).toBeNull();
    for (const nodes of [NODES.slice(0, -1), [...NODES].reverse().sort((a, b) => a.id.split('.').length - b.id.split('.').length), NODES.map((one) => (one.id === 'craft' ? { ...one, closed: true } : one)), NODES.map((one) => (one.id === 'craft' ? { ...one, label: 'Crafts' } : one))]) {
      expect(differenceFrom(packRules(texts, taxonomy), texts, createTaxonomy({ version: 1, nodes }))).toBeNull();
    }
  }), { numRuns: 10 });
});
