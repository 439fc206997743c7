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

  crowdFile: 'my-crowd',
  history: 'How it came to this',
  closeness: { distant: 'Distant', acquainted: 'Acquainted', close: 'Close', 'very-close': 'Very close' } as const, closenessTitle: 'How close it has come', closenessColumn: 'Closeness',
  specific: (crowd: Crowd, told: boolean) => (told ? `What it knows fits ${crowdWords(crowd)}` : 'It knows nothing yet'), often: (answers: number, since: string | null) => (since === null || answers === 0 ? 'It never got an answer' : `It got ${counted(answers, 'answer')} since ${since}`), long: (since: string | null) => (since === null ? 'It never had a permission' : `You first allowed it something on ${since}`),
  parts: { specific: 'How specific', often: 'How often', long: 'How long' } as const, ofThree: (on: number) => `${on} of 3`,
  wouldFollow: (name: string) => `With this, ${name} comes close to you: it may soon feel as if it followed you. Give it less, more seldom or more coarsely.`, wouldGet: 'It would then get', following: (name: string) => `${name} may soon feel as if it followed you. A larger crowd, fewer answers or a pause would keep it at a distance.`,
  stepsTitle: 'What would help most', stepsLead: (now: Crowd) => `If every company asked again and then all of them talked, what they know would fit ${crowdWords(now)}. Each step is reckoned with everything else as it is.`, stepAfter: (count: number) => `then ${people(count)} or more`, steps_: { end: (name: string) => `End what ${name} may learn`, coarser: (name: string) => `Let ${name} have it as coarse as can be`, floor: (name: string) => `Ask for the usual crowd of ${name} too` }, stepHome: 'Say where you live, so that crowds are reckoned for your country and not for a small one.', stepNothing: 'No step would make the crowd larger now. What was told is told; what comes next, you decide each time.', stepGo: 'Go there',

  // What they know by now.
  tab: 'Balance', known: 'What they know, and what for', knownLead: 'Everything companies were ever told, how many people it fits, and what they can do with it. What a company has learnt it may keep, also after you end its permission.', use: (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`), useHint: 'How well it could choose for you with what it may ask today, as a share of what it could if it knew all the vault could say.',
  pooledTitle: 'If all of them talked', pooledText: (crowd: Crowd, companies: number) => (companies === 0 ? 'No company has been told anything yet.' : `${companies === 1 ? 'What the one company was told' : `What ${counted(companies, 'company', 'companies')} were told, put together,`} fits ${crowdWords(crowd)}.`),
  home: (country: string) => `Reckoned for ${country}, where you said you live.`, homeUnknown: 'You have not said where you live, so a small country is assumed: the crowds are reckoned too small rather than too large. Your answer stays here unless you allow a company to have it.',
  columns: { company: 'Company', use: 'Good for', crowd: 'Fits', told: 'Told', closeness: 'Closeness', floor: 'Smallest crowd' }, nothingTold: 'Nothing yet', things: (count: number) => counted(count, 'thing'), asForAll: 'as for all',
  smallest: 'Smallest crowd', smallestLead: 'How many people must fit all that a company knows about you. It holds for every answer, added to everything the company was told before.', smallestFor: 'Smallest crowd for every company', smallestOf: (name: string) => `Smallest crowd for ${name}`,
  floorWords, floors: FLOORS, shipped: (floor: number) => `${floorWords(floor)} (as shipped)`, asAll: (floor: number) => `As for every company: ${floorWords(floor).toLowerCase()}`,
  loosen: (from: number, to: number) => (to === 0 ? 'Then an answer may fit nobody but you: whoever has it and knows you from elsewhere can find you by it.' : `Then an answer may fit ${number(to)} people instead of ${number(from)}. The fewer fit, the easier it is to find out who you are.`),
  set: 'Change it', keep: 'Keep it as it is', changed: 'The smallest crowd is changed. It holds from the next answer on.', loosenTitle: 'A smaller crowd?',
  toldTitle: (name: string) => `What ${name} knows by now`, toldFits: (crowd: Crowd) => `All of it together fits ${crowdWords(crowd)}.`, toldSince: 'Counted since this version. Answers from before it are in the history only.', toldNothing: (name: string) => `${name} was told nothing yet.`, showTold: 'Show what it was told',
} as const;
