/** Whatever bytes and rows an export holds: importers never throw but coded errors, lose no row silently, and read the same twice. */
import { parse as parseCsvSync } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, type CsvRow } from '../../electron/core/sources/csv.ts';
import type { DatabaseFormat, Format, JsonTreeFormat } from '../../electron/core/sources/format.ts';
import { IMPORTERS, recognise } from '../../electron/core/sources/importers/index.ts';
import { createArraySplitter, type JsonElement, type JsonIssue } from '../../electron/core/sources/json-array.ts';
import { isIssue, readStructure } from '../../electron/core/sources/parse.ts';
import { REMARKS, tidy } from '../../electron/core/sources/record.ts';
import { parseMinorUnits } from '../../electron/core/sources/money.ts';
import { parseIso, parseNumericDate } from '../../electron/core/sources/dates.ts';
import { parseWrittenDate } from '../../electron/core/sources/written-dates.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { NOW_MS, parseAll, readableOf } from '../support/sources.ts';

const ALL = IMPORTERS.flatMap((importer) => importer.formats);
/** In a table of one column an empty cell is an empty line, and no row. */
const isOneColumn = (format: (typeof ALL)[number]): boolean => /^amazon\/(?:advertisers|(?:third-party-)?audiences)$/u.test(format.id);
// Databases have properties of their own, in test/unit/sources/browser-history.test.ts.
const FORMATS = ALL.filter((format): format is Exclude<Format, DatabaseFormat> => format.shape !== 'json-tree' && format.shape !== 'database' && !isOneColumn(format));
const TREES = ALL.filter((format): format is JsonTreeFormat => format.shape === 'json-tree');
/** Headers and keys each format is recognised by. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'netflix/viewing-activity': ['Profile Name', 'Start Time', 'Duration', 'Attributes', 'Title', 'Supplemental Video Type', 'Device Type', 'Country'],
  'netflix/ratings': ['Profile Name', 'Title Name', 'Rating Type', 'Star Value', 'Thumbs Value', 'Device Model', 'Event Utc Ts'],
  'netflix/searches': ['Profile Name', 'Query Typed', 'Displayed Name', 'Utc Timestamp'],
  'netflix/my-list': ['Profile Name', 'Title Name', 'Country', 'Utc Title Add Date'],
  'netflix/indicated': ['Profile Name', 'Show', 'Has Watched', 'Is Interested', 'Event Date'],
  'netflix/viewing-history': ['Title', 'Date'],
  'spotify/extended': ['ts', 'ms_played', 'ip_addr', 'master_metadata_track_name', 'master_metadata_album_artist_name', 'master_metadata_album_album_name', 'episode_name', 'episode_show_name', 'audiobook_title', 'incognito_mode'],
  'spotify/searches': ['platform', 'searchTime', 'searchQuery'],
  'spotify/account': ['endTime', 'artistName', 'trackName', 'msPlayed'],
  'spotify/account-podcasts': ['endTime', 'podcastName', 'episodeName', 'msPlayed'],
  'amazon/retail-order-history': ['Order ID', 'Order Date', 'Currency', 'Unit Price', 'Unit Price Tax', 'Total Owed', 'Quantity', 'Order Status', 'Product Name', 'Gift Message'],
  'amazon/orders-2026': ['ASIN', 'Order ID', 'Order Date', 'Currency', 'Unit Price', 'Unit Price Tax', 'Total Amount', 'Original Quantity', 'Order Status', 'Product Name'],
  'amazon/digital-orders': ['Order ID', 'Digital Order Item ID', 'Product Name', 'Order Date', 'Order Status', 'Component Type', 'Subscription Order Type', 'Gift Item', 'Seller of Record'],
  'amazon/cart': ['ASIN', 'Cart List', 'Date Added to Cart', 'Order Quantity', 'Product Name'],
  'amazon/searches': ['Keywords', 'First Search Query String', 'First Search Time (GMT)', 'Customer IP'],
  'amazon/prime-video': ['Title', 'Playback Start Datetime (UTC)', 'Seconds Viewed', 'Material Type Description', 'Is Deleted'],
  'amazon/prime-video-hours': ['Title', 'Playback Hour', 'Video Type', 'City'],
  'amazon/audible-listening': ['Start Date', 'Event Duration Milliseconds', 'Start Position Milliseconds', 'Product Name', 'Audio Type'],
  'amazon/audible-library': ['ASIN', 'title', 'authors', 'purchase_date'],
  'google/activity': ['header', 'title', 'titleUrl', 'time', 'subtitles', 'details', 'products', 'locationInfos'],
  'google/activity-html': ['title', 'url', 'channel', 'channelUrl', 'time', 'detail'],
  'browser/bookmarks': ['HREF', 'ADD_DATE', 'title'],
  'google/subscriptions': ['Channel Id', 'Channel Url', 'Channel Title'],
  'google/playlist': ['snippet', 'contentDetails', 'status'],
  'google/play-installs': ['install'], 'google/play-library': ['libraryDoc'], 'google/play-purchases': ['purchaseHistory'], 'google/play-subscriptions': ['subscription'],
  'google/chrome-history': ['url', 'title', 'time_usec', 'page_transition', 'client_id'],
  'instagram/guesses': ['timestamp', 'media', 'label_values', 'fbid'], 'instagram/liked-hashtags': ['timestamp', 'media', 'label_values', 'fbid'], 'instagram/saved-hashtags': ['timestamp', 'media', 'label_values', 'fbid'],
  'amazon/order-history-report': ['Order Date', 'Order ID', 'Title', 'Category', 'ASIN/ISBN', 'Purchase Price Per Unit', 'Quantity', 'Currency', 'Order Status', 'Item Total'],
  'goodreads/library': ['Title', 'Author', 'ISBN', 'My Rating', 'Date Read', 'Date Added', 'Bookshelves', 'Exclusive Shelf', 'My Review', 'Read Count'],
  'letterboxd/watched': ['Date', 'Name', 'Year', 'Letterboxd URI'],
  'letterboxd/watchlist': ['Date', 'Name', 'Year', 'Letterboxd URI'],
  'letterboxd/likes': ['Date', 'Name', 'Year', 'Letterboxd URI'],
  'letterboxd/ratings': ['Date', 'Name', 'Year', 'Letterboxd URI', 'Rating'],
  'letterboxd/diary': ['Date', 'Name', 'Year', 'Letterboxd URI', 'Rating', 'Rewatch', 'Review', 'Tags', 'Watched Date'],
  'apple/play-activity': ['Artist Name', 'Content Name', 'Song Name', 'Album Name', 'Event Type', 'Event Start Timestamp', 'Event End Timestamp', 'Play Duration Milliseconds', 'Media Duration In Milliseconds', 'Client IP Address'],
  'apple/daily-tracks': ['Track Description', 'Date Played', 'Hours', 'Play Duration Milliseconds', 'Play Count'],
  'apple/library-tracks': ['Content Type', 'Title', 'Artist', 'Album', 'Genre', 'Track Identifier', 'Date Added To Library', 'Track Like Rating', 'Favorite Status - Track', 'Favorite Date - Track'],
  'apple/likes': ['Favorite Type', 'Item Description', 'Preference', 'Created', 'Last Modified'],
};
/** Names of files where only they tell what a file is. */
const LABELS: Readonly<Record<string, string>> = {
  'letterboxd/watched': 'watched.csv', 'letterboxd/watchlist': 'watchlist.csv', 'letterboxd/likes': 'likes/films.csv',
  'instagram/guesses': 'interest_categories.json', 'instagram/liked-hashtags': 'liked_posts.json', 'instagram/saved-hashtags': 'saved_posts.json',
  'instagram/advertisers-2025': 'instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json', 'instagram/categories': 'instagram_ads_and_businesses/other_categories_used_to_reach_you.json',
  'facebook/advertisers-2025': 'advertisers_using_your_activity_or_information.json', 'facebook/categories-2025': 'other_categories_used_to_reach_you.json',
};
/** What else a file is recognised by. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { 'browser/firefox-bookmarks': { dateAdded: 1_709_287_200_000_000, type: 'text/x-moz-place-container' } };
/** Formats one element of which may tell several things. */
const SEVERAL: ReadonlySet<string> = new Set(['instagram/liked-hashtags', 'instagram/saved-hashtags', 'tiktok/activity', 'browser/firefox-bookmarks']);

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')), fc.constantFrom('', ' ', '2024-03-01 10:00:00', '2024-03-01T10:00:00Z', '3/1/24', '31.12.2023', '00:30:00', '12.34', 'EUR', '1', '0', 'Cancelled', 'TRAILER', 'A title: Season 1: B'),
  fc.constantFrom('Watched A', 'A angesehen', 'https://www.youtube.com/watch?v=a', 'https://www.google.com/search?q=a+b', 'https://www.google.com/url?q=https://example.com/', 'https://www.youtube.com/channel/UC1', 'Mar 1, 2024, 10:00:00 AM UTC', '€1.00', 'A title (A series, #2)', '5', '2024/03/01', '1979', '20240301', '1709287200000', '180000', '-5', 'Artist - Title', 'LIKE', 'PLAY_END', 'read', 'to-read', 'true', 'false', '2', '3', '02-Jan-2022', '3/1/2021 19:00:00', '3600', 'Not Available'),
);
/** What stands one level down in elements that hold everything in an object. */
const nested = fc.record({ title: cell, name: cell, url: cell, publishedAt: cell, playlistId: cell, doc: fc.record({ title: cell, documentType: cell }), firstInstallationTime: cell, acquisitionTime: cell, purchaseTime: cell, invoicePrice: cell, userCountry: cell }, { requiredKeys: [] });
/** Names and values as Instagram and Facebook have them since 2025. */
const labelled = fc.array(fc.record({ label: cell, title: fc.constantFrom('Hashtags', 'Owner', 'Ã'), value: cell, timestamp_value: fc.integer(), dict: fc.array(fc.record({ dict: fc.array(fc.record({ label: cell, value: cell }), { maxLength: 2 }) }), { maxLength: 2 }) }, { requiredKeys: [] }), { maxLength: 3 });
const json = fc.oneof(labelled, nested, fc.array(nested, { maxLength: 2 }), fc.integer({ min: 1_700_000_000_000_000, max: 1_710_000_000_000_000 }), cell, fc.double(), fc.integer({ min: 0, max: 1_000_000 }), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** A lone surrogate cannot be written in a file. */
const writable = (text: string): string => Buffer.from(text).toString();

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const bookmarksOf = (rows: readonly (readonly string[])[]): string =>
  `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n${rows.map((row) => { const [href = '', added = '', title = ''] = row.map(escaped); return `<DT><A HREF="${href}" ADD_DATE="${added}">${title}</A>\n`; }).join('')}</DL><p>\n`;

/** Rows as a file of this format. Where there are columns, the first row is their names. */
function fileOf(format: Exclude<Format, DatabaseFormat>, keys: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const elements = (): unknown[] => rows.map((row) => Object.fromEntries(keys.map((key, i) => [key, row[i]])));
  const words = (row: readonly unknown[]): string[] => keys.map((_, i) => (typeof row[i] === 'string' ? row[i] : ''));
  switch (format.shape) {
    case 'csv': return rows.map((row) => words(row).map(quoted).join(',')).join('\r\n');
    case 'json-array': return JSON.stringify(elements());
    case 'json-tree': {
      const [, ...path] = (format.paths[0] ?? '').split('.').slice(0, -1);
      return JSON.stringify(path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), elements()));
    }
    case 'html': return format.id === 'browser/bookmarks' ? bookmarksOf(rows.map(words)) : `<html><body>${rows.map((row) => {
      const [title = '', url = '', channel = '', channelUrl = '', time = '', detail = ''] = words(row).map(escaped);
      return `<div class="outer-cell mdl-cell"><div class="header-cell"><p>YouTube</p></div><div class="content-cell mdl-body">Watched <a href="${url}">${title}</a><br><a href="${channelUrl}">${channel}</a><br>${time}<br></div><div class="content-cell mdl-typography--caption"><b>a</b><br>b<br>${detail === '' ? '' : `<b>c</b><br>${detail}`}</div></div>`;
    }).join('')}</body></html>`;
  }
}

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const keys = SHAPES[id] ?? [];
  const label = LABELS[id] ?? 'f';

  it('accounts for every row, and reads it the same twice and in any pieces', async () => {
    const isText = format.shape === 'csv' || format.shape === 'html';
    const rows = fc.array(fc.array(isText ? cell : json, { minLength: keys.length, maxLength: keys.length }), { maxLength: 12 });
    await fc.assert(fc.asyncProperty(rows, fc.integer({ min: 1, max: 200 }), async (values, pieceBytes) => {
      const whole = [keys.map((key) => (format.shape === 'csv' ? key : null)), ...values];
      const text = writable(fileOf(format, keys, whole));
      const parsed = await parseAll(text, id, { label });
      const skipped = parsed.issues.filter((issue) => !(REMARKS as ReadonlySet<string>).has(issue.code)).length;
      const count = format.shape === 'csv' ? values.length : whole.length;
      if (SEVERAL.has(id)) expect(parsed.records.length + skipped).toBeGreaterThanOrEqual(count);
      else expect(parsed.records.length + skipped).toBe(count);
      for (const record of parsed.records) {
        expect(Number.isSafeInteger(record.variant) && Number.isSafeInteger(record.atMs) && record.atMs <= NOW_MS + 2 * 86_400_000).toBe(true);
        for (const number of [record.durationMs, record.quantity, record.amountMinor]) expect(number === null || Number.isSafeInteger(number)).toBe(true);
        expect(record.title).not.toBe('');
      }
      expect(await parseAll(text, id, { pieceBytes, label })).toEqual(parsed);
    }), { numRuns: 60 });
  });

  it('ends in a coded error at worst when its bytes are damaged', async () => {
    const good = Buffer.from(fileOf(format, keys, [keys, ...Array.from({ length: 4 }, () => keys.map(() => '2024-03-01 10:00:00'))]));
    const edits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(fc.asyncProperty(edits, fc.nat(good.length), async (changes, length) => {
      const bytes = Buffer.from(good.subarray(0, length));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try { await parseAll(bytes, id, { label }); } catch (error) { expect(error).toBeInstanceOf(AppError); }
    }), { numRuns: 150 });
  });
});

