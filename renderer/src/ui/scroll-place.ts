/** Where a list is that may be taller than browsers draw: a shorter page is scrolled, and stands for it. Pure. */

/** Firefox draws nothing beyond 17.8 million pixels, Chromium nothing beyond 33 million. */
const TALLEST_PX = 15_000_000;
/** Movements up to so many screens are somebody's wheel, finger or key and are followed pixel by pixel; longer ones are the scrollbar, which stands for the whole. */
const NEAR_SCREENS = 4;
/** How far the page may be from where it should be before it is moved there, which nobody sees but may end a wheel's swing. */
const SLACK_PX = 20_000;

/** The whole list, what of it is in sight at once, and the page that stands for it. */
export interface Extent { readonly wholePx: number; readonly viewPx: number; readonly pagePx: number }
/** `top`: the first pixel of the list in sight. `scrollTop`: where the page is. */
export interface Place { readonly top: number; readonly scrollTop: number }

export const extentOf = (wholePx: number, viewPx: number): Extent => ({ wholePx, viewPx, pagePx: Math.min(wholePx, TALLEST_PX) });

const lastTop = ({ wholePx, viewPx }: Extent): number => Math.max(0, wholePx - viewPx);
const lastScrollTop = ({ pagePx, viewPx }: Extent): number => Math.max(0, pagePx - viewPx);
const within = (value: number, most: number): number => Math.min(Math.max(0, value), most);

/** The place that has `top` first. */
export function placeAt(extent: Extent, top: number): Place {
  const at = within(top, lastTop(extent));
  return { top: at, scrollTop: extent.wholePx === extent.pagePx ? at : (at / lastTop(extent)) * lastScrollTop(extent) };
}

/** Where the list is after its page moved to `scrollTop`. The page has to be moved on when the answer has another one. */
export function placeAfter(extent: Extent, before: Place, scrollTop: number): Place {
  if (extent.wholePx === extent.pagePx) return { top: scrollTop, scrollTop };
  const moved = scrollTop - before.scrollTop;
  if (Math.abs(moved) > NEAR_SCREENS * extent.viewPx) return { top: (within(scrollTop, lastScrollTop(extent)) / lastScrollTop(extent)) * lastTop(extent), scrollTop };
  const top = within(before.top + moved, lastTop(extent));
  const right = placeAt(extent, top);
  const isAtEnd = scrollTop <= 0 || scrollTop >= lastScrollTop(extent) - 1;
  const end = scrollTop <= 0 ? 0 : lastTop(extent);
  // The end of the page is the end of the list, and only that is; what is near enough goes there.
  if (isAtEnd && Math.abs(top - end) <= extent.viewPx / 4) return placeAt(extent, end);
  return isAtEnd || Math.abs(right.scrollTop - scrollTop) > SLACK_PX ? right : { top, scrollTop };
}

/** The place that shows all of one row, moved as little as can be. */
export function placeShowing(extent: Extent, before: Place, rowPx: number, index: number): Place {
  const from = index * rowPx, to = from + rowPx;
  if (from < before.top) return placeAt(extent, from);
  return to > before.top + extent.viewPx ? placeAt(extent, to - extent.viewPx) : before;
}
