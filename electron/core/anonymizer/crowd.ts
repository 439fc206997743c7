/**
 * How many people share what a company knows: adults of a place and age, times how frequent each thing is (docs/anonymity.md). Pure.
 *
 * Independence is an estimate; measured against a census it lies up to {@link ERROR_MOST} times too high for all but one person in a
 * thousand, and up to {@link ERROR_LIKELY} times for all but one in a hundred. What is promised goes by the former.
 */
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { AGE_BANDS, ancestorsOf } from './coarsen.ts';
import type { Level } from './noise.ts';
import { continentOf } from '../platform/regions.ts';

/** One thing a company knows: `subject` is a node or department, empty where a claim has none; `detail` what was said of it. */
export interface Fact { readonly claim: Claim; readonly subject: string; readonly detail: string }

/** People, in fractions too, so that what is below one can be told apart: at least `fewest`, hardly more than `most`. */
export interface Crowd { readonly fewest: number; readonly most: number }

export interface CrowdTables {
  /** Adults by ISO 3166-1 alpha-2 country, one count for each of {@link AGE_BANDS}. */
  readonly population: ReadonlyMap<string, readonly number[]>;
  /** 0..1 by "claim⇥value". */
  readonly shares: ReadonlyMap<string, number>;
}

const ERROR_LIKELY = 5;
const ERROR_MOST = 13;
/** Adults where nothing is known of the country: one of the smaller ones. */
const UNKNOWN_COUNTRY = 5_000_000;
/** Adults of a country too small for the table. */
const UNLISTED_COUNTRY = 5_000;

/** What an answer says, thing by thing. */
export function factsOf(claim: Claim, value: unknown): Fact[] {
  const fact = (subject: string, detail: string): Fact => ({ claim, subject, detail });
  switch (claim) {
    case 'interest': case 'genre': return (value as NonNullable<AnswerValues['interest']>).map(({ node, strength }) => fact(node, strength));
    case 'avoid': return (value as NonNullable<AnswerValues['avoid']>).map(({ node }) => fact(node, ''));
    case 'intent': return (value as NonNullable<AnswerValues['intent']>).map(({ node, horizon_weeks: weeks }) => fact(node, String(weeks)));
    case 'price_band': return (value as NonNullable<AnswerValues['price_band']>).map(({ department, band }) => fact(department, band));
    case 'size': return (value as NonNullable<AnswerValues['size']>).map(({ department, size }) => fact(department, size));
    case 'age': case 'region': case 'units': return [fact('', value as string)];
    default: return (value as readonly string[]).map((detail) => fact('', detail));
  }
}

/** What a deniable answer tells of an area: `made-up:<weight>:<level>:<epoch>`. */
export const madeUpFact = (area: string, level: Level, weight: number, epoch: number): Fact => ({ claim: 'interest', subject: area, detail: `made-up:${weight}:${level}:${epoch}` });

/** Whether whoever knows all of `known` knows this as well, whatever the shares are. */
export function isImplied(fact: Fact, known: readonly Fact[]): boolean {
  const { claim, subject, detail } = fact;
  const rank = (one: string): number => (claim === 'intent' ? -Number(one) : one === 'strong' ? 1 : 0);
  return known.some((other) => {
    if (other.claim !== claim) return false;
    if (claim === 'age') return detail === 'adult' || (other.detail !== 'adult' && within(other.detail, detail));
    if (claim === 'region') return other.detail === detail || (other.detail.length > 2 && other.detail.startsWith(`${detail}-`)) || (/^[A-Z]{2}(-|$)/.test(other.detail) && continentOf(other.detail.slice(0, 2)) === detail);
    if (['interest', 'genre', 'avoid', 'intent'].includes(claim) && !detail.startsWith('made-up:') && !other.detail.startsWith('made-up:')) return (other.subject === subject || other.subject.startsWith(`${subject}.`)) && rank(other.detail) >= rank(detail);
    return other.subject === subject && other.detail === detail;
  }) || (claim === 'age' && detail === 'adult');
}
const within = (inner: string, outer: string): boolean => {
  const one = spanOf(inner), other = spanOf(outer);
  return one.from >= other.from && one.to <= other.to;
};

/** @throws {Error} when a shipped table is wrong, which is a bug of the build */
export function parseCrowdTables(population: string, frequencies: string): CrowdTables {
  const rows = (text: string): string[][] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
  const [bands, ...countries] = rows(population);
  if (bands?.slice(1).join() !== AGE_BANDS.join()) throw new Error('the population table has other age bands');
  const number = (text: string | undefined): number => {
    const value = Number(text);
    if (text === undefined || text === '' || !(value >= 0)) throw new Error(`no number: ${text ?? 'nothing'}`);
    return value;
  };
  return {
    population: new Map(countries.map(([country = '', ...counts]) => [country, AGE_BANDS.map((_, at) => number(counts[at]))])),
    shares: new Map(rows(frequencies).map(([claim = '', value = '', percent]) => [`${claim}\t${value}`, number(percent) / 100])),
  };
}

