/**
 * Writes resources/lexicons/languages.tsv: which groups of letters speak for which language.
 *
 * Counted over the lists of frequent words that the packages @zxcvbn-ts/language-* bring (MIT License), the more frequent a word
 * the more it counts. What is kept are a few thousand groups that occur often and differ most; no word and no list is. Run it to
 * write the file: the same bytes every time.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary as german } from '@zxcvbn-ts/language-de';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as spanish } from '@zxcvbn-ts/language-es-es';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { dictionary as italian } from '@zxcvbn-ts/language-it';
import { eachGroup, LANGUAGES, type Language } from '../electron/core/enrichment/language.ts';

const DICTIONARIES: Readonly<Record<Language, Readonly<Record<string, unknown>>>> = { en: english, de: german, fr: french, es: spanish, it: italian };
const KEPT = 6_000;
/** Read of each list: what comes after is too rare to matter. */
const WORDS = 20_000;
/** The frequency of a word falls with its place in the list; the first hundred are taken to be equally frequent. */
const HEAD = 100;
/** Share of a group that was never seen. */
const UNSEEN = 2e-7;

export function makeLanguageModel(): string {
  const counts = new Map<string, number[]>();
  const totals = LANGUAGES.map(() => 0);
  for (const [at, language] of LANGUAGES.entries()) {
    for (const [name, words] of Object.entries(DICTIONARIES[language])) {
      if (!/^(?:commonWords|wikipedia)/.test(name) || !Array.isArray(words)) continue;
      for (const [rank, word] of words.slice(0, WORDS).entries()) {
        eachGroup(String(word), (group) => {
          const count = counts.get(group) ?? LANGUAGES.map(() => 0);
          counts.set(group, count);
          count[at] = (count[at] ?? 0) + 1 / (rank + HEAD);
          totals[at] = (totals[at] ?? 0) + 1 / (rank + HEAD);
        });
      }
    }
  }
  const rows = [...counts].map(([group, count]) => {
    const shares = count.map((sum, at) => sum / (totals[at] ?? 1));
    const logs = shares.map((share) => Math.log(share + UNSEEN));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    return { group, weights: logs.map((log) => Math.round((log - mean) * 10)), worth: shares.reduce((sum, share) => sum + share, 0) * (Math.max(...logs) - Math.min(...logs)) };
  });
  const kept = rows.sort((a, b) => b.worth - a.worth || (a.group < b.group ? -1 : 1)).slice(0, KEPT).sort((a, b) => (a.group < b.group ? -1 : 1));
  return `# How far groups of letters speak for ${LANGUAGES.join(', ')}. Made by scripts/make-language-model.ts, not by hand.\n${kept.map(({ group, weights }) => `${group}\t${weights.join('\t')}\n`).join('')}`;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '../resources/lexicons/languages.tsv'), makeLanguageModel());
