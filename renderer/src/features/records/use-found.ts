/** What a search found, a page at a time as the list asks for it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call, on } from '../../bridge/client.ts';

export type Search = Input<'records.find'>['search'];
export type FoundItem = Output<'records.find'>['items'][number];

const PAGE = 100;
const TYPING_MS = 120;
const CHANGED_MS = 500;
/** Pages that are kept: somebody may scroll through a million things. */
const PAGES_KEPT = 100;

export interface Found {
  readonly total: number;
  readonly conclusions: Output<'records.find'>['conclusions'];
  readonly closed: number;
  readonly opened: Output<'records.find'>['opened'];
  /** Null while its page is on the way. */
  readonly item: (index: number) => FoundItem | null;
}

/** `null` until the first answer; what was found before stays until the next answer. `onRange`: which places are in sight. */
export function useFound(search: Search): { readonly found: Found | null; readonly error: AppError | null; readonly onRange: (first: number, last: number) => void } {
  const key = JSON.stringify(search);
  const [head, setHead] = useState<(Pick<Found, 'total' | 'conclusions' | 'closed' | 'opened'> & { readonly key: string }) | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [changes, setChanges] = useState(0);
  // Counts pages that arrived, so that the rows are drawn again.
  const [, setArrived] = useState(0);
  const pages = useRef(new Map<number, readonly FoundItem[] | null>());
  const current = useRef('');

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const off = on('profile.changed', () => { timer ??= setTimeout(() => { timer = null; setChanges((count) => count + 1); }, CHANGED_MS); });
    return () => { off(); if (timer !== null) clearTimeout(timer); };
  }, []);

  const untilMs = head?.opened?.untilMs ?? null;
  useEffect(() => {
    if (untilMs === null) return;
    // The closed part shuts by itself; nothing of it stays on the screen.
    const timer = setTimeout(() => { setChanges((count) => count + 1); }, Math.max(0, untilMs - Date.now()) + CHANGED_MS);
    return () => { clearTimeout(timer); };
  }, [untilMs]);

  useEffect(() => {
    let isOver = false;
    const asked = JSON.parse(key) as Search;
    const timer = setTimeout(() => {
      call('records.find', { search: asked, limit: PAGE }).then(({ items, ...rest }) => {
        if (isOver) return;
        current.current = key;
        pages.current = new Map([[0, items]]);
        setHead({ ...rest, key });
        setError(null);
      }, (thrown: unknown) => { if (!isOver) setError(asAppError(thrown)); });
    }, current.current === '' ? 0 : TYPING_MS);
    return () => { isOver = true; clearTimeout(timer); };
  }, [key, changes]);

  const onRange = useCallback((first: number, last: number) => {
    const asked = current.current;
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      if (asked === '' || pages.current.has(page)) continue;
      const mine = pages.current;
      mine.set(page, null);
      call('records.find', { search: JSON.parse(asked) as Search, offset: page * PAGE, limit: PAGE }).then(({ items }) => {
        mine.set(page, items);
        // The one furthest from where somebody is looking.
        if (mine.size > PAGES_KEPT) mine.delete([...mine.keys()].reduce((far, other) => (Math.abs(other - page) > Math.abs(far - page) ? other : far)));
        setArrived((count) => count + 1);
      }, () => { mine.delete(page); });
    }
  }, []);

  const found = head === null ? null : { ...head, item: (index: number) => pages.current.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null };
  return { found, error, onRange };
}
