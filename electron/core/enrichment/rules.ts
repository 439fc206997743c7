/** The rules that can conclude something: their stable names, how far each is trusted, and what each says in plain words. */
import { msg } from '../../../shared/language/message.ts';

export interface Rule {
  /** 0..1: how often what such a match says is right. It says nothing about whether the thing tells anything about the person. */
  readonly reliability: number;
  /** A message, to be put into the person's language when it is said. */
  readonly says: string;
}

/** Counted cases the first guess is worth, so that a few do not make a rule look certain, or useless. */
const GUESS_WORTH = 10;
/** First guess, and how many statements of the rule were right, of how many, on the dev part of the labelled set before its misses were worked on, with those of test/quality/unseen.tsv for the word model (docs/quality.md). */
const counted = (guess: number, right: number, of: number): number => Math.round(((right + GUESS_WORTH * guess) / (of + GUESS_WORTH)) * 100) / 100;

/** Name and version; a rule whose meaning changes gets the next version. A bare figure is a guess: the labelled set has no cases for it. */
export const RULES = {
  'lexicon/artist@1': { reliability: counted(0.95, 102, 106), says: msg('The artist is in the list of well-known artists, which says what kind of music they make.') },
  'lexicon/title@1': { reliability: counted(0.95, 63, 70), says: msg('The series or film is in the list of well-known titles, which says what it is about.') },
  'lexicon/franchise@1': { reliability: counted(0.8, 1, 3), says: msg('The name of a well-known world of stories is part of the title.') },
  'lexicon/author@1': { reliability: counted(0.9, 44, 47), says: msg('The author is in the list of well-known authors, which says what they write.') },
  'lexicon/book@1': { reliability: counted(0.85, 41, 41), says: msg('The book is in the list of well-known books, which says what it is about.') },
  'lexicon/product@1': { reliability: counted(0.85, 93, 97), says: msg('A word in the product’s name says what kind of thing it is and what it is used for.') },
  'lexicon/product-late@1': { reliability: 0.6, says: msg('A word further back in the product’s name hints at what kind of thing it is.') },
  'lexicon/thing@1': { reliability: counted(0.7, 12, 14), says: msg('The words name a thing, which says what somebody who looks for it may be interested in.') },
  'lexicon/topic@1': { reliability: counted(0.7, 45, 45), says: msg('A word in the title names the subject.') },
  'model/words@1': { reliability: counted(0.8, 32, 37), says: msg('The words of the title are like words that usually stand for this subject or kind of thing.') },
  'lexicon/brand@1': { reliability: 0.85, says: msg('The brand’s name stands in the product’s name.') },
  'lexicon/brand-department@1': { reliability: counted(0.6, 1, 2), says: msg('The brand is known mostly for this kind of product.') },
  'lexicon/closed@1': { reliability: 0.8, says: msg('A word in the title belongs to a closed part of life.') },
  'taxonomy/label@1': { reliability: counted(0.9, 3, 3), says: msg('The words are the very name of the subject.') },
  'source/category@1': { reliability: 0.9, says: msg('The shop itself put the product into this category.') },
  'price/band@1': { reliability: 0.9, says: msg('The price of a piece was compared with a rough table of low, middle and high prices for such things.') },
  'intent/adjacent@1': { reliability: 0.6, says: msg('Several things of one kind were bought in a short time, and something else often follows.') },
  'intent/looking@1': { reliability: 0.6, says: msg('Several things of one kind were looked for or put aside to buy within two months.') },
  'intent/repeat@1': { reliability: 0.75, says: msg('This kind of thing was bought again and again at about the same distance, and the next time is near.') },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);
