/** How a subject went of late: shares of days, the same months of the year before. */
import { describe, expect, test } from 'vitest';
import { TREND_MONTHS } from '../../../shared/domain/patterns.ts';
import { decideTrend } from '../../../electron/core/enrichment/trends.ts';
import { MONTHS_COUNTED } from '../../../electron/core/records/weeks.ts';

const NOW = 380;
/** `daysOf`: days of a month, by how many months ago it is. */
const months = (daysOf: (ago: number) => number): Uint32Array => Uint32Array.from({ length: MONTHS_COUNTED }, (_, month) => (month > NOW ? 0 : daysOf(NOW - month)));
const always = months((ago) => (ago < 60 ? 25 : 0));
const going = (daysOf: (ago: number) => number, recorded = always) => decideTrend(months(daysOf), recorded, NOW);

describe('a trend', () => {
  test('counted in weeks needs fewer of them', () => {
    const weekly = (weeksOf: (ago: number) => number) => decideTrend(months(weeksOf), months((ago) => (ago < 60 ? 4 : 0)), NOW, 'week');
    expect(weekly((ago) => (ago < 6 ? 4 : 1))).toMatchObject({ unit: 'week', direction: 'growing', recent: 24, before: 6 });
    expect(weekly((ago) => (ago < 6 ? 0 : 3)).direction).toBe('fading');
    expect(weekly((ago) => (ago < 60 ? 2 : 0)).direction).toBe('steady');
    expect(weekly((ago) => (ago < 2 ? 1 : 0)).direction).toBe('new');
  });

  test('is growing, steady or fading by the share of days', () => {
    expect(going((ago) => (ago < 6 ? 12 : 4))).toMatchObject({ direction: 'growing', recent: 72, before: 24 });
    expect(going((ago) => (ago < 60 ? 8 : 0)).direction).toBe('steady');
    expect(going((ago) => (ago < 6 ? 2 : 9)).direction).toBe('fading');
    // Gone altogether.
    expect(going((ago) => (ago < 6 ? 0 : 5)).direction).toBe('fading');
  });

  test('is new where nothing was before, and nothing is said of little', () => {
    expect(going((ago) => (ago < 3 ? 2 : 0)).direction).toBe('new');
    expect(going((ago) => (ago < 2 ? 1 : 0)).direction).toBeNull();
    expect(going((ago) => (ago === 2 || ago === 14 ? 2 : 0)).direction).toBeNull();
  });

  test('of what comes round each year compares a summer with a summer', () => {
    // Half a year in every year: without the year before it would grow and fade with the seasons.
    for (const shift of [0, 3, 6, 9]) expect(['steady', null]).toContain(going((ago) => ((ago + shift) % 12 < 6 && ago < 60 ? 10 : 0)).direction);
  });

  test('takes the half year just before where records begin a year ago', () => {
    expect(going((ago) => (ago < 6 ? 12 : ago < 12 ? 4 : 0), months((ago) => (ago < 12 ? 25 : 0)))).toMatchObject({ direction: 'growing', before: 24 });
    // Records of half a year have nothing to be compared with.
    expect(going((ago) => (ago < 6 ? 12 : 0), months((ago) => (ago < 6 ? 25 : 0))).direction).toBeNull();
  });

  test('is not fading because no newer export was brought, and not known when the newest is old', () => {
    const until = (end: number) => months((ago) => (ago >= end && ago < 60 ? 25 : 0));
    expect(going((ago) => (ago >= 5 && ago < 60 ? 8 : 0), until(5)).direction).toBe('steady');
    expect(going((ago) => (ago >= 20 && ago < 60 ? 8 : 0), until(20)).direction).toBeNull();
  });

  test('does not fade because somebody else of the account records more', () => {
    expect(going((ago) => (ago < 60 ? 4 : 0), months((ago) => (ago < 6 ? 28 : ago < 60 ? 9 : 0))).direction).toBe('steady');
  });

  test('is steady when more of everything was recorded', () => {
    expect(going((ago) => (ago < 6 ? 8 : 2), months((ago) => (ago < 6 ? 28 : ago < 60 ? 7 : 0))).direction).toBe('steady');
  });

  test('shows two years of months, the last one last', () => {
    const { days } = going((ago) => Math.min(ago, 30));
    expect(days).toHaveLength(TREND_MONTHS);
    expect(days).toEqual(Array.from({ length: TREND_MONTHS }, (_, i) => TREND_MONTHS - 1 - i));
  });
});
