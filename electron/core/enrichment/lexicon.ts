/** The shipped lexicons: reads the grouped lists and compiles them once for matching. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageDetector, LANGUAGES, type Language } from './language.ts';
import { normalise, wordsOf } from './normalise.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import type { Taxonomy } from './taxonomy.ts';
import { createWordModel, type Example, type WordModel } from './word-model.ts';

/** Text of every list, by name. */
export type LexiconTexts = Readonly<Record<(typeof LISTS)[number], string>>;
const LISTS = ['artists', 'titles', 'books', 'products', 'brands', 'topics', 'closed', 'languages'] as const;

export interface ProductEntry { readonly ignored: boolean; readonly nodes: readonly string[] }
export interface TopicEntry { readonly nodes: readonly string[]; /** Safe in the names of unknown series and films. */ readonly anywhere: boolean }
export interface BookEntry { readonly nodes: readonly string[]; readonly author: boolean; readonly onlyFirst: boolean }
export interface BrandEntry { readonly name: string; /** Department family, or null for a brand that sells everything. */ readonly department: string | null; readonly onlyFirst: boolean }

export interface Lexicon {
  readonly artists: ReadonlyMap<string, readonly string[]>;
  readonly titles: ReadonlyMap<string, readonly string[]>;
  readonly franchises: Phrases<readonly string[]>;
  readonly authors: ReadonlyMap<string, readonly string[]>;
  readonly books: Phrases<BookEntry>;
  readonly products: Phrases<ProductEntry>;
  readonly topics: Phrases<TopicEntry>;
  readonly brands: Phrases<BrandEntry>;
  readonly closed: Phrases<readonly string[]>;
  /** The language of a title; null where it does not tell. */
  readonly languageOf: (title: string) => Language | null;
  /** What words probably stand for that are no phrase of any list: a kind of thing, and a subject. */
  readonly likely: Readonly<Record<'department' | 'interest', WordModel>>;
}

/** Counts up when the way of matching changes: everything is then looked at again. */
const MATCHER_VERSION = 3;

export const readLexicons = (resourcesDir: string): LexiconTexts =>
  Object.fromEntries(LISTS.map((name) => [name, readFileSync(join(resourcesDir, 'lexicons', `${name}.tsv`), 'utf8')])) as LexiconTexts;

interface Group { readonly nodes: readonly string[]; readonly names: readonly string[] }

/** "~fr+it:name": what a phrase means in these languages only; the sign before stays with the name. */
const IN_LANGUAGE = new RegExp(`^([~^@*]?)((?:${LANGUAGES.join('|')})(?:\\+(?:${LANGUAGES.join('|')}))*):(?=\\S)`);

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

export function compileLexicon(texts: LexiconTexts, taxonomy: Taxonomy): Lexicon {
  const groups = (name: (typeof LISTS)[number]): Group[] => groupsOf(name, texts[name], taxonomy);
  const artists = new Map<string, readonly string[]>(), titles = new Map<string, readonly string[]>(), authors = new Map<string, readonly string[]>();
  const franchises = createPhrases<readonly string[]>(), books = createPhrases<BookEntry>(), products = createPhrases<ProductEntry>(), topics = createPhrases<TopicEntry>(),
    brands = createPhrases<BrandEntry>(), closed = createPhrases<readonly string[]>();

  for (const { nodes, names } of groups('artists')) for (const name of names) addTo(artists, normalise(name), nodes);
  for (const { nodes, names } of groups('titles')) {
    for (const name of names) {
      addTo(titles, normalise(name), nodes);
      if (name.startsWith('*')) franchises.add(wordsOf(name), nodes);
    }
  }
  for (const { nodes, names } of groups('books')) {
    for (const name of names) {
      const author = name.startsWith('@'), onlyFirst = name.startsWith('^');
      if (author) addTo(authors, normalise(name), nodes);
      // One name alone ("Homer") is an author only where the export says who wrote it.
      if (!author || wordsOf(name).length > 1) books.add(wordsOf(name), { nodes, author, onlyFirst });
    }
  }
  const examples: Example[] = taxonomy.nodes.map(({ id, label }) => ({ words: wordsOf(label), node: id }));
  const phrases = (list: 'products' | 'topics' | 'closed', add: (words: readonly string[], nodes: readonly string[], languages: readonly Language[], name: string) => void): void => {
    for (const { nodes, names } of groups(list)) {
      for (const written of names) {
        const { name, languages } = inLanguages(written);
        const words = wordsOf(name), about = nodes.filter((node) => node !== '-');
        add(words, about, languages, name);
        for (const node of about) examples.push({ words, node });
      }
    }
  };
  phrases('products', (words, nodes, languages) => { products.add(words, { ignored: nodes.length === 0, nodes }, languages); });
  phrases('topics', (words, nodes, languages, name) => { topics.add(words, { nodes, anywhere: name.startsWith('~') }, languages); });
  phrases('closed', (words, nodes, languages) => { closed.add(words, nodes, languages); });
  for (const { nodes, names } of groups('brands')) {
    for (const written of names) {
      const onlyFirst = written.startsWith('^');
      const [name = '', ...aliases] = written.replace(/^\^/, '').split('=');
      const entry: BrandEntry = { name, department: nodes[0] === '-' ? null : nodes[0] ?? null, onlyFirst };
      for (const spelling of [name, ...aliases]) {
        brands.add(wordsOf(spelling), entry);
      }
    }
  }

  const likely = (kind: 'department' | 'interest'): WordModel => createWordModel(() => examples.filter(({ node }) => taxonomy.get(node)?.kind === kind), (node) => taxonomy.get(node)?.closed === true);
  return Object.freeze({ artists, titles, franchises, authors, books, products, topics, brands, closed, languageOf: createLanguageDetector(texts.languages), likely: { department: likely('department'), interest: likely('interest') } });
}

/** Changes with any list, the taxonomy or the matcher: results of another version are out of date. */
export function lexiconVersion(texts: LexiconTexts, taxonomy: Taxonomy): string {
  const hash = createHash('sha256').update(`${MATCHER_VERSION}\n`);
  for (const name of LISTS) hash.update(texts[name]).update('\0');
  for (const node of taxonomy.nodes) hash.update(`${node.id}${node.closed ? '!' : ''}\n`);
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
