/** Every word of the program in every language: nothing missing, nothing left over, nothing that breaks when it is filled in. */
import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, describe, expect, it } from 'vitest';
import { collectMessages, messagesIn, PARTS, readCatalog, TRANSLATED } from '../../scripts/messages.ts';
import { compareWords, LANGUAGES, preferred, speak, t } from '../../shared/language/message.ts';
import { pseudoOf, speakPseudo } from '../../shared/language/pseudo.ts';
import { choiceName, continentName, purposeName } from '../../shared/language/names.ts';
import { ago, bytes, date, labelled, languageName, list, number } from '../../shared/language/format.ts';

type Element = { readonly type: number; readonly value: string; readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>> };
const LITERAL = 0, SELECT = 5, PLURAL = 6, POUND = 7;

const messages = collectMessages();
const wordsOf = (text: string): string => text.slice(text.indexOf('|') + 1);
const parse = (text: string, locale: string): readonly Element[] => new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst() as unknown as readonly Element[];

/** Names of arguments, and the cases of each `select`. */
function shapeOf(elements: readonly Element[], names = new Set<string>(), cases = new Map<string, Set<string>>()): { readonly names: Set<string>; readonly cases: Map<string, Set<string>> } {
  for (const { type, value, options } of elements) {
    if (type !== LITERAL && type !== POUND) names.add(value);
    for (const [name, { value: inner }] of Object.entries(options ?? {})) {
      if (type === SELECT) cases.set(value, new Set([...(cases.get(value) ?? []), name]));
      shapeOf(inner, names, cases);
    }
  }
  return { names, cases };
}

/** Each message filled in with every combination that a case could be chosen by: no throw, no case left without words of its own. */
function fill(text: string, locale: string): string[] {
  const elements = parse(text, locale), { names, cases } = shapeOf(elements);
  const kinds = new Map<string, number>();
  const note = (all: readonly Element[]): void => { for (const one of all) { if (!kinds.has(one.value) || one.type === SELECT || one.type === PLURAL) kinds.set(one.value, one.type); for (const { value } of Object.values(one.options ?? {})) note(value); } };
  note(elements);
  let rows: Record<string, string | number>[] = [{}];
  for (const name of names) {
    const type = kinds.get(name);
    const values = type === SELECT ? [...(cases.get(name) ?? [])] : type === PLURAL || type === 2 ? [0, 1, 2, 3, 60, 1_204] : ['x'];
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))).slice(0, 200);
  }
  const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  return rows.map((row) => String(format.format(row)));
}

afterEach(() => { speak('en'); });

describe('messages', () => {
  it('are found wherever they stand, and nothing else is', () => {
    expect(messagesIn("const a = { x: t('One'), y: (n: number) => t(`Two {n}`, { n }), z: msg('Three') }; t(a.x); other('Four'); 'Five';")).toEqual(['One', 'Two {n}', 'Three']);
    expect(PARTS.filter((part) => part.startsWith('page/')).flatMap((part) => messages.get(part)).length).toBeGreaterThan(1_500);
    expect(messages.get('names')?.length).toBeGreaterThan(600);
  });

  it('are ICU messages in English, and no prefix is shown', () => {
    for (const text of PARTS.flatMap((part) => messages.get(part) ?? [])) for (const filled of fill(wordsOf(text), 'en')) expect(filled, text).not.toMatch(/[{}]|undefined/);
    expect(t('state|Open')).toBe('Open');
  });

  it('stand in no more than one part', () => {
    const all = PARTS.flatMap((part) => messages.get(part) ?? []);
    expect(all.filter((text, at) => all.indexOf(text) !== at)).toEqual([]);
  });
});

describe.each(TRANSLATED)('the words in %s', (language) => {
  const entries = PARTS.flatMap((part) => Object.entries(readCatalog(language, part)));

  it('are all there, and none is left over', () => {
    for (const part of PARTS) {
      const catalog = readCatalog(language, part), texts = messages.get(part) ?? [];
      expect(texts.filter((text) => (catalog[text] ?? '').trim() === ''), `${part}: to be translated (npm run messages -- --write)`).toEqual([]);
      expect(Object.keys(catalog).filter((text) => !texts.includes(text)), `${part}: not in the program any more`).toEqual([]);
    }
  });

  it('take the same values, in the same cases', () => {
    for (const [english, text] of entries) {
      const asked = shapeOf(parse(wordsOf(english), 'en')), given = shapeOf(parse(text, language));
      expect([...given.names].filter((name) => !asked.names.has(name)), english).toEqual([]);
      for (const [name, cases] of given.cases) expect([...(asked.cases.get(name) ?? [])].filter((one) => !cases.has(one)), `${english} → ${text}`).toEqual([]);
      for (const filled of fill(text, language)) expect(filled, english).not.toMatch(/[{}]|undefined/);
    }
  });

  it('say every fact that is filled in', () => {
    const lost = entries.filter(([english, text]) => {
      const plain = (elements: readonly Element[]): Set<string> => new Set(elements.filter(({ type }) => type >= 1 && type <= 4).map(({ value }) => value));
      const given = shapeOf(parse(text, language)).names;
      return [...plain(parse(wordsOf(english), 'en'))].some((name) => !given.has(name));
    });
    expect(lost.map(([english]) => english)).toEqual([]);
  });

  it('do not shout, and are not English left as it was', () => {
    expect(entries.filter(([english, text]) => text.includes('!') && !english.includes('!')).map(([, text]) => text)).toEqual([]);
    const long = entries.filter(([english]) => !english.includes('{') && wordsOf(english).split(' ').length >= 5);
    expect(long.filter(([english, text]) => wordsOf(english) === text).map(([english]) => english)).toEqual([]);
  });
});

