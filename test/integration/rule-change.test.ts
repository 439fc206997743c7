/** New rules wait until the person has seen what they would change; what they call closed is sealed at once. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { seededRandom } from '../bench/generate.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, daysAgo, heard, item, openEnrichment, RESOURCES, watched } from '../support/enrichment.ts';
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
  const updated = (resourcesDir: string, change: Partial<Pick<typeof vault, 'db' | 'audit'>> = {}) => createEnrichmentService({ db: vault.db, audit: vault.audit, ...change, emit: () => undefined, ports: testPorts({ clock: vault.clock, resourcesDir }), closedKey: vault.closedKey });
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

test('a stop in the middle of applying leaves nothing that a program of before, or another one, takes for its own', async () => {
  const hasJazz = (service: ReturnType<typeof createEnrichmentService>): boolean => service.preferences().some(({ label }) => label === 'Jazz');
  const jazz = resourcesWith('artists', (text) => text.replace(/^(music\.jazz[^\t]*\t)/mu, '$1Nobody Knows Them;'));
  /** Agrees to other rules, and ends after the first slice of them, which with so few things is the last. */
  const dieWhileApplying = async ({ db, audit, updated }: Awaited<ReturnType<typeof lived>>): Promise<void> => {
    let left = Number.POSITIVE_INFINITY;
    const dying = new Proxy(db, {
      get: (target, name) => (name !== 'transaction' ? (Reflect.get(target, name) as unknown) : (body: Parameters<typeof target.transaction>[0]): unknown => {
        if (left-- <= 0) throw new Error('killed');
        return target.transaction(body);
      }),
    });
    const append: typeof audit.append = (input) => { if (input.type === 'profile.rules-applied') left = 1; return audit.append(input); };
    const service = updated(jazz, { db: dying, audit: { ...audit, append } });
    await service.refresh(signal);
    await expect(service.applyRules()).rejects.toThrow('killed');
    expect(audit.list({ limit: 1 }).entries[0], 'that the person agreed is known').toMatchObject({ type: 'profile.rules-applied' });
  };

  const before = await lived();
  await dieWhileApplying(before);
  await before.service.refresh(signal);
  expect(hasJazz(before.service), 'back at the program of before').toBe(false);

  const other = await lived();
  await dieWhileApplying(other);
  const third = other.updated(resourcesWith('artists', without('Alvvays')));
  await third.refresh(signal);
  await third.applyRules();
  expect(hasJazz(third), 'a third program').toBe(false);

  const same = await lived();
  await dieWhileApplying(same);
  const resumed = same.updated(jazz);
  await resumed.refresh(signal);
  await resumed.applyRules();
  expect(hasJazz(resumed), 'the same program, agreed to again').toBe(true);
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

type Vault = ReturnType<typeof openEnrichment>;
const LISTS = ['artists', 'titles', 'books', 'products', 'brands', 'topics', 'closed'] as const;
const namesOf = (list: string): string[] => readFileSync(join(RESOURCES, 'lexicons', `${list}.tsv`), 'utf8').split('\n').filter((line) => line.includes('\t') && !line.startsWith('#'))
  .flatMap((line) => line.slice(line.indexOf('\t') + 1).split(';')).map((name) => name.trim().replace(/^[*^@~?]?(?:(?:en|de|fr|es|it)(?:\+..)*:)?/u, '').replace(/=.*$/u, '')).filter((name) => name !== '');
const program = (vault: Vault, resourcesDir: string) => createEnrichmentService({ db: vault.db, audit: vault.audit, emit: () => undefined, ports: testPorts({ clock: vault.clock, resourcesDir }), closedKey: vault.closedKey });
/** Some lines of some lists gone, some names moved to other lines. */
function changedResources(random: () => number, share: number): string {
  const folder = temporaryFolder();
  cpSync(RESOURCES, folder, { recursive: true });
  for (const list of LISTS) {
    const path = join(folder, `lexicons/${list}.tsv`), lines = readFileSync(path, 'utf8').split('\n');
    const moved: string[] = [];
    const left = lines.map((line) => {
      if (line.startsWith('#') || !line.includes('\t')) return line;
      const [nodes = '', names = ''] = line.split('\t');
      const kept = names.split(';').filter((name) => { if (random() >= share) return true; if (random() < 0.5) moved.push(name); return false; });
      return `${nodes}\t${[...kept, ...(random() < 0.3 ? moved.splice(0, 1) : [])].join(';')}`;
    });
    writeFileSync(path, left.filter((line) => !line.endsWith('\t')).join('\n'));
  }
  return folder;
}
/** Things of all lists, with other words around them; the same for the same seed. */
function life(vault: Vault, seed: number): void {
  const random = seededRandom(seed), names = new Map(LISTS.map((list) => [list, namesOf(list)]));
  const some = (list: (typeof LISTS)[number]): string => names.get(list)?.[Math.floor(random() * (names.get(list)?.length ?? 0))] ?? '';
  const around = (name: string): string => [['', 'Wobble', 'Mon petit', 'Das ist der'][Math.floor(random() * 4)] ?? '', name, ['', 'set of 3', 'pour la maison', 'und mehr'][Math.floor(random() * 4)] ?? ''].join(' ').trim();
  const make = [
    () => heard(random() < 0.3 ? `${some('artists')} & ${some('artists')}` : some('artists'), around('Song')), () => watched(`${some('titles')}: Season 2: ${around('One')}`), () => bought(around(some('products'))), () => bought(`${some('brands')} ${some('products')}`),
    () => bought(around(some('books')), 'Book'), () => item('search', around(some('topics'))), () => item('podcast', around(some('topics')), { creator: around(some('topics')) }), () => bought(around(some('closed'))), () => item('search', some('products').slice(0, -1)),
  ];
  vault.add('imp_all', 'amazon', Array.from({ length: 700 }, (_, i) => ({ item: make[i % make.length]?.() ?? heard('Nobody'), atMs: daysAgo(1 + (i % 300)) })));
}
/** Everything the vault holds of what things were read to be. */
const held = (vault: Vault, service: ReturnType<typeof createEnrichmentService>) => ({
  matches: vault.db.query('SELECT m.item_id, t.name AS target, r.name AS rule, m.weight, m.item_kind, m.item_act FROM item_matches m JOIN match_names t ON t.name_id = m.target_id JOIN match_names r ON r.name_id = m.rule_id ORDER BY m.item_id, target, rule').all(),
  sealed: vault.db.query('SELECT item_id FROM sealed_items ORDER BY item_id').all(), profile: service.preferences().map(({ id, strength, confidence, evidence }) => ({ id, strength, confidence, evidence })),
});
/** What a hash says of it: a difference is told by the first part that differs. */
const isSame = (one: ReturnType<typeof held>, other: ReturnType<typeof held>): void => {
  const short = ({ matches, sealed, profile }: ReturnType<typeof held>) => ({ matches: matches.length, sealed: sealed.length, profile: profile.length, hash: createHash('sha256').update(JSON.stringify([matches, sealed, profile])).digest('hex') });
  if (short(one).hash !== short(other).hash) expect(one).toEqual(other);
  expect(short(one)).toEqual(short(other));
};

