/** Every parser of data from outside, each with what it must never do: throw anything but its declared errors, accept what was not signed, or read one text in two ways. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose';
import type { WebSocket } from 'ws';
import { parseRequestText } from '../../electron/core/consent/request-text.ts';
import { isFetchable } from '../../electron/core/platform/http/fetch-text.ts';
import { readRelease } from '../../electron/core/settings/updates.ts';
import { verifyDocument, verifyRequest } from '../../electron/core/consent/verify-request.ts';
import { isClaimValue, wordsForValue } from '../../electron/core/enrichment/claim-values.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { openZip } from '../../electron/core/platform/archive/zip.ts';
import { decodePart, importPublicJwk, jwkThumbprint, splitJws, verifyJws } from '../../electron/core/platform/jws/jws.ts';
import { decryptAge } from '../../electron/core/portability/age-file.ts';
import { itemLine, recordLine } from '../../electron/core/portability/export-format.ts';
import { parseProfile } from '../../electron/core/portability/take-over.ts';
import { createProofChecker } from '../../electron/core/redemption/proof.ts';
import { detectDelimiter, firstLine, readCsv, splitLine, type CsvRow } from '../../electron/core/sources/csv.ts';
import { parseIso, parseNumericDate } from '../../electron/core/sources/dates.ts';
import { parseWrittenDate } from '../../electron/core/sources/written-dates.ts';
import type { Format, Structure } from '../../electron/core/sources/format.ts';
import { guessMapping } from '../../electron/core/sources/guess-mapping.ts';
import { formatById, recognise, recogniseBeside } from '../../electron/core/sources/importers/index.ts';
import { createArraySplitter } from '../../electron/core/sources/json-array.ts';
import { parseMinorUnits } from '../../electron/core/sources/money.ts';
import { columnNames, formatOfMapping, signatureOf } from '../../electron/core/sources/own.ts';
import { isIssue, parseFile, readBeside, readStructure, surveyFile, type Readable } from '../../electron/core/sources/parse.ts';
import { decodeText } from '../../electron/core/sources/text.ts';
import { headerPart, disclosable, issueSdJwt } from '../../electron/core/tokens/sd-jwt.ts';
import { restoreBackup } from '../../electron/core/vault/backup.ts';
import { parseHeader, KDF_FLOOR } from '../../electron/core/vault/header.ts';
import { parseRecoveryPhrase, recoveryWords } from '../../electron/core/vault/recovery.ts';
import { linkFromArguments, parseDeepLink } from '../../electron/shell/deep-links.ts';
import { decideGate } from '../../electron/web-host/request-gate.ts';
import { serveRpc } from '../../electron/web-host/rpc-socket.ts';
import { readSessionCookie } from '../../electron/web-host/sessions.ts';
import { processSdJwt, splitSdJwt, type JsonObject } from '../../sdk/src/sd-jwt.ts';
import { parseStatusList, unpackList } from '../../sdk/src/status.ts';
import { verifyAnswer } from '../../sdk/src/answer.ts';
import { isPenchantError } from '../../sdk/src/errors.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { isBase64url, isCompactJws } from '../../shared/protocol/base64url.ts';
import { CLAIMS, isClaim, type Claim } from '../../shared/protocol/vocabulary.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { chromeDatabase, databaseOf, firefoxDatabase } from '../support/browser-database.ts';
import { createTestCompany } from '../support/company.ts';
import { compactAnswer, createIssuerKey, issueToken, makeAnswer, makeStatusList, sha256 } from '../support/company-vault.ts';
import { followedZip, rawZip } from '../support/raw-zip.ts';
import { signProof, testCompany } from '../support/test-company.ts';
import type { FuzzTarget, FuzzTargets } from './engine.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const textOf = (data: Uint8Array): string => Buffer.from(data).toString('utf8');
const check = (holds: boolean, what: string): void => { if (!holds) throw new Error(`broken: ${what}`); };

/** Passes over the declared errors of the core; anything else is the finding. */
async function declared(codes: readonly ErrorCode[], run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AppError && codes.includes(error.code))) throw error;
  }
}
/** The same for the SDK, whose codes begin with what they are about. */
async function declaredBySdk(prefix: string, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(isPenchantError(error) && error.code.startsWith(prefix))) throw error;
  }
}

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
async function* bytePieces(data: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield Buffer.from(data.subarray(at, at + size));
}
async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

const folder = mkdtempSync(join(tmpdir(), 'penchant-fuzz-'));
process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });

const csv: FuzzTarget = {
  seeds: ['Title,Date\r\n"A ""quoted"" title",3/1/24\r\n', 'a;b\n1;2\n', 'a\tb\n"x\ny"\tz', 'a,b\n"x"y,z\nok,ok\n', '\n\n,,\n"unclosed,\nnext,row\n'],
  words: ['"', '""', ',', ';', '\t', '\r\n', '\r', '\n', 'Title,Date'],
  async run(data) {
    const text = textOf(data);
    const delimiter = detectDelimiter(firstLine(text));
    const cells = splitLine(firstLine(text), delimiter);
    check(cells === null || cells.length > 0, 'a line has at least one cell');
    const rowsBy = async (size: number): Promise<CsvRow[]> => (await collect(readCsv(pieces(text, size), delimiter))).flat();
    const whole = await rowsBy(Math.max(1, text.length));
    check(whole.every((row, i) => row.row === i + 1), 'rows are numbered one by one');
    check(isDeepStrictEqual(await rowsBy(1 + ((data[0] ?? 0) % 7)), whole), 'pieces change nothing');
  },
};

const encoding: FuzzTarget = {
  seeds: ['plain', '\ufeffwith a mark', Buffer.from('\ufeffUTF-16', 'utf16le'), Buffer.from('no mark in UTF-16', 'utf16le'), Buffer.from('\ufeffbig', 'utf16le').swap16(), Buffer.from([0xf0, 0x9f, 0x98, 0x80, 0xc3, 0x28])],
  async run(data) {
    const decoded: (string | null)[] = [];
    for (const size of [Math.max(1, data.length), 1 + ((data.at(-1) ?? 0) % 5)]) {
      let text: string | null = null;
      await declared(['ERR_ENCODING_INVALID'], async () => { text = (await collect(decodeText(bytePieces(data, size), 'f'))).join(''); });
      decoded.push(text);
    }
    check(decoded[0] === decoded[1], 'pieces change nothing');
    check(decoded[0]?.includes('\0') !== true, 'no NUL character comes through');
  },
};

