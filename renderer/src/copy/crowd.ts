/** Words about the crowd: how many people share what a company knows. */
import { counted, number } from './format.ts';

interface Crowd { readonly fewest: number; readonly most: number }

const large = new Intl.NumberFormat('en-GB', { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
/** Two digits, always downwards: "1.2 million", "35 thousand", "840". */
export function people(count: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  const rounded = Math.floor(count / step) * step;
  return rounded < 10_000 ? number(rounded) : large.format(rounded);
}

/** "between 3,100 and 8,200 people", "perhaps only you". */
export function crowdWords({ fewest, most }: Crowd): string {
  if (most < 2) return 'perhaps only you';
  if (fewest < 10) return most < 10 ? 'a handful of people, or only you' : `at most ${people(most)} people, perhaps only you`;
  return people(fewest) === people(most) ? `about ${people(fewest)} people` : `between ${people(fewest)} and ${people(most)} people`;
}

const FLOORS = [100, 1_000, 10_000, 100_000] as const;
const floorWords = (floor: number): string => (floor === 0 ? 'Any number, even just you' : `At least ${number(floor)} people`);

export const crowdCopy = {
  title: 'The crowd you hide in',
  lead: (name: string, crowd: Crowd) => `All that ${name} would know by then fits ${crowdWords(crowd)}.`,
  steps: 'How the crowd shrinks', everybody: 'Before it knows anything', before: (name: string) => `By what ${name} knows already`, with: (claim: string) => `with ${claim}`,
  floor: (floor: number) => (floor === 0 ? 'You set no smallest crowd for this company.' : `You never want fewer than ${number(floor)} to fit. What would go below is said less exactly, or not at all.`),
  below: (name: string) => `This is below the crowd you want. ${name} learnt it before, and nothing that makes it smaller will be said.`,
  pooled: (crowd: Crowd) => `If all companies put together what they were ever told: ${crowdWords(crowd)}.`,
  estimate: 'An estimate from population tables and rough shares, kept low on purpose.',
  learn: 'Why a crowd matters',
  mark: (floor: number) => `You want at least ${number(floor)}`,

  // What they know by now.
  tab: 'What they know', known: 'What they know by now', knownLead: 'Everything companies were ever told, and how many people it fits. What a company has learnt it may keep, also after you end its permission.',
  pooledTitle: 'If all of them talked', pooledText: (crowd: Crowd, companies: number) => (companies === 0 ? 'No company has been told anything yet.' : `${companies === 1 ? 'What the one company was told' : `What ${counted(companies, 'company', 'companies')} were told, put together,`} fits ${crowdWords(crowd)}.`),
  home: (country: string) => `Reckoned for ${country}, where you said you live.`, homeUnknown: 'You have not said where you live, so a small country is assumed: the crowds are reckoned too small rather than too large. Your answer stays here unless you allow a company to have it.', sayHome: 'Say where you live',
  columns: { company: 'Company', crowd: 'Fits', told: 'Told', floor: 'Smallest crowd' }, nothingTold: 'Nothing yet', things: (count: number) => counted(count, 'thing'), asForAll: 'as for all',
  smallest: 'Smallest crowd', smallestLead: 'How many people must fit all that a company knows about you. It holds for every answer, added to everything the company was told before.', smallestFor: 'Smallest crowd for every company', smallestOf: (name: string) => `Smallest crowd for ${name}`,
  floorWords, floors: FLOORS, shipped: (floor: number) => `${floorWords(floor)} (as shipped)`, asAll: (floor: number) => `As for every company: ${floorWords(floor).toLowerCase()}`,
  loosen: (from: number, to: number) => (to === 0 ? 'Then an answer may fit nobody but you: whoever has it and knows you from elsewhere can find you by it.' : `Then an answer may fit ${number(to)} people instead of ${number(from)}. The fewer fit, the easier it is to find out who you are.`),
  set: 'Change it', keep: 'Keep it as it is', changed: 'The smallest crowd is changed. It holds from the next answer on.', loosenTitle: 'A smaller crowd?',
  toldTitle: (name: string) => `What ${name} knows by now`, toldFits: (crowd: Crowd) => `All of it together fits ${crowdWords(crowd)}.`, toldSince: 'Counted since this version. Answers from before it are in the history only.', toldNothing: (name: string) => `${name} was told nothing yet.`, showTold: 'Show what it was told',
} as const;