test.each([1, 2, 3, 4])('reading again only what other lists touch comes to the same as reading everything (%i)', { timeout: 120_000 }, async (seed) => {
  const vault = openEnrichment(), anew = openEnrichment();
  life(vault, seed);
  life(anew, seed);
  const random = seededRandom(100 + seed), resources = changedResources(random, seed / 60);
  await vault.refresh();
  const said = vault.db.query<{ id: number }>("SELECT item_id AS id FROM items WHERE item_id % 61 = 3 AND title <> '' ORDER BY item_id").all().map(({ id }) => id), out = vault.service.preferences().filter((_, i) => i % 17 === 4);
  await vault.service.notMe(said, 'thing');
  for (const { id } of out) if (vault.service.preferences().some((one) => one.id === id)) await vault.service.reject(id);

  // The same words in the other vault, whose lists of before nobody knows.
  for (const table of ['not_me', 'rejections', 'sealed_words']) for (const row of vault.db.query<Record<string, string>>(`SELECT * FROM ${table}`).all()) anew.db.command(`INSERT INTO ${table} VALUES (${Object.keys(row).map(() => '?').join(', ')})`).run(...Object.values(row));
  await program(anew, RESOURCES).refresh(signal);
  anew.db.exec('DELETE FROM rules_read');
  const next = program(vault, resources), all = program(anew, resources);
  // Stopped again and again, and gone on with.
  for (let i = 0; i < 3; i++) {
    const stop = new AbortController();
    await next.refresh(stop.signal, () => { stop.abort(); }).catch(() => undefined);
  }
  await next.refresh(signal);
  await all.refresh(signal);
  expect((await next.ruleChange()).changes).toEqual((await all.ruleChange()).changes);
  await next.applyRules();
  await all.applyRules();
  isSame(held(vault, next), held(anew, all));
});

test('what other lists do not touch is not read again', async () => {
  const { db, updated } = await lived();
  const weights = () => db.query<{ title: string; weight: number }>('SELECT i.title || i.creator AS title, max(m.weight) AS weight FROM item_matches m JOIN items i USING (item_id) WHERE i.creator IS NOT NULL GROUP BY i.item_id ORDER BY i.item_id').all();
  // No list says so: whoever is read again loses it.
  db.exec('UPDATE item_matches SET weight = 0.123');
  const next = updated(resourcesWith('artists', (text) => text.replace(';Big Thief', '').replace(/^(music\.jazz[^\t]*\t)/mu, '$1Big Thief;')));
  await next.refresh(signal);
  await next.applyRules();
  expect(weights().filter(({ title }) => title.endsWith('Alvvays')).every(({ weight }) => weight === 0.123)).toBe(true);
  expect(weights().filter(({ title }) => title.endsWith('Big Thief')).every(({ weight }) => weight === 1)).toBe(true);
});

test('back under the program of before, what the newer one read in the meantime is read by the older, and the other way round', async () => {
  const { db, service, updated, add } = await lived();
  const next = updated(resourcesWith('artists', (text) => text.replace(/^(music\.jazz[^\t]*\t)/mu, '$1Nobody Knows Them;')));
  await next.refresh(signal);
  add('imp_more', 'spotify', [{ item: heard('Nobody Knows Them', 'Later'), atMs: daysAgo(1) }, { item: heard('The National', 'Later'), atMs: daysAgo(1) }]);
  await next.refresh(signal);
  expect(next.preferences().some(({ label }) => label === 'Jazz')).toBe(true);
  expect(service.isStale()).toBe(true);
  await service.refresh(signal);
  expect(service.preferences().some(({ label }) => label === 'Jazz')).toBe(false);
  expect(service.isStale()).toBe(false);
  expect(await service.ruleChange()).toEqual({ state: 'none', changes: [], same: 0 });
  add('imp_last', 'spotify', songs('Nobody Knows Them', 9));
  await service.refresh(signal);
  await next.refresh(signal);
  await next.applyRules();
  expect(next.preferences().find(({ label }) => label === 'Jazz')?.evidence).toBe(6 + 1 + 9);
  expect(db.query('SELECT count(*) AS n FROM rules_read').get()).toEqual({ n: 1 });
});
