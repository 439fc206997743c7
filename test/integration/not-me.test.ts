/** "That was not me", keeping something as it is, letting it count less, and what would change a conclusion, over real records in the encrypted database. */
import { describe, expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { removeRecords } from '../../electron/core/records/record-writer.ts';
import { testPorts } from '../support/ports.ts';
import { bought, DAY_MS, daysAgo, heard, openEnrichment, watched, type TestRecord } from '../support/enrichment.ts';

const plays = (artist: string, songs: number, times = 6): TestRecord[] => Array.from({ length: songs }, (_, i) => Array.from({ length: times }, (__, k) => ({ item: heard(artist, `Song ${i}`), atMs: daysAgo(2 + i + k * 3) }))).flat();
const shows: TestRecord[] = ['Bread Week', 'Cake Week', 'Pastry Week'].map((week, i) => ({ item: watched(`The Great British Baking Show: Collection 14: ${week}`, 'The Great British Baking Show'), atMs: daysAgo(5 + i) }));
const pans: TestRecord[] = [19_900, 2_900, 1_900, 2_400].map((priceMinor, i) => ({ item: bought(['KitchenAid Stand Mixer 4.8 L', 'Nordic Ware Bundt Pan', 'Springform Cake Tin 26 cm', 'KitchenAid Rolling Pin'][i] ?? ''), atMs: daysAgo(10 * i + 9), priceMinor }));

async function lived() {
  const vault = openEnrichment();
  const numbers = { spotify: vault.add('imp_spotify', 'spotify', [...plays('Big Thief', 5), ...plays('Alvvays', 2), ...plays('Bob Marley', 2)]), netflix: 0, amazon: 0 };
  numbers.netflix = vault.add('imp_netflix', 'netflix', shows);
  numbers.amazon = vault.add('imp_amazon', 'amazon', [...pans, { item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) }]);
  await vault.refresh();
  const idOf = (title: string): number => vault.db.query<{ id: number }>('SELECT item_id AS id FROM items WHERE title = ?').get(title)?.id ?? 0;
  const example = (id: string, name: RegExp) => { const found = vault.service.why(id).rules.flatMap((rule) => rule.examples).find(({ title, creator }) => name.test(`${title} ${creator ?? ''}`)); if (!found) throw new Error(`no example like ${name.source}`); return found; };
  const undo = (number: number) => { vault.db.transaction(() => removeRecords(vault.db, number)); };
  return { ...vault, numbers, undo, idOf, example };
}

