/**
 * Deniable interests: k-ary randomized response (Kairouz, Oh and Viswanath 2014) with whole weights, over every open area, remembered by a keyed
 * hash (docs/anonymity.md, "Noise"). Pure but for the hash.
 */
import { createHmac } from 'node:crypto';

/** What may be said of an area. */
export const LEVELS = ['none', 'some', 'strong'] as const;
export type Level = (typeof LEVELS)[number];

/** Weight of the truth against 1 for each other level: nine in ten, or three in four, of all areas are told as they are. */
export const NOISE_WEIGHTS = [18, 6] as const;

/** Of one area, told once: no answer is more than `weight` times as likely under one level of it as under another. */
export const epsilonOf = (weight: number): number => Math.log(weight);

/**
 * What is said of each area: its level with weight `weight`, each other level with weight 1.
 *
 * @param draw a whole number, uniform below `weight + 2`, for an area at a level; each level of an area has a draw of its own
 */
export function randomise(truth: ReadonlyMap<string, Level>, areas: readonly string[], weight: number, draw: (area: string, level: Level) => number): Map<string, Level> {
  return new Map(areas.map((area) => {
    const level = truth.get(area) ?? 'none', drawn = draw(area, level);
    return [area, drawn < weight ? level : LEVELS[(LEVELS.indexOf(level) + 1 + drawn - weight) % LEVELS.length] ?? level];
  }));
}

/**
 * Discrete Laplace with P(x) = 2^−|x| / 3, exact: from fair coin flips alone (Canonne, Kamath and Steinke 2020, for ε = ln 2 a step).
 *
 * @param flip one fair coin
 */
export function discreteLaplace(flip: () => boolean): number {
  for (;;) {
    const negative = flip();
    let size = 0;
    while (flip()) size += 1;
    // Nothing is said twice: minus nothing is drawn anew.
    if (!negative) return size;
    if (size > 0) return -size;
  }
}
/** A place on a ladder of so many, moved by that and kept on it. */
export const movedOn = (place: number, by: number, places: number): number => Math.min(places - 1, Math.max(0, place + by));

const WORD = 2 ** 32;

/** Numbers uniform below a bound, the same for the same context under the same key, and no guide to any other: 32-bit words of HMAC-SHA-256, those that would favour small numbers left out. */
export function createDraw(key: Buffer): (context: string, bound: number) => number {
  return (context, bound) => {
    const fair = WORD - (WORD % bound);
    for (let block = 0; ; block++) {
      const words = createHmac('sha256', key).update(`${context}|${block}`).digest();
      for (let at = 0; at < words.length; at += 4) {
        const word = words.readUInt32BE(at);
        if (word < fair) return word % bound;
      }
    }
  };
}
