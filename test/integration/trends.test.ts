/** Trends over real records: of interests, of what lies above them, and of nothing that is closed or was not the person. */
import { describe, expect, test } from 'vitest';
import { daysAgo, heard, item, openEnrichment, watched, bought } from '../support/enrichment.ts';

const jazz = Array.from({ length: 60 }, (_, nth) => ({ item: heard('Miles Davis', `Track ${nth}`), atMs: daysAgo(2 + nth * 2) }));
const rest = Array.from({ length: 250 }, (_, nth) => ({ item: item('music', `Nothing ${nth}`), atMs: daysAgo(1 + nth * 3) }));
const small = Array.from({ length: 20 }, (_, nth) => ({ item: watched(`Peppa Pig: Season 1: Part ${nth}`, 'Peppa Pig'), atMs: daysAgo(nth + 1) }));

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_spotify', 'spotify', [...jazz, ...rest]);
  vault.add('imp_netflix', 'netflix', small);
  await vault.refresh();
  return vault;
}

describe('trends', () => {
  test('of an empty vault are none', async () => {
    expect(await openEnrichment().service.trends()).toEqual({ trends: [] });
  });

  test('are told of an interest and of its area, counted in days, and keep nothing', async () => {
    const { db, service } = await lived();
    const changes = (): unknown => db.query('SELECT total_changes() AS n').get();
    const before = changes();
    const { trends } = await service.trends();
    expect(changes()).toEqual(before);
    const found = trends.find(({ id }) => id === 'music.jazz');
    expect(found).toMatchObject({ direction: 'new', before: 0 });
    // Each on a day of its own.
    expect(found?.days.reduce((sum, n) => sum + n, 0)).toBe(60);
    expect(trends.find(({ id }) => id === 'music')).toMatchObject({ direction: 'new' });
    for (const { id } of trends) expect(id).not.toMatch(/preschool/u);
  });

  test('leave out what was not the person and what was ruled out', async () => {
    const { service } = await lived();
    const jazzOf = async () => (await service.trends()).trends.find(({ id }) => id === 'music.jazz');
    const known = service.preferences().find(({ value }) => value === 'music.jazz');
    await service.reject(known?.id ?? '');
    expect(await jazzOf()).toBeUndefined();
  });

  test('of records that were forgotten are told in weeks, and point the same way', async () => {
    const { db, service } = await lived();
    const before = new Map((await service.trends()).trends.map((trend) => [trend.id, trend]));
    await service.forgetRecords(['spotify'], new AbortController().signal);
    expect(db.query<{ n: number }>("SELECT count(*) AS n FROM records r JOIN items i USING (item_id) WHERE i.source = 'spotify'").get()?.n).toBe(0);
    const after = (await service.trends()).trends;
    for (const id of ['music', 'music.jazz']) {
      const known = before.get(id), now = after.find((trend) => trend.id === id);
      expect(known).toMatchObject({ unit: 'day' });
      expect(now).toMatchObject({ unit: 'week', direction: known?.direction });
      // A month has five weeks at most, as they are counted, and no more of them than days.
      for (const [month, weeks] of (now?.days ?? []).entries()) expect(weeks).toBeLessThanOrEqual(Math.min(5, known?.days[month] ?? 0));
      expect(now?.days.map((weeks) => weeks > 0)).toEqual(known?.days.map((days) => days > 0));
    }
  });

  test('count a week once in which something was forgotten and something was not', async () => {
    const vault = openEnrichment();
    const plays = (from: number) => Array.from({ length: 60 }, (_, nth) => ({ item: heard('Miles Davis', `Track ${nth}`), atMs: daysAgo(from + nth * 7) }));
    vault.add('imp_spotify', 'spotify', plays(2));
    vault.add('imp_apple', 'apple', plays(2));
    await vault.refresh();
    await vault.service.forgetRecords(['spotify'], new AbortController().signal);
    const jazz = (await vault.service.trends()).trends.find(({ id }) => id === 'music.jazz');
    expect(jazz).toMatchObject({ unit: 'week', direction: 'steady' });
    expect(Math.max(...jazz?.days ?? [])).toBeLessThanOrEqual(5);
    expect(jazz?.recent).toBeGreaterThanOrEqual(24);
    expect(jazz?.recent).toBeLessThanOrEqual(30);
  });

  test('know nothing of records without a date', async () => {
    const vault = openEnrichment();
    vault.add('imp_amazon', 'amazon', Array.from({ length: 9 }, (_, nth) => ({ item: bought(`Tomato seeds ${nth}`), atMs: 0 })));
    await vault.refresh();
    expect(await vault.service.trends()).toEqual({ trends: [] });
  });
});
