/** Words for claims, precision, strength, confidence, origin, cadence: the vocabulary as people say it. */
import { inSentence } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import { DEGREES, degreeWords, sureWords } from '../../../shared/domain/degree.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';

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
  interest: { name: t('Interests'), says: t('What you like to spend time on.'), steps: [t('Broad areas'), t('Topics'), t('Exact topics')], examples: [t('such as “Food and drink”'), t('such as “Cooking”'), t('such as “Baking”')] },
  avoid: { name: t('Never show me'), says: t('What you do not want to see.'), steps: [t('Broad areas'), t('Topics')], examples: [t('such as “Gambling”'), t('such as “Casinos”')] },
  genre: { name: t('Genres'), says: t('Kinds of films, music and books.'), steps: [t('Families'), t('Genres')], examples: [t('such as “Music”'), t('such as “Jazz”')] },
  intent: { name: t('Looking to buy'), says: t('Things you seem to be in the market for.'), steps: [t('Departments'), t('Kinds of product')], examples: [t('such as “Sport”'), t('such as “Running shoes”')] },
  brand: { name: t('Brands'), says: t('Names you come back to. Only those you tick one by one.'), steps: [t('Ticked names')], examples: [t('only the names you tick')] },
  price_band: { name: t('Price range'), says: t('Whether you tend to buy cheap, middling or dear, by department.'), steps: [t('Low, middle or high')], examples: [t('such as “middle for Kitchen”')] },
  size: { name: t('Sizes'), says: t('Sizes of clothes and shoes, as you set them.'), steps: [t('As you set it')], examples: [t('such as “shoes 42”')] },
  style: { name: t('Style'), says: t('Styles you like, as you set them.'), steps: [t('As you set it')], examples: [t('such as “plain”')] },
  colour: { name: t('Colours'), says: t('Colours you like, as you set them.'), steps: [t('As you set it')], examples: [t('such as “green”')] },
  language: { name: t('Languages'), says: t('Languages you read, as you set them.'), steps: [t('As you set it')], examples: [t('such as “English”')] },
  units: { name: t('Units'), says: t('Metric or imperial, as you set it.'), steps: [t('As you set it')], examples: [t('such as “metric”')] },
  accessibility: { name: t('Accessibility'), says: t('What makes things usable for you, as you set it.'), steps: [t('As you set it')], examples: [t('such as “large text”')] },
  age: { name: t('Age'), says: t('A range, never a date.'), steps: [t('Adult or not'), t('20-year range'), t('10-year range'), t('5-year range')], examples: [t('such as “adult”'), t('such as “18 to 39”'), t('such as “30 to 39”'), t('such as “30 to 34”')] },
  region: { name: t('Region'), says: t('Where you live, never finer than a state or province.'), steps: [t('Continent'), t('Country'), t('State or province')], examples: [t('such as “Europe”'), t('such as “Germany”'), t('such as “Bavaria”')] },
  channel: { name: t('How to contact you'), says: t('How, and how often, as you set it.'), steps: [t('As you set it')], examples: [t('such as “email, weekly”')] },
};

export const claimName = (claim: Claim): string => CLAIM_WORDS[claim].name;

/** Names that do not read as a thing inside a sentence. */
const IN_SENTENCE: Partial<Readonly<Record<Claim, string>>> = { avoid: t('what you never want to see'), intent: t('what you are looking to buy') };
/** As part of a sentence: "interests", "what you are looking to buy". */
export const claimInSentence = (claim: Claim): string => IN_SENTENCE[claim] ?? inSentence(CLAIM_WORDS[claim].name);

