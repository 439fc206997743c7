/** A list of any length, of which only what can be seen is in the page. Arrow keys, Page Up and Down, Home and End move through it. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

/** Browsers draw nothing beyond some 33 million pixels. */
const TALLEST_PX = 30_000_000;
const OVERSCAN = 12;

/** How many rows of this height a list can hold. */
export const mostRows = (rowPx: number): number => Math.floor(TALLEST_PX / rowPx);

interface VirtualListProps {
  readonly label: string; readonly count: number; readonly rowPx: number;
  /** The row at this place. What is focusable in it first is what the keys go to. */
  readonly row: (index: number) => ReactNode;
  /** Told which rows are in sight, ends included. */
  readonly onRange: (first: number, last: number) => void;
}

export function VirtualList({ label, count, rowPx, row, onRange }: VirtualListProps) {
  const frame = useRef<HTMLDivElement>(null);
  /** Place of the row the keys went to, until it is in the page. */
  const wanted = useRef<number | null>(null);
  const list = useVirtualizer({ count: Math.min(count, mostRows(rowPx)), getScrollElement: () => frame.current, estimateSize: () => rowPx, overscan: OVERSCAN });
  const rows = list.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => { onRange(first, last); }, [first, last, onRange]);

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
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset['row'] ?? -1);
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? rowPx) / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 };
    const to = moves[event.key];
    if (to === undefined || count === 0) return;
    event.preventDefault();
    const index = Math.min(Math.max(0, to), Math.min(count, mostRows(rowPx)) - 1);
    list.scrollToIndex(index);
    wanted.current = focusRow(index) ? null : index;
  };

  return (
    <div ref={frame} className="virtual-list" role="region" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <div role="list" aria-label={label} style={{ blockSize: list.getTotalSize() }}>
        {rows.map(({ index, start, key }) => (
          <div key={key} role="listitem" aria-setsize={count} aria-posinset={index + 1} data-row={index} className="virtual-row" style={{ blockSize: rowPx, transform: `translateY(${start}px)` }}>{row(index)}</div>
        ))}
      </div>
    </div>
  );
}
