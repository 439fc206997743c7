/** What companies say of the person, and what the person kept, searched for and followed: Spotify, Instagram, Facebook, TikTok, Amazon. */
import { describe, expect, test } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { repaired } from '../../../electron/core/sources/importers/meta.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import { MARKER, parseAll, readableOf } from '../../support/sources.ts';

async function read(content: unknown, expected: string) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const structure = await readStructure(readableOf(text));
  expect(structure && (recognise(structure, 'x')?.id ?? null)).toBe(expected);
  const { records, issues } = await parseAll(text, expected);
  expect(JSON.stringify(records)).not.toContain(MARKER);
  return {
    lines: records.map(({ act, kind, title, creator, collection, category, atMs }) => [act, kind, title, creator ?? '-', collection ?? '-', category ?? '-', atMs === 0 ? 'no date' : new Date(atMs).toISOString().slice(0, 16)].join(' | ')),
    issues: issues.map(({ code, position }) => `${code} ${position}`),
  };
}
/** As Meta writes text: each byte of UTF-8 a character. */
const asMeta = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('Spotify', () => {
  test('the library: kept, followed, banned', async () => {
    expect(await read({
      tracks: [{ artist: 'Wilco', album: 'Yankee Hotel Foxtrot', track: 'Jesus, Etc.', uri: MARKER }], albums: [{ artist: 'Alvvays', album: 'Blue Rev', uri: MARKER }], shows: [{ name: 'Radiolab', publisher: MARKER, uri: MARKER }],
      episodes: [{ name: 'Colors', show: 'Radiolab', uri: MARKER }], bannedTracks: [{ artist: 'Nobody', album: 'A', track: 'Noise', uri: MARKER }], artists: [{ name: 'Big Thief', uri: MARKER }, { uri: MARKER }, 'x'], bannedArtists: [{ name: 'Someone' }], other: [MARKER],
    }, 'spotify/library')).toEqual({
      lines: [
        'saved | music | Jesus, Etc. | Wilco | Yankee Hotel Foxtrot | - | no date', 'saved | music | Blue Rev | Alvvays | - | - | no date', 'followed | podcast | Radiolab | Radiolab | - | - | no date', 'saved | podcast | Colors | Radiolab | - | - | no date',
        'disliked | music | Noise | Nobody | A | - | no date', 'followed | music | Big Thief | Big Thief | - | - | no date', 'disliked | music | Someone | Someone | - | - | no date',
      ],
      issues: ['TITLE_MISSING f#/6', 'ELEMENT_SHAPE f#/7'],
    });
  });

  test('playlists without their names, searches, and what it infers, in words', async () => {
    expect(await read({ playlists: [{ name: MARKER, lastModifiedDate: '2024-01-01', items: [{ track: { trackName: 'One', artistName: 'Wilco', albumName: 'A', trackUri: MARKER }, episode: null, addedDate: '2024-03-01' }, { track: null, episode: { episodeName: 'Colors', showName: 'Radiolab' }, addedDate: '2024-03-02' }, { track: null, episode: null, localTrack: { uri: MARKER }, addedDate: '2024-03-02' }] }] }, 'spotify/playlists')).toEqual({
      lines: ['saved | music | One | Wilco | A | - | 2024-03-01T12:00', 'saved | podcast | Colors | Radiolab | - | - | 2024-03-02T12:00'], issues: ['TITLE_MISSING f#/2'],
    });
    expect(await read([{ platform: 'IPHONE', searchTime: '2024-03-01T10:00:00.123Z[UTC]', searchQuery: 'wilco live', searchInteractionURIs: [MARKER] }, { platform: 'X', searchTime: 'yesterday', searchQuery: 'x', searchInteractionURIs: [] }, { platform: 'X', searchTime: '2024-03-01T10:00:00Z', searchQuery: 'kim@example.org', searchInteractionURIs: [] }], 'spotify/searches')).toEqual({
      lines: ['used | search | wilco live | - | - | - | 2024-03-01T10:00'], issues: ['DATE_INVALID f#/1', 'SKIPPED_PERSONAL f#/2'],
    });
    expect(await read({ inferences: ['1P_Custom_Home_Cooks_US', '3P_Home_Improvement', 'Interest | Fitness', '', 7] }, 'spotify/inferences')).toEqual({
      lines: ['claimed | topic | Home Cooks US | - | - | Spotify itself | no date', 'claimed | topic | Home Improvement | - | - | a data broker | no date', 'claimed | topic | Interest | Fitness | - | - | - | no date'], issues: ['TITLE_MISSING f#/3', 'TITLE_MISSING f#/4'],
    });
  });
});

