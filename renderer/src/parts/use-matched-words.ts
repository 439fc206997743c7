/** Which words of some things a rule goes by. It takes a moment, so everything else is shown before. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { wordsCopy } from '../copy/records.ts';

export type MatchedWords = Output<'profile.words'>['found'];

/** @param itemIds none while they are not known; with `id` only what speaks for that preference */
export function useMatchedWords(itemIds: readonly number[], id?: string): MatchedWords {
  const [found, setFound] = useState<MatchedWords>([]);
  const key = itemIds.join(' ');
  useEffect(() => {
    let wanted = true;
    const ids = key === '' ? [] : key.split(' ').map(Number);
    // What is shown is right without them.
    if (ids.length > 0) call('profile.words', id === undefined ? { itemIds: ids } : { itemIds: ids, id }).then((answer) => { if (wanted) setFound(answer.found); }, () => undefined);
    return () => { wanted = false; };
  }, [key, id]);
  return found;
}

/** Whole sentence for one statement about a thing; empty while unknown, and where the words of its maker are all there is to say. */
export function matchedSentence(found: MatchedWords, itemId: number, rule: string, label: string): string {
  const words = found.find((one) => one.itemId === itemId && one.rule === rule && one.label === label)?.words ?? [];
  return words.length === 0 ? '' : wordsCopy.by(words.map((one) => wordsCopy.quoted(one.words)), words.map(({ field }) => wordsCopy.field[field]));
}

/** The words alone, each once, for a line in a list. */
export function matchedShort(found: MatchedWords, itemId: number, rule: string): string {
  const words = new Set(found.filter((one) => one.itemId === itemId && one.rule === rule).flatMap((one) => one.words.map((word) => wordsCopy.quoted(word.words))));
  return words.size === 0 ? '' : wordsCopy.short([...words]);
}
