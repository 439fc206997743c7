/** The closed part of the profile: sealed in the database, open only while the person says so, and without any effect on what companies get. */
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { removeRecords } from '../../electron/core/records/record-writer.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, daysAgo, NOW_MS, openEnrichment, RESOURCES } from '../support/enrichment.ts';
import { testPorts } from '../support/ports.ts';

const WORDS = /pregnan|clearblue|prenatal|rosary|diabet|alcohol|family/i;

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_amazon', 'amazon', [
    { item: bought('Springform Cake Tin 26 cm'), atMs: daysAgo(10) }, { item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) },
    { item: bought('Prenatal yoga mat'), atMs: daysAgo(14) }, { item: bought('KitchenAid Rolling Pin'), atMs: daysAgo(20) },
  ]);
  await vault.refresh();
  return vault;
}

/** Every value of every row, as text and as bytes. */
function everything(db: WritableDb): string {
  const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  return tables.flatMap(({ name }) => db.query<Record<string, unknown>>(`SELECT * FROM "${name}"`).all())
    .flatMap((row) => Object.entries(row).filter(([column]) => column !== 'fingerprint').map(([, value]) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))).join('\n');
}

test('after an import nothing in the database says what lies in the closed part', async () => {
  const { db, service } = await lived();
  service.declare({ claim: 'interest', value: 'Diabetes' });
  service.declare({ claim: 'avoid', value: 'Alcohol' });
  const ids = [service.declare({ claim: 'interest', value: 'family.pregnancy' }).id];
  const all = everything(db);
  expect(all).not.toMatch(WORDS);
  for (const id of ids) expect(all).not.toContain(id);
  // The positive control: what is open is found by the same search.
  expect(all).toContain('Springform');
  expect(service.preferences().filter((preference) => preference.sensitive)).toEqual([]);
  expect(service.list().closed).toEqual({ count: 5, openUntilMs: null });
});

test('opening shows it with its evidence; shutting, time and a new start hide it again', async () => {
  const { db, audit, clock, closedKey, service, openClosed, find, the } = await lived();
  service.declare({ claim: 'interest', value: 'Diabetes' });
  await openClosed(10);
  expect(the('interest', 'family.pregnancy')).toMatchObject({ sensitive: true, evidence: 2 });
  expect(the('interest', 'health.conditions.diabetes')).toMatchObject({ origin: 'declared', sensitive: true });
  expect(service.why(the('interest', 'family.pregnancy').id).rules.flatMap((rule) => rule.examples.map((example) => example.title)).sort()).toEqual(['Clearblue Pregnancy Test', 'Prenatal yoga mat']);
  expect(service.list().closed).toEqual({ count: 3, openUntilMs: NOW_MS + 600_000 });
  expect(everything(db)).not.toMatch(WORDS);

  const next = createEnrichmentService({ db, audit, emit: () => undefined, ports: testPorts({ clock }), closedKey });
  expect(next.preferences().some((preference) => preference.sensitive)).toBe(false);

  clock.advance(600_000 - 1);
  expect(find('interest', 'family.pregnancy')).toBeDefined();
  clock.advance(1);
  expect(find('interest', 'family.pregnancy')).toBeUndefined();

  await openClosed();
  expect(find('interest', 'family.pregnancy')).toBeDefined();
  service.shutClosed();
  expect(find('interest', 'family.pregnancy')).toBeUndefined();
  expect(service.list().closed.openUntilMs).toBeNull();
});

test('what is open is the same, whether the closed part is open, shut, or was never filled', async () => {
  const { service, openClosed } = await lived();
  const bare = openEnrichment();
  bare.add('imp_amazon', 'amazon', [{ item: bought('Springform Cake Tin 26 cm'), atMs: daysAgo(10) }, { item: bought('KitchenAid Rolling Pin'), atMs: daysAgo(20) }]);
  await bare.refresh();
  const shut = service.preferences();
  await openClosed();
  expect(service.preferences().filter((preference) => !preference.sensitive)).toEqual(shut);
  expect(shut).toEqual(bare.service.preferences());
});