describe('Instagram and Facebook', () => {
  test('text written byte by byte is put right, and other text is left alone', () => {
    for (const text of ['Bäckerei & Café', '日本語', '🎂', 'plain', 'Ÿ', '', 'naïve'])  expect(repaired(asMeta(text))).toBe(text);
    for (const text of ['Café', 'ÿþ', '日本', 'Ã']) expect(repaired(text)).toBe(text);
  });

  test('topics in the language of the account, old and new', async () => {
    expect((await read({ topics_your_topics: [{ title: '', string_map_data: { Name: { href: '', value: 'Baking', timestamp: 0 } } }, { string_map_data: { [asMeta('Název')]: { value: asMeta('Pečení') } } }, { label_values: [{ label: 'Name', value: 'Tents' }] }, {}] }, 'instagram/topics'))).toEqual({
      lines: ['claimed | topic | Baking | - | - | - | no date', 'claimed | topic | Pečení | - | - | - | no date', 'claimed | topic | Tents | - | - | - | no date'], issues: ['TITLE_MISSING f#/3'],
    });
    expect((await read({ inferred_data_ig_interest: [{ string_map_data: { Interesse: { value: 'Wandern', timestamp: 1_709_287_200 } } }] }, 'instagram/interests')).lines).toEqual(['claimed | topic | Wandern | - | - | - | 2024-03-01T10:00']);
    expect((await read({ searches_keyword: [{ title: '', media_map_data: { x: MARKER }, string_map_data: { Search: { value: 'sourdough' }, Time: { timestamp: 1_709_287_200 } } }] }, 'instagram/searches')).lines).toEqual(['used | search | sourdough | - | - | - | 2024-03-01T10:00']);
  });

  test('who aims advertisements, pages liked, searches as typed', async () => {
    expect((await read({ ig_custom_audiences_all_types: [{ advertiser_name: asMeta('Müller GmbH'), has_data_file_custom_audience: true }, { advertiser_name: 5 }] }, 'instagram/advertisers'))).toEqual({ lines: ['claimed | advertiser | Müller GmbH | - | - | - | no date'], issues: ['TITLE_MISSING f#/1'] });
    expect((await read({ custom_audiences_all_types_v2: [{ advertiser_name: 'Acme, Inc.' }] }, 'facebook/advertisers')).lines).toEqual(['claimed | advertiser | Acme, Inc. | - | - | - | no date']);
    expect((await read({ topics_v2: [asMeta('Käse'), 'Cheese', null] }, 'facebook/interests'))).toEqual({ lines: ['claimed | topic | Käse | - | - | - | no date', 'claimed | topic | Cheese | - | - | - | no date'], issues: ['TITLE_MISSING f#/2'] });
    expect((await read({ inferred_topics_v2: ['Tents'] }, 'facebook/inferred-topics')).lines).toHaveLength(1);
    expect((await read({ page_likes_v2: [{ timestamp: 1_709_287_200, name: 'KitchenAid', url: MARKER }, { timestamp: 99_709_287_200, name: 'Later' }] }, 'facebook/pages'))).toEqual({ lines: ['followed | topic | KitchenAid | - | - | - | 2024-03-01T10:00'], issues: ['DATE_INVALID f#/1'] });
    expect((await read({ searches_v2: [{ timestamp: 1_709_287_200, attachments: [{ data: [{ text: MARKER }] }], title: MARKER, data: [{ text: asMeta('„Zelt“') }] }] }, 'facebook/searches')).lines).toEqual(['used | search | Zelt | - | - | - | 2024-03-01T10:00']);
  });
});

describe('TikTok', () => {
  test.each([['Activity', 'Search History', 'SearchTerm', 'Date', 'HashtagName'], ['Your Activity', 'Searches', 'searchTerm', 'date', 'hashtagName']])('searches and hashtags under %s, without the videos', async (top, list, term, date, hashtag) => {
    const { lines, issues } = await read({
      Profile: { 'Profile Information': { ProfileMap: { userName: MARKER } } },
      [top]: { 'Watch History': { VideoList: [{ Date: '2024-03-01 10:00:00', Link: MARKER }] }, [list]: { SearchList: [{ [date]: '2024-03-01 10:00:00', [term]: 'sourdough' }, { [date]: 'never', [term]: 'x' }] }, Hashtag: { HashtagSpaceList: [{ [hashtag]: '#camping', HashtagLink: MARKER }] } },
    }, 'tiktok/activity');
    expect(lines).toEqual(['used | search | sourdough | - | - | - | 2024-03-01T10:00', 'saved | topic | camping | - | - | - | no date']);
    expect(issues).toEqual(['SKIPPED_OTHER f#/0', 'DATE_INVALID f#/2']);
  });
});

describe('Amazon', () => {
  test.each([
    ['Advertisers who brought audiences in which you are included', 'amazon/advertisers', 'claimed | advertiser | Acme, Inc. | - | - | - | no date'],
    ['Amazon Audiences in which you are included', 'amazon/audiences', 'claimed | topic | Acme, Inc. | - | - | Amazon itself | no date'],
    ['Audiences in which you are included via 3rd Parties', 'amazon/third-party-audiences', 'claimed | topic | Acme, Inc. | - | - | other companies | no date'],
  ])('%s', async (heading, format, line) => {
    expect(await read(`\ufeff${heading}\r\n"Acme, Inc."\r\nNot Available\r\n`, format)).toEqual({ lines: [line], issues: ['SKIPPED_NOT_AVAILABLE f#row=3'] });
  });

  test('another text of one column is nobody’s', async () => {
    const structure = await readStructure(readableOf('Dear diary\nToday\n'));
    expect(structure && recognise(structure, 'x')).toBeNull();
  });
});
