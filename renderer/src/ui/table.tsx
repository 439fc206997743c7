/** Tight lists with sortable columns. */
import { useState, type ReactNode } from 'react';
import { controls } from '../copy/controls.ts';
import { menuOf, type MenuItem } from './menu.tsx';
import { DownIcon, UpIcon } from './icons.ts';
import { useMore } from './more.tsx';
import { compareWords } from '../../../shared/language/message.ts';

export interface Column<R> {
  readonly key: string; readonly label: string;
  /** A column without it is not shown. */
  readonly cell?: (row: R) => ReactNode;
  /** What to sort by; a column without it cannot be sorted. */
  readonly sort?: (row: R) => string | number;
  readonly number?: boolean;
  /** Never broken into lines. */
  readonly tight?: boolean;
  /** Holds a tick box and nothing else. */
  readonly tick?: boolean;
  /** Left out where the window is narrow. */
  readonly wideOnly?: boolean;
  /** The heading is there for screen readers only. */
  readonly hideLabel?: boolean;
  /** The cell names its row. */
  readonly heads?: boolean;
}

interface Order { readonly key: string; readonly down: boolean }

interface TableProps<R> {
  /** Read out as the table's name; not shown. */
  readonly caption: string;
  readonly columns: readonly Column<R>[]; readonly rows: readonly R[]; readonly rowKey: (row: R) => string;
  /** Rows shown at first, and with each press on what shows more; all when omitted. */
  readonly step?: number;
  /** What a right click on a row offers. */
  readonly menu?: (row: R) => readonly MenuItem[];
}

const cellClass = <R,>(column: Column<R>): string | undefined => {
  const names = [column.number === true ? 'cell-number' : '', column.tight === true ? 'cell-tight' : '', column.tick === true ? 'cell-tick' : '', column.wideOnly === true ? 'cell-wide-only' : ''].filter(Boolean).join(' ');
  return names === '' ? undefined : names;
};

/** How tables were sorted, by what they are called: a person who comes back finds them so. Names of columns only. */
const lastOrders = new Map<string, Order>();

const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : compareWords(String(a), String(b)));

export function Table<R>({ caption, columns: all, rows, rowKey, step = Number.POSITIVE_INFINITY, menu }: TableProps<R>) {
  const columns = all.filter((column) => column.cell !== undefined);
  const [order, setOrder] = useState<Order | null>(() => lastOrders.get(caption) ?? null);
  const sortBy = (next: Order) => {
    lastOrders.set(caption, next);
    setOrder(next);
  };
  const sort = columns.find((column) => column.key === order?.key)?.sort;
  const sorted = sort ? [...rows].sort((a, b) => compare(sort(a), sort(b)) * (order?.down === true ? -1 : 1)) : rows;
  const { shown, more } = useMore(sorted, step, caption);
  return (
    <>
      <div className="table-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table className="table">
          <caption className="hidden-visually">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => {
                const active = order?.key === column.key;
                return (
                  <th key={column.key} scope="col" className={cellClass(column)} aria-sort={active ? (order.down ? 'descending' : 'ascending') : undefined}>
                    {column.sort ? (
                      <button type="button" className="table-sort" title={controls.sortBy(column.label)} onClick={() => { sortBy({ key: column.key, down: active ? !order.down : column.number === true }); }}>
                        {column.label}{active ? (order.down ? <DownIcon size={14} aria-hidden /> : <UpIcon size={14} aria-hidden />) : null}
                      </button>
                    ) : column.hideLabel === true ? <span className="hidden-visually">{column.label}</span> : column.label}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} {...(menu ? menuOf(() => menu(row)) : {})}>
                {columns.map((column) => (column.heads === true
                  ? <th key={column.key} scope="row">{column.cell?.(row)}</th>
                  : <td key={column.key} className={cellClass(column)}>{column.cell?.(row)}</td>))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}
