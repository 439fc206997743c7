/** Runs in a worker: compiles the lists of before and those of now, and says what differs. */
import { readLexicons } from './lexicon.ts';
import { differenceFrom, type Difference } from './rule-difference.ts';
import { loadTaxonomy } from './taxonomy.ts';
import type { DifferenceInput } from './tasks.ts';

export const difference = ({ resourcesDir, before }: DifferenceInput): Promise<Difference | null> => Promise.resolve(differenceFrom(before, readLexicons(resourcesDir), loadTaxonomy(resourcesDir)));
