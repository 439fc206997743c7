/** How much and how sure, in the words of every screen, the strongest first. */
import { msg, t } from '../language/message.ts';
export const DEGREES = [{ from: 0.75, words: msg('very much') }, { from: 0.5, words: msg('clearly') }, { from: 0.25, words: msg('somewhat') }, { from: 0, words: msg('a little') }] as const;
const SURENESS = [{ from: 0.8, words: msg('sure') }, { from: 0.55, words: msg('fairly sure') }, { from: 0.3, words: msg('not so sure') }, { from: 0, words: msg('only guessing') }] as const;

/** `value`: 0..1. */
export const degreeWords = (value: number): string => t(DEGREES.find(({ from }) => value >= from)?.words ?? DEGREES[3].words);
export const sureWords = (value: number): string => t(SURENESS.find(({ from }) => value >= from)?.words ?? SURENESS[3].words);
