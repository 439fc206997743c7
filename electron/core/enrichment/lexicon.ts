/** The shipped lexicons: reads the grouped lists and compiles them once for matching. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageDetector, LANGUAGES, type Language } from './language.ts';
import { normalise, wordsOf } from './normalise.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import { createStems, isStem, type Stems } from './stems.ts';
import type { Taxonomy } from './taxonomy.ts';
import { createWordModel, type Example, type WordModel } from './word-model.ts';

/** Text of every list, by name. */
export type LexiconTexts = Readonly<Record<(typeof LISTS)[number], string>>;
export const LISTS = ['artists', 'titles', 'books', 'products', 'brands', 'topics', 'closed', 'languages'] as const;

export interface ProductEntry { readonly ignored: boolean; readonly nodes: readonly string[] }
export interface TopicEntry { readonly nodes: readonly string[]; /** Safe in the names of unknown series and films. */ readonly anywhere: boolean }
export interface BookEntry { readonly nodes: readonly string[]; readonly author: boolean; readonly onlyFirst: boolean }
export interface ClosedPartEntry { readonly nodes: readonly string[]; /** In which it means this; all when empty. */ readonly languages: readonly Language[] }
export interface BrandEntry { readonly name: string; /** Department family, or null for a brand that sells everything. */ readonly department: string | null; readonly onlyFirst: boolean }

export interface Lexicon {
  readonly artists: ReadonlyMap<string, readonly string[]>;
  readonly titles: ReadonlyMap<string, readonly string[]>;
  readonly franchises: Phrases<readonly string[]>;
  readonly authors: ReadonlyMap<string, readonly string[]>;
  readonly books: Phrases<BookEntry>;
  readonly products: Phrases<ProductEntry>;
  /** What names a subject where people say what they mean: in searches, apps, episodes; and what does in the names of works and goods too. */
  readonly topics: Phrases<TopicEntry>;
  readonly topicsInNames: Phrases<TopicEntry>;
  readonly brands: Phrases<BrandEntry>;
  readonly closed: Phrases<readonly string[]>;
  /** Parts of words that are closed in whatever word they stand: "kinderwunsch*". */
  readonly closedParts: Stems<ClosedPartEntry>;
  /** What is closed as the whole name of a subject somebody was put down for, and not as a word among others: "=married". */
  readonly closedLabels: ReadonlyMap<string, readonly string[]>;
  /** The language of a title; null where it does not tell. */
  readonly languageOf: (title: string) => Language | null;
  /** What words probably stand for that are no phrase of any list: a kind of thing, and a subject. */
  readonly likely: Readonly<Record<'department' | 'interest', WordModel>>;
  /** What they learn from, of both kinds. */
  readonly examples: readonly Example[];
}

/** Counts up when the way of matching changes: everything is then looked at again. */
export const MATCHER_VERSION = 7;

export const readLexicons = (resourcesDir: string): LexiconTexts =>
  Object.fromEntries(LISTS.map((name) => [name, readFileSync(join(resourcesDir, 'lexicons', `${name}.tsv`), 'utf8')])) as LexiconTexts;

interface Group { readonly nodes: readonly string[]; readonly names: readonly string[] }

/** "~fr+it:name": what a phrase means in these languages only; the sign before stays with the name. */
const IN_LANGUAGE = new RegExp(`^([~?]?)((?:${LANGUAGES.join('|')})(?:\\+(?:${LANGUAGES.join('|')}))*):(?=\\S)`);

function inLanguages(written: string): { readonly name: string; readonly languages: readonly Language[] } {
  const [whole, sign = '', list = ''] = IN_LANGUAGE.exec(written) ?? [];
  return whole === undefined ? { name: written, languages: [] } : { name: sign + written.slice(whole.length), languages: LANGUAGES.filter((language) => list.split('+').includes(language)) };
}