test('the person’s word about something closed can be given, corrected, rejected and taken back', async () => {
  const { db, service, openClosed, refresh, find, the } = await lived();
  await openClosed();
  const { id } = the('interest', 'family.pregnancy');
  expect(service.correct({ id, strength: 0.5 })).toMatchObject({ sensitive: true, strength: 0.5, origin: 'corrected' });
  expect(() => service.correct({ id, value: 'Baking' })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }));
  expect(() => service.correct({ id: the('interest', 'food.cooking.baking').id, value: 'Diabetes' })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }));
  service.delete(id);
  expect(the('interest', 'family.pregnancy').origin).toBe('inferred');
  await service.reject(id);
  expect(find('interest', 'family.pregnancy')).toBeUndefined();
  expect(service.rejections()).toMatchObject([{ id, value: 'family.pregnancy' }]);
  expect(everything(db)).not.toMatch(WORDS);
  service.shutClosed();
  expect(service.rejections()).toEqual([]);
  await openClosed();
  await refresh();
  expect(find('interest', 'family.pregnancy')).toBeUndefined();
  await service.restore(id);
  expect(find('interest', 'family.pregnancy')).toBeDefined();

  // Said twice, once while it was shut: once in the list, and one word takes both back.
  service.declare({ claim: 'interest', value: 'Diabetes' });
  service.shutClosed();
  service.declare({ claim: 'interest', value: 'Diabetes' });
  await openClosed();
  expect(service.preferences().filter((preference) => preference.value === 'health.conditions.diabetes')).toHaveLength(1);
  service.delete(the('interest', 'health.conditions.diabetes').id);
  expect(find('interest', 'health.conditions.diabetes')).toBeUndefined();
  await openClosed();
  expect(find('interest', 'health.conditions.diabetes')).toBeUndefined();
});

test('importing while it is open adds to it; undoing takes it away', async () => {
  const { db, service, add, refresh, openClosed, the, find } = await lived();
  await openClosed();
  const number = add('imp_more', 'amazon', [{ item: bought('First Response Pregnancy Test'), atMs: daysAgo(2) }]);
  await refresh();
  expect(the('interest', 'family.pregnancy').evidence).toBe(3);
  db.transaction(() => removeRecords(db, number));
  await refresh();
  expect(the('interest', 'family.pregnancy').evidence).toBe(2);
  expect(service.list().closed.count).toBe(2);
  db.transaction(() => removeRecords(db, db.query<{ n: number }>("SELECT number AS n FROM imports WHERE import_id = 'imp_amazon'").get()?.n ?? 0));
  await refresh();
  expect(find('interest', 'family.pregnancy')).toBeUndefined();
  expect(service.list().closed.count).toBe(0);
});

test('a vault of an older program is sealed at the next look, statements and rejections too', async () => {
  const vault = openEnrichment();
  const { db, service, find } = vault;
  // As the older program left it: matched and concluded in the open.
  vault.add('imp_old', 'amazon', [{ item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) }, { item: bought('Nordic Ware Bundt Pan'), atMs: daysAgo(3) }]);
  await vault.refresh();
  db.transaction(() => {
    db.exec("DELETE FROM sealed_items; UPDATE items SET title = 'Clearblue Pregnancy Test' WHERE title = ''");
    db.exec("INSERT INTO match_names (name) VALUES ('family.pregnancy'), ('lexicon/closed@1') ON CONFLICT DO NOTHING");
    db.exec(`INSERT INTO item_matches SELECT item_id, (SELECT name_id FROM match_names WHERE name = 'family.pregnancy'), (SELECT name_id FROM match_names WHERE name = 'lexicon/closed@1'), 'product', 'used', 1 FROM items WHERE title LIKE 'Clear%'`);
    db.exec("INSERT INTO preferences (id, claim, value, strength, confidence, sensitive, evidence, horizon_weeks, last_seen_ms) VALUES ('idofpregnancy', 'interest', 'family.pregnancy', 0.5, 0.5, 1, 1, NULL, 0)");
    db.exec("INSERT INTO statements (id, claim, value, origin, strength, horizon_weeks, replaces, said_at_ms) VALUES ('idofdiabetes', 'interest', 'health.conditions.diabetes', 'declared', 1, NULL, '[]', 5)");
    db.exec("INSERT INTO rejections VALUES ('idofalcohol', 'interest', 'habits.alcohol', 5)");
  });
  await vault.refresh();
  expect(everything(db)).not.toMatch(/clearblue|idof|health\.diabetes/i);
  await vault.openClosed();
  expect(find('interest', 'family.pregnancy')).toMatchObject({ evidence: 1 });
  expect(find('interest', 'health.conditions.diabetes')).toMatchObject({ origin: 'declared' });
  expect(service.rejections()).toMatchObject([{ value: 'habits.alcohol' }]);
});

