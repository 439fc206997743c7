/** The recovery phrase: 24 words for 256 bits (BIP-39, English list). */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { AppError } from '../../../shared/errors/app-error.ts';

export const recoveryWords = (entropy: Buffer): string[] => entropyToMnemonic(entropy, wordlist).split(' ');

/**
 * The 32 bytes behind a typed phrase; spacing and capitals do not matter.
 * @throws {AppError} ERR_RECOVERY_PHRASE_INVALID when a word is not on the list, the count is not 24, or the checksum does not fit.
 */
export function parseRecoveryPhrase(phrase: string): Buffer {
  const words = phrase.normalize('NFKD').trim().toLowerCase().split(/[\s,]+/u).filter((word) => word !== '').map((word) => word.replace(/^\d+[.)]?/u, '')).filter((word) => word !== '');
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  const invalid = (message: string) => new AppError('ERR_RECOVERY_PHRASE_INVALID', message);
  if (unknown >= 0) throw invalid(`Word ${unknown + 1} is not one of the words used for recovery phrases. Check its spelling.`);
  if (words.length !== 24) throw invalid(`A recovery phrase has 24 words; these are ${words.length}.`);
  try {
    return Buffer.from(mnemonicToEntropy(words.join(' '), wordlist));
  } catch (cause) {
    throw new AppError('ERR_RECOVERY_PHRASE_INVALID', 'These words do not belong together. Check the order and each word.', { cause });
  }
}

/** Three different 1-based positions to ask back. */
export function askedPositions(randomBytes: (size: number) => Buffer): number[] {
  const positions = Array.from({ length: 24 }, (_, i) => i + 1);
  const picked: number[] = [];
  // One from each third, so that skimming the first row is not enough.
  for (let third = 0; third < 3; third++) picked.push(positions[third * 8 + ((randomBytes(1)[0] ?? 0) % 8)] ?? 1);
  return picked;
}
