/** Parts of words that say what the whole word is about, as German puts words together: "kinderwunsch*" in "Kinderwunschklinik". */

/** Shorter parts stand in words of every kind. */
export const SHORTEST_STEM = 6;

export interface Stems<Entry> {
  /** `stem*` begins a word, `*stem` ends one, `*stem*` is anywhere in it; the word may be no longer. @throws Error for a part that is too short */
  add(written: string, entry: Entry): void;
  /** What the longest part of the word stands for that is known; undefined for none. */
  of(word: string): Entry | undefined;
  /** Every part as it was written, with what it stands for. */
  readonly all: ReadonlyMap<string, Entry>;
}

export const isStem = (written: string): boolean => written.startsWith('*') || written.endsWith('*');

export function createStems<Entry>(): Stems<Entry> {
  const all = new Map<string, Entry>();
  let longest = 0;
  return {
    add(written, entry) {
      const stem = written.replaceAll('*', '');
      if (stem.length < SHORTEST_STEM || stem.includes(' ')) throw new Error(`“${written}” is too short, or no part of a word`);
      longest = Math.max(longest, stem.length);
      if (!all.has(written)) all.set(written, entry);
    },
    of(word) {
      if (all.size === 0 || word.length < SHORTEST_STEM) return undefined;
      for (let length = Math.min(longest, word.length); length >= SHORTEST_STEM; length--) {
        const found = all.get(`${word.slice(0, length)}*`) ?? all.get(`*${word.slice(-length)}`);
        if (found !== undefined) return found;
        for (let from = 0; from + length <= word.length; from++) {
          const inside = all.get(`*${word.slice(from, from + length)}*`);
          if (inside !== undefined) return inside;
        }
      }
      return undefined;
    },
    all,
  };
}
