/**
 * The floor under the crowd: an answer gives up its least useful detail, step by step, until enough people share it (docs/anonymity.md). Pure.
 */

/** One thing that would be said, with the steps it can go down, 0 for left out, and what it is worth to whoever personalises with it. */
export interface Detail { readonly steps: number; readonly worth: number }

/**
 * Steps of each detail, as fine as the floor allows: what is worth least goes first, among equals what comes last.
 *
 * `isEnough` must stay true once it is true while details become coarser; it is asked some ten times, and once for each step that was given
 * up. Where not even silence is enough, silence it is.
 */
export function stepsUnder(details: readonly Detail[], isEnough: (steps: readonly number[]) => boolean): number[] {
  const order = details.map(({ worth }, at) => ({ at, worth })).sort((a, b) => a.worth - b.worth || b.at - a.at);
  const after = (given: number): number[] => {
    const steps = details.map((detail) => detail.steps);
    let left = given;
    for (const { at } of order) {
      const here = Math.min(left, steps[at] ?? 0);
      steps[at] = (steps[at] ?? 0) - here;
      left -= here;
      if (left === 0) break;
    }
    return steps;
  };
  let low = 0, high = details.reduce((total, { steps }) => total + steps, 0);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(after(middle))) high = middle;
    else low = middle + 1;
  }
  const steps = after(low);
  if (low === 0) return steps;
  // What costs nothing was given up on the way as well: a country the company sees by itself, that somebody is an adult. The most useful comes back first.
  for (const { at } of order.toReversed()) {
    const least = steps[at] ?? 0;
    for (let step = details[at]?.steps ?? 0; step > least; step--) {
      steps[at] = step;
      if (isEnough(steps)) break;
      steps[at] = least;
    }
  }
  return steps;
}
