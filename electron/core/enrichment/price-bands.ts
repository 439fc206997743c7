/** Where a price lies among usual prices of such things, and what many prices say about a department. Pure. */
import { z } from 'zod';

export type Band = 'low' | 'middle' | 'high';

const priceFile = z.strictObject({
  version: z.number().int(), note: z.string(),
  /** Rough worth of one unit in euro; the bands are wide enough for it. */
  euroPer: z.record(z.string().length(3), z.number().positive()),
  /** Digits after the point where a currency has not two. */
  minorDigits: z.record(z.string().length(3), z.number().int().min(0).max(4)),
  bands: z.record(z.string(), z.tuple([z.number().positive(), z.number().positive()]).refine(([low, high]) => low < high)),
});

export interface PriceTable {
  /** 0 low, 1 middle, 2 high; null for a family or currency the table does not have, and for presents at no price. */
  bandOf(family: string, unitPriceMinor: number, currency: string): 0 | 1 | 2 | null;
  /** The edges in euro, for explaining; null where there are none. */
  edges(family: string): readonly [number, number] | null;
  readonly families: readonly string[];
}

/** @throws when the shipped file is wrong: a bug of the build. */
export function createPriceTable(content: unknown): PriceTable {
  const file = priceFile.parse(content);
  const bands = new Map(Object.entries(file.bands));
  const euroPer = new Map(Object.entries(file.euroPer));
  const digits = new Map(Object.entries(file.minorDigits));
  return Object.freeze({
    bandOf(family: string, unitPriceMinor: number, currency: string) {
      const edges = bands.get(family), rate = euroPer.get(currency);
      if (!edges || rate === undefined || !(unitPriceMinor > 0)) return null;
      const euro = (unitPriceMinor / 10 ** (digits.get(currency) ?? 2)) * rate;
      return euro < edges[0] ? 0 : euro < edges[1] ? 1 : 2;
    },
    edges: (family: string) => bands.get(family) ?? null,
    families: [...bands.keys()],
  } satisfies PriceTable);
}

/** Fewer priced things than this say nothing about a habit. */
const MIN_PRICED_ITEMS = 3;

/** The band most purchases lie in, with its share as strength; null while there are too few. A tie goes to the middle. */
export function decideBand(weights: readonly [number, number, number], items: number): { readonly band: Band; readonly strength: number; readonly confidence: number } | null {
  const total = weights[0] + weights[1] + weights[2];
  if (items < MIN_PRICED_ITEMS || !(total > 0)) return null;
  const best = Math.max(...weights);
  const band: Band = weights[1] >= best ? 'middle' : weights[0] > weights[2] ? 'low' : weights[2] > weights[0] ? 'high' : 'middle';
  const share = (band === 'low' ? weights[0] : band === 'high' ? weights[2] : weights[1]) / total;
  return { band, strength: share, confidence: 0.9 * (1 - Math.exp(-items / 3)) * (0.5 + share / 2) };
}
