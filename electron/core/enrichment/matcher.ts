/** One item in, what it is evidence of out. Pure: no files, no clock, nothing carried over from one item to the next. */
import type { ItemKind } from '../records/records.ts';
import type { Language } from './language.ts';
import type { Lexicon, TopicEntry } from './lexicon.ts';
import { normalise, wordsOf } from './normalise.ts';
import type { Hit } from './phrases.ts';
import type { RuleName } from './rules.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface MatchableItem {
  readonly kind: ItemKind;
  readonly title: string;
  readonly creator: string | null;
  readonly collection: string | null;
  readonly category: string | null;
}

export interface Match {
  /** A taxonomy node id, or "brand:" and the brand's name. */
  readonly target: string;
  readonly rule: RuleName;
  /** 0..1: how much of the item is about it. */
  readonly weight: number;
}

export const BRAND_PREFIX = 'brand:';

export interface Matcher {
  /**
   * Finest matches only; what lies above follows from the taxonomy.
   *
   * An item that touches a closed part of life yields its closed matches and nothing else: such evidence must not speak for
   * anything that could leave.
   */
  match(item: MatchableItem): Match[];
}

/** Where the thing itself ends and details begin. */
const DETAILS = /[,;|()[\]{}–—•·]|\s-\s|:\s/u;
/** Words after which comes what the thing is for, not what it is. */
const FOR_WHAT: ReadonlySet<string> = new Set(['for', 'compatible', 'fur', 'pour', 'para', 'passend', 'fits', 'geeignet']);
/** Words after which comes what is with it. */
const WITH_WHAT: ReadonlySet<string> = new Set(['with', 'from', 'mit', 'aus', 'inkl', 'von', 'avec', 'con', 'sin', 'ohne', 'without']);
const SEPARATE_ARTISTS = /\s*(?:,|;|\/|&|\+|\bfeat\.?|\bft\.?|\bfeaturing\b|\bwith\b|\bvs\.?|\bx\b|\bund\b|\bet\b|\by\b)\s*/iu;
const EPISODE_PART = /^(?:season|staffel|saison|temporada|stagione|part|teil|partie|parte|volume|vol|chapter|kapitel|book|buch|series|serie|episode|folge|limited series|miniserie|mini series|miniserie)\b/u;
const MEDIA = 'media';
const BOOKS_FAMILY = 'media.books-paper';
/** What only resembles known words is said with less weight. */
const GUESS_WEIGHT = 0.6;
/** Several brands share a title's first words; further back a name is mostly "compatible with". */
const BRAND_REACH_WORDS = 4;
const SHOP_BOOKS = /\b(?:abis book|book|books|paperback|hardcover|kindle|ebook|taschenbuch|gebundene ausgabe)\b/u;
const SHOP_MUSIC = /\b(?:abis music|music|cd|vinyl)\b/u;
const SHOP_FILM = /\b(?:abis dvd|dvd|blu ray)\b/u;

/** Kinds of things the word model may be asked about, by their titles; a site's name is a name. */
export const MAY_BE_GUESSED: ReadonlySet<ItemKind> = new Set(['product', 'app', 'search', 'topic', 'video']);

export const partsOfCreator = (creator: string): string[] => creator.split(SEPARATE_ARTISTS).filter((part) => part !== '');

/** Names under which a thing may be in the list of titles, in the order they are looked up. "Show: Season 2: Episode": the longest leading part first. */
export function* titleNames({ title, collection }: Pick<MatchableItem, 'title' | 'collection'>): Generator<string> {
  if (collection !== null) yield normalise(collection);
  yield normalise(title);
  const parts = title.split(/:\s+/u);
  for (let length = parts.length - 1; length > 0; length--) yield normalise(parts.slice(0, length).join(' '));
}

/** First names and bands. */
const CALLED: ReadonlySet<string> = new Set(['christian', 'brandy', 'jesus', 'gay', 'rehab', 'trump', 'clinton', 'parkinson', 'wein', 'wine', 'bier']);
/** Between letters a hyphen may be left out, and of closed words must not hide one. */
const HYPHEN = /\p{L}[-\u2010\u2011]\p{L}/u, HYPHENS = /(?<=\p{L})[-\u2010\u2011](?=\p{L})/gu;

/** The words of a text, and once more with what a hyphen parts written as one. */
export const readingsOf = (text: string): string[][] => [wordsOf(text), ...(HYPHEN.test(text) ? [wordsOf(text.replaceAll(HYPHENS, ''))] : [])];

