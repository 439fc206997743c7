/** Words of the locked screen. */
export const lockCopy = {
  title: 'Your vault is locked', lead: 'Nothing in it can be read, and no company gets an answer, until you unlock it.',
  passphrase: 'Passphrase', unlock: 'Unlock', unlocking: 'Unlocking…',
  byPhrase: 'Use the recovery phrase instead', byPassphrase: 'Use the passphrase instead',
  phrase: 'Recovery phrase', phraseHint: 'All 24 words, in order, with spaces between them.',
  place: (path: string) => `Vault in ${path}`,
  newTitle: 'Choose a new passphrase', newLead: 'You came in with your recovery phrase. If the old passphrase is lost, choose a new one now. The recovery phrase stays the same.',
  newAction: 'Set the new passphrase', notNow: 'Keep the old one', changed: 'New passphrase set.',
} as const;
