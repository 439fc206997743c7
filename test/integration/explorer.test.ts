/** Looking through the vault: words, filters, pages, one thing, a selection as a file; and nothing of the closed part in any of it. */
import { cpSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { createExplorerService, type Search } from '../../electron/core/explorer/explorer-service.ts';
import { removeRecords } from '../../electron/core/records/record-writer.ts';
import { UNDATED_MS } from '../../shared/domain/records.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, daysAgo, heard, item, NOW_MS, openEnrichment, RESOURCES, watched, type TestRecord } from '../support/enrichment.ts';
import { testPorts } from '../support/ports.ts';

const shop: TestRecord[] = [
  { item: bought('KitchenAid Stand Mixer 4.8 L'), atMs: daysAgo(400), priceMinor: 39_900 },
  { item: bought('KitchenAid Stand Mixer 4.8 L'), atMs: daysAgo(40), priceMinor: 41_900 },
  { item: bought('Crème-Brûlée Förmchen, weiß'), atMs: daysAgo(10), priceMinor: 1_900 },
  { item: bought('=HYPERLINK("http://evil.example","Cake, round")'), atMs: daysAgo(9), priceMinor: 900 },
];
const sealed: TestRecord[] = [{ item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) }];
const seen: TestRecord[] = [
  { item: watched('The Great British Baking Show: Collection 14: Bread Week', 'The Great British Baking Show'), atMs: daysAgo(5) },
  { item: item('search', 'sourdough starter'), atMs: daysAgo(3) }, { item: item('topic', 'Home Cooks'), act: 'claimed', atMs: UNDATED_MS },
];

async function lived() {
  const vault = openEnrichment();
  let state = 0;
  vault.add('imp_amazon', 'amazon', [...shop, ...sealed]);
  vault.add('imp_netflix', 'netflix', seen);
  vault.add('imp_spotify', 'spotify', [...Array.from({ length: 30 }, (_, i) => ({ item: heard('Big Thief', `Song ${i % 3}`), atMs: daysAgo(100 + i) })), { item: heard('O’Death', 'Mixer Song'), atMs: daysAgo(1) }]);
  await vault.refresh();
  const explorer = createExplorerService({ db: vault.db, audit: vault.audit, enrichment: vault.service, state: () => `${state}` });
  const find = (search: Partial<Search>, page = { offset: 0, limit: 100 }) => { state++; return explorer.find({ text: '', order: 'newest', ...search }, page); };
  const titles = (search: Partial<Search>): string[] => find(search).items.map(({ title }) => title);
  return { ...vault, explorer, find, titles };
}
/** Every byte of the index. Words share their beginnings with the one before, so only their ends are looked for. */
const bytesOf = (db: ReturnType<typeof openEnrichment>['db']): string => db.query<{ block: Buffer }>('SELECT block FROM item_words_data').all().map(({ block }) => block.toString('latin1')).join('\n');

describe('words', () => {
  test('find things by any part of their name, whatever case and accents, the last word as it is typed', async () => {
    const { titles, find } = await lived();
    expect(titles({ text: 'mixer' })).toEqual(['Mixer Song', 'KitchenAid Stand Mixer 4.8 L']);
    expect(titles({ text: 'kitchenaid MIX' })).toEqual(['KitchenAid Stand Mixer 4.8 L']);
    expect(titles({ text: 'mix kitchenaid' })).toEqual([]);
    expect(titles({ text: 'creme brulee formchen weiss' })).toEqual(['Crème-Brûlée Förmchen, weiß']);
    expect(titles({ text: 'odeath' })).toEqual(['Mixer Song']);
    expect(titles({ text: 'british bread' })).toEqual(['The Great British Baking Show: Collection 14: Bread Week']);
    expect(find({ text: 'nothing like it' })).toMatchObject({ total: 0, items: [] });
  });

  test('are no operators of the index, whatever they are', async () => {
    const { find } = await lived();
    for (const text of ['"', '" OR "a', 'mixer*', 'NEAR(a b)', 'NOT mixer', 'words:mixer', '-mixer', '(', '^mixer', 'mixer AND', '🎹', '\u0000', '%', "'; DROP TABLE items; --"]) expect(() => find({ text })).not.toThrow();
    expect(find({ text: 'NOT mixer' }).total).toBe(0);
    // Signs alone are nobody's name; only blanks ask for everything.
    for (const text of ['*', '"', '🎹']) expect(find({ text })).toMatchObject({ total: 0, items: [] });
    expect(find({ text: '  ' }).total).toBe(10);
    expect(find({ text: 'mixer*' }).total).toBe(2);
  });

  test('find what the profile says, too', async () => {
    const { find } = await lived();
    expect(find({ text: 'kitchenaid' }).conclusions).toMatchObject([{ claim: 'brand', label: 'KitchenAid' }]);
    expect(find({ text: 'bak' }).conclusions.map(({ label }) => label)).toContain('Baking');
    expect(find({ text: '' }).conclusions).toEqual([]);
    expect(find({ text: 'bak' }, { offset: 1, limit: 1 }).conclusions).toEqual([]);
  });
});

