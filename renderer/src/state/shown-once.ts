/** What stands on the screen and cannot be shown again: a recovery phrase, what came of a move. While there is any, nothing from outside of the page takes the screen away. */
import { useEffect } from 'react';
import { create } from 'zustand';

const useShown = create<{ readonly count: number }>()(() => ({ count: 0 }));
/** Of each kind only the newest waits. */
const waiting = new Map<string, () => void>();

/** @returns what says that it is not shown any more */
export function holdScreen(): () => void {
  add(1);
  // What takes its place shows in the same turn, and may be of the kind itself: the words of a phrase, then the question for three of them.
  return () => { queueMicrotask(() => { add(-1); }); };
}

function add(change: 1 | -1): void {
  useShown.setState(({ count }) => ({ count: count + change }));
  if (useShown.getState().count > 0) return;
  const all = [...waiting.values()];
  waiting.clear();
  for (const body of all) body();
}

/** While `held`, the calling component shows something of the kind. */
export function useShownOnce(held = true): void {
  useEffect(() => (held ? holdScreen() : undefined), [held]);
}

/** True while something of the kind is on the screen. */
export const useIsHeld = (): boolean => useShown(({ count }) => count > 0);

/** What has to be kept over the start of the page that comes next. */
export const beforeRestart = new Set<() => void>();
/** Starts the page anew. */
export function restart(): void {
  for (const keep of beforeRestart) keep();
  window.location.reload();
}

/** Does it now, or once nothing of the kind is on the screen any more. `kind`: takes the place of what waits of the same. */
export function whenNothingIsHeld(kind: string, body: () => void): void {
  if (useShown.getState().count > 0) waiting.set(kind, body); else body();
}