/** Lines of "node,node<TAB>name;name". @throws Error naming list and node when a node is not in the taxonomy. */
function groupsOf(list: string, text: string, taxonomy: Taxonomy): Group[] {
  const groups: Group[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const tab = line.indexOf('\t');
    const nodes = line.slice(0, tab).split(',');
    for (const node of nodes) if (node !== '-' && !taxonomy.get(node)) throw new Error(`lexicon ${list}: ${node} is not in the taxonomy`);
    groups.push({ nodes, names: line.slice(tab + 1).split(';').map((name) => name.trim()).filter((name) => name !== '') });
  }
  return groups;
}

/** Nodes of a name that stands in several groups are joined, in order of the file. */
function addTo(map: Map<string, readonly string[]>, key: string, nodes: readonly string[]): void {
  if (key === '') return;
  const known = map.get(key);
  map.set(key, known ? [...new Set([...known, ...nodes])] : nodes);
}

/** Made at the first use. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Each list is compiled when it is first needed: music needs none but the artists. */
export function compileLexicon(texts: LexiconTexts, taxonomy: Taxonomy): Lexicon {
  const read = (name: Exclude<(typeof LISTS)[number], 'languages'>): readonly Group[] => groupsOf(name, texts[name], taxonomy);
  const groups = { artists: read('artists'), titles: read('titles'), books: read('books'), products: read('products'), brands: read('brands'), topics: read('topics'), closed: read('closed') } as const;
  /** What each name is about; a lone "-" is about nothing. */
  const each = (list: keyof typeof groups, visit: (written: string, nodes: readonly string[]) => void): void => { for (const { nodes, names } of groups[list]) for (const written of names) visit(written, nodes.filter((node) => node !== '-')); };
  function phrases<Entry>(list: 'products' | 'topics' | 'closed', entryOf: (nodes: readonly string[], name: string) => Entry | null): Phrases<Entry> {
    const found = createPhrases<Entry>();
    /** The other number of a name, after all names as they are written. */
    const forms: (() => void)[] = [];
    each(list, (written, nodes) => {
      const { name, languages } = inLanguages(written), words = wordsOf(name), entry = entryOf(nodes, name);
      if (entry === null) return;
      found.add(words, entry, languages);
      if (list !== 'topics') forms.push(() => { found.add(otherNumber(words), entry, languages); });
    });
    for (const again of forms) again();
    return found;
  }

  const artists = lazy(() => {
    const found = new Map<string, readonly string[]>();
    each('artists', (name, nodes) => { addTo(found, normalise(name), nodes); });
    return found;
  });
  const titles = lazy(() => {
    const found = new Map<string, readonly string[]>();
    each('titles', (name, nodes) => { addTo(found, normalise(name), nodes); });
    return found;
  });
  const franchises = lazy(() => {
    const found = createPhrases<readonly string[]>();
    each('titles', (name, nodes) => { if (name.startsWith('*')) found.add(wordsOf(name), nodes); });
    return found;
  });
  const authors = lazy(() => {
    const found = new Map<string, readonly string[]>();
    each('books', (name, nodes) => { if (name.startsWith('@')) addTo(found, normalise(name), nodes); });
    return found;
  });
  const books = lazy(() => {
    const found = createPhrases<BookEntry>();
    each('books', (name, nodes) => {
      const author = name.startsWith('@');
      // One name alone ("Homer") is an author only where the export says who wrote it.
      if (!author || wordsOf(name).length > 1) found.add(wordsOf(name), { nodes, author, onlyFirst: name.startsWith('^') });
    });
    return found;
  });
  const products = lazy(() => phrases('products', (nodes): ProductEntry => ({ ignored: nodes.length === 0, nodes })));
  const topicEntry = (nodes: readonly string[], name: string): TopicEntry => ({ nodes, anywhere: name.startsWith('~') });
  const topics = lazy(() => phrases('topics', topicEntry));
  const topicsInNames = lazy(() => phrases('topics', (nodes, name) => (name.startsWith('?') ? null : topicEntry(nodes, name))));
  const isWord = (name: string): boolean => !isStem(name) && !name.startsWith('=');
  const closed = lazy(() => phrases('closed', (nodes, name) => (isWord(name) ? nodes : null)));
  const closedParts = lazy(() => {
    const found = createStems<ClosedPartEntry>();
    each('closed', (written, nodes) => {
      const { name, languages } = inLanguages(written);
      if (isStem(name)) found.add(`${name.startsWith('*') ? '*' : ''}${normalise(name)}${name.endsWith('*') ? '*' : ''}`, { nodes, languages });
    });
    return found;
  });
  const closedLabels = lazy(() => {
    const found = new Map<string, readonly string[]>();
    each('closed', (written, nodes) => { const { name } = inLanguages(written); if (name.startsWith('=')) addTo(found, normalise(name), nodes); });
    return found;
  });
  const brands = lazy(() => {
    const found = createPhrases<BrandEntry>();
    each('brands', (written, [department = null]) => {
      const onlyFirst = written.startsWith('^');
      const [name = '', ...aliases] = written.replace(/^\^/, '').split('=');
      for (const spelling of [name, ...aliases]) found.add(wordsOf(spelling), { name, department, onlyFirst });
    });
    return found;
  });
  const examples = lazy(() => {
    const found: Example[] = taxonomy.nodes.map(({ id, label }) => ({ words: wordsOf(label), node: id }));
    for (const list of ['products', 'topics', 'closed'] as const) each(list, (written, nodes) => { if (list === 'closed' && !isWord(inLanguages(written).name)) return; const words = wordsOf(inLanguages(written).name); for (const node of nodes) found.push({ words, node }); });
    return found;
  });
  const likely = (kind: 'department' | 'interest'): WordModel => createWordModel(() => examples().filter(({ node }) => taxonomy.get(node)?.kind === kind), (node) => taxonomy.get(node)?.closed === true);

  return Object.freeze({
    get artists() { return artists(); }, get titles() { return titles(); }, get franchises() { return franchises(); }, get authors() { return authors(); }, get books() { return books(); }, get products() { return products(); },
    get topics() { return topics(); }, get topicsInNames() { return topicsInNames(); }, get brands() { return brands(); }, get closed() { return closed(); }, get closedParts() { return closedParts(); }, get closedLabels() { return closedLabels(); },
    get examples() { return examples(); }, languageOf: createLanguageDetector(texts.languages), likely: { department: likely('department'), interest: likely('interest') },
  });
}

