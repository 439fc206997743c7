/** The claim vocabulary and its precision ladders: what can be said at all, coarse → fine (protocol, "Claim vocabulary"). */

export const CLAIMS = [
  'interest', 'avoid', 'genre', 'intent', 'brand', 'price_band', 'size', 'style', 'colour',
  'language', 'units', 'accessibility', 'age', 'region', 'channel',
] as const;
export type Claim = (typeof CLAIMS)[number];

/** Steps of each ladder; step 1 is the coarsest, the last is the finest that can ever be said. */
export const LADDERS = {
  interest: ['top-level area', 'second level', 'third level'],
  avoid: ['top-level area', 'second level'],
  genre: ['family', 'genre'],
  intent: ['department', 'product family'],
  brand: ['approved names'],
  price_band: ['band per department'],
  size: ['exact, per department'],
  style: ['family'],
  colour: ['family'],
  language: ['language'],
  units: ['unit system'],
  accessibility: ['as set'],
  age: ['adult or not', '20-year band', '10-year band', '5-year band'],
  region: ['continent', 'country', 'first-level region'],
  channel: ['as set'],
} as const satisfies Record<Claim, readonly string[]>;

export const isClaim = (value: string): value is Claim => (CLAIMS as readonly string[]).includes(value);

/** Number of steps of a claim's ladder, at least 1. */
export const ladderSteps = (claim: Claim): number => LADDERS[claim].length;

/** Claims a rule may infer from records; all others exist only as the person set them by hand. */
export const INFERRED_CLAIMS = ['interest', 'genre', 'intent', 'brand', 'price_band'] as const satisfies readonly Claim[];
