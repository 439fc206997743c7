/** Text from outside made fit to compare, store and show: composed at a bounded cost, on one line, without what steers a terminal or the writing direction. */

/** Nothing that is kept is longer; what is cut off before composing is never looked at. */
const LONGEST = 4_000;

/** UAX #15 calls text with longer runs of marks not "stream-safe"; putting one long run in order takes time by its square. */
const MARKS_TOGETHER = /(\p{M}{30})\p{M}+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** Line and paragraph separators, C0 and C1. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Bidirectional and other format characters; the two joiners are spelling in Persian, Hindi and emoji. */
const FORMAT = /(?![\u200c\u200d])\p{Cf}/gu;
const PLAIN = /^[ -~]*$/;

/** At most `length` UTF-16 units, never half of a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** NFC of the first 4,000 characters, in time that grows with their number only. */
export const composeText = (text: string): string => {
  const start = cutText(text, LONGEST);
  return PLAIN.test(start) ? start : start.replace(MARKS_TOGETHER, '$1').normalize('NFC');
};

/** One line of well-formed, composed text of at most `length` characters; empty when nothing is left. */
export function cleanText(text: string, length: number): string {
  let clean = cutText(text.trim(), LONGEST);
  // Nearly all text is plain ASCII; the costly steps are for the rest.
  if (!PLAIN.test(clean)) clean = composeText(clean.replace(LONE_SURROGATE, '\ufffd').replace(FORMAT, '').replace(CONTROL, ' ')).trim();
  return cutText(clean, length).trimEnd();
}
