/** Goodreads and Letterboxd, on every quirk their exports are known to have. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { fixture, MARKER, parseAll, readableOf, type Parsed } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(fixture(name));
const formatOf = async (name: string, path = name): Promise<string | null> => {
  const structure = await readStructure(readableOf(read(name)));
  return structure && (recognise(structure, path)?.id ?? null);
};
const brief = ({ act, title, creator, collection, category, atMs }: ParsedRecord): string => [act, title, creator ?? '-', collection ?? '-', category ?? '-', atMs === 0 ? 'no date' : new Date(atMs).toISOString().slice(0, 16)].join(' | ');
const codes = (parsed: Parsed): string[] => parsed.issues.map(({ code, position }) => `${code} ${position}`);

describe('Goodreads', () => {
  const NAME = 'goodreads/goodreads_library_export.csv';

  test('a shelf and a rating say what was done with a book; its series is told from its title', async () => {
    expect(await formatOf(NAME)).toBe('goodreads/library');
    const parsed = await parseAll(read(NAME), 'goodreads/library');
    expect(parsed.records.map(brief)).toEqual([
      'liked | The Hobbit | J.R.R. Tolkien | Middle-earth | - | 2024-02-03T12:00',
      'used | Wyrd Sisters | Terry Pratchett | Discworld | - | 2022-05-01T12:00',
      'used | Die Verwandlung | Franz Kafka | - | - | 2021-08-15T12:00',
      'wanted | Project Hail Mary | Andy Weir | - | - | 2026-01-10T12:00',
      'disliked | A Little Life | Hanya Yanagihara | - | - | 2020-03-01T12:00',
      'disliked | Ulysses | James Joyce | - | - | 2019-06-16T12:00',
      'used | Piranesi | Susanna Clarke | - | - | 2026-11-01T12:00',
      'liked | Cien años de soledad | Gabriel García Márquez | - | - | no date',
    ]);
    for (const record of parsed.records) expect(record).toMatchObject({ kind: 'book', durationMs: null, quantity: null, amountMinor: null, currency: null });
    expect(codes(parsed)).toEqual(['DATE_INVALID f#row=10', 'TITLE_MISSING f#row=11']);
  });

  test('reviews, notes, shelves and numbers are not kept', async () => {
    expect(read(NAME).toString('utf8')).toContain(MARKER);
    expect(JSON.stringify((await parseAll(read(NAME), 'goodreads/library')).records)).not.toContain(MARKER);
  });

  test('titles with brackets of other kinds stay whole', async () => {
    const rows = ['Women (in the Plural)', 'Dune (Dune, #1)', 'Dune (Dune #1)', '(untitled)', 'A (B) (C, #2.5)'];
    const text = `Title,Author,Exclusive Shelf,My Rating,Date Added\n${rows.map((title) => `"${title}",X,read,0,2024/01/01`).join('\n')}\n`;
    expect((await parseAll(text, 'goodreads/library')).records.map(({ title, collection }) => [title, collection])).toEqual([
      ['Women (in the Plural)', null], ['Dune', 'Dune'], ['Dune', 'Dune'], ['(untitled)', null], ['A (B)', 'C'],
    ]);
  });
});

describe('Letterboxd', () => {
  test.each([
    ['watched.csv', 'letterboxd/watched'], ['watchlist.csv', 'letterboxd/watchlist'], ['likes/films.csv', 'letterboxd/likes'], ['ratings.csv', 'letterboxd/ratings'], ['diary.csv', 'letterboxd/diary'], ['reviews.csv', 'letterboxd/diary'], ['deleted/diary.csv', null],
  ])('%s is %s', async (name, expected) => {
    expect(await formatOf(`letterboxd/${name}`, name)).toBe(expected);
    expect(await formatOf(`letterboxd/${name}`, `letterboxd-somebody-2026-11-20/${name}`)).toBe(expected);
  });

  test('two lists of one structure are told apart by their names, and by nothing else', async () => {
    expect(await formatOf('letterboxd/watched.csv', 'Watchlist (1).CSV'.toLowerCase())).toBe('letterboxd/watchlist');
    expect(await formatOf('letterboxd/watched.csv', 'holiday.csv')).toBeNull();
  });

  test.each<[string, string, string[], string[]]>([
    ['watched.csv', 'letterboxd/watched', ['used | Alien | - | - | 1979 | 2024-01-05T12:00', 'used | Good, the Bad and the Ugly, The | - | - | 1966 | 2024-02-05T12:00'], ['DATE_INVALID watched.csv#row=4']],
    ['watchlist.csv', 'letterboxd/watchlist', ['wanted | Stalker | - | - | 1979 | 2025-03-01T12:00'], []],
    ['likes/films.csv', 'letterboxd/likes', ['liked | Alien | - | - | 1979 | 2024-01-06T12:00'], []],
    ['ratings.csv', 'letterboxd/ratings', ['liked | Alien | - | - | 1979 | 2024-01-06T12:00', 'disliked | Cats | - | - | 2019 | 2024-01-07T12:00'], ['SKIPPED_MIDDLING ratings.csv#row=4', 'SKIPPED_MIDDLING ratings.csv#row=5']],
    ['diary.csv', 'letterboxd/diary', ['used | Alien | - | - | 1979 | 2024-01-05T12:00', 'used | Alien | - | - | 1979 | 2025-10-30T12:00'], []],
    ['reviews.csv', 'letterboxd/diary', ['used | Alien | - | - | 1979 | 2025-10-30T12:00'], []],
  ])('%s', async (name, format, records, issues) => {
    const parsed = await parseAll(read(`letterboxd/${name}`), format, { label: name });
    expect(parsed.records.map(brief)).toEqual(records);
    expect(codes(parsed)).toEqual(issues);
    expect(JSON.stringify(parsed.records)).not.toContain(MARKER);
  });
});
