/** Which of many named things are meant by a few letters. Pure. */

export interface Findable<Group extends string = string> {
  readonly group: Group; readonly id: string; readonly label: string;
  /** Beside the name, and found too. */
  readonly detail?: string;
  /** Found, not shown. */
  readonly words?: string;
  /** Keys that do the same. */
  readonly keys?: string;
}

/** Without accents, in lower case, so that "cafe" finds "Café". */
export const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}+/gu, '').toLowerCase();
const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const beginAll = (wanted: readonly string[], own: readonly string[]): boolean => wanted.every((word) => own.some((other) => other.startsWith(word)));

/** 0: not meant. The name as it begins before words of it in any order, those before what stands beside it. */
function fit(text: string, wanted: readonly string[], one: Findable): number {
  if (wanted.length === 0) return text.trim() === '' ? 1 : 0;
  const label = wordsIn(one.label);
  if (label.join(' ').startsWith(wanted.join(' '))) return 4;
  if (beginAll(wanted, label)) return 3;
  return beginAll(wanted, [...label, ...wordsIn(`${one.detail ?? ''} ${one.words ?? ''}`)]) ? 2 : 0;
}

/** The best first, at most `most` of one group; of those that fit as well by name the shortest, otherwise in the order given. */
export function findAmong<T extends Findable>(all: readonly T[], text: string, most: number): T[] {
  const wanted = wordsIn(text), counts = new Map<string, number>();
  return all.map((one, at) => ({ one, at, fits: fit(text, wanted, one) })).filter(({ fits }) => fits > 0).sort((a, b) => b.fits - a.fits || (a.fits >= 3 ? a.one.label.length - b.one.label.length : 0) || a.at - b.at).map(({ one }) => one).filter(({ group }) => {
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return count <= most;
  });
}

/** Groups in the order in which their best one was found. */
export function grouped<T extends Findable>(found: readonly T[]): { readonly group: T['group']; readonly found: T[] }[] {
  return [...Map.groupBy(found, ({ group }) => group)].map(([group, own]) => ({ group, found: own }));
}
