/** Tells the person that requests wait while Penchant is not in front: how many, never who or about what, one notice for all of them, and seldom. */
import { t } from '../../shared/language/message.ts';

export interface NoticeDeps {
  /** What waits, and whether the person wants to hear of it now: `requests.waiting` of the core; null while the vault is locked. */
  readonly ask: () => Promise<{ readonly count: number; readonly tell: boolean } | null>;
  readonly isInFront: () => boolean;
  /** Shows it in the place of the one shown before; `onClick` when the person follows it. */
  readonly show: (notice: { readonly title: string; readonly onClick: () => void }) => void;
  readonly onClick: () => void;
  readonly nowMs: () => number;
}

export interface Notices {
  /** Something about requests, permissions or the vault changed. @returns how many requests wait; 0 while the vault is locked */
  changed(): Promise<number>;
}

const APART_MS = 10 * 60_000;

export function createNotices({ ask, isInFront, show, onClick, nowMs }: NoticeDeps): Notices {
  let known = 0, toldAtMs = -Infinity;
  return Object.freeze({
    async changed() {
      const waiting = await ask();
      const count = waiting?.count ?? 0;
      // Fewer is no news; what came while the person looked at it is none either.
      if (count > known && waiting?.tell === true && !isInFront()) {
        // Within ten minutes of the last notice nothing is said, and what came meanwhile is counted in the next.
        if (Math.abs(nowMs() - toldAtMs) < APART_MS) return count;
        toldAtMs = nowMs();
        show({ title: t('{count, plural, one {# request waits for your answer} other {# requests wait for your answer}}', { count }), onClick });
      }
      // What could not be told now is news when it can be.
      if (count < known || waiting === null || waiting.tell || isInFront()) known = count;
      return count;
    },
  } satisfies Notices);
}