describe('the customs of a language', () => {
  it('are those of its numbers, dates, lists and alphabet', () => {
    speak('de');
    expect(number(1_204_300)).toBe('1.204.300');
    expect(date(Date.UTC(2026, 2, 14, 12))).toBe('14. März 2026');
    expect(ago(Date.UTC(2026, 2, 14), Date.UTC(2026, 2, 16))).toBe('vorgestern');
    expect(list(['a', 'b', 'c'])).toBe('a, b und c');
    expect(['Zebra', 'Äpfel', 'Apfel'].sort(compareWords)).toEqual(['Apfel', 'Äpfel', 'Zebra']);
    speak('fr');
    expect(number(1_204_300).replaceAll(/\s/gu, ' ')).toBe('1 204 300');
    expect(bytes(1_400_000).replaceAll(/\s/gu, ' ')).toBe('1,4 Mo');
    speak('es');
    expect(['oso', 'nube', 'ñandú', 'nieve'].sort(compareWords)).toEqual(['nieve', 'nube', 'ñandú', 'oso']);
  });

  it('are found by what somebody reads', () => {
    expect(preferred(['it-IT', 'fr-CA', 'en'])).toBe('fr');
    expect(preferred(['DE-at;q=0.8'])).toBe('de');
    expect(preferred([])).toBe('en');
    expect(Object.values(LANGUAGES).every((tag) => Intl.NumberFormat.supportedLocalesOf(tag).length === 1)).toBe(true);
  });
});

describe('what comes from outside', () => {
  const HOSTILE = ['{count, plural, other {x}}', '{', "'{'", '#', '<b>bold</b>', 'a|b', '\u202e', '{name}'];

  it('is filled in as it stands, never read as a message', () => {
    for (const name of HOSTILE) {
      expect(t('Everything about {name}', { name })).toBe(`Everything about ${name}`);
      expect(t('{count, plural, one {# thing of {name}} other {# things of {name}}}', { count: 2, name })).toBe(`2 things of ${name}`);
      expect(list([name, 'b'])).toContain(name);
      expect(labelled(name, name)).toBe(`${name}: ${name}`);
    }
  });

  it('has no name in any catalog: a purpose, a size or a word of a company is shown as it is', () => {
    for (const word of [...HOSTILE, '__proto__', 'constructor', 'toString']) {
      expect(purposeName(word)).toBe(word);
      expect(choiceName(word)).toBe(word);
      expect(continentName(word)).toBe(word);
      // The browser writes a well-formed tag its own way.
      expect(languageName(word).toLowerCase()).toBe(word.toLowerCase());
    }
    speak('de', JSON.parse('{"__proto__": "x"}') as Record<string, string>);
    expect(t('constructor')).toBe('constructor');
  });

  it('chooses one of our languages or English, whatever a browser says', () => {
    for (const tag of ['', ';;', '*', '../../etc/passwd', '__proto__', 'constructor', 'de/../fr', 'x'.repeat(16_000)]) expect(['en', 'de']).toContain(preferred([tag]));
    expect(preferred(['de/../fr'])).toBe('en');
  });
});

describe('the language nobody speaks', () => {
  it('marks the words and leaves what is filled in', () => {
    speakPseudo('en-XA');
    expect(t('{count, plural, one {# thing} other {# things of {name}}} now', { count: 3, name: 'Shop' })).toMatch(/^⟦3 thíñgs óf Shop ñów[~ ]+⟧$/u);
    for (const text of PARTS.flatMap((part) => messages.get(part) ?? [])) expect(shapeOf(parse(pseudoOf(text), 'en')).names, text).toEqual(shapeOf(parse(wordsOf(text), 'en')).names);
  });
});
