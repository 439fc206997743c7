/** The work enrichment gives to a worker: saying what unseen items are evidence of, and what other lists say otherwise. Only plain data crosses the thread. */
import type { TaskKind } from '../platform/workers/task-kind.ts';
import type { Act, Item, ItemKind } from '../records/records.ts';
import type { MatchedWords } from './matched-words.ts';
import type { Difference } from './rule-difference.ts';
import type { RuleName } from './rules.ts';

export interface ClassifyInput {
  readonly resourcesDir: string;
  readonly items: readonly Item[];
}

/** Matches of some of the items, in order of item; columns of equal length. */
export interface ClassifyBatch {
  readonly itemIds: readonly number[];
  readonly kinds: readonly ItemKind[];
  readonly acts: readonly Act[];
  readonly targets: readonly string[];
  readonly rules: readonly string[];
  readonly weights: readonly number[];
  /** Everything up to this item is done, whether it matched or not. */
  readonly classifiedTo: number;
}

export const classifyTask: TaskKind<ClassifyInput, ClassifyBatch, null> = { name: 'enrichment.classify' };

export interface DifferenceInput {
  readonly resourcesDir: string;
  /** The lists of before, packed. */
  readonly before: Uint8Array;
}

/** Null where everything has to be read anew. */
export const differenceTask: TaskKind<DifferenceInput, never, Difference | null> = { name: 'enrichment.difference' };

export interface WordsInput { readonly resourcesDir: string; readonly items: readonly Item[] }
/** What one match of one thing goes by. */
export interface FoundWords { readonly itemId: number; readonly target: string; readonly rule: RuleName; readonly words: readonly MatchedWords[] }

export const wordsTask: TaskKind<WordsInput, never, readonly FoundWords[]> = { name: 'enrichment.words' };