const strictJson: FuzzTarget = {
  seeds: ['{"a":[1,2,{"b":null}],"c":"\\u00e9"}', '{"a":1,"a":2}', '{"\\u0061":1,"a":2}', '["\\ud800"]', '[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]', '{"__proto__":{"x":1},"constructor":1}', '1e999', '"\\\\\\""'],
  words: ['"a"', '\\u0061', '\\ud83d\\ude00', '\\ud800', '__proto__', 'null', 'true', '{', '}', '[', ']', ':', ',', '\\"', '\\\\'],
  run(data) {
    let value: unknown;
    try {
      value = parseStrictJson(textOf(data));
    } catch (error) {
      check(error instanceof SyntaxError, `only SyntaxError, not ${String(error)}`);
      return;
    }
    check(isDeepStrictEqual(value, JSON.parse(textOf(data))), 'it is what JSON says');
    check(isDeepStrictEqual(parseStrictJson(JSON.stringify(value)), JSON.parse(JSON.stringify(value))), 'what was read can be written and read again');
  },
};

const jsonArray: FuzzTarget = {
  seeds: ['[{"a":1},{"b":[2,{"c":3}]},{}]', '[]', ' [ {"a":"]},{"} , {"b":"\\"}"} ] ', '[{"a":1},{"b":2}', '[{"a":1,{"b":2},{"c":3}]', '[1,"x",null,[1]]', '[{"a":1}]trailing', '[{"a":"unclosed\n},{"b":1}]'],
  words: ['{', '}', '[', ']', ',', '},{', '"', '\\"', '{"a":1}', ']x', '[[', '\n'],
  run(data) {
    const text = textOf(data).replace(/^[^[]*/u, '');
    if (text === '') return;
    const readBy = (size: number) => {
      const elements: unknown[] = [], issues: string[] = [], indices: number[] = [];
      const splitter = createArraySplitter(({ index, value }) => { elements.push(value); indices.push(index); }, ({ index, code }) => { issues.push(code); if (!code.startsWith('FILE_')) indices.push(index); }, 512);
      for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size));
      splitter.end();
      check(indices.every((index, i) => index === i), 'every element is told about once, in order');
      return { elements, issues };
    };
    const whole = readBy(text.length);
    const pieced = readBy(1 + ((data[0] ?? 0) % 9));
    let values: unknown;
    try { values = JSON.parse(text); } catch { return; }
    if (!Array.isArray(values) || values.some((value) => JSON.stringify(value).length > 200)) return;
    for (const { elements, issues } of [whole, pieced]) check(isDeepStrictEqual(elements, values) && issues.length === 0, 'a good list is read as JSON reads it');
  },
};

const fileOf = (data: Uint8Array): Readable => ({ label: 'f', sizeBytes: data.length, read: () => bytePieces(data, 1 + (data.length >> 1)) });
/** Some files go by their name, too; which one a text gets follows from its length. */
const FILE_NAMES = ['f', 'instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json', 'other_categories_used_to_reach_you.json', 'interest_categories.json', 'liked_posts.json', 'watchlist.csv'];
const exportOf = (data: Uint8Array): Readable => ({ ...fileOf(data), label: FILE_NAMES[data.length % FILE_NAMES.length] ?? 'f' });

/** What a person could say about a file no importer knows: as guessed, the rows themselves standing in for what stands in each column. */
function ownFormat(structure: Structure, data: Uint8Array): Format | null {
  if (structure.shape !== 'csv' && structure.shape !== 'json-array') return null;
  const headerless = data.length % 5 === 0, names = structure.shape === 'csv' ? columnNames(structure.header, headerless) : signatureOf(structure, false).flatMap((name) => [name, `${name}.a`]);
  const guess = guessMapping(names.slice(0, 50).map((name, i) => ({ name, values: Buffer.from(data).toString('latin1').split('\n').map((line) => line.split(/[,;\t]/)[i] ?? '') })), 'a list.csv', NOW_MS);
  const columns = guess.columns.flatMap(({ name, field }) => (field === null ? [] : [{ name, field }]));
  return formatOfMapping({ id: 'x', shape: structure.shape, names: signatureOf(structure, headerless), mapping: { name: 'x', ...guess.mapping, columns: columns.some(({ field }) => field === 'title') ? columns : [{ name: names[0] ?? 'a', field: 'title' }], dateOrder: 'dmy', headerless } });
}

