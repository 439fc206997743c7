/** Law of the totals: whatever came and went, and however much time passed, they are what counting every record anew would give. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { removeRecords } from '../../electron/core/records/record-writer.ts';
import { forgetAllTotals, totalItems, type ItemTotals } from '../../electron/core/records/totals.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { UNDATED_MS, type ItemKind } from '../../shared/domain/records.ts';
import { blockOf } from '../../electron/core/records/columns.ts';
import { createItemWeeks } from '../../electron/core/records/weeks.ts';
import { openTestDatabase } from '../support/database.ts';
import { bought, DAY_MS, daysAgo, heard, NOW_MS, openEnrichment } from '../support/enrichment.ts';

const halfLifeMsOf = (kind: ItemKind): number => (kind === 'product' ? 365 : 180) * DAY_MS;
const THINGS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => ({ name, kind: i % 2 === 0 ? 'product' as const : 'music' as const }));
/** Ids grow by so many from thing to thing, so that they lie in several blocks. */
const APART = 1_500;

interface Row { readonly item_id: number; readonly at_ms: number; readonly quantity: number | null; readonly amount_minor: number | null; readonly currency: string | null; readonly background: number }

/** What is right, by the words of what totals are, row by row. */
function expectRight(db: WritableDb, totals: ItemTotals, asOfMs: number): void {
  const rows = db.query<Row>('SELECT item_id, at_ms, quantity, amount_minor, currency, background FROM records').all();
  expect(totals.records).toBe(rows.length);
  for (const { id, kind } of db.query<{ id: number; kind: ItemKind }>('SELECT item_id AS id, kind FROM items').all()) {
    const own = rows.filter((row) => row.item_id === id), currencies = [...new Set(own.flatMap(({ currency }) => currency ?? []))];
    expect(totals.count[id], `count of ${id}`).toBe(own.length);
    if (own.length === 0) continue;
    const times = own.map(({ at_ms: atMs }) => atMs), add = (value: (row: Row) => number | null): number => own.reduce((sum, row) => sum + (value(row) ?? 0), 0);
    expect([totals.firstAtMs[id], totals.lastAtMs[id], totals.quantity[id], totals.amountMinor[id], totals.currencyOf(id)], `${id}`)
      .toEqual([Math.min(...times), Math.max(...times), add((row) => row.quantity), add((row) => row.amount_minor), currencies.length === 1 ? currencies[0] : null]);
    const decayed = own.reduce((sum, { at_ms: atMs, background }) => sum + (atMs === UNDATED_MS ? 0.5 : (background === 1 ? 0.25 : 1) * 2 ** (Math.min(0, atMs - asOfMs) / halfLifeMsOf(kind))), 0);
    const weeks = createItemWeeks(blockOf(id) + 1);
    for (const atMs of times) weeks.add(id, atMs);
    expect(totals.weeksOf(id).sort(), `weeks of ${id}`).toEqual(weeks.of(id).sort());
    expect(Math.abs(totals.decayedOf(id) / decayed - 1), `decay of ${id}`).toBeLessThan(1e-9);
  }
}

const record = fc.record({
  thing: fc.constantFrom(...THINGS), atMs: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: Date.UTC(2003, 0, 1), max: NOW_MS }) }, { weight: 1, arbitrary: fc.constant(UNDATED_MS) }, { weight: 1, arbitrary: fc.integer({ min: NOW_MS, max: NOW_MS + 900 * DAY_MS }) }),
  amountMinor: fc.option(fc.integer({ min: 1, max: 90_000 })), currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'), background: fc.boolean(),
});
type Drawn = typeof record extends fc.Arbitrary<infer T> ? T : never;
type Step = { readonly do: 'import' | 'grow' | 'while counting'; readonly records: readonly Drawn[]; readonly which: number } | { readonly do: 'undo' | 'forget some'; readonly which: number } | { readonly do: 'wait'; readonly days: number } | { readonly do: 'nothing' };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('import' as const, 'import' as const, 'grow' as const, 'while counting' as const), records: fc.array(record, { minLength: 1, maxLength: 6 }), which: fc.nat(9) }),
  fc.record({ do: fc.constantFrom('undo' as const, 'forget some' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: -60, max: 700 }) }), fc.constant({ do: 'nothing' as const }),
);

