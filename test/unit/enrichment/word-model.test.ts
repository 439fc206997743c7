/** What the word model says of titles the lists do not know, and that it never touches what is closed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWordModel } from '../../../electron/core/enrichment/word-model.ts';
import { parseRow, ROW_KINDS, FACETS } from '../../quality/labelled.ts';
import { bought, heard, item, shippedMatcher, watched } from '../../support/enrichment.ts';

const { taxonomy, matcher } = shippedMatcher();
const guesses = (what: Parameters<typeof matcher.match>[0]): string[] => matcher.match(what).filter(({ rule }) => rule === 'model/words@1').map(({ target }) => target);
const rows = readFileSync(join(import.meta.dirname, '../../quality/unseen.tsv'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
  const kind = ROW_KINDS.find((known) => line.startsWith(`${known}\t`)) ?? 'topic';
  return parseRow(kind, line.slice(kind.length + 1));
});

describe('learning', () => {
  const examples = [
    ...['winter jacket', 'rain jacket', 'jacke', 'winterjacken'].map((words) => ({ words: words.split(' '), node: 'jackets' })),
    ...['chess board', 'chess clock'].map((words) => ({ words: words.split(' '), node: 'chess' })), ...['pregnancy test', 'pregnancy pillow'].map((words) => ({ words: words.split(' '), node: 'closed' })),
    ...Array.from({ length: 60 }, (_, i) => ({ words: [`filler${'abcdefgh'.charAt(i % 8)}${i}`], node: `other${i}` })),
  ];
  const repeated = Array.from({ length: 8 }, () => examples).flat();
  const model = createWordModel(() => repeated, (node) => node === 'closed');

  test('known words in a new order, or in another form, are recognised', () => {
    expect(model.guess(['my', 'chess', 'opening'])).toBe('chess');
    expect(model.guess(['leichte', 'winterjacke', 'jacke'])).toBe('jackets');
  });
  test('nothing is said of unknown words, of none, and of words that stand anywhere', () => {
    for (const words of [[], ['zzzzz'], ['the', 'and', 'der'], ['12', '2024'], ['x']]) expect(model.guess(words), words.join(' ')).toBeNull();
  });
  test('nothing closed is ever said, and next to it nothing else either', () => {
    expect(model.guess(['pregnancy'])).toBeNull();
    expect(model.guess(['pregnancy', 'chess'])).toBeNull();
  });
  test('it learns once, and only when asked', () => {
    let asked = 0;
    const lazy = createWordModel(() => { asked++; return repeated; }, () => false);
    expect(asked).toBe(0);
    expect([lazy.guess(['chess']), lazy.guess(['chess']), asked]).toEqual(['chess', 'chess', 1]);
  });
});

describe('the shipped lists', () => {
  test('titles they do not know are mostly guessed right, or not at all', () => {
    let said = 0, right = 0;
    const wrong: string[] = [];
    for (const row of rows) {
      for (const target of guesses(row.item)) {
        said++;
        if (row.labels.some((label) => taxonomy.isWithin(target, label))) right++; else wrong.push(`${row.item.title}: ${target}`);
        expect(taxonomy.get(target)?.kind, row.item.title).toBe(FACETS[row.kind]);
        expect(taxonomy.get(target)?.closed, row.item.title).toBe(false);
      }
    }
    process.stdout.write(`word model: of ${rows.length} titles it spoke of ${said}, ${right} right; wrong: ${wrong.join('; ')}\n`);
    expect(said).toBeGreaterThanOrEqual(5);
    expect(right / said).toBeGreaterThan(0.8);
  });
  test('what the lists say is left as it is, and works are never guessed by their names', () => {
    for (const what of [bought('USB C Cable for iPhone 15, 2m'), bought('A walk with no name', 'ABIS_BOOK'), item('book', 'The winter jacket'), watched('The winter jacket'), heard('The winter jacket'), item('site', 'winter jackets')]) expect(guesses(what), what.title).toEqual([]);
  });
  test('closed things stay closed', () => {
    for (const title of ['Pregnancy Pillow', 'insulin cool bag for travel', 'rosary with wooden chess board']) for (const kind of ['product', 'search', 'podcast', 'app', 'topic'] as const) expect(guesses(item(kind, title)), title).toEqual([]);
  });
  test.each(['\u202eשלום עולם', '\u0000\u0001\u0002', '🍞🥖🥐', 'jacke'.repeat(20_000), 'winterjacke '.repeat(20_000), 'ﷺ ﷽', '\ud800 \udc00', '__proto__ constructor toString'])('a hostile title does no harm: %#', (title) => {
    for (const kind of ['product', 'search', 'podcast', 'app', 'topic'] as const) for (const target of guesses(item(kind, title))) expect(taxonomy.get(target)?.closed).toBe(false);
  });
});
