/** Finds known phrases in a list of words: a trie of words, longest match at each place. */
import type { Language } from './language.ts';

/** Most nodes are the last word of a phrase: they have no map of what follows. */
interface TrieNode<Entry> { next: Map<string, TrieNode<Entry>> | undefined; entry: Entry | undefined; /** What the phrase means in single languages only. */ inLanguage: Map<Language, Entry> | undefined }

export interface Hit<Entry> { readonly from: number; /** Exclusive. */ readonly to: number; readonly entry: Entry }

export interface Phrases<Entry> {
  /** The first entry given for a phrase stays, and the first for each language. Empty phrases are left out. `languages`: where it means this; everywhere when empty. */
  add(words: readonly string[], entry: Entry, languages?: readonly Language[]): void;
  /**
   * Matches that do not overlap, from the left, each the longest at its place, between two word positions.
   *
   * `language` says what the words are written in, null when nobody knows: then a phrase means what it means anywhere. It is asked only where that matters.
   */
  find(words: readonly string[], language?: () => Language | null, from?: number, to?: number): Hit<Entry>[];
  readonly size: number;
  /** Every phrase with what it means anywhere and in single languages, the first of which counts where nobody knows the language. */
  meanings(): Iterable<{ readonly words: readonly string[]; readonly anywhere: Entry | undefined; readonly inLanguage: readonly (readonly [Language, Entry])[] }>;
}

export function createPhrases<Entry>(): Phrases<Entry> {
  const root = emptyNode<Entry>();
  let size = 0;
  return {
    add(words, entry, languages = []) {
      if (words.length === 0) return;
      let node = root;
      for (const word of words) {
        const following: Map<string, TrieNode<Entry>> = (node.next ??= new Map<string, TrieNode<Entry>>());
        let next = following.get(word);
        if (!next) following.set(word, (next = emptyNode()));
        node = next;
      }
      if (node.entry === undefined && node.inLanguage === undefined) size++;
      if (languages.length === 0) node.entry ??= entry;
      for (const language of languages) if (node.inLanguage?.has(language) !== true) (node.inLanguage ??= new Map<Language, Entry>()).set(language, entry);
    },
    find(words, language = () => null, from = 0, to = words.length) {
      const hits: Hit<Entry>[] = [];
      for (let start = from; start < to;) {
        let node: TrieNode<Entry> | undefined = root;
        let best: Hit<Entry> | undefined;
        for (let at = start; at < to; at++) {
          const word: string | undefined = words[at];
          node = word === undefined ? undefined : node.next?.get(word);
          if (!node) break;
          const entry = node.inLanguage === undefined ? node.entry : meaning(node.entry, node.inLanguage, language());
          if (entry !== undefined) best = { from: start, to: at + 1, entry };
        }
        if (best) { hits.push(best); start = best.to; } else start++;
      }
      return hits;
    },
    get size() { return size; },
    meanings: () => meaningsBelow(root, []),
  };
}

function* meaningsBelow<Entry>(node: TrieNode<Entry>, words: readonly string[]): Generator<{ readonly words: readonly string[]; readonly anywhere: Entry | undefined; readonly inLanguage: readonly (readonly [Language, Entry])[] }> {
  if (node.entry !== undefined || node.inLanguage !== undefined) yield { words, anywhere: node.entry, inLanguage: [...node.inLanguage ?? []] };
  for (const [word, next] of node.next ?? []) yield* meaningsBelow(next, [...words, word]);
}

const emptyNode = <Entry>(): TrieNode<Entry> => ({ next: undefined, entry: undefined, inLanguage: undefined });

const meaning = <Entry>(anywhere: Entry | undefined, inLanguage: ReadonlyMap<Language, Entry>, language: Language | null): Entry | undefined =>
  (language === null ? anywhere ?? inLanguage.values().next().value : inLanguage.get(language) ?? anywhere);
