/** What may be said for each claim, and what a person may type for it. Pure. */
import { ageName, choiceName, nodeName } from '../../../shared/language/names.ts';
import { capital, countryName, labelled, languageName } from '../../../shared/language/format.ts';
import { msg, t } from '../../../shared/language/message.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isClaim, type Claim } from '../../../shared/protocol/vocabulary.ts';
import type { Taxonomy, TaxonomyNode, NodeKind } from './taxonomy.ts';
import { continentOf, countryCodes, divisionName, firstLevelOf } from '../platform/regions.ts';
import { normalise } from './normalise.ts';

const STYLES = ['classic', 'casual', 'minimalist', 'sporty', 'outdoor', 'vintage', 'streetwear', 'elegant', 'bohemian', 'rock', 'preppy', 'workwear', 'romantic', 'scandinavian', 'industrial', 'rustic', 'colourful', 'modern'] as const;
const COLOURS = ['black', 'white', 'grey', 'blue', 'green', 'red', 'yellow', 'orange', 'pink', 'purple', 'brown', 'beige', 'gold', 'silver', 'multicoloured'] as const;
const UNITS = ['metric', 'imperial'] as const;
const ACCESSIBILITY = ['large-text', 'high-contrast', 'screen-reader', 'keyboard-only', 'captions', 'transcripts', 'reduced-motion', 'plain-language', 'step-free', 'no-phone-calls'] as const;
const CHANNELS = ['email', 'post', 'phone', 'text-message', 'app', 'none'] as const;
const HOW_OFTEN = ['daily', 'weekly', 'monthly', 'rarely'] as const;
const AGE_BANDS = ['18-24', '25-29', '30-34', '35-39', '40-44', '45-49', '50-54', '55-59', '60-64', '65-69', '70-74', '75-79', '80+'] as const;

export interface ClaimValue {
  readonly claim: Claim;
  /** Canonical, as in the domain's `Preference`. */
  readonly value: string;
}

/** What a person reads for a value. */
export interface ClaimWords { readonly label: string; readonly path: readonly string[]; readonly iab: string | null; readonly closed: boolean }

const NODE_KIND: Partial<Readonly<Record<Claim, NodeKind>>> = { interest: 'interest', avoid: 'interest', genre: 'genre', intent: 'department' };
const BAND_WORDS: Readonly<Record<string, string>> = { low: msg('lower prices'), middle: msg('middle prices'), high: msg('higher prices') };
const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
const SIZE = /^[A-Za-z0-9](?:[A-Za-z0-9 .,/½⅓⅔+-]{0,18}[A-Za-z0-9½⅓⅔+])?$/;
const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
const pairs = (): string[] => letters.flatMap((first) => letters.map((second) => first + second));
let countriesByName: ReadonlyMap<string, string> | undefined;
let languagesByName: ReadonlyMap<string, string> | undefined;
const countryByName = (name: string): string | undefined =>
  (countriesByName ??= new Map(countryCodes().map((code) => [normalise(regionNames.of(code) ?? code), code]))).get(normalise(name));
const languageByName = (name: string): string | undefined =>
  (languagesByName ??= new Map(pairs().map((pair) => pair.toLowerCase()).filter((code) => Intl.getCanonicalLocales(code)[0] === code && languageNames.of(code) !== undefined).map((code) => [normalise(languageNames.of(code) ?? code), code]))).get(normalise(name));

const invalid = (allowed: string): AppError => new AppError('ERR_CLAIM_VALUE_INVALID', `${allowed} Nothing was changed.`);
const oneOf = (list: readonly string[]): string => `${list.slice(0, -1).join(', ')} or ${list.at(-1) ?? ''}`;

function pickFrom(list: readonly string[], text: string, what: string): string {
  const found = list.find((entry) => normalise(entry) === normalise(text));
  if (found === undefined) throw invalid(`${what} can be ${oneOf(list)}.`);
  return found;
}

