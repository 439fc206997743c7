/** A list of any length, of which only what can be seen is in the page, and nothing but a few numbers is kept of the rest. Arrow keys, Page Up and Down, Home and End move through it; Tab leads past it. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { extentOf, placeAfter, placeAt, placeShowing, type Place } from './scroll-place.ts';

/** Rows drawn above and below those in sight. */
const OVERSCAN = 12;

interface VirtualListProps {
  readonly label: string; readonly count: number; readonly rowPx: number;
  /** The row at this place. What has `data-row-focus` in it is what the keys go to. Tab stops at one row only, or nobody would ever get past the list: at what can be used in others `tabIndex` is -1. */
  readonly row: (index: number, tabIndex: 0 | -1) => ReactNode;
  /** Told which rows are in sight, ends included. */
  readonly onRange: (first: number, last: number) => void;
}

/** `shift`: how much further down the list is than its page. */
interface View { readonly first: number; readonly last: number; readonly firstInSight: number; readonly shift: number }

export function VirtualList({ label, count, rowPx, row, onRange }: VirtualListProps) {
  const frame = useRef<HTMLDivElement>(null);
  /** Place of the row the keys went to, until it is in the page. */
  const wanted = useRef<number | null>(null);
  const [viewPx, setViewPx] = useState(0);
  const extent = useMemo(() => extentOf(count * rowPx, viewPx), [count, rowPx, viewPx]);
  const place = useRef<Place>({ top: 0, scrollTop: 0 });
  const [view, setView] = useState<View>({ first: 0, last: -1, firstInSight: 0, shift: 0 });
  /** Row that was used last. */
  const [used, setUsed] = useState(0);

  const moveTo = useCallback((next: Place): void => {
    const list = frame.current;
    if (!list) return;
    if (Math.abs(list.scrollTop - next.scrollTop) >= 1) list.scrollTop = next.scrollTop;
    // As the browser has it: it may know no halves of pixels.
    place.current = { top: next.top, scrollTop: list.scrollTop };
    const { top, scrollTop } = place.current, firstInSight = Math.floor(top / rowPx), lastInSight = Math.ceil((top + extent.viewPx) / rowPx);
    const now: View = { first: Math.max(0, firstInSight - OVERSCAN), last: Math.min(extent.wholePx / rowPx - 1, lastInSight + OVERSCAN), firstInSight: Math.ceil(top / rowPx), shift: top - scrollTop };
    setView((before) => (before.first === now.first && before.last === now.last && before.firstInSight === now.firstInSight && before.shift === now.shift ? before : now));
  }, [extent, rowPx]);

  useLayoutEffect(() => {
    const list = frame.current;
    if (!list) return undefined;
    const measure = (): void => { setViewPx(list.clientHeight); };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    return () => { observer.disconnect(); };
  }, []);
  // Another height or another number of rows: the same row stays first.
  useLayoutEffect(() => { moveTo(placeAt(extent, place.current.top)); }, [extent, moveTo]);
  const { first, last, firstInSight, shift } = view;
  /** Where Tab enters: the row used last while it is in the page, or the first in sight. */
  const entry = used >= first && used <= last ? used : firstInSight;
  useEffect(() => { if (last >= first) onRange(first, last); }, [first, last, onRange]);

  const focusRow = (index: number): boolean => {
    const found = frame.current?.querySelector<HTMLElement>(`[data-row="${index}"] [data-row-focus]`);
    found?.focus({ preventScroll: true });
    return found !== undefined && found !== null;
  };
  useEffect(() => {
    if (wanted.current !== null && focusRow(wanted.current)) wanted.current = null;
  });
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset['row'] ?? entry - 1);
    const page = Math.max(1, Math.floor(viewPx / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 };
    const to = moves[event.key];
    if (to === undefined || count === 0) return;
    event.preventDefault();
    const index = Math.min(Math.max(0, to), count - 1);
    moveTo(placeShowing(extent, place.current, rowPx, index));
    wanted.current = focusRow(index) ? null : index;
  };

  return (
    <div ref={frame} className="virtual-list" role="region" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onFocus={({ target }) => { const at = target.closest<HTMLElement>('[data-row]')?.dataset['row']; if (at !== undefined) setUsed(Number(at)); }} onScroll={({ currentTarget: { scrollTop } }) => { if (scrollTop !== place.current.scrollTop) moveTo(placeAfter(extent, place.current, scrollTop)); }}>
      <div role="list" aria-label={label} style={{ blockSize: extent.pagePx }}>
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).map((index) => (
          <div key={index} role="listitem" aria-setsize={count} aria-posinset={index + 1} data-row={index} className="virtual-row" style={{ blockSize: rowPx, transform: `translateY(${index * rowPx - shift}px)` }}>{row(index, index === entry ? 0 : -1)}</div>
        ))}
      </div>
    </div>
  );
}