const orders = formatById('amazon/orders-2026'), refunds = orders?.shape === 'csv' ? orders.beside : undefined;
const imports: FuzzTarget = {
  seeds: [
    'Künstler;Titel;Gekauft am;Preis;Dauer;Bewertung;E-Mail\nAda;Lied;03.02.2024;12,50 €;3:45;★★★★;a@b.example\n', 'name,name,__proto__,\na,b,c,d\n', '2024-03-01\tAlien\n', '[{"song":{"name":"a"},"artists":["b"],"seconds":200,"at":1709287200,"__proto__":{"a":"b"}}]',
    'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\nAda,2024-03-01 10:00:00,00:30:00,,"A: Season 1: B",,X,00:30:00,00:30:00,DE\n',
    'Title,Date\n"A: Season 1: B",3/1/24\n', '[{"ts":"2024-03-01T10:00:00Z","ms_played":40000,"master_metadata_track_name":"a","master_metadata_album_artist_name":"b","master_metadata_album_album_name":"c","episode_name":null,"episode_show_name":null}]',
    '[{"endTime":"2024-03-01 10:00","artistName":"a","trackName":"b","msPlayed":40000}]', '[{"endTime":"2024-03-01 10:00","podcastName":"a","episodeName":"b","msPlayed":40000}]',
    'Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Total Owed,Quantity,Order Status,Product Name,Gift Message\n1,2024-03-01T10:00:00Z,EUR,12.34,1.00,"1,234.56",2,Closed,A thing,\n',
    'Order Date,Order ID,Title,Category,ASIN/ISBN,Purchase Price Per Unit,Quantity,Currency,Order Status,Item Total\n03/01/14,1,A thing,BOOK,1,$12.34,1,USD,Shipped,$12.34\n',
    'Advertisers who brought audiences in which you are included\nAcme\n', '{"inferences":["1P_Custom_A","b"]}', '{"tracks":[{"artist":"a","album":"b","track":"c"}],"albums":[],"artists":[{"name":"a"}],"shows":[]}', '{"playlists":[{"name":"n","items":[{"track":{"trackName":"a","artistName":"b"},"addedDate":"2024-03-01"}]}]}',
    '{"topics_your_topics":[{"string_map_data":{"Name":{"value":"a","timestamp":1709287200}}}]}', '{"custom_audiences_all_types_v2":[{"advertiser_name":"a"}]}', '{"searches_v2":[{"timestamp":1709287200,"data":[{"text":"a"}]}]}', '{"Activity":{"Searches":{"SearchList":[{"Date":"2024-03-01 10:00:00","SearchTerm":"a"}]}}}',
    '{"Your Activity":{"Ad Interests":{"AdInterestCategories":"a | b"},"Favorite Hashtags":{"FavoriteHashtagList":[{"Date":"2024-03-01 10:00:00","Link":"https://www.tiktok.com/tag/br%C3%B6d"}]}},"TikTok Shop":{"Order History":{"OrderHistories":{"1":{"order_date":"2024-03-01 10:00:00","Products":[{"product_name":"a","quantity":2}]}}}}}',
    '{"saves_v2":[{"timestamp":1709287200,"attachments":[{"data":[{"external_context":{"name":"www.a.de"}}]}]}]}', '{"bcts":["B\\u00c3\\u00a4cker"]}', '{"relationships_following_hashtags":[{"title":"a","string_list_data":[{"timestamp":1709287200}]}]}',
    '{"label_values":[{"label":"a","vec":[{"value":"b"}]}]}', '[{"timestamp":1709287200,"label_values":[{"label":"Caption","value":"#a"},{"title":"Hashtags","dict":[{"dict":[{"label":"Name","value":"a"}]}]}]}]',
    '[{"header":"YouTube","title":"Watched A","titleUrl":"https://www.youtube.com/watch?v=a","subtitles":[{"name":"B - Topic","url":"https://www.youtube.com/channel/UC1"}],"time":"2024-03-01T10:00:00.123Z","products":["YouTube"],"details":[{"name":"From Google Ads"}]}]',
    '[{"header":"Search","title":"Searched for a","titleUrl":"https://www.google.com/search?q=a+b%20c","time":"2024-03-01T10:00:00Z","products":["Search"],"activityControls":["x"]}]',
    '<html><head><style>.a{}</style></head><body><div class="outer-cell mdl-cell"><div class="header-cell"><p>YouTube<br></p></div><div class="content-cell mdl-typography--body-1">Watched&nbsp;<a href="https://www.youtube.com/watch?v=a">A &amp; B</a><br><a href="https://www.youtube.com/channel/UC1">C</a><br>Mar 1, 2024, 10:00:00\u202fAM PST<br></div><div class="content-cell mdl-typography--caption"><b>Products:</b><br>YouTube<br><b>Details:</b><br>From Google Ads<br></div></div></body></html>',
    'Channel Id,Channel Url,Channel Title\nUC1,http://www.youtube.com/channel/UC1,A - Topic\n', '[{"contentDetails":{"videoId":"a"},"snippet":{"playlistId":"LLa","title":"A","publishedAt":"2019-07-05T18:27:32.000Z"}}]',
    '[{"install":{"doc":{"documentType":"Android Apps","title":"A"},"firstInstallationTime":"2022-03-14T07:06:12.070725Z"}}]', '[{"libraryDoc":{"doc":{"documentType":"Movies","title":"A"},"acquisitionTime":"2022-03-14T07:06:12Z"}}]',
    '[{"purchaseHistory":{"invoicePrice":"kr 4,99","userCountry":"SE","doc":{"documentType":"Books","title":"A"},"purchaseTime":"2023-05-01T10:00:00Z"}}]', '{"Browser History":[{"title":"A","url":"https://www.bbc.co.uk/x","time_usec":1709287872345678,"page_transition":"LINK"}],"Session":[]}',
    'Title,Author,ISBN,My Rating,Date Read,Date Added,Bookshelves,Exclusive Shelf,Read Count\n"A book (A series, #2)",Ada,="0345539788",5,2024/03/01,2024/02/01,favorites,read,2\n',
    'Currency,Order ID,Refund Amount,Refund Date,Reversal Status\nEUR,1-1,50.00,2024-06-20T10:00:00Z,Completed\n', 'Date,Name,Year,Letterboxd URI,Rating\n2024-03-01,Alien,1979,https://boxd.it/a,4.5\n', 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-03-02,Alien,1979,https://boxd.it/b,4,Yes,space,2024-03-01\n',
    'Artist Name,Content Name,Event Type,Event Start Timestamp,Event End Timestamp,Play Duration Milliseconds,Media Duration In Milliseconds\nAda,A song,PLAY_END,2024-03-01T10:00:00.123Z,2024-03-01T10:03:00.123Z,180000,200000\n',
    'Track Description,Date Played,Hours,Play Duration Milliseconds,Play Count\nAda - A song,20240301,"9, 10",180000,2\n', 'Item Description,Preference,Created,Last Modified\nAda - A song,LOVE,2024-03-01T10:00:00Z,1709287200000\n',
    '[{"Content Type":"Song","Track Identifier":1,"Title":"A song","Artist":"Ada","Album":"b","Date Added To Library":"2024-03-01T10:00:00Z","Track Like Rating":"liked","Favorite Status - Track":true}]',
    'Order ID,Digital Order Item ID,Product Name,Order Date,Order Status,Component Type\n1,2,a,2024-03-01T10:00:00Z,SUCCESS,Price Amount\n', 'Date Added to Cart,Product Name,Cart List\n2024-03-01T10:00:00.123Z,a,saved\n', 'Keywords,First Search Time (GMT)\na,2024-03-01 10:00:00.0\n', 'Title,Playback Start Datetime (UTC),Seconds Viewed\n"""a""",2024-03-01T10:00:00Z,3600\n', 'Playback Hour,Title\n3/1/2021 19:00:00,a\n', 'Start Date,Event Duration Milliseconds,Product Name\n02-Jan-2022,600000,a\n', 'ASIN,title,authors,purchase_date\nB0,a,Ada,2024-03-01\n',
    'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Event Utc Ts\nAda,A: Season 1: B,thumb,,2,2024-03-01 10:00:00\n', 'Profile Name,Query Typed,Displayed Name,Utc Timestamp\nAda,a,b,2024-03-01 10:00:00\n', 'Profile Name,Title Name,Country,Utc Title Add Date\nAda,a,DE,2024-03-01\n', 'Profile Name,Show,Has Watched,Is Interested,Event Date\nAda,a,false,true,2024-03-01\n',
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3 id="com.apple.ReadingList">a</H3>\n<DL><p>\n<DT><A HREF="https://www.bbc.co.uk/x" ADD_DATE="1709287200" ICON="data:">b</A>\n<DD>c\n<HR></DL><p>\n</DL><p>\n',
    '{"guid":"root________","title":"","dateAdded":1709287200000000,"typeCode":2,"type":"text/x-moz-place-container","root":"placesRoot","children":[{"guid":"menu________","typeCode":2,"children":[{"typeCode":1,"dateAdded":1709287200123456,"uri":"https://www.bbc.co.uk/x"},{"typeCode":3}]}]}',
  ],
  words: ['"ts":', '"ms_played":', 'null', '2024-03-01', '31.12.2023', '1e9', '00:30:00', 'Not Available', 'Cancelled', 'TRAILER', 'Liked ', ' angesehen', '</div>', '<br>', '&amp;', 'https://music.youtube.com/watch?v=a', '03.03.2026, 18:25:05 MEZ', '=""', '(A, #1)', '2024/03/01', 'to-read', '20240301', ' - ', '"Track Like Rating":'],
  async run(data) {
    await declared(['ERR_DATABASE_INVALID', 'ERR_ENCODING_INVALID', 'ERR_CSV_INVALID', 'ERR_JSON_INVALID', 'ERR_SOURCE_UNRECOGNISED'], async () => {
      const structure = await readStructure(exportOf(data));
      const format = structure && (recognise(structure, exportOf(data).label) ?? ownFormat(structure, data));
      if (refunds && structure && recogniseBeside(structure) !== null) await readBeside(exportOf(data), refunds);
      if (!format) return;
      const survey = await surveyFile(exportOf(data), format, 'import');
      for await (const outcomes of parseFile(exportOf(data), format, { nowMs: NOW_MS, profiles: null, survey })) {
        for (const outcome of outcomes) {
          if (isIssue(outcome)) continue;
          check(Number.isSafeInteger(outcome.atMs) && outcome.title !== '', 'a record has a time and a title');
          for (const number of [outcome.durationMs, outcome.quantity, outcome.amountMinor]) check(number === null || Number.isSafeInteger(number), 'numbers are whole or absent');
        }
      }
    });
  },
};

