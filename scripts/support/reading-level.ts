/** How hard an English text is to read: the Flesch-Kincaid grade (Kincaid et al. 1975), in years of school. Pure. */
import { IntlMessageFormat } from 'intl-messageformat';

/** Groups of vowels, without a silent e at the end; at least one. */
function syllables(word: string): number {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/gu, '');
  const groups = plain.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/u, (end) => end.slice(0, 1).replace(/e/u, '')).match(/[aeiouy]+/gu);
  return Math.max(1, groups?.length ?? 0);
}

export function gradeOf(text: string): number {
  const sentences = text.split(/[.!?:;]+(?:\s|$)/u).filter((part) => /[a-z]/iu.test(part)).length;
  const words = text.match(/[A-Za-z][A-Za-z’'-]*/gu) ?? [];
  return 0.39 * (words.length / sentences) + 11.8 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length) - 15.59;
}

/** Fewer words say nothing of a sentence: "Unlocked" is grade 8. */
const FEWEST_WORDS = 8;
/** Sentences of a text that are long enough to be judged, each with its grade; places in a computer are copied, not read. */
export const gradedSentences = (text: string): { readonly sentence: string; readonly grade: number }[] =>
  text.split(/(?<=[.!?])\s+/u).map((sentence) => sentence.replaceAll(/\S*[\\/~%]\S*/gu, 'path')).filter((sentence) => (sentence.match(/[A-Za-z]+/gu) ?? []).length >= FEWEST_WORDS).map((sentence) => ({ sentence, grade: gradeOf(sentence) }));

/** An ICU message as English says it, with plain things in its places: the case that holds for three of them, or for anything else. */
export function plainly(text: string): string {
  const message = text.slice(text.indexOf('|') + 1), values: Record<string, string | number> = {};
  for (const [, name = '', kind] of message.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+))?/gu)) values[name] = kind === 'plural' || kind === 'number' ? 3 : kind === 'select' ? 'other' : values[name] ?? 'shop';
  return String(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).format(values));
}
