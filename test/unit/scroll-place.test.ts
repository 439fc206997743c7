/** A list taller than browsers draw is reached everywhere: by wheel, by scrollbar and by keys, without a jump and without a row left out. */
import { describe, expect, test } from 'vitest';
import { extentOf, placeAfter, placeAt, placeShowing, type Extent, type Place } from '../../renderer/src/ui/scroll-place.ts';

const ROW_PX = 56, VIEW_PX = 600, ROWS = 1_000_000;
const extent = extentOf(ROWS * ROW_PX, VIEW_PX);
const end = ROWS * ROW_PX - VIEW_PX;

/** What a browser does with a wheel's step: the page moves as far as it goes, the list follows, and may move the page. */
function turn(of: Extent, place: Place, by: number): Place {
  return placeAfter(of, place, Math.min(Math.max(0, place.scrollTop + by), of.pagePx - of.viewPx));
}

describe('a million rows', () => {
  test('are in a page that every browser draws', () => {
    expect(extent.pagePx).toBeLessThan(17_000_000);
    expect(extentOf(5_000, VIEW_PX).pagePx).toBe(5_000);
  });

  test('are passed one by one with the wheel, down and up, to both ends', () => {
    for (const [step, from, to] of [[300, 0, end], [-300, end, 0]] as const) {
      let place = placeAt(extent, from), steps = 0;
      while (place.top !== to && steps < 400_000) {
        const next = turn(extent, place, step);
        const moved = (next.top - place.top) * Math.sign(step);
        // As far as the wheel said, with the last piece to the end: no row is passed unseen.
        if (moved < 0 || moved > VIEW_PX) throw new Error(`a step of ${step} at ${place.top} moved ${moved}`);
        expect(next.scrollTop).toBeGreaterThanOrEqual(0);
        place = next;
        steps++;
      }
      expect(place.top).toBe(to);
      expect(steps).toBeLessThan((end / 300) * 1.01);
    }
  });

  test('are reached by dragging the scrollbar to any part of them, and to the very ends', () => {
    for (const share of [0, 0.1, 0.25, 0.5, 0.9, 1]) {
      const from = placeAt(extent, share > 0.5 ? 0 : end);
      expect(Math.abs(placeAfter(extent, from, share * (extent.pagePx - VIEW_PX)).top - share * end)).toBeLessThan(1);
    }
  });

  test('a row is shown whole, moving as little as can be', () => {
    const start = placeAt(extent, 0);
    expect(placeShowing(extent, start, ROW_PX, 3)).toBe(start);
    expect(placeShowing(extent, start, ROW_PX, 20).top).toBe(21 * ROW_PX - VIEW_PX);
    expect(placeShowing(extent, start, ROW_PX, ROWS - 1).top).toBe(end);
    expect(placeShowing(extent, placeAt(extent, end), ROW_PX, 500_000).top).toBe(500_000 * ROW_PX);
  });
});

test('a list that fits is scrolled as it is', () => {
  const small = extentOf(10_000, VIEW_PX);
  expect(turn(small, placeAt(small, 0), 700)).toEqual({ top: 700, scrollTop: 700 });
  expect(placeAt(small, 99_999)).toEqual({ top: 9_400, scrollTop: 9_400 });
});
