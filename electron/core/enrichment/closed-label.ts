/** Says in which closed part of life a thing lies, for whoever must know before it is stored. */
import { compileLexicon, readLexicons } from './lexicon.ts';
import { createMatcher, type MatchableItem } from './matcher.ts';
import { loadTaxonomy } from './taxonomy.ts';

/** @returns the name of the part, "Health"; null for what lies in none */
export function createClosedLabel(resourcesDir: string): (item: MatchableItem) => string | null {
  const taxonomy = loadTaxonomy(resourcesDir);
  const matcher = createMatcher(compileLexicon(readLexicons(resourcesDir), taxonomy), taxonomy);
  return (item) => {
    for (const { target } of matcher.match(item)) if (taxonomy.get(target)?.closed === true) return taxonomy.name(taxonomy.lineage(target).at(-1)?.id ?? target);
    return null;
  };
}
