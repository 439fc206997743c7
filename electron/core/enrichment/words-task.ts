/** Runs in a worker: compiles the lexicons and tells for a few things which of their words each match goes by. */
import { compileLexicon, readLexicons } from './lexicon.ts';
import { wordsBehind } from './matched-words.ts';
import { createMatcher } from './matcher.ts';
import { loadTaxonomy } from './taxonomy.ts';
import type { FoundWords, WordsInput } from './tasks.ts';

export function words({ resourcesDir, items }: WordsInput): readonly FoundWords[] {
  const taxonomy = loadTaxonomy(resourcesDir);
  const matcher = createMatcher(compileLexicon(readLexicons(resourcesDir), taxonomy), taxonomy);
  return items.flatMap((item) => matcher.match(item).map(({ target, rule }) => ({ itemId: item.id, target, rule, words: wordsBehind(matcher, item, { target, rule }) })));
}
