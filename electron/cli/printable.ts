/** Text for a terminal: what others wrote can neither move the cursor nor turn our own words around. */

/** Controls, direction marks and other invisible characters become visible escapes; line breaks stay. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' || character === '\u200c' || character === '\u200d' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`));

/** One line: a line break in a name is not the end of ours. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', '\\n');
