/** A small seeded generator of random numbers, so that the samples come out the same on every machine (mulberry32). */

export interface Random {
  /** 0 <= n < 1. */
  readonly next: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  readonly chance: (share: number) => boolean;
  /** @throws {RangeError} when there is nothing to pick from */
  readonly pick: <T>(from: readonly T[]) => T;
  /** @throws {RangeError} when there is nothing to pick from */
  readonly weighted: <T extends { readonly weight: number }>(from: readonly T[]) => T;
  readonly text: (length: number, alphabet: string) => string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError('there is nothing to pick from');
    return from[whole(0, from.length - 1)] as T;
  };
  return Object.freeze({
    next,
    whole,
    chance: (share: number) => next() < share,
    pick,
    weighted: <T extends { readonly weight: number }>(from: readonly T[]): T => {
      let left = next() * from.reduce((sum, { weight }) => sum + weight, 0);
      return from.find(({ weight }) => (left -= weight) < 0) ?? pick(from);
    },
    text: (length: number, alphabet: string) => Array.from({ length }, () => alphabet.charAt(whole(0, alphabet.length - 1))).join(''),
  });
}

/** The days the samples cover, in UTC: 18 months that end in mid-November 2026. */
export const FIRST_DAY_MS = Date.UTC(2025, 4, 17);
export const LAST_DAY_MS = Date.UTC(2026, 10, 15);
export const SECOND_MS = 1_000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS;

/** One row of RFC 4180 text; cells are quoted only where they must be, or all of them. */
export const csvRow = (cells: readonly string[], quoteAll = false): string => cells.map((cell) => (quoteAll || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
