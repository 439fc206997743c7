/** New rules wait until the person has seen what they would change; what they call closed is sealed at once. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, daysAgo, heard, openEnrichment, RESOURCES } from '../support/enrichment.ts';
import { testPorts } from '../support/ports.ts';

/** The shipped resources with one list changed. */
function resourcesWith(list: string, change: (text: string) => string): string {
  const folder = temporaryFolder();
  cpSync(RESOURCES, folder, { recursive: true });
  const path = join(folder, `lexicons/${list}.tsv`);
  const before = readFileSync(path, 'utf8'), after = change(before);
  if (before === after) throw new Error('nothing was changed');
  writeFileSync(path, after);
  return folder;
}
const without = (name: string) => (text: string): string => text.replace(`;${name}`, '');
const songs = (artist: string, count: number) => Array.from({ length: count }, (_, i) => ({ item: heard(artist, `Song ${i}`), atMs: daysAgo(3 + i) }));

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_spotify', 'spotify', [...songs('Big Thief', 4), ...songs('Alvvays', 4), ...songs('Nobody Knows Them', 6)]);
  vault.add('imp_amazon', 'amazon', ['Springform Cake Tin 26 cm', 'Nordic Ware Bundt Pan', 'Wobblefix 3000'].map((title, i) => ({ item: bought(title), atMs: daysAgo(4 + i) })));
  await vault.refresh();
  /** The same vault under a program with other resources. */
  const updated = (resourcesDir: string) => createEnrichmentService({ db: vault.db, audit: vault.audit, emit: () => undefined, ports: testPorts({ clock: vault.clock, resourcesDir }), closedKey: vault.closedKey });
  return { ...vault, updated };
}
const signal = new AbortController().signal;
const shown = (service: ReturnType<typeof createEnrichmentService>) => service.preferences().map(({ claim, value, strength, evidence }) => ({ claim, value, strength, evidence }));

test('what was concluded stays until the person agrees, and the difference is what then happens', async () => {
  const { service, updated, audit } = await lived();
  const before = shown(service);
  const next = updated(resourcesWith('artists', (text) => without('Big Thief')(text).replace(/^(music\.jazz[^\t]*\t)/mu, '$1Nobody Knows Them;')));
  expect(next.isStale()).toBe(true);
  expect(await next.ruleChange()).toMatchObject({ state: 'none' });
  await next.refresh(signal);
  expect(next.isStale()).toBe(false);
  expect(shown(next)).toEqual(before);
  const { state, changes, same } = await next.ruleChange();
  expect(state).toBe('ready');
  expect(changes.find(({ label }) => label === 'Jazz')).toMatchObject({ claim: 'genre', before: null });
  const indie = changes.find(({ label }) => label === 'Indie rock');
  expect(indie?.after).toBeLessThan(indie?.before ?? 0);
  expect(changes.some(({ label }) => label === 'Baking')).toBe(false);
  expect(same).toBeGreaterThan(0);
  const applied = await next.applyRules();
  expect(applied).toEqual({ added: changes.filter((one) => one.before === null).length, removed: changes.filter(({ after }) => after === null).length });
  for (const { id, after } of changes) expect(next.preferences().find((preference) => preference.id === id)?.strength ?? null, id).toBe(after);
  expect(await next.ruleChange()).toEqual({ state: 'none', changes: [], same: 0 });
  expect(next.isStale()).toBe(false);
  expect(audit.list({ limit: 3 }).entries[0]).toMatchObject({ type: 'profile.rules-applied', counts: applied, claims: [] });
  // Agreeing twice changes nothing.
  expect(await next.applyRules()).toEqual({ added: 0, removed: 0 });
  expect(audit.list({ limit: 9 }).entries.filter(({ type }) => type === 'profile.rules-applied')).toHaveLength(1);
});

test('applied, it is as if the newest rules had read everything from the start', async () => {
  const { updated, add } = await lived();
  const resources = resourcesWith('artists', without('Big Thief'));
  const next = updated(resources);
  await next.refresh(signal);
  add('imp_more', 'spotify', songs('The National', 3));
  await next.refresh(signal);
  await next.applyRules();
  const fresh = openEnrichment();
  fresh.add('imp_spotify', 'spotify', [...songs('Big Thief', 4), ...songs('Alvvays', 4), ...songs('Nobody Knows Them', 6)]);
  fresh.add('imp_amazon', 'amazon', ['Springform Cake Tin 26 cm', 'Nordic Ware Bundt Pan', 'Wobblefix 3000'].map((title, i) => ({ item: bought(title), atMs: daysAgo(4 + i) })));
  fresh.add('imp_more', 'spotify', songs('The National', 3));
  const anew = createEnrichmentService({ db: fresh.db, audit: fresh.audit, emit: () => undefined, ports: testPorts({ clock: fresh.clock, resourcesDir: resources }), closedKey: fresh.closedKey });
  await anew.refresh(signal);
  expect(shown(next)).toEqual(shown(anew));
});

test('what comes in meanwhile counts at once, and the person\'s word keeps what it is about out of the difference', async () => {
  const { updated, add } = await lived();
  const next = updated(resourcesWith('artists', without('Big Thief')));
  await next.refresh(signal);
  const indie = next.preferences().find(({ label }) => label === 'Indie rock');
  add('imp_more', 'spotify', songs('The National', 5));
  await next.refresh(signal);
  const now = next.preferences().find(({ label }) => label === 'Indie rock');
  expect(now?.evidence).toBe((indie?.evidence ?? 0) + 5);
  next.pin(now?.id ?? '');
  expect((await next.ruleChange()).changes.some(({ label }) => label === 'Indie rock')).toBe(false);
});

test('what the newest rules call closed is sealed before anybody agrees', async () => {
  const { db, updated } = await lived();
  const next = updated(resourcesWith('closed', (text) => `${text.trimEnd()}\nhabits.alcohol\tWobblefix\n`));
  expect(db.query("SELECT 1 FROM items WHERE title LIKE 'Wobblefix%'").get()).toBeDefined();
  await next.refresh(signal);
  expect(db.query("SELECT 1 FROM items WHERE title LIKE 'Wobblefix%'").get()).toBeUndefined();
  expect(next.list().closed.count).toBe(1);
  expect((await next.ruleChange()).state).toBe('ready');
});

test('a newer program still begins anew what waits, and one that says the same again asks nothing', async () => {
  const { service, updated } = await lived();
  const first = updated(resourcesWith('artists', without('Big Thief'))), second = updated(resourcesWith('artists', without('Alvvays')));
  await first.refresh(signal);
  await second.refresh(signal);
  const { changes } = await second.ruleChange();
  await second.applyRules();
  expect(second.preferences().find(({ label }) => label === 'Indie rock')?.evidence).toBe(4);
  expect(changes.length).toBeGreaterThan(0);
  // Back to the program of before: its rules are the other ones now.
  await service.refresh(signal);
  expect((await service.ruleChange()).state).toBe('ready');
});

test('undoing what was read meanwhile takes it out of both', async () => {
  const { db, updated } = await lived();
  const next = updated(resourcesWith('artists', without('Big Thief')));
  await next.refresh(signal);
  db.exec("DELETE FROM records WHERE import_number = (SELECT number FROM imports WHERE import_id = 'imp_spotify')");
  db.exec('DELETE FROM items WHERE item_id NOT IN (SELECT item_id FROM records)');
  await next.refresh(signal);
  expect((await next.ruleChange()).changes.filter(({ claim }) => claim === 'genre')).toEqual([]);
});
