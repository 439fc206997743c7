/** What deniable answers have cost so far: ε of each company and of all together, by sequential composition. Pure. */
import { epsilonOf } from '../anonymizer/noise.ts';
import type { SpentRow } from './exposure-repository.ts';

/** What a number costs, as a weight: a place on the ladder of seven horizons can be six steps from another, each worth ln 2. */
export const NUMBER_WEIGHT = 2 ** 6;

/** ε that one company may learn with, over all epochs, and all companies together if they pool. */
export const BUDGET = { company: 12, total: 48 } as const;

/** The most that was spent on any one area, epoch after epoch: two profiles are neighbours when they differ in one area. */
export function spentOf(rows: readonly Omit<SpentRow, 'said'>[]): number {
  const areas = new Map<string, number>();
  for (const { epoch, area, weight } of rows) areas.set(`${epoch}|${area}`, (areas.get(`${epoch}|${area}`) ?? 0) + epsilonOf(weight));
  const epochs = new Map<string, number>();
  for (const [key, spent] of areas) {
    const epoch = key.slice(0, key.indexOf('|'));
    epochs.set(epoch, Math.max(epochs.get(epoch) ?? 0, spent));
  }
  return [...epochs.values()].reduce((sum, spent) => sum + spent, 0);
}

/**
 * Whether a company may be told in this epoch with this weight. It was already, or there is room for the dearest that could come of it: what is
 * true of the person decides nothing.
 */
export function affords(rows: readonly SpentRow[], companyId: string, epoch: number, weight: number): boolean {
  const own = rows.filter((row) => row.company_id === companyId);
  if (own.some((row) => row.epoch === epoch && row.weight === weight)) return true;
  // An area of its own name for every area: whichever cost most so far could be this one.
  const areas = new Set(own.filter((row) => row.epoch === epoch).map(({ area }) => area)), dearest = [...areas, ''].map((area) => spentOf([...own, { company_id: companyId, epoch, area, weight }]));
  const spent = Math.max(...dearest), others = [...new Set(rows.map((row) => row.company_id))].filter((id) => id !== companyId);
  return spent <= BUDGET.company && spent + others.reduce((sum, id) => sum + spentOf(rows.filter((row) => row.company_id === id)), 0) <= BUDGET.total;
}
