/** The library of Goodreads: shelves, ratings and days, series out of titles, and numbers written so that spreadsheets leave them alone. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { shippedMatcher } from '../../support/enrichment.ts';
import { fixture, MARKER, parseAll, readableOf } from '../../support/sources.ts';

const FORMAT = 'goodreads/library';
const file = readFileSync(fixture('../goodreads/goodreads_library_export.csv'));
const library = (row: string): string => `Title,Author,My Rating,Date Read,Date Added,Bookshelves,Exclusive Shelf,Read Count\n${row}\n`;
const one = async (row: string): Promise<ParsedRecord | undefined> => (await parseAll(library(row), FORMAT)).records[0];

describe('the library of Goodreads', () => {
  it('is known by its columns, in any order and with a mark before them', async () => {
    for (const content of [file.toString(), `\ufeff${file.toString().replaceAll('\n', '\r\n')}`, 'Exclusive Shelf,Date Added,My Rating,Author,Title\nread,2024/01/01,0,A,B\n']) {
      const structure = await readStructure(readableOf(content));
      expect(structure && recognise(structure, 'renamed.csv')?.id).toBe(FORMAT);
    }
    const other = await readStructure(readableOf('Title,Author,Rating,Date Added\nA,B,5,2024/01/01\n'));
    expect(other && recognise(other, 'goodreads_library_export.csv')).toBeNull();
  });

  it('becomes one record for each book, with the act of its shelf and rating', async () => {
    const parsed = await parseAll(file, FORMAT);
    expect(parsed.records.map((record) => [record.act, record.title, record.creator, record.collection, record.atMs === 0 ? null : new Date(record.atMs).toISOString()])).toEqual([
      ['liked', 'Red Rising', 'Pierce Brown', 'Red Rising Saga', '2025-03-14T12:00:00.000Z'],
      ['used', 'The Housing Monster', 'prole.info', null, '2017-12-07T12:00:00.000Z'],
      ['wanted', 'Pale Fire', 'Vladimir Nabokov', null, '2013-10-09T12:00:00.000Z'],
      ['disliked', 'A Dull Book', 'Ann Other', null, '2020-02-29T12:00:00.000Z'],
      ['used', 'A Fair Book', 'Ann Other', 'The Series', '2020-03-01T12:00:00.000Z'],
      ['used', 'Unrated (Penguin Classics)', 'Ann Other', null, '2019-05-05T12:00:00.000Z'],
      ['liked', 'Loved Without Stars', 'Ann Other', null, '2018-06-01T12:00:00.000Z'],
      ['liked', 'Read in Childhood', 'Ann Other', null, '2012-08-02T12:00:00.000Z'],
      ['used', 'Never Dated', 'Ann Other', null, null],
      ['saved', 'On a Shelf of My Own', 'Ann Other', null, '2021-01-01T12:00:00.000Z'],
      ['disliked', 'Given Up and Said So', 'Ann Other', null, '2021-02-02T12:00:00.000Z'],
      ['liked', 'Die unendliche Geschichte', 'Michael Ende', null, '2022-11-05T12:00:00.000Z'],
      ['wanted', '君の名は。', '新海 誠', null, '2023-01-02T12:00:00.000Z'],
      ['used', 'Ten Stars', 'Ann Other', null, '2022-11-06T12:00:00.000Z'],
      ['liked', 'The Last One', 'Ann Other', null, '2022-11-07T12:00:00.000Z'],
    ]);
    expect(parsed.issues.map(({ code, position }) => `${code} ${position}`)).toEqual(['SKIPPED_UNFINISHED f#row=12', 'TITLE_MISSING f#row=16', 'DATE_INVALID f#row=17', 'ROW_QUOTES f#row=19', 'ROW_COLUMNS f#row=20']);
    expect(parsed.records[0]).toEqual({
      kind: 'book', act: 'liked', title: 'Red Rising', creator: 'Pierce Brown', collection: 'Red Rising Saga', category: null, atMs: Date.UTC(2025, 2, 14, 12),
      durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0,
    });
    expect(file.toString()).toContain(MARKER);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads the same with CRLF, after a mark, and in any pieces', async () => {
    const whole = await parseAll(file, FORMAT);
    expect(await parseAll(`\ufeff${file.toString().replaceAll('\n', '\r\n')}`, FORMAT)).toEqual(whole);
    for (const pieceBytes of [1, 2, 7, 64]) expect(await parseAll(file, FORMAT, { pieceBytes })).toEqual(whole);
  });

  it.each([
    ['Dune (Dune, #1)', 'Dune', 'Dune'], ['Guards! Guards! (Discworld #8; City Watch #1)', 'Guards! Guards!', 'Discworld'], ['The Last Wish (The Witcher, #0.5)', 'The Last Wish', 'The Witcher'],
    ['The Complete Novels (Series (Old), #1)', 'The Complete Novels (Series (Old), #1)', null], ['Emma (Annotated)', 'Emma (Annotated)', null], ['Part (Two) (Both, #1-2)', 'Part (Two)', 'Both'], ['(Only, #1)', '(Only, #1)', null], ['Number #9 Dream', 'Number #9 Dream', null],
  ])('takes the series out of %s', async (written, title, series) => {
    expect(await one(`"${written}",A,0,,2024/01/01,,read,1`)).toMatchObject({ title, collection: series });
  });

  it.each([
    ['to-read', '0', '', 'wanted'], ['to-read', '5', '', 'liked'], ['to-read', '3', '', 'used'], ['currently-reading', '0', '', 'used'], ['currently-reading', '1', '', 'disliked'], ['owned', '0', '2024/01/01', 'used'], ['owned', '0', '', 'saved'], ['READ', '4.5', '', 'liked'], ['read', '', '', 'used'], ['read', 'five', '', 'used'], ['', '0', '', 'saved'],
  ])('takes a book on the shelf “%s” with rating “%s”, read “%s”, as %s', async (shelf, rating, read, act) => {
    expect((await one(`A,B,${rating},${read},2024/02/01,,${shelf},0`))?.act).toBe(act);
  });

  it('takes a shelf of favourites for liking, but not against a rating', async () => {
    expect((await one('A,B,0,,2024/02/01,"sf, Favourites",read,1'))?.act).toBe('liked');
    expect((await one('A,B,3,,2024/02/01,favoris,read,1'))?.act).toBe('liked');
    expect((await one('A,B,1,,2024/02/01,favorites,read,1'))?.act).toBe('disliked');
    expect((await one('A,B,0,,2024/02/01,not-favorites,read,1'))?.act).toBe('used');
  });

  it('counts a book read twice as read on the newest day only, so that the next export adds what is new', async () => {
    expect(await one('A,B,3,2024/03/01,2024/02/01,,read,2')).toMatchObject({ atMs: Date.UTC(2024, 2, 1, 12), quantity: null, variant: 0 });
    expect((await one('A,B,0,,2024/02/01,,owned,2'))?.act).toBe('used');
    // Wanted again after it was read: since it was put there.
    expect(await one('A,B,0,2024/01/01,2024/02/01,,to-read,1')).toMatchObject({ act: 'wanted', atMs: Date.UTC(2024, 1, 1, 12) });
  });

  it('gives the lexicon of books titles and authors it knows', async () => {
    const { matcher } = shippedMatcher();
    const about = async (row: string): Promise<string[]> => { const record = await one(row); return record ? matcher.match(record).map(({ target }) => target) : []; };
    expect(await about('"Project Hail Mary","Andy  Weir",5,,2024/02/01,,read,1')).toContain('books.speculative.science-fiction');
    expect(await about('"Emma (Penguin Classics)","Jane Austen",0,,2024/02/01,,read,1')).not.toEqual([]);
  });

  it('lets nothing hostile through, and loses no good row to it', async () => {
    const rows = ['__proto__,constructor,1e999,9999/99/99,2024/02/01,,__proto__,1e999', `"${'('.repeat(3_000)}${' #'.repeat(500)}",${'x'.repeat(5_000)},-1,2124/01/01,2024/02/01,,read,-1`, '"a\u202eb\u0000c",B,NaN,,2024/02/01,,read,NaN'];
    const parsed = await parseAll(library([...rows.slice(0, 2), 'Good,B,5,2024/03/01,2024/02/01,,read,1'].join('\n')), FORMAT);
    expect(parsed.issues).toEqual([]);
    expect(parsed.records.map(({ act, atMs }) => [act, atMs])).toEqual([['used', Date.UTC(2024, 1, 1, 12)], ['used', Date.UTC(2024, 1, 1, 12)], ['liked', Date.UTC(2024, 2, 1, 12)]]);
    expect(parsed.records[1]?.title.length).toBeLessThanOrEqual(1_000);
    await expect(parseAll(library(rows[2] ?? ''), FORMAT)).rejects.toMatchObject({ code: 'ERR_ENCODING_INVALID' });
  });
});
