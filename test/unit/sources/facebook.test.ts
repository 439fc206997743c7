/** Facebook's files of several years and languages: what it says of the person, pages, things saved and searched for; no friends and no messages. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixture, parseAll, readAsFound } from '../../support/sources.ts';

const read = (name: string) => readAsFound(readFileSync(fixture(`../facebook/${name}`)), name);

describe('what Facebook says', () => {
  it.each([
    ['ads_interests.json', 'facebook/interests', ['claimed | topic | Käsefondue | no date', 'claimed | topic | Sailing | no date', 'claimed | topic | 日本料理 | no date'], ['TITLE_MISSING #/3', 'TITLE_MISSING #/4', 'TITLE_MISSING #/5', 'TITLE_MISSING #/6']],
    ['your_topics.json', 'facebook/inferred-topics', ['claimed | topic | Kletterwände | no date'], []],
    ['advertisers_using_your_activity_or_information.json', 'facebook/advertisers', ['claimed | advertiser | Fjällräven Fan Shop | no date', 'claimed | advertiser | Acme, Inc. | no date'], ['TITLE_MISSING #/2']],
    ['advertisers_who_uploaded_a_contact_list_with_your_information.json', 'facebook/advertisers-2020', ['claimed | advertiser | Acme, Inc. | no date', 'claimed | advertiser | Bücherstube | no date'], []],
    ['ads_information/advertisers_using_your_activity_or_information.json', 'facebook/advertisers-2025', ['claimed | advertiser | Acme, Inc. | no date', 'claimed | advertiser | Żabka | no date'], []],
    ['other_categories_used_to_reach_you.json', 'facebook/categories', ['claimed | topic | Frequent travellers | no date', 'claimed | topic | Owns: über 3 Fahrräder | no date'], []],
    ['ads_information/other_categories_used_to_reach_you.json', 'facebook/categories-2025', ['claimed | topic | Acheteurs intéressés | no date', 'claimed | topic | Early adopters | no date'], ['TITLE_MISSING #/2']],
  ])('%s is %s', async (name, format, lines, issues) => {
    expect(await read(name)).toMatchObject({ format, lines, issues });
  });

  it('is the same in each form of the file', async () => {
    const acme = await Promise.all(['', 'ads_information/'].map(async (folder) => (await read(`${folder}advertisers_using_your_activity_or_information.json`)).records.find(({ title }) => title === 'Acme, Inc.')));
    expect(acme[0]).toEqual({ kind: 'advertiser', act: 'claimed', title: 'Acme, Inc.', creator: null, collection: null, category: null, atMs: 0, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
    expect(acme[1]).toEqual(acme[0]);
  });
});

describe('what the person did', () => {
  it.each([
    ["pages_you've_liked.json", 'facebook/pages', ['followed | topic | Altes Fährhaus | 2024-03-01T10:00', 'followed | topic | Knitting Daily | 2024-03-01T10:01'], ['DATE_INVALID #/2', 'TITLE_MISSING #/3']],
    ['your_search_history.json', 'facebook/searches', ['used | search | rye bread | 2024-03-01T10:00', 'used | search | Zelte für zwei | 2024-03-01T10:01'], ['SKIPPED_PERSONAL #/2', 'TITLE_MISSING #/3', 'TITLE_MISSING #/4']],
    ['your_saved_items.json', 'facebook/saved', ['saved | topic | Brot backen ohne Hefe: so geht’s | 2024-03-01T10:00', 'saved | site | bäckerei-süß.de | 2024-03-01T10:01'], ['SKIPPED_OTHER #/2', 'DATE_INVALID #/3']],
  ])('%s is %s', async (name, format, lines, issues) => {
    expect(await read(name)).toMatchObject({ format, lines, issues });
  });
});

describe('what is left out', () => {
  it('what was visited says why', async () => {
    expect(await readAsFound('{"visited_things_v2":[{"name":"Page visits","entries":[{"timestamp":1709287200,"data":{"name":"Somebody"}}]}]}', 'profile_visits.json')).toMatchObject({ format: null, why: expect.stringContaining('accounts of others') as string });
  });

  it.each([['your_friends.json', 'accounts of others'], ['pages_and_profiles_you_follow.json', 'accounts of others'], ['message_1.json', 'what you wrote to others']])('%s says why', async (name, why) => {
    expect(await read(name)).toMatchObject({ format: null, why: expect.stringContaining(why) as string });
  });
});

it('loses no good row to hostile ones', async () => {
  const good = { timestamp: 1_709_287_200, attachments: [{ data: [{ external_context: { name: 'Good' } }] }] };
  const garbage = [null, 5, 'text', [], {}, { attachments: {} }, { attachments: [null, { data: [null, 5, { external_context: 'x' }, { external_context: { name: { a: 1 } } }] }] }, { timestamp: {}, attachments: [5] }];
  const rows = JSON.stringify([good, ...garbage, good]);
  const parsed = await parseAll(`{"__proto__":{"saves_v2":[1]},"saves_v2":${rows.replace('{}', '{"__proto__":{"attachments":[]}}')}}`, 'facebook/saved');
  expect(parsed.records.map(({ title }) => title)).toEqual(['Good', 'Good']);
  expect(parsed.issues.map(({ code }) => code)).toEqual(garbage.map(() => 'SKIPPED_OTHER'));
});
