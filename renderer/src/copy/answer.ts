/** Words around an answer. */
export const answerCopy = {
  nothing: 'Nothing would be said.',
  more: (count: number) => `and ${count} more`,
  heldBack: 'Kept back:',
  raw: 'Show the data itself',
} as const;
