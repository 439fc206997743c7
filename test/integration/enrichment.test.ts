/** The profile over real records in the encrypted database: concluding, explaining, correcting, ruling out, undoing. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { removeRecords } from '../../electron/core/records/record-writer.ts';
import { temporaryFolder } from '../support/database.ts';
import { bought, DAY_MS, daysAgo, heard, item, NOW_MS, openEnrichment, RESOURCES, watched, type TestRecord } from '../support/enrichment.ts';
import { readLabelled } from '../quality/labelled.ts';
import { testPorts } from '../support/ports.ts';

const baking: TestRecord[] = [
  { item: bought('KitchenAid Stand Mixer 4.8 L'), atMs: daysAgo(40), priceMinor: 39_900 },
  { item: bought('Nordic Ware Bundt Pan'), atMs: daysAgo(30), priceMinor: 3_900 },
  { item: bought('KitchenAid Rolling Pin'), atMs: daysAgo(20), priceMinor: 2_900 },
  { item: bought('Springform Cake Tin 26 cm'), atMs: daysAgo(10), priceMinor: 1_900 },
];
const music: TestRecord[] = ['Big Thief', 'Alvvays', 'The National', 'Wilco'].flatMap((artist, a) => Array.from({ length: 12 }, (_, i) => ({ item: heard(artist, `Song ${i % 5}`), atMs: daysAgo(1 + a * 7 + i) })));
const sealed: TestRecord[] = [{ item: bought('Clearblue Pregnancy Test'), atMs: daysAgo(15) }, { item: bought('Prenatal yoga mat'), atMs: daysAgo(14) }];

async function lived() {
  const vault = openEnrichment();
  vault.add('imp_amazon', 'amazon', [...baking, ...sealed]);
  vault.add('imp_spotify', 'spotify', music);
  vault.add('imp_netflix', 'netflix', [{ item: watched('The Great British Baking Show: Collection 14: Bread Week', 'The Great British Baking Show'), atMs: daysAgo(5) }]);
  await vault.refresh();
  return vault;
}

describe('concluding', () => {
  test('an empty vault has an empty profile', async () => {
    const { service, refresh } = openEnrichment();
    const closed = { count: 0, openUntilMs: null };
    expect(service.list()).toEqual({ preferences: [], records: 0, updatedAtMs: null, rulesWait: false, closed });
    expect(await refresh()).toEqual({ added: 0, removed: 0 });
    expect(service.list()).toEqual({ preferences: [], records: 0, updatedAtMs: NOW_MS, rulesWait: false, closed });
  });

  test('records become interests, genres, brands and price ranges, each with words, path and IAB id', async () => {
    const { the, find, service, events, changes } = await lived();
    expect(the('interest', 'food.cooking.baking')).toMatchObject({ label: 'Baking', path: ['Food and drink', 'Cooking', 'Baking'], iab: '217', origin: 'inferred', sensitive: false, evidence: 5, horizonWeeks: null, lastSeenMs: daysAgo(5) });
    expect(the('interest', 'food.cooking.baking').confidence).toBeGreaterThan(0.8);
    expect(the('interest', 'food').strength).toBeGreaterThanOrEqual(the('interest', 'food.cooking.baking').strength);
    expect(the('genre', 'music.rock.indie')).toMatchObject({ label: 'Indie rock', evidence: 36 });
    expect(find('genre', 'music')).toBeUndefined();
    expect(the('brand', 'KitchenAid')).toMatchObject({ evidence: 2 });
    expect(find('brand', 'Nordic Ware')).toBeUndefined();
    expect(the('price_band', 'kitchenware:middle')).toMatchObject({ evidence: 3, label: 'Kitchenware: middle prices' });
    expect(service.list()).toMatchObject({ records: 55, updatedAtMs: NOW_MS });
    expect(events).toEqual(['profile.changed']);
    expect(changes()).toBe(1);
    for (const { strength, confidence, id } of service.preferences()) {
      expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThanOrEqual(1);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  test('closed evidence is concluded only inside its closed part, and marked', async () => {
    const { the, service, openClosed } = await lived();
    await openClosed();
    expect(the('interest', 'family.pregnancy')).toMatchObject({ sensitive: true, evidence: 2 });
    expect(the('interest', 'family')).toMatchObject({ sensitive: true });
    // The yoga mat of the second one says nothing about yoga.
    expect(service.preferences().filter((preference) => preference.value.startsWith('movement'))).toEqual([]);
    expect(service.preferences().filter((preference) => preference.sensitive).map((preference) => preference.value)).toEqual(['family', 'family.pregnancy']);
  });

  test('the same vault concludes the same, and only new items are matched again', async () => {
    const { service, refresh, add, db } = await lived();
    const before = service.preferences();
    expect(await refresh()).toEqual({ added: 0, removed: 0 });
    expect(service.preferences()).toEqual(before);
    // Were old items matched again, these would come back.
    db.exec("DELETE FROM item_matches WHERE item_kind = 'music'");
    add('imp_more', 'spotify', [{ item: heard('Miles Davis', 'So What'), atMs: daysAgo(2) }]);
    await refresh();
    expect(service.preferences().filter((preference) => preference.value.startsWith('music.')).map((preference) => preference.value).sort()).toEqual(['music.jazz', 'music.jazz.classic-jazz']);
  });

  test('other lists mean that everything is looked at again', async () => {
    const { db, audit, clock, service, find, closedKey } = await lived();
    const resourcesDir = temporaryFolder();
    cpSync(RESOURCES, resourcesDir, { recursive: true });
    const artists = join(resourcesDir, 'lexicons/artists.tsv');
    writeFileSync(artists, readFileSync(artists, 'utf8').replace(';Big Thief', ''));
    const next = createEnrichmentService({ db, audit, emit: () => undefined, ports: testPorts({ clock, resourcesDir }), closedKey });
    expect(service.isStale()).toBe(false);
    expect(next.isStale()).toBe(true);
    await next.refresh(new AbortController().signal);
    await next.applyRules();
    expect(next.isStale()).toBe(false);
    expect(find('genre', 'music.rock.indie')?.evidence).toBe(24);
  });

  test('time lets strength fade, and a day makes it stale', async () => {
    const { clock, the, find, service, refresh } = await lived();
    const before = the('interest', 'food.cooking.baking').strength, genre = the('genre', 'music.rock.indie').strength;
    expect(service.isStale()).toBe(false);
    clock.advance(2 * 365 * DAY_MS);
    expect(service.isStale()).toBe(true);
    await refresh();
    expect(the('interest', 'food.cooking.baking').strength).toBeLessThan(before);
    expect(find('genre', 'music.rock.indie')?.strength ?? 0).toBeLessThan(genre / 2);
  });

  test('undoing an import removes what was concluded only from it', async () => {
    const { db, service, refresh, openClosed, find, the } = await lived();
    await openClosed();
    const number = db.query<{ number: number }>("SELECT number FROM imports WHERE import_id = 'imp_amazon'").get()?.number ?? 0;
    db.transaction(() => removeRecords(db, number));
    expect(service.isStale()).toBe(true);
    const { removed } = await refresh();
    // Closed conclusions are not stored, so they do not count.
    expect(removed).toBeGreaterThan(2);
    expect(find('brand', 'KitchenAid')).toBeUndefined();
    expect(find('interest', 'family.pregnancy')).toBeUndefined();
    expect(the('interest', 'food.cooking.baking').evidence).toBe(1);
    expect(the('genre', 'music.rock.indie').evidence).toBe(36);
  });

  test('stopping leaves the profile as it was', async () => {
    const { service, add, db } = await lived();
    const before = service.preferences();
    add('imp_late', 'amazon', [{ item: bought('Banneton proofing basket'), atMs: daysAgo(1) }]);
    const stop = new AbortController();
    stop.abort();
    await expect(service.refresh(stop.signal)).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    expect(service.preferences()).toEqual(before);
    const later = new AbortController();
    await expect(service.refresh(later.signal, () => { later.abort(); })).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    expect(db.query<{ n: number }>("SELECT count(*) AS n FROM preferences WHERE value = 'food.cooking.bread'").get()?.n).toBe(0);
    await service.refresh(new AbortController().signal);
    expect(service.preferences().some((preference) => preference.value === 'food.cooking.bread')).toBe(true);
  });
});

describe('why', () => {
  test('leads from records by rules to the conclusion, in plain words', async () => {
    const { service, the } = await lived();
    const { preference, summary, changes, rules } = service.why(the('interest', 'food.cooking.baking').id);
    expect(preference.label).toBe('Baking');
    expect(rules.map(({ rule, records }) => [rule, records])).toEqual([['lexicon/product@1', 4], ['lexicon/title@1', 1]]);
    expect(rules[0]?.examples.map((example) => example.title)).toEqual(['Springform Cake Tin 26 cm', 'KitchenAid Rolling Pin', 'Nordic Ware Bundt Pan', 'KitchenAid Stand Mixer 4.8 L']);
    expect(rules[0]?.examples[0]).toMatchObject({ source: 'amazon', importId: 'imp_amazon', count: 1, lastAtMs: daysAgo(10), creator: null });
    expect(rules[1]?.examples).toMatchObject([{ title: 'The Great British Baking Show: Collection 14: Bread Week', importId: 'imp_netflix' }]);
    expect(summary[0]).toBe('Penchant saw 5 records from Amazon and Netflix that point to “Baking”, the newest on 18 November 2026.');
    expect(changes.join(' ')).toContain('Never infer this');
  });

  test('says how often something new lasts with the person, once their records can tell, and reckons with it', async () => {
    const { service, add, refresh, the } = await lived();
    expect(service.why(the('interest', 'food.cooking.baking').id).summary.join(' ')).toContain('leaves room for presents');
    const before = the('interest', 'food.cooking.baking').confidence;
    // Five years in which one new artist after the other was heard for an evening.
    const artists = readLabelled().filter(({ kind, split, labels }) => kind === 'music' && split === 'dev' && labels.length > 0);
    add('imp_years', 'spotify', artists.flatMap(({ item: { creator } }, i) => [{ item: heard(creator ?? '', 'Once'), atMs: daysAgo(1_500 - i * 12) }]).concat([{ item: heard('Nobody Known', 'First'), atMs: daysAgo(2_000) }]));
    await refresh();
    const said = service.why(the('interest', 'food.cooking.baking').id).summary.join(' ');
    const [, firsts = '', again = ''] = /of (\d+) subjects that were new in your records, (\d+) came back within a year/u.exec(said) ?? [];
    expect(Number(firsts)).toBeGreaterThanOrEqual(20);
    expect(Number(again)).toBeLessThan(Number(firsts) / 2);
    expect(the('interest', 'food.cooking.baking').confidence).toBeLessThan(before);
    // Prices and intents are reckoned otherwise.
    const band = service.preferences().find(({ claim }) => claim === 'price_band');
    expect(service.why(band?.id ?? '').summary.join(' ')).toContain('leaves room for presents');
  });

  test('of what lies above names the records of what lies below', async () => {
    const { service, the } = await lived();
    const above = service.why(the('interest', 'food').id);
    expect(above.rules.reduce((sum, rule) => sum + rule.records, 0)).toBe(the('interest', 'food').evidence);
    const genre = service.why(the('genre', 'music.rock').id);
    expect(genre.rules).toMatchObject([{ rule: 'lexicon/artist@1', records: 36 }]);
    expect(genre.rules[0]?.examples).toHaveLength(5);
    expect(new Set(genre.rules[0]?.examples.map((example) => example.creator)).size).toBeGreaterThan(1);
  });

  test('names the records behind every conclusion there is', async () => {
    const { service, openClosed } = await lived();
    await openClosed();
    for (const preference of service.preferences()) {
      const { rules, summary } = service.why(preference.id);
      expect(Math.max(0, ...rules.map((rule) => rule.records)), `${preference.claim} ${preference.value}`).toBeGreaterThan(0);
      expect(rules.flatMap((rule) => rule.examples).length).toBeGreaterThan(0);
      expect(summary.length).toBeGreaterThanOrEqual(3);
      if (preference.sensitive) expect(summary.join(' ')).toContain('closed part of life');
    }
  });

  test('explains a price range and an intent by what was bought', async () => {
    const { service, add, refresh, the } = await lived();
    add('imp_hike', 'amazon', ['Hiking boots', 'Trekking poles', 'Hiking backpack 40 l'].map((title, i) => ({ item: bought(title), atMs: daysAgo(5 + i), priceMinor: 9_000 })));
    await refresh();
    const intent = the('intent', 'outdoor-gear.camping-gear');
    expect(intent).toMatchObject({ label: 'Tents and camping', path: ['Outdoor gear', 'Tents and camping'], iab: '1637', horizonWeeks: 16, evidence: 3 });
    const why = service.why(intent.id);
    expect(why.rules).toMatchObject([{ rule: 'intent/adjacent@1', records: 3 }]);
    expect(why.summary).toContain('Several pieces of hiking gear in a short time are often followed by a tent or a sleeping bag.');
    expect(service.why(the('price_band', 'kitchenware:middle').id).summary.join(' ')).toMatch(/Bakeware: low below 13 euro, high from 35 euro/);
  });

  test('an unknown id is said to be unknown', async () => {
    const { service } = await lived();
    for (const id of ['', 'x', '__proto__', 'A'.repeat(64)]) expect(() => service.why(id)).toThrow(expect.objectContaining({ code: 'ERR_PREFERENCE_UNKNOWN' }));
  });
});

describe('what comes close together', () => {
  const SERIES = 'The Great British Baking Show';
  const episodes = (days: (nth: number) => number): TestRecord[] => Array.from({ length: 12 }, (_, i) => ({ item: watched(`${SERIES}: Collection 14: Week ${i}`, SERIES), atMs: daysAgo(days(i)) - i * 3_600_000 }));
  const strengthOf = async (records: readonly TestRecord[]): Promise<number> => {
    const vault = openEnrichment();
    vault.add('imp_netflix', 'netflix', records);
    await vault.refresh();
    return vault.the('interest', 'food.cooking.baking').strength;
  };

  test('says less than the same spread over months, and more than a part of it alone', async () => {
    const binge = await strengthOf(episodes((nth) => 2 + (nth % 2))), spread = await strengthOf(episodes((nth) => 2 + nth * 14));
    // The spread ones are older, and say more all the same.
    expect(binge).toBeLessThan(spread);
    expect(binge).toBeGreaterThan(await strengthOf(episodes((nth) => 2 + (nth % 2)).slice(0, 8)));
    expect(await strengthOf(episodes((nth) => 2 + (nth % 2)).reverse())).toBe(binge);
  });

  test('of one artist says less in a night than over a year, and two nights say more than one', async () => {
    const played = (days: number): TestRecord[] => Array.from({ length: 200 }, (_, i) => ({ item: heard('Miles Davis', `Track ${i % 30}`), atMs: daysAgo(1 + (i % days)) - i * 100_000 }));
    const jazz = async (records: readonly TestRecord[]): Promise<number> => {
      const vault = openEnrichment();
      vault.add('imp_spotify', 'spotify', records);
      await vault.refresh();
      return vault.the('genre', 'music.jazz').strength;
    };
    const night = await jazz(played(1)), nights = await jazz(played(2)), month = await jazz(played(30));
    expect(night).toBeLessThan(nights);
    expect(nights).toBeLessThan(month);
  });

  test('is told where it counted, and only there; things that are merely marked or bought on one day count in full', async () => {
    const vault = openEnrichment();
    vault.add('imp_netflix', 'netflix', episodes(() => 3));
    await vault.refresh();
    expect(vault.service.why(vault.the('interest', 'food.cooking.baking').id).summary).toContain(`Of “${SERIES}”, 12 things came up on one day and hardly again. What comes so close together counts less than the same spread over months.`);
    const apart = openEnrichment();
    apart.add('imp_netflix', 'netflix', episodes((nth) => 3 + nth));
    await apart.refresh();
    expect(apart.service.why(apart.the('interest', 'food.cooking.baking').id).summary.join(' ')).not.toContain('close together');
    const saved = (atMs: (nth: number) => number): TestRecord[] => Array.from({ length: 12 }, (_, i) => ({ item: heard('Miles Davis', `Track ${i}`), act: 'saved' as const, atMs: atMs(i) }));
    const [once, never] = [openEnrichment(), openEnrichment()];
    once.add('imp_spotify', 'spotify', saved(() => daysAgo(180)));
    never.add('imp_spotify', 'spotify', saved(() => 0));
    for (const one of [once, never]) await one.refresh();
    expect(once.the('genre', 'music.jazz').strength).toBeCloseTo(never.the('genre', 'music.jazz').strength, 2);
  });
});

describe('the person’s own word', () => {
  test('declaring adds it, turns a conclusion into a declaration, and stays after every refresh', async () => {
    const { service, refresh, the, audit } = await lived();
    expect(service.declare({ claim: 'interest', value: 'Yoga' })).toMatchObject({ value: 'movement.yoga', strength: 1, confidence: 1, origin: 'declared', evidence: 0, lastSeenMs: NOW_MS });
    expect(service.declare({ claim: 'interest', value: 'food.cooking.baking' })).toMatchObject({ origin: 'declared', strength: 1, evidence: 5 });
    expect(service.declare({ claim: 'intent', value: 'Luggage', horizonWeeks: 3 })).toMatchObject({ value: 'accessories.luggage', horizonWeeks: 3 });
    expect(service.declare({ claim: 'intent', value: 'kitchenware' }).horizonWeeks).toBe(8);
    expect(service.declare({ claim: 'brand', value: 'kitchenaid' })).toMatchObject({ value: 'KitchenAid', evidence: 2 });
    await refresh();
    expect(the('interest', 'movement.yoga').origin).toBe('declared');
    expect(the('interest', 'food.cooking.baking').origin).toBe('declared');
    expect(service.why(the('interest', 'food.cooking.baking').id)).toMatchObject({ rules: [{ rule: 'lexicon/product@1' }, { rule: 'lexicon/title@1' }] });
    const entries = audit.list({ limit: 10 }).entries.filter((entry) => entry.type === 'profile.declared');
    expect(entries).toHaveLength(5);
    expect(entries.at(-1)?.claims).toEqual([{ claim: 'interest', precision: 1 }]);
    expect(JSON.stringify(entries)).not.toMatch(/yoga|baking|kitchenaid|luggage/i);
  });

  test('a refused value changes nothing and leaves no entry', async () => {
    const { service, audit } = await lived();
    const before = service.preferences(), seq = audit.size();
    for (const value of ['no such thing', '', 'x'.repeat(500), 'food\u0000']) expect(() => service.declare({ claim: 'interest', value })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }));
    expect(() => service.declare({ claim: 'income', value: '1' })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_UNKNOWN' }));
    expect(() => service.correct({ id: 'none', strength: 1 })).toThrow(expect.objectContaining({ code: 'ERR_PREFERENCE_UNKNOWN' }));
    expect(service.preferences()).toEqual(before);
    expect(audit.size()).toBe(seq);
  });

  test('there is one age, one home and one system of units', async () => {
    const { service } = await lived();
    for (const [claim, values] of [['age', ['34', '40-44']], ['region', ['DE', 'AT-9']], ['units', ['metric', 'imperial']]] as const) for (const value of values) service.declare({ claim, value });
    const said = service.preferences().filter((preference) => ['age', 'region', 'units'].includes(preference.claim)).map((preference) => preference.value);
    expect(said).toEqual(['40-44', 'AT-9', 'imperial']);
  });

  test('correcting a strength or a value outlives refreshes; deleting brings the conclusion back', async () => {
    const { service, refresh, the, find } = await lived();
    const indie = the('genre', 'music.rock.indie'), folk = the('interest', 'food.cooking.baking');
    expect(service.correct({ id: indie.id, strength: 0.1 })).toMatchObject({ id: indie.id, strength: 0.1, origin: 'corrected', evidence: 36 });
    const moved = service.correct({ id: folk.id, value: 'Bread making' });
    expect(moved).toMatchObject({ value: 'food.cooking.bread', origin: 'corrected', strength: 1 });
    await refresh();
    expect(the('genre', 'music.rock.indie').strength).toBe(0.1);
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
    const again = service.correct({ id: moved.id, value: 'food.cooking.italian' });
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
    expect(find('interest', 'food.cooking.bread')).toBeUndefined();
    // Saying it outright is stronger than having corrected it away.
    service.declare({ claim: 'interest', value: 'Baking' });
    expect(the('interest', 'food.cooking.baking').origin).toBe('declared');
    service.delete(the('interest', 'food.cooking.baking').id);
    service.delete(again.id);
    service.delete(indie.id);
    expect(the('interest', 'food.cooking.baking')).toMatchObject({ origin: 'inferred', evidence: 5 });
    expect(the('genre', 'music.rock.indie')).toMatchObject({ origin: 'inferred', strength: indie.strength });
  });

  test('a corrected closed conclusion stays sealed', async () => {
    const { service, the, openClosed } = await lived();
    await openClosed();
    expect(service.correct({ id: the('interest', 'family.pregnancy').id, strength: 0.5 }).sensitive).toBe(true);
    expect(service.declare({ claim: 'interest', value: 'Diabetes' }).sensitive).toBe(true);
    expect(service.declare({ claim: 'avoid', value: 'Alcohol' }).sensitive).toBe(true);
  });
});

describe('never infer this', () => {
  test('removes it and all below, supports nothing above, and outlives refreshes and imports', async () => {
    const { service, refresh, add, the, find, audit } = await lived();
    const before = new Map(service.preferences().map((preference) => [preference.id, preference.strength]));
    const food = the('interest', 'food').strength;
    const rejected = await service.reject(the('interest', 'food.cooking').id);
    expect(rejected).toMatchObject({ claim: 'interest', value: 'food.cooking', label: 'Cooking', path: ['Food and drink', 'Cooking'], rejectedAtMs: NOW_MS });
    expect(find('interest', 'food.cooking')).toBeUndefined();
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
    expect(find('interest', 'food')?.strength ?? 0).toBeLessThan(food);
    for (const { id, strength } of service.preferences()) expect(strength).toBeLessThanOrEqual(before.get(id) ?? -1);
    add('imp_again', 'amazon', [{ item: bought('Muffin tin'), atMs: daysAgo(1) }, { item: bought('Chef knife'), atMs: daysAgo(1) }]);
    await refresh();
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
    expect(find('interest', 'food.cooking')).toBeUndefined();
    expect(service.rejections()).toEqual([rejected]);
    expect(audit.list({ limit: 50 }).entries.filter((entry) => entry.type === 'profile.rejected')).toMatchObject([{ claims: [{ claim: 'interest' }] }]);
    await service.restore(rejected.id);
    expect(the('interest', 'food.cooking.baking').evidence).toBe(6);
    expect(service.rejections()).toEqual([]);
    await expect(service.restore(rejected.id)).rejects.toMatchObject({ code: 'ERR_PREFERENCE_UNKNOWN' });
  });

  test('holds against a refresh that was under way', async () => {
    const { service, the, find } = await lived();
    const { id } = the('interest', 'food.cooking.baking');
    const running = service.refresh(new AbortController().signal);
    await service.reject(id);
    await running;
    expect(find('interest', 'food.cooking.baking')).toBeUndefined();
  });

  test('the person may still say it by hand', async () => {
    const { service, refresh, the } = await lived();
    await service.reject(the('interest', 'food').id);
    service.declare({ claim: 'interest', value: 'Baking' });
    await refresh();
    expect(the('interest', 'food.cooking.baking')).toMatchObject({ origin: 'declared' });
  });

  test('works for brands, price ranges and intents', async () => {
    const { service, refresh, the, find, add } = await lived();
    add('imp_hike', 'amazon', ['Hiking boots', 'Trekking poles', 'Hiking backpack 40 l'].map((title, i) => ({ item: bought(title), atMs: daysAgo(5 + i) })));
    await refresh();
    for (const [claim, value] of [['brand', 'KitchenAid'], ['price_band', 'kitchenware:middle'], ['intent', 'outdoor-gear.camping-gear']] as const) {
      await service.reject(the(claim, value).id);
      await refresh();
      expect(find(claim, value), claim).toBeUndefined();
    }
  });
});

test('a long life is understood in pieces that let others go on', async () => {
  const { db, add, refresh, service, the } = openEnrichment();
  const artists = ['Big Thief', 'Miles Davis', 'Daft Punk', 'Nobody Known', 'Johann Sebastian Bach'];
  add('imp_long', 'spotify', Array.from({ length: 60_000 }, (_, i) => ({ item: item('music', `Song ${i % 12_000}`, { creator: artists[i % artists.length] ?? null }), atMs: NOW_MS - i * 60_000 })));
  let turns = 0;
  const ticking = setInterval(() => { turns += 1; }, 5);
  const startedAtMs = performance.now();
  await refresh();
  clearInterval(ticking);
  process.stdout.write(`60,000 plays of 12,000 songs understood in ${Math.round(performance.now() - startedAtMs)} ms\n`);
  expect(turns).toBeGreaterThan(3);
  expect(service.list().records).toBe(60_000);
  expect(the('genre', 'music.jazz.classic-jazz').evidence).toBe(12_000);
  expect(db.query<{ n: number }>('SELECT count(*) AS n FROM item_matches').get()?.n).toBe(9_600);
});

describe('what was done with a thing', () => {
  const book = (title: string, creator: string) => item('book', title, { creator });
  const HAIL_MARY = book('Project Hail Mary', 'Andy Weir'), SCIENCE_FICTION = 'books.speculative.science-fiction';

  async function withRecords(records: readonly TestRecord[]) {
    const vault = openEnrichment();
    vault.add('imp_books', 'goodreads', records);
    await vault.refresh();
    return vault;
  }

  test('liking says more than reading, wanting less, and both say why they count', async () => {
    const strength = async (act: NonNullable<TestRecord['act']>) => (await withRecords([{ item: HAIL_MARY, act, atMs: daysAgo(3) }])).the('genre', SCIENCE_FICTION).strength;
    const [wanted, used, liked] = [await strength('wanted'), await strength('used'), await strength('liked')];
    expect(wanted).toBeLessThan(used);
    expect(used).toBeLessThan(liked);
    const { service, the } = await withRecords([{ item: HAIL_MARY, act: 'liked', atMs: daysAgo(3) }]);
    const examples = service.why(the('genre', SCIENCE_FICTION).id).rules.flatMap((rule) => rule.examples);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example).toMatchObject({ title: 'Project Hail Mary', act: 'liked', source: 'goodreads', count: 1 });
  });

  test('disliking one thing takes away what another of its kind said, and is no evidence for it', async () => {
    const both: TestRecord[] = [{ item: HAIL_MARY, atMs: daysAgo(3) }, { item: book('The Martian', 'Andy Weir'), atMs: daysAgo(3) }];
    const before = await withRecords(both);
    const after = await withRecords([...both, { item: book('Artemis', 'Andy Weir'), act: 'disliked', atMs: daysAgo(3) }]);
    expect(after.the('genre', SCIENCE_FICTION).strength).toBeLessThan(before.the('genre', SCIENCE_FICTION).strength);
    expect(after.the('genre', SCIENCE_FICTION).evidence).toBe(2);
    expect(after.service.why(after.the('genre', SCIENCE_FICTION).id).rules.flatMap(({ examples }) => examples).map(({ title }) => title)).not.toContain('Artemis');
    const only = await withRecords([{ item: HAIL_MARY, act: 'disliked', atMs: daysAgo(3) }]);
    expect(only.find('genre', SCIENCE_FICTION)).toBeUndefined();
  });

  test('what a company says about a person is evidence of nothing, but goes into the closed part where it belongs there', async () => {
    const { service, db } = await withRecords([{ item: item('topic', 'Science fiction books'), act: 'claimed', atMs: 0 }, { item: item('topic', 'Prenatal yoga'), act: 'claimed', atMs: 0 }]);
    expect(service.preferences()).toEqual([]);
    expect(db.query('SELECT title FROM items ORDER BY item_id').all()).toEqual([{ title: 'Science fiction books' }, { title: '' }]);
  });

  test('what was bought as a present says nothing of the person, has no price range and leads to no intent', async () => {
    const given = await withRecords(baking.map((record) => ({ ...record, act: 'given' as const })));
    expect(given.service.preferences()).toEqual([]);
    expect((await given.service.patterns()).patterns).toEqual([]);
    const both = await withRecords([...baking, ...baking.map((record) => ({ ...record, act: 'given' as const, atMs: record.atMs + 1 }))]), own = await withRecords(baking);
    expect(both.service.preferences()).toEqual(own.service.preferences());
  });

  test('something bought for real has a price range and leads to intents; something on a wish list has no price range, and may be bought itself', async () => {
    const wanted = await withRecords(baking.map((record) => ({ ...record, act: 'wanted' as const })));
    expect(wanted.find('interest', 'food.cooking.baking')).toBeDefined();
    expect(wanted.service.preferences().filter(({ claim }) => claim === 'price_band' || claim === 'intent').map(({ claim, value }) => [claim, value])).toEqual([['intent', 'kitchenware.bakeware']]);
    const why = wanted.service.why(wanted.the('intent', 'kitchenware.bakeware').id);
    expect(why.rules.map(({ rule }) => rule)).toEqual(['intent/looking@1']);
    expect(why.summary.join(' ')).toContain('put aside');
  });

  test('what has no date counts half, whenever it is looked at, and is said to have none', async () => {
    const vault = await withRecords([{ item: HAIL_MARY, act: 'saved', atMs: 0 }]);
    const [before, words] = [vault.the('genre', SCIENCE_FICTION), vault.service.why(vault.the('genre', SCIENCE_FICTION).id).summary.join(' ')];
    expect(before.lastSeenMs).toBe(0);
    expect(words).not.toContain('1970');
    vault.clock.advance(400 * DAY_MS);
    await vault.refresh();
    expect(vault.the('genre', SCIENCE_FICTION).strength).toBe(before.strength);
    const [fresh, old] = [await withRecords([{ item: HAIL_MARY, act: 'saved', atMs: daysAgo(0) }]), await withRecords([{ item: HAIL_MARY, act: 'saved', atMs: daysAgo(360) }])];
    expect(before.strength).toBeLessThan(fresh.the('genre', SCIENCE_FICTION).strength);
    expect(before.strength).toBeGreaterThan(old.the('genre', SCIENCE_FICTION).strength);
  });
});

test('what companies say stands beside what the vault says, by source; the closed part keeps its own to itself', async () => {
  const vault = openEnrichment();
  const { service, the, openClosed } = vault;
  vault.add('imp_books', 'goodreads', [{ item: item('book', 'Project Hail Mary', { creator: 'Andy Weir' }), atMs: daysAgo(3) }]);
  vault.add('imp_meta', 'instagram', [
    { item: item('topic', 'Science fiction'), act: 'claimed', atMs: 0 }, { item: item('topic', 'Baking'), act: 'claimed', atMs: daysAgo(9) }, { item: item('topic', 'Prenatal yoga'), act: 'claimed', atMs: 0 },
    { item: item('topic', 'Qwxz'), act: 'claimed', atMs: 0 }, { item: item('advertiser', 'KitchenAid'), act: 'claimed', atMs: 0 },
  ]);
  expect(service.claimed()).toEqual({ claims: expect.any(Array) as unknown, hidden: 0 });
  await vault.refresh();
  const { claims, hidden } = service.claimed();
  expect(hidden).toBe(1);
  expect(claims.map(({ title, kind, source, word, yours, lastAtMs }) => [title, kind, source, word?.label, yours?.id, lastAtMs])).toEqual([
    ['Baking', 'topic', 'instagram', 'Baking', undefined, daysAgo(9)], ['KitchenAid', 'advertiser', 'instagram', 'KitchenAid', undefined, 0],
    ['Qwxz', 'topic', 'instagram', undefined, undefined, 0], ['Science fiction', 'topic', 'instagram', 'Science fiction', the('genre', 'books.speculative.science-fiction').id, 0],
  ]);
  vault.add('imp_tiktok', 'tiktok', ['Food', 'Sports', 'Dog food and more'].map((title) => ({ item: item('topic', title), act: 'claimed' as const, atMs: 0 })));
  await vault.refresh();
  // Whole areas by a single word of their name, and nothing that only has the word in it.
  expect(Object.fromEntries(service.claimed().claims.filter(({ source }) => source === 'tiktok').map(({ title, word }) => [title, word?.value]))).toMatchObject({ Food: 'food', Sports: 'sport' });
  expect(service.claimed().claims.find(({ title }) => title === 'Dog food and more')?.word?.value).not.toBe('food');
  await openClosed();
  const opened = service.claimed();
  expect([opened.hidden, opened.claims.filter(({ sensitive }) => sensitive).map(({ title, word }) => [title, word !== null])]).toEqual([0, [['Prenatal yoga', true]]]);
  service.shutClosed();
  expect(service.claimed().hidden).toBe(1);
});

test('the months of a conclusion are those of its records, each counted once however many rules it follows', async () => {
  const vault = openEnrichment();
  const at = (month: number, day: number): number => Date.UTC(2026, month, day, 12);
  vault.add('imp_a', 'amazon', [
    { item: bought('Nordic Ware Bundt Pan'), atMs: at(0, 1) }, { item: bought('Springform Cake Tin 26 cm'), atMs: at(0, 31) }, { item: bought('Stand mixer'), atMs: at(3, 2) }, { item: bought('Tent for two'), atMs: at(4, 2) },
    { item: bought('Rolling Pin'), act: 'wanted', atMs: 0 },
  ]);
  await vault.refresh();
  const { months, rules } = vault.service.why(vault.the('interest', 'food.cooking.baking').id);
  expect(months).toEqual([{ month: '2026-01', count: 2 }, { month: '2026-04', count: 1 }]);
  expect(rules.length).toBeGreaterThan(0);
});
