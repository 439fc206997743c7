/** Keeping only the conclusions of a source: the records go, what they say stays, fades as it would have, and is not counted twice. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { topics, type Output } from '../../shared/api/contract.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, DAY_MS, daysAgo, heard, openEnrichment, watched, type TestRecord } from '../support/enrichment.ts';
import { call, openedCore, PASSPHRASE } from '../support/ports.ts';

const SIGNAL = new AbortController().signal;
const music: TestRecord[] = ['Big Thief', 'Alvvays', 'Bob Marley'].flatMap((artist, a) => Array.from({ length: 9 }, (_, i) => ({ item: heard(artist, `Song ${i % 4}`), atMs: daysAgo(2 + a * 9 + i * 11) })));
const shop: TestRecord[] = [19_900, 2_900, 1_900, 2_400].map((priceMinor, i) => ({ item: bought(['KitchenAid Stand Mixer 4.8 L', 'Nordic Ware Bundt Pan', 'Springform Cake Tin 26 cm', 'KitchenAid Rolling Pin'][i] ?? ''), atMs: daysAgo(10 * i + 9), priceMinor }));
const shows: TestRecord[] = ['Bread Week', 'Cake Week'].map((week, i) => ({ item: watched(`The Great British Baking Show: Collection 14: ${week}`, 'The Great British Baking Show'), atMs: daysAgo(5 + 20 * i) }));

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_spotify', 'spotify', music);
  vault.add('imp_amazon', 'amazon', [...shop, { item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) }]);
  vault.add('imp_netflix', 'netflix', shows);
  vault.db.exec('UPDATE imports SET added = (SELECT count(*) FROM records WHERE import_number = number)');
  await vault.refresh();
  return vault;
}
const shown = ({ service }: Awaited<ReturnType<typeof lived>>) => service.preferences().filter(({ claim }) => claim !== 'intent').map(({ claim, value, strength, confidence, evidence, lastSeenMs }) => ({ claim, value, strength: Math.round(strength * 100), confidence: Math.round(confidence * 100), evidence, lastSeenMs }));

describe('forgetting records', () => {
  test('leaves every conclusion as it was, now and later, and no name behind', async () => {
    const [vault, twin] = [await lived(), await lived()];
    const before = shown(vault);
    expect(before.length).toBeGreaterThanOrEqual(10);
    expect(await vault.service.forgetRecords(['spotify', 'amazon'], SIGNAL)).toBe(32);
    expect(shown(vault)).toEqual(before);
    expect(vault.db.query("SELECT title FROM items WHERE source <> 'netflix'").all()).toEqual([]);
    expect(vault.service.list()).toMatchObject({ records: 2, closed: { count: 0 } });
    for (const days of [40, 200, 900]) {
      for (const one of [vault, twin]) { one.clock.advance(days * DAY_MS); await one.refresh(); }
      expect(shown(vault), `${days} days on`).toEqual(shown(twin));
    }
    expect(vault.audit.list({ limit: 9 }).entries.filter(({ type }) => type === 'import.forgotten').map(({ importId, counts }) => [importId, counts['records']])).toEqual([['imp_amazon', 5], ['imp_spotify', 27]]);
  });

  test('what stays names subjects, rules and numbers only', async () => {
    const { service, db } = await lived();
    await service.forgetRecords(['spotify', 'amazon'], SIGNAL);
    const rows = JSON.stringify(db.query('SELECT * FROM kept_evidence').all());
    for (const word of ['Thief', 'Alvvays', 'Song', 'Bundt', 'Springform', 'Clearblue', 'pregnancy']) expect(rows).not.toContain(word);
    expect(rows).toContain('food.cooking.baking');
  });

  test('is said where a conclusion rests on it, fades by the same forecast, and a rule-out still works', async () => {
    const { service, the, find } = await lived();
    const before = ['food.cooking.baking', 'music.rock.indie'].map((value) => service.why(service.preferences().find((preference) => preference.value === value)?.id ?? '').changes.find((line) => line.startsWith('Without anything new')));
    expect(before[0]).toBeDefined();
    await service.forgetRecords(['spotify', 'amazon'], SIGNAL);
    const fading = (value: string): string | undefined => service.why(service.preferences().find((preference) => preference.value === value)?.id ?? '').changes.find((line) => line.startsWith('Without anything new'));
    expect(service.why(the('interest', 'food.cooking.baking').id).summary.join(' ')).toContain('4 were forgotten as you asked');
    expect([fading('food.cooking.baking'), fading('music.rock.indie')]).toEqual(before);
    const food = the('interest', 'food').strength;
    await service.reject(the('interest', 'food.cooking').id);
    expect(find('interest', 'food')?.strength ?? 0).toBeLessThan(food);
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
  });

  test('what was not the person is not kept', async () => {
    const { service, find, db } = await lived();
    const id = db.query<{ id: number }>("SELECT item_id AS id FROM items WHERE title = 'KitchenAid Rolling Pin'").get()?.id ?? 0;
    await service.notMe([id], 'thing');
    await service.forgetRecords(['amazon'], SIGNAL);
    expect(find('brand', 'KitchenAid')).toBeUndefined();
  });

  test('once a subject counts as closed, what was kept of it goes', async () => {
    const { service, db, refresh } = await lived();
    await service.forgetRecords(['spotify'], SIGNAL);
    const kept = db.query<{ n: number }>('SELECT count(*) AS n FROM kept_evidence').get()?.n ?? 0;
    db.exec(`INSERT INTO kept_evidence SELECT import_number, kind, 'liked', '[["habits.alcohol","lexicon/topic@1",1]]', as_of_ms, items, records, support, last_ms, 0, 0, 0, 0, weeks FROM kept_evidence LIMIT 1`);
    await refresh();
    expect(db.query<{ n: number }>('SELECT count(*) AS n FROM kept_evidence').get()?.n).toBe(kept);
    expect(service.preferences().some(({ value }) => value.startsWith('habits'))).toBe(false);
  });

  test('what has no date does not make every day a day that was read', async () => {
    const { service, db, add } = await lived();
    add('imp_saved', 'spotify', [{ item: heard('Big Thief', 'Kept'), act: 'saved', atMs: 0 }, { item: heard('Big Thief', 'Kept'), act: 'saved', atMs: daysAgo(9) }]);
    db.exec("UPDATE imports SET added = 2 WHERE import_id = 'imp_saved'");
    await service.forgetRecords(['spotify'], SIGNAL);
    expect(db.query("SELECT from_ms AS fromMs, to_ms AS toMs FROM forgotten_spans WHERE act = 'saved' ORDER BY from_ms").all()).toEqual([{ fromMs: 0, toMs: 0 }, { fromMs: daysAgo(9), toMs: daysAgo(9) }]);
  });

  test('stopped in the middle, nothing is forgotten', async () => {
    const { service, db } = await lived();
    const before = db.query('SELECT count(*) AS n FROM records').get();
    await expect(service.forgetRecords(['spotify'], AbortSignal.abort())).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    expect(db.query('SELECT count(*) AS n FROM records').get()).toEqual(before);
    expect(db.query('SELECT 1 FROM kept_evidence').all()).toEqual([]);
  });
});

describe('a source of which only the conclusions are kept', () => {
  type Core = Awaited<ReturnType<typeof openedCore>>['core'];
  async function bringIn(core: Core, path: string, name = path): Promise<Output<'sources.imports'>['imports'][number]> {
    core.grantFile({ id: 'file', path, name, size: readFileSync(path).length, temporary: false });
    const { previewId, items } = await call(core, 'sources.preview', { fileIds: ['file'] });
    const ended = new Promise<void>((resolve) => { const stop = core.onEvent(({ topic, payload }) => { if (topic === 'job.changed' && topics['job.changed'].parse(payload).state !== 'running') { stop(); resolve(); } }); });
    await call(core, 'sources.import', { previewId, choices: items.map(({ key }) => ({ key })) });
    await ended;
    const [newest] = (await call(core, 'sources.imports')).imports;
    if (!newest) throw new Error('no import');
    return newest;
  }
  const history = (name: string, days: readonly number[]): string => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, `Title,Date\n${days.map((day) => `"The Great British Baking Show: Collection 14: Week ${day}","${String(day).padStart(2, '0')}/10/2026"`).join('\n')}\n`);
    return path;
  };

  test('new exports are forgotten once read; what was counted is not counted again; undoing takes what was kept', async () => {
    const { core } = await openedCore();
    const first = await bringIn(core, history('NetflixViewingHistory.csv', [1, 2, 3, 4, 5]));
    expect(first).toMatchObject({ added: 5, forgotten: false });
    expect(await call(core, 'sources.setRetention', { source: 'netflix', keep: 'conclusions' })).toEqual({ forgotten: 5 });
    expect((await call(core, 'sources.retention')).conclusionsOnly).toEqual(['netflix']);
    const baking = async () => (await call(core, 'profile.list')).preferences.find(({ value }) => value === 'food.cooking.baking');
    const before = await baking();
    expect(before?.evidence).toBe(5);
    expect((await call(core, 'records.find', { search: { text: 'Baking' } })).total).toBe(0);
    // The same again, and two days more.
    const second = await bringIn(core, history('NetflixViewingHistory-2.csv', [1, 2, 3, 4, 5, 6, 7]));
    expect(second).toMatchObject({ read: 7, added: 2, duplicate: 5, forgotten: true });
    expect((await baking())?.evidence).toBe(7);
    expect((await call(core, 'profile.list')).records).toBe(0);
    await call(core, 'sources.undo', { importId: second.id });
    expect(await baking()).toMatchObject({ evidence: 5, strength: before?.strength });
    await call(core, 'sources.undo', { importId: first.id });
    expect(await baking()).toBeUndefined();
    // Nothing covers those days any more.
    await call(core, 'sources.setRetention', { source: 'netflix', keep: 'records' });
    expect(await bringIn(core, history('NetflixViewingHistory-3.csv', [1, 2, 3]))).toMatchObject({ added: 3, forgotten: false });
  });

  test('what a stopped import left of it is forgotten at the next unlock', async () => {
    const { core } = await openedCore();
    await call(core, 'sources.setRetention', { source: 'netflix', keep: 'conclusions' });
    // Only locking cuts short what an import says.
    const locked = new Promise<void>((resolve) => {
      const stop = core.onEvent(({ topic, payload }) => {
        const job = topic === 'job.changed' ? topics['job.changed'].parse(payload) : null;
        if (job?.kind !== 'import' || job.phase !== 'understanding' || job.state !== 'running') return;
        stop();
        void core.dispatch('vault.lock', undefined).then(() => { resolve(); });
      });
    });
    await bringIn(core, history('NetflixViewingHistory.csv', [1, 2, 3])).catch(() => undefined);
    await locked;
    const forgotten = new Promise<void>((resolve) => { core.onEvent(({ topic, payload }) => { if (topic === 'job.changed' && topics['job.changed'].parse(payload).state === 'done') resolve(); }); });
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    await forgotten;
    expect((await call(core, 'sources.imports')).imports).toMatchObject([{ added: 3, forgotten: true }]);
    expect((await call(core, 'profile.list')).records).toBe(0);
  });

  test('goes along into another vault', async () => {
    const { core, ports } = await openedCore();
    await bringIn(core, history('NetflixViewingHistory.csv', [1, 2, 3, 4, 5]));
    await call(core, 'sources.setRetention', { source: 'netflix', keep: 'conclusions' });
    const identity = await generateX25519Identity(), file = join(temporaryFolder(), 'all.age');
    await core.exportTo(file, { recipients: [await identityToRecipient(identity)] });
    const { core: fresh } = await openedCore({ ...ports, dataDir: join(temporaryFolder(), 'vault') });
    cpSync(file, `${file}.copy`);
    fresh.grantFile({ id: 'export', path: file, name: 'all.age', size: readFileSync(file).length, temporary: false });
    await call(fresh, 'export.takeOver', { fileId: 'export', identities: [identity] });
    const [here, there] = [await call(core, 'profile.list'), await call(fresh, 'profile.list')];
    expect(there.preferences.map(({ value, strength, evidence }) => ({ value, strength, evidence }))).toEqual(here.preferences.map(({ value, strength, evidence }) => ({ value, strength, evidence })));
    expect(there.preferences.length).toBeGreaterThan(0);
    expect((await call(fresh, 'sources.retention')).conclusionsOnly).toEqual(['netflix']);
    expect(await bringIn(fresh, history('NetflixViewingHistory-2.csv', [1, 2]))).toMatchObject({ added: 0, duplicate: 2 });
  });
});
