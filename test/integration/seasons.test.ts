/** What comes round each year rests between its seasons: in its strength, its forecast, after forgetting, in the patterns and in words; and fades once a season passes without it. */
import { DEGREES } from '../../shared/domain/degree.ts';
import { describe, expect, test } from 'vitest';
import { forgetAllTotals } from '../../electron/core/records/totals.ts';
import { bought, DAY_MS, heard, item, openEnrichment, type TestRecord } from '../support/enrichment.ts';

const SIGNAL = new AbortController().signal;
const SNOW = 'outdoors.winter', JUNE = Date.UTC(2026, 5, 1, 12);
/** Things for skiing each January and February, up to this winter. */
const winters = (years: readonly number[]): TestRecord[] => years.flatMap((year) => ['Ski Goggles', 'Ski Gloves', 'Ski Helmet', 'Ski Wax'].map((title, nth) => ({ item: bought(`${title} ${year}`), atMs: Date.UTC(year, nth % 2, 3 + nth * 6) })));
const always: TestRecord[] = Array.from({ length: 600 }, (_, nth) => ({ item: item('music', `Nothing ${nth % 50}`), atMs: Date.UTC(2023, 0, 1 + nth * 2, 10) }));
/** As in a vault where nothing comes round: the same things, spread over the year. */
const spread = (years: readonly number[]): TestRecord[] => winters(years).map((record, nth) => ({ ...record, atMs: record.atMs + (nth % 4) * 80 * DAY_MS - 160 * DAY_MS }));

async function lived(records: readonly TestRecord[] = winters([2024, 2025, 2026]), more: readonly TestRecord[] = []) {
  const vault = openEnrichment();
  vault.clock.set(JUNE);
  vault.add('imp_shop', 'amazon', records);
  vault.add('imp_all', 'spotify', [...always, ...more]);
  vault.db.exec('UPDATE imports SET added = (SELECT count(*) FROM records WHERE import_number = number)');
  await vault.refresh();
  const to = async (ms: number): Promise<void> => { vault.clock.set(ms); await vault.refresh(); };
  const strength = (value = SNOW): number => vault.find('interest', value)?.strength ?? 0;
  const why = (value = SNOW) => vault.service.why(vault.the('interest', value).id);
  return { ...vault, to, strength, why };
}

