/** The rules that can conclude something: their stable names, how far each is trusted, and what each says in plain words. */

export interface Rule {
  /** 0..1: how often such a match means what it seems to mean. */
  readonly reliability: number;
  readonly says: string;
}

/** Name and version; a rule whose meaning changes gets the next version. */
export const RULES = {
  'lexicon/artist@1': { reliability: 0.95, says: 'The artist is in the list of well-known artists, which says what kind of music they make.' },
  'lexicon/title@1': { reliability: 0.95, says: 'The series or film is in the list of well-known titles, which says what it is about.' },
  'lexicon/franchise@1': { reliability: 0.8, says: 'The name of a well-known world of stories is part of the title.' },
  'lexicon/author@1': { reliability: 0.9, says: 'The author is in the list of well-known authors, which says what they write.' },
  'lexicon/book@1': { reliability: 0.85, says: 'The book is in the list of well-known books, which says what it is about.' },
  'lexicon/product@1': { reliability: 0.85, says: 'A word in the product’s name says what kind of thing it is and what it is used for.' },
  'lexicon/product-late@1': { reliability: 0.6, says: 'A word further back in the product’s name hints at what kind of thing it is.' },
  'lexicon/topic@1': { reliability: 0.7, says: 'A word in the title names the subject.' },
  'lexicon/brand@1': { reliability: 0.85, says: 'The brand’s name stands in the product’s name.' },
  'lexicon/brand-department@1': { reliability: 0.6, says: 'The brand is known mostly for this kind of product.' },
  'lexicon/closed@1': { reliability: 0.8, says: 'A word in the title belongs to a closed part of life.' },
  'taxonomy/label@1': { reliability: 0.9, says: 'The words are the very name of the subject.' },
  'source/category@1': { reliability: 0.9, says: 'The shop itself put the product into this category.' },
  'price/band@1': { reliability: 0.9, says: 'The price of a piece was compared with a rough table of low, middle and high prices for such things.' },
  'intent/adjacent@1': { reliability: 0.6, says: 'Several things of one kind were bought in a short time, and something else often follows.' },
  'intent/repeat@1': { reliability: 0.75, says: 'This kind of thing was bought again and again at about the same distance, and the next time is near.' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);