function pickNode(taxonomy: Taxonomy, kind: NodeKind, text: string, example: string): TaxonomyNode {
  const found = taxonomy.find(kind, text);
  const [only] = found;
  if (found.length > 1) throw invalid(`“${text}” can mean ${oneOf(found.map((node) => taxonomy.path(node.id).join(' > ')))}. Say which one.`);
  if (!only) throw invalid(`There is no such ${kind === 'department' ? 'kind of product' : kind} in the list. Choose one from it, for example ${example}.`);
  return only;
}

function splitDepartment(taxonomy: Taxonomy, text: string, form: string): readonly [TaxonomyNode, string] {
  const colon = text.indexOf(':');
  if (colon <= 0) throw invalid(form);
  return [pickNode(taxonomy, 'department', text.slice(0, colon), '“Clothing”'), text.slice(colon + 1).trim()];
}

/**
 * Checks and unifies what a person says: a canonical value, or the words they would use for it ("Baking", "Germany", "34").
 *
 * @throws {AppError} ERR_CLAIM_UNKNOWN; ERR_CLAIM_VALUE_INVALID, whose message says what is allowed.
 */
export function parseClaimValue(claim: string, written: string, taxonomy: Taxonomy, brandName: (name: string) => string | undefined = () => undefined): ClaimValue {
  if (!isClaim(claim)) throw new AppError('ERR_CLAIM_UNKNOWN', 'There is no such kind of preference. Nothing was changed.');
  const text = written.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (text === '' || text.length > 200 || CONTROL.test(text)) throw invalid('This needs a few plain words.');
  return { claim, value: canonical(claim, text, taxonomy, brandName) };
}

