/** Words about deniable answers: what may be made up, and how much of it there is left. */
import { percentage } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';

const share = (part: number, of: number): string => percentage(Math.min(100, Math.round((part / of) * 100)));

export const noiseCopy = {
  make: t('Make it deniable'), hint: (isAboutBuying: boolean) => t('It hears about a few broad areas only, and now and then the vault makes something up.{buying, select, yes { How soon you may buy something may be off as well.} other {}} So nothing it hears is proof of what you like.', { buying: isAboutBuying }), broad: t('Said of broad areas, because it is deniable'), already: (name: string) => t('{name} is answered deniably under another permission. What it hears here is deniable too: said exactly, it would undo the other.', { name }),
  howOften: t('How much is made up'), often: { 18: t('One in ten'), 6: t('One in four') } as const,
  budget: (spent: number, company: number, spentByAll: number, total: number) => t('Every such answer tells a little all the same. Used up so far: {spent} of what this company may hear this way, {spentByAll} of what all may.', { spent: share(spent, company), spentByAll: share(spentByAll, total) }),
  learn: t('Why the answer is sometimes wrong on purpose'),
  badge: (weight: number) => (weight === 2 ? t('Deniable: how soon may be off') : weight >= 18 ? t('Deniable: about one in ten is made up') : t('Deniable: about one in four is made up')), nothing: t('It would say: none of the areas it asks about.'),
  granted: (weight: number) => (weight >= 18 ? t('What it hears of your interests is deniable: about one in ten is made up. How soon you may buy something may be off.') : t('What it hears of your interests is deniable: about one in four is made up. How soon you may buy something may be off.')),
} as const;
