/** How strong a passphrase is, what is strong enough, and one to suggest. */
import { t } from '../../../shared/language/message.ts';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { AppError } from '../../../shared/errors/app-error.ts';

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

/** Loaded and built at the first use: the dictionaries take half a second and tens of megabytes that neither a start nor an unlock needs. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]);
  return new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs });
}
let estimator: Promise<ZxcvbnFactory> | undefined;

export async function estimatePassphrase(passphrase: string): Promise<PassphraseEstimate> {
  estimator ??= loadEstimator();
  const normalised = passphrase.normalize('NFKC');
  const result = (await estimator).check(normalised.slice(0, MAX_ESTIMATED_LENGTH));
  const longEnough = Array.from(normalised).length >= MIN_LENGTH;
  const acceptable = longEnough && result.guessesLog10 >= MIN_GUESSES_LOG10;
  const advice = acceptable ? '' : longEnough ? t('Easy to guess. Add a word or two that have nothing to do with each other.') : t('Use at least {least, number} characters. Four or more unrelated words are easy to remember and hard to guess.', { least: MIN_LENGTH });
  // The meter must not call weak what is accepted, nor strong what is refused.
  const score = acceptable ? Math.max(3, result.score) : Math.min(2, result.score);
  return { score, guessesLog10: Math.round(result.guessesLog10 * 10) / 10, acceptable, advice };
}

/** @throws {AppError} ERR_PASSPHRASE_WEAK */
export async function assertStrong(passphrase: string): Promise<void> {
  const { acceptable, advice } = await estimatePassphrase(passphrase);
  if (!acceptable) throw new AppError('ERR_PASSPHRASE_WEAK', `This passphrase is too easy to guess. ${advice}`);
}

/** Seven words of 2,048: 77 bits. */
export function suggestPassphrase(randomBytes: (size: number) => Buffer): string {
  const bytes = randomBytes(14);
  return Array.from({ length: 7 }, (_, i) => wordlist[bytes.readUInt16BE(i * 2) & 2047] ?? '').join(' ');
}
