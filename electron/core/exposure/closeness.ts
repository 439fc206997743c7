/** How close a company has come to a person: how specific, how often, for how long. A reading, not a measurement. Pure. */

/** 0 to 3 each, and what they come to. */
export interface Closeness { readonly specific: number; readonly often: number; readonly long: number; readonly level: 'distant' | 'acquainted' | 'close' | 'very-close' }

const DAY_MS = 86_400_000;
/** How many of the bounds a value has reached. */
const reached = (value: number, bounds: readonly number[]): number => bounds.filter((bound) => value >= bound).length;

/** `fewest`: people who share all it was told. `answers` since `sinceMs`, when it was allowed something first; null when it never was. */
export function closenessOf({ fewest, told, answers, sinceMs }: { readonly fewest: number; readonly told: boolean; readonly answers: number; readonly sinceMs: number | null }, nowMs: number): Closeness {
  const days = sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs) / DAY_MS;
  const specific = told ? 3 - reached(fewest, [1_000, 10_000, 100_000]) : 0;
  // Of a first day too, as a week's worth: one afternoon of asking is not a habit.
  const often = reached(answers / Math.max(1, days / 7), [1, 7, 50]);
  const long = told ? reached(days, [30, 90, 365]) : 0;
  // What is known weighs twice: being asked often about nothing much is only noise.
  const sum = told ? 2 * specific + often + long : 0;
  return { specific, often, long, level: (['distant', 'acquainted', 'close', 'very-close'] as const)[reached(sum, [3, 6, 9])] ?? 'very-close' };
}