describe('not me', () => {
  test('one thing stops counting, for everything it spoke for, and counts again when that is taken back', async () => {
    const { service, the, find, idOf, audit } = await lived();
    const before = { brand: the('brand', 'KitchenAid'), baking: the('interest', 'food.cooking.baking') };
    const [said] = await service.notMe([idOf('KitchenAid Rolling Pin')], 'thing');
    expect(said).toMatchObject({ scope: 'thing', source: 'amazon', kind: 'product', name: 'KitchenAid Rolling Pin', maker: null });
    expect(find('brand', 'KitchenAid')).toBeUndefined();
    expect(the('interest', 'food.cooking.baking')).toMatchObject({ evidence: before.baking.evidence - 1 });
    expect(the('interest', 'food.cooking.baking').strength).toBeLessThan(before.baking.strength);
    expect(service.why(before.baking.id)).toMatchObject({ disowned: 1 });
    expect(JSON.stringify(service.why(before.baking.id).rules)).not.toContain('Rolling Pin');
    expect(service.disowned()).toEqual([said]);
    expect(audit.list({ limit: 5 }).entries[0]).toMatchObject({ type: 'profile.disowned', counts: { said: 1 }, claims: [] });
    await service.wasMe([said?.id ?? '']);
    expect(the('brand', 'KitchenAid')).toEqual(before.brand);
    expect(the('interest', 'food.cooking.baking')).toEqual(before.baking);
    expect(service.disowned()).toEqual([]);
    await expect(service.wasMe([said?.id ?? ''])).rejects.toMatchObject({ code: 'ERR_PREFERENCE_UNKNOWN' });
  });

  test('everything by somebody, and everything of a series, also what comes later', async () => {
    const { service, the, find, refresh, add, example } = await lived();
    const indie = the('genre', 'music.rock.indie');
    expect(indie.evidence).toBe(42);
    await service.notMe([example(indie.id, /Big Thief/u).itemId], 'creator');
    expect(the('genre', 'music.rock.indie').evidence).toBe(12);
    const baking = the('interest', 'food.cooking.baking');
    await service.notMe([example(baking.id, /Baking Show/u).itemId], 'collection');
    expect(the('interest', 'food.cooking.baking').evidence).toBe(baking.evidence - 3);
    add('imp_later', 'spotify', [{ item: heard('Big Thief', 'Certainty'), atMs: daysAgo(1) }, { item: heard('Alvvays', 'Pharmacist'), atMs: daysAgo(1) }]);
    add('imp_more', 'netflix', [{ item: watched('The Great British Baking Show: Collection 15: Cake Week', 'The Great British Baking Show'), atMs: daysAgo(1) }]);
    await refresh();
    expect(the('genre', 'music.rock.indie').evidence).toBe(13);
    expect(the('interest', 'food.cooking.baking').evidence).toBe(baking.evidence - 3);
    // Somebody else of the same source counts as before.
    expect(find('genre', 'music.reggae')).toBeDefined();
  });

  test('outlives undoing the import, bringing it in again, and other lists of words', async () => {
    const { service, the, find, db, audit, add, refresh, idOf, undo, numbers } = await lived();
    await service.notMe([idOf('KitchenAid Rolling Pin')], 'thing');
    undo(numbers.amazon);
    await refresh();
    add('imp_again', 'amazon', pans);
    await refresh();
    expect(find('brand', 'KitchenAid')).toBeUndefined();
    expect(the('interest', 'food.cooking.baking').evidence).toBe(6);
    const restarted = createEnrichmentService({ db, audit, emit: () => undefined, ports: testPorts(), closedKey: Buffer.alloc(32, 9) });
    db.command("UPDATE enrichment_state SET lexicon = ''").run();
    await restarted.refresh(new AbortController().signal);
    expect(restarted.preferences().find(({ value }) => value === 'KitchenAid')).toBeUndefined();
  });

  test('counts neither for prices nor for what may be bought next', async () => {
    const { service, find, refresh, add, idOf } = await lived();
    add('imp_hike', 'amazon', ['Hiking boots', 'Trekking poles', 'Hiking backpack 40 l'].map((title, i) => ({ item: bought(title), atMs: daysAgo(5 + i) })));
    await refresh();
    expect(find('intent', 'outdoor-gear.camping-gear')).toBeDefined();
    expect(find('price_band', 'kitchenware:middle') ?? find('price_band', 'kitchenware:low')).toBeDefined();
    await service.notMe(['Hiking boots', 'Trekking poles', 'Nordic Ware Bundt Pan', 'Springform Cake Tin 26 cm', 'KitchenAid Rolling Pin'].map(idOf), 'thing');
    expect(find('intent', 'outdoor-gear.camping-gear')).toBeUndefined();
    expect(service.preferences().filter(({ claim, value }) => claim === 'price_band' && value.startsWith('kitchenware'))).toEqual([]);
  });

  test('holds against a refresh that was under way', async () => {
    const { service, find, idOf } = await lived();
    const running = service.refresh(new AbortController().signal);
    await service.notMe([idOf('KitchenAid Rolling Pin')], 'thing');
    await running;
    expect(find('brand', 'KitchenAid')).toBeUndefined();
  });

  test('about a closed thing it is sealed, and counts while the closed part is open', async () => {
    const { service, find, db, openClosed } = await lived();
    const [sealedId] = db.query<{ id: number }>('SELECT item_id AS id FROM sealed_items').all().map(({ id }) => id);
    await expect(service.notMe([sealedId ?? 0], 'thing')).rejects.toMatchObject({ code: 'ERR_ITEM_UNKNOWN' });
    await openClosed();
    expect(find('interest', 'family.pregnancy')).toBeDefined();
    await service.notMe([sealedId ?? 0], 'thing');
    expect(find('interest', 'family.pregnancy')).toBeUndefined();
    expect(service.disowned()).toMatchObject([{ name: 'Clearblue Pregnancy Test' }]);
    service.shutClosed();
    expect(service.disowned()).toEqual([]);
    expect(db.query('SELECT 1 FROM not_me').all()).toEqual([]);
    await openClosed();
    expect(find('interest', 'family.pregnancy')).toBeUndefined();
    const [said] = service.disowned();
    await service.wasMe([said?.id ?? '']);
    expect(find('interest', 'family.pregnancy')).toBeDefined();
  });

  test('said in the open about something that turns out closed, it is sealed with it', async () => {
    const { service, db, idOf } = await lived();
    await service.notMe([idOf('KitchenAid Rolling Pin')], 'thing');
    const target = db.query<{ id: number }>("SELECT target_id AS id FROM item_matches WHERE item_id = ? LIMIT 1").get(idOf('KitchenAid Rolling Pin'))?.id ?? 0;
    // As lists of words would say it that call this closed.
    db.command('INSERT INTO match_names (name) VALUES (?) ON CONFLICT DO NOTHING').run('habits.alcohol');
    db.command("UPDATE item_matches SET target_id = (SELECT name_id FROM match_names WHERE name = 'habits.alcohol') WHERE item_id = ? AND target_id = ?").run(idOf('KitchenAid Rolling Pin'), target);
    await service.refresh(new AbortController().signal);
    expect(db.query('SELECT 1 FROM not_me').all()).toEqual([]);
    expect(db.query<{ n: number }>("SELECT count(*) AS n FROM sealed_words WHERE kind = 'not-me'").get()?.n).toBe(1);
  });

  test('names that look like something else are only names', async () => {
    const { service, db, add, refresh, the } = await lived();
    const names = ["'; DROP TABLE items; --", '%', '_', '*', '"', '\\', '__proto__', 'constructor', '\u202ereversed', '🍞'.repeat(400), ' Big Thief ', 'big thief'];
    add('imp_odd', 'spotify', names.map((name, i) => ({ item: heard(name, name), atMs: daysAgo(3 + i) })));
    await refresh();
    const before = the('genre', 'music.rock.indie').evidence;
    const ids = db.query<{ id: number }>("SELECT item_id AS id FROM items WHERE item_id IN (SELECT item_id FROM records WHERE import_number = (SELECT number FROM imports WHERE import_id = 'imp_odd'))").all().map(({ id }) => id);
    for (const scope of ['thing', 'creator'] as const) expect((await service.notMe(ids, scope)).map(({ name }) => name).sort()).toEqual([...names].sort());
    // Another spelling of a name is nobody else's: only what these names matched themselves is gone.
    expect(the('genre', 'music.rock.indie').evidence).toBeGreaterThanOrEqual(before - 2);
    await service.wasMe(service.disowned().map(({ id }) => id));
    expect(the('genre', 'music.rock.indie').evidence).toBe(before);
  });

  test('is refused for what is not there, and for a maker nobody is named as', async () => {
    const { service, idOf } = await lived();
    await expect(service.notMe([987_654], 'thing')).rejects.toMatchObject({ code: 'ERR_ITEM_UNKNOWN' });
    await expect(service.notMe([idOf('KitchenAid Rolling Pin'), 987_654], 'thing')).rejects.toMatchObject({ code: 'ERR_ITEM_UNKNOWN' });
    await expect(service.notMe([idOf('KitchenAid Rolling Pin')], 'creator')).rejects.toMatchObject({ code: 'ERR_ITEM_UNKNOWN' });
    expect(service.disowned()).toEqual([]);
  });
});

