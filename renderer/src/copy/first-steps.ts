/** Words of the first steps: from an empty vault to a company that was asked, answered and ended. */
export const firstStepsCopy = {
  title: 'First steps', lead: 'Five minutes, in any order. What you have done is ticked by itself.', done: (count: number, of: number) => `${count} of ${of} done`, hide: 'I know my way', hidden: 'The first steps are under Learn when you want them again.', show: 'Show the first steps', shown: 'The first steps stand on Home again.', isDone: 'done',
  steps: {
    phrase: { title: 'Check your recovery phrase', text: 'Three of its words show that you have it. Without it, a forgotten passphrase means the vault stays shut.', action: 'Check it' },
    import: { title: 'Bring something in', text: 'An export you asked a service for, or the samples of a made-up person. You see every row before it is kept.', action: 'Bring it in' },
    look: { title: 'Look at your wheel', text: 'Each slice is an area of life. Press one, and ask it why it thinks so.', action: 'Look' },
    ask: { title: 'Let a company ask', text: 'Paste a request you were given. To try it without one, start the practice shop: “npm run shop” beside where you started Penchant, and open the address it prints.', action: 'Open a request' },
    allow: { title: 'Allow it something', text: 'As coarse as you like. The exact answer stands beside what you tick, before it leaves.', action: 'Decide' },
    narrow: { title: 'Make it smaller', text: 'On the page of the permission: fewer things, coarser, shorter, more seldom. It counts from the next question.', action: 'Open the permission' },
    told: { title: 'See what it got', text: 'Value by value, how many people it fits, and what the company can do with it.', action: 'Look' },
    end: { title: 'End it', text: 'The next time it asks, it gets nothing.', action: 'Open the permission' },
  },
} as const;
