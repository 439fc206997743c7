/** What went on by itself for hours counts a quarter: in the profile, in forecasts, after forgetting, and in words. */
import { describe, expect, test } from 'vitest';
import { forgetAllTotals } from '../../electron/core/records/totals.ts';
import { recordsBetween, readThings } from '../../electron/core/records/finding.ts';
import { daysAgo, heard, openEnrichment, type TestRecord } from '../support/enrichment.ts';

const INDIE = 'music.rock.indie';
const plays: TestRecord[] = Array.from({ length: 24 }, (_, nth) => ({ item: heard('Big Thief', `Song ${nth % 8}`), atMs: daysAgo(3 + nth * 5) }));
async function lived(background: string) {
  const vault = openEnrichment();
  vault.add('imp_spotify', 'spotify', plays);
  vault.db.exec(`UPDATE records SET background = 1 WHERE ${background}`);
  vault.db.exec('UPDATE imports SET added = (SELECT count(*) FROM records WHERE import_number = number)');
  await vault.refresh();
  return { ...vault, strength: () => vault.the('genre', INDIE).strength, why: () => vault.service.why(vault.the('genre', INDIE).id) };
}

describe('what went on by itself', () => {
  test('counts less than what was chosen, more than nothing, and is said', async () => {
    const [chosen, half, all] = [await lived('0'), await lived('item_id % 2 = 0'), await lived('1')];
    expect(chosen.strength()).toBeGreaterThan(half.strength());
    expect(half.strength()).toBeGreaterThan(all.strength());
    expect(all.strength()).toBeGreaterThan(0);
    expect(chosen.why().summary.join(' ')).not.toContain('background');
    expect(half.why().summary.join(' ')).toContain('Of these, 12 went on by themselves after three hours or more in which nothing was chosen. What plays in the background counts a quarter of what was chosen.');
    // All of it is evidence all the same.
    expect(all.the('genre', INDIE).evidence).toBe(24);
    const items = readThings(half.db).items([1, 2]);
    expect(recordsBetween(half.db, items, 99).map(({ itemId, background }) => background === (itemId === 2))).not.toContain(false);
  });

  test('is the same when counted anew, and once its records were forgotten, with the same forecast', async () => {
    const [vault, twin] = [await lived('item_id % 2 = 0'), await lived('item_id % 2 = 0')];
    const before = vault.strength(), fading = ({ why }: typeof vault) => why().changes.find((line) => line.startsWith('Without anything new'));
    forgetAllTotals(vault.db);
    await vault.refresh();
    expect(vault.strength()).toBe(before);
    await vault.service.forgetRecords(['spotify'], new AbortController().signal);
    expect(vault.strength()).toBeCloseTo(before, 2);
    expect(fading(vault)).toBe(fading(twin));
  });
});
