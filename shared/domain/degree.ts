/** How much and how sure, in the words of every screen, the strongest first. */
export const DEGREES = [{ from: 0.75, words: 'very much' }, { from: 0.5, words: 'clearly' }, { from: 0.25, words: 'somewhat' }, { from: 0, words: 'a little' }] as const;
const SURENESS = [{ from: 0.8, words: 'sure' }, { from: 0.55, words: 'fairly sure' }, { from: 0.3, words: 'not so sure' }, { from: 0, words: 'only guessing' }] as const;

/** `value`: 0..1. */
export const degreeWords = (value: number): string => DEGREES.find(({ from }) => value >= from)?.words ?? DEGREES[3].words;
export const sureWords = (value: number): string => SURENESS.find(({ from }) => value >= from)?.words ?? SURENESS[3].words;