/** "dinner plates" for "dinner plate" and back, as English, French and Spanish do it; of single words only the longer form, for the shorter is often another word. Empty where there is none. */
function otherNumber(words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  if (last.length < 4 || !/^[a-z]+$/.test(last) || last.endsWith('ss')) return [];
  if (!last.endsWith('s')) return [...words.slice(0, -1), `${last}s`];
  return words.length > 1 ? [...words.slice(0, -1), last.slice(0, -1)] : [];
}

/** All of the taxonomy that matching looks at. */
export const taxonomyText = (taxonomy: Taxonomy): string => taxonomy.nodes.map(({ id, kind, label, closed }) => `${id} ${kind} ${closed ? '!' : ''} ${label}\n`).join('');

/** Changes with any list, the taxonomy or the matcher: results of another version are out of date. */
export function lexiconVersion(texts: LexiconTexts, taxonomy: Taxonomy): string {
  const hash = createHash('sha256').update(`${MATCHER_VERSION}\n`);
  for (const name of LISTS) hash.update(texts[name]).update('\0');
  hash.update(taxonomyText(taxonomy));
  return hash.digest('base64url').slice(0, 16);
}

/** How a known brand is spelt, by its normalised name. */
export function brandNamesOf(texts: LexiconTexts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of texts.brands.split(/\r?\n/)) {
    if (line.startsWith('#') || !line.includes('\t')) continue;
    for (const written of line.slice(line.indexOf('\t') + 1).split(';')) {
      const [name = '', ...aliases] = written.trim().replace(/^\^/, '').split('=');
      for (const spelling of [name, ...aliases]) if (spelling !== '' && !names.has(normalise(spelling))) names.set(normalise(spelling), name);
    }
  }
  return names;
}
