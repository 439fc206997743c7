/** Patterns over real records: worked out on demand, never kept, and nothing of the closed part while that is shut. */
import { describe, expect, test } from 'vitest';
import { bought, DAY_MS, daysAgo, heard, item, NOW_MS, openEnrichment, watched, type TestRecord } from '../support/enrichment.ts';

const shirts: TestRecord[] = ['Cotton T-Shirt, Black, M', 'Merino Sweater, Grey, M', 'Linen Shirt, White, L'].map((title, nth) => ({ item: bought(title), atMs: daysAgo(300 - nth * 20) }));
const shoes: TestRecord[] = ['Running Shoes Blue EU 42', 'Leather Sneakers White EU 42'].map((title, nth) => ({ item: bought(title), atMs: daysAgo(200 - nth * 30) }));
const kitchen: TestRecord[] = Array.from({ length: 14 }, (_, nth) => ({ item: bought(`Cast Iron Skillet ${20 + nth} cm`), atMs: daysAgo(30 + nth * 25) }));
const presents: TestRecord[] = [{ item: bought('Acoustic Guitar Strings'), atMs: Date.UTC(2025, 11, 5, 9) }, { item: bought('Dog Bed Large'), atMs: Date.UTC(2025, 11, 9, 9) }];
/** At one hour of the day, whatever the zone of the computer. */
const listening: TestRecord[] = Array.from({ length: 90 }, (_, nth) => ({ item: heard('Miles Davis', `Track ${nth % 20}`), atMs: daysAgo(1 + nth) + 7 * 3_600_000 }));
const small: TestRecord[] = ['Bread', 'Rain', 'Train', 'Boat'].map((title, nth) => ({ item: watched(`Peppa Pig: Season 1: ${title}`, 'Peppa Pig'), atMs: daysAgo(20 + nth) }));
const films: TestRecord[] = Array.from({ length: 20 }, (_, nth) => ({ item: watched(`Arrival ${nth}`), atMs: daysAgo(40 + nth) }));
const expecting: TestRecord[] = ['Clearblue Pregnancy Test', 'Prenatal Vitamins', 'Maternity Leggings, M'].map((title, nth) => ({ item: bought(title), atMs: daysAgo(100 - nth * 10) }));

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_amazon', 'amazon', [...shirts, ...shoes, ...kitchen, ...presents, ...expecting]);
  vault.add('imp_spotify', 'spotify', listening);
  vault.add('imp_netflix', 'netflix', [...small, ...films]);
  await vault.refresh();
  return vault;
}
const text = (value: unknown): string => JSON.stringify(value);

