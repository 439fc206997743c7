/** Histories of Firefox and of Chrome and its kin: a site a day, nothing else; and databases that are damaged, or made to do harm. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { FOREIGN_BYTES, openForeignDatabase } from '../../../electron/core/platform/sqlite/foreign-database.ts';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CHROME_SCHEMA, chromeDatabase, databaseOf, FIREFOX_SCHEMA, firefoxDatabase, loggedDatabaseOf, type Visit } from '../../support/browser-database.ts';
import { temporaryFolder } from '../../support/database.ts';
import { MARKER, NOW_MS, parseAll, readableOf, readAsFound } from '../../support/sources.ts';

const at = (text: string): number => Date.parse(text);
const formatOf = async (bytes: Buffer): Promise<string | null> => {
  const structure = await readStructure(readableOf(bytes, 'History'));
  return structure && (recognise(structure, 'History')?.id ?? null);
};

const VISITS: readonly Visit[] = [
  [`https://www.chefkoch.de/rezepte/${MARKER}?user=${MARKER}`, at('2024-03-01T08:00:00Z'), 1],
  [`https://forum.chefkoch.de/${MARKER}`, at('2024-03-01T23:59:59Z'), 2],
  [`https://www.chefkoch.de/${MARKER}`, at('2024-03-02T00:00:00Z'), 1],
  ['https://www.BBC.co.uk:443/sport', at('2023-12-31T12:00:00Z'), 0x3000_0001],
  ['http://localhost:3000/', at('2024-03-01T08:00:00Z'), 1],
  [`file:///home/${MARKER}`, at('2024-03-01T08:00:00Z'), 1],
  ['about:blank', at('2024-03-01T08:00:00Z'), 1],
  ['https://example.org/', at('1994-01-01T00:00:00Z'), 1],
  ['https://example.org/', at('2099-01-01T00:00:00Z'), 1],
  ['https://example.org/', null, 1],
  [null, at('2024-03-01T08:00:00Z'), 1],
];
const LINES = ['used | site | chefkoch.de | 2024-03-01T12:00', 'used | site | chefkoch.de | 2024-03-02T12:00', 'used | site | bbc.co.uk | 2023-12-31T12:00'];
const CODES = ['SKIPPED_OTHER', 'SKIPPED_OTHER', 'SKIPPED_OTHER', 'DATE_INVALID', 'DATE_INVALID', 'DATE_INVALID', 'TITLE_MISSING'];
const codes = (issues: readonly string[]): string[] => issues.map((issue) => issue.split(' ')[0] ?? '');

describe('the history of a browser', () => {
  it('of Firefox is each site once a day, whatever was seen there and how often', async () => {
    const { format, lines, issues, records } = await readAsFound(firefoxDatabase([...VISITS, ...[4, 7, 8].map((way): Visit => ['https://ads.com/', at('2024-03-01T08:00:00Z'), way]), ['https://lemonde.fr/', at('2024-03-01T08:00:00Z'), 6]]), 'places.sqlite');
    expect(format).toBe('browser/firefox-history');
    expect(lines).toEqual([...LINES, 'used | site | lemonde.fr | 2024-03-01T12:00']);
    expect(codes(issues)).toEqual([...CODES, 'SKIPPED_OTHER', 'SKIPPED_OTHER', 'SKIPPED_OTHER']);
    expect(records[0]).toEqual({ kind: 'site', act: 'used', title: 'chefkoch.de', creator: null, collection: null, category: null, atMs: Date.UTC(2024, 2, 1, 12), durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
  });

  it('of Chrome, Edge and Brave is the same, though its years begin in 1601', async () => {
    const { format, lines, issues } = await readAsFound(chromeDatabase([...VISITS.filter(([, time]) => time !== null), ...[3, 0x1000_0004].map((way): Visit => ['https://ads.com/', at('2024-03-01T08:00:00Z'), way])]), 'History');
    expect(format).toBe('browser/chrome-history');
    expect(lines).toEqual(LINES);
    expect(codes(issues)).toEqual(['SKIPPED_OTHER', 'SKIPPED_OTHER', 'SKIPPED_OTHER', 'DATE_INVALID', 'DATE_INVALID', 'TITLE_MISSING', 'SKIPPED_OTHER', 'SKIPPED_OTHER']);
  });

  it('of one day in two browsers is one record, for the records are equal', async () => {
    const firefox = await readAsFound(firefoxDatabase(VISITS), 'a'), chrome = await readAsFound(chromeDatabase(VISITS.slice(0, 4)), 'b');
    expect(chrome.records).toEqual(firefox.records);
  });

  it('opens without the log that lay beside it, and in any pieces', async () => {
    const bytes = loggedDatabaseOf(temporaryFolder(), `${FIREFOX_SCHEMA} INSERT INTO moz_places (id, url) VALUES (1, 'https://example.org/'); INSERT INTO moz_historyvisits (place_id, visit_date, visit_type) VALUES (1, 1709287200000000, 1);`);
    expect(bytes[18]).toBe(2);
    for (const pieceBytes of [1, 7, 1 << 16]) expect((await parseAll(bytes, 'browser/firefox-history', { pieceBytes })).records.map(({ title }) => title)).toEqual(['example.org']);
    expect(bytes[18]).toBe(2);
  });

  it('is known by its tables, not by its name; other databases are left alone', async () => {
    expect(await formatOf(firefoxDatabase([]))).toBe('browser/firefox-history');
    expect(await formatOf(databaseOf('CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, host TEXT, value TEXT)'))).toBeNull();
    expect(await formatOf(databaseOf(FIREFOX_SCHEMA.replace('place_id INTEGER, visit_date', 'place_id INTEGER, visited').replace('(place_id, visit_date)', '(place_id)')))).toBeNull();
    expect((await readAsFound(databaseOf('CREATE TABLE a (b)'), 'places.sqlite')).why).toContain('of all databases');
  });

  it('that Firefox compressed for itself is not taken for garbled text', async () => {
    await expect(readStructure(readableOf(Buffer.from('mozLz40\0\x10\0\0\0\xf0{"guid":"root', 'latin1'), 'bookmarks.jsonlz4'))).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED', message: expect.stringContaining('Import and Backup') as string });
  });
});

const HOSTILE_VIEW = `${FIREFOX_SCHEMA.replace('CREATE TABLE moz_places (', 'CREATE TABLE real_places (').replaceAll(/CREATE (?:TRIGGER|INDEX) .*\n/g, '')}
  CREATE VIEW moz_places AS WITH RECURSIVE forever(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM forever) SELECT id, 'https://evil.com/' AS url FROM forever;`;

describe('a hostile database', () => {
  it('whose tables are views, virtual or computed is not read by them', async () => {
    expect(await formatOf(databaseOf(HOSTILE_VIEW))).toBeNull();
    expect(await formatOf(databaseOf(FIREFOX_SCHEMA.replace('url LONGVARCHAR,', "url TEXT AS (hex(zeroblob(100000000))),").replace(/INSERT INTO.*/, '')))).toBeNull();
    expect(await formatOf(databaseOf(FIREFOX_SCHEMA.replace('url LONGVARCHAR,', "url TEXT AS ('https://evil.com/') STORED,").replace(/INSERT INTO.*/, '')))).toBeNull();
    expect(await formatOf(databaseOf(FIREFOX_SCHEMA.replace(/CREATE TABLE moz_places.*\n/, 'CREATE VIRTUAL TABLE moz_places USING fts5(id, url);').replaceAll(/CREATE (?:TRIGGER|INDEX) .*\n/g, '')))).toBeNull();
    // One that is written into the schema by hand, as no program would.
    const faked = databaseOf(FIREFOX_SCHEMA, (insert) => { insert('PRAGMA writable_schema=ON'); insert("UPDATE sqlite_schema SET type = 'view', rootpage = 0 WHERE name = 'moz_places'"); });
    await formatOf(faked).then((format) => { expect(format).toBeNull(); }, (error: unknown) => { expect(error).toMatchObject({ code: 'ERR_DATABASE_INVALID' }); });
  });

  it('is never written to, and names nothing but its plain tables', () => {
    const database = openForeignDatabase(databaseOf(HOSTILE_VIEW), 'x');
    expect([...database.tables.keys()].sort()).toEqual(['moz_historyvisits', 'moz_inputhistory', 'real_places']);
    expect(() => [...database.rows('moz_places', ['id'])]).toThrow(RangeError);
    expect(() => [...database.rows('real_places', ['id", (SELECT 1) --'])]).toThrow(RangeError);
    database.close();
    const odd = openForeignDatabase(databaseOf('CREATE TABLE "a""b" ("c""d" INTEGER, e TEXT AS (1)); INSERT INTO "a""b" ("c""d") VALUES (5)'), 'x');
    expect(odd.tables).toEqual(new Map([['a"b', new Set(['c"d'])]]));
    expect([...odd.rows('a"b', ['c"d'])]).toEqual([[5]]);
    odd.close();
  });

  it('holds values of every wrong kind, and loses no good row', async () => {
    const long = `https://example.org/${'x'.repeat(70_000)}`;
    const values: readonly Visit[] = [[Buffer.from('https://evil.com/'), 1, 1], [7, 1, 1], ['https://a.com/', 'soon', 1], ['https://a.com/', Buffer.alloc(9), 1], ['https://a.com/', 1n << 62n, 1], ['https://a.com/', -(1n << 62n), 1], [long, at('2024-03-01T08:00:00Z'), 1], ['https://\0evil.com/', at('2024-03-01T08:00:00Z'), 1], ['https://good.com/', at('2024-03-01T08:00:00Z'), 'way']];
    const { lines, issues } = await readAsFound(firefoxDatabase(values), 'places.sqlite');
    expect(lines).toContain('used | site | good.com | 2024-03-01T12:00');
    expect(lines.length + issues.length).toBe(values.length);
    expect(JSON.stringify(lines)).not.toContain('example.org');
  });

  it('cut off, or with a page less than it says, is refused with what to do', async () => {
    const bytes = chromeDatabase(VISITS.slice(0, 4));
    for (const length of [17, 99, 100, 4_095, bytes.length - 1, bytes.length - 4_096]) {
      await expect(readStructure(readableOf(bytes.subarray(0, length), 'History')), String(length)).rejects.toMatchObject({ code: 'ERR_DATABASE_INVALID', message: expect.stringContaining('Close the program') as string });
    }
    const garbled = Buffer.from(bytes);
    garbled.fill(0xa5, 4_096);
    await expect(parseAll(garbled, 'browser/chrome-history')).rejects.toMatchObject({ code: 'ERR_DATABASE_INVALID' });
  });

  it('is read or refused with a code, whatever byte of it is changed', async () => {
    const bytes = firefoxDatabase(VISITS);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.option(fc.integer({ min: 1, max: bytes.length }), { nil: bytes.length }), async (edits, length) => {
      const damaged = Buffer.from(bytes.subarray(0, length));
      for (const [place, value] of edits) if (place < damaged.length) damaged[place] = value;
      try {
        const { records } = await readAsFound(damaged, 'places.sqlite');
        for (const record of records) expect(record.kind === 'site' && record.atMs % 86_400_000 === 43_200_000 && record.atMs <= NOW_MS + 3 * 86_400_000).toBe(true);
      } catch (error) {
        // A changed byte may hit the marker that stands for what must not come through, too.
        expect(error).toBeInstanceOf(AppError);
      }
    }), { numRuns: 400 });
  });

  it('accounts for every visit, whatever it holds', async () => {
    const value = fc.oneof(fc.constantFrom('https://a.com/', 'https://b.a.com/x', 'http://10.0.0.1/', ''), fc.webUrl(), fc.string({ unit: 'binary', maxLength: 20 }), fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), fc.constant(null), fc.integer(), fc.double({ noNaN: true }), fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)));
    const time = fc.oneof(value, fc.integer({ min: at('2020-01-01T00:00:00Z'), max: NOW_MS }));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(value, time, value), { maxLength: 15 }), async (visits) => {
      const { records, issues } = await parseAll(firefoxDatabase(visits), 'browser/firefox-history');
      expect(new Set(records.map(({ title, atMs }) => `${title} ${atMs}`)).size).toBe(records.length);
      expect(records.length + issues.length).toBeLessThanOrEqual(visits.length);
      for (const record of records) expect(record.title).not.toBe('');
    }), { numRuns: 150 });
  });

  it('larger than any browser’s is refused before it is read', async () => {
    let read = 0;
    const huge = { label: 'History', sizeBytes: FOREIGN_BYTES + 1, async* read() { for (;;) { read++; yield Buffer.from('SQLite format 3\0'); } } };
    await expect(readStructure(huge)).rejects.toMatchObject({ code: 'ERR_FILE_TOO_LARGE', message: expect.stringContaining('256 MB') as string });
    expect(read).toBe(1);
    const growing = { ...huge, sizeBytes: 4_096 };
    await expect(readStructure(growing)).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED' });
  });

  it('with a description that takes more than reading it is worth is refused', async () => {
    const crowd = databaseOf(Array.from({ length: 3_000 }, (_, i) => `CREATE TABLE t${i} (${Array.from({ length: 120 }, (_unused, n) => `column_number_${n}`).join(', ')});`).join('\n'));
    expect(crowd.length).toBeGreaterThan(4 * 2 ** 20);
    await expect(readStructure(readableOf(crowd, 'x'))).rejects.toMatchObject({ code: 'ERR_DATABASE_INVALID' });
    const few = databaseOf(`${CHROME_SCHEMA}${Array.from({ length: 400 }, (_, i) => `CREATE TABLE t${i} (a);`).join('\n')}`);
    expect(await formatOf(few)).toBe('browser/chrome-history');
  });
});
