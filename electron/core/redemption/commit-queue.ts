/** Group commit: acts that arrive together share one durable transaction, and answers leave only after it. */
import type { WritableDb } from '../platform/sqlite/types.ts';

export interface CommitQueue {
  /** Runs `act` inside the next transaction; resolves once that transaction is on disk. A failing act takes no other with it. */
  run<T>(act: () => T): Promise<T>;
}

interface Entry { readonly attempt: () => void; readonly settle: () => void; readonly fail: (error: unknown) => void }

const MAX_GROUP = 256;
/** Turns of the event loop a group is given to become as large as the last one; well under what one write to disk takes. */
const GATHER_TURNS = 100;

export function createCommitQueue(db: WritableDb): CommitQueue {
  const waiting: Entry[] = [];
  let scheduled = false;
  /** Size of the last group: whoever was answered together tends to come back together, a moment apart. */
  let expected = 1;

  const commit = (group: readonly Entry[]): void => {
    db.transaction(() => { for (const entry of group) entry.attempt(); });
  };

  const flush = (): void => {
    scheduled = false;
    const group = waiting.splice(0, MAX_GROUP);
    expected = group.length;
    if (waiting.length > 0) schedule();
    try {
      commit(group);
      for (const entry of group) entry.settle();
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only) { only.fail(error); return; }
      // Everything was rolled back: once more, each on its own, so that only the failing act fails.
      for (const entry of group) {
        try {
          commit([entry]);
          entry.settle();
        } catch (cause) {
          entry.fail(cause);
        }
      }
    }
  };
  const gather = (turnsLeft: number): void => {
    if (waiting.length >= expected || turnsLeft === 0) flush();
    else setImmediate(gather, turnsLeft - 1);
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(gather, GATHER_TURNS);
  };

  return Object.freeze({
    run<T>(act: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let done: () => void = () => { reject(new Error('an act was settled before it ran')); };
        waiting.push({
          attempt: () => { const value = act(); done = () => { resolve(value); }; },
          settle: () => { done(); },
          fail: (error) => { reject(error instanceof Error ? error : new Error('an act failed', { cause: error })); },
        });
        schedule();
      });
    },
  });
}
