/** Google Takeout on every quirk it is known to have, in several languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { google } from '../../../electron/core/sources/importers/google.ts';
import { recognise, whyLeft } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { MARKER, parseAll, readableOf, type Parsed } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../fixtures/google', name));
const formatOf = async (content: string | Buffer): Promise<string | null> => {
  const structure = await readStructure(readableOf(content));
  return structure && (recognise(structure, 'x')?.id ?? null);
};
const codes = (parsed: Parsed): string[] => parsed.issues.map(({ code, position }) => `${code} ${position}`);
const brief = ({ kind, act, title, creator, atMs }: ParsedRecord): string => `${kind} ${act} | ${title} | ${creator ?? '-'} | ${new Date(atMs).toISOString().slice(0, 19)}`;
const bare = { collection: null, category: null, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
const entry = (title: string, url: string | null, more: object = {}): string =>
  JSON.stringify([{ header: 'YouTube', title, ...(url === null ? {} : { titleUrl: url }), subtitles: [{ name: 'A Channel', url: 'https://www.youtube.com/channel/UC1' }], time: '2024-03-01T10:00:00Z', products: ['YouTube'], activityControls: ['x'], ...more }]);
const only = async (text: string): Promise<string> => {
  const { records, issues } = await parseAll(text, 'google/activity');
  return records[0] ? `${records[0].kind} ${records[0].act} ${records[0].title}` : issues[0]?.code ?? 'nothing';
};
const WATCH = 'https://www.youtube.com/watch?v=a';

describe('recognising by structure', () => {
  it.each([
    ['watch-history.json', 'google/activity'], ['Wiedergabeverlauf.json', 'google/activity'], ['MyActivity.json', 'google/activity'], ['watch-history.html', 'google/activity-html'], ['Wiedergabeverlauf.html', 'google/activity-html'],
    ['subscriptions.csv', 'google/subscriptions'], ['Abos.csv', 'google/subscriptions'], ['likes.json', 'google/playlist'], ['Installs.json', 'google/play-installs'], ['Library.json', 'google/play-library'],
    ['Purchase History.json', 'google/play-purchases'], ['History.json', 'google/chrome-history'],
  ])('%s is %s, whatever its name', async (name, id) => {
    expect(await formatOf(read(name))).toBe(id);
  });

  it.each([
    ['ID des chaînes,URL des chaînes,Titres des chaînes\n'], ['ID del canal,URL del canal,Título del canal\n'], ['Kanaal-ID,Kanaal-URL,Kanaaltitel\n'], ['ID canale,URL canale,Titolo canale\n'], ['Title,Channel URL,Channel ID\n'],
  ])('takes %j for channels followed', async (header) => { expect(await formatOf(header)).toBe('google/subscriptions'); });

  it.each([['id,name,url,note\n'], ['name,url,title\n'], ['[{"title":"a","time":"b"}]'], ['{"Browser":[]}'], ['<html><div class="outer-cell">'], ['[{"snippet":{}}]']])('takes %j for nothing it knows', async (text) => { expect(await formatOf(text)).toBeNull(); });

  it.each([
    [read('Watch later-videos.csv'), /not their titles/], ['Video-ID,Zeitstempel für die Erstellung des Playlist-Videos\na,b\n', /not their titles/], ['Playlist ID,Channel ID,Time Created\n', /not their titles/],
    [read('Records.json'), /places/], ['{"semanticSegments":[]}', /places/], ['{"timelineObjects":[{"placeVisit":{}}]}', /places/], ['[{"startTime":"a","endTime":"b","visit":{}}]', /places/],
    ['Comment ID,Channel ID,Comment Text\n', /wrote/],
  ])('says why %s is left out', async (content, why) => {
    const structure = await readStructure(readableOf(content));
    expect(await formatOf(content)).toBeNull();
    expect(structure && whyLeft(structure)).toMatch(why);
  });

  it('has a reason for nothing it reads', async () => {
    for (const name of ['subscriptions.csv', 'Abos.csv', 'likes.json', 'History.json', 'MyActivity.json']) {
      const structure = await readStructure(readableOf(read(name)));
      expect(structure && whyLeft(structure)).toBeNull();
    }
  });
});

describe('YouTube and My Activity as JSON', () => {
  it('reads what was watched, and says of everything else why not', async () => {
    const parsed = await parseAll(read('watch-history.json'), 'google/activity');
    expect(parsed.records[0]).toEqual({ ...bare, kind: 'video', act: 'used', title: 'Baking Sourdough at Home', creator: 'Bread & Science', atMs: Date.UTC(2024, 2, 1, 10, 11, 12) });
    expect(parsed.records.map(brief)).toEqual([
      'video used | Baking Sourdough at Home | Bread & Science | 2024-03-01T10:11:12', 'music used | Harbour Lights | The Paper Boats | 2024-03-01T11:00:00', 'music used | Low Tide | The Paper Boats | 2024-03-01T11:05:00',
      'video used | Untitled Garden Tour | - | 2024-03-01T14:00:00', 'video liked | Tiny House Tour | Small Spaces | 2024-03-01T15:00:00', 'video disliked | Loud Prank | Noise | 2024-03-01T15:01:00',
      'video used | Two Minute Stretch #shorts | Move Daily | 2024-03-01T16:00:00', 'search used | sourdough starter | - | 2024-03-01T09:00:00',
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_AD f#/3', 'SKIPPED_AD f#/4', 'SKIPPED_AD f#/5', 'SKIPPED_NOT_AVAILABLE f#/6', 'SKIPPED_NOT_AVAILABLE f#/7', 'SKIPPED_OTHER f#/11', 'DATE_INVALID f#/13', 'DATE_INVALID f#/14', 'SKIPPED_OTHER f#/16',
    ]);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads searches by their links, sites without their pages, apps by their headings, and no places', async () => {
    const parsed = await parseAll(read('MyActivity.json'), 'google/activity');
    expect(parsed.records.map(brief)).toEqual([
      'search used | best rye bread recipe | - | 2024-04-01T08:00:00', 'search used | Käsespätzle | - | 2024-04-01T08:01:00', 'site used | example.co.uk | - | 2024-04-01T08:02:00', 'site used | example.com | - | 2024-04-01T08:03:00',
      'app used | Pocket Chess | - | 2024-04-01T08:09:00', 'search used | chess | - | 2024-04-01T08:11:00', 'search used | tea harvest | - | 2024-04-01T08:15:00',
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_OTHER f#/4', 'SKIPPED_PERSONAL f#/5', 'SKIPPED_PERSONAL f#/6', 'SKIPPED_OTHER f#/7', 'SKIPPED_OTHER f#/8', 'SKIPPED_OTHER f#/10', 'SKIPPED_AD f#/12', 'SKIPPED_OTHER f#/13', 'SKIPPED_OTHER f#/14',
    ]);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('takes the words of German off, also around a title that begins like English', async () => {
    const parsed = await parseAll(read('Wiedergabeverlauf.json'), 'google/activity');
    expect(parsed.records.map(brief)).toEqual(['video used | Sauerteig selber machen | Brot & Zeit | 2024-03-02T10:00:00', 'video used | Watched by Millions | Doku | 2024-03-02T11:00:00']);
    expect(codes(parsed)).toEqual(['SKIPPED_NOT_AVAILABLE f#/2', 'SKIPPED_AD f#/3']);
  });

  it.each([
    ['Watched A Film'], ['A Film angesehen'], ['Vous avez regardé A Film'], ['Vous avez regardé\u00a0A Film'], ['Has visto A Film'], ['Viste A Film'], ['Hai guardato A Film'], ['Je hebt naar A Film gekeken'], ['A Film bekeken'],
    ['Assistiu a A Film'], ['Tittade på A Film'], ['Så på A Film'], ['Så A Film'], ['Obejrzano: A Film'], ['A Film adlı videoyu izlediniz'], ['A Film を視聴しました'], ['Просмотрено видео A Film'],
  ])('finds the title in %j', async (sentence) => { expect(await only(entry(sentence, WATCH))).toBe('video used A Film'); });

  it('keeps the whole sentence of a language it does not know', async () => {
    expect(await only(entry('Tá A Film feicthe', WATCH))).toBe('video used Tá A Film feicthe');
    expect(await only(entry('Watched ', WATCH))).toBe('video used Watched');
  });

  it.each([
    [entry('Liked A Film', WATCH), 'video liked A Film'], [entry('Vous avez aimé A Film', WATCH), 'video liked A Film'], [entry('Vous n’avez pas aimé A Film', WATCH), 'video disliked A Film'], [entry('Te ha gustado A Film', WATCH), 'video liked A Film'],
    [entry('Shared A Film', WATCH), 'SKIPPED_OTHER'], [entry('Vous avez consulté A Film', WATCH), 'SKIPPED_OTHER'], [entry('Subscribed to A Channel', 'https://www.youtube.com/channel/UC1'), 'SKIPPED_OTHER'],
    [entry('Watched A Song', 'https://music.youtube.com/watch?v=a'), 'music used A Song'], [entry('Watched A Song', 'https://youtu.be/a'), 'video used A Song'], [entry('Watched A Song', 'https://youtube.com.evil.com/watch?v=a'), 'site used evil.com'],
    [entry('Watched Google Ads Explained', WATCH), 'video used Google Ads Explained'], [entry('Watched Ad', WATCH, { details: [{ name: 'Annonces Google' }] }), 'SKIPPED_AD'], [entry('Watched Film', WATCH, { details: [{ name: 'Watched on TV' }] }), 'video used Film'],
  ])('reads %s as %s', async (text, expected) => { expect(await only(text)).toBe(expected); });

  it.each([
    ['a'.repeat(201), 'SKIPPED_PERSONAL'], ['www.example.com/x', 'SKIPPED_PERSONAL'], ['parcel 00340434161094', 'SKIPPED_PERSONAL'], ['iphone 15 vs 16', 'search used iphone 15 vs 16'], ['recipes from 2024', 'search used recipes from 2024'], ['', 'TITLE_MISSING'], ['100% rye', 'search used 100% rye'],
  ])('reads the search %j as %s', async (words, expected) => { expect(await only(entry('Searched', `https://www.google.fr/search?q=${encodeURIComponent(words)}`))).toBe(expected); });

  it('never throws on hostile entries and loses no good one', async () => {
    const good = entry('Watched Good', WATCH).slice(1, -1);
    const hostile = [
      '{"__proto__":{"polluted":1},"title":"Watched X","titleUrl":"https://www.youtube.com/watch?v=1","time":"2024-03-01T10:00:00Z"}', '{"title":{"a":1}}', '{"title":"Watched Y","titleUrl":["x"],"time":5}', '{"title":"Watched Z","titleUrl":"https://[::1","time":null,"subtitles":"no","details":7}',
      '{"title":"W","titleUrl":"https://www.google.com/search?q=%E0%A4%A","time":"2024-03-01T10:00:00Z","subtitles":[null,[[]],{"name":{},"url":1}],"details":[[],{"name":5}]}', 'null', '[]', '{"title":"Watched V","titleUrl":"https://www.youtube.com/watch?v=1","time":"99999-99-99"}', '{}',
    ];
    const { records, issues } = await parseAll(`[${[good, ...hostile, good].join(',')}]`, 'google/activity');
    expect(records.filter(({ title }) => title === 'Good')).toHaveLength(2);
    expect(records.length + issues.length).toBe(hostile.length + 2);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('YouTube and My Activity as pages', () => {
  it('reads what was watched, with entities, narrow spaces and time zones', async () => {
    const parsed = await parseAll(read('watch-history.html'), 'google/activity-html');
    expect(parsed.records[0]).toEqual({ ...bare, kind: 'video', act: 'used', title: 'Baking Sourdough at Home', creator: 'Bread & Science', atMs: Date.UTC(2024, 2, 1, 10, 11, 12) });
    expect(parsed.records.map(brief)).toEqual([
      'video used | Baking Sourdough at Home | Bread & Science | 2024-03-01T10:11:12', 'music used | Harbour Lights | The Paper Boats | 2024-03-01T11:00:00', 'video liked | Tiny House Tour | Small Spaces | 2024-03-01T15:00:00',
      'video used | Somewhere Else | Far Away | 2024-03-01T15:30:00', 'video used | Somewhere Else, 2 | Far Away | 2024-03-01T15:40:00', 'search used | sourdough starter | - | 2024-03-01T09:00:00',
    ]);
    expect(codes(parsed)).toEqual([
      'SKIPPED_AD f#/2', 'SKIPPED_AD f#/3', 'SKIPPED_AD f#/4', 'SKIPPED_NOT_AVAILABLE f#/5', 'SKIPPED_NOT_AVAILABLE f#/6', 'SKIPPED_OTHER f#/8', 'DATE_INVALID f#/9', 'ZONE_UNKNOWN f#/10',
    ]);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads a German page', async () => {
    const parsed = await parseAll(read('Wiedergabeverlauf.html'), 'google/activity-html');
    expect(parsed.records.map(brief)).toEqual(['video used | Sauerteig selber machen | Brot & Zeit | 2024-03-02T10:00:00', 'search used | Käsespätzle | - | 2024-04-01T08:01:00', 'site used | example.de | - | 2024-04-01T08:02:00']);
    expect(codes(parsed)).toEqual(['SKIPPED_AD f#/1']);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('tells the same records as the JSON of the same account', async () => {
    for (const name of ['watch-history', 'Wiedergabeverlauf']) {
      const json = (await parseAll(read(`${name}.json`), 'google/activity')).records, page = (await parseAll(read(`${name}.html`), 'google/activity-html')).records;
      const both = page.filter((record) => json.some(({ title, act }) => title === record.title && act === record.act));
      expect(both.length).toBeGreaterThanOrEqual(name === 'watch-history' ? 4 : 1);
      for (const record of both) expect(json).toContainEqual(record);
    }
  });
});

describe('lists, apps and sites', () => {
  it('reads channels followed, in any language', async () => {
    const parsed = await parseAll(read('subscriptions.csv'), 'google/subscriptions');
    expect(parsed.records).toEqual([
      { ...bare, kind: 'video', act: 'followed', title: 'Bread & Science', creator: 'Bread & Science', atMs: UNDATED_MS }, { ...bare, kind: 'music', act: 'followed', title: 'Boats, Paper', creator: 'Boats, Paper', atMs: UNDATED_MS },
    ]);
    expect(codes(parsed)).toEqual(['TITLE_MISSING f#row=4', 'SKIPPED_OTHER f#row=5']);
    const german = await parseAll(read('Abos.csv'), 'google/subscriptions');
    expect(german.records).toEqual([{ ...bare, kind: 'video', act: 'followed', title: 'Brot & Zeit', creator: 'Brot & Zeit', atMs: UNDATED_MS }]);
    expect(JSON.stringify([parsed, german])).not.toContain(MARKER);
  });

  it('reads old playlists by what they are for, and not their owner', async () => {
    const parsed = await parseAll(read('likes.json'), 'google/playlist');
    expect(parsed.records.map(brief)).toEqual(['video liked | Tiny House Tour | - | 2019-07-05T18:27:32', 'video wanted | Long Walk in Kyoto | - | 2019-07-06T18:27:32', 'video saved | Knots for Beginners | - | 2019-07-07T18:27:32']);
    expect(codes(parsed)).toEqual(['SKIPPED_NOT_AVAILABLE f#/3', 'DATE_INVALID f#/4']);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads installs without devices, and the library by kind', async () => {
    const installs = await parseAll(read('Installs.json'), 'google/play-installs');
    expect(installs.records).toEqual([
      { ...bare, kind: 'app', act: 'used', title: 'Pocket Chess', creator: null, atMs: Date.UTC(2022, 2, 14, 7, 6, 12) }, { ...bare, kind: 'app', act: 'used', title: 'Wanderkarten', creator: null, atMs: Date.UTC(2022, 2, 15, 7, 6, 12) },
    ]);
    expect(codes(installs)).toEqual(['TITLE_MISSING f#/2', 'DATE_INVALID f#/3', 'TITLE_MISSING f#/4', 'TITLE_MISSING f#/5']);
    const memberships = await parseAll(Buffer.from(JSON.stringify([
      { subscription: { doc: { documentType: 'Android Apps', title: 'A Running App' }, renewalDate: '2099-01-01T00:00:00Z', pricing: [{ price: '€4.99' }], state: 'ACTIVE' } }, { subscription: { doc: { title: '' } } }, { subscription: null }, 7,
    ])), 'google/play-subscriptions');
    expect(memberships.records).toMatchObject([{ kind: 'app', act: 'followed', title: 'A Running App', atMs: 0 }]);
    const library = await parseAll(read('Library.json'), 'google/play-library');
    expect(library.records.map(({ kind, act, title }) => `${kind} ${act} ${title}`)).toEqual(['app saved Pocket Chess', 'video saved Orbit', 'book saved Der Garten', 'music saved Harbour Lights', 'audiobook saved The Long Field', 'app saved Kite Club']);
    expect(JSON.stringify([installs, library])).not.toContain(MARKER);
  });

  it('reads purchases with what they cost, where the sign says in which currency', async () => {
    const parsed = await parseAll(read('Purchase History.json'), 'google/play-purchases');
    expect(parsed.records.map(({ kind, title, quantity, amountMinor, currency }) => [kind, title, quantity, amountMinor, currency])).toEqual([
      ['app', 'Pocket Chess Pro', 1, 499, 'USD'], ['app', 'Wanderkarten Plus', 1, 349, 'EUR'], ['product', '100 Coins (Pocket Chess)', 1, 250, 'JPY'], ['video', 'Orbit', 1, 1290, 'CHF'], ['book', 'The Garden', 1, 8900, 'SEK'],
      ['app', 'Mystery', 1, null, null], ['app', 'Free Thing', null, null, null], ['app', 'Brot-Rechner', 1, 123_450, 'BRL'],
    ]);
    expect(codes(parsed)).toEqual(['AMOUNT_INVALID f#/5']);
    expect(JSON.stringify(parsed)).not.toContain(MARKER);
  });

  it('reads sites visited, and no address, page, host at home or part of a page', async () => {
    const parsed = await parseAll(read('History.json'), 'google/chrome-history');
    expect(parsed.records).toEqual([
      ...[1, 2].map(() => ({ ...bare, kind: 'site', act: 'used', title: 'bbc.co.uk', creator: null, atMs: Date.UTC(2024, 2, 1, 10, 11, 12) })),
      { ...bare, kind: 'site', act: 'used', title: 'münchen.de', creator: null, atMs: Date.UTC(2024, 2, 1, 10, 11, 40) }, { ...bare, kind: 'site', act: 'used', title: 'github.io', creator: null, atMs: Date.UTC(2024, 2, 1, 10, 11, 41) },
    ]);
    expect(codes(parsed)).toEqual([...[3, 4, 5, 6, 7].map((at) => `SKIPPED_OTHER f#/${at}`), 'DATE_INVALID f#/8', 'TITLE_MISSING f#/9', 'ELEMENT_SHAPE f#/10', 'ELEMENT_SHAPE f#/11']);
    expect(JSON.stringify(parsed).toLowerCase()).not.toContain(MARKER.toLowerCase());
  });

  it('drops what it says it drops', () => {
    for (const format of google.formats) expect(format.keeps.filter((name) => format.drops.includes(name))).toEqual([]);
  });
});

describe('any file', () => {
  it.each(['watch-history.json', 'watch-history.html', 'Wiedergabeverlauf.html', 'MyActivity.json', 'subscriptions.csv', 'History.json'])('%s reads the same in pieces of any size', async (name) => {
    const id = await formatOf(read(name)) ?? '';
    for (const pieceBytes of [1, 7, 1000]) expect(await parseAll(read(name), id, { pieceBytes })).toEqual(await parseAll(read(name), id));
  });
});