describe('what comes round each year', () => {
  test('does not fade until its months come, fades in them, and goes on fading once they passed without it', async () => {
    const { to, strength, why } = await lived();
    const rested = strength();
    expect(rested).toBeGreaterThan(0.3);
    expect(why().summary.join(' ')).toContain('It comes back every year from January to February; it rests until then and does not fade meanwhile.');
    await to(Date.UTC(2026, 11, 31));
    expect(strength()).toBeCloseTo(rested, 2);
    await to(Date.UTC(2027, 1, 10));
    expect(strength()).toBeLessThan(rested);
    expect(why().summary.join(' ')).toContain('It fades as usual until something new comes.');
    await to(Date.UTC(2027, 2, 2));
    const passed = strength();
    expect(why().summary.join(' ')).toContain('but not the last time round');
    await to(Date.UTC(2027, 11, 1));
    expect(strength()).toBeLessThan(passed - 0.05);
    await to(Date.UTC(2045, 11, 1));
    expect(strength()).toBeLessThan(0.02);
  });

  test('is as strong when its next season comes as it would have been, and stronger with something new in it', async () => {
    const { to, add, strength, refresh } = await lived();
    await to(Date.UTC(2027, 0, 20));
    const before = strength();
    add('imp_new', 'amazon', [{ item: bought('Ski Goggles 2027'), atMs: Date.UTC(2027, 0, 19) }]);
    await refresh();
    expect(strength()).toBeGreaterThan(before);
    const then = strength();
    await to(Date.UTC(2027, 10, 20));
    expect(strength()).toBeGreaterThan(then - 0.05);
  });

  test('what is spread over the year, or of one winter only, fades as ever', async () => {
    for (const records of [spread([2024, 2025, 2026]), winters([2026])]) {
      const { to, strength, why } = await lived(records);
      const before = strength();
      expect(why().summary.join(' ')).not.toMatch(/comes back|rests/u);
      await to(Date.UTC(2026, 11, 31));
      expect(strength()).toBeLessThan(before - 0.05);
    }
  });

  test('what lies above is never weaker than what rests below it, and says whose season it is', async () => {
    const { to, strength, service } = await lived();
    await to(Date.UTC(2026, 11, 20));
    for (const above of ['outdoors']) expect(strength(above), above).toBeGreaterThanOrEqual(strength());
    // With much else in it, spread over the year, it has no season of its own.
    const other = await lived(winters([2024, 2025, 2026]), Array.from({ length: 12 }, (_, nth) => ({ item: item('search', `hiking trails ${nth}`), atMs: Date.UTC(2025, 4 + nth, 9) })));
    expect(other.why('outdoors').summary.join(' ')).toMatch(/Part of it, “Snow sports”, comes back every year from January to February/u);
    await other.to(Date.UTC(2026, 11, 20));
    expect(other.strength('outdoors')).toBeGreaterThanOrEqual(other.strength());
    expect(service.about(1)).toEqual(expect.arrayContaining([expect.objectContaining({ label: 'Snow sports', says: expect.stringContaining('It comes back every year') as string })]));
  });

  test.each([['where it rests', SNOW, []], ['where a part of it rests', 'outdoors', Array.from({ length: 12 }, (_, nth) => ({ item: item('search', `hiking trails ${nth}`), atMs: Date.UTC(2025, 4 + nth, 9) }))]] as const)('the forecast is what time brings, %s', async (_, value, more) => {
    const { to, why, strength } = await lived(winters([2024, 2025, 2026]), more);
    const said = why(value).changes.find((line) => line.startsWith('Without anything new')) ?? '';
    const [, words, count, unit] = /down to “(clearly|somewhat|a little)” in about (\d+) (months|years)/u.exec(said) ?? [];
    const level = DEGREES[DEGREES.findIndex((degree) => degree.words === words) - 1]?.from;
    expect(level, said).toBeDefined();
    const months = Number(count) * (unit === 'years' ? 12 : 1), slack = unit === 'years' ? 8 : 2;
    await to(JUNE + (months - slack) * 30.4 * DAY_MS);
    expect(strength(value), said).toBeGreaterThanOrEqual(level ?? 1);
    await to(JUNE + (months + slack) * 30.4 * DAY_MS);
    expect(strength(value), said).toBeLessThan(level ?? 0);
  });

  test('rests the same once its records were forgotten, with the same forecast, and single days do not stay', async () => {
    const [vault, twin] = [await lived(), await lived()];
    const fading = ({ why }: typeof vault): string | undefined => why().changes.find((line) => line.startsWith('Without anything new'));
    await vault.service.forgetRecords(['amazon', 'spotify'], SIGNAL);
    expect(vault.strength()).toBeCloseTo(twin.strength(), 2);
    expect(vault.why().summary.join(' ')).toContain('it rests until then');
    expect(fading(vault)).toBe(fading(twin));
    for (const day of [Date.UTC(2026, 10, 30), Date.UTC(2027, 1, 10), Date.UTC(2027, 8, 1), Date.UTC(2029, 0, 1)]) {
      for (const one of [vault, twin]) await one.to(day);
      expect(vault.strength(), new Date(day).toISOString()).toBeCloseTo(twin.strength(), 2);
    }
    const weeks = vault.db.query<{ weeks: string }>('SELECT weeks FROM kept_evidence UNION SELECT weeks FROM forgotten_spans').all();
    expect(weeks.length).toBeGreaterThan(0);
    for (const row of weeks) for (const packed of JSON.parse(row.weeks) as number[]) expect(packed).toBeLessThan(80 * 12 * 32);
  });

  test('is the same when everything is counted anew, after imports that came one by one and were undone', async () => {
    const { db, strength, add, refresh, to } = await lived(winters([2024]));
    for (const year of [2025, 2026]) { add(`imp_${year}`, 'amazon', winters([year])); await refresh(); }
    await to(Date.UTC(2026, 9, 1));
    const kept = strength();
    forgetAllTotals(db);
    await refresh();
    expect(strength()).toBe(kept);
    db.command("DELETE FROM records WHERE import_number = (SELECT number FROM imports WHERE import_id = 'imp_2025')").run();
    db.command("UPDATE imports SET state = 'undone' WHERE import_id = 'imp_2025'").run();
    await refresh();
    const two = strength();
    forgetAllTotals(db);
    await refresh();
    expect(strength()).toBe(two);
  });

  test('stands in the patterns by what it is reckoned with, and not once it is ruled out', async () => {
    const { service, the } = await lived();
    const seasons = async () => (await service.patterns()).patterns.filter(({ kind }) => kind === 'season');
    expect(await seasons()).toMatchObject([{ id: `season/${SNOW}`, title: 'Snow sports: January to February', count: 9 }]);
    expect((await seasons())[0]?.examples).toHaveLength(3);
    await service.reject(the('interest', SNOW).id);
    expect((await seasons()).some(({ id }) => id.includes(SNOW))).toBe(false);
  });

  test('of the closed part is neither counted nor told while that is shut', async () => {
    const closed = [2024, 2025, 2026].flatMap((year) => [2, 9, 16, 23].map((day) => ({ item: heard('Raffi', `Baby Beluga ${year} ${day}`), atMs: Date.UTC(year, 3, day) })));
    const [plain, { service, strength, openClosed }] = [await lived(), await lived(winters([2024, 2025, 2026]), closed)];
    expect(strength()).toBe(plain.strength());
    expect(JSON.stringify(await service.patterns())).not.toMatch(/Raffi|children/iu);
    await openClosed();
    expect(strength()).toBe(plain.strength());
  });
});
