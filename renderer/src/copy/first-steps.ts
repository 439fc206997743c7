/** Words of the first steps: from an empty vault to a company that was asked, answered and ended. */
import { t } from '../../../shared/language/message.ts';

export const firstStepsCopy = {
  title: t('First steps'), lead: t('Five minutes. What you have done is ticked by itself, and you can stop at any time.'), done: (count: number, of: number) => t('{count} of {of} done', { count, of }), hide: t('I know my way'), hidden: t('The first steps are under Learn when you want them again.'), show: t('Show the first steps'), shown: t('The first steps stand on Home again.'), isDone: t('done'), after: (step: number) => t('After step {step, number}', { step }),
  steps: {
    phrase: { title: t('Check your recovery phrase'), text: t('Three of its words show that you have it. Without it, a forgotten passphrase means the vault stays shut.'), action: t('Check it') },
    import: { title: t('Bring something in'), text: t('An export you asked a service for, or the samples of a made-up person. You see every row before it is kept.'), action: t('Bring it in') },
    look: { title: t('Look at your wheel'), text: t('Each slice is an area of life. Press one, and ask it why it thinks so.'), action: t('Look') },
    ask: { title: t('Let a company ask'), text: t('Open a request you were given, or start the practice shop: a made-up one on this computer, to try everything with.'), action: t('Let it ask') },
    allow: { title: t('Allow it something'), text: t('As coarse as you like. The exact answer stands beside what you tick, before it leaves.'), action: t('Decide') },
    narrow: { title: t('Make it smaller'), text: t('On the page of the permission: fewer things, coarser, shorter, more seldom. It counts from the next question.'), action: t('Open the permission') },
    told: { title: t('See what it got'), text: t('Value by value, how many people it fits, and what the company can do with it.'), action: t('Look') },
    end: { title: t('End it'), text: t('The next time it asks, it gets nothing.'), action: t('Open the permission') },
  },
} as const;
