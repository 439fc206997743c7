/** When the passphrase is asked for once more. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideFresh } from '../../../electron/core/vault/freshness.ts';

const MINUTE = 60_000;
const at = (wallMs: number, steadyMs: number) => ({ wallMs, steadyMs });

test('a proof is good until the limit, to the millisecond', () => {
  expect(decideFresh(at(0, 0), at(15 * MINUTE - 1, 15 * MINUTE - 1), 15)).toBe(true);
  expect(decideFresh(at(0, 0), at(15 * MINUTE, 15 * MINUTE), 15)).toBe(false);
});

test('without any proof nothing is fresh, whatever the limit; with one, no limit means for good', () => {
  expect(decideFresh(null, at(0, 0), 60)).toBe(false);
  expect(decideFresh(null, at(0, 0), null)).toBe(false);
  expect(decideFresh(at(0, 0), at(1e12, 1e12), null)).toBe(true);
});

test('setting the clock back does not make a proof younger, sleeping through the limit does not either', () => {
  fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 15 * MINUTE, max: 1e9 }), (jumpMs, ageMs) => {
    expect(decideFresh(at(1e12, 5), at(1e12 + jumpMs, 5 + ageMs), 15)).toBe(false);
    // Asleep, the steady clock stood still.
    expect(decideFresh(at(1e12, 5), at(1e12 + ageMs, 6), 15)).toBe(false);
  }));
});

test('a steady clock that went back proves nothing', () => {
  expect(decideFresh(at(0, 1_000), at(0, 999), 15)).toBe(false);
});