export function createMatcher(lexicon: Lexicon, taxonomy: Taxonomy): Matcher {
  const isClosed = (target: string): boolean => taxonomy.get(target)?.closed === true;
  /** Of the item at hand, and looked at only when a phrase in it means different things in different languages. */
  let atHand: MatchableItem | undefined, known: Language | null | undefined;
  const language = (): Language | null => (known === undefined ? (known = lexicon.languageOf([atHand?.title, atHand?.collection, atHand?.kind === 'podcast' ? atHand.creator : ''].join(' '))) : known);
  /** Subjects by name; one name may be a kind of film and a kind of book. */
  const labels = new Map<string, string[]>();
  for (const { id, kind, label } of taxonomy.nodes) {
    const name = wordsOf(label).join(' ');
    if (kind !== 'department') labels.set(name, [...(labels.get(name) ?? []), id]);
  }

  function artist(creator: string | null): Match[] {
    if (creator === null) return [];
    const whole = lexicon.artists.get(normalise(creator));
    if (whole) return whole.map((target) => ({ target, rule: 'lexicon/artist@1', weight: 1 }));
    const parts = partsOfCreator(creator);
    if (parts.length < 2) return [];
    return parts.flatMap((part) => lexicon.artists.get(normalise(part)) ?? []).map((target) => ({ target, rule: 'lexicon/artist@1', weight: 0.7 }));
  }

  const topics = (hits: readonly Hit<TopicEntry>[], weight: number): Match[] =>
    hits.flatMap((hit) => hit.entry.nodes.map((target): Match => ({ target, rule: 'lexicon/topic@1', weight })));
  /** `names`: words that say nothing by themselves here. */
  const closed = (words: readonly string[], names?: ReadonlySet<string>): Match[] => {
    const hits = lexicon.closed.find(words, language);
    // Words that are named as not closed, such as those of a well-known name, are not taken apart either.
    const parts = words.flatMap((word, at) => {
      if (names?.has(word) === true || hits.some(({ from, to }) => at >= from && at < to)) return [];
      const found = lexicon.closedParts.of(word), spoken = found === undefined || found.languages.length === 0 ? null : language();
      return found === undefined || (spoken !== null && !found.languages.includes(spoken)) ? [] : found.nodes;
    });
    return [...hits.filter(({ from, to }) => to - from > 1 || names?.has(words[from] ?? '') !== true).flatMap((hit) => hit.entry), ...parts].map((target): Match => ({ target, rule: 'lexicon/closed@1', weight: 1 }));
  };
  const franchises = (words: readonly string[], weight: number): Match[] =>
    lexicon.franchises.find(words).flatMap((hit) => hit.entry.map((target): Match => ({ target, rule: 'lexicon/franchise@1', weight })));
  /** Asked only where no list says anything. */
  function guessed(kind: 'department' | 'interest', words: readonly string[]): Match[] {
    const target = lexicon.likely[kind].guess(words);
    return target === null ? [] : [{ target, rule: 'model/words@1', weight: GUESS_WEIGHT }];
  }
  const orGuessed = (matches: Match[], words: readonly string[]): Match[] => (matches.length > 0 ? matches : guessed('interest', words));
  const kindOf = (target: string) => taxonomy.get(target)?.kind;

  /** `name`: under which it is in the list. */
  function knownTitle(item: MatchableItem): { readonly name: string; readonly nodes: readonly string[] } | undefined {
    for (const name of titleNames(item)) {
      const nodes = lexicon.titles.get(name);
      if (nodes) return { name, nodes };
    }
    return undefined;
  }
  const ofTitle = ({ nodes }: { readonly nodes: readonly string[] }): Match[] => nodes.map((target) => ({ target, rule: 'lexicon/title@1', weight: 1 }));

  /**
   * Closed words anywhere a thing has words. The name of a well-known film is not the subject of whoever watched it, but what stands beside it, such as an episode's, is; a book's is; and of music the
   * names of pieces and bands are left out, which are called after everything.
   */
  function closedAnywhere(item: MatchableItem): Match[] {
    const { kind, title, creator, collection, category } = item;
    const name = kind === 'video' ? knownTitle(item)?.name.split(' ') ?? [] : [];
    const of = (text: string | null, names?: ReadonlySet<string>): Match[] => {
      if (text === null || text === '') return [];
      const [words = [], joined = []] = readingsOf(text);
      return [...closed(name.length > 0 && name.every((word, at) => words[at] === word) ? words.slice(name.length) : words, names), ...closed(joined, names)];
    };
    // Whoever writes and plays may be called Christian, Brandy or Jesus, and nothing is closed of one who is known.
    const isKnown = creator !== null && (lexicon.artists.has(normalise(creator)) || lexicon.authors.has(normalise(creator)));
    const label = kind === 'topic' || kind === 'advertiser' ? (lexicon.closedLabels.get(normalise(title)) ?? []).map((target): Match => ({ target, rule: 'lexicon/closed@1', weight: 1 })) : [];
    return [...label, ...(kind === 'music' ? of(collection, CALLED) : [...of(title), ...of(collection)]), ...of(category), ...(kind === 'music' || isKnown ? [] : of(creator, kind === 'book' || kind === 'audiobook' ? CALLED : undefined))];
  }

  function video(item: MatchableItem): Match[] {
    const known = knownTitle(item);
    if (known) return ofTitle(known);
    // The name of an unknown series says more than the name of one of its episodes.
    const parts = item.title.split(/:\s+/u);
    const episode = parts.findIndex((part, i) => i > 0 && EPISODE_PART.test(normalise(part)));
    const name = item.collection ?? (episode > 0 ? parts.slice(0, episode).join(': ') : item.title);
    const words = wordsOf(name);
    return [...franchises(words, 0.8), ...topics(lexicon.topicsInNames.find(words, language).filter((hit) => hit.entry.anywhere), 0.7)];
  }

  function spoken(item: MatchableItem): Match[] {
    const show = wordsOf(item.creator ?? item.collection ?? ''), episode = wordsOf(item.title);
    return [...topics(lexicon.topics.find(show, language), 1), ...topics(lexicon.topics.find(episode, language), 0.4), ...franchises(show, 0.8)];
  }

  function audiobook(item: MatchableItem): Match[] {
    const words = wordsOf(item.title);
    const writer = item.creator === null ? [] : lexicon.authors.get(normalise(item.creator)) ?? [];
    return [
      ...writer.map((target): Match => ({ target, rule: 'lexicon/author@1', weight: 1 })),
      ...books(words), ...topics(lexicon.topicsInNames.find(words, language), 0.6), ...franchises(words, 0.6),
    ];
  }

  /** Titles at the front, long ones and authors anywhere. */
  function books(words: readonly string[]): Match[] {
    const hits = lexicon.books.find(words).filter(({ from, to, entry }) => entry.author || from === 0 || (!entry.onlyFirst && to - from >= 3));
    const titles = hits.filter((hit) => !hit.entry.author);
    // A known book says more than what else its author wrote.
    return (titles.length > 0 ? titles : hits).flatMap(({ entry }) => entry.nodes.map((target): Match => ({ target, rule: entry.author ? 'lexicon/author@1' : 'lexicon/book@1', weight: 1 })));
  }

  /** Product words of one stretch: all interests, and the department of the last word, which in most names is the thing itself. */
  function nouns(words: readonly string[], rule: RuleName, weight: number): Match[] {
    const hits = lexicon.products.find(words, language).filter((hit) => !hit.entry.ignored);
    const last = hits.findLast((hit) => hit.entry.nodes.some((node) => kindOf(node) === 'department'));
    const department = last?.entry.nodes.find((node) => kindOf(node) === 'department');
    const about = hits.flatMap((hit) => hit.entry.nodes.filter((node) => kindOf(node) !== 'department').map((target): Match => ({ target, rule, weight: hit === last || !last ? weight : weight * 0.5 })));
    return department === undefined ? about : [{ target: department, rule, weight }, ...about];
  }

  function brandsOf(words: readonly string[], until: number): Match[] {
    const hit = lexicon.brands.find(words, language, 0, Math.min(words.length, until)).find(({ from, to, entry }) => from === 0 || (!entry.onlyFirst && to - from > 1 && from < BRAND_REACH_WORDS));
    if (!hit) return [];
    const named: Match = { target: BRAND_PREFIX + hit.entry.name, rule: 'lexicon/brand@1', weight: 1 };
    return hit.entry.department === null ? [named] : [named, { target: hit.entry.department, rule: 'lexicon/brand-department@1', weight: 0.5 }];
  }

  function product(item: MatchableItem): Match[] {
    const words = wordsOf(item.title);
    const purpose = words.findIndex((word, i) => i > 0 && FOR_WHAT.has(word));
    const thing = purpose > 0 ? words.slice(0, purpose) : words;
    const details = item.title.search(DETAILS);
    const before = details > 0 ? wordsOf(item.title.slice(0, details)).length : words.length;
    const company = thing.findIndex((word, i) => i > 0 && WITH_WHAT.has(word));
    const head = thing.slice(0, Math.max(1, Math.min(before, company > 0 ? company : thing.length)));
    const brand = brandsOf(words, thing.length);

    let found = nouns(head, 'lexicon/product@1', 1);
    if (head.length < thing.length && !found.some((match) => kindOf(match.target) === 'department')) {
      const later = nouns(thing, 'lexicon/product-late@1', 0.6);
      found = found.length === 0 ? later : [...found, ...later.filter((match) => kindOf(match.target) === 'department')];
    }
    const category = item.category === null ? '' : normalise(item.category);
    const shopSays = SHOP_BOOKS.test(category) ? BOOKS_FAMILY : SHOP_MUSIC.test(category) ? 'media.records' : SHOP_FILM.test(category) ? 'media.discs' : null;
    const department = found.find((match) => kindOf(match.target) === 'department')?.target;

    const matches: Match[] = [...brand.filter((match) => match.target.startsWith(BRAND_PREFIX))];
    if (shopSays !== null) matches.push({ target: shopSays, rule: 'source/category@1', weight: 1 });
    // What the shop calls a book is one, whatever its title names.
    const isMedia = shopSays !== null || department === undefined || taxonomy.isWithin(department, MEDIA);
    const asBook = isMedia ? books(words) : [];
    if (shopSays === null) matches.push(...found);
    else matches.push(...found.filter((match) => kindOf(match.target) !== 'department').map((match) => ({ ...match, weight: match.weight * 0.5 })));
    if (asBook.length > 0 && shopSays === null && department === undefined) matches.push({ target: BOOKS_FAMILY, rule: 'lexicon/book@1', weight: 1 });
    matches.push(...asBook);
    if (isMedia) matches.push(...topics(lexicon.topicsInNames.find(words, language), 0.7));
    if (asBook.length === 0) matches.push(...franchises(words, 0.5));
    if (!matches.some((match) => kindOf(match.target) === 'department')) matches.push(...brand.filter((match) => !match.target.startsWith(BRAND_PREFIX)));
    if (shopSays === null && matches.every((match) => match.target.startsWith(BRAND_PREFIX))) matches.push(...guessed('department', thing));
    return matches;
  }

  /** One match for each target and rule, the heaviest. */
  function tidy(matches: readonly Match[]): Match[] {
    if (matches.length < 2) return [...matches];
    const best = new Map<string, Match>();
    for (const match of matches) {
      const key = `${match.rule}|${match.target}`;
      const before = best.get(key);
      if (!before || match.weight > before.weight) best.set(key, match);
    }
    return [...best.values()];
  }

  /** Words of a person or a service, not the name of a work. */
  function words(item: MatchableItem): Match[] {
    const title = wordsOf(item.title);
    const subject = labels.get(title.join(' '));
    if (subject) return subject.map((target) => ({ target, rule: 'taxonomy/label@1', weight: 1 }));
    const named = topics(lexicon.topics.find(title, language), 1);
    // Who looks for a thing is interested in what it is for.
    const all = nouns(title, 'lexicon/thing@1', 0.8), things = named.length > 0 ? [] : all;
    // And may be about to buy it, if it is one of several.
    const choosing = item.kind === 'search' ? all.filter((match) => kindOf(match.target) === 'department') : [];
    const found = [...named, ...things.filter((match) => kindOf(match.target) === 'interest'), ...choosing, ...franchises(title, 0.6)];
    return !MAY_BE_GUESSED.has(item.kind) || things.length > 0 ? found : orGuessed(found, title);
  }

  /** A video of whoever puts them up: the channel says what it is mostly about, the title what this one is. */
  function clip(item: MatchableItem): Match[] {
    const known = knownTitle(item);
    if (known) return ofTitle(known);
    const title = wordsOf(item.title);
    return orGuessed([...artist(item.creator), ...spoken(item), ...topics(lexicon.topics.find(title, language), 0.7)], title);
  }

  const byKind: Readonly<Record<ItemKind, (item: MatchableItem) => Match[]>> = {
    music: (item) => artist(item.creator), video: (item) => (item.creator === null ? video(item) : clip(item)), podcast: spoken, audiobook, book: audiobook, product, app: words, search: words, site: words, topic: words,
    advertiser: (item) => { const name = wordsOf(item.title); return brandsOf(name, name.length); },
  };

  return Object.freeze({
    match(item: MatchableItem): Match[] {
      atHand = item;
      known = undefined;
      const words = closedAnywhere(item);
      if (words.length > 0) return tidy(words);
      const all = byKind[item.kind](item);
      const sealed = all.filter((match) => isClosed(match.target));
      return tidy(sealed.length > 0 ? sealed : all);
    },
  } satisfies Matcher);
}
