/** Says in which of five languages a title is written, from the letters that stand beside each other in it. */

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is read of a title: enough to know, and no more work for a longer one. */
const MAX_CHARACTERS = 200;
const MAX_GROUP = 4;
/** Below this lead of the first over the second, nobody knows. In tenths of a natural logarithm, as the model counts; at 40 two of the 210 titles in test/quality/languages.tsv are told wrong. */
const LEAD = 40;
/** The lead where a language is told of the person, not of one title: at 80, 193 of the 210 are told, none wrong. */
export const SURE_LEAD = 80;
/** Letters none of the five writes: a title with them is in a language that is not told. */
const OTHER_LETTERS = /[^\P{L}a-zàáâäæçèéêëìíîïñòóôöœùúûüÿß]/iu;

/** Groups of two to four letters of each word, its ends among them: "_der_" has "_d", "de", "er", "r_", "_de", "der" … */
export function eachGroup(text: string, visit: (group: string) => void): void {
  for (const word of text.slice(0, MAX_CHARACTERS).normalize('NFC').toLowerCase().match(/\p{L}+/gu) ?? []) {
    const whole = `_${word}_`;
    for (let length = 2; length <= MAX_GROUP; length++) for (let from = 0; from + length <= whole.length; from++) visit(whole.slice(from, from + length));
  }
}

/** @param model lines of "group<TAB>en<TAB>de<TAB>fr<TAB>es<TAB>it": how far the group speaks for each language, made by scripts/make-language-model.ts. @returns null where the title does not tell, as in names; `lead`: how far the first must be before the second */
export function createLanguageDetector(model: string): (title: string, lead?: number) => Language | null {
  let read: Weights | undefined;
  return (title, lead = LEAD) => {
    // Most imports never ask.
    const { places, weights } = read ??= readWeights(model);
    const sums = new Int32Array(LANGUAGES.length);
    eachGroup(title, (group) => {
      const place = places.get(group);
      if (place !== undefined) for (let at = 0; at < LANGUAGES.length; at++) sums[at] = (sums[at] ?? 0) + (weights[place + at] ?? 0);
    });
    const [first = 0, second = 0] = sums.toSorted().reverse();
    return first - second < lead ? null : LANGUAGES[sums.indexOf(first)] ?? null;
  };
}

/** Whether it is written with letters that none of the five has. */
export const hasOtherLetters = (title: string): boolean => OTHER_LETTERS.test(title.normalize('NFC'));

/** Where the weights of a group begin in one flat list of all. */
interface Weights { readonly places: ReadonlyMap<string, number>; readonly weights: Int16Array }

function readWeights(model: string): Weights {
  const lines = model.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const places = new Map<string, number>();
  const weights = new Int16Array(lines.length * LANGUAGES.length);
  for (const [row, line] of lines.entries()) {
    const [group = '', ...speaksFor] = line.split('\t');
    places.set(group, row * LANGUAGES.length);
    weights.set(speaksFor.map(Number), row * LANGUAGES.length);
  }
  return { places, weights };
}
