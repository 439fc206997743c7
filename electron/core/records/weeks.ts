/** In which weeks of which months there was something: what seasons are told by. Coarse on purpose, so that it may stay where single times are forgotten. */
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { BLOCK_THINGS } from './columns.ts';

const FIRST_YEAR = 1995, YEARS = 80;
/** Months from January 1995, of UTC; what lies before or after is left out. */
export const MONTHS_COUNTED = 12 * YEARS;
export const yearOfMonth = (month: number): number => FIRST_YEAR + Math.floor(month / 12);
/** Of a moment, Unix ms; may lie outside of what is counted. */
export function monthAt(atMs: number): number {
  const date = new Date(atMs);
  return (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth();
}
const startOfMonth = (month: number): number => Date.UTC(FIRST_YEAR, month, 1);

/** A month is cut into the days 1 to 7, 8 to 14, 15 to 21, 22 to 28, and the rest. One bit each. */
const WEEKS_A_MONTH = 5;
const MASK_BITS = 5, MASK = (1 << MASK_BITS) - 1, MONTH_BITS = 10;
/** Middle of a week, in days from the beginning of its month. */
const MIDDLES = [3.5, 10.5, 17.5, 24.5, 29] as const;
const DAY_MS = 86_400_000;

/** A month and its weeks in one number. */
export const monthOf = (packed: number): number => packed >> MASK_BITS;
export const maskOf = (packed: number): number => packed & MASK;
/** One beyond the greatest such number. */
export const PACKED_WEEKS = MONTHS_COUNTED << MASK_BITS;

/** Weeks by month: what {@link ItemWeeks} says of several things together. */
export type Weeks = Uint8Array;
export const noWeeks = (): Weeks => new Uint8Array(MONTHS_COUNTED);
export function addWeeks(to: Weeks, packed: readonly number[]): void {
  for (const one of packed) { const month = monthOf(one); if (month < MONTHS_COUNTED) to[month] = (to[month] ?? 0) | maskOf(one); }
}
/** Of a month’s mask. */
export const weeksIn = (mask: number): number => { let count = 0; for (let left = mask; left > 0; left &= left - 1) count++; return count; };
/** How many weeks of each month. */
export const countWeeks = (weeks: Weeks): Uint32Array => Uint32Array.from(weeks, weeksIn);
/** The bit of a day’s week. */
export const weekBit = (atMs: number): number => 1 << Math.min(WEEKS_A_MONTH - 1, Math.floor((new Date(atMs).getUTCDate() - 1) / 7));
/** In order of time. */
export const packedOf = (weeks: Weeks): number[] => [...weeks.entries()].flatMap(([month, mask]) => (mask === 0 ? [] : [(month << MASK_BITS) | mask]));
/** The middle of each week, Unix ms. */
export function middlesOf(weeks: Weeks): number[] {
  // Hundreds of subjects are asked in one go: most months of eighty years are empty, and nothing is made for those.
  const all: number[] = [];
  for (let month = 0; month < weeks.length; month++) {
    const mask = weeks[month] ?? 0;
    if (mask === 0) continue;
    const startMs = startOfMonth(month);
    for (let nth = 0; nth < MIDDLES.length; nth++) if ((mask >> nth) & 1) all.push(startMs + (MIDDLES[nth] ?? 0) * DAY_MS);
  }
  return all;
}

/** Entries of the pool that lie together. A month with its weeks takes 15 bits. */
const PIECE_BITS = 16, IN_PIECE = (1 << PIECE_BITS) - 1;

/** By item id: its months, each with its weeks. */
export interface ItemWeeks {
  /** Quickest in order of time. */
  add(itemId: number, atMs: number): void;
  clear(itemId: number): void;
  /** A number for each month, the newest first. */
  of(itemId: number): number[];
  /** Adds them to weeks of several things. @returns how many months they are */
  addTo(all: Weeks, itemId: number): number;
  read(block: number, from: Uint8Array): void;
  write(block: number): Buffer;
}

export function createItemWeeks(blocks: number): ItemWeeks {
  // A chain for each thing, its newest month first, so that in order of time only the head is looked at: place in the pool and one more.
  const heads = new Uint32Array(blocks * BLOCK_THINGS);
  // The pool lies in pieces: of ten million records, one that is copied whenever it is full takes as much again.
  const packed: Uint16Array[] = [], next: Uint32Array[] = [];
  let used = 0;
  const packedAt = (at: number): number => packed[at >>> PIECE_BITS]?.[at & IN_PIECE] ?? 0;
  const nextOf = (at: number): number => next[at >>> PIECE_BITS]?.[at & IN_PIECE] ?? 0;
  const setPacked = (at: number, one: number): void => { const piece = packed[at >>> PIECE_BITS]; if (piece) piece[at & IN_PIECE] = one; };
  const setNext = (at: number, place: number): void => { const piece = next[at >>> PIECE_BITS]; if (piece) piece[at & IN_PIECE] = place; };
  let fromMs = 0, toMs = 0, month = -1, bit = 0;

  const goTo = (atMs: number): void => {
    const date = new Date(atMs), week = Math.min(WEEKS_A_MONTH - 1, Math.floor((date.getUTCDate() - 1) / 7));
    month = monthAt(atMs);
    bit = 1 << week;
    fromMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1 + week * 7);
    toMs = week === WEEKS_A_MONTH - 1 ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) : fromMs + 7 * DAY_MS;
  };
  /** `after`: a place in the pool and one more; 0 for the head. */
  const put = (itemId: number, after: number, one: number): void => {
    if ((used & IN_PIECE) === 0) { packed.push(new Uint16Array(IN_PIECE + 1)); next.push(new Uint32Array(IN_PIECE + 1)); }
    setPacked(used, one);
    setNext(used, after === 0 ? heads[itemId] ?? 0 : nextOf(after - 1));
    used++;
    if (after === 0) heads[itemId] = used; else setNext(after - 1, used);
  };
  const visit = (itemId: number, each: (one: number) => void): void => { for (let at = heads[itemId] ?? 0; at > 0; at = nextOf(at - 1)) each(packedAt(at - 1)); };

  return {
    add(itemId, atMs) {
      if (atMs === UNDATED_MS || itemId >= heads.length) return;
      if (atMs < fromMs || atMs >= toMs) goTo(atMs);
      if (month < 0 || month >= MONTHS_COUNTED) return;
      let after = 0;
      for (let at = heads[itemId] ?? 0; at > 0; after = at, at = nextOf(at - 1)) {
        const one = packedAt(at - 1), other = monthOf(one);
        if (other === month) { setPacked(at - 1, one | bit); return; }
        if (other < month) break;
      }
      put(itemId, after, (month << MASK_BITS) | bit);
    },
    clear(itemId) { heads[itemId] = 0; },
    of(itemId) {
      const all: number[] = [];
      visit(itemId, (one) => { all.push(one); });
      return all;
    },
    addTo(all, itemId) {
      let months = 0;
      for (let at = heads[itemId] ?? 0; at > 0; at = nextOf(at - 1), months++) {
        const one = packedAt(at - 1), month = monthOf(one);
        all[month] = (all[month] ?? 0) | maskOf(one);
      }
      return months;
    },
    read(block, from) {
      // Bytes out of a database lie anywhere.
      const entries = new Uint32Array(from.slice().buffer);
      for (const entry of entries) put(block * BLOCK_THINGS + (entry >>> (MASK_BITS + MONTH_BITS)), 0, entry & ((1 << (MASK_BITS + MONTH_BITS)) - 1));
    },
    write(block) {
      let left = 0;
      for (let nth = 0; nth < BLOCK_THINGS; nth++) visit(block * BLOCK_THINGS + nth, () => { left++; });
      // Filled once and from its end: the newest month of a thing comes last, and goes to the head of its chain when it is read.
      const entries = new Uint32Array(left);
      for (let nth = 0; nth < BLOCK_THINGS; nth++) visit(block * BLOCK_THINGS + nth, (one) => { entries[--left] = (nth << (MASK_BITS + MONTH_BITS)) | one; });
      return Buffer.from(entries.buffer);
    },
  };
}