const databaseVisits = [['https://www.bbc.co.uk/x', NOW_MS - 86_400_000, 1], ['https://example.org/', NOW_MS, 4]] as const;
const databases: FuzzTarget = { ...imports, maxBytes: 65_536, seeds: [firefoxDatabase(databaseVisits), chromeDatabase(databaseVisits), databaseOf('PRAGMA page_size=512; CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT); CREATE TABLE visits (url, visit_time, transition); CREATE VIEW v AS SELECT 1; INSERT INTO urls VALUES (1, \'https://a.com/\'); INSERT INTO visits VALUES (1, 13356000000000000, 1)')], words: ['SQLite format 3\0', 'CREATE TABLE ', 'CREATE VIEW ', 'CREATE VIRTUAL TABLE ', 'moz_places', ' AS (1)', ' GENERATED ALWAYS AS ('] };

const datesAndMoney: FuzzTarget = {
  seeds: ['2023-05-01T13:05:09Z', '2023-05-01 13:05 UTC', '2023-05-01T13:05:09.123+02:00', '1/31/23', '31.01.2023 10:00', '2023. 1. 31.', '1,234.56', "'12.34'", '$1.234,56', '-0,5', '12.345', 'Mar 3, 2026, 6:25:05 PM PDT', '3 de mar. de 2026, 18:25:05 GMT-03:00', '2024. 10. 19. 오후 9:15:07 KST'],
  words: ['2024-02-30', '29.02.2023', '24:00', ':60', 'Z', ' UTC', '+14:00', ',', '.', '’', '99999999999999999999'],
  maxBytes: 64,
  run(data) {
    const text = textOf(data);
    for (const atMs of [parseIso(text), parseNumericDate(text, 'dmy'), parseNumericDate(text, 'mdy'), parseWrittenDate(text)?.atMs ?? null]) check(atMs === null || Number.isSafeInteger(atMs), 'a time is whole milliseconds or none');
    const iso = parseIso(text);
    check(iso === null || iso < 0 || iso > 253_402_300_799_999 || parseIso(new Date(iso).toISOString()) === iso, 'a time can be written and read again');
    for (const currency of ['EUR', 'JPY', 'nonsense', text.slice(0, 3)]) {
      const minor = parseMinorUnits(text, currency);
      check(minor === null || Number.isSafeInteger(minor), 'an amount is whole minor units or none');
    }
  },
};