/** Label of a ladder step, 1 coarsest. */
export const stepName = (claim: Claim, precision: number): string => CLAIM_WORDS[claim].steps[precision - 1] ?? CLAIM_WORDS[claim].steps[0] ?? '';
/** Steps whose names begin with a word that has no capital within a sentence, in the languages in which nouns keep theirs. */
const STEPS_WITHIN: Partial<Readonly<Record<Claim, readonly string[]>>> = {
  interest: [t('within|broad areas'), t('within|topics'), t('within|exact topics')], avoid: [t('within|broad areas'), t('within|topics')], age: [t('within|adult or not')],
};
/** "interests (topics)"; without the step where there is only one, or it would say the same again. */
export function claimWithStep(claim: Claim, precision: number): string {
  const name = claimInSentence(claim), step = STEPS_WITHIN[claim]?.[precision - 1] ?? inSentence(stepName(claim, precision));
  return CLAIM_WORDS[claim].steps.length === 1 || step === name ? name : t('{name} ({step})', { name, step });
}
export const stepExample = (claim: Claim, precision: number): string => CLAIM_WORDS[claim].examples[precision - 1] ?? '';

/** Claims that are a matter of degree; for all others strength says nothing to a person. */
const BY_DEGREE: ReadonlySet<Claim> = new Set(['interest', 'avoid', 'genre', 'intent', 'brand']);
export const isByDegree = (claim: Claim): boolean => BY_DEGREE.has(claim);

/** 1..4 filled steps for a strength between 0 and 1. */
export const strengthSteps = (strength: number): number => DEGREES.length - Math.max(0, DEGREES.findIndex(({ from }) => strength >= from));
export const strengthWords = degreeWords;
export const confidenceWords = sureWords;

/** How the person's own word about a conclusion holds. */
const MANNER_WORDS = { said: t('You put it right'), pinned: t('You pinned it'), weakened: t('You let it count less') } as const;
export const ORIGIN_WORDS = { inferred: t('From your records'), declared: t('You said so'), corrected: t('You put it right') } as const;
export const originWords = ({ origin, manner }: { readonly origin: keyof typeof ORIGIN_WORDS; readonly manner: keyof typeof MANNER_WORDS | null }): string => (origin === 'corrected' && manner !== null ? MANNER_WORDS[manner] : ORIGIN_WORDS[origin]);

export interface CadenceLike { readonly max: number; readonly per: 'day' | 'week' | 'month' }
/** "once a week", "3 times a week". */
export const cadenceWords = ({ max, per }: CadenceLike): string => (t('{max, plural, =1 {once} =2 {twice} other {# times}} {per, select, day {a day} week {a week} other {a month}}', { max, per }));

export const WITHHELD_WORDS = {
  'closed-category': (count: number) => t('{count, plural, one {# thing} other {# things}} in closed categories, such as health or belief. These stay in the vault.', { count }),
  'not-approved': (count: number) => t('{count, plural, one {# brand} other {# brands}} you have not ticked.', { count }),
  'too-weak': (count: number) => t('{count, plural, one {# thing} other {# things}} the vault is not sure enough about.', { count }),
  'too-many': (count: number) => t('{count, plural, one {# weaker thing} other {# weaker things}}: an answer is made from the few strongest only.', { count }),
  'quiet-area': (count: number) => t('{count, plural, one {# thing} other {# things}} in areas you do not want spoken of now.', { count }),
  'too-few-alike': (count: number) => t('{count, plural, one {# thing is said less exactly, or not at all: too few people would fit.} other {# things are said less exactly, or not at all: too few people would fit.}}', { count }),
  'budget-spent': () => t('What may be said deniably to companies is used up.'),
  'nothing-known': () => t('Nothing is known about this yet.'),
} as const;

export const IDENTITY_WORDS = {
  verified: { badge: t('Identity checked'), says: (domain: string) => t('{domain} itself confirmed these keys.', { domain }) },
  unverified: { badge: t('Not checked'), says: (domain: string) => t('The request is signed and complete, but {domain} has not confirmed that it is theirs.', { domain }) },
  mismatch: { badge: t('Does not match'), says: (domain: string) => t('{domain} uses other keys than this request. Someone else may have made it.', { domain }) },
} as const;

export const GRANT_STATE_WORDS = { active: t('Active'), expired: t('Ran out'), revoked: t('Ended by you'), returned: t('Given back by them'), suspended: t('On hold') } as const;

/** One plain sentence: what a company may do, and until when. */
export const permissionSentence = (name: string, cadence: CadenceLike, until: string): string => t('{name} can ask {cadence} until {until}. You can end this any time.', { name, cadence: cadenceWords(cadence), until });
