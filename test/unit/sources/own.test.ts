/** Files of a person's own: what is guessed of their columns, and what is read by what is said of them, whatever stands in them. */
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../shared/api/mapping.ts';
import { mapping as mappingSchema } from '../../../shared/api/mapping.ts';
import { guessMapping, type SeenColumn } from '../../../electron/core/sources/guess-mapping.ts';
import { columnNames, currencyOf, formatOfMapping, isOfMapping, momentOf, signatureOf } from '../../../electron/core/sources/own.ts';
import { isIssue, parseFile, readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { NOW_MS, readableOf } from '../../support/sources.ts';

const MAPPING: Mapping = { name: 'Mine', kind: 'book', act: 'used', columns: [{ name: 'title', field: 'title' }], dateOrder: 'dmy', durationUnit: 'min', ratingTop: 5, currency: null, headerless: false };

async function read(content: string | Buffer, change: Partial<Mapping>): Promise<{ readonly records: ParsedRecord[]; readonly codes: string[] }> {
  const shape = (await readStructure(readableOf(content)))?.shape === 'csv' ? 'csv' : 'json-array';
  const format = formatOfMapping({ id: 'x', shape, names: null, mapping: { ...MAPPING, ...change } });
  const records: ParsedRecord[] = [], codes: string[] = [];
  for await (const outcomes of parseFile(readableOf(content), format, { nowMs: NOW_MS, profiles: null, survey: null })) for (const outcome of outcomes) { if (isIssue(outcome)) codes.push(outcome.code); else records.push(outcome); }
  return { records, codes };
}
const columns = (...pairs: readonly (readonly [string, Mapping['columns'][number]['field']])[]): Mapping['columns'] => pairs.map(([name, field]) => ({ name, field }));

const fieldsOf = (file: string, table: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> => {
  const seen: SeenColumn[] = Object.entries(table).map(([name, values]) => ({ name, values }));
  const guess = guessMapping(seen, file, NOW_MS);
  return { ...Object.fromEntries(guess.columns.map(({ name, field, because }) => [name, field ?? `- ${because ?? ''}`])), '': `${guess.mapping.kind} ${guess.mapping.act}` };
};

describe('what the columns are is guessed', () => {
  it.each([
    ['English', 'games wishlist.csv', { 'Game Name': ['Hollow Knight', 'Celeste'], 'Added On': ['2024-03-01', '2024-03-02'], 'App ID': ['367520', '504230'], Price: ['$14.99', '$19.99'], 'Store URL': ['https://a.example/1', 'https://a.example/2'] },
      { '': 'app wanted', 'Game Name': 'title', 'Added On': 'date', 'App ID': '- identifier', Price: 'amount', 'Store URL': '- personal' }],
    ['German', 'Gelesen.csv', { Titel: ['Momo', 'Krabat'], Autorin: ['Ende', 'Preußler'], 'gelesen am': ['1.2.2024', '13.2.2024'], Sterne: ['4', '5'], Straße: ['Hauptstr. 1', 'x'], Telefon: ['0171 1234567', ''] },
      { '': 'book used', Titel: 'title', Autorin: 'creator', 'gelesen am': 'date', Sterne: 'rating', Straße: '- personal', Telefon: '- personal' }],
    ['French', 'films.csv', { Titre: ['Le Mépris'], Réalisateur: ['Godard'], 'Vu le': ['12/03/2024'], Durée: ['103'], Genre: ['Drame'] },
      { '': 'video used', Titre: 'title', Réalisateur: 'creator', 'Vu le': 'date', Durée: 'duration', Genre: 'category' }],
    ['Spanish', 'canciones favoritas.csv', { Canción: ['Vivir mi vida'], Artista: ['Marc Anthony'], Álbum: ['3.0'], Fecha: ['2024-03-01 10:00'], Veces: ['3'] },
      { '': 'music liked', Canción: 'title', Artista: 'creator', Álbum: 'collection', Fecha: 'date', Veces: 'quantity' }],
    ['nothing said by the names', 'x.csv', { a: ['Anna Karenina', 'Emma'], b: ['2024-03-01', '2024-03-02'], c: ['4,50 €', '3,00 €'], d: ['ada@example.org', 'bob@example.org'], e: ['', ''], f: ['long '.repeat(60), 'long '.repeat(60)] },
      { '': 'product used', a: 'title', b: 'date', c: 'amount', d: '- personal', e: '- empty', f: '- long' }],
  ])('%s', (_language, file, table, expected) => { expect(fieldsOf(file, table)).toEqual(expected); });

  it('never takes what is in a column of that name for a date or a number when it is none', () => {
    expect(fieldsOf('x.csv', { title: ['a'], date: ['tomorrow'], duration: ['long'], rating: ['great'] })).toMatchObject({ title: 'title', date: '- unknown', duration: '- unknown', rating: '- unknown' });
  });
});

describe('what is said is read', () => {
  it('every field, with a mark for each row', async () => {
    const text = '\ufeffTitle;By;Series;Genre;When;Length;Cost;Cur;N;Stars\r\nMomo;Ende;Reihe;Kinder;3.2.2024;1:30:00;"1.234,50";EUR;2;★★★★★\r\nKrabat;;;;04.02.2024 18:30;90;12;chf;;2/5\r\nEmma;;;;;;;;;3\r\n';
    const { records, codes } = await read(text, { columns: columns(['title', 'title'], ['by', 'creator'], ['series', 'collection'], ['genre', 'category'], ['when', 'date'], ['length', 'duration'], ['cost', 'amount'], ['cur', 'currency'], ['n', 'quantity'], ['stars', 'rating']), currency: 'EUR' });
    expect(records).toEqual([
      { kind: 'book', act: 'liked', title: 'Momo', creator: 'Ende', collection: 'Reihe', category: 'Kinder', atMs: Date.UTC(2024, 1, 3, 12), durationMs: 5_400_000, quantity: 2, amountMinor: 123_450, currency: 'EUR', variant: 0 },
      { kind: 'book', act: 'disliked', title: 'Krabat', creator: null, collection: null, category: null, atMs: Date.UTC(2024, 1, 4, 18, 30), durationMs: 5_400_000, quantity: null, amountMinor: 1_200, currency: 'EUR', variant: 0 },
      { kind: 'book', act: 'used', title: 'Emma', creator: null, collection: null, category: null, atMs: 0, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 },
    ]);
    expect(codes).toEqual([]);
  });

  it.each([
    ['2024-03-04', Date.UTC(2024, 2, 4, 12)], ['2024-03-04T10:20:30+02:00', Date.UTC(2024, 2, 4, 8, 20, 30)], ['4.3.2024', Date.UTC(2024, 2, 4, 12)], ['04/03/24', Date.UTC(2024, 2, 4, 12)], ['20240304', Date.UTC(2024, 2, 4, 12)],
    ['1709546400', 1_709_546_400_000], ['1709546400123', 1_709_546_400_123], ['4/3/2024 6:05 PM', Date.UTC(2024, 2, 4, 18, 5)], ['4. März 2024', Date.UTC(2024, 2, 4, 12)], ['Mar 4, 2024 18:05', Date.UTC(2024, 2, 4, 18, 5)], ['4 mars 2024', Date.UTC(2024, 2, 4, 12)], ['4 de marzo de 2024', Date.UTC(2024, 2, 4, 12)],
    ['', 0], ['31.02.2024', null], ['2099-01-01', null], ['soon', null], ['1'.repeat(5_000), null],
  ])('the date %j', (text, expected) => { expect(momentOf(text, 'dmy', NOW_MS)).toBe(expected); });

  it('days and months the other way round when it is said', () => { expect(momentOf('3/4/2024', 'mdy', NOW_MS)).toBe(Date.UTC(2024, 2, 4, 12)); });
  it.each([['12,50 €', 'EUR'], ['CHF 3', 'CHF'], ['$5', 'USD'], ['5', null], ['euro', null]])('the currency of %j', (text, expected) => { expect(currencyOf(text)).toBe(expected); });

  it('a duration in every way it is written', async () => {
    const { records, codes } = await read('title,d\na,3:45\nb,PT1H2M\nc,1 h 20 min\nd,"2,5"\ne,n/a\nf,12 parsecs\n', { columns: columns(['title', 'title'], ['d', 'duration']) });
    expect(records.map(({ durationMs }) => durationMs)).toEqual([225_000, 3_720_000, 4_800_000, 150_000, null]);
    expect(codes).toEqual(['DURATION_INVALID']);
  });

  it('of sites the domain only; addresses are no titles and no creators', async () => {
    expect((await read('link,x\nhttps://www.example.org/secret?token=1,1\nexample.com,2\nnonsense,3\n', { kind: 'site', columns: columns(['link', 'title']) }))).toMatchObject({ records: [{ title: 'example.org' }, { title: 'example.com' }], codes: ['SKIPPED_OTHER'] });
    expect((await read('title,by\nhttps://example.org/x,a\nada@example.org,b\nMomo,ada@example.org\n', { columns: columns(['title', 'title'], ['by', 'creator']) }))).toMatchObject({ records: [{ title: 'Momo', creator: null }], codes: ['SKIPPED_PERSONAL', 'SKIPPED_PERSONAL'] });
    expect((await read('title,by\n0171 1234567 89,a\nshoes,b\n', { kind: 'search' }))).toMatchObject({ records: [{ title: 'shoes' }], codes: ['SKIPPED_PERSONAL'] });
  });
});

describe('whatever the file', () => {
  it('columns that are not in it read as empty, and without a title no row is kept', async () => {
    expect(await read('a,b\n1,2\n', { columns: columns(['gone', 'title'], ['also gone', 'date']) })).toEqual({ records: [], codes: ['TITLE_MISSING'] });
  });

  it('columns of one name are told apart, and none is without one', async () => {
    expect(columnNames(['name', '', 'name', 'name (2)', '\u202e'], false)).toEqual(['name', 'column 2', 'name (2)', 'name (2) (2)', 'column 5']);
    expect((await read('Name,Name\nfirst,second\n', { columns: columns(['name (2)', 'title'], ['name', 'creator']) })).records).toMatchObject([{ title: 'second', creator: 'first' }]);
  });

  it('names out of the language itself are names like any other', async () => {
    expect((await read('__proto__,constructor\nMomo,Ende\n', { columns: columns(['__proto__', 'title'], ['constructor', 'creator']) })).records).toMatchObject([{ title: 'Momo', creator: 'Ende' }]);
    expect((await read('[{"__proto__":{"title":"Momo"},"x":1}]', { columns: columns(['__proto__.title', 'title']) })).records).toMatchObject([{ title: 'Momo' }]);
    expect(await read('[{"x":1},{"x":{"y":1}}]', { columns: columns(['constructor.name', 'title'], ['toString', 'creator']) })).toEqual({ records: [], codes: ['TITLE_MISSING', 'TITLE_MISSING'] });
  });

  it('thousands of columns and giant cells cost nothing but themselves', async () => {
    const wide = Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(',');
    expect((await read(`${wide}\n${'x,'.repeat(4_999)}Momo\nshort,row\n`, { columns: columns(['c4999', 'title']) }))).toMatchObject({ records: [{ title: 'Momo' }], codes: ['ROW_COLUMNS'] });
    expect((await read(`title,b\n${'y'.repeat(200_000)},1\n`, {})).records[0]?.title).toHaveLength(1_000);
    expect(signatureOf({ shape: 'csv', delimiter: ',', header: wide.split(',') }, false)).toHaveLength(200);
  });

  it('is known again by all of its names, whatever their order', () => {
    const known = { shape: 'csv' as const, names: ['author', 'title'], mapping: MAPPING };
    const csv = (...header: string[]) => ({ shape: 'csv' as const, delimiter: ',', header });
    expect(['title author', 'author title', 'title', 'title author isbn', 'title writer'].map((header) => isOfMapping(known, csv(...header.split(' '))))).toEqual([true, true, false, false, false]);
    expect(isOfMapping(known, { shape: 'json-array', keys: new Set(['author', 'title']) })).toBe(false);
  });
});

it('nothing can be said twice, and a title has to be', () => {
  expect(mappingSchema.safeParse(MAPPING).success).toBe(true);
  for (const bad of [columns(['a', 'creator']), columns(['a', 'title'], ['b', 'title']), columns(['a', 'title'], ['a', 'creator']), columns(['x'.repeat(201), 'title'])]) expect(mappingSchema.safeParse({ ...MAPPING, columns: bad }).success).toBe(false);
  expect(mappingSchema.safeParse({ ...MAPPING, kind: 'advertiser' }).success).toBe(false);
});