const zipPath = join(folder, 'archive.zip');
const halves = [rawZip, followedZip].map((write) => write([{ name: 'a/b.csv', content: Buffer.from('Title,Date\n'.repeat(20)) }, { name: 'c.json', content: Buffer.from('[]') }]).subarray(0, -30));
const zip: FuzzTarget = {
  seeds: [...halves, rawZip([{ name: 'a/b.csv', content: Buffer.from('Title,Date\n'.repeat(20)) }, { name: 'c.json', content: Buffer.from('[]') }]), rawZip([{ name: '../x' }]), rawZip([{ name: 'a', overlaps: false }, { name: 'b', overlaps: true }]), rawZip([{ name: 'l', mode: 0o120777 }]), rawZip([])],
  words: ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', 'PK\x07\x08', '../', 'C:\\', '\xff\xff\xff\xff', '\0\0'],
  async run(data) {
    writeFileSync(zipPath, data);
    await declared(['ERR_ARCHIVE_INVALID', 'ERR_ARCHIVE_UNSAFE', 'ERR_ARCHIVE_BOMB'], async () => {
      const archive = await openZip({ path: zipPath }, 'f');
      try {
        for (const entry of archive.entries) {
          check(!entry.name.split('/').includes('..') && !entry.name.startsWith('/'), 'no name leads out');
          let bytes = 0;
          for await (const chunk of archive.read(entry)) bytes += chunk.length;
          check(bytes === entry.sizeBytes, 'an entry has the size it claims');
        }
      } finally {
        archive.close();
      }
    });
  },
};

const company = await testCompany({ nowMs: NOW_MS });
const request = await company.signRequest();
const signedParts = new Set([request, company.document].map((compact) => compact.slice(0, compact.lastIndexOf('.'))));
const jws: FuzzTarget = {
  seeds: [request, company.document, 'e30.e30.AA', 'e30.e30.', `${company.document}==`, 'a.b.c.d'],
  words: ['.', 'e30', '=', '-', '_', 'eyJhbGciOiJub25lIn0', ' '],
  maxBytes: 16_384,
  run(data) {
    const text = textOf(data);
    const bytes = Buffer.from(text, 'base64url');
    check(isBase64url(text) === (bytes.toString('base64url') === text && !text.includes('=')), 'exactly what would be written is base64url');
    const parts = splitJws(text);
    check((parts !== null) === isCompactJws(text), 'one opinion on what is a JWS');
    if (!parts) return;
    for (const part of [parts.protectedPart, parts.payloadPart]) {
      try { decodePart(part); } catch (error) { check(error instanceof SyntaxError, `only SyntaxError, not ${String(error)}`); }
    }
    const key = importPublicJwk({ kty: 'EC', crv: 'P-256', x: company.signing.jwk.x ?? '', y: company.signing.jwk.y ?? '' });
    check(key !== null && (!verifyJws(key, parts) || signedParts.has(parts.signingInput)), 'nothing verifies but what was signed');
  },
};

const jwk: FuzzTarget = {
  seeds: [JSON.stringify(company.signing.jwk), '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}', '{"kty":"EC","crv":"P-256","x":"","y":""}'],
  words: ['"kty"', '"EC"', '"OKP"', 'AAAA', '"x"', '"y"'],
  run(data) {
    let value: unknown;
    try { value = parseStrictJson(textOf(data)); } catch { return; }
    if (typeof value !== 'object' || value === null || !('x' in value) || typeof value.x !== 'string') return;
    const y = 'y' in value && typeof value.y === 'string' ? value.y : '';
    for (const candidate of [{ kty: 'EC', crv: 'P-256', x: value.x, y }, { kty: 'OKP', crv: 'Ed25519', x: value.x }] as const) {
      if (importPublicJwk(candidate)) check(jwkThumbprint(candidate).length === 43, 'a key has a thumbprint');
    }
  },
};

const isSelfSigned = (document: string): Promise<boolean> =>
  compactVerify(document, createLocalJWKSet(decodeJwt<{ jwks: JSONWebKeySet }>(document).jwks)).then(() => true, () => false);

const signedRequest: FuzzTarget = {
  seeds: [request, company.document],
  words: ['.', 'e30', 'eyJhbGciOiJub25lIn0'],
  maxBytes: 16_384,
  async run(data) {
    const text = textOf(data);
    const codes: readonly ErrorCode[] = ['ERR_REQUEST_INVALID', 'ERR_REQUEST_SIGNATURE', 'ERR_REQUEST_EXPIRED'];
    const isSigned = signedParts.has(text.slice(0, text.lastIndexOf('.')));
    await declared(codes, () => { verifyRequest(text, NOW_MS); check(isSigned, 'no request passes that was not signed'); });
    const passed: string[] = [];
    await declared(codes, () => { verifyDocument(text, NOW_MS); passed.push(text); });
    // A document is signed by a key of its own: one kept from an earlier run is as good, and another verifier must say so.
    if (!isSigned) for (const document of passed) check(await isSelfSigned(document), 'no document passes that was not signed');
  },
};

const proofs = createProofChecker({ clock: { nowMs: () => NOW_MS }, randomBytes });
const proofPlan = { base: 'http://127.0.0.1:47816', path: '/v1/redeem', key: company.dpop, nowMs: NOW_MS, body: '{}', token: 'token', nonce: proofs.nonce() };
const proof = await signProof(proofPlan);
const dpop: FuzzTarget = {
  seeds: [proof, await signProof({ ...proofPlan, change: { payload: { htm: 'GET' } } }), await signProof({ ...proofPlan, nonce: '' }), 'a.b.c'],
  words: ['.', 'e30', 'eyJ0eXAiOiJkcG9wK2p3dCJ9', '"htm"', 'AA'],
  async run(data) {
    const text = textOf(data);
    const verdict = await proofs.check({ proof: text, method: 'POST', host: '127.0.0.1:47816', path: '/v1/redeem', body: Buffer.from('{}'), token: 'token' });
    check(!verdict.ok || text === proof, 'no proof passes but the one that was signed');
    if (verdict.ok) check(!(await proofs.check({ proof: text, method: 'POST', host: '127.0.0.1:47816', path: '/v1/redeem', body: Buffer.from('{}'), token: 'token' })).ok, 'and that one once');
  },
};

