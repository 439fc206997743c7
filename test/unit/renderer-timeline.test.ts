/** Bars of the timeline: every month there is, or every year. */
import { expect, test } from 'vitest';
import { barsOf } from '../../renderer/src/parts/timeline.tsx';

test('months without records are there, empty', () => {
  expect(barsOf([{ month: '2025-11', count: 3 }, { month: '2026-02', count: 1 }]).map(({ label, count }) => [label, count])).toEqual([['November 2025', 3], ['December 2025', 0], ['January 2026', 0], ['February 2026', 1]]);
  expect(barsOf([])).toEqual([]);
  expect(barsOf([{ month: '2026-02', count: 7 }])).toHaveLength(1);
});

test('a long life is told by years, and nothing of it is lost', () => {
  const months = [{ month: '2010-12', count: 2 }, { month: '2012-01', count: 5 }, { month: '2012-06', count: 1 }, { month: '2016-03', count: 4 }];
  const bars = barsOf(months);
  expect(bars.map(({ label, count }) => [label, count])).toEqual([['2010', 2], ['2011', 0], ['2012', 6], ['2013', 0], ['2014', 0], ['2015', 0], ['2016', 4]]);
  expect(barsOf([{ month: '2022-03', count: 1 }, { month: '2026-02', count: 1 }])).toHaveLength(48);
  expect(barsOf([{ month: '2022-02', count: 1 }, { month: '2026-02', count: 1 }])).toHaveLength(5);
});
