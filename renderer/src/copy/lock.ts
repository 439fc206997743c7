/** Words of the locked screen. */
import { t } from '../../../shared/language/message.ts';

export const lockCopy = {
  title: t('Your vault is locked'), lead: t('Nothing in it can be read, and no company gets an answer, until you unlock it.'),
  passphrase: t('Passphrase'), unlock: t('Unlock'), unlocking: t('Unlocking…'),
  byPhrase: t('Use the recovery phrase instead'), byPassphrase: t('Use the passphrase instead'),
  phrase: t('Recovery phrase'), phraseHint: t('All 24 words, in order, with spaces between them.'),
  place: (path: string) => t('Vault in {path}', { path }),
  newTitle: t('Choose a new passphrase'), newLead: t('You came in with your recovery phrase. If the old passphrase is lost, choose a new one now. The recovery phrase stays the same.'),
  newAction: t('Set the new passphrase'), notNow: t('Keep the old one'), changed: t('New passphrase set.'),
} as const;
