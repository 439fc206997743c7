/** Which things other lists could read otherwise. Pure; says too many rather than one too few. */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { compileLexicon, MATCHER_VERSION, taxonomyText, type Lexicon, type LexiconTexts } from './lexicon.ts';
import { BRAND_PREFIX, MAY_BE_GUESSED, partsOfCreator, readingsOf, titleNames, type Match, type MatchableItem } from './matcher.ts';
import { normalise, wordsOf } from './normalise.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import { createStems } from './stems.ts';
import type { Taxonomy } from './taxonomy.ts';
import { partsOf, telling } from './word-model.ts';

/** The lists things were read by, as they are kept in the vault. */
interface Kept {
  /** Of everything that cannot be told apart by single things: where it differs, all are read. */
  readonly whole: string;
  readonly texts: Omit<LexiconTexts, 'languages'>;
}

/** All that two versions of the lists say otherwise. */
export interface Difference {
  /** Normalised names of artists, titles and authors. */
  readonly names: readonly string[];
  /** Words one after the other. */
  readonly phrases: readonly (readonly string[])[];
  /** Parts of words that are closed in one of the two only. */
  readonly closedParts: readonly string[];
  /** Parts of words the word model knows otherwise. */
  readonly parts: readonly string[];
}

const wholeOf = ({ languages }: LexiconTexts, taxonomy: Taxonomy): string => createHash('sha256').update(`${MATCHER_VERSION}\n${taxonomyText(taxonomy)}\0`).update(languages).digest('base64url');

/** @returns a form to keep, some 100 kB */
export function packRules({ languages, ...texts }: LexiconTexts, taxonomy: Taxonomy): Buffer {
  return gzipSync(JSON.stringify({ whole: wholeOf({ languages, ...texts }, taxonomy), texts } satisfies Kept));
}

/** @param packed what {@link packRules} of this or an older program made. @returns null where everything has to be read anew */
export function differenceFrom(packed: Uint8Array, now: LexiconTexts, taxonomy: Taxonomy): Difference | null {
  const { whole, texts } = JSON.parse(gunzipSync(packed).toString('utf8')) as Kept;
  return whole === wholeOf(now, taxonomy) ? differenceBetween(compileLexicon({ ...texts, languages: now.languages }, taxonomy), compileLexicon(now, taxonomy)) : null;
}

/** Of two versions under one taxonomy, one way of matching and one model of languages. */
export function differenceBetween(before: Lexicon, after: Lexicon): Difference {
  const names = new Set((['artists', 'titles', 'authors', 'closedLabels'] as const).flatMap((list) => unlike(before[list], after[list])));
  const phrases = new Set((['franchises', 'books', 'products', 'topics', 'topicsInNames', 'brands', 'closed'] as const).flatMap((list) => unlike(meaningsOf(before[list]), meaningsOf(after[list]))));
  const changed = unlike(examplesOf(before), examplesOf(after)).map((key) => wordsOf(key.slice(key.indexOf(' '))));
  return { names: [...names], closedParts: unlike(before.closedParts.all, after.closedParts.all), phrases: [...phrases].map((phrase) => phrase.split(' ')), parts: [...new Set(changed.flatMap(telling).flatMap(partsOf))] };
}

/** True for a match after which the word model was not asked. */
export const isSaidByList = ({ target, rule }: Pick<Match, 'target'> & { readonly rule: string }): boolean => rule !== 'model/words@1' && !target.startsWith(BRAND_PREFIX);

/** What may be evidence of something else after the change. */
export interface Touched {
  readonly byLists: (item: MatchableItem) => boolean;
  /** Asked of what {@link Touched.byLists} leaves out; tells nothing of things with a match that {@link isSaidByList}. */
  readonly byWords: (item: MatchableItem) => boolean;
}

/** Words whose answer is kept, for the same ones come again and again. */
const KEPT_WORDS = 20_000;

export function touchedBy({ names, phrases, closedParts, parts }: Difference): Touched {
  const changed = createStems<true>();
  for (const part of closedParts) changed.add(part, true);
  const knownNames = new Set(names), knownParts = new Set(parts), known = createPhrases<true>();
  for (const phrase of phrases) known.add(phrase, true);
  const isNamed = (text: string): boolean => knownNames.has(normalise(text));
  const kept = new Map<string, boolean>();
  const isLearned = (word: string): boolean => {
    const before = kept.get(word);
    if (before !== undefined) return before;
    const learned = partsOf(word).some((part) => knownParts.has(part));
    if (kept.size >= KEPT_WORDS) kept.clear();
    kept.set(word, learned);
    return learned;
  };
  return Object.freeze({
    byLists(item) {
      const { title, creator, collection } = item;
      if (knownNames.size > 0) {
        if (creator !== null && (isNamed(creator) || partsOfCreator(creator).some(isNamed))) return true;
        for (const name of titleNames(item)) if (knownNames.has(name)) return true;
      }
      return (known.size > 0 || closedParts.length > 0) && [title, creator, collection, item.category].some((text) => text !== null && readingsOf(text).some((words) => known.find(words).length > 0 || words.some((word) => changed.of(word) !== undefined)));
    },
    byWords: ({ kind, title }) => knownParts.size > 0 && MAY_BE_GUESSED.has(kind) && telling(wordsOf(title)).some(isLearned),
  } satisfies Touched);
}

/** Keys that are in one of the two only, or stand for something else. */
function unlike(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)));
}

const meaningsOf = (phrases: Pick<Phrases<unknown>, 'meanings'>): Map<string, unknown> =>
  new Map([...phrases.meanings()].map(({ words, anywhere, inLanguage }) => [words.join(' '), { anywhere, inLanguage }]));

/** How often each name stands for each node; the node comes first in the key. */
function examplesOf({ examples }: Lexicon): Map<string, number> {
  const times = new Map<string, number>();
  for (const { words, node } of examples) {
    const key = `${node} ${words.join(' ')}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}
