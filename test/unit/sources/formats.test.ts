/** The importers on every quirk exports are known to have. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { seriesOf } from '../../../electron/core/sources/importers/netflix.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { fixture, MARKER, parseAll, readableOf, type Parsed } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(fixture(name));
const formatOf = async (content: string | Buffer, path = 'x'): Promise<string | null> => {
  const structure = await readStructure(readableOf(content));
  return structure && (recognise(structure, path)?.id ?? null);
};
const codes = (parsed: Parsed): string[] => parsed.issues.map(({ code, position }) => `${code} ${position}`);
const brief = ({ title, creator, atMs }: ParsedRecord): string => `${title} | ${creator ?? '-'} | ${new Date(atMs).toISOString()}`;

describe('recognising by structure', () => {
  it.each([
    ['netflix/ViewingActivity.csv', 'netflix/viewing-activity'],
    ['netflix/NetflixViewingHistory-us.csv', 'netflix/viewing-history'],
    ['netflix/verlauf.csv', 'netflix/viewing-history'],
    ['netflix/verlauf-utf16.csv', 'netflix/viewing-history'],
    ['spotify/StreamingHistory_music_0.json', 'spotify/account'],
    ['spotify/StreamingHistory0.json', 'spotify/account'],
    ['spotify/StreamingHistory_podcast_0.json', 'spotify/account-podcasts'],
    ['spotify/Streaming_History_Audio_2024_0.json', 'spotify/extended'],
    ['spotify/endsong_0.json', 'spotify/extended'],
    ['amazon/Retail.OrderHistory.1.csv', 'amazon/retail-order-history'],
    ['amazon/Your Amazon Orders/Order History.csv', 'amazon/orders-2026'],
    ['amazon/01-Jan-2021_to_31-Dec-2021.csv', 'amazon/order-history-report'],
  ])('%s is %s, whatever its name', async (name, id) => {
    expect(await formatOf(read(name))).toBe(id);
  });

  it('reads columns in another order, another case, with semicolons', async () => {
    const text = 'TITLE;supplemental video type;Duration;Start Time;Profile Name\nOrbit;;01:00:00;2024-03-01 20:15:00;Robin\n';
    expect(await formatOf(text)).toBe('netflix/viewing-activity');
    expect((await parseAll(text, 'netflix/viewing-activity')).records.map(brief)).toEqual(['Orbit | - | 2024-03-01T20:15:00.000Z']);
  });

  it.each([['{"a":1}'], ['[]'], ['name,birthday\nx,1/2/03\n'], [''], ['<html></html>'], ['Title,Date,Rating\na,b,c'], ['[{"ts":1}]']])('takes %j for nothing it knows', async (text) => {
    expect(await formatOf(text)).toBeNull();
  });

  it('refuses a list of other things than objects', async () => {
    await expect(formatOf('[1, 2, 3]')).rejects.toMatchObject({ code: 'ERR_JSON_INVALID' });
  });
});

describe('Netflix', () => {
  it('reads viewing activity and says of every other row why not', async () => {
    const parsed = await parseAll(read('netflix/ViewingActivity.csv'), 'netflix/viewing-activity');
    expect(parsed.records.map(brief)).toEqual([
      'The Lighthouse Keepers: Season 1: The Storm | - | 2024-03-01T20:15:00.000Z',
      'The Lighthouse Keepers: Season 1: "Home", again | - | 2024-03-01T21:05:30.000Z',
      'Orbit: A Love Story | - | 2024-03-02T19:00:00.000Z',
      'The Lighthouse Keepers: Season 1: The Storm | - | 2024-03-01T20:15:00.000Z',
      'Der Garten: Staffel 3: Frühling | - | 2024-03-06T17:00:00.000Z',
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_TRAILER f#row=5', 'SKIPPED_TRAILER f#row=6', 'SKIPPED_SHORT f#row=7', 'DATE_INVALID f#row=8', 'DURATION_INVALID f#row=9', 'TITLE_MISSING f#row=10', 'ROW_COLUMNS f#row=13', 'ROW_CUT f#row=14',
    ]);
    expect(parsed.records[0]?.durationMs).toBe((48 * 60 + 12) * 1000);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
    expect(JSON.stringify(parsed)).not.toContain('Robin');
  });

  it('keeps two profiles apart and takes only the one chosen', async () => {
    const both = await parseAll(read('netflix/ViewingActivity.csv'), 'netflix/viewing-activity');
    expect(both.records[0]?.variant).not.toBe(both.records[3]?.variant);
    const kim = await parseAll(read('netflix/ViewingActivity.csv'), 'netflix/viewing-activity', { profiles: ['Kim'] });
    expect(kim.records).toHaveLength(2);
    expect(kim.issues.filter((issue) => issue.code === 'SKIPPED_PROFILE')).toHaveLength(9);
  });

  it.each([
    ['netflix/NetflixViewingHistory-us.csv', ['2024-03-01', '2024-02-28', '2024-02-03'], []],
    ['netflix/NetflixViewingHistory-uk.csv', ['2024-02-28', '2024-02-03'], []],
    ['netflix/verlauf.csv', ['2024-03-06', '2024-03-02'], []],
    ['netflix/verlauf-utf16.csv', ['2024-03-06', '2024-03-02'], []],
    ['netflix/ambiguous.csv', ['2024-03-01'], ['DATE_ORDER_ASSUMED f#row=1']],
  ])('reads the days of %s in the order of the whole file', async (name, days, issues) => {
    const parsed = await parseAll(read(name), 'netflix/viewing-history');
    expect(parsed.records.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 10))).toEqual(days);
    expect(codes(parsed)).toEqual(issues);
  });

  it('decides by the order of time when every date fits both ways', async () => {
    const text = 'Title,Date\nA,01/05/2024\nB,09/04/2024\nC,02/03/2024\n';
    const parsed = await parseAll(text, 'netflix/viewing-history');
    expect(parsed.issues).toEqual([]);
    expect(parsed.records.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 10))).toEqual(['2024-05-01', '2024-04-09', '2024-03-02']);
  });

  it.each([
    ['The Show: Season 2: Episode 1', 'The Show'], ['Der Garten: Staffel 3: Frühling', 'Der Garten'], ['A: B: Limited Series: C', 'A: B'], ['Orbit: A Love Story', null], ['Season of Fire', null],
    ['Наше лето: Сезон 1: Начало', 'Наше лето'], ['Serie: Temporada 1: Uno', 'Serie'], ['Part One: The End', null],
  ])('finds the series of %s', (title, series) => { expect(seriesOf(title)).toBe(series); });
});

describe('Spotify', () => {
  it('reads the extended history: music, podcasts, audiobooks', async () => {
    const parsed = await parseAll(read('spotify/Streaming_History_Audio_2024_0.json'), 'spotify/extended');
    expect(parsed.records.map((record) => `${record.kind} ${brief(record)}`)).toEqual([
      'music Harbour Lights | The Paper Boats | 2024-03-01T13:05:41.000Z', 'music Low Tide [Live], "2" | The Paper Boats | 2024-03-01T13:09:02.000Z',
      'podcast Sourdough | Bread & Science | 2024-03-02T08:00:10.000Z', 'audiobook The Long Field | - | 2024-03-03T21:00:00.000Z',
      'music Harbour Lights | The Paper Boats | 2024-03-06T07:30:00.000Z',
    ]);
    expect(codes(parsed)).toEqual(['SKIPPED_SHORT f#/2', 'SKIPPED_INCOGNITO f#/3', 'TITLE_MISSING f#/6', 'DATE_INVALID f#/7', 'DURATION_INVALID f#/8']);
    expect(parsed.records[0]?.collection).toBe('Out of Paper');
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('reads account data in UTC minutes', async () => {
    const parsed = await parseAll(read('spotify/StreamingHistory_music_0.json'), 'spotify/account');
    expect(parsed.records.map(brief)).toEqual(['Harbour Lights | The Paper Boats | 2024-03-01T13:05:00.000Z', 'Low Tide [Live], "2" | The Paper Boats | 2024-03-01T13:09:00.000Z']);
    expect((await parseAll(read('spotify/StreamingHistory_podcast_0.json'), 'spotify/account-podcasts')).records.map(brief)).toEqual(['Sourdough | Bread & Science | 2024-03-02T08:00:00.000Z']);
  });

  it('keeps the whole elements of half a file', async () => {
    const parsed = await parseAll(read('spotify/half.json'), 'spotify/extended');
    expect(parsed.records).toHaveLength(4);
    expect(codes(parsed).slice(-2)).toEqual(['ELEMENT_CUT f#/7', 'FILE_CUT f#/8']);
  });

  it('says of an element of the wrong shape what is wrong', async () => {
    const parsed = await parseAll('[{"endTime":"2024-03-01 13:05","artistName":"A","trackName":"B","msPlayed":40000}, null, [1], 7, {"endTime":5}, {bad}, {"endTime":"2024-03-01 13:06","artistName":"A","trackName":"B","msPlayed":40000}]', 'spotify/account');
    expect(parsed.records).toHaveLength(2);
    expect(codes(parsed)).toEqual(['ELEMENT_SHAPE f#/1', 'ELEMENT_SHAPE f#/2', 'ELEMENT_SHAPE f#/3', 'DATE_INVALID f#/4', 'ELEMENT_INVALID f#/5']);
  });
});

describe('Amazon', () => {
  it('reads retail orders before 2026', async () => {
    const parsed = await parseAll(read('amazon/Retail.OrderHistory.1.csv'), 'amazon/retail-order-history');
    expect(parsed.records.map((record) => [record.title, new Date(record.atMs).toISOString(), record.quantity, record.amountMinor, record.currency])).toEqual([
      ['Cast Iron Pan, 28 cm "Classic"', '2023-05-01T10:11:12.000Z', 1, 1190, 'EUR'],
      ['Oat Flakes 500 g', '2023-05-02T10:11:12.000Z', 3, 370_350, 'EUR'],
      ['Oat Flakes 500 g', '2023-05-02T10:11:12.000Z', 3, 370_350, 'EUR'],
      ['Reading Lamp', '2023-05-06T10:11:12.000Z', 1, 1190, 'EUR'],
      ['Priceless Book', '2023-05-08T10:11:12.000Z', 1, null, null],
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_CANCELLED f#row=5', 'SKIPPED_CANCELLED f#row=6', 'SKIPPED_NOT_AVAILABLE f#row=7', 'DATE_INVALID f#row=9', 'AMOUNT_INVALID f#row=10', 'SKIPPED_NOT_AVAILABLE f#row=11',
    ]);
    // Two shipments of one order line stay two.
    expect(parsed.records[1]?.variant).not.toBe(parsed.records[2]?.variant);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads the orders of 2026, and the yen without cents', async () => {
    const parsed = await parseAll(read('amazon/Your Amazon Orders/Order History.csv'), 'amazon/orders-2026');
    expect(parsed.records.map(({ title, amountMinor, currency }) => [title, amountMinor, currency])).toEqual([
      ['Cast Iron Pan, 28 cm "Classic"', 1190, 'EUR'], ['Rye Flour 1 kg', 532, 'EUR'], ['Jigsaw Puzzle 1000', 1200, 'JPY'],
    ]);
    expect(codes(parsed)).toEqual(['SKIPPED_CANCELLED f#row=5']);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads the reports that ended in 2023 with their category', async () => {
    const parsed = await parseAll(read('amazon/01-Jan-2021_to_31-Dec-2021.csv'), 'amazon/order-history-report');
    expect(parsed.records.map(({ title, category, amountMinor, atMs }) => [title, category, amountMinor, new Date(atMs).toISOString()])).toEqual([['Watercolor Set, 24 Pans', 'ART_SUPPLIES', 3198, '2021-01-15T12:00:00.000Z']]);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });
});

describe('encodings', () => {
  it('refuses text that is neither UTF-8 nor UTF-16', async () => {
    await expect(parseAll(read('netflix/latin1.csv'), 'netflix/viewing-history')).rejects.toMatchObject({ code: 'ERR_ENCODING_INVALID' });
    await expect(parseAll(Buffer.from('Title,Date\nA\0B,1/31/24\n'), 'netflix/viewing-history')).rejects.toMatchObject({ code: 'ERR_ENCODING_INVALID' });
  });

  it.each([1, 2, 3, 7])('reads the same whatever pieces of %i bytes the file comes in', async (pieceBytes) => {
    for (const [name, id] of [['netflix/verlauf.csv', 'netflix/viewing-history'], ['netflix/verlauf-utf16.csv', 'netflix/viewing-history'], ['spotify/half.json', 'spotify/extended'], ['netflix/ViewingActivity.csv', 'netflix/viewing-activity']] as const) {
      expect(await parseAll(read(name), id, { pieceBytes })).toEqual(await parseAll(read(name), id));
    }
  });
});
