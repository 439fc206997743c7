/** Catalogs of the languages, from the shipped resources, for the programs that are not the page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLanguage, speak, type Catalog, type Language } from '../../../shared/language/message.ts';
import { isPseudo, speakPseudo } from '../../../shared/language/pseudo.ts';

const PARTS = ['core', 'shared', 'names'] as const;

const read = new Map<string, Catalog>();
function readCatalog(resourcesDir: string, language: Language): Catalog {
  const folder = join(resourcesDir, 'languages', language);
  const known = language === 'en' ? {} : read.get(folder);
  if (known) return known;
  const catalog = Object.assign({}, ...PARTS.map((part) => JSON.parse(readFileSync(join(folder, `${part}.json`), 'utf8')) as Catalog)) as Catalog;
  read.set(folder, catalog);
  return catalog;
}

/** From now on this process speaks that language; English where it is none of ours. A catalog that is missing is a bug of the build and throws. */
export function speakLanguage(resourcesDir: string, language: string): void {
  if (isPseudo(language)) { speakPseudo(language); return; }
  const known = isLanguage(language) ? language : 'en';
  speak(known, readCatalog(resourcesDir, known));
}