/** True for what a vault may hold of this claim: a value as {@link parseClaimValue} makes it, or any node of the taxonomy that rules conclude, which a person may then correct or rule out. */
export function isClaimValue(claim: Claim, value: string, taxonomy: Taxonomy): boolean {
  const kind = NODE_KIND[claim];
  if (kind !== undefined) return taxonomy.get(value)?.kind === kind;
  try {
    return parseClaimValue(claim, value, taxonomy).value === value;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** A person has one age, one home, one system of units. */
export const isSaidOnce = (claim: Claim): boolean => claim === 'age' || claim === 'region' || claim === 'units';

function canonical(claim: Claim, text: string, taxonomy: Taxonomy, brandName: (name: string) => string | undefined): string {
  switch (claim) {
    case 'interest': case 'avoid': return pickNode(taxonomy, 'interest', text, '“Baking” or “Hiking”').id;
    case 'genre': {
      const node = pickNode(taxonomy, 'genre', text, '“Indie rock” or “Science fiction”');
      if (node.level === 1) throw invalid(`“${node.label}” is not a genre. Choose one inside it, for example “Indie rock”.`);
      return node.id;
    }
    case 'intent': return pickNode(taxonomy, 'department', text, '“Outdoor gear” or “Tents and camping”').id;
    case 'brand': {
      if (text.length > 100 || !/[\p{L}\p{N}]/u.test(text)) throw invalid('A brand is a name of at most 100 characters.');
      return brandName(text) ?? text;
    }
    case 'price_band': {
      const form = 'A price range is a kind of product and low, middle or high, for example “Kitchenware: middle”.';
      const [department, band] = splitDepartment(taxonomy, text, form);
      if (department.level !== 1) throw invalid(form);
      return `${department.id}:${pickFrom(['low', 'middle', 'high'], band, 'A price range')}`;
    }
    case 'size': {
      const form = 'A size is a kind of product and the size, for example “Clothing: M” or “Shoes: 42”.';
      const [department, size] = splitDepartment(taxonomy, text, form);
      if (!SIZE.test(size)) throw invalid(form);
      return `${department.id}:${size}`;
    }
    case 'style': return pickFrom(STYLES, text, 'A style');
    case 'colour': return pickFrom(COLOURS, text, 'A colour');
    case 'units': return pickFrom(UNITS, text, 'Units');
    case 'accessibility': return pickFrom(ACCESSIBILITY, text, 'This');
    case 'channel': {
      const colon = text.indexOf(':');
      const channel = colon < 0 ? text : text.slice(0, colon), often = colon < 0 ? undefined : text.slice(colon + 1);
      const name = pickFrom(CHANNELS, channel, 'A way to be contacted');
      return often === undefined ? name : `${name}:${pickFrom(HOW_OFTEN, often, 'How often')}`;
    }
    case 'language': return parseLanguage(text);
    case 'region': return parseRegion(text);
    case 'age': return parseAge(text);
  }
}

function parseLanguage(text: string): string {
  const byName = languageByName(text);
  if (byName !== undefined) return byName;
  const form = 'A language is its name or its BCP 47 code, for example “German”, “de” or “pt-BR”.';
  if (!/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/.test(text)) throw invalid(form);
  const tag = canonicalTag(text);
  const language = tag?.split('-', 1)[0];
  if (tag === undefined || language === undefined || languageNames.of(language) === undefined || languageNames.of(tag) === undefined) throw invalid(form);
  return tag;
}

function canonicalTag(text: string): string | undefined {
  try { return Intl.getCanonicalLocales(text)[0]; } catch { return undefined; }
}

function parseRegion(text: string): string {
  const byName = countryByName(text);
  if (byName !== undefined) return byName;
  const code = text.toUpperCase();
  const known = continentOf(code) === undefined ? firstLevelOf(code) : code;
  if (known === undefined) throw invalid('A region is a country or its first-level region by ISO 3166, for example “Germany”, “DE” or “DE-BY”. Nothing finer is kept.');
  return known;
}

/** An exact age becomes its band at once: the number itself is never kept. */
function parseAge(text: string): string {
  const form = `Age is kept as a band: ${oneOf(AGE_BANDS)}. Nothing is kept about people under 18.`;
  const compact = text.replace(/\s*[–—-]\s*/u, '-').replace(/\s*\+$/u, '+');
  const band = AGE_BANDS.find((known) => known === compact);
  if (band !== undefined) return band;
  if (!/^\d{2,3}$/.test(compact)) throw invalid(form);
  const years = Number(compact);
  const found = AGE_BANDS.findLast((known) => Number.parseInt(known, 10) <= years);
  if (found === undefined || years > 120) throw invalid(form);
  return found;
}


/** Words for a canonical value; a node that the taxonomy no longer has is shown by its id. */
export function wordsForValue(claim: Claim, value: string, taxonomy: Taxonomy): ClaimWords {
  const kind = NODE_KIND[claim];
  if (kind !== undefined) return nodeWords(value, taxonomy);
  if (claim === 'price_band' || claim === 'size') {
    const colon = value.indexOf(':');
    const department = nodeWords(value.slice(0, colon), taxonomy);
    const rest = value.slice(colon + 1);
    const label = labelled(department.label, claim === 'size' ? rest : bandWords(rest));
    return { label, path: [...department.path, claim === 'size' ? rest : capital(bandWords(rest))], iab: null, closed: department.closed };
  }
  const label = claim === 'brand' ? value
    : claim === 'language' ? capital(languageName(value))
    : claim === 'region' ? regionLabel(value)
    : claim === 'age' ? ageName(value)
    : claim === 'channel' ? value.split(':').map(choiceName).join(', ')
    : choiceName(value);
  return { label, path: [label], iab: null, closed: false };
}

const bandWords = (band: string): string => (Object.hasOwn(BAND_WORDS, band) ? t(BAND_WORDS[band] ?? band) : band);

function regionLabel(value: string): string {
  const country = countryName(value.slice(0, 2));
  return value.length === 2 ? country : t('{part}, {country}', { part: divisionName(value) ?? value, country });
}

function nodeWords(id: string, taxonomy: Taxonomy): ClaimWords {
  const node = taxonomy.get(id);
  return node ? { label: nodeName(node), path: taxonomy.path(id), iab: node.iab, closed: node.closed } : { label: id, path: [id], iab: null, closed: false };
}
