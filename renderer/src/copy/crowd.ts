/** Words about the crowd: how many people share what a company knows. */
import { inSentence, number, percentage } from '../../../shared/language/format.ts';
import { perLocale, t } from '../../../shared/language/message.ts';

interface Crowd { readonly fewest: number; readonly most: number }

const large = perLocale((tag) => new Intl.NumberFormat(tag, { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 }));
/** Two digits, always downwards: "1.2 million", "35 thousand", "840". */
export function people(count: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  const rounded = Math.floor(count / step) * step;
  return rounded < 10_000 ? number(rounded) : large().format(rounded);
}

/** "between 3,100 and 8,200 people", "perhaps only you". */
export function crowdWords({ fewest, most }: Crowd): string {
  if (most < 2) return t('perhaps only you');
  if (fewest < 10) return most < 10 ? t('a handful of people, or only you') : t('at most {most} people, perhaps only you', { most: people(most) });
  return people(fewest) === people(most) ? t('about {fewest} people', { fewest: people(fewest) }) : t('between {fewest} and {most} people', { fewest: people(fewest), most: people(most) });
}

const FLOORS = [100, 1_000, 10_000, 100_000] as const;
const floorWords = (floor: number): string => (t('{floor, plural, =0 {Any number, even just you} other {At least # people}}', { floor }));

/** In words: how much better than by chance, from 0 (chance) to 1 (as if all were known). */
export const betterBy = (usefulness: number): 'none' | 'little' | 'clear' | 'much' => (usefulness < 0.05 ? 'none' : usefulness < 0.3 ? 'little' : usefulness < 0.65 ? 'clear' : 'much');

export const crowdCopy = {
  title: t('The crowd you hide in'),
  lead: (name: string, crowd: Crowd) => t('All that {name} would know by then fits {crowd}.', { name, crowd: crowdWords(crowd) }),
  steps: t('How the crowd shrinks'), everybody: t('Before it knows anything'), before: (name: string) => t('By what {name} knows already', { name }), with: (claim: string) => t('with {claim}', { claim }),
  floor: (floor: number) => (t('{floor, plural, =0 {You set no smallest crowd for this company.} other {You never want fewer than # to fit. What would go below is said less exactly, or not at all.}}', { floor })),
  below: (name: string) => t('This is below the crowd you want. {name} learnt it before, and nothing that makes it smaller will be said.', { name }),
  pooled: (crowd: Crowd) => t('If all companies put together what they were ever told: {crowd}.', { crowd: crowdWords(crowd) }),
  estimate: t('An estimate from population tables and rough shares, kept low on purpose.'),
  learn: t('Why a crowd matters'),
  mark: (floor: number) => t('You want at least {floor, number}', { floor }),

  crowdFile: 'my-crowd',
  history: t('How it came to this'),
  closeness: { distant: t('Distant'), acquainted: t('Acquainted'), close: t('closeness|Close'), 'very-close': t('Very close') } as const, closenessTitle: t('How close it has come'), closenessColumn: t('Closeness'),
  specific: (crowd: Crowd, told: boolean) => (told ? t('What it knows fits {crowd}', { crowd: crowdWords(crowd) }) : t('It knows nothing yet')), often: (answers: number, since: string | null) => (since === null || answers === 0 ? t('It never got an answer') : t('It got {answers, plural, one {# answer} other {# answers}} since {since}', { answers, since })), long: (since: string | null) => (since === null ? t('It never had a permission') : t('You first allowed it something on {since}', { since })),
  parts: { specific: t('How specific'), often: t('How often'), long: t('How long') } as const, ofThree: (on: number) => t('{on} of 3', { on }),
  wouldFollow: (name: string) => t('With this, {name} comes close to you: it may soon feel as if it followed you. Give it less, more seldom or more coarsely.', { name }), wouldGet: t('It would then get'), following: (name: string) => t('{name} may soon feel as if it followed you. A larger crowd, fewer answers or a pause would keep it at a distance.', { name }),
  stepsTitle: t('What would help most'), stepsLead: (now: Crowd) => t('If every company asked again and then all of them talked, what they know would fit {now}. Each step is reckoned with everything else as it is.', { now: crowdWords(now) }), stepAfter: (count: number) => t('then {count} or more', { count: people(count) }), steps_: { end: (name: string) => t('End what {name} may learn', { name }), coarser: (name: string) => t('Let {name} have it as coarse as can be', { name }), floor: (name: string) => t('Ask for the usual crowd of {name} too', { name }) }, stepHome: t('Say where you live, so that crowds are reckoned for your country and not for a small one.'), stepNothing: t('No step would make the crowd larger now. What was told is told; what comes next, you decide each time.'), stepGo: t('Go there'),

  // What they know by now.
  known: t('What they know, and what for'), knownFile: 'penchant-balance', knownLead: t('Everything companies were ever told, how many people it fits, and what they can do with it. What a company has learnt it may keep, also after you end its permission.'), use: (share: number | null) => (share === null ? '–' : t('{level, select, none {No better} little {A little better} clear {Clearly better} other {Much better}} ({percent})', { level: betterBy(share), percent: percentage(Math.round(share * 100)) })), useHint: t('with what it may ask today, compared with choosing by chance. 100% would be as well as if it knew all the vault could say.'),
  pooledTitle: t('If all of them talked'), pooledText: (crowd: Crowd, companies: number) => (t('{companies, plural, =0 {No company has been told anything yet.} one {What the one company was told fits {crowd}.} other {What # companies were told, put together, fits {crowd}.}}', { companies, crowd: crowdWords(crowd) })),
  home: (country: string) => t('Reckoned for {country}, where you said you live.', { country }), homeUnknown: t('You have not said where you live, so a small country is assumed: the crowds are reckoned too small rather than too large. Your answer stays here unless you allow a company to have it.'),
  columns: { company: t('Company'), use: t('Could choose for you'), crowd: t('Fits'), told: t('Told'), closeness: t('Closeness'), floor: t('Smallest crowd') }, nothingTold: t('Nothing yet'), things: (count: number) => t('{count, plural, one {# thing} other {# things}}', { count }), asForAll: t('as for all'),
  smallest: t('Smallest crowd'), smallestLead: t('How many people must fit all that a company knows about you. It holds for every answer, added to everything the company was told before.'), smallestFor: t('Smallest crowd for every company'), smallestOf: (name: string) => t('Smallest crowd for {name}', { name }),
  floorWords, floors: FLOORS, shipped: (floor: number) => t('{floor} (as shipped)', { floor: floorWords(floor) }), asAll: (floor: number) => t('As for every company: {floor}', { floor: inSentence(floorWords(floor)) }),
  loosen: (from: number, to: number) => (t('{to, plural, =0 {Then an answer may fit nobody but you: whoever has it and knows you from elsewhere can find you by it.} other {Then an answer may fit # people instead of {from, number}. The fewer fit, the easier it is to find out who you are.}}', { to, from })),
  set: t('Change it'), keep: t('Keep it as it is'), changed: t('The smallest crowd is changed. It holds from the next answer on.'), loosenTitle: t('A smaller crowd?'),
  toldTitle: (name: string) => t('What {name} knows by now', { name }), toldFits: (crowd: Crowd) => t('All of it together fits {crowd}.', { crowd: crowdWords(crowd) }), toldSince: t('Counted since this version. Answers from before it are in the history only.'), toldNothing: (name: string) => t('{name} was told nothing yet.', { name }), showTold: t('Show what it was told'),
} as const;
