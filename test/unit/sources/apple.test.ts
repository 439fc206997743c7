/** Apple Music: plays under older and newer column names, plays by day, the library, likes under both names; and music without an artist left out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { fixture, folderOf, MARKER, openSources, parseAll, readableOf, zipOf, type Parsed } from '../../support/sources.ts';

const FOLDER = fixture('../apple');
const read = (name: string): Buffer => readFileSync(join(FOLDER, name));
const formatOf = async (content: string | Buffer): Promise<string | null> => {
  const structure = await readStructure(readableOf(content));
  return structure && (recognise(structure, 'umbenannt')?.id ?? null);
};
const brief = ({ act, creator, title, atMs }: ParsedRecord): string => `${act} | ${creator ?? '-'} | ${title} | ${atMs === 0 ? '-' : new Date(atMs).toISOString()}`;
const codes = ({ issues }: Parsed): string[] => issues.map(({ code, position }) => `${code} ${position}`);

const FILES: readonly (readonly [string, string])[] = [
  ['play-activity-2019.csv', 'apple/play-activity'], ['Apple Music Play Activity.csv', 'apple/play-activity'], ['Apple Music - Play History Daily Tracks.csv', 'apple/daily-tracks'],
  ['Apple Music Library Tracks.json', 'apple/library-tracks'], ['Apple Music Likes and Dislikes.csv', 'apple/likes'], ['Apple Music - Favorites.csv', 'apple/likes'],
];

describe('the files of Apple Music', () => {
  it.each(FILES)('%s is %s, whatever its name, and no marked field of it comes through', async (name, id) => {
    expect(await formatOf(read(name))).toBe(id);
    expect(read(name).toString()).toContain(MARKER);
    const parsed = await parseAll(read(name), id);
    expect(parsed.records.length).toBeGreaterThan(0);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('are all here, and others of the same folder are left alone', async () => {
    expect(readdirSync(FOLDER).sort()).toEqual(FILES.map(([name]) => name).sort());
    for (const text of [
      'Track Name,Last Played Date,Is User Initiated\nA - B,1750370508136,true\n', '[{"Transaction Type":"addItems","Transaction Date":"2024-01-01T00:00:00Z","Tracks":[{"Title":"A","Artist":"B","Track Identifier":1}]}]',
      '[{"Container Type":"Playlist","Container Identifier":1,"Title":"A"}]', '[{"Identifier":"1","Title":"A"}]', '[{"Title":"A","Track Identifier":1}]', 'Item Description,Price\nA,1\n',
    ]) expect(await formatOf(text)).toBeNull();
  });

  it.each(FILES)('%s reads the same again, and in any pieces', async (name, id) => {
    const whole = await parseAll(read(name), id);
    expect(await parseAll(read(name), id)).toEqual(whole);
    for (const pieceBytes of [1, 3, 50]) expect(await parseAll(read(name), id, { pieceBytes })).toEqual(whole);
    if (!name.endsWith('.json')) expect(await parseAll(`\ufeff${read(name).toString().replace(/^\ufeff/, '').replaceAll(/\r?\n/g, '\r\n')}`, id)).toEqual(whole);
  });
});

describe('plays', () => {
  it('of older exports have artist and genre', async () => {
    const parsed = await parseAll(read('play-activity-2019.csv'), 'apple/play-activity');
    expect(parsed.records.map((record) => `${brief(record)} | ${record.category ?? '-'} | ${record.durationMs ?? '-'}`)).toEqual([
      'used | The Paper Boats | Harbour Lights | 2018-08-25T06:11:11.000Z | Alternative | 200000', 'used | The Paper Boats | Low Tide [Live], "2" | 2018-08-25T06:15:00.000Z | Alternative | 180000',
      'used | 新海の船 | Before There Were Events | 2015-08-17T09:00:00.000Z | J-Pop | 170000', 'used | The Paper Boats | Only an End | 2018-09-01T10:00:00.000Z | - | 200000',
      'used | The Paper Boats | Hours of It | 2018-09-02T10:00:00.000Z | Alternative | 120000', 'used | The Paper Boats | Looped Once | 2018-09-02T11:00:00.000Z | Alternative | 230000', 'used | The Paper Boats | Bad Start | 2018-09-04T10:00:00.000Z | Alternative | 200000',
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_SHORT f#row=8', 'SKIPPED_SHORT f#row=9', 'SKIPPED_OTHER_KIND f#row=10', 'SKIPPED_OTHER_KIND f#row=11', 'TITLE_MISSING f#row=12', 'SKIPPED_NO_ARTIST f#row=13', 'DATE_INVALID f#row=14', 'DURATION_INVALID f#row=15', 'DURATION_INVALID f#row=16',
    ]);
    expect(parsed.records[0]).toEqual({
      kind: 'music', act: 'used', title: 'Harbour Lights', creator: 'The Paper Boats', collection: null, category: 'Alternative', atMs: Date.UTC(2018, 7, 25, 6, 11, 11), durationMs: 200_000, quantity: null, amountMinor: null, currency: null, variant: 200_000,
    });
  });

  it('of newer ones count where an album tells the artist, and never by the name of who made a playlist', async () => {
    const parsed = await parseAll(read('Apple Music Play Activity.csv'), 'apple/play-activity');
    expect(parsed.records.map(({ title, creator, collection }) => [title, creator, collection])).toEqual([['Harbour Lights', 'The Paper Boats', 'Out of Paper'], ['Harbour Lights', 'The Paper Boats', null]]);
    expect(codes(parsed)).toEqual(['SKIPPED_NO_ARTIST f#row=3', 'SKIPPED_NO_ARTIST f#row=4', 'SKIPPED_OTHER_KIND f#row=5']);
  });

  it('by day are a record for each row of a day, with the artist before the first dash', async () => {
    const parsed = await parseAll(read('Apple Music - Play History Daily Tracks.csv'), 'apple/daily-tracks');
    expect(parsed.records.map((record) => `${brief(record)} | ${record.durationMs ?? '-'}`)).toEqual([
      'used | The Paper Boats | Low Tide | 2026-01-05T12:00:00.000Z | 398000', 'used | The Paper Boats | Low Tide | 2026-01-05T12:00:00.000Z | 120000', 'used | The Paper Boats | Low Tide | 2026-01-05T12:00:00.000Z | 199000',
      'used | 新海の船, ゲスト | 海 - Remix | 2016-02-29T12:00:00.000Z | 215000', 'used | The Paper Boats | Harbour Lights | 2026-01-06T12:00:00.000Z | 200000',
    ]);
    expect(new Set(parsed.records.slice(0, 3).map(({ variant }) => variant)).size).toBe(3);
    expect(codes(parsed)).toEqual([
      'SKIPPED_SHORT f#row=6', 'SKIPPED_SHORT f#row=7', 'SKIPPED_NO_ARTIST f#row=8', 'SKIPPED_NO_ARTIST f#row=9', 'TITLE_MISSING f#row=10', 'DATE_INVALID f#row=11', 'DATE_INVALID f#row=12', 'DURATION_INVALID f#row=13', 'ROW_COLUMNS f#row=14',
    ]);
  });

  it('told one by one and by day are one', async () => {
    const sources = openSources();
    const folder = folderOf({
      'plays.csv': 'Song Name,Artist Name,Event Type,Event Start Timestamp,Event End Timestamp,Play Duration Milliseconds\nLow Tide,The Paper Boats,PLAY_END,2026-01-05T22:00:00Z,2026-01-05T22:03:00Z,180000\n',
      'days.csv': 'Track Description,Date Played,Hours,Play Duration Milliseconds\nThe Paper Boats - Low Tide,20260105,22,180000\n',
    });
    const { reports } = await sources.runImport(folder);
    expect(reports.map(({ added, duplicate }) => [added, duplicate]).sort()).toEqual([[0, 1], [1, 0]]);
    expect(sources.counts()).toEqual({ records: 1, items: 1 });
  });
});

describe('the library and likes', () => {
  it('keep a track since it was added, or like it since it was liked', async () => {
    const parsed = await parseAll(read('Apple Music Library Tracks.json'), 'apple/library-tracks');
    expect(parsed.records.map(brief)).toEqual([
      'saved | The Paper Boats | Harbour Lights | 2023-07-28T05:04:34.000Z', 'liked | The Paper Boats | Low Tide | 2024-03-02T05:59:53.000Z', 'disliked | Somebody Else | Loud | 2023-07-28T05:04:34.000Z', 'liked | The Paper Boats | Favourite Only | 2023-07-28T05:04:34.000Z',
      'saved | The Paper Boats | A Video | 2023-07-29T05:04:34.000Z', 'saved | The Paper Boats | Compiled | 2023-07-28T05:04:34.000Z', 'saved | 新海の船 | 海 | -', 'saved | The Paper Boats | Not True | 2023-07-28T05:04:34.000Z',
    ]);
    expect(codes(parsed)).toEqual(['SKIPPED_OTHER_KIND f#/7', 'TITLE_MISSING f#/8', 'SKIPPED_NO_ARTIST f#/9', 'DATE_INVALID f#/10', 'ELEMENT_SHAPE f#/12', 'ELEMENT_SHAPE f#/13']);
    expect(parsed.records[0]).toEqual({
      kind: 'music', act: 'saved', title: 'Harbour Lights', creator: 'The Paper Boats', collection: 'Out of Paper', category: 'Alternative', atMs: Date.UTC(2023, 6, 28, 5, 4, 34), durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0,
    });
  });

  it('say what the person thinks of songs, under the older name', async () => {
    const parsed = await parseAll(read('Apple Music Likes and Dislikes.csv'), 'apple/likes');
    expect(parsed.records.map(brief)).toEqual([
      'liked | The Paper Boats | Harbour Lights | 2019-03-02T12:34:56.000Z', 'disliked | Somebody Else | Loud | 2020-01-02T00:00:00.000Z', 'liked | 新海の船 | 海 | 2019-03-02T12:34:56.789Z', 'liked | The Paper Boats | Undated | -',
    ]);
    expect(codes(parsed)).toEqual(['SKIPPED_OTHER_KIND f#row=6', 'SKIPPED_NO_ARTIST f#row=7', 'TITLE_MISSING f#row=8', 'DATE_INVALID f#row=9']);
  });

  it('say so of albums and artists too under the newer name, and leave playlists and stations out', async () => {
    const parsed = await parseAll(read('Apple Music - Favorites.csv'), 'apple/likes');
    expect(parsed.records.map(brief)).toEqual([
      'liked | The Paper Boats | Harbour Lights | 2024-03-02T05:59:53.000Z', 'liked | The Paper Boats | Out of Paper | 2024-03-03T05:59:53.000Z', 'followed | The Paper Boats | The Paper Boats | 2024-03-04T05:59:53.000Z', 'disliked | Somebody - Else | Somebody - Else | 2024-03-05T05:59:53.000Z',
    ]);
    expect(codes(parsed)).toEqual(['SKIPPED_OTHER_KIND f#row=6', 'SKIPPED_OTHER_KIND f#row=7']);
  });
});

describe('hostile input', () => {
  it('costs itself and no good entry', async () => {
    const elements = [
      '{"Title":{"toString":1},"Artist":["x"],"Track Identifier":{}}', '{"__proto__":{"Title":"polluted"},"Artist":"A","Track Identifier":1}', '{"Title":"A","Artist":"B","Track Identifier":1,"Date Added To Library":1e999,"Content Type":[["Song"]]}',
      '{"Title":"Good","Artist":"B","Track Identifier":1}',
    ];
    const library = await parseAll(`[${elements.join(',')}]`, 'apple/library-tracks');
    expect(codes(library)).toEqual(['TITLE_MISSING f#/0', 'TITLE_MISSING f#/1']);
    expect(library.records.map(brief)).toEqual(['saved | B | A | -', 'saved | B | Good | -']);
    expect(Object.hasOwn(Object.prototype, 'Title')).toBe(false);

    const rows = ['__proto__,constructor,toString', `${'A - '.repeat(2_000)},20240301,60000`, 'A - B,99999999,60000', 'A - B,20240301,Infinity', 'A - B,20240301,-1e308', 'A - Good,20240301,60000'];
    const days = await parseAll(`Track Description,Date Played,Play Duration Milliseconds\n${rows.join('\n')}\n`, 'apple/daily-tracks');
    expect(codes(days)).toEqual(['DATE_INVALID f#row=2', 'DATE_INVALID f#row=4', 'DURATION_INVALID f#row=5', 'SKIPPED_SHORT f#row=6']);
    expect(days.records.map(({ creator, title }) => [creator, title.length])).toEqual([['A', 995], ['A', 4]]);
  });

  it('of the zips inside the zip, as Apple packs them, are read where they lie', async () => {
    const tracks = 'Apple_Media_Services/Apple Music Activity/Apple Music Library Tracks.json.zip';
    const services = await zipOf({ [tracks]: await zipOf({ 'Apple Music Library Tracks.json': read('Apple Music Library Tracks.json') }), 'Apple_Media_Services/Apple Music Activity/Apple Music - Favorites.csv': read('Apple Music - Favorites.csv') });
    const path = join(folderOf({ 'part.zip': await zipOf({ 'Apple_Media_Services.zip': services, 'readme.pdf': 'x' }) }), 'part.zip');
    const { preview, runImport } = openSources();
    const { items } = await preview(path);
    expect(items.map(({ format, file }) => [format, file])).toEqual([['apple/likes', 'part.zip/Apple_Media_Services.zip/Apple_Media_Services/Apple Music Activity/Apple Music - Favorites.csv'], ['apple/library-tracks', `part.zip/Apple_Media_Services.zip/${tracks}/Apple Music Library Tracks.json`]].sort());
    const plain = await openSources().runImport(join(FOLDER, 'Apple Music Library Tracks.json'));
    expect((await runImport(path)).reports.find(({ file }) => file.endsWith('Tracks.json'))?.added).toBe(plain.reports[0]?.added);
    // Unpacked once or twice, it is the same.
    for (const inner of [{ 'Apple_Media_Services.zip': services }, { 'Apple Music Library Tracks.json.zip': await zipOf({ 'a.json': read('Apple Music Library Tracks.json') }) }]) {
      expect((await preview(folderOf(inner))).items.map(({ format }) => format)).toContain('apple/library-tracks');
    }
  });
});
