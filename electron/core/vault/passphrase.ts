/** How strong a passphrase is, what is strong enough, and one to suggest. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { wordlist } from '@scure/bip39/wordlists/english.js';

export interface PassphraseEstimate {
  /** 0 very weak … 4 very strong. */
  readonly score: number;
  /** log10 of the guesses needed. */
  readonly guessesLog10: number;
  readonly acceptable: boolean;
  /** One plain sentence; empty when acceptable. */
  readonly advice: string;
}

/** 10^10 guesses against a quarter-second derivation is decades for one machine; fewer is not worth the name. */
const MIN_GUESSES_LOG10 = 10;
const MIN_LENGTH = 10;
/** The estimator's work grows with the square of the length; beyond this nothing changes the verdict. */
const MAX_ESTIMATED_LENGTH = 100;

let estimator: ZxcvbnFactory | undefined;

export function estimatePassphrase(passphrase: string): PassphraseEstimate {
  // Built at the first use: the dictionaries take tens of megabytes that an unlock does not need.
  estimator ??= new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs });
  const normalised = passphrase.normalize('NFKC');
  const result = estimator.check(normalised.slice(0, MAX_ESTIMATED_LENGTH));
  const longEnough = Array.from(normalised).length >= MIN_LENGTH;
  const acceptable = longEnough && result.guessesLog10 >= MIN_GUESSES_LOG10;
  const advice = acceptable ? '' : longEnough ? 'Easy to guess. Add a word or two that have nothing to do with each other.' : `Use at least ${MIN_LENGTH} characters. Four or more unrelated words are easy to remember and hard to guess.`;
  // The meter must not call weak what is accepted, nor strong what is refused.
  const score = acceptable ? Math.max(3, result.score) : Math.min(2, result.score);
  return { score, guessesLog10: Math.round(result.guessesLog10 * 10) / 10, acceptable, advice };
}

/** Seven words of 2,048: 77 bits. */
export function suggestPassphrase(randomBytes: (size: number) => Buffer): string {
  const bytes = randomBytes(14);
  return Array.from({ length: 7 }, (_, i) => wordlist[bytes.readUInt16BE(i * 2) & 2047] ?? '').join(' ');
}