describe('patterns', () => {
  test('of an empty vault are none', async () => {
    expect(await openEnrichment().service.patterns()).toEqual({ patterns: [], records: 0, closed: { count: 0, openUntilMs: null } });
  });

  test('name routines, sizes and presents, with examples, and keep nothing', async () => {
    const { db, service, events } = await lived();
    const changes = (): unknown => db.query('SELECT total_changes() AS n').get();
    const [before, told] = [changes(), events.length];
    const { patterns, records } = await service.patterns();
    expect(changes()).toEqual(before);
    expect(events.length).toBe(told);
    expect(records).toBe(150 - 12);
    expect(patterns.map(({ id }) => id)).toEqual(expect.arrayContaining(['routine/music', 'present/christmas', 'size/clothing/M', 'size/shoes/42']));
    const size = patterns.find(({ id }) => id === 'size/clothing/M');
    expect(size).toMatchObject({ size: 'clothing:M', count: 2, sensitive: false });
    expect(size?.examples.map(({ title }) => title).sort()).toEqual(['Cotton T-Shirt, Black, M', 'Merino Sweater, Grey, M']);
    expect(service.declare({ claim: 'size', value: size?.size ?? '' })).toMatchObject({ claim: 'size', value: 'clothing:M', origin: 'declared' });
    expect(patterns.find(({ id }) => id === 'present/christmas')?.examples.map(({ title }) => title).sort()).toEqual(['Acoustic Guitar Strings', 'Dog Bed Large']);
    for (const { reason, count } of patterns) {
      expect(reason.length).toBeGreaterThan(20);
      expect(count).toBeGreaterThan(0);
    }
  });

  test('name the languages of titles that tell, with examples, and not what was not the person or lies closed', async () => {
    const { service, add, refresh } = openEnrichment();
    const german = ['Der Hund, der nicht bellen wollte', 'Die Frau im blauen Kleid', 'Das Haus am anderen Ufer', 'Ein Sommer ohne die Kinder', 'Wir sind die Neuen im Dorf', 'Nach der langen Nacht', 'Das Schweigen der anderen', 'Zwischen den Jahren und danach'];
    const english = ['The House at the End of the Street', 'A Summer Without Children', 'What the Neighbours Never Knew', 'The Girl Who Would Not Leave', 'All the Things We Left Behind', 'How They Lost the Long Night', 'The Woman in the Blue Dress', 'When the Others Were Silent', 'Nothing Is What You Think', 'The Dog Who Would Not Bark', 'Between the Years and After', 'The Last Days of Winter'];
    add('imp_netflix', 'netflix', [...german, ...english].map((title, nth) => ({ item: watched(title), atMs: daysAgo(nth) })));
    add('imp_series', 'netflix', Array.from({ length: 20 }, (_, nth) => ({ item: watched(`Dark: Staffel 2: ${nth}`, 'Dark'), atMs: daysAgo(nth) })));
    await refresh();
    const languages = async () => (await service.patterns()).patterns.filter(({ kind }) => kind === 'language');
    const [first, second, ...more] = await languages();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id: 'language/en', title: 'English', count: english.length, itemIds: [] });
    expect(second).toMatchObject({ id: 'language/de', title: 'German', count: german.length });
    expect(second?.reason).toBe(`Much of what you watch: ${german.length} of ${german.length + english.length} titles that tell.`);
    expect(second?.examples).toHaveLength(3);
    expect(second?.itemIds).toHaveLength(german.length);
    await service.notMe(second?.itemIds ?? [], 'thing');
    expect((await languages()).map(({ id }) => id)).toEqual(['language/en']);
    await service.notMe((await service.patterns()).patterns.find(({ id }) => id === 'language/en')?.examples.map(({ itemId }) => itemId) ?? [], 'thing');
    // Fewer than it takes.
    expect(await languages()).toEqual([]);
  });

  test('of the closed part are there only while it is open', async () => {
    const { service, clock, openClosed } = await lived();
    const shut = await service.patterns();
    expect(text(shut)).not.toMatch(/peppa|children|baby|pregnan|prenatal|maternity/iu);
    expect(shut.patterns.filter(({ sensitive, kind }) => sensitive || kind === 'life-event')).toEqual([]);
    expect(shut.closed).toEqual({ count: 7, openUntilMs: null });
    await openClosed();
    const open = await service.patterns();
    const childrens = open.patterns.find(({ id }) => id === 'someone-else/children/video');
    expect(childrens).toMatchObject({ kind: 'someone-else', sensitive: true, count: 4 });
    expect(childrens?.itemIds).toHaveLength(4);
    expect(childrens?.examples[0]?.title).toContain('Peppa Pig');
    expect(open.patterns.find(({ id }) => id === 'life-event/baby')).toMatchObject({ sensitive: true, count: 3 });
    expect(open.closed.openUntilMs).toBe(clock.nowMs() + 10 * 60_000);
    // What lies open says the same, whether the rest is open or not.
    expect(open.patterns.filter(({ sensitive }) => !sensitive)).toEqual(shut.patterns);
    const late = service.patterns();
    clock.advance(11 * 60_000);
    expect(await late).toEqual(shut);
  });

  test('say nothing of what no list was asked about yet', async () => {
    const { service, add, db } = await lived();
    add('imp_more', 'amazon', ['Silk Blouse, S', 'Wool Dress, S', 'Cotton Skirt, S'].map((title) => ({ item: bought(title), atMs: daysAgo(5) })));
    expect(text(await service.patterns())).not.toContain('clothing:S');
    await service.refresh(new AbortController().signal);
    expect(text(await service.patterns())).toContain('clothing:S');
    db.command("UPDATE enrichment_state SET lexicon = 'another'").run();
    expect((await service.patterns()).patterns).toEqual([]);
  });

  test('tell profiles of a Netflix file apart, and leave out what two of them watched', async () => {
    const { service, db, refresh } = await lived();
    const number = db.command(`INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES ('imp_two', 'netflix', 'netflix/viewing-activity', 'x', 0, 'done', 3, 3, 0, 0, '[]', 0)`).run().lastInsertRowid;
    const put = (title: string, variant: number, nth: number): void => {
      const id = db.query<{ id: number }>('SELECT item_id AS id FROM items WHERE title = ?').get(title)?.id ?? 0;
      db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (?, ?, ?, ?, 1)').run(NOW_MS - nth * DAY_MS - 5_000, id, variant, number);
    };
    for (let nth = 0; nth < 10; nth++) put(`Arrival ${nth}`, 11, nth);
    for (let nth = 9; nth < 13; nth++) put(`Arrival ${nth}`, 22, nth);
    await refresh();
    const other = (await service.patterns()).patterns.filter(({ id }) => id.startsWith('someone-else/profile'));
    expect(other).toMatchObject([{ title: 'Netflix profile 2 of 2', count: 4 }]);
    expect(other[0]?.itemIds).toHaveLength(3);
    expect(other[0]?.examples.map(({ title }) => title).sort()).toEqual(['Arrival 10', 'Arrival 11', 'Arrival 12']);
  });

  test('are not made of what was not the person, in the open and in the closed part', async () => {
    const { service, openClosed } = await lived();
    await openClosed();
    const found = async (id: string) => (await service.patterns()).patterns.find((pattern) => pattern.id === id);
    const childrens = await found('someone-else/children/video'), shoesOf42 = await found('size/shoes/42');
    await service.notMe(childrens?.itemIds ?? [], 'thing');
    expect(await found('someone-else/children/video')).toBeUndefined();
    await service.notMe([shoesOf42?.examples[0]?.itemId ?? 0], 'thing');
    expect(await found('size/shoes/42')).toBeUndefined();
    expect(await found('size/clothing/M')).toBeDefined();
  });

  test('of a subject that was ruled out are not told', async () => {
    const vault = openEnrichment();
    vault.add('imp_garden', 'amazon', [2023, 2024, 2025].flatMap((year) => [1, 5, 9, 14].map((date) => ({ item: bought(`Tomato seeds ${date}`), atMs: Date.UTC(year, 3, date, 10) }))));
    vault.add('imp_all', 'spotify', Array.from({ length: 300 }, (_, nth) => ({ item: item('music', `Nothing ${nth}`), atMs: Date.UTC(2023, 0, 1 + nth * 3, 10) })));
    await vault.refresh();
    const seasons = async (): Promise<string[]> => (await vault.service.patterns()).patterns.filter(({ kind }) => kind === 'season').map(({ title }) => title);
    const [season = ''] = await seasons();
    expect(season).toMatch(/: April$/u);
    for (const { id, claim } of vault.service.preferences()) if (claim === 'interest' && vault.service.preferences().some((known) => known.id === id)) await vault.service.reject(id);
    expect(await seasons()).toEqual([]);
  });
});
