/** What is struck out before importing: the box of a row says what becomes of it, and turning it turns just that row, whatever had left it out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStrike } from '../../electron/core/sources/strike.ts';
import type { ParsedRecord } from '../../electron/core/sources/record.ts';
import { isReversed, isStruck, leaveOutOf, NOTHING_STRUCK, turned, type Struck } from '../../renderer/src/features/sources/struck.ts';

const rows = [['A', 'x', null, 1], ['A', 'y', 'Health', 2], ['B', 'x', null, 400], ['C', null, 'Belief', 3], ['C', null, 'Belief', 0]] as const;
const record = ([title, creator, , day]: (typeof rows)[number]): ParsedRecord => ({ kind: 'product', act: 'used', title, creator, collection: null, category: null, atMs: day * 86_400_000, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
const row = (one: (typeof rows)[number]) => ({ ...record(one), closed: one[2] });

const anything: fc.Arbitrary<Struck> = fc.record({
  sensitive: fc.boolean(), kinds: fc.subarray([{ kind: 'product' as const, act: 'used' as const }]), fields: fc.constant([]), from: fc.constantFrom('', '1970-01-03'), to: fc.constantFrom('', '1970-06-01'),
  titles: fc.subarray(['A', 'C']), creators: fc.subarray(['x']), rows: fc.subarray(rows.map((one) => ({ title: one[0], atMs: one[3] * 86_400_000 }))), kept: fc.subarray(rows.map((one) => ({ title: one[0], atMs: one[3] * 86_400_000 }))),
});

test('the page and the core leave out the same rows', () => {
  fc.assert(fc.property(anything, (struck) => {
    const strike = createStrike(leaveOutOf(struck), ({ title, creator }) => rows.find((one) => one[0] === title && one[1] === creator)?.[2] ?? null);
    for (const one of rows) expect(typeof strike(record(one)) === 'string').toBe(isStruck(struck, row(one)));
  }));
});

test('turning a row turns that row and no other, and twice is as it was', () => {
  fc.assert(fc.property(anything, fc.constantFrom(...rows), (struck, one) => {
    const once = turned(struck, row(one));
    expect(isStruck(once, row(one))).toBe(!isStruck(struck, row(one)));
    for (const other of rows) if (other !== one) expect(isStruck(once, row(other))).toBe(isStruck(struck, row(other)));
    for (const other of rows) expect(isStruck(turned(once, row(one)), row(other))).toBe(isStruck(struck, row(other)));
  }));
});

test('a single row of a closed part can be kept while the others stay out', () => {
  const kept = turned(NOTHING_STRUCK, row(rows[1]));
  expect(rows.map((one) => isStruck(kept, row(one)))).toEqual([false, false, false, true, true]);
});

test('days in the wrong order are seen', () => {
  expect([isReversed({ ...NOTHING_STRUCK, from: '2024-02-01', to: '2024-01-31' }), isReversed({ ...NOTHING_STRUCK, from: '2024-01-31', to: '2024-01-31' }), isReversed({ ...NOTHING_STRUCK, from: '2024-01-31' })]).toEqual([true, false, false]);
});
