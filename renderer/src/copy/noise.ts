/** Words about deniable answers: what may be made up, and how much of it there is left. */
const share = (part: number, of: number): string => `${Math.min(100, Math.round((part / of) * 100))} %`;

export const noiseCopy = {
  make: 'Make it deniable', hint: (isAboutBuying: boolean) => `It hears about a few broad areas only, and now and then the vault makes something up.${isAboutBuying ? ' How soon you may buy something may be off as well.' : ''} So nothing it hears is proof of what you like.`, broad: 'Said of broad areas, because it is deniable', already: (name: string) => `${name} is answered deniably under another permission. What it hears here is deniable too: said exactly, it would undo the other.`,
  howOften: 'How much is made up', often: { 18: 'One in ten', 6: 'One in four' } as const,
  budget: (spent: number, company: number, spentByAll: number, total: number) => `Every such answer tells a little all the same. Used up so far: ${share(spent, company)} of what this company may hear this way, ${share(spentByAll, total)} of what all may.`,
  learn: 'Why the answer is sometimes wrong on purpose',
  badge: (weight: number) => (weight === 2 ? 'Deniable: how soon may be off' : weight >= 18 ? 'Deniable: about one in ten is made up' : 'Deniable: about one in four is made up'), nothing: 'It would say: none of the areas it asks about.',
  granted: (weight: number) => `What it hears of your interests is deniable: about one ${weight >= 18 ? 'in ten' : 'in four'} is made up. How soon you may buy something may be off.`,
} as const;
