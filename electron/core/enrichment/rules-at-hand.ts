/** What the rules are made of, read once for a process and not once for each unlocking; nothing in it is the person's. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseIntentRules, type IntentRules } from './intents.ts';
import { createLanguageDetector } from './language.ts';
import { brandNamesOf, compileLexicon, lexiconVersion, LISTS, readLexicons, type Lexicon, type LexiconTexts } from './lexicon.ts';
import { createPriceTable, type PriceTable } from './price-bands.ts';
import { loadTaxonomy, type Taxonomy } from './taxonomy.ts';

export interface RulesAtHand {
  readonly taxonomy: Taxonomy; readonly prices: PriceTable; readonly intents: IntentRules; readonly texts: LexiconTexts;
  readonly version: string; readonly brandNames: ReturnType<typeof brandNamesOf>; readonly languageOf: ReturnType<typeof createLanguageDetector>;
  /** Compiled list by list, each when it is first needed. */
  readonly lexicon: Lexicon;
}

let atHand: { readonly key: string; readonly rules: RulesAtHand } | undefined;

/** Files of which the newest change tells whether what is at hand is still what lies there. */
const FILES = ['taxonomy.json', 'price-bands.json', 'intents.json', ...LISTS.map((name) => `lexicons/${name}.tsv`)];

export function rulesAtHand(resourcesDir: string): RulesAtHand {
  const key = JSON.stringify([resourcesDir, ...FILES.map((name) => { const { mtimeMs, size } = statSync(join(resourcesDir, name)); return [mtimeMs, size]; })]);
  if (atHand?.key === key) return atHand.rules;
  const resource = (name: string): unknown => JSON.parse(readFileSync(join(resourcesDir, name), 'utf8'));
  const taxonomy = loadTaxonomy(resourcesDir), texts = readLexicons(resourcesDir);
  const rules: RulesAtHand = Object.freeze({
    taxonomy, texts, prices: createPriceTable(resource('price-bands.json')), intents: parseIntentRules(resource('intents.json')),
    version: lexiconVersion(texts, taxonomy), brandNames: brandNamesOf(texts), languageOf: createLanguageDetector(texts.languages), lexicon: compileLexicon(texts, taxonomy),
  });
  atHand = { key, rules };
  return rules;
}

/** Reads and compiles what an unlocked vault asks for first, while a passphrase is being worked on elsewhere. */
export function warmRules(resourcesDir: string): void {
  // What cannot be read is said by whoever needs it.
  try { const { lexicon } = rulesAtHand(resourcesDir); lexicon.closed.find([]); lexicon.closedParts.of(''); } catch { /* said then */ }
}
