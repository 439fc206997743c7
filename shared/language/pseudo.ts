/**
 * Two languages that nobody speaks, by their usual tags, for finding what a translation would break: `en-XA` is English with
 * accents, brackets around every message and a third more length, so that words written past `t` show; `ar-XB` runs from right to left.
 */
import { isLanguage, LANGUAGES, speak, speakBy, type Spoken } from './message.ts';

export const PSEUDO_LANGUAGES = ['en-XA', 'ar-XB'] as const;
export type PseudoLanguage = (typeof PSEUDO_LANGUAGES)[number];
export const isPseudo = (value: unknown): value is PseudoLanguage => PSEUDO_LANGUAGES.some((one) => one === value);

export const OPENS = '⟦', CLOSES = '⟧';
const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý', n: 'ñ', c: 'ç', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', N: 'Ñ', C: 'Ç' };

export function speakPseudo(language: PseudoLanguage): void {
  speakBy({ language, locale: LANGUAGES.en, catalog: {}, lookup: language === 'ar-XB' ? (text) => text : pseudoOf });
}

/** Speaks as another thread does. */
export function speakAs({ language, catalog }: Spoken): void {
  if (isPseudo(language)) speakPseudo(language);
  else if (isLanguage(language)) speak(language, catalog);
}

/** Of an ICU message: its words, not its arguments. */
export function pseudoOf(text: string): string {
  const message = text.slice(text.indexOf('|') + 1);
  // In words, as a longer text would be: one long word breaks where no translation does.
  const padding = Array.from({ length: Math.ceil(message.length / 3) }, (_, at) => (at % 6 === 3 ? ' ' : '~')).join('');
  return `${OPENS}${accent(message)}${padding}${CLOSES}`;
}

/** Literal text is accented; an argument is copied; of a plural or select only the cases are gone into. */
function accent(message: string): string {
  let at = 0;
  const literal = (): string => {
    let out = '';
    while (at < message.length && message[at] !== '}') {
      const char = message[at] ?? '';
      if (char === '{') out += argument();
      else { out += ACCENTED[char] ?? char; at++; }
    }
    return out;
  };
  const argument = (): string => {
    const cases = /^\{\w+, (?:plural|select|selectordinal),/u.exec(message.slice(at));
    if (!cases) {
      const end = message.indexOf('}', at) + 1, plain = message.slice(at, end);
      at = end;
      return plain;
    }
    let out = cases[0];
    at += cases[0].length;
    while (message[at] !== '}') {
      if (message[at] === '{') {
        at++;
        out += `{${literal()}}`;
        at++;
      } else out += message[at++] ?? '';
    }
    at++;
    return `${out}}`;
  };
  return literal();
}