describe('totals that are kept', () => {
  test('are what counting anew gives, over any order of imports, undoing, deleting, and time going on or back', async () => {
    const db = openTestDatabase();
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      db.transaction(() => { for (const table of ['records', 'items', 'imports']) db.command(`DELETE FROM ${table}`).run(); forgetAllTotals(db); });
      let nowMs = NOW_MS, variant = 0, made = 0;
      const imports: number[] = [];
      const idOf = (name: string): number | undefined => db.query<{ id: number }>('SELECT item_id AS id FROM items WHERE fingerprint = ?').get(Buffer.from(name))?.id;
      const store = (number: number, records: readonly Drawn[]): void => {
        for (const { thing, atMs, amountMinor, currency, background } of records) {
          if (idOf(thing.name) === undefined) {
            db.command("INSERT INTO items (source, kind, act, title, fingerprint) VALUES ('own', ?, 'used', 'Thing', ?)").run(thing.kind, Buffer.from(thing.name));
            db.command("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'items'").run(APART);
          }
          const paid = thing.kind === 'product' ? amountMinor : null;
          db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms, quantity, amount_minor, currency, background) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)').run(atMs, idOf(thing.name) ?? 0, variant++, number, thing.kind === 'product' ? 1 : null, paid, paid === null ? null : currency, background && thing.kind !== 'product' && atMs !== UNDATED_MS ? 1 : 0);
        }
        db.command('UPDATE imports SET added = added + ? WHERE number = ?').run(records.length, number);
      };
      const importNow = (records: readonly Drawn[]): void => {
        db.transaction(() => {
          const number = db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES (?, 'own', 'own', 'f', 0, 'done', 0, 0, 0, 0, '[]', 0)").run(`imp_${made++}`).lastInsertRowid;
          imports.push(number);
          store(number, records);
        });
      };
      const forgetSome = (digit: number): void => { db.command('DELETE FROM records WHERE variant % 10 = ?').run(digit); };
      const count = (pause: () => void = () => undefined): Promise<ItemTotals> => totalItems(db, { asOfMs: nowMs, halfLifeMsOf, pause: async () => { pause(); } });
      for (const one of steps) {
        const number = 'which' in one ? imports[one.which % Math.max(1, imports.length)] : undefined;
        if (one.do === 'import') importNow(one.records);
        else if (one.do === 'grow') { if (number !== undefined) db.transaction(() => { store(number, one.records); }); }
        else if (one.do === 'wait') nowMs += one.days * DAY_MS;
        else if (one.do === 'undo') { if (number !== undefined) db.transaction(() => { removeRecords(db, number); db.command("UPDATE imports SET state = 'undone' WHERE number = ?").run(number); imports.splice(imports.indexOf(number), 1); }); }
        else if (one.do === 'forget some') forgetSome(one.which);
        else if (one.do === 'while counting') {
          let left = 1;
          importNow(one.records.slice(0, 1));
          await count(() => { if (left-- > 0) { importNow(one.records); forgetSome(one.which); } });
        }
        expectRight(db, await count(), nowMs);
      }
    }), { numRuns: 40 });
  });

  test('cost nothing when nothing changed, and one block when one thing did', async () => {
    const db = openTestDatabase();
    db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES ('i', 'own', 'own', 'f', 0, 'done', 0, 3, 0, 0, '[]', 0)").run();
    for (const id of [1, 5_000, 9_000]) {
      db.command("INSERT INTO items (item_id, source, kind, act, title, fingerprint) VALUES (?, 'own', 'music', 'used', 'Thing', ?)").run(id, Buffer.from(`${id}`));
      db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (?, ?, 0, 1, 1)').run(daysAgo(id), id);
    }
    const count = () => totalItems(db, { asOfMs: NOW_MS, halfLifeMsOf });
    const changes = () => db.query<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
    await count();
    const before = changes();
    await count();
    expect(changes()).toBe(before);
    db.command('DELETE FROM records WHERE item_id = 5000').run();
    // All blocks but this one are made unreadable by what is in them: they are not written again.
    db.command("UPDATE total_blocks SET weighed = CAST(weighed || x'01' AS BLOB) WHERE block <> 1").run();
    expect((await count()).records).toBe(2);
    db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES ('j', 'own', 'own', 'f', 0, 'done', 0, 1, 0, 0, '[]', 0)").run();
    db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (?, 5000, 0, 2, 1)').run(daysAgo(7));
    expect((await count()).records).toBe(3);
    expect(db.query<{ n: number }>('SELECT count(*) AS n FROM total_blocks WHERE length(weighed) % 2 = 1').get()?.n).toBe(2);
  });

  test('lead to the profile that concluding anew gives', async () => {
    const { db, service, add, refresh, clock } = openEnrichment();
    add('imp_a', 'amazon', Array.from({ length: 30 }, (_, i) => ({ item: bought(`KitchenAid Stand Mixer ${i} L`), atMs: daysAgo(i * 40), priceMinor: 20_000 + i })));
    await refresh();
    add('imp_b', 'spotify', Array.from({ length: 60 }, (_, i) => ({ item: heard(i % 2 === 0 ? 'Radiohead' : 'Metallica', `Song ${i % 7}`), atMs: daysAgo(i * 9) })));
    await refresh();
    clock.advance(90 * DAY_MS);
    const gone = add('imp_c', 'netflix', Array.from({ length: 5 }, (_, i) => ({ item: heard('Radiohead', `Song ${i}`), atMs: daysAgo(-80 + i) })));
    await refresh();
    db.transaction(() => { removeRecords(db, gone); });
    await refresh();
    const kept = service.preferences();
    expect(kept.length).toBeGreaterThan(5);
    forgetAllTotals(db);
    await refresh();
    expect(service.preferences()).toEqual(kept);
  }, 60_000);
});
