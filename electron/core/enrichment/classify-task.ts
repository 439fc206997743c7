/** Runs in a worker: compiles the lexicons once and matches every item against them. */
import type { TaskContext } from '../platform/workers/task-kind.ts';
import type { Act, ItemKind } from '../records/records.ts';
import { compileLexicon, readLexicons } from './lexicon.ts';
import { createMatcher } from './matcher.ts';
import { loadTaxonomy } from './taxonomy.ts';
import type { ClassifyBatch, ClassifyInput } from './tasks.ts';

const BATCH_ITEMS = 4_000;

export async function classify(input: ClassifyInput, context: TaskContext<ClassifyBatch>): Promise<null> {
  const taxonomy = loadTaxonomy(input.resourcesDir);
  const matcher = createMatcher(compileLexicon(readLexicons(input.resourcesDir), taxonomy), taxonomy);
  for (let from = 0; from < input.items.length; from += BATCH_ITEMS) {
    const items = input.items.slice(from, from + BATCH_ITEMS);
    const itemIds: number[] = [], kinds: ItemKind[] = [], acts: Act[] = [], targets: string[] = [], rules: string[] = [], weights: number[] = [];
    for (const item of items) {
      for (const match of matcher.match(item)) {
        itemIds.push(item.id);
        kinds.push(item.kind);
        acts.push(item.act);
        targets.push(match.target);
        rules.push(match.rule);
        weights.push(match.weight);
      }
    }
    await context.send({ itemIds, kinds, acts, targets, rules, weights, classifiedTo: items.at(-1)?.id ?? 0 });
  }
  return null;
}