describe('filters', () => {
  test('narrow by source, kind, act, area and time, alone and together', async () => {
    const { titles, find } = await lived();
    expect(find({}).total).toBe(10);
    expect(titles({ sources: ['netflix'], acts: ['used'] })).toEqual(['sourdough starter', 'The Great British Baking Show: Collection 14: Bread Week']);
    expect(titles({ kinds: ['search', 'topic'] })).toEqual(['sourdough starter', 'Home Cooks']);
    expect(titles({ acts: ['claimed'] })).toEqual(['Home Cooks']);
    expect(titles({ sources: [] })).toEqual([]);
    expect(titles({ area: 'food.cooking.baking', kinds: ['product'] })).toContain('KitchenAid Stand Mixer 4.8 L');
    expect(titles({ area: 'food', text: 'song' })).toEqual([]);
    expect(titles({ area: 'nobody' })).toEqual([]);
    expect(titles({ fromMs: daysAgo(401), toMs: daysAgo(399) })).toEqual(['KitchenAid Stand Mixer 4.8 L']);
    expect(titles({ fromMs: daysAgo(400), toMs: daysAgo(400) })).toEqual([]);
    // Between its first time and its last there was nothing with it.
    expect(titles({ fromMs: daysAgo(300), toMs: daysAgo(200) })).toEqual([]);
    expect(titles({ toMs: NOW_MS })).not.toContain('Home Cooks');
    expect(titles({ fromMs: daysAgo(10), kinds: ['product'], text: 'weiss' })).toEqual(['Crème-Brûlée Förmchen, weiß']);
  });

  test('come in the order asked for, page by page, each thing once', async () => {
    const { find } = await lived();
    expect(find({ order: 'most' }).items[0]).toMatchObject({ title: 'Song 0', records: 10, firstMs: daysAgo(127), lastMs: daysAgo(100) });
    expect(find({ order: 'oldest' }).items.map(({ lastMs }) => lastMs)).toEqual(find({ order: 'newest' }).items.map(({ lastMs }) => lastMs).reverse());
    const ids = Array.from({ length: 5 }, (_, i) => find({}, { offset: i * 2, limit: 2 }).items.map(({ id }) => id)).flat();
    expect(ids).toEqual(find({}).items.map(({ id }) => id));
    expect(find({}, { offset: 1_000_000, limit: 10 })).toMatchObject({ total: 10, items: [] });
  });
});

