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

  test('know nothing of records without a date', async () => {
    const vault = openEnrichment();
    vault.add('imp_amazon', 'amazon', Array.from({ length: 9 }, (_, nth) => ({ item: bought(`Tomato seeds ${nth}`), atMs: 0 })));
    await vault.refresh();
    expect(await vault.service.trends()).toEqual({ trends: [] });
  });
});
