/** Words about what personalisation gains and what it costs. */
import { crowdWords } from './crowd.ts';
import { number } from './format.ts';

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact' });
const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const balanceCopy = {
  title: 'What it gains, what it costs',
  useful: (name: string, usefulness: number | null) => (usefulness === null ? `How well ${name} could choose for you with this cannot be tried: nothing in the trial depends on it.` : usefulness < 0.005 ? `With this, ${name} could choose for you no better than by chance.` : `With this, ${name} could choose for you ${percent(usefulness)} as well as if it knew everything the vault could say about what it asked.`),
  worth: 'What each of them adds', adds: (adds: number | null) => (adds === null ? 'cannot be tried' : adds >= 0.005 ? `without it ${percent(adds)} less` : adds > -0.005 ? 'adds nothing' : `costs ${percent(-adds)}: without it the rest could be said more exactly`),
  curve: (name: string) => `Smallest crowd for ${name}`, less: 'More exact', more: 'More hidden', top: 'fits you best', bottom: 'no better than chance', tick: (floor: number) => (floor === 0 ? 'any' : compact.format(floor)), standing: (name: string) => `It holds for ${name} from its next answer on.`, set: 'Change the smallest crowd',
  point: (floor: number, usefulness: number | null, crowd: { readonly fewest: number; readonly most: number }) => `${floor === 0 ? 'Any crowd' : `At least ${number(floor)} people`}: ${usefulness === null ? '' : `${percent(usefulness)} as useful, `}fits ${crowdWords(crowd)}.`,
  counts: (name: string) => `If you allow this, it holds for ${name} from now on. You can change it on its page.`,
  how: 'Tried on a catalogue inside Penchant, ranked by what would be said and judged by your whole profile. Nothing leaves for it.',
} as const;
