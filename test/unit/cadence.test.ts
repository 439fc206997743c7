/** Cadence windows and what counts as slower. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cadenceWindow, isAtMost, PERIOD_MS } from '../../electron/core/consent/cadence.ts';
import type { Cadence } from '../../shared/protocol/schemas.ts';

const cadence: fc.Arbitrary<Cadence> = fc.record({ max: fc.integer({ min: 1, max: 40 }), per: fc.constantFrom('day', 'week', 'month') });
const DAY = PERIOD_MS.day;

test('a window counts from the grant and forgets what was used before it', () => {
  const usage = { windowIndex: 0, windowUsed: 3 };
  expect(cadenceWindow({ max: 3, per: 'day' }, 1000, usage, 1000 + DAY - 1)).toEqual({ index: 0, used: 3, remaining: 0, endsAtMs: 1000 + DAY });
  expect(cadenceWindow({ max: 3, per: 'day' }, 1000, usage, 1000 + DAY)).toEqual({ index: 1, used: 0, remaining: 3, endsAtMs: 1000 + 2 * DAY });
});

test('a clock set back opens no old window', () => {
  expect(cadenceWindow({ max: 3, per: 'day' }, 1000, { windowIndex: 5, windowUsed: 2 }, 0)).toMatchObject({ index: 5, remaining: 1 });
});

test('what counts as slower never allows more in any window of the limit', () => {
  fc.assert(fc.property(cadence, cadence, (slow, limit) => {
    if (!isAtMost(slow, limit)) return;
    // Worst case inside one aligned window of the limit, both counted from the same start.
    for (let k = 0; k < 40; k++) {
      const from = k * PERIOD_MS[limit.per];
      const to = from + PERIOD_MS[limit.per];
      const windows = Math.ceil(to / PERIOD_MS[slow.per]) - Math.floor(from / PERIOD_MS[slow.per]);
      if (windows * slow.max > limit.max) {
        // A month is no whole number of weeks: one window of slack at the seam is all there may be.
        expect((windows - 1) * slow.max).toBeLessThanOrEqual(limit.max);
      }
    }
  }));
  expect(isAtMost({ max: 1, per: 'day' }, { max: 7, per: 'week' })).toBe(true);
  expect(isAtMost({ max: 2, per: 'day' }, { max: 7, per: 'week' })).toBe(false);
  expect(isAtMost({ max: 3, per: 'week' }, { max: 3, per: 'day' })).toBe(true);
  expect(isAtMost({ max: 4, per: 'month' }, { max: 3, per: 'day' })).toBe(false);
});
