/** What comes round in the same months, how time passes for it, and in which words that is told. */
import { describe, expect, test } from 'vitest';
import { activeMs, leftAfter, liftOf, seasonOf, seasonWords, type Season } from '../../../electron/core/enrichment/seasons.ts';
import { addWeeks, createItemWeeks, noWeeks, packedOf, type Weeks } from '../../../electron/core/records/weeks.ts';

const DAY_MS = 86_400_000;
function weeksOf(times: readonly number[]): Weeks {
  const items = createItemWeeks(1), weeks = noWeeks();
  for (const atMs of times) items.add(1, atMs);
  addWeeks(weeks, items.of(1));
  return weeks;
}
const YEARS = [2021, 2022, 2023, 2024];
const always = weeksOf(YEARS.flatMap((year) => Array.from({ length: 120 }, (_, nth) => Date.UTC(year, 0, 1 + nth * 3))));
const christmas = (years: readonly number[]): number[] => years.flatMap((year) => [3, 9, 16, 24].map((day) => Date.UTC(year, 11, day, 20)));

describe('weeks', () => {
  test('are those of the month, in any order, once each, and none for what has no date or lies out of reach', () => {
    const times = [Date.UTC(2024, 1, 29, 23, 59, 59, 999), Date.UTC(2024, 1, 7, 23, 59), Date.UTC(2024, 1, 8), Date.UTC(2024, 1, 1), 0, Date.UTC(1990, 0, 1), Date.UTC(2090, 0, 1)];
    const months = 29 * 12 + 1;
    expect(packedOf(weeksOf(times))).toEqual([months * 32 + 0b10011]);
    expect(packedOf(weeksOf([...times].reverse()))).toEqual(packedOf(weeksOf(times)));
  });
  test('come back from a block as they were', () => {
    const items = createItemWeeks(2), back = createItemWeeks(2);
    for (const [id, atMs] of [[0, 1e12], [4_095, 1.1e12], [4_096, 1.2e12], [4_096, 1.3e12], [8_191, 1.4e12]] as const) items.add(id, atMs);
    for (const block of [0, 1]) back.read(block, items.write(block));
    for (const id of [0, 1, 4_095, 4_096, 8_191]) expect(back.of(id).sort()).toEqual(items.of(id).sort());
    items.clear(4_096);
    expect(items.of(4_096)).toEqual([]);
    expect(items.of(8_191)).toHaveLength(1);
  });
});

describe('a season', () => {
  test('is found where most weeks of two years or more lie in the same months', () => {
    expect(seasonOf(weeksOf(christmas([2023, 2024])), always)).toMatchObject({ from: 11, months: 1, years: [2023, 2024], inside: 8, all: 8 });
    expect(seasonOf(weeksOf([...christmas([2022, 2023]), Date.UTC(2023, 5, 5)]), always)).toMatchObject({ from: 11, inside: 8, all: 9 });
    const skiing = YEARS.flatMap((year) => [Date.UTC(year, 11, 20), Date.UTC(year, 11, 28), Date.UTC(year + 1, 0, 5), Date.UTC(year + 1, 0, 12)]);
    expect(seasonOf(weeksOf(skiing), always)).toMatchObject({ from: 11, months: 2, years: YEARS });
    // A week once a year, four times.
    expect(seasonOf(weeksOf(YEARS.map((year) => Date.UTC(year, 1, 10))), always)).toMatchObject({ from: 1, months: 1, years: YEARS });
  });
  test('is not found in one year, in little, in what is spread, nor where everything lies in those months', () => {
    expect(seasonOf(weeksOf(christmas([2024])), always)).toBeNull();
    expect(seasonOf(weeksOf([Date.UTC(2023, 11, 9), Date.UTC(2024, 11, 9)]), always)).toBeNull();
    // One long occasion, and once more by chance.
    expect(seasonOf(weeksOf([...christmas([2023]), Date.UTC(2024, 11, 9)]), always)).toBeNull();
    expect(seasonOf(always, always)).toBeNull();
    expect(seasonOf(weeksOf(christmas(YEARS)), weeksOf(christmas(YEARS)))).toBeNull();
    expect(seasonOf(noWeeks(), always)).toBeNull();
  });
});

describe('between its seasons', () => {
  const season: Season = { from: 11, months: 1, years: [2022, 2023], inside: 8, all: 8, share: 0.1 };
  test('time stands still after each that had something, and goes on once one passed without', () => {
    expect(activeMs(season, Date.UTC(2024, 0, 1), Date.UTC(2024, 11, 1))).toBe(0);
    expect(activeMs(season, Date.UTC(2023, 11, 20), Date.UTC(2024, 7, 1))).toBe(12 * DAY_MS);
    expect(activeMs(season, Date.UTC(2022, 11, 31), Date.UTC(2024, 11, 1))).toBe(32 * DAY_MS);
    expect(activeMs(season, Date.UTC(2024, 0, 1), Date.UTC(2025, 1, 1))).toBe((31 + 31) * DAY_MS);
    expect(activeMs(season, Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1))).toBe(365 * DAY_MS);
  });
  test('more is left than by the calendar, by as much as it rested, and never less', () => {
    const weeks = weeksOf(christmas([2022, 2023])), half = 180 * DAY_MS;
    expect(liftOf(season, weeks, half, Date.UTC(2024, 0, 1))).toBeGreaterThan(1);
    const [january, july] = [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 1)].map((nowMs) => liftOf(season, weeks, half, nowMs) * 2 ** (-(nowMs - Date.UTC(2024, 0, 1)) / half));
    expect(july).toBeCloseTo(january ?? 0, 9);
    expect(liftOf({ ...season, years: [] }, weeks, half, Date.UTC(2024, 6, 1))).toBe(1);
    expect(liftOf(season, noWeeks(), half, Date.UTC(2024, 6, 1))).toBe(1);
  });
  test('the forecast waits as well, for the part that comes round', () => {
    const july = Date.UTC(2024, 6, 1), half = 180 * DAY_MS;
    expect(leftAfter(null, july, 180, half)).toBe(0.5);
    expect(leftAfter({ ...season, of: 'x', part: 1 }, july, 100, half)).toBe(1);
    expect(leftAfter({ ...season, of: 'x', part: 0.5 }, july, 100, half)).toBeCloseTo(0.5 + 0.5 * 2 ** (-100 / 180), 9);
    expect(leftAfter({ ...season, of: 'x', part: 1 }, july, 153 + 180, half)).toBeCloseTo(0.5, 9);
  });
  test('it is said in words what it does', () => {
    expect(seasonWords(season, null, Date.UTC(2024, 6, 1))).toBe('It comes back every December; it rests until then and does not fade meanwhile.');
    expect(seasonWords(season, null, Date.UTC(2023, 11, 10))).toBe('It comes back every December, and that is now. Afterwards it rests until the next time: it does not fade meanwhile.');
    expect(seasonWords(season, null, Date.UTC(2024, 11, 10))).toBe('It comes back every December, and that is now. It fades as usual until something new comes.');
    expect(seasonWords(season, null, Date.UTC(2025, 5, 10))).toBe('It was there in December of 2022 and 2023, but not the last time round. It fades like anything else until it comes back.');
    expect(seasonWords({ ...season, months: 3 }, 'Skiing', Date.UTC(2024, 6, 1))).toBe('Part of it, “Skiing”, comes back every year from December to February; it rests until then and does not fade meanwhile.');
  });
});
