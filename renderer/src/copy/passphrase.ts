/** Words for choosing a passphrase. */
export const passphraseCopy = {
  label: 'Passphrase',
  hint: 'Several words that have nothing to do with each other work best. Spaces are welcome.',
  minimum: 'At least 10 characters, and hard to guess.',
  looking: 'Looking…',
  scores: ['Very easy to guess', 'Easy to guess', 'Not enough yet', 'Good', 'Very good'],
  suggest: 'Suggest seven random words', suggestAnother: 'Suggest others',
  suggestionHint: 'Write it down or learn it, then type it once more below.',
  again: 'The same once more', different: 'This is not the same so far.',
} as const;