describe.each(TREES.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const label = LABELS[id] ?? 'f';
  /** A tree in which every path of the format leads to these elements. */
  const treeOf = (elements: readonly unknown[]): string => {
    const root: Record<string, unknown> = { ...BESIDE[id] };
    for (const path of format.paths) {
      const steps = path.split('.').slice(1, -1);
      let at: Record<string, unknown> = root;
      for (const [i, step] of steps.entries()) {
        const isLast = i === steps.length - 1;
        if (step === '*') { at['Activity'] = isLast ? elements : at['Activity'] ?? {}; at = at['Activity'] as Record<string, unknown>; } else { at[step] = isLast ? elements : at[step] ?? {}; at = at[step] as Record<string, unknown>; }
      }
    }
    return writable(JSON.stringify(root));
  };

  it('accounts for every element, whatever it is, and reads it the same in any pieces', async () => {
    const folder = fc.record({ typeCode: fc.constant(2), children: fc.array(fc.oneof(json, fc.record({ uri: cell, dateAdded: json })), { minLength: 1, maxLength: 3 }) });
    const element = fc.oneof(json, folder, fc.record({ name: cell, value: cell, timestamp: fc.oneof(fc.integer(), cell), string_map_data: fc.dictionary(fc.string(), fc.record({ value: cell })), SearchTerm: cell, Date: cell, HashtagName: cell, Link: cell, Products: fc.array(fc.record({ product_name: cell, quantity: json }, { requiredKeys: [] }), { maxLength: 3 }), order_date: cell, attachments: json, uri: cell, dateAdded: json, track: json, artist: cell }, { requiredKeys: [] }));
    await fc.assert(fc.asyncProperty(fc.array(element, { maxLength: 8 }), fc.integer({ min: 1, max: 100 }), async (elements, pieceBytes) => {
      const text = treeOf(elements);
      const parsed = await parseAll(text, id, { label });
      if (SEVERAL.has(id)) expect(parsed.records.length + parsed.issues.length).toBeGreaterThanOrEqual(elements.length * format.paths.length);
      else expect(parsed.records.length + parsed.issues.length).toBe(elements.length * format.paths.length);
      for (const record of parsed.records) expect(record.title !== '' && Number.isSafeInteger(record.atMs)).toBe(true);
      expect(await parseAll(text, id, { pieceBytes, label })).toEqual(parsed);
    }), { numRuns: 60 });
  });

  it('keeps what came before the place where it is cut off', async () => {
    const text = treeOf([{ name: 'a' }, 'b', { value: 'c' }]);
    const whole = await parseAll(text, id, { label });
    for (let length = text.length - 1; length > text.length / 2; length--) {
      try {
        const cut = await parseAll(text.slice(0, length), id, { label });
        expect(cut.issues.at(-1)?.code).toBe('FILE_CUT');
        expect(whole.records.slice(0, cut.records.length)).toEqual(cut.records);
      } catch (error) { expect(error).toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED' }); }
    }
  });
});