const salted = (name: string, value: unknown): string => Buffer.from(JSON.stringify(['AAAAAAAAAAAAAAAAAAAAAA', name, value])).toString('base64url');
/** First line: the payload, in which "@n" stands for the digest of line n; the others: disclosures, plain JSON from "[" on. */
const sdJwt: FuzzTarget = {
  seeds: ['{"_sd":["@1","@2"],"_sd_alg":"sha-256","iss":"x"}\n["salt","name","value"]\n["salt","other",{"_sd":["@3"]}]\n["salt","deep",1]', '{"list":[{"...":"@1"},1]}\n["salt","element"]', '{"_sd":["@1"]}\n["s","__proto__",{"a":1}]', '{"_sd":["@1"],"a":1}\n["s","a",2]', `{"_sd":["@1"]}\n${salted('a', 1)}`],
  words: ['"_sd"', '"..."', '"_sd_alg"', '"@1"', '"@2"', '["s","n",1]', '\n', '__proto__', '{"...":"@1"}'],
  async run(data) {
    const [first = '', ...lines] = textOf(data).split('\n');
    const disclosures = lines.slice(0, 8).map((line) => (line.startsWith('[') ? Buffer.from(line).toString('base64url') : line));
    let payload: unknown;
    try { payload = parseStrictJson(first.replace(/@(\d)/gu, (_all, n: string) => sha256(disclosures[Number(n) - 1] ?? ''))); } catch { return; }
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return;
    const before = JSON.stringify(payload);
    await declaredBySdk('ERR_ANSWER_DISCLOSURE', async () => {
      const { payload: processed } = await processSdJwt(payload as JsonObject, disclosures);
      check(!Object.hasOwn(processed, '_sd') && Object.getPrototypeOf(processed) === Object.prototype, 'no digest and no foreign prototype is left');
    });
    check(JSON.stringify(payload) === before && !('a' in {}), 'the payload is not changed, nor what all objects share');
    const compact = [first.replaceAll('~', ''), ...disclosures.map((text) => text.replaceAll('~', ''))].join('~');
    const parts = splitSdJwt(`${compact}~`);
    check(parts === null || [parts.jws, ...parts.disclosures].join('~') === compact, 'split and joined is the same');
  },
};

const shop = await createTestCompany();
const issuer = createIssuerKey();
const token = await shop.company.parseToken(issueToken(shop, issuer));
const answer = compactAnswer(makeAnswer(shop, issuer));
const issuedByCore = await issueSdJwt(issuer.key, headerPart('vc+sd-jwt'), { iss: issuer.issuer }, [disclosable('interest', [])], randomBytes);
const answers: FuzzTarget = {
  seeds: [answer, issuedByCore, issueToken(shop, issuer), '~', 'a.b.c~', 'e30.e30.AA~WyJzIiwiYSIsMV0~'],
  words: ['~', '.', 'e30', 'WyJzIiwiYSIsMV0'],
  maxBytes: 16_384,
  async run(data) {
    const text = textOf(data);
    const signed = answer.split('~')[0]?.split('.').slice(0, 2).join('.');
    await declaredBySdk('ERR_ANSWER_', async () => {
      await verifyAnswer(text, token, { companyId: shop.companyId, keys: shop.keys }, { now: shop.now });
      check(text.split('~')[0]?.split('.').slice(0, 2).join('.') === signed, 'no answer passes that was not signed');
    });
    await declaredBySdk('ERR_TOKEN_', async () => shop.company.parseToken(text));
  },
};

const list = makeStatusList(issuer, token.status.uri, [1, 5]);
const statusList: FuzzTarget = {
  seeds: [list, 'eNrbuRgAAhcBXQ', Buffer.from('eNrbuRgAAhcBXQ', 'base64url'), 'eNoDAAAAAAE', ''],
  words: ['eN', 'AAAA', '.', '\x78\xda'],
  async run(data) {
    await declaredBySdk('ERR_STATUS_', async () => { await parseStatusList(textOf(data), token, { now: shop.now }); });
    await declaredBySdk('ERR_STATUS_', async () => { check((await unpackList(Buffer.from(data).toString('base64url'))).length <= 1_048_576, 'a list is a mebibyte at most'); });
    await declaredBySdk('ERR_STATUS_', async () => { await unpackList(textOf(data)); });
  },
};

const HEADER = {
  format: 'penchant-vault', version: 1, vaultId: 'A'.repeat(22), createdAtMs: 1, cipher: 'aegis',
  slots: [{ id: 'A'.repeat(11), kind: 'recovery', kdf: { name: 'hkdf-sha256', salt: 'A'.repeat(22) }, nonce: 'A'.repeat(16), wrapped: 'A'.repeat(64), commitment: 'A'.repeat(43) }], recoveryConfirmed: false, mac: 'A'.repeat(43),
};
const header: FuzzTarget = {
  seeds: [JSON.stringify(HEADER), JSON.stringify({ ...HEADER, version: 2 }), JSON.stringify({ ...HEADER, slots: [{ id: 'A'.repeat(11), kind: 'passphrase', kdf: { name: 'argon2id', salt: 'A'.repeat(22), ...KDF_FLOOR }, nonce: 'A'.repeat(16), wrapped: 'A'.repeat(64), commitment: 'A'.repeat(43) }] }), '{}'],
  words: ['"argon2id"', '"memoryKiB":', '4294967296', '1e99', '"slots":', '"cipher":', '"chacha20"', '[]', 'null', '-1'],
  maxBytes: 8_192,
  async run(data) {
    await declared(['ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_NEWER'], () => {
      const parsed = parseHeader(textOf(data));
      check(isDeepStrictEqual(parseHeader(JSON.stringify(parsed)), parsed), 'what was read can be written and read again');
    });
  },
};

const wrongPhrase = recoveryWords(Buffer.alloc(32, 7)).join(' ');
const backupPath = join(folder, 'fuzzed.backup');
const manifest = { format: 'penchant-backup', version: 1, vaultId: HEADER.vaultId, createdAtMs: 1, databaseSha256: '0'.repeat(64), databaseBytes: 5, keysSha256: '0'.repeat(64), auditHead: { seq: 0, hash: '' }, mac: '' };
const storedZip = (entries: Readonly<Record<string, string>>): Buffer => rawZip(Object.entries(entries).map(([name, content]) => ({ name, content: Buffer.from(content) })));
const backup: FuzzTarget = {
  seeds: [storedZip({ 'manifest.json': JSON.stringify(manifest), 'vault.keys': JSON.stringify(HEADER), 'vault.db': 'bytes' }), storedZip({ 'manifest.json': '{}' }), storedZip({ 'other': 'x' }), ''],
  words: ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'manifest.json', 'vault.keys', 'vault.db', '"databaseBytes":', '\0\0'],
  async run(data) {
    writeFileSync(backupPath, data);
    const dataDir = join(folder, 'restored');
    await declared(['ERR_BACKUP_INVALID', 'ERR_VAULT_SECRET_WRONG', 'ERR_VAULT_NEWER', 'ERR_VAULT_CORRUPT'], async () => {
      const { vault } = await restoreBackup({ dataDir, clock: { nowMs: () => NOW_MS }, randomBytes, passphraseKdf: KDF_FLOOR }, { path: backupPath }, { recoveryPhrase: wrongPhrase });
      vault.close();
      throw new Error('broken: no backup opens under a phrase that is not its own');
    });
  },
};

