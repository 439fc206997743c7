/** Words for choosing a passphrase. */
import { language, t } from '../../../shared/language/message.ts';

export const passphraseCopy = {
  label: t('Passphrase'),
  hint: t('Several words that have nothing to do with each other work best. Spaces are welcome.'),
  minimum: t('At least 10 characters, and hard to guess.'),
  looking: t('Looking…'),
  scores: [t('Very easy to guess'), t('Easy to guess'), t('Not enough yet'), t('Good'), t('Very good')],
  suggest: t('Suggest seven random words'), suggestAnother: t('Suggest others'),
  /** Nothing in English, where it says itself. */ english: language() === 'en' ? '' : t('The words are English ones; you need not understand them.'),
  suggestionHint: t('Write it down or learn it, then type it once more below.'),
  again: t('The same once more'), different: t('This is not the same so far.'),
} as const;
