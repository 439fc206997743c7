/** Cadence windows and what counts as slower. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cadenceWindow, isAtMost, PERIOD_MS, usedAfter } from '../../electron/core/consent/cadence.ts';
import type { Cadence } from '../../shared/protocol/schemas.ts';

const cadence: fc.Arbitrary<Cadence> = fc.record({ max: fc.integer({ min: 1, max: 40 }), per: fc.constantFrom('day', 'week', 'month') });
const DAY = PERIOD_MS.day, HOUR = DAY / 24;

test('a window counts from the hour of the grant, whatever its minute, and forgets what was used before it', () => {
  const usage = { windowIndex: 0, windowUsed: 3 };
  for (const givenMs of [7 * HOUR, 7 * HOUR + 1, 8 * HOUR - 1]) {
    expect(cadenceWindow({ max: 3, per: 'day' }, givenMs, usage, 7 * HOUR + DAY - 1)).toEqual({ index: 0, used: 3, remaining: 0, endsAtMs: 7 * HOUR + DAY });
    expect(cadenceWindow({ max: 3, per: 'day' }, givenMs, usage, 7 * HOUR + DAY)).toEqual({ index: 1, used: 0, remaining: 3, endsAtMs: 7 * HOUR + 2 * DAY });
  }
});

test('slowing down never hands out more than the old pace would have: whenever it is slowed, and however it is asked', () => {
  fc.assert(fc.property(cadence, cadence, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 40, maxLength: 80, size: 'max' }), fc.integer({ min: 0, max: 60 }), (before, after, gaps, at) => {
    if (!isAtMost(after, before)) return;
    const run = (isSlowed: boolean): number[] => {
      let now = 0, pace = before, usage = { windowIndex: 0, windowUsed: 0 };
      const answered: number[] = [];
      for (const [i, gap] of gaps.entries()) {
        now += gap * HOUR;
        if (isSlowed && i === at) { usage = usedAfter(pace, after, 0, usage, now); pace = after; }
        const window = cadenceWindow(pace, 0, usage, now);
        if (window.remaining === 0) continue;
        usage = { windowIndex: window.index, windowUsed: window.used + 1 };
        answered.push(now);
      }
      return answered;
    };
    // In the window of the old pace that ran when it was slowed: later ones are the new pace's own.
    const slowedAt = gaps.slice(0, at + 1).reduce((sum, gap) => sum + gap * HOUR, 0), running = Math.floor(slowedAt / PERIOD_MS[before.per]);
    expect(run(true).filter((moment) => Math.floor(moment / PERIOD_MS[before.per]) === running).length).toBeLessThanOrEqual(before.max);
  }), { numRuns: 2_000 });
  // Seven of seven a week are used: narrowing to one a day gives none until the week ends.
  expect(cadenceWindow({ max: 1, per: 'day' }, 0, usedAfter({ max: 7, per: 'week' }, { max: 1, per: 'day' }, 0, { windowIndex: 0, windowUsed: 7 }, DAY), 2 * DAY)).toMatchObject({ remaining: 0, endsAtMs: 7 * DAY });
  // Of what was left as much is left as the new pace gives; the week in which the month ends counts with it.
  const slowed = (used: number) => usedAfter({ max: 12, per: 'month' }, { max: 2, per: 'week' }, 0, { windowIndex: 0, windowUsed: used }, 2 * DAY);
  expect([3, 11, 12].map((used) => cadenceWindow({ max: 2, per: 'week' }, 0, slowed(used), 3 * DAY).remaining)).toEqual([2, 1, 0]);
  expect(cadenceWindow({ max: 2, per: 'week' }, 0, slowed(12), 29 * DAY)).toMatchObject({ remaining: 0, endsAtMs: 35 * DAY });
  // A month that begins within the running week begins with what that used.
  expect(cadenceWindow({ max: 2, per: 'month' }, 0, usedAfter({ max: 2, per: 'week' }, { max: 2, per: 'month' }, 0, { windowIndex: 4, windowUsed: 2 }, 29.5 * DAY), 30.1 * DAY).remaining).toBe(0);
  // Nor does a clock that was set back open a window.
  expect(cadenceWindow({ max: 3, per: 'week' }, 0, usedAfter({ max: 3, per: 'day' }, { max: 3, per: 'week' }, 0, { windowIndex: 10, windowUsed: 3 }, 0), 10 * DAY).remaining).toBe(0);
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