const phrase: FuzzTarget = {
  seeds: [wrongPhrase, recoveryWords(Buffer.alloc(32)).join(', '), '1. abandon 2) ability', ''],
  words: ['abandon ', 'zoo ', '1. ', ',', '\u00a0', 'ﬀ'],
  async run(data) {
    await declared(['ERR_RECOVERY_PHRASE_INVALID'], () => {
      const entropy = parseRecoveryPhrase(textOf(data));
      check(parseRecoveryPhrase(recoveryWords(entropy).join(' ')).equals(entropy), 'a phrase that was read can be written and read again');
    });
  },
};

const release: FuzzTarget = {
  seeds: ['{"tag_name":"v1.2.3","html_url":"https://code.example/v1.2.3","assets":[]}', '{"tag_name":"0.1.0-beta.1","html_url":"http://code.example/"}', '{"tag_name":"v9.0.0+words","html_url":"http://127.0.0.1:80/a"}', '{"tag_name":9}', '[]', 'not JSON'],
  words: ['"tag_name":', '"html_url":', '"v1.2.3"', '-beta', '+x', 'https://', 'http://', 'javascript:', '@', '\\u202e', '127.0.0.1', '{', '}', '__proto__'],
  run(data) {
    const said = readRelease(textOf(data));
    if (said === null) return;
    check(/^\d+\.\d+\.\d+$/u.test(said.version), 'a version is three numbers');
    const page = URL.parse(said.page);
    check(page !== null && isFetchable(page) && page.href === said.page && /^[\x21-\x7e]+$/u.test(said.page), 'a page is an address that can be opened, in plain letters');
  },
};

const link: FuzzTarget = {
  seeds: [`penchant://request?request=${company.document.slice(0, 200)}`, 'penchant://request?request_uri=https%3A%2F%2Fshop.example%2Frequest.jwt', 'penchant://request/?request=e30.e30.AA', 'PENCHANT://REQUEST?request=a.b.c', `{"request":"e30.e30.AA"}`, '"e30.e30.AA"', 'e30.e30.AA', 'penchant://request?request_uri=http://127.0.0.1:80/x.jwt', 'penchant://user@request?request=e30.e30.AA'],
  words: ['penchant://', 'request', 'request=', 'request_uri=', '&', '%2F', 'http://', 'https://', '127.0.0.1', 'localhost', '[::1]', '.jwt', '/.well-known/', '@', '\ufeff', '--', '\\'],
  async run(data) {
    const text = textOf(data);
    const deep = parseDeepLink(text);
    check(deep === null || deep === text, 'a link is handed on as it is, or not at all');
    check(linkFromArguments(['--flag', `-${text}`]) === null, 'a switch is no link');
    await declared(['ERR_REQUEST_INVALID'], () => {
      const parsed = parseRequestText(text);
      check(parsed.kind === 'compact' ? isCompactJws(parsed.jws) : isFetchable(new URL(parsed.url)) && parsed.url.length <= 2_000, 'a request is a JWS, or an address that may be fetched');
    });
  },
};

const taxonomy = loadTaxonomy(join(import.meta.dirname, '../../resources'));
const statementOf = (claim: string, value: string) => ({ id: sha256(`${claim}|${value}`).slice(0, 16), claim, value, origin: 'declared', strength: 1, horizonWeeks: null, replaces: [], saidAtMs: NOW_MS });
const EMPTY_EXPORT = {
  format: 'penchant-export', version: 1, exportedAtMs: NOW_MS, counts: { items: 0, records: 0, log: 0 }, leftOut: { items: 0, records: 0, words: 0 }, settings: {}, preferences: [], statements: [], rejections: [], imports: [], companies: [], requests: [], grants: [], notMe: [],
};
const exportFile: FuzzTarget = {
  seeds: [
    JSON.stringify(EMPTY_EXPORT), JSON.stringify({ ...EMPTY_EXPORT, settings: { autoLockMinutes: null, theme: 'dark' } }),
    JSON.stringify({ ...EMPTY_EXPORT, statements: [statementOf('region', 'DE-BY'), statementOf('age', '30-34'), statementOf('language', 'pt-BR'), statementOf('interest', 'Baking')], rejections: [], keptEvidence: [{ import: 'x', kind: 'product', act: 'used', matches: [['brand:x', 'lexicon/brand@1', 1], ['crafts', 'lexicon/topic@1', 0.5]], asOfMs: 1, items: 1, records: 1, support: 1, lastAtMs: 1, prices: [0, 1, 0], priced: 1 }], forgottenSpans: [{ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1 }] }), '{}', 'language|pt-BR', 'size|clothing:M', 'channel|email:weekly',
  ],
  words: ['"statements":', '"rejections":', '"claim":', '"value":', '"saidAtMs":', ...CLAIMS.map((claim) => `${claim}|`), 'DE-', '18-24', ':middle', 'x-', '\u202e', '1e99', 'null', '__proto__'],
  maxBytes: 8_192,
  async run(data) {
    await declared(['ERR_EXPORT_INVALID'], () => {
      const { profile, words } = parseProfile(Buffer.from(data), taxonomy);
      check(words >= 0, 'no more is kept than there is');
      for (const { claim, value } of [...profile.statements, ...profile.rejections]) checkWords(claim, value);
    });
    const line = jsonOf(data);
    for (const schema of [itemLine, recordLine]) schema.safeParse(line);
    // The id of a statement is a hash, which no change of its value would hit: values are tried by themselves as well.
    const [claim = '', ...rest] = textOf(data).split('|');
    if (isClaim(claim) && isClaimValue(claim, rest.join('|'), taxonomy)) checkWords(claim, rest.join('|'));
  },
};
function jsonOf(data: Uint8Array): unknown {
  try { return JSON.parse(textOf(data)); } catch { return null; }
}
function checkWords(claim: Claim, value: string): void {
  const { label, path } = wordsForValue(claim, value, taxonomy);
  check(label !== '' && path.length > 0, 'what is kept can be shown');
}