describe('keeping and weakening', () => {
  test('what is pinned stays as strong as it was, without its records too', async () => {
    const { service, the, undo, numbers, refresh, audit } = await lived();
    const { id, strength } = the('genre', 'music.rock.indie');
    expect(service.pin(id)).toMatchObject({ id, strength, origin: 'corrected', manner: 'pinned' });
    undo(numbers.spotify);
    await refresh();
    expect(the('genre', 'music.rock.indie')).toMatchObject({ strength, manner: 'pinned', evidence: 0 });
    expect(service.why(id).summary.join(' ')).toContain('You pinned this');
    expect(audit.list({ limit: 20 }).entries.some(({ type }) => type === 'profile.pinned')).toBe(true);
    service.delete(id);
    expect(service.preferences().some((preference) => preference.id === id)).toBe(false);
  });

  test('what is weakened follows the records at half, and goes with them', async () => {
    const { service, the, find, undo, numbers, refresh, add } = await lived();
    const { id, strength } = the('genre', 'music.rock.indie');
    expect(service.weaken(id)).toMatchObject({ manner: 'weakened', origin: 'corrected' });
    expect(the('genre', 'music.rock.indie').strength).toBeCloseTo(strength / 2, 2);
    expect(service.weaken(id).strength).toBeCloseTo(strength / 4, 2);
    const more = add('imp_more', 'spotify', plays('The National', 9));
    await refresh();
    expect(the('genre', 'music.rock.indie').strength).toBeGreaterThan(strength / 4);
    undo(numbers.spotify);
    undo(more);
    await refresh();
    expect(find('genre', 'music.rock.indie')).toBeUndefined();
    add('imp_back', 'spotify', plays('Big Thief', 5));
    await refresh();
    expect(the('genre', 'music.rock.indie')).toMatchObject({ manner: 'weakened' });
    service.delete(id);
    expect(the('genre', 'music.rock.indie')).toMatchObject({ manner: null, origin: 'inferred' });
  });

  test('only what was concluded can count less', async () => {
    const { service } = await lived();
    const own = service.declare({ claim: 'interest', value: 'Sailing' });
    expect(() => service.weaken(own.id)).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }));
    expect(() => service.pin('nobody')).toThrow(expect.objectContaining({ code: 'ERR_PREFERENCE_UNKNOWN' }));
  });
});

