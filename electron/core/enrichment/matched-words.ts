/** Which words of a thing a match goes by: the fewest with which the very same matcher still says it. Pure. */
import type { MatchableItem, Matcher, Match } from './matcher.ts';

const FIELDS = ['title', 'creator', 'collection', 'category'] as const;
export type Field = (typeof FIELDS)[number];
/** `words`: as the export wrote them. */
export interface MatchedWords { readonly field: Field; readonly words: string }

/** Taken out in this order: what is left last is what people look at first. */
const LEFT_OUT: readonly Field[] = ['category', 'collection', 'creator', 'title'];
/** A title of more words than these is not taken apart; each costs a match. */
const WORDS_AT_MOST = 60;

/**
 * Found by leaving out, not by asking the rules, so that it is true of every rule there is, and of those to come.
 *
 * @returns each field it needs with the part it needs of it; empty when the matcher does not say this of the thing (any more)
 */
export function wordsBehind(matcher: Matcher, item: MatchableItem, { target, rule }: Pick<Match, 'target' | 'rule'>): MatchedWords[] {
  const says = (one: MatchableItem): boolean => matcher.match(one).some((match) => match.target === target && match.rule === rule);
  const bare = ({ kind, title, creator, collection, category }: MatchableItem): MatchableItem => ({ kind, title, creator, collection, category });
  let left = bare(item);
  if (!says(left)) return [];
  const without = (field: Field, text: string): MatchableItem => ({ ...left, [field]: text === '' && field !== 'title' ? null : text });
  // Once more when anything went: with fewer words the language may be another, and with it what the others mean.
  for (let before: MatchableItem | null = null; before !== left;) {
    before = left;
    for (const field of LEFT_OUT) {
      const text = left[field];
      if (text === null || text === '') continue;
      if (says(without(field, ''))) { left = without(field, ''); continue; }
      // From the end, then from the beginning: the words stay together, as they stand there.
      let parts = text.split(/(?<=\s)(?=\S)/u);
      if (parts.length > WORDS_AT_MOST) continue;
      for (let count = 0; count !== parts.length;) {
        count = parts.length;
        while (parts.length > 1 && says(without(field, parts.slice(0, -1).join('')))) parts = parts.slice(0, -1);
        while (parts.length > 1 && says(without(field, parts.slice(1).join('')))) parts = parts.slice(1);
      }
      if (parts.join('') !== text) left = without(field, parts.join(''));
    }
  }
  return FIELDS.flatMap((field) => { const words = trimmed(left[field] ?? ''); return words === '' ? [] : [{ field, words }]; });
}

/** Without signs at its ends, which no rule goes by. */
const trimmed = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