/** A key made for this, and a file with the word hello that was locked for it. */
const ageKey = 'AGE-SECRET-KEY-1K7JN5RTYF77FX93DDGKGPDCZ394N63S9RZFRJQNQRPY8L5TQ7A0Q6XEVQ2';
const ageFile = Buffer.from('YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBDNzZ6NUlNYmcrMkNqNjNYZkdIcDRwMlRWNExpSEhqd3pKZWFuaWNTbWhnCmo2SFlveUhOVCsrL21YSXg4YkVLMTdpMkpnQzlVNHNiZllOdjhra0hlUlUKLS0tIHR6TFpDQkRnQTA4ZkwxZnoxbjZIREthZGpWalQ1YTNtLzNRclNBQnpOU0kKDpFvjl3pUU7dk4IuOVbHrJP16cg1KlIVj2exhYIgZiuTA41qvg==', 'base64');
const age: FuzzTarget = {
  seeds: [ageFile, ageFile.subarray(0, -3), 'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n', ''],
  words: ['age-encryption.org/v1\n', '-> ', '--- ', 'X25519 ', 'scrypt ', ' 18', ' 99', '\n'],
  async run(data) {
    for (const key of [{ identities: [ageKey] }, { passphrase: 'no file was locked with this' }]) {
      // Deriving with the work a file may ask for takes seconds, as it is meant to; refusing more must not.
      if ('passphrase' in key && [...textOf(data).matchAll(/scrypt \S+ (\d+)/gu)].some(([, work]) => Number(work) > 10 && Number(work) <= 20)) continue;
      await declared(['ERR_EXPORT_INVALID', 'ERR_EXPORT_SECRET_WRONG'], async () => {
        const source = new ReadableStream<Uint8Array>({ start(controller) { controller.enqueue(new Uint8Array(data)); controller.close(); } });
        const plain = Buffer.concat(await collect(decryptAge(source, key)));
        check('identities' in key && plain.toString() === 'hello', 'what opens is what was locked, whole');
      });
    }
  },
};

const wireFrame: FuzzTarget = {
  seeds: ['{"id":1,"method":"vault.status"}', '{"id":1,"method":"x","input":{"__proto__":{"a":1}}}', '[]', 'null', '{"id":-1}', '{"id":9007199254740993,"method":"x"}'],
  words: ['"id":', '"method":', '"input":', '1e999', 'null', '"__proto__"'],
  async run(data) {
    const sent: unknown[] = [], called: string[] = [];
    const socket = Object.assign(new EventEmitter(), {
      readyState: 1, OPEN: 1, bufferedAmount: 0, isPaused: false, send: (text: string) => { sent.push(JSON.parse(text)); },
      ping: () => undefined, terminate: () => undefined, close: () => undefined, pause: () => undefined, resume: () => undefined,
    });
    serveRpc(socket as unknown as WebSocket, { dispatch: async (method) => { called.push(method); return { ok: true, value: null }; }, onEvent: () => () => undefined }, () => true);
    socket.emit('message', Buffer.from(data), false);
    await Promise.resolve();
    await Promise.resolve();
    socket.emit('close');
    check(sent.length === 1 && called.length <= 1 && called.every((method) => method.length <= 100), 'one frame gets one answer, and calls one method at most');
  },
};

/** Header lines as they come: what decides who is let in must decide the same, whatever stands around it. */
const requestHead: FuzzTarget = {
  seeds: ['GET / \nhost: 127.0.0.1:1\norigin: http://127.0.0.1:1\ncookie: penchant_1=x; a=b', 'POST /files\nhost: 127.0.0.1:1\nsec-fetch-site: same-origin', 'GET http://127.0.0.1:1/\nhost: 127.0.0.1:1', 'GET /\nhost: 127.0.0.1:1\nHost: evil'],
  words: ['host: 127.0.0.1:1', 'origin: ', 'http://127.0.0.1:1', 'sec-fetch-site: ', 'same-origin', 'cookie: ', 'penchant_1=', ';', '\n', 'none'],
  run(data) {
    const [first = '', ...lines] = Buffer.from(data).toString('latin1').split('\n');
    const [method = '', url = ''] = first.split(' ');
    const rawHeaders = lines.flatMap((line) => { const colon = line.indexOf(':'); return colon === -1 ? [] : [line.slice(0, colon), line.slice(colon + 1).trim()]; });
    const headers: Record<string, string> = {};
    for (let i = rawHeaders.length - 2; i >= 0; i -= 2) headers[(rawHeaders[i] ?? '').toLowerCase()] = rawHeaders[i + 1] ?? '';
    for (const acts of [true, false]) {
      if (decideGate({ method, url, rawHeaders, headers }, '127.0.0.1:1', acts) !== 'own') continue;
      check(headers['host'] === '127.0.0.1:1' && url.startsWith('/') && (headers['origin'] ?? 'http://127.0.0.1:1') === 'http://127.0.0.1:1', 'only our own host and origin are our own');
      check(rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length === 1, 'and host is there once');
    }
    const cookie = readSessionCookie(headers['cookie'], 1);
    check(cookie === undefined || (headers['cookie'] ?? '').includes(`penchant_1=${cookie}`), 'a session comes from the cookie');
  },
};

export const TARGETS: FuzzTargets = {
  csv, encoding, 'strict-json': strictJson, 'json-array': jsonArray, imports, databases, 'dates-money': datesAndMoney, zip, jws, jwk, 'signed-request': signedRequest, dpop, 'sd-jwt': sdJwt, answers, 'status-list': statusList,
  header, backup, 'recovery-phrase': phrase, age, export: exportFile, link, 'wire-frame': wireFrame, 'request-head': requestHead, release,
};