describe('any bytes at all', () => {
  it('are recognised as something or nothing, or refused with a code', async () => {
    const start = fc.constantFrom('', '[', '[{', 'PK\x03\x04', 'Title,Date\n', '\ufeff', '<html><div class="outer-cell mdl-x">', '{"Browser History":[{"url":"https://a.com/","time_usec":', '[{"ts":"2024-03-01T10:00:00Z","ms_played":40000,"episode_name":');
    await fc.assert(fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (prefix, bytes) => {
      const content = Buffer.concat([Buffer.from(prefix), bytes]);
      try {
        const structure = await readStructure(readableOf(content));
        const format = structure && recognise(structure, 'x');
        if (format) await parseAll(content, format.id);
      } catch (error) { expect(error).toBeInstanceOf(AppError); }
    }), { numRuns: 400 });
  });

  it('never break dates, amounts or text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      for (const value of [parseIso(text), parseNumericDate(text, 'dmy'), parseNumericDate(text, 'mdy'), parseMinorUnits(text, 'EUR'), parseMinorUnits(text, text), parseWrittenDate(text)?.atMs ?? null]) expect(value === null || Number.isSafeInteger(value)).toBe(true);
      const tidied = tidy(text);
      expect(tidied === null || (tidied.trim() === tidied && tidied.length <= 1000 && !/\p{Cc}|\p{Cs}/u.test(tidied))).toBe(true);
      expect(tidy(tidied)).toBe(tidied);
    }), { numRuns: 500 });
  });
});

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function rowsOf(text: string, size: number): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const bunch of readCsv(inPieces(text, size), ',')) rows.push(...bunch);
  return rows;
}

