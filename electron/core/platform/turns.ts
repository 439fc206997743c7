/** Turns of the event loop between pieces of long work, which make way for calls while nobody waits for that work. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Turns {
  /** Ends when the next piece may begin: at once where somebody waits for it, in a quiet moment otherwise. */
  readonly next: () => Promise<void>;
  /** Does work before anybody wants it. */
  ahead(work: () => Promise<unknown>): Promise<void>;
  /** Somebody waits for it now. */
  wanted(): void;
}

/** No call for so long is a quiet moment. */
const QUIET_MS = 60;

/** @param sinceCallMs how long ago the last call came, ms */
export function createTurns(sinceCallMs: () => number): Turns {
  let isAhead = false;
  /** Ends the waits for a quiet moment. */
  const sleeping = new Set<() => void>();
  const quiet = (ms: number): Promise<void> => new Promise((resolve) => {
    const end = (): void => { clearTimeout(timer); sleeping.delete(end); resolve(); };
    const timer = setTimeout(end, ms).unref();
    sleeping.add(end);
  });
  return Object.freeze({
    async next() {
      await nextTurn();
      while (isAhead && sinceCallMs() < QUIET_MS) await quiet(QUIET_MS - Math.max(0, sinceCallMs()));
    },
    async ahead(work: () => Promise<unknown>) {
      isAhead = true;
      try { await work(); } finally { isAhead = false; }
    },
    wanted() {
      isAhead = false;
      for (const end of [...sleeping]) end();
    },
  } satisfies Turns);
}
