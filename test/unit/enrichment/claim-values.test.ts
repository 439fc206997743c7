/** What a person may say about themselves, in which forms, and what is refused. */
import { describe, expect, test } from 'vitest';
import { parseClaimValue, wordsForValue } from '../../../electron/core/enrichment/claim-values.ts';
import { loadTaxonomy } from '../../../electron/core/enrichment/taxonomy.ts';
import { RESOURCES } from '../../support/enrichment.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CLAIMS } from '../../../shared/protocol/vocabulary.ts';

const taxonomy = loadTaxonomy(RESOURCES);
const parse = (claim: string, value: string): string => parseClaimValue(claim, value, taxonomy).value;
const refusal = (claim: string, value: string): AppError => {
  try { parse(claim, value); } catch (error) { if (error instanceof AppError) return error; }
  throw new Error(`${claim} ${JSON.stringify(value)} was accepted`);
};

test.each([
  ['interest', 'food.cooking.baking', 'food.cooking.baking'], ['interest', 'Baking', 'food.cooking.baking'], ['interest', ' baking ', 'food.cooking.baking'], ['avoid', 'Football', 'sport.football'],
  ['genre', 'Indie rock', 'music.rock.indie'], ['genre', 'film.scifi', 'film.scifi'], ['genre', 'Film and series > Science fiction', 'film.scifi'],
  ['intent', 'Outdoor gear', 'outdoor-gear'], ['intent', 'outdoor-gear.camping-gear', 'outdoor-gear.camping-gear'], ['intent', 'Tents and camping', 'outdoor-gear.camping-gear'],
  ['brand', 'Some Brand', 'Some Brand'], ['brand', ' Two   Spaces ', 'Two Spaces'], ['brand', 'Åhléns', 'Åhléns'],
  ['price_band', 'kitchenware:middle', 'kitchenware:middle'], ['price_band', 'Kitchenware: High', 'kitchenware:high'],
  ['size', 'clothing:M', 'clothing:M'], ['size', 'Shoes: 42', 'shoes:42'], ['size', 'shoes:42 2/3', 'shoes:42 2/3'], ['size', 'clothing:W32/L34', 'clothing:W32/L34'], ['size', 'clothing:3XL+', 'clothing:3XL+'],
  ['style', 'Vintage', 'vintage'], ['colour', 'Blue', 'blue'], ['units', 'METRIC', 'metric'], ['accessibility', 'Large text', 'large-text'], ['channel', 'email', 'email'], ['channel', 'Email: weekly', 'email:weekly'],
  ['language', 'de', 'de'], ['language', 'German', 'de'], ['language', 'pt-br', 'pt-BR'], ['language', 'EN-gb', 'en-GB'], ['language', 'zh-Hant', 'zh-Hant'],
  ['region', 'de', 'DE'], ['region', 'Germany', 'DE'], ['region', 'DE-BY', 'DE-BY'], ['region', 'us-ca', 'US-CA'], ['region', 'FR-75C', 'FR-IDF'], ['region', 'es-b', 'ES-CT'], ['region', 'Côte d’Ivoire', 'CI'],
  ['age', '30-34', '30-34'], ['age', '30 – 34', '30-34'], ['age', '34', '30-34'], ['age', '18', '18-24'], ['age', '24', '18-24'], ['age', '85', '80+'], ['age', '80 +', '80+'],
])('%s %j is kept as %j', (claim, written, kept) => { expect(parse(claim, written)).toBe(kept); });

test.each([
  ['interest', 'nothing'], ['interest', 'music.rock'], ['interest', 'kitchenware'], ['interest', 'food.unheard-of'], ['interest', '__proto__'], ['interest', 'constructor'],
  ['genre', 'music'], ['genre', 'Music'], ['genre', 'Baking'], ['intent', 'Baking'],
  ['brand', '…'], ['brand', 'x'.repeat(101)], ['price_band', 'kitchenware'], ['price_band', 'kitchenware:cheap'], ['price_band', 'kitchenware.knives:low'], ['price_band', ':low'], ['price_band', 'food:low'],
  ['size', 'clothing'], ['size', 'clothing:'], ['size', `clothing:${'9'.repeat(30)}`], ['size', 'clothing:<b>M</b>'], ['size', 'clothing:M;DROP TABLE x'],
  ['style', 'tall'], ['colour', '#ff0000'], ['units', 'cubits'], ['accessibility', 'diagnosis'], ['channel', 'pigeon'], ['channel', 'email:hourly'], ['channel', 'email:weekly:x'],
  ['language', 'Klingonish'], ['language', 'x'], ['language', 'de_DE'], ['language', 'qq'], ['language', 'de-XXXXXXXXXX'],
  ['region', 'EU'], ['region', 'ZZ'], ['region', 'DE-BAVARIA'], ['region', 'DE-XX'], ['region', 'XK'], ['region', 'DE-'], ['region', '80331'], ['region', 'Munich'], ['region', 'D'],
  ['age', '17'], ['age', '12'], ['age', '0'], ['age', '999'], ['age', '1990'], ['age', '1990-05-01'], ['age', '31-35'], ['age', '-5'],
])('%s %j is refused with the form that is allowed', (claim, written) => {
  const error = refusal(claim, written);
  expect(error.code).toBe('ERR_CLAIM_VALUE_INVALID');
  expect(error.message).toMatch(/Nothing was changed\.$/);
  expect(error.message.length).toBeGreaterThan(40);
});

test.each(['', '   ', '\u0000', 'a\u202eb', 'line\u0007', 'x'.repeat(201)])('%j is refused for every claim', (written) => {
  for (const claim of CLAIMS) expect(refusal(claim, written).code).toBe('ERR_CLAIM_VALUE_INVALID');
});

test('a claim that does not exist is said to', () => {
  for (const claim of ['income', '', 'toString', 'Interest']) expect(refusal(claim, 'x').code).toBe('ERR_CLAIM_UNKNOWN');
});

test('words that could mean several nodes name them', () => {
  const { message } = refusal('genre', 'Science fiction');
  expect(message).toContain('Film and series > Science fiction');
  expect(message).toContain('Books > Science fiction and fantasy > Science fiction');
});

describe('words for a value', () => {
  test.each([
    ['interest', 'food.cooking.baking', 'Baking', false], ['price_band', 'kitchenware:middle', 'Kitchenware: middle prices', false], ['size', 'clothing:M', 'Clothing: M', false], ['region', 'DE-BY', 'Bayern, Germany', false],
    ['language', 'pt-BR', 'Brazilian Portuguese', false], ['age', '30-34', '30 to 34', false], ['age', '80+', '80 or older', false], ['channel', 'text-message:weekly', 'Text message, Weekly at most', false],
    ['interest', 'family.pregnancy', 'Pregnancy', true], ['avoid', 'habits.alcohol', 'Alcohol', true], ['size', 'baby:62', 'Baby and children: 62', true], ['interest', 'gone.since', 'gone.since', false],
  ] as const)('%s %s', (claim, value, label, closed) => { expect(wordsForValue(claim, value, taxonomy)).toMatchObject({ label, closed }); });
  test('carry the way there and the IAB id', () => {
    expect(wordsForValue('interest', 'food.cooking.baking', taxonomy)).toMatchObject({ path: ['Food and drink', 'Cooking', 'Baking'], iab: '217' });
    expect(wordsForValue('intent', 'kitchenware.knives', taxonomy)).toMatchObject({ path: ['Kitchenware', 'Kitchen knives'], iab: '1337' });
  });
});