describe('one thing', () => {
  test('shows its records, newest first, how they lie in time, and what it speaks for by which rule', async () => {
    const { find, explorer } = await lived();
    const id = find({ text: 'stand mixer' }).items[0]?.id ?? 0;
    const shown = explorer.item(id);
    expect(shown.records).toMatchObject([{ atMs: daysAgo(40), amountMinor: 41_900, currency: 'EUR', quantity: 1, importId: 'imp_amazon', file: 'test' }, { atMs: daysAgo(400), amountMinor: 39_900 }]);
    expect(shown.months.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(shown.about).toContainEqual(expect.objectContaining({ label: 'KitchenAid', says: expect.stringContaining('brand') as string, yours: expect.objectContaining({ label: 'KitchenAid' }) as unknown }));
  });

  test('that is gone, sealed or never was is unknown', async () => {
    const { explorer, db } = await lived();
    const sealedId = db.query<{ id: number }>('SELECT item_id AS id FROM sealed_items').get()?.id ?? 0;
    for (const id of [sealedId, 9_999, -1]) expect(() => explorer.item(id)).toThrow(expect.objectContaining({ code: 'ERR_ITEM_UNKNOWN' }));
  });
});

describe('a selection as a file', () => {
  const whole = (explorer: Awaited<ReturnType<typeof lived>>['explorer'], selection: Parameters<typeof explorer.export>[0], format: 'csv' | 'json'): string => {
    let text = '';
    for (let from: number | null = 0; from !== null;) {
      const part: { readonly text: string; readonly next: number | null } = explorer.export(selection, format, from);
      text += part.text;
      from = part.next;
    }
    return text;
  };

  test('holds every record of the chosen things, and a formula of others stays text', async () => {
    const { find, explorer, audit } = await lived();
    const ids = find({ kinds: ['product'] }).items.map(({ id }) => id);
    const rows = parse(whole(explorer, { ids }, 'csv'), { bom: true });
    expect(rows[0]).toEqual(['time', 'source', 'kind', 'act', 'title', 'creator', 'collection', 'category', 'seconds', 'quantity', 'amount_minor', 'currency', 'import']);
    expect(rows.slice(1).map((row) => [row[0], row[4], row[9], row[10], row[11]])).toEqual([
      [new Date(daysAgo(9)).toISOString(), '\'=HYPERLINK("http://evil.example","Cake, round")', '1', '900', 'EUR'], [new Date(daysAgo(10)).toISOString(), 'Crème-Brûlée Förmchen, weiß', '1', '1900', 'EUR'],
      [new Date(daysAgo(40)).toISOString(), 'KitchenAid Stand Mixer 4.8 L', '1', '41900', 'EUR'], [new Date(daysAgo(400)).toISOString(), 'KitchenAid Stand Mixer 4.8 L', '1', '39900', 'EUR'],
    ]);
    const told = JSON.parse(whole(explorer, { search: { text: '', order: 'most' } }, 'json')) as { readonly title: string; readonly time: string | null }[];
    expect(told).toHaveLength(38);
    expect(told.filter(({ title }) => title === 'Home Cooks')).toMatchObject([{ time: null, act: 'claimed' }]);
    expect(told.map(({ title }) => title)).toContain('=HYPERLINK("http://evil.example","Cake, round")');
    expect(audit.list({ limit: 2 }).entries).toMatchObject([{ type: 'records.exported', counts: { things: 10 } }, { type: 'records.exported', counts: { things: 3 } }]);
  });

  test('in parts is one file', async () => {
    const vault = await lived();
    vault.add('imp_more', 'spotify', Array.from({ length: 4_500 }, (_, i) => ({ item: heard('Many', `Song number ${i}`), atMs: daysAgo(50 + i / 100) })));
    await vault.refresh();
    const told = JSON.parse(whole(vault.explorer, { search: { text: 'many', order: 'newest' } }, 'json')) as { readonly title: string }[];
    expect(new Set(told.map(({ title }) => title)).size).toBe(4_500);
    expect(parse(whole(vault.explorer, { search: { text: 'many', order: 'newest' } }, 'csv'), { bom: true })).toHaveLength(4_501);
    expect(() => vault.explorer.export({ ids: [9_999] }, 'csv', 0)).toThrow(expect.objectContaining({ code: 'ERR_ITEM_UNKNOWN' }));
  });
});

describe('what must not be found', () => {
  test('what is closed is not found and was never in the index; how many there are is said', async () => {
    const { find, db } = await lived();
    expect(find({ text: 'clearblue' })).toMatchObject({ total: 0, closed: 1 });
    expect(find({ text: 'test' }).total).toBe(0);
    expect(bytesOf(db)).toContain('itchenaid');
    expect(bytesOf(db)).not.toContain('learblue');
  });

  test('what is closed is found beside the rest while that part is open, by words, source and time, and in no file', async () => {
    const vault = await lived();
    expect(vault.find({ text: 'clearblue' }).opened).toBeNull();
    await vault.openClosed();
    const found = vault.find({ text: 'clearb' });
    expect(found).toMatchObject({ total: 0, items: [], closed: 1, opened: { total: 1, items: [{ title: expect.stringContaining('Clearblue') as string, records: 1 }] } });
    const { lastMs } = found.opened?.items[0] ?? { lastMs: 0 };
    const opened = (search: Partial<Search>): number | undefined => vault.find(search).opened?.total;
    expect([opened({}), opened({ text: 'clear' }), opened({ text: 'clear nothing' }), opened({ text: 'pregnancy CLEARBLUE' })]).toEqual([1, 1, 0, opened({ text: 'clearblue pregnancy' })]);
    expect([opened({ sources: ['netflix'] }), opened({ kinds: ['product'] }), opened({ fromMs: lastMs + 1 }), opened({ fromMs: lastMs, toMs: lastMs + 1 }), opened({ area: 'food' })]).toEqual([0, 1, 0, 1, 0]);
    expect(() => vault.explorer.export({ search: { text: 'clearblue', order: 'newest' } }, 'csv', 0)).toThrow(expect.objectContaining({ code: 'ERR_ITEM_UNKNOWN' }));
    vault.service.shutClosed();
    expect(vault.find({ text: 'clearblue' }).opened).toBeNull();
  });

  test('what an undone import brought leaves the index for good', async () => {
    const vault = await lived();
    expect(bytesOf(vault.db)).toContain('urdough');
    const number = vault.db.query<{ number: number }>("SELECT number FROM imports WHERE import_id = 'imp_netflix'").get()?.number ?? 0;
    vault.db.transaction(() => { removeRecords(vault.db, number); });
    expect(vault.find({ text: 'sourdough' }).total).toBe(0);
    // Marked as gone only, until the profile is brought up to date; a vault that was closed before notices.
    expect(bytesOf(vault.db)).toContain('urdough');
    expect(vault.service.isStale()).toBe(true);
    await vault.refresh();
    expect(bytesOf(vault.db)).not.toContain('urdough');
    expect(vault.titles({ text: 'mixer' })).toEqual(['Mixer Song', 'KitchenAid Stand Mixer 4.8 L']);
  });

  test('what newer lists put into the closed part leaves the index, and what they let out comes back', async () => {
    const vault = await lived();
    expect(vault.titles({ text: 'formchen' })).toHaveLength(1);
    expect(bytesOf(vault.db)).toContain('rmchen');
    const resourcesDir = join(temporaryFolder(), 'resources');
    cpSync(RESOURCES, resourcesDir, { recursive: true });
    appendFileSync(join(resourcesDir, 'lexicons/closed.tsv'), 'family.pregnancy\tförmchen\n');
    const stricter = createEnrichmentService({ db: vault.db, audit: vault.audit, emit: () => undefined, ports: testPorts({ clock: vault.clock, resourcesDir }), closedKey: vault.closedKey });
    await stricter.refresh(new AbortController().signal);
    expect(vault.find({ text: 'formchen' })).toMatchObject({ total: 0, closed: 2 });
    expect(bytesOf(vault.db)).not.toContain('rmchen');
    // Back to the lists as they were: opening the part puts it back.
    await vault.refresh();
    await vault.openClosed();
    await vault.refresh();
    expect(vault.titles({ text: 'formchen' })).toHaveLength(1);
  });
});

test('of what is read from a thing the very words are shown, and none of what is closed', async () => {
  const { service, find } = await lived();
  const [mixer] = find({ text: 'stand mixer' }).items, [show] = find({ text: 'british' }).items;
  const said = await service.words([mixer?.id ?? 0, show?.id ?? 0]);
  expect(said).toContainEqual({ itemId: mixer?.id, rule: 'lexicon/brand@1', label: 'KitchenAid', words: [{ field: 'title', words: 'KitchenAid' }] });
  expect(said.filter(({ itemId }) => itemId === show?.id).flatMap(({ words }) => words)).toContainEqual({ field: 'title', words: 'The Great British Baking Show' });
  // With a conclusion, only what speaks for it.
  const brand = service.preferences().find(({ claim, value }) => claim === 'brand' && value === 'KitchenAid');
  expect((await service.words([mixer?.id ?? 0, show?.id ?? 0], brand?.id)).map(({ label }) => label)).toEqual(['KitchenAid']);
  await expect(service.words([1], 'nobody')).rejects.toMatchObject({ code: 'ERR_PREFERENCE_UNKNOWN' });
  // The pregnancy test is number three of the shop's.
  const all = Array.from({ length: 60 }, (_, i) => i + 1);
  expect(JSON.stringify(await service.words(all))).not.toMatch(/pregnan|clearblue/iu);
  expect(await service.words([9_999])).toEqual([]);
});
