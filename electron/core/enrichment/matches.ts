/** Matches on their way: batches of a worker divided, rows of the database grouped by item. Pure. */
import type { Item } from '../records/records.ts';
import { knownRule } from './conclude.ts';
import type { MatchRow } from './enrichment-repository.ts';
import { BRAND_PREFIX, type Match } from './matcher.ts';
import type { ClassifyBatch } from './tasks.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The rows of some of a batch's items; it says as much about how far things are read. */
export function partOf(batch: ClassifyBatch, isWanted: (itemId: number) => boolean): ClassifyBatch {
  const rows = [...batch.itemIds.keys()].filter((i) => isWanted(batch.itemIds[i] ?? 0));
  const pick = <T>(column: readonly T[]): T[] => rows.flatMap((i) => column.slice(i, i + 1));
  return { itemIds: pick(batch.itemIds), kinds: pick(batch.kinds), acts: pick(batch.acts), targets: pick(batch.targets), rules: pick(batch.rules), weights: pick(batch.weights), classifiedTo: batch.classifiedTo };
}

/** An item with anything closed about it goes into the closed part whole. */
export function splitBatch(batch: ClassifyBatch, isClosed: (target: string) => boolean): { readonly open: ClassifyBatch; readonly closed: Map<number, Match[]> } {
  const closed = new Map<number, Match[]>();
  batch.targets.forEach((target, i) => { if (isClosed(target)) closed.set(batch.itemIds[i] ?? 0, []); });
  if (closed.size === 0) return { open: batch, closed };
  const open = { itemIds: [] as number[], kinds: [] as Item['kind'][], acts: [] as Item['act'][], targets: [] as string[], rules: [] as string[], weights: [] as number[], classifiedTo: batch.classifiedTo };
  batch.itemIds.forEach((itemId, i) => {
    const target = batch.targets[i] ?? '', rule = batch.rules[i] ?? '', weight = batch.weights[i] ?? 0, kind = batch.kinds[i], act = batch.acts[i];
    const sealed = closed.get(itemId);
    if (sealed) {
      const known = knownRule(rule);
      if (known !== null) sealed.push({ target, rule: known, weight });
    } else if (kind !== undefined && act !== undefined) {
      open.itemIds.push(itemId);
      open.kinds.push(kind);
      open.acts.push(act);
      open.targets.push(target);
      open.rules.push(rule);
      open.weights.push(weight);
    }
  });
  return { open, closed };
}
/** Rows in order of item, grouped; names that are not known any more are left out. */
export function* itemsOf(rows: readonly MatchRow[], names: ReadonlyMap<number, string>, taxonomy: Taxonomy): Generator<Pick<MatchRow, 'itemId' | 'kind' | 'act'> & { matches: Match[] }> {
  let current: (Pick<MatchRow, 'itemId' | 'kind' | 'act'> & { matches: Match[] }) | undefined;
  for (const row of rows) {
    if (current?.itemId !== row.itemId) {
      if (current) yield current;
      current = { itemId: row.itemId, kind: row.kind, act: row.act, matches: [] };
    }
    const target = names.get(row.targetId), rule = knownRule(names.get(row.ruleId) ?? '');
    if (target !== undefined && rule !== null && (target.startsWith(BRAND_PREFIX) || taxonomy.get(target))) current.matches.push({ target, rule, weight: row.weight });
  }
  if (current) yield current;
}
