/** Things of one series or artist that come close together: what is left of each, whatever their number and order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeTogetherShares } from '../../../electron/core/enrichment/scoring.ts';

const sum = (supports: readonly number[], days: number): number => closeTogetherShares('video', supports, days).reduce((total, share, at) => total + share * (supports[at] ?? 0), 0);
const ones = (count: number): number[] => Array<number>(count).fill(1);
const supports = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 40 }), days = fc.integer({ min: 1, max: 20 });

describe('what comes close together', () => {
  test('says all it can as far as it fits into the days, and grows slowly beyond', () => {
    expect(closeTogetherShares('video', ones(4), 2)).toEqual(ones(4));
    expect(sum(ones(12), 12)).toBe(12);
    expect(sum(ones(12), 2)).toBeCloseTo(7, 0);
    expect(sum(ones(100), 1)).toBeLessThan(15);
    expect(closeTogetherShares('product', ones(100), 1)).toEqual(ones(100));
  });

  test('one thing more, or one day more, never makes it less', () => {
    fc.assert(fc.property(supports, days, fc.double({ min: 0, max: 50, noNaN: true }), (before, count, more) => {
      expect(sum([...before, more], count)).toBeGreaterThanOrEqual(sum(before, count) - 1e-9);
      expect(sum(before, count + 1)).toBeGreaterThanOrEqual(sum(before, count) - 1e-9);
    }));
  });

  test('the order does not matter, and equal things are left equally', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), days, (values, count) => {
      const byValue = (of: readonly number[]): [number, number][] => closeTogetherShares('music', of, count).map((share, at): [number, number] => [of[at] ?? 0, share]).sort(([a], [b]) => a - b);
      expect(byValue(values.toReversed())).toEqual(byValue(values));
      for (const [value, share] of byValue(values)) for (const [other, left] of byValue(values)) if (value === other) expect(left).toBe(share);
    }));
  });
});
