/** Words for claims, precision, strength, confidence, origin, cadence: the vocabulary as people say it. */
import { DEGREES, degreeWords, sureWords } from '../../../shared/domain/degree.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { counted, number } from './format.ts';

interface ClaimWords {
  /** As a heading. */
  readonly name: string;
  /** What it is, in one line. */
  readonly says: string;
  /** One short label per ladder step, coarsest first. */
  readonly steps: readonly string[];
  /** What each step would say, with an example. */
  readonly examples: readonly string[];
}

export const CLAIM_WORDS: Readonly<Record<Claim, ClaimWords>> = {
  interest: { name: 'Interests', says: 'What you like to spend time on.', steps: ['Broad areas', 'Topics', 'Exact topics'], examples: ['such as “Food and drink”', 'such as “Cooking”', 'such as “Baking”'] },
  avoid: { name: 'Never show me', says: 'What you do not want to see.', steps: ['Broad areas', 'Topics'], examples: ['such as “Gambling”', 'such as “Casinos”'] },
  genre: { name: 'Genres', says: 'Kinds of films, music and books.', steps: ['Families', 'Genres'], examples: ['such as “Music”', 'such as “Jazz”'] },
  intent: { name: 'Looking to buy', says: 'Things you seem to be in the market for.', steps: ['Departments', 'Kinds of product'], examples: ['such as “Sport”', 'such as “Running shoes”'] },
  brand: { name: 'Brands', says: 'Names you come back to. Only those you tick one by one.', steps: ['Ticked names'], examples: ['only the names you tick'] },
  price_band: { name: 'Price range', says: 'Whether you tend to buy cheap, middling or dear, by department.', steps: ['Low, middle or high'], examples: ['such as “middle for Kitchen”'] },
  size: { name: 'Sizes', says: 'Sizes of clothes and shoes, as you set them.', steps: ['As you set it'], examples: ['such as “shoes 42”'] },
  style: { name: 'Style', says: 'Styles you like, as you set them.', steps: ['As you set it'], examples: ['such as “plain”'] },
  colour: { name: 'Colours', says: 'Colours you like, as you set them.', steps: ['As you set it'], examples: ['such as “green”'] },
  language: { name: 'Languages', says: 'Languages you read, as you set them.', steps: ['As you set it'], examples: ['such as “English”'] },
  units: { name: 'Units', says: 'Metric or imperial, as you set it.', steps: ['As you set it'], examples: ['such as “metric”'] },
  accessibility: { name: 'Accessibility', says: 'What makes things usable for you, as you set it.', steps: ['As you set it'], examples: ['such as “large text”'] },
  age: { name: 'Age', says: 'A range, never a date.', steps: ['Adult or not', '20-year range', '10-year range', '5-year range'], examples: ['such as “adult”', 'such as “18 to 39”', 'such as “30 to 39”', 'such as “30 to 34”'] },
  region: { name: 'Region', says: 'Where you live, never finer than a state or province.', steps: ['Continent', 'Country', 'State or province'], examples: ['such as “Europe”', 'such as “Germany”', 'such as “Bavaria”'] },
  channel: { name: 'How to contact you', says: 'How, and how often, as you set it.', steps: ['As you set it'], examples: ['such as “email, weekly”'] },
};

export const claimName = (claim: Claim): string => CLAIM_WORDS[claim].name;

/** Names that do not read as a thing inside a sentence. */
const IN_SENTENCE: Partial<Readonly<Record<Claim, string>>> = { avoid: 'what you never want to see', intent: 'what you are looking to buy' };
/** As part of a sentence: "interests", "what you are looking to buy". */
export const claimInSentence = (claim: Claim): string => IN_SENTENCE[claim] ?? CLAIM_WORDS[claim].name.toLowerCase();

/** Label of a ladder step, 1 coarsest. */
export const stepName = (claim: Claim, precision: number): string => CLAIM_WORDS[claim].steps[precision - 1] ?? CLAIM_WORDS[claim].steps[0] ?? '';
export const stepExample = (claim: Claim, precision: number): string => CLAIM_WORDS[claim].examples[precision - 1] ?? '';

/** Claims that are a matter of degree; for all others strength says nothing to a person. */
const BY_DEGREE: ReadonlySet<Claim> = new Set(['interest', 'avoid', 'genre', 'intent', 'brand']);
export const isByDegree = (claim: Claim): boolean => BY_DEGREE.has(claim);

/** 1..4 filled steps for a strength between 0 and 1. */
export const strengthSteps = (strength: number): number => DEGREES.length - Math.max(0, DEGREES.findIndex(({ from }) => strength >= from));
export const strengthWords = degreeWords;
export const confidenceWords = sureWords;

/** How the person's own word about a conclusion holds. */
const MANNER_WORDS = { said: 'You put it right', pinned: 'You pinned it', weakened: 'You let it count less' } as const;
export const ORIGIN_WORDS = { inferred: 'From your records', declared: 'You said so', corrected: 'You put it right' } as const;
export const originWords = ({ origin, manner }: { readonly origin: keyof typeof ORIGIN_WORDS; readonly manner: keyof typeof MANNER_WORDS | null }): string => (origin === 'corrected' && manner !== null ? MANNER_WORDS[manner] : ORIGIN_WORDS[origin]);

const PER = { day: 'a day', week: 'a week', month: 'a month' } as const;
export interface CadenceLike { readonly max: number; readonly per: keyof typeof PER }
/** "once a week", "3 times a week". */
export const cadenceWords = ({ max, per }: CadenceLike): string => (max === 1 ? `once ${PER[per]}` : max === 2 ? `twice ${PER[per]}` : `${number(max)} times ${PER[per]}`);

export const WITHHELD_WORDS = {
  'closed-category': (count: number) => `${counted(count, 'thing')} in closed categories, such as health or belief. These stay in the vault.`,
  'not-approved': (count: number) => `${counted(count, 'brand')} you have not ticked.`,
  'too-weak': (count: number) => `${counted(count, 'thing')} the vault is not sure enough about.`,
  'too-many': (count: number) => `${counted(count, 'weaker thing')}: an answer is made from the few strongest only.`,
  'quiet-area': (count: number) => `${counted(count, 'thing')} in areas you do not want spoken of now.`,
  'too-few-alike': (count: number) => `${count === 1 ? '1 thing is' : `${number(count)} things are`} said less exactly, or not at all: too few people would fit.`,
  'budget-spent': () => 'What may be said deniably to companies is used up.',
  'nothing-known': () => 'Nothing is known about this yet.',
} as const;

export const IDENTITY_WORDS = {
  verified: { badge: 'Identity checked', says: (domain: string) => `${domain} itself confirmed these keys.` },
  unverified: { badge: 'Not checked', says: (domain: string) => `The request is signed and complete, but ${domain} has not confirmed that it is theirs.` },
  mismatch: { badge: 'Does not match', says: (domain: string) => `${domain} uses other keys than this request. Someone else may have made it.` },
} as const;

export const GRANT_STATE_WORDS = { active: 'Active', expired: 'Ran out', revoked: 'Ended by you', returned: 'Given back by them', suspended: 'On hold' } as const;

/** One plain sentence: what a company may do, and until when. */
export const permissionSentence = (name: string, cadence: CadenceLike, until: string): string => `${name} can ask ${cadenceWords(cadence)} until ${until}. You can end this any time.`;