describe('the CSV reader', () => {
  const value = fc.oneof(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', ';'), maxLength: 8 }), fc.string({ maxLength: 8 }));

  it('reads well-formed text exactly as csv-parse does', async () => {
    const table = fc.array(fc.array(fc.tuple(value, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    await fc.assert(fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.integer({ min: 1, max: 30 }), async (rows, eol, hasEnd, size) => {
      const text = rows.map((row) => row.map(([field, isQuoted]) => (isQuoted || /[",\r\n]/.test(field) ? quoted(field) : field)).join(',')).join(eol) + (hasEnd ? eol : '');
      // A lone quoted empty cell is a row to csv-parse and an empty line to nobody; exports have at least two columns.
      fc.pre(rows.every((row) => row.length > 1));
      const expected: string[][] = parseCsvSync(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] });
      expect((await rowsOf(text, size)).map((row) => ('cells' in row ? row.cells : row.code))).toEqual(expected);
    }), { numRuns: 400 });
  });

  it('loses only the broken row', async () => {
    for (const bad of ['2,"z"y', '2,x"y', '2,"never closed', '"']) {
      const rows = await rowsOf(`a,b\n1,x\n${bad}\n3,w\n4,v\n`, 5);
      expect(rows).toEqual([{ row: 1, cells: ['a', 'b'] }, { row: 2, cells: ['1', 'x'] }, { row: 3, code: 'ROW_QUOTES' }, { row: 4, cells: ['3', 'w'] }, { row: 5, cells: ['4', 'v'] }]);
    }
  });

  it('gives up a row without end instead of keeping it', async () => {
    const rows = await rowsOf(`a,b\n1,"${'z'.repeat(400_000)}`, 50_000);
    expect(rows[1]).toMatchObject({ row: 2, code: 'ROW_TOO_LARGE' });
  });
});

function split(text: string, size: number, elementChars?: number): { elements: JsonElement[]; issues: JsonIssue[] } {
  const elements: JsonElement[] = [], issues: JsonIssue[] = [];
  const splitter = createArraySplitter((element) => { elements.push(element); }, (issue) => { issues.push(issue); }, elementChars);
  for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size));
  splitter.end();
  return { elements, issues };
}

describe('the JSON array splitter', () => {
  it('finds the elements JSON.parse finds, in any pieces', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), { maxLength: 8 }), fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 60 }), (values, indent, size) => {
      const text = ` ${JSON.stringify(values, null, indent)}\n`;
      const { elements, issues } = split(text, size);
      expect(elements.map(({ value: parsed }) => parsed)).toEqual(JSON.parse(text));
      expect(issues).toEqual([]);
    }), { numRuns: 400 });
  });

  it('gives up a file that goes on being broken, and not one that recovers', () => {
    const given = split(`[{"n":1},${'{"a":},'.repeat(100_000)}{"n":2}]`, 65_536);
    expect(given.elements).toEqual([{ index: 0, value: { n: 1 } }]);
    expect(given.issues).toHaveLength(501);
    expect(given.issues.at(-1)).toEqual({ index: 501, code: 'FILE_CUT' });
    const recovers = split(`[${'{"a":},'.repeat(400)}{"n":1},${'{"a":},'.repeat(400)}{"n":2}]`, 1_000);
    expect(recovers.elements.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(recovers.issues).toHaveLength(800);
    const mixed = split(`[${'{"a":},{"n":1},'.repeat(30_000)}{"n":2}]`, 65_536);
    expect(mixed.issues).toHaveLength(10_001);
    expect(mixed.issues.at(-1)?.code).toBe('FILE_CUT');
  });

  it('loses only the broken element', () => {
    for (const bad of ['{"a":}', '{"a":"open}', '{"a":1]', '}', '[1', 'nul', '']) {
      for (const size of [1, 3, 1000]) {
        const { elements, issues } = split(`[\n{"n":1},\n${bad}\n,\n{"n":"},{"},\n{"n":3}\n]`, size);
        // A list that is opened and never closed takes what follows it along.
        if (bad === '[1') { expect(elements.map(({ value: parsed }) => parsed)).toContainEqual({ n: 1 }); continue; }
        expect(elements.map(({ value: parsed }) => parsed)).toEqual([{ n: 1 }, { n: '},{' }, { n: 3 }]);
        expect(issues).toEqual([{ index: 1, code: 'ELEMENT_INVALID' }]);
      }
    }
  });

  it('drops an element that is too large and goes on behind it', () => {
    for (const size of [7, 100, 10_000]) {
      const { elements, issues } = split(`[{"n":1},{"a":"${'x]},'.repeat(500)}"},{"n":2}]`, size, 1_000);
      const kept = size === 10_000 ? 3 : 2;
      expect(elements).toHaveLength(kept);
      expect(issues).toEqual(kept === 3 ? [] : [{ index: 1, code: 'ELEMENT_TOO_LARGE' }]);
      expect(elements.at(-1)).toEqual({ index: 2, value: { n: 2 } });
    }
  });

  it('takes depth and special keys as data', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { elements, issues } = split(`[${deep},{"__proto__":{"polluted":true},"constructor":1}]`, 65_536);
    expect(issues).toEqual([]);
    expect(Object.getPrototypeOf(elements[1]?.value)).toBe(Object.prototype);
    expect(Object.keys(elements[1]?.value ?? {})).toEqual(['__proto__', 'constructor']);
    expect(isIssue({ code: 'FILE_CUT', at: 0 })).toBe(true);
  });

  it('says when text follows the list or its end is missing', () => {
    expect(split('[{"a":1}] x', 4).issues).toEqual([{ index: 1, code: 'FILE_TRAILING' }]);
    expect(split('[{"a":1},', 4)).toEqual({ elements: [{ index: 0, value: { a: 1 } }], issues: [{ index: 1, code: 'FILE_CUT' }] });
    expect(split('[{"a":1}', 4)).toEqual({ elements: [{ index: 0, value: { a: 1 } }], issues: [{ index: 1, code: 'FILE_CUT' }] });
  });
});
