/** Words about what personalisation gains and what it costs. */
import { number, percentage } from '../../../shared/language/format.ts';
import { perLocale, t } from '../../../shared/language/message.ts';
import { betterBy, crowdWords } from './crowd.ts';

const compact = perLocale((tag) => new Intl.NumberFormat(tag, { notation: 'compact' }));
const percent = (share: number): string => percentage(Math.round(share * 100));

export const balanceCopy = {
  title: t('What it gains, what it costs'),
  useful: (name: string, usefulness: number | null, of: 'asked' | 'allowed') => (usefulness === null ? t('How well {name} could choose for you with this cannot be tried: nothing in the trial depends on it.', { name }) : usefulness < 0.005 ? t('With this, {name} could choose for you no better than by chance.', { name }) : t('With this, {name} could choose {level, select, none {no better} little {a little better} clear {clearly better} other {much better}} for you than by chance: {usefulness} of what it could if it knew everything the vault could say about what {of, select, asked {it asked} other {you allowed}}.', { name, of, level: betterBy(usefulness), usefulness: percent(usefulness) })),
  worth: t('What each of them adds'), adds: (adds: number | null) => (adds === null ? t('cannot be tried') : adds >= 0.005 ? t('without it {adds} less', { adds: percent(adds) }) : adds > -0.005 ? t('adds nothing') : t('costs {percent}: without it the rest could be said more exactly', { percent: percent(-adds) })),
  curve: (name: string) => t('Smallest crowd for {name}', { name }), less: t('More exact'), more: t('More hidden'), top: t('fits you best'), bottom: t('no better than chance'), tick: (floor: number) => (floor === 0 ? t('any') : floor < 10_000 ? number(floor) : compact().format(floor)), standing: (name: string) => t('It holds for {name} from its next answer on.', { name }), set: t('Change the smallest crowd'),
  point: (floor: number, usefulness: number | null, crowd: { readonly fewest: number; readonly most: number }) => t('{floor, plural, =0 {Any crowd} other {At least # people}}: {known, select, yes {{usefulness} as useful, } other {}}fits {crowd}.', { floor, known: usefulness !== null, usefulness: percent(usefulness ?? 0), crowd: crowdWords(crowd) }),
  counts: (name: string) => t('If you allow this, it holds for {name} from now on. You can change it on its page.', { name }),
  how: t('Tried on a catalogue inside Penchant, ranked by what would be said and judged by your whole profile. Nothing leaves for it.'),
} as const;
