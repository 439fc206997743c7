/** Parts of words that say what the whole word is about, as German puts words together: "kinderwunsch*" in "Kinderwunschklinik". */

/** Shorter parts stand in words of every kind. */
const SHORTEST_STEM = 6;
/** Words whose answer is kept: the same ones come again and again. */
const KEPT_WORDS = 20_000;

export interface Stems<Entry> {
  /** `stem*` begins a word, `*stem` ends one, `*stem*` is anywhere in it; the word may be no longer. @throws Error for a part that is too short */
  add(written: string, entry: Entry): void;
  /** What the longest part of the word stands for that is known; undefined for none. */
  of(word: string): Entry | undefined;
  /** Every part as it was written, with what it stands for. */
  readonly all: ReadonlyMap<string, Entry>;
}

export const isStem = (written: string): boolean => written.startsWith('*') || written.endsWith('*');

/** Parts at one place of words, by length, the longest first. */
class Place<Entry> {
  readonly #byLength = new Map<number, Map<string, Entry>>();
  /** Made when first looked for; all parts are there by then. */
  #lengths: readonly number[] | undefined;
  add(stem: string, entry: Entry): void {
    let same = this.#byLength.get(stem.length);
    if (!same) this.#byLength.set(stem.length, (same = new Map<string, Entry>()));
    if (!same.has(stem)) same.set(stem, entry);
    this.#lengths = undefined;
  }
  /** `partsOf`: the parts of that length a word has at this place. */
  find(word: string, partsOf: (length: number) => Iterable<string>): { readonly length: number; readonly entry: Entry } | undefined {
    for (const length of (this.#lengths ??= [...this.#byLength.keys()].sort((a, b) => b - a))) {
      if (length > word.length) continue;
      const same = this.#byLength.get(length);
      for (const part of partsOf(length)) {
        const entry = same?.get(part);
        if (entry !== undefined) return { length, entry };
      }
    }
    return undefined;
  }
}

export function createStems<Entry>(): Stems<Entry> {
  const all = new Map<string, Entry>(), kept = new Map<string, Entry | undefined>();
  const begins = new Place<Entry>(), ends = new Place<Entry>(), inside = new Place<Entry>();
  const look = (word: string): Entry | undefined =>
    [
      begins.find(word, (length) => [word.slice(0, length)]), ends.find(word, (length) => [word.slice(-length)]),
      inside.find(word, (length) => Array.from({ length: word.length - length + 1 }, (_, from) => word.slice(from, from + length))),
    ].filter((found) => found !== undefined).sort((a, b) => b.length - a.length)[0]?.entry;
  return {
    add(written, entry) {
      const stem = written.replaceAll('*', '');
      if (stem.length < SHORTEST_STEM || stem.includes(' ')) throw new Error(`“${written}” is too short, or no part of a word`);
      if (!all.has(written)) all.set(written, entry);
      (written.startsWith('*') ? written.endsWith('*') ? inside : ends : begins).add(stem, entry);
      kept.clear();
    },
    of(word) {
      if (all.size === 0 || word.length < SHORTEST_STEM) return undefined;
      if (kept.has(word)) return kept.get(word);
      const found = look(word);
      if (kept.size >= KEPT_WORDS) kept.clear();
      kept.set(word, found);
      return found;
    },
    all,
  };
}