test('lists that say less put back what is not closed any more, at the next opening', async () => {
  const { db, audit, clock, closedKey, privateKey } = await lived();
  const resourcesDir = temporaryFolder();
  cpSync(RESOURCES, resourcesDir, { recursive: true });
  const closed = join(resourcesDir, 'lexicons/closed.tsv');
  writeFileSync(closed, readFileSync(closed, 'utf8').replace(/prenatal/giu, 'zzzzzz'));
  const next = createEnrichmentService({ db, audit, emit: () => undefined, ports: testPorts({ clock, resourcesDir }), closedKey });
  await next.refresh(new AbortController().signal);
  expect(everything(db)).not.toContain('Prenatal yoga mat');
  await next.openClosed(privateKey, clock.nowMs() + 1_000);
  expect(everything(db)).toContain('Prenatal yoga mat');
  expect(next.preferences().some((preference) => preference.value === 'movement.yoga')).toBe(true);
});

test('the wrong key opens nothing, and boxes cannot be exchanged', async () => {
  const { db, service, clock, privateKey } = await lived();
  await expect(service.openClosed(randomBytes(32), clock.nowMs() + 1_000)).rejects.toThrow(/does not open/);
  const [a, b] = db.query<{ item_id: number; box: Buffer }>('SELECT item_id, box FROM sealed_items').all();
  db.transaction(() => {
    db.command('UPDATE sealed_items SET box = ? WHERE item_id = ?').run(a?.box ?? null, b?.item_id ?? 0);
    db.command('UPDATE sealed_items SET box = ? WHERE item_id = ?').run(b?.box ?? null, a?.item_id ?? 0);
  });
  await expect(service.openClosed(privateKey, clock.nowMs() + 1_000)).rejects.toThrow(/does not open/);
  expect(service.preferences().some((preference) => preference.sensitive)).toBe(false);
});

test('words of the person’s own that name something closed lie in the closed part, whichever claim they stand in, and never leave', async () => {
  const { db, service, openClosed } = await lived();
  const said = [service.declare({ claim: 'brand', value: 'Clearblue' }), service.declare({ claim: 'brand', value: 'Alcoholics Anonymous' }), service.declare({ claim: 'size', value: 'clothing:Maternity M' })];
  expect(said.map(({ sensitive }) => sensitive)).toEqual([true, true, true]);
  expect(service.declare({ claim: 'brand', value: 'Nordlicht' }).sensitive).toBe(false);
  expect(service.declare({ claim: 'size', value: 'clothing:M' }).sensitive).toBe(false);
  expect(everything(db)).not.toMatch(/clearblue|anonymous|maternity/iu);
  expect(service.preferences().some(({ label }) => /clearblue|anonymous|maternity/iu.test(label))).toBe(false);
  await openClosed();
  expect(service.preferences().filter(({ claim, sensitive }) => sensitive && (claim === 'brand' || claim === 'size')).map(({ value }) => value).sort()).toEqual(['Alcoholics Anonymous', 'Clearblue', 'clothing:Maternity M']);
});
