/**
 * The step lasting@1: how often what was new came back, counted in the person's own records. Pure.
 *
 * No list can tell whether a thing says something lasting about the person, or was a present, somebody else's on the same account,
 * or a mood that passed. But what came of earlier things is known: of the subjects that were new once, long enough ago, some came
 * back and some did not. That share is what the next new thing is worth.
 */
import { addWeeks, middlesOf, noWeeks, type Weeks } from '../records/weeks.ts';
import type { ItemKind } from '../records/records.ts';
import type { Match } from './matcher.ts';
import { SHARE_THAT_TELLS } from './scoring.ts';

/** Subjects that were new, and of these the ones that came back. */
export interface Lasting { readonly firsts: number; readonly again: number }

const DAY_MS = 86_400_000;
/** Sooner is still the same evening, season or binge. */
const AFTER_MS = 28 * DAY_MS;
const WITHIN_MS = 365 * DAY_MS;
/** What is there in the first half year of its kind was hardly new then: only the records were. */
const NEW_AFTER_MS = 182 * DAY_MS;

/** What the assumption weighs beside what was counted, in subjects. */
const ASSUMED = 20;
/** Two decimals more would move every conclusion a little with every import, and say nothing. */
const STEPS = 20;

/**
 * The share that tells something lasting, 0.1 to 0.5: one half while nothing was counted, and never more. What leaves the vault hangs on
 * it, and records of one thing must not make another leave that would not have left without them.
 */
export const shareThatLasts = ({ firsts, again }: Lasting): number =>
  Math.min(SHARE_THAT_TELLS, Math.max(0.1, Math.round(((again + ASSUMED * SHARE_THAT_TELLS) / (firsts + ASSUMED)) * STEPS) / STEPS));

/** Whether what was counted weighs more than what is assumed, and is worth telling. */
export const isCounted = ({ firsts }: Lasting): boolean => firsts >= ASSUMED;

/**
 * Counts over all open subjects, whatever the person ruled out: ruling something out makes nothing else surer. Each kind of thing for itself:
 * an old order does not make the first songs new, and where nothing of the kind was recorded any more, nobody knows whether it came back.
 *
 * @param subjectsOf what a target speaks for, itself and above. Null where it is closed: such things are not counted, whether the closed part is open or not
 */
export function createLastingCount(subjectsOf: (target: string) => readonly string[] | null): { add(kind: ItemKind, matches: readonly Match[], weeks: readonly number[]): void; count(): Lasting } {
  const kinds = new Map<ItemKind, { readonly all: Weeks; readonly subjects: Map<string, Weeks> }>(), known = new Map<string, readonly string[] | null>();
  const of = (target: string): readonly string[] | null => {
    let found = known.get(target);
    if (found === undefined) known.set(target, (found = subjectsOf(target)));
    return found;
  };
  return {
    add(kind, matches, weeks) {
      // What nobody can read says nothing, and most of a life is of that kind.
      if (weeks.length === 0 || matches.length === 0) return;
      const keys = new Set<string>();
      for (const { target } of matches) {
        const found = of(target);
        if (found === null) return;
        for (const key of found) keys.add(key);
      }
      let own = kinds.get(kind);
      if (!own) kinds.set(kind, (own = { all: noWeeks(), subjects: new Map() }));
      addWeeks(own.all, weeks);
      for (const key of keys) {
        let seen = own.subjects.get(key);
        if (!seen) own.subjects.set(key, (seen = noWeeks()));
        addWeeks(seen, weeks);
      }
    },
    count() {
      let firsts = 0, again = 0;
      for (const { all, subjects } of kinds.values()) {
        const recorded = middlesOf(all), begunMs = (recorded[0] ?? 0) + NEW_AFTER_MS, endMs = (recorded.at(-1) ?? 0) - WITHIN_MS;
        for (const weeks of subjects.values()) {
          const [firstMs = 0, ...later] = middlesOf(weeks);
          const isLater = (atMs: number): boolean => atMs - firstMs >= AFTER_MS && atMs - firstMs <= WITHIN_MS;
          if (firstMs < begunMs || firstMs > endMs || !recorded.some(isLater)) continue;
          firsts++;
          if (later.some(isLater)) again++;
        }
      }
      return { firsts, again };
    },
  };
}
