/** What the person looks through and strikes out before anything is stored. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LeaveOut } from '../../electron/core/sources/strike.ts';
import { folderOf, openSources } from '../support/sources.ts';

const ORDERS = `Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Total Owed,Quantity,Order Status,Product Name,Gift Message
1,2019-03-01T10:00:00Z,EUR,12.00,0,12.00,1,Closed,Nordic Ware Bundt Pan,
2,2024-03-01T10:00:00Z,EUR,29.00,0,29.00,2,Closed,KitchenAid Rolling Pin,
3,2024-04-01T10:00:00Z,EUR,9.00,0,9.00,1,Closed,Clearblue Pregnancy Test,
4,2024-05-01T10:00:00Z,EUR,29.00,0,29.00,1,Closed,KitchenAid Rolling Pin,
5,2024-06-01T10:00:00Z,EUR,5.00,0,5.00,1,Cancelled,Springform,
`;
const PLAYS = JSON.stringify([
  { ts: '2024-03-01T10:00:00Z', ms_played: 200_000, master_metadata_track_name: 'One', master_metadata_album_artist_name: 'Wilco', master_metadata_album_album_name: 'A', episode_name: null },
  { ts: '2024-03-02T10:00:00Z', ms_played: 200_000, master_metadata_track_name: 'Two', master_metadata_album_artist_name: 'Wilco', master_metadata_album_album_name: 'A', episode_name: null },
  { ts: '2024-03-03T10:00:00Z', ms_played: 200_000, master_metadata_track_name: 'Three', master_metadata_album_artist_name: 'Alvvays', master_metadata_album_album_name: 'B', episode_name: null },
  { ts: '2024-03-04T10:00:00Z', ms_played: 900_000, master_metadata_track_name: null, episode_name: 'An hour', episode_show_name: 'Radiolab' },
]);

async function previewed() {
  const folder = folderOf({ 'orders.csv': ORDERS, 'plays.json': PLAYS });
  const sources = openSources();
  const looked = await sources.preview(join(folder, 'orders.csv'), join(folder, 'plays.json'));
  const keyOf = (source: string): string => looked.items.find((item) => item.source === source)?.key ?? '';
  const rows = (source: string, text = '') => sources.service.rows({ previewId: looked.previewId, key: keyOf(source), text });
  const imported = async (source: string, leaveOut: LeaveOut) => {
    const { reports } = await sources.jobs.ended(sources.service.import(looked.previewId, [{ key: keyOf(source), leaveOut }]));
    const stored = sources.db.query<{ title: string; creator: string | null; collection: string | null; at_ms: number; duration_ms: number | null; amount_minor: number | null }>(
      'SELECT i.title, i.creator, i.collection, r.at_ms, r.duration_ms, r.amount_minor FROM records r JOIN items i ON i.item_id = r.item_id ORDER BY r.at_ms').all();
    return { report: reports[0], stored, titles: stored.map(({ title }) => title) };
  };
  return { ...sources, looked, rows, imported };
}

describe('looking through', () => {
  test('shows all there is and adds it up, what lies in a closed part of life first and with its name; nothing is stored', async () => {
    const { rows, counts } = await previewed();
    const orders = await rows('amazon');
    expect(orders.summary).toEqual({ records: 4, sensitive: 1, firstMs: Date.UTC(2019, 2, 1, 10), lastMs: Date.UTC(2024, 4, 1, 10), kinds: [{ kind: 'product', act: 'used', count: 4 }], fields: ['quantity', 'amount'] });
    expect(orders.rows.map(({ title, closed }) => [title, closed])).toEqual([
      ['Clearblue Pregnancy Test', expect.stringMatching(/\w/u)], ['Nordic Ware Bundt Pan', null], ['KitchenAid Rolling Pin', null], ['KitchenAid Rolling Pin', null],
    ]);
    expect((await rows('spotify')).summary).toMatchObject({ records: 4, sensitive: 0, kinds: [{ kind: 'music', act: 'used', count: 3 }, { kind: 'podcast', act: 'used', count: 1 }], fields: ['creator', 'collection', 'duration'] });
    expect(counts()).toEqual({ records: 0, items: 0 });
  });

  test('finds rows by any of their words', async () => {
    const { rows } = await previewed();
    expect((await rows('spotify', ' wILco '))).toMatchObject({ more: false, summary: null, rows: [{ title: 'One' }, { title: 'Two' }] });
    expect((await rows('spotify', 'nothing like it')).rows).toEqual([]);
  });

  test('a preview that is over, or a data set that is not in it, is said to be', async () => {
    const { service, looked } = await previewed();
    await expect(service.rows({ previewId: looked.previewId, key: 'nobody', text: '' })).rejects.toMatchObject({ code: 'ERR_PREVIEW_UNKNOWN' });
    service.discardPreview(looked.previewId);
    await expect(service.rows({ previewId: looked.previewId, key: looked.items[0]?.key ?? '', text: '' })).rejects.toMatchObject({ code: 'ERR_PREVIEW_UNKNOWN' });
  });
});

describe('striking out', () => {
  test.each<[string, 'amazon' | 'spotify', LeaveOut, string[], Record<string, number>]>([
    ['nothing', 'amazon', {}, ['Nordic Ware Bundt Pan', 'KitchenAid Rolling Pin', 'Clearblue Pregnancy Test', 'KitchenAid Rolling Pin'], {}],
    ['what lies in a closed part of life', 'amazon', { sensitive: true }, ['Nordic Ware Bundt Pan', 'KitchenAid Rolling Pin', 'KitchenAid Rolling Pin'], { SKIPPED_SENSITIVE: 1 }],
    ['a thing, whenever it was', 'amazon', { titles: ['KitchenAid Rolling Pin'] }, ['Nordic Ware Bundt Pan', 'Clearblue Pregnancy Test'], { SKIPPED_STRUCK: 2 }],
    ['a single row', 'amazon', { rows: [{ title: 'KitchenAid Rolling Pin', atMs: Date.UTC(2024, 4, 1, 10) }] }, ['Nordic Ware Bundt Pan', 'KitchenAid Rolling Pin', 'Clearblue Pregnancy Test'], { SKIPPED_STRUCK: 1 }],
    ['what is older', 'amazon', { fromMs: Date.UTC(2024, 0, 1) }, ['KitchenAid Rolling Pin', 'Clearblue Pregnancy Test', 'KitchenAid Rolling Pin'], { SKIPPED_STRUCK: 1 }],
    ['what is newer', 'amazon', { toMs: Date.UTC(2024, 2, 1, 10) }, ['Nordic Ware Bundt Pan', 'KitchenAid Rolling Pin'], { SKIPPED_STRUCK: 2 }],
    ['everything by someone', 'spotify', { creators: ['Wilco'] }, ['Three', 'An hour'], { SKIPPED_STRUCK: 2 }],
    ['a kind of thing', 'spotify', { kinds: [{ kind: 'podcast', act: 'used' }] }, ['One', 'Two', 'Three'], { SKIPPED_STRUCK: 1 }],
    ['the same kind, but liked', 'spotify', { kinds: [{ kind: 'podcast', act: 'liked' }] }, ['One', 'Two', 'Three', 'An hour'], {}],
  ])('%s', async (_what, source, leaveOut, expected, skipped) => {
    const { imported } = await previewed();
    const { titles, report } = await imported(source, leaveOut);
    expect(titles).toEqual(expected);
    const found = Object.fromEntries((report?.issues ?? []).filter(({ code }) => code === 'SKIPPED_STRUCK' || code === 'SKIPPED_SENSITIVE').map(({ code, count }) => [code, count]));
    expect(found).toEqual(skipped);
    expect(report?.read).toBe((report?.added ?? 0) + (report?.skipped ?? 0));
  });

  test('columns leave nothing of themselves behind', async () => {
    const { imported } = await previewed();
    const { stored } = await imported('spotify', { fields: ['creator', 'collection', 'duration'] });
    expect(stored).toHaveLength(4);
    for (const row of stored) expect([row.creator, row.collection, row.duration_ms]).toEqual([null, null, null]);
    const other = await previewed();
    for (const row of (await other.imported('amazon', { fields: ['amount', 'quantity'] })).stored) expect(row.amount_minor).toBeNull();
  });

  test('the closed part of life is judged by what a row says, also by what is not kept of it', async () => {
    const { imported } = await previewed();
    expect((await imported('amazon', { sensitive: true, fields: ['category', 'amount', 'quantity'] })).titles).not.toContain('Clearblue Pregnancy Test');
  });
});

test('what was left out is remembered for the next file of that source, shown and never applied unasked; names that were struck out are not written down, and samples are nobody’s', async () => {
  const { imported, preview, looked, service, jobs, db } = await previewed();
  expect(looked.items.map(({ policy }) => policy)).toEqual([null, null]);
  await imported('spotify', { creators: ['Wilco'], fields: ['collection'], sensitive: true, fromMs: 5, rows: [{ title: 'Three', atMs: Date.UTC(2024, 2, 3, 10) }] });
  const again = await preview(folderOf({ 'plays.json': PLAYS, 'orders.csv': ORDERS }));
  const policies = new Map(again.items.map(({ source, policy }) => [source, policy]));
  expect(policies.get('spotify')).toEqual({ fields: ['collection'], sensitive: true, kinds: undefined });
  expect(policies.get('amazon')).toBeNull();
  const { reports } = await jobs.ended(service.import(again.previewId, again.items.filter(({ source }) => source === 'spotify').map(({ key }) => ({ key }))));
  expect(reports[0]).toMatchObject({ read: 4, skipped: 0 });
  expect((await preview(folderOf({ 'plays.json': PLAYS }))).items[0]?.policy).toMatchObject({ fields: ['collection'] });
  expect(JSON.stringify(db.query('SELECT value FROM settings').all())).not.toContain('Wilco');
  const samples = await service.previewSamples();
  expect(samples.items.every(({ policy }) => policy === null)).toBe(true);
  await jobs.ended(service.import(samples.previewId, samples.items.filter(({ source }) => source === 'amazon').map(({ key }) => ({ key, leaveOut: { titles: ['x'] } }))));
  expect((await preview(folderOf({ 'orders.csv': ORDERS }))).items[0]?.policy).toBeNull();
});
