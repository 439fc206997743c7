/** Instagram's files of several years and languages: what it says of the person, and nobody else's account. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IMPORTERS } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import { fixture, parseAll, readableOf, readAsFound } from '../../support/sources.ts';

const read = (name: string, label = name) => readAsFound(readFileSync(fixture(`../instagram/${name}`)), label);
const ADS = 'ads_information/instagram_ads_and_businesses/';

describe('what Instagram says', () => {
  it.each([
    ['recommended_topics.json', 'instagram/topics', ['claimed | topic | Sourdough | no date', 'claimed | topic | Crème brûlée 🍮 | no date'], ['TITLE_MISSING #/2']],
    ['themen.json', 'instagram/topics', ['claimed | topic | Zelten | no date', 'claimed | topic | Выпечка хлеба | 2024-03-01T10:00'], []],
    ['ads_interests.json', 'instagram/interests', ['claimed | topic | Zeezeilen | no date', 'claimed | topic | Brettspiele für Kinder | no date'], []],
    ['advertisers_using_your_activity_or_information.json', 'instagram/advertisers', ['claimed | advertiser | Müller & Söhne GmbH | no date', 'claimed | advertiser | Northwind Boots | no date'], ['TITLE_MISSING #/2', 'TITLE_MISSING #/3']],
    ['ads_viewed.json', 'instagram/ads-seen', ['claimed | advertiser | Northwind Boots | 2024-03-01T10:00', 'claimed | advertiser | Café Straße | 2024-03-01T11:00'], ['TITLE_MISSING #/2']],
    // One company on two lists is one.
    [`${ADS}advertisers_using_your_activity_or_information.json`, 'instagram/advertisers-2025', ['claimed | advertiser | Northwind Boots | no date', 'claimed | advertiser | Café Straße | no date', 'claimed | advertiser | Northwind Boots | no date'], ['TITLE_MISSING #/3']],
    [`${ADS}other_categories_used_to_reach_you.json`, 'instagram/categories', ['claimed | topic | Frequent international travelers | no date', 'claimed | topic | Engaged Shoppers | no date'], ['TITLE_MISSING #/2']],
    ['interest_categories.json', 'instagram/guesses', ['claimed | topic | bread baking | 2024-03-01T10:00', 'claimed | topic | Пользователю может быть интересен парусный спорт | 2024-03-01T10:00', 'claimed | topic | board games | 2024-03-01T10:01'], ['TITLE_MISSING #/3', 'DATE_INVALID #/4']],
  ])('%s is %s', async (name, format, lines, issues) => {
    expect(await read(name)).toMatchObject({ format, lines, issues });
  });

  it('is the same from either form of the file', async () => {
    const [old, recent] = [await read('advertisers_using_your_activity_or_information.json'), await read(`${ADS}advertisers_using_your_activity_or_information.json`)];
    const boots = (records: typeof old.records) => records.filter(({ title }) => title === 'Northwind Boots');
    expect(boots(recent.records)).toEqual([boots(old.records)[0], boots(old.records)[0]]);
    expect(boots(old.records)[0]).toEqual({ kind: 'advertiser', act: 'claimed', title: 'Northwind Boots', creator: null, collection: null, category: null, atMs: 0, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
  });

  it('in files that look like others is read by their name only', async () => {
    const file = readFileSync(fixture(`../instagram/${ADS}other_categories_used_to_reach_you.json`));
    for (const label of ['personal_information/information_about_you/locations_of_interest.json', 'ads_information/ad_preferences.json', 'f']) expect((await readAsFound(file, label)).format).toBeNull();
    // Which of the two it is stands in the folder alone.
    expect((await readAsFound(file, 'other_categories_used_to_reach_you.json')).format).toBe('facebook/categories-2025');
    // And never both.
    for (const folder of ['', ADS]) {
      const structure = await readStructure(readableOf(file));
      expect(IMPORTERS.flatMap(({ formats }) => formats).filter((format) => structure && format.recognises(structure, `${folder}other_categories_used_to_reach_you.json`))).toHaveLength(1);
    }
    const list = readFileSync(fixture('../instagram/interest_categories.json'));
    for (const label of ['logged_information/link_history/link_history.json', 'ads_viewed.json', 'f']) expect((await readAsFound(list, label)).format).toBeNull();
  });
});

describe('what the person did', () => {
  it.each([
    ['word_or_phrase_searches.json', 'instagram/searches', ['used | search | rye bread | 2024-03-01T10:00', 'used | search | pão de centeio | 2024-03-01T10:01'], ['SKIPPED_PERSONAL #/2']],
    ['following_hashtags.json', 'instagram/hashtags', ['followed | topic | sourdough | 2024-03-01T10:00', 'followed | topic | бородинский | 2024-03-01T10:01'], ['TITLE_MISSING #/2']],
    ['liked_posts.json', 'instagram/liked-hashtags', ['liked | topic | sourdough | 2024-03-01T10:00', 'liked | topic | bröd | 2024-03-01T10:00', 'liked | topic | camping | 2024-03-01T10:01', 'liked | topic | masamadre | 2024-03-01T10:02'], ['SKIPPED_OTHER #/3', 'SKIPPED_OTHER #/4', 'DATE_INVALID #/5']],
    ['saved_posts.json', 'instagram/saved-hashtags', ['saved | topic | fjällen | 2024-03-01T10:00'], []],
  ])('%s is %s', async (name, format, lines, issues) => {
    expect(await read(name, `your_instagram_activity/${name}`)).toMatchObject({ format, lines, issues });
  });

  it.each(['Hashtags', 'Hasztagi', 'Hashtag’ler', 'ハッシュタグ', '해시태그', 'Хэштеги', 'Χάσταγκ'])('takes hashtags for such under the name %s, and persons under no name', async (title) => {
    const post = (of: string) => JSON.stringify([{ timestamp: 1_709_287_200, label_values: [{ title: of, dict: [{ dict: [{ label: 'Name', value: 'x1' }] }] }] }]);
    expect((await readAsFound(post(title), 'liked_posts.json')).lines).toHaveLength(1);
    for (const other of ['Owner', 'Tagged users', 'Etiquetas', '標記的用戶', 'Ετικέτες', 'Brand partner', '']) expect(await readAsFound(post(other), 'liked_posts.json')).toMatchObject({ lines: [], issues: ['SKIPPED_OTHER #/0'] });
    // Whoever is told of with more than a name is an account, whatever the words of the post say.
    expect((await readAsFound(JSON.stringify([{ timestamp: 1_709_287_200, label_values: [{ label: 'Caption', value: 'By #robin' }, { title: 'Owner', dict: [{ dict: [{ label: 'Username', value: 'robin' }, { label: 'Name', value: 'Robin' }] }] }] }]), 'liked_posts.json')).lines).toEqual([]);
  });
});

describe('what is left out', () => {
  it.each([
    ['following.json', 'accounts of others'], ['followers_1.json', 'accounts of others'], ['old_liked_posts.json', 'links and names of accounts'],
  ])('%s says why', async (name, why) => {
    expect(await read(name)).toMatchObject({ format: null, why: expect.stringContaining(why) as string });
  });
});

describe('what was shown', () => {
  it.each([['posts_viewed.json', 'impressions_history_posts_seen'], ['videos_watched.json', 'impressions_history_videos_watched']])('%s says why it is left out', async (name, list) => {
    const shown = JSON.stringify({ [list]: [{ string_map_data: { Auteur: { value: 'Somebody' }, Heure: { timestamp: 1_709_287_200 } } }] });
    expect(await readAsFound(shown, name)).toMatchObject({ format: null, why: expect.stringContaining('being shown something') as string });
  });
});

describe('hostile files', () => {
  const garbage = [null, 5, 'text', [], [[]], {}, { string_map_data: null }, { string_map_data: [] }, { string_map_data: { a: null, b: 5, c: { value: 7 } } }, { label_values: 'x' }, { label_values: [null, 5, { value: {} }, { dict: [null, { dict: [null] }, 5], title: 9 }] }, { timestamp: '1709287200', label_values: [] }, { timestamp: 1e300 }, { timestamp: Number.MAX_SAFE_INTEGER }];
  it('lose no good row', async () => {
    const good = { string_map_data: { Name: { value: 'Good' } } };
    for (const bad of garbage) {
      const parsed = await parseAll(JSON.stringify({ topics_your_topics: [good, bad, good] }), 'instagram/topics');
      expect([parsed.records[0]?.title, parsed.records.at(-1)?.title]).toEqual(['Good', 'Good']);
      expect(parsed.records).toHaveLength(2);
      expect(parsed.issues).toHaveLength(1);
    }
    const post = { timestamp: 1_709_287_200, label_values: [{ title: 'Hashtags', dict: [{ dict: [{ label: 'Name', value: 'good' }] }] }] };
    const parsed = await parseAll(JSON.stringify([post, ...garbage, post]), 'instagram/liked-hashtags', { label: 'liked_posts.json' });
    expect(parsed.records.map(({ title }) => title)).toEqual(['good', 'good']);
    expect(parsed.issues).toHaveLength(garbage.length);
  });

  it('with special keys are data', async () => {
    const text = '{"__proto__":{"polluted":1},"topics_your_topics":[{"__proto__":{"string_map_data":{"Name":{"value":"Inherited"}}}},{"string_map_data":{"__proto__":{"value":"Own"}}}]}';
    const { lines, issues } = await readAsFound(text, 'f');
    expect([lines, issues]).toEqual([['claimed | topic | Own | no date'], ['TITLE_MISSING #/0']]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
