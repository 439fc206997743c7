/** TikTok's file of old and new: what it says of the person, searches, hashtags and the shop, whatever the parts are called; no links, persons or places. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixture, parseAll, readAsFound } from '../../support/sources.ts';

const file = (name: string): Buffer => readFileSync(fixture(`../tiktok/${name}`));
const ID = 'tiktok/activity';

describe('the file', () => {
  it('of 2026', async () => {
    const { format, lines, issues, records } = await readAsFound(file('user_data_tiktok.json'), 'user_data_tiktok.json');
    expect(format).toBe(ID);
    expect(lines).toEqual([
      'saved | topic | brödbak | 2024-03-01T10:00',
      'used | product | Brotbackform aus Gusseisen | 2024-03-01T10:00 | 2', 'used | product | Dough scraper | 2024-03-01T10:00 | 1',
      'wanted | product | Tent pegs | 2024-03-01T10:00 | 3', 'wanted | product | Rye flour | 2024-03-01T10:00',
      'claimed | topic | Baking & Cooking | no date', 'claimed | topic | Outdoor, Camping | no date',
      'saved | topic | camping | no date', 'saved | topic | パン | no date',
      'used | search | sourdough starter | 2024-03-01T10:00', 'used | search | Zelt für zwei | 2024-03-01T10:01', 'used | search | without a time | no date',
    ]);
    expect(issues).toEqual([
      // Not a hashtag; cut off within a letter; three bare links to videos.
      'TITLE_MISSING #/1', 'TITLE_MISSING #/2', 'SKIPPED_OTHER #/3', 'SKIPPED_OTHER #/4', 'SKIPPED_OTHER #/5',
      'SKIPPED_CANCELLED #/7', 'DATE_INVALID #/8', 'TITLE_MISSING #/9', 'TITLE_MISSING #/15', 'DATE_INVALID #/19', 'TITLE_MISSING #/20', 'SKIPPED_PERSONAL #/21', 'SKIPPED_OTHER #/22', 'SKIPPED_OTHER #/23', 'SKIPPED_OTHER #/24',
    ]);
    expect(records[1]).toEqual({ kind: 'product', act: 'used', title: 'Brotbackform aus Gusseisen', creator: null, collection: null, category: null, atMs: Date.UTC(2024, 2, 1, 10), durationMs: null, quantity: 2, amountMinor: null, currency: null, variant: records[1]?.variant });
    expect(new Set(records.slice(1, 3).map(({ variant }) => variant)).size).toBe(2);
  });

  it('of 2022', async () => {
    const { format, lines, issues } = await readAsFound(file('user_data.json'), 'user_data.json');
    expect(format).toBe(ID);
    expect(lines).toEqual([
      'saved | topic | vandring | no date', 'saved | topic | kanelbullar | no date', 'used | search | knäckebröd | 2024-03-01T10:00',
      'claimed | topic | Food | no date', 'claimed | topic | Travel | no date', 'claimed | topic | Sports | no date', 'claimed | advertiser | Acme, Inc. | no date', 'claimed | advertiser | Fjällräven | no date',
    ]);
    expect(issues).toEqual(['SKIPPED_OTHER #/1', 'SKIPPED_OTHER #/3', 'SKIPPED_OTHER #/5', 'SKIPPED_OTHER #/7']);
  });

  it('reads the same in any pieces, and twice', async () => {
    for (const pieceBytes of [1, 7, 1_000]) expect(await parseAll(file('user_data_tiktok.json'), ID, { pieceBytes })).toEqual(await parseAll(file('user_data_tiktok.json'), ID));
  });

  it.each([
    ['comments longer than its beginning', { Comment: { Comments: { CommentsList: Array.from({ length: 2_000 }, () => ({ date: '2024-03-01 10:00:00 UTC', comment: 'a comment of some length' })) } } }],
    ['another order and case', { 'App settings': { Settings: { SettingsMap: {} } } }],
    ['messages first', { 'Direct Messages': { 'Chat History': { ChatHistory: {} } } }],
  ])('is known by %s', async (_, first) => {
    expect(await readAsFound(JSON.stringify({ ...first, 'Some Activity': { Searches: { SearchList: [{ Date: '2024-03-01 10:00:00', SearchTerm: 'bread' }] } } }), 'x')).toMatchObject({ format: ID, lines: ['used | search | bread | 2024-03-01T10:00'] });
  });

  it.each(['{"Activity":[]}', '{"Comment":{"Other":1}}', '{"Activity":{"Running":{}}}', '{"Post":{"Posts":{"VideoList":[]}}}', '{"a":{"Activity":{"Like List":1}}}'])('is not %s', async (text) => {
    expect((await readAsFound(text, 'x')).format).toBeNull();
  });

  it('with parts that are empty in each of the ways they are is nothing and no fault', async () => {
    for (const empty of [null, [], {}, '', 'N/A']) {
      const text = JSON.stringify({ Activity: { 'Activity Summary': empty, Hashtag: { HashtagList: empty }, Searches: { SearchList: empty }, 'Watch History': empty, 'Favorite Hashtags': { FavoriteHashtagList: empty } }, 'TikTok Shop': { 'Order History': { OrderHistories: empty }, 'Shopping Cart List': { ShoppingCart: empty } } });
      expect(await parseAll(text, ID)).toEqual({ records: [], issues: [] });
    }
    expect(await parseAll('{"Your Activity":{"Searches":{},"Ad Interests":{"AdInterestCategories":""}}}', ID)).toMatchObject({ records: [], issues: [{ code: 'SKIPPED_OTHER' }] });
  });
});

it('loses no good row to hostile ones', async () => {
  const garbage = [null, 5, 'text', [], {}, { SearchTerm: {} }, { SearchTerm: ['x'], Date: [] }, { SearchTerm: 'x', Date: '9999-99-99 99:99:99' }, { HashtagName: 5, Link: {} }, { Link: 'https://www.tiktok.com/tag/%ZZ' }, { Products: 'x' }, { Products: [null, 5, { product_name: 7 }], order_date: 1e300 }, { ProductName: { a: 1 }, SkuCount: 'NaN' }];
  const text = JSON.stringify({
    'Your Activity': { Searches: { SearchList: [{ SearchTerm: 'good' }, ...garbage, { SearchTerm: 'good' }] }, Hashtag: { HashtagList: [{ HashtagName: 'good' }, ...garbage, { HashtagName: 'good' }] }, 'Ad Interests': { AdInterestCategories: garbage, Other: 'good' } },
    'TikTok Shop': { 'Order History': { OrderHistories: Object.fromEntries(garbage.map((one, i) => [String(i), one])) }, 'Shopping Cart List': { ShoppingCart: [...garbage, { ProductName: 'good', SkuCount: -1 }] } },
  }).replace('"0":', '"__proto__":');
  const parsed = await parseAll(text, ID);
  expect(parsed.records.map(({ title }) => title)).toEqual(['good', 'good', 'good', 'good', 'text', 'good', 'good']);
  expect(parsed.issues.map(({ code }) => code)).not.toContain('FILE_CUT');
});
