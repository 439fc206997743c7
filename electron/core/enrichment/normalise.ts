/** One form for words that differ only in case, accents, punctuation or width. */

const ASCII = /^[\u0020-\u007e]*$/;
const MARKS = /\p{M}+/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
const APOSTROPHES = /['’‘`´]/g;
/** Signs that NFKD would make letters of, glued to the word before, and those that are not seen. */
const SIGNS = /[\u2120\u2122\u00ae\u00a9]/g, UNSEEN = /[\p{Cf}\u034f]/gu;
const ASCII_WORDS = /[a-z0-9]+/g;

/** Letters that NFKD leaves alone but people type without their special form. */
const LIGATURES: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ł: 'l', ı: 'i', ð: 'd', þ: 'th' };
const LIGATURE = /[ßøæœđłıðþ]/g;

/** Words in order, without accents, in lower case; "chef's" is one word, "&" and other signs are none. */
export function wordsOf(text: string): string[] {
  let plain = text.replace(APOSTROPHES, '');
  if (!ASCII.test(plain)) plain = plain.replace(UNSEEN, '').replace(SIGNS, ' ');
  if (ASCII.test(plain)) return plain.toLowerCase().match(ASCII_WORDS) ?? [];
  return plain.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(LIGATURE, (letter) => LIGATURES[letter] ?? letter).match(WORDS) ?? [];
}

/** The words joined by single spaces: equal for texts that read the same. */
export const normalise = (text: string): string => wordsOf(text).join(' ');
