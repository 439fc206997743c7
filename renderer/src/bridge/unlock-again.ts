/** A call that is refused because the last proof is old: the person is asked once, and the call is made again. */
import type { Outcome } from '../../../shared/api/wire.ts';

/** Asks the person to prove who they are; false when they would rather not. */
export type AskAgain = () => Promise<boolean>;

/** Calls refused at the same time share one question. Without anybody to ask, the refusal stays. */
export function createUnlockAgain(): { readonly through: (invoke: () => Promise<Outcome>) => Promise<Outcome>; readonly onAsk: (ask: AskAgain) => void } {
  let ask: AskAgain | null = null;
  let asking: Promise<boolean> | null = null;
  return {
    onAsk(next) { ask = next; },
    async through(invoke) {
      const outcome = await invoke();
      if (outcome.ok || outcome.error.code !== 'ERR_UNLOCK_AGAIN' || !ask) return outcome;
      asking ??= ask().finally(() => { asking = null; });
      // Once: a second refusal is the call's own answer.
      return (await asking) ? await invoke() : outcome;
    },
  };
}
