/** Words of the first run. */
import { t } from '../../../shared/language/message.ts';

export const firstRunCopy = {
  steps: [t('Welcome'), t('Passphrase'), t('Recovery phrase'), t('Bring something in')], stepsLabel: t('Setting up'),
  welcome: {
    title: t('Your preferences, in your keeping'),
    sentences: [
      t('Penchant keeps what you like in a vault on this computer, locked with a passphrase only you know.'),
      t('When a shop or service would like to know, you see exactly what it would learn, and you decide.'),
      t('It gets a token instead of your data: a ticket for asking, which stops working the moment you say so.'),
    ],
    start: t('Create my vault'),
    place: (path: string) => t('The vault will live in {path}.', { path }),
  },
  create: {
    title: t('Choose a passphrase'), lead: t('It is the key to everything in here. Nobody can reset it for you, so take one you will remember.'),
    action: t('Create the vault'), working: t('Creating the vault…'), workingHint: t('This takes a few seconds on purpose: it makes guessing slow.'),
  },
  imports: {
    title: t('Bring something in'), lead: t('A file you downloaded from Netflix, Spotify, Amazon, Goodreads, Instagram or another service you use. You see what is in it before anything is kept.'),
    skip: t('Go to Home'), done: t('Go to Home'),
  },
} as const;
