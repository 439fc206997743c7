/** The same answer in everyday words, for the consent screen. */
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { truncateNode, type TaxonomyLookup } from './coarsen.ts';

const BANDS = { low: 'lower', middle: 'middle', high: 'upper' } as const;
const UNITS: Readonly<Record<string, string>> = { metric: 'Metric units', imperial: 'Imperial units' };

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });
const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' });

/** The code itself where it has no name. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
/** "Europe", "Germany", "Germany (DE-BY)". */
function placeName(region: string): string {
  if (!/^[A-Z]{2}(-|$)/.test(region)) return region;
  const country = nameOf(COUNTRIES, region.slice(0, 2));
  return region.length > 2 ? `${country} (${region})` : country;
}

const within = (weeks: number): string => (weeks === 1 ? 'within a week' : weeks >= 52 ? 'within a year' : `within ${weeks} weeks`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const department = (id: string, lookup: TaxonomyLookup): string => lookup(id)?.label ?? capital(id.replaceAll(/[-_]/g, ' '));

/** Films and books share names of genres: "Science fiction (Books)" where the bare label would stand there twice. */
function genreName(node: NonNullable<AnswerValues['genre']>[number], all: NonNullable<AnswerValues['genre']>, lookup: TaxonomyLookup): string {
  const medium = lookup(truncateNode(node.node, 1))?.label;
  return medium !== undefined && all.filter(({ label }) => label === node.label).length > 1 ? `${node.label} (${medium})` : node.label;
}

const WORDS: { readonly [C in Claim]: (value: NonNullable<AnswerValues[C]>, lookup: TaxonomyLookup) => string[] } = {
  interest: (nodes) => nodes.map((node) => (node.strength === 'strong' ? `Strongly interested in ${node.label}` : `Some interest in ${node.label}`)),
  genre: (nodes, lookup) => nodes.map((node) => `${node.strength === 'strong' ? 'Very fond of' : 'Likes'} ${genreName(node, nodes, lookup)}`),
  avoid: (nodes) => nodes.map((node) => `Never wants to be shown ${node.label}`),
  intent: (intents) => intents.map((intent) => `May buy ${intent.label} ${within(intent.horizon_weeks)}`),
  brand: (names) => names.map((name) => `Likes the brand ${name}`),
  price_band: (bands, lookup) => bands.map((band) => `${department(band.department, lookup)}: ${BANDS[band.band]} price range`),
  size: (sizes, lookup) => sizes.map((size) => `${department(size.department, lookup)}: size ${size.size}`),
  style: (names) => names.map((name) => `Style: ${name}`),
  colour: (names) => names.map((name) => `Colour: ${name}`),
  language: (tags) => tags.map((tag) => `Speaks ${nameOf(LANGUAGES, tag)}`),
  units: (system) => [UNITS[system] ?? `Units: ${system}`],
  accessibility: (needs) => needs.map((need) => `Accessibility: ${need}`),
  age: (band) => [band === 'adult' ? 'An adult' : band.endsWith('+') ? `Aged ${band.slice(0, -1)} or older` : `Aged ${band.replace('-', ' to ')}`],
  region: (region) => [`Lives in ${placeName(region)}`],
  channel: (channels) => channels.map((channel) => `Contact: ${channel}`),
};

/** One sentence for each thing said. `value` must be of `claim`. */
export function wordsFor<C extends Claim>(claim: C, value: NonNullable<AnswerValues[C]>, lookup: TaxonomyLookup): string[] {
  return WORDS[claim](value, lookup);
}
