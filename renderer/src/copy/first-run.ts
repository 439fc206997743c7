/** Words of the first run. */
export const firstRunCopy = {
  steps: ['Welcome', 'Passphrase', 'Recovery phrase', 'First import'], stepsLabel: 'Setting up',
  welcome: {
    title: 'Your preferences, in your keeping',
    sentences: [
      'Penchant keeps what you like in a vault on this computer, locked with a passphrase only you know.',
      'When a shop or service would like to know, you see exactly what it would learn, and you decide.',
      'It gets a token instead of your data: a ticket for asking, which stops working the moment you say so.',
    ],
    start: 'Create my vault',
    place: (path: string) => `The vault will live in ${path}.`,
  },
  create: {
    title: 'Choose a passphrase', lead: 'It is the key to everything in here. Nobody can reset it for you, so take one you will remember.',
    action: 'Create the vault', working: 'Creating the vault…', workingHint: 'This takes a few seconds on purpose: it makes guessing slow.',
  },
  imports: {
    title: 'Bring something in', lead: 'A file you downloaded from Netflix, Spotify, Amazon, Goodreads, Instagram or another service you use. You see what is in it before anything is kept.',
    skip: 'Go to Home', done: 'Go to Home',
  },
} as const;
