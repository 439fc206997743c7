/** Which words a match goes by: checked against the matcher itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatchableItem } from '../../../electron/core/enrichment/matcher.ts';
import { wordsBehind } from '../../../electron/core/enrichment/matched-words.ts';
import { bought, heard, item, shippedMatcher, watched } from '../../support/enrichment.ts';

const { matcher } = shippedMatcher();
const behind = (what: MatchableItem): Record<string, string[]> =>
  Object.fromEntries(matcher.match(what).map(({ target, rule }) => [`${rule} ${target}`, wordsBehind(matcher, what, { target, rule }).map(({ field, words }) => `${field}: ${words}`)]));

describe('words behind a match', () => {
  test.each<[string, MatchableItem, string, string[]]>([
    ['a phrase in a long title', bought('Salomon Men’s Trail-Running Shoes, size 44, black'), 'lexicon/brand@1 brand:Salomon', ['title: Salomon']],
    ['an artist among several', heard('Someone Unknown & Big Thief', 'A song'), 'lexicon/artist@1 music.rock.indie', ['creator: Big Thief']],
    ['the name of a series in front of its episode', watched('Breaking Bad: Season 2: Grilled'), 'lexicon/title@1 film.thriller', ['title: Breaking Bad']],
    ['what a shop says', bought('Something in no list whatever', 'ABIS_BOOK'), 'source/category@1 media.books-paper', ['category: ABIS_BOOK']],
  ])('%s', (_what, thing, match, words) => {
    const found = behind(thing);
    const key = match in found ? match : Object.keys(found).find((one) => one.startsWith(match.split(' ')[0] ?? '')) ?? '';
    expect(found[key]).toEqual(words);
  });

  test('nothing for what the matcher does not say', () => {
    expect(wordsBehind(matcher, heard('Big Thief'), { target: 'music.metal', rule: 'lexicon/artist@1' })).toEqual([]);
  });

  test('they are part of the thing as written, they suffice, and none can be spared at either end', () => {
    const words = ['garden', 'hose', 'for', 'the', 'Bosch', 'drill', 'yoga', 'mat', 'with', 'running', 'shoes', 'Harry', 'Potter', 'and', 'Dune:', 'Frank', 'Herbert', '(Paperback)', 'Laufschuhe', 'wine', 'insulin', 'chess', 'podcast', 'episode', '12', '–'];
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(' '));
    fc.assert(fc.property(fc.constantFrom('product', 'podcast', 'book', 'search', 'video', 'app'), text, fc.option(text), fc.option(text), (kind, title, creator, collection) => {
      const thing = item(kind, title, { creator, collection });
      for (const { target, rule } of matcher.match(thing)) {
        const found = wordsBehind(matcher, thing, { target, rule });
        const left: MatchableItem = { ...item(kind, ''), ...Object.fromEntries(found.map(({ field, words: own }) => [field, own])) };
        const says = (one: MatchableItem): boolean => matcher.match(one).some((match) => match.target === target && match.rule === rule);
        expect(found.length).toBeGreaterThan(0);
        for (const { field, words: own } of found) expect(thing[field]).toContain(own);
        // A sign at an end is left out of what is shown, and may be what told a title's beginning from its rest.
        if (![title, creator, collection].some((text) => /[:(),–]/u.test(text ?? ''))) {
          expect(says(left)).toBe(true);
          for (const { field, words: own } of found) {
            const parts = own.split(' ');
            if (parts.length > 1) for (const less of [parts.slice(1), parts.slice(0, -1)]) expect(says({ ...left, [field]: less.join(' ') })).toBe(false);
          }
        }
      }
    }), { numRuns: 300 });
  });
});
