/**
 * What the page is read in. The words are put together while the modules that hold them are loaded, so the language is settled
 * before any of those, and another one starts the page anew. Remembered by the page, so that the locked screen has it too.
 */
import { isLanguage, language, LANGUAGES, learn, preferred, speak, type Catalog, type Language } from '../../../shared/language/message.ts';
import { restart, whenNothingIsHeld } from './shown-once.ts';
import type { PseudoLanguage } from '../../../shared/language/pseudo.ts';

export type LanguageChoice = 'system' | Language;

const KEY = 'penchant.language';
const FOLDER = '../../../resources/languages';
const CATALOGS = import.meta.glob<Catalog>(['../../../resources/languages/*/shared.json', '../../../resources/languages/*/page/*.json'], { import: 'default' });

/** A file of words, before the code that says them: words are put together while its modules are loaded. English stands in the code. */
const coming = new Map<string, Promise<void>>();
function fetchWords(file: string): Promise<void> {
  const known = coming.get(file), fetch = CATALOGS[`${FOLDER}/${language()}/${file}.json`];
  if (known || !fetch) return known ?? Promise.resolve();
  const come = fetch().then(learn);
  coming.set(file, come);
  come.catch(() => { coming.delete(file); });
  return come;
}

/** What the screens of a feature say. */
export const wordsOf = async (feature: string): Promise<void> => { await Promise.all([fetchWords('page/common'), fetchWords(`page/${feature}`)]); };

const remembered = (): string | null => {
  try { return window.localStorage.getItem(KEY); } catch { return null; }
};

/** What was chosen on this page; null when nothing was. */
export function chosenLanguage(): LanguageChoice | null {
  const choice = remembered();
  return choice === 'system' || isLanguage(choice) ? choice : null;
}

export const systemLanguage = (): Language => preferred(window.navigator.languages);
export const LANGUAGE_CHOICES = Object.keys(LANGUAGES) as Language[];
/** In the language itself, so that those who look for theirs can read it. */
export const ownName = (tag: Language): string => {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return `${name.charAt(0).toLocaleUpperCase(tag)}${name.slice(1)}`;
};

/** Settles the language of the page. Before anything else is loaded. */
export async function startLanguage(): Promise<void> {
  const choice = remembered();
  const pseudo = choice === 'en-XA' || choice === 'ar-XB' ? choice satisfies PseudoLanguage : null;
  if (pseudo !== null) (await import('../../../shared/language/pseudo.ts')).speakPseudo(pseudo);
  else {
    const wanted = isLanguage(choice) ? choice : systemLanguage();
    speak(wanted);
    await Promise.all([fetchWords('shared'), fetchWords('page/start')]);
  }
  document.documentElement.lang = language();
  document.documentElement.dir = language() === 'ar-XB' ? 'rtl' : 'ltr';
}

/** Remembers the choice, and starts the page anew where it is shown in something else: at once, or when nothing is on the screen that could not be shown again. */
export function chooseLanguage(choice: LanguageChoice): void {
  try {
    window.localStorage.setItem(KEY, choice);
  } catch {
    // Where storage is switched off, a page that starts anew would know nothing of it.
    return;
  }
  const isShown = (choice === 'system' ? systemLanguage() : choice) === language();
  // Back to what is shown: another one that waits is not wanted any more.
  whenNothingIsHeld('language', () => { if (!isShown) restart(); });
}