describe('what would change it', () => {
  test('is true: without what carries most of it, after the time it names, with as many more as it names', async () => {
    const { service, the, example, clock, refresh } = await lived();
    const indie = the('genre', 'music.rock.indie');
    const { changes } = service.why(indie.id);
    const [most, fading] = changes;
    expect(most).toMatch(/^“Big Thief” alone makes \d+ of 100 parts/u);
    const months = /somewhat|gone in about (\d+) (months|years)/u.exec(fading ?? '');
    expect(months?.[1]).toBeDefined();
    const [said] = await service.notMe([example(indie.id, /Big Thief/u).itemId], 'creator');
    expect(the('genre', 'music.rock.indie').strength).toBeLessThan(indie.strength);
    await service.wasMe([said?.id ?? '']);
    const ahead = Number(months?.[1]) * (months?.[2] === 'years' ? 12 : 1);
    clock.advance((ahead - 1) * 30.4 * DAY_MS);
    if (months?.[2] === 'months') { await refresh(); expect(service.preferences().some(({ id }) => id === indie.id)).toBe(true); }
    clock.advance(Math.ceil(ahead * 0.2 + 2) * 30.4 * DAY_MS);
    await refresh();
    expect(service.preferences().some(({ id }) => id === indie.id)).toBe(false);
  });

  test('is said of prices and intents too, and of the person\'s own word', async () => {
    const { service, the, refresh, add } = await lived();
    add('imp_hike', 'amazon', ['Hiking boots', 'Trekking poles', 'Hiking backpack 40 l'].map((title, i) => ({ item: bought(title), atMs: daysAgo(5 + i) })));
    await refresh();
    const band = service.preferences().find(({ claim, value }) => claim === 'price_band' && value.startsWith('kitchenware'));
    expect(service.why(band?.id ?? '').changes[0]).toMatch(/more purchases? at .* would move it there/u);
    expect(service.why(the('intent', 'outdoor-gear.camping-gear').id).changes[0]).toMatch(/^It goes by itself within \d+ weeks/u);
    expect(service.why(service.declare({ claim: 'interest', value: 'Sailing' }).id).changes).toEqual([expect.stringContaining('Deleting your statement')]);
  });
});
