/**
 * Words in the person's language. Every text is an ICU message (ICU4J `MessageFormat` syntax), written in English where
 * it is used; the English text is the key under which a catalog holds its translation. `npm run messages` keeps the two together.
 *
 * One language at a time for each process. The page sets it before anything else is loaded, the core when the vault opens.
 */
import { IntlMessageFormat } from 'intl-messageformat';

/** Whole languages, each with its BCP 47 tag for dates, numbers and sorting. */
export const LANGUAGES = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' } as const;
export type Language = keyof typeof LANGUAGES;
export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

/** English text to text of the language; what is missing or empty stays English. */
export type Catalog = Readonly<Record<string, string>>;
/** Booleans are `yes` and `no` for `select`. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/** `language`: a BCP 47 tag for the `lang` of what is shown. */
interface Speech { readonly language: string; readonly locale: string; readonly catalog: Record<string, string>; readonly lookup: (text: string) => string }
const ENGLISH: Speech = { language: 'en', locale: LANGUAGES.en, catalog: {}, lookup: (text) => text };

let speech: Speech = ENGLISH;
let parsed = new Map<string, IntlMessageFormat>();
let made = new Map<object, unknown>();

export function speak(language: Language, words: Catalog = {}): void {
  const catalog = { ...words };
  speakBy({ language, locale: LANGUAGES[language], catalog, lookup: language === 'en' ? ENGLISH.lookup : (text) => (Object.hasOwn(catalog, text) ? catalog[text] || text : text) });
}

/** More words of the language that is spoken. */
export function learn(words: Catalog): void { Object.assign(speech.catalog, words); }

/** `lookup` may be anything that turns an ICU message into another one; pseudo-languages come in here. */
export function speakBy(next: Speech): void {
  speech = next;
  parsed = new Map();
  made = new Map();
}

export const locale = (): string => speech.locale;
export const language = (): string => speech.language;

/** What another thread needs to speak as this one does. */
export interface Spoken { readonly language: string; readonly catalog: Catalog }
export const spoken = (): Spoken => ({ language: speech.language, catalog: speech.catalog });

/** Of what somebody reads, best first (BCP 47 tags, as `navigator.languages` or `Accept-Language` have them), the first that is ours; else English. */
export const preferred = (tags: readonly string[]): Language => tags.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';

/** What depends on the locale and is dear to make (formats, collators), made once for each language. */
export function perLocale<T>(make: (locale: string) => T): () => T {
  return () => {
    if (!made.has(make)) made.set(make, make(speech.locale));
    return made.get(make) as T;
  };
}

/**
 * `text` in the person's language, with `values` in their places. A word that means two things in English is told apart
 * by a prefix that no language shows: `t('state|Open')`.
 * @throws when the message is not ICU or a value is missing; the catalogs are checked for both by a test.
 */
export function t(text: string, values?: Values): string {
  const found = speech.lookup(text);
  const message = found === text ? text.slice(text.indexOf('|') + 1) : found;
  if (values === undefined && !message.includes('{')) return message;
  let format = parsed.get(message);
  if (!format) {
    format = new IntlMessageFormat(message, speech.locale, undefined, { ignoreTag: true });
    parsed.set(message, format);
  }
  const plain: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values ?? {})) plain[name] = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  return String(format.format(plain));
}

/** Marks a text that is put into words later, by `t(thatText)`: constants are made before the language is known. */
export const msg = (text: string): string => text;

const collator = perLocale((tag) => new Intl.Collator(tag, { numeric: true }));
/** Alphabetical order of the language. */
export const compareWords = (a: string, b: string): number => collator().compare(a, b);
