/** Finds known phrases in a list of words: a trie of words, longest match at each place. */

interface TrieNode<Entry> { readonly next: Map<string, TrieNode<Entry>>; entry: Entry | undefined }

export interface Hit<Entry> { readonly from: number; /** Exclusive. */ readonly to: number; readonly entry: Entry }

export interface Phrases<Entry> {
  /** The first entry given for a phrase stays. Empty phrases are left out. */
  add(words: readonly string[], entry: Entry): void;
  /** Matches that do not overlap, from the left, each the longest at its place, between two word positions. */
  find(words: readonly string[], from?: number, to?: number): Hit<Entry>[];
  readonly size: number;
}

export function createPhrases<Entry>(): Phrases<Entry> {
  const root: TrieNode<Entry> = { next: new Map(), entry: undefined };
  let size = 0;
  return {
    add(words, entry) {
      if (words.length === 0) return;
      let node = root;
      for (const word of words) {
        let next = node.next.get(word);
        if (!next) node.next.set(word, (next = { next: new Map(), entry: undefined }));
        node = next;
      }
      if (node.entry !== undefined) return;
      node.entry = entry;
      size++;
    },
    find(words, from = 0, to = words.length) {
      const hits: Hit<Entry>[] = [];
      for (let start = from; start < to;) {
        let node: TrieNode<Entry> | undefined = root;
        let best: Hit<Entry> | undefined;
        for (let at = start; at < to; at++) {
          const word: string | undefined = words[at];
          node = word === undefined ? undefined : node.next.get(word);
          if (!node) break;
          if (node.entry !== undefined) best = { from: start, to: at + 1, entry: node.entry };
        }
        if (best) { hits.push(best); start = best.to; } else start++;
      }
      return hits;
    },
    get size() { return size; },
  };
}