/** Where the person is, or has been while something was told. */
export type Home = string | null | readonly (string | null)[];
const homesOf = (home: Home): readonly (string | null)[] => (home === null || typeof home === 'string' ? [home] : home);

export interface CrowdReckoner {
  /** The crowd of everybody who shares all of `facts`. `home`: ISO country the person is in, which a company may see by itself; null when the vault does not know; of several the smallest counts. More facts never make it larger. */
  crowd(facts: Iterable<Fact>, home: Home): Crowd;
}

export function createCrowdReckoner({ population, shares }: CrowdTables): CrowdReckoner {
  const share = (claim: string, value: string): number => {
    const listed = shares.get(`${claim}\t${value}`) ?? shares.get(`${claim}\t*`);
    if (listed === undefined) throw new Error(`the frequencies say nothing of ${claim}`);
    return listed;
  };
  const changed = share('changed', '*');
  const strong = share('strength', 'strong');
  /** Of nodes as they are met: their share by claim, and what they lie in. There are as many as the taxonomy has. */
  const known = new Map<Claim, Map<string, { readonly share: number; readonly above: readonly string[] }>>();
  /** What lies in something is never taken to be more frequent than it. */
  const ofNode = (claim: Claim, id: string): { readonly share: number; readonly above: readonly string[] } => {
    const own = known.get(claim) ?? new Map<string, { readonly share: number; readonly above: readonly string[] }>();
    known.set(claim, own);
    let node = own.get(id);
    if (node === undefined) {
      const line = ancestorsOf(id);
      node = { share: Math.min(...line.map((one) => shares.get(`${claim}\t${one}`) ?? shares.get(`${claim}\t*${one.split('.').length}`) ?? RAREST)), above: line.slice(1) };
      own.set(id, node);
    }
    return node;
  };

  const world = AGE_BANDS.map((_, at) => [...population.values()].reduce((sum, bands) => sum + (bands[at] ?? 0), 0));
  const all = sum(world);
  const spread = (adults: number): number[] => world.map((count) => (count / all) * adults);
  const unknown = spread(UNKNOWN_COUNTRY), unlisted = spread(UNLISTED_COUNTRY);
  const ofCountry = (country: string): readonly number[] => population.get(country) ?? unlisted;
  const ofContinent = (continent: string): readonly number[] => {
    const bands = AGE_BANDS.map((_, at) => [...population].reduce((count, [country, of]) => count + (continentOf(country) === continent ? of[at] ?? 0 : 0), 0));
    return sum(bands) === 0 ? unlisted : bands;
  };
  const continents = new Map<string, readonly number[]>();

  /** Adults by age of each place known, how often places contradict each other, and how many are parts of a country. */
  const placeOf = (regions: ReadonlySet<string>, homes: readonly (string | null)[]): { readonly places: readonly (readonly number[])[]; readonly moves: number; readonly parts: number } => {
    const places: (readonly number[])[] = homes.map((home) => (home === null ? unknown : ofCountry(home)));
    const countries = new Set<string>(), parts = new Set<string>();
    for (const region of regions) {
      if (!/^[A-Z]{2}(-|$)/.test(region)) {
        const bands = continents.get(region) ?? ofContinent(region);
        continents.set(region, bands);
        places.push(bands);
        continue;
      }
      const country = region.slice(0, 2), bands = ofCountry(country);
      countries.add(country);
      places.push(bands);
      if (region.length > 2) {
        parts.add(region);
        places.push(bands.map((count) => count * share('region', 'part')));
      }
    }
    return { places, moves: Math.max(0, countries.size - 1) + Math.max(0, parts.size - 1), parts: parts.size };
  };

  interface Base { readonly base: number; /** How often places or ages contradict each other. */ readonly contradictions: number; readonly parts: number }
  const bases = new Map<string, Base>();
  /** Adults of a place and age, before anything else is known. */
  const baseOf = (regions: ReadonlySet<string>, ages: ReadonlySet<string>, homes: readonly (string | null)[]): Base => {
    const key = `${homes.join()}|${[...regions].join()}|${[...ages].join()}`;
    const before = bases.get(key);
    if (before !== undefined) return before;
    const { places, moves, parts } = placeOf(regions, homes);
    const bands = [...ages].map(spanOf), narrowest = bands.filter((band) => !bands.some((other) => other !== band && other.from >= band.from && other.to <= band.to));
    const base = Math.min(...places.flatMap((place) => (narrowest.length === 0 ? [sum(place)] : narrowest.map(({ from, to }) => sum(place.filter((_, at) => startOf(at) >= from && startOf(at) <= to))))));
    const reckoned = { base, contradictions: moves + Math.max(0, narrowest.length - 1), parts };
    if (bases.size >= MOST_BASES) bases.clear();
    bases.set(key, reckoned);
    return reckoned;
  };

  const people = (facts: Iterable<Fact>, homes: readonly (string | null)[]): { readonly count: number; readonly reckoned: boolean } => {
    const factors: number[] = [], others = new Map<string, number>();
    const nodes = new Map<Claim, Map<string, number>>();
    const ages = new Set<string>(), regions = new Set<string>();
    for (const { claim, subject, detail } of facts) {
      switch (claim) {
        case 'interest': case 'genre': case 'avoid': case 'intent': {
          if (detail.startsWith('made-up:')) {
            others.set(`${subject}|${detail}`, madeUpShare(detail, ofNode(claim, subject).share, strong));
            break;
          }
          const own = nodes.get(claim) ?? new Map<string, number>();
          const said = claim === 'intent' ? share('horizon', detail) : detail === 'strong' ? strong : 1;
          own.set(subject, Math.min(own.get(subject) ?? 1, said));
          nodes.set(claim, own);
          break;
        }
        case 'age': if (detail !== 'adult') ages.add(detail); break;
        case 'region': regions.add(detail); break;
        // Of a country, only its own language is frequent, and only in the form that goes without saying there.
        case 'language': others.set(`${claim}|${detail}`, homes.every((home) => home !== null && isNative(detail, home)) ? share(claim, 'native') : share(claim, detail)); break;
        default: others.set(`${claim}|${subject}|${detail}`, share(claim, detail));
      }
    }
    for (const [claim, own] of nodes) {
      /** Of each node that something known lies in, the rarest degree said of what lies in it. */
      const below = new Map<string, number>();
      for (const [id, degree] of own) for (const node of ofNode(claim, id).above) below.set(node, Math.min(below.get(node) ?? 1, degree));
      for (const [id, degree] of own) {
        // Who shares what lies deeper shares what it lies in: only the deepest count, and a degree only as far as nothing in it says as much.
        const deeper = below.get(id);
        if (deeper === undefined) factors.push(ofNode(claim, id).share);
        const rarer = degree / (deeper ?? 1);
        if (rarer < 1) factors.push(rarer);
      }
    }
    factors.push(...others.values());
    const { base, contradictions, parts } = baseOf(regions, ages, homes);
    for (let i = 0; i < contradictions; i++) factors.push(changed);
    // In one order, so that the same facts give the same number in whatever order they came.
    const count = factors.sort((a, b) => a - b).reduce((product, factor) => product * factor, base);
    return { count, reckoned: factors.length + parts > 0 };
  };

  return Object.freeze({
    crowd(facts: Iterable<Fact>, home: Home): Crowd {
      const { count, reckoned } = people(facts, homesOf(home));
      // Country and age alone are counted, not reckoned.
      return { fewest: count / (reckoned ? ERROR_MOST : 1), most: count / (reckoned ? ERROR_LIKELY : 1) };
    },
  });
}

/** How many of everybody would have been as likely to get this answer, at least: those of whom it is true, and of the others as many as it is made up for. */
function madeUpShare(detail: string, share: number, strong: number): number {
  const [, weight, level] = detail.split(':');
  const of = level === 'none' ? 1 - share : level === 'strong' ? share * strong : share * (1 - strong);
  return of + (1 - of) / Number(weight);
}

const MOST_BASES = 1_000;
/** For a node of a depth that no list goes to. */
const RAREST = 0.002;
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const startOf = (band: number): number => Number.parseInt(AGE_BANDS[band] ?? '', 10);
const spanOf = (band: string): { readonly from: number; readonly to: number } => ({ from: Number.parseInt(band, 10), to: band.endsWith('+') ? Infinity : Number(band.split('-')[1]) });
const isNative = (tag: string, home: string): boolean => tag === nativeTo(home) || tag === `${nativeTo(home)}-${home}`;
const natives = new Map<string, string>();
/** The language most people of a country speak, by the Unicode locale data. */
function nativeTo(country: string): string {
  const before = natives.get(country);
  if (before !== undefined) return before;
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  natives.set(country, language);
  return language;
}
