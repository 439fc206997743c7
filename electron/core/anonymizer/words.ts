/** The same answer in everyday words, for the consent screen. */
import { ageName, choiceName, continentName, nodeName } from '../../../shared/language/names.ts';
import { capital, countryName, languageName } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { divisionName } from '../platform/regions.ts';
import { truncateNode, type TaxonomyLookup } from './coarsen.ts';

/** "Europe", "Germany", "Bayern, Germany". */
function placeName(region: string): string {
  if (!/^[A-Z]{2}(-|$)/.test(region)) return continentName(region);
  const country = countryName(region.slice(0, 2));
  return region.length > 2 ? t('{part}, {country}', { part: divisionName(region) ?? region, country }) : country;
}

const within = (weeks: number): string => t('{weeks, plural, one {within a week} =52 {within a year} other {within # weeks}}', { weeks: Math.min(52, weeks) });
const department = (id: string, lookup: TaxonomyLookup): string => { const known = lookup(id); return known ? nodeName({ id, label: known.label }) : capital(id.replaceAll(/[-_]/g, ' ')); };
const named = ({ node, label }: { readonly node: string; readonly label: string }): string => nodeName({ id: node, label });

/** Films and books share names of genres: "Science fiction (Books)" where the bare label would stand there twice. */
function genreName(node: NonNullable<AnswerValues['genre']>[number], all: NonNullable<AnswerValues['genre']>, lookup: TaxonomyLookup): string {
  const top = truncateNode(node.node, 1);
  return lookup(top) !== undefined && all.filter(({ label }) => label === node.label).length > 1 ? `${named(node)} (${department(top, lookup)})` : named(node);
}

const WORDS: { readonly [C in Claim]: (value: NonNullable<AnswerValues[C]>, lookup: TaxonomyLookup) => string[] } = {
  interest: (nodes) => nodes.map((node) => (node.strength === 'strong' ? t('Strongly interested in {what}', { what: named(node) }) : t('Some interest in {what}', { what: named(node) }))),
  genre: (nodes, lookup) => nodes.map((node) => (node.strength === 'strong' ? t('Very fond of {what}', { what: genreName(node, nodes, lookup) }) : t('Likes {what}', { what: genreName(node, nodes, lookup) }))),
  avoid: (nodes) => nodes.map((node) => t('Never wants to be shown {what}', { what: named(node) })),
  intent: (intents) => intents.map((intent) => t('May buy {what} {within}', { what: named(intent), within: within(intent.horizon_weeks) })),
  brand: (names) => names.map((name) => t('Likes the brand {name}', { name })),
  price_band: (bands, lookup) => bands.map((band) => t('{department}: {band, select, low {lower} high {upper} other {middle}} price range', { department: department(band.department, lookup), band: band.band })),
  size: (sizes, lookup) => sizes.map((size) => t('{department}: size {size}', { department: department(size.department, lookup), size: size.size })),
  style: (names) => names.map((name) => t('Style: {name}', { name: choiceName(name) })),
  colour: (names) => names.map((name) => t('Colour: {name}', { name: choiceName(name) })),
  language: (tags) => tags.map((tag) => t('Speaks {language}', { language: languageName(tag) })),
  units: (system) => [choiceName(system)],
  accessibility: (needs) => needs.map((need) => t('Accessibility: {need}', { need: choiceName(need) })),
  age: (band) => [band === 'adult' ? t('An adult') : t('Aged {band}', { band: ageName(band) })],
  region: (region) => [t('Lives in {place}', { place: placeName(region) })],
  channel: (channels) => channels.map((channel) => t('Contact: {channel}', { channel: channel.split(':').map(choiceName).join(', ') })),
};

/** One sentence for each thing said. `value` must be of `claim`. */
export function wordsFor<C extends Claim>(claim: C, value: NonNullable<AnswerValues[C]>, lookup: TaxonomyLookup): string[] {
  return WORDS[claim](value, lookup);
}
