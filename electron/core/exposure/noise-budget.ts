/** What deniable answers have cost so far: ε of each company and of all together, by sequential composition. Pure. */
import { epsilonOf } from '../anonymizer/noise.ts';
import type { SpentRow } from './exposure-repository.ts';

/** What the draw of one number costs, as a weight: a place on the ladder of seven horizons can be six steps from another, each worth ln 2. */
export const NUMBER_WEIGHT = 2 ** 6;

/** ε that one company may learn with, over all epochs, and all companies together if they pool. */
export const BUDGET = { company: 12, total: 48 } as const;

/** The most that was spent on any one area, epoch after epoch: two profiles are neighbours when they differ in one area. */
export function spentOf(rows: readonly SpentRow[]): number {
  const areas = new Map<string, number>();
  for (const { epoch, area, weight } of rows) areas.set(`${epoch}|${area}`, (areas.get(`${epoch}|${area}`) ?? 0) + epsilonOf(weight));
  const epochs = new Map<string, number>();
  for (const [key, spent] of areas) {
    const epoch = key.slice(0, key.indexOf('|'));
    epochs.set(epoch, Math.max(epochs.get(epoch) ?? 0, spent));
  }
  return [...epochs.values()].reduce((sum, spent) => sum + spent, 0);
}

/** `rows`: of all companies; `next`: what would be told one of them now. */
export function affords(rows: readonly SpentRow[], next: readonly SpentRow[]): boolean {
  const keyOf = ({ company_id: company, epoch, area, level, weight }: SpentRow): string => JSON.stringify([company, epoch, area, level, weight]);
  const known = new Set(rows.map(keyOf)), added = next.filter((row) => !known.has(keyOf(row)));
  // Said before is remembered: it costs nothing again, however little is left.
  if (added.length === 0) return true;
  const all = [...rows, ...added], companies = new Set(all.map(({ company_id: company }) => company));
  const each = new Map([...companies].map((company) => [company, spentOf(all.filter((row) => row.company_id === company))]));
  return (each.get(added[0]?.company_id ?? '') ?? 0) <= BUDGET.company && [...each.values()].reduce((sum, spent) => sum + spent, 0) <= BUDGET.total;
}
