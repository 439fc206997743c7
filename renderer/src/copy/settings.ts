/** Words of the settings. */
import { bytes } from './format.ts';

export const settingsCopy = {
  title: 'Settings',
  look: 'Look', theme: 'Theme', themes: { system: 'As the computer', light: 'Light', dark: 'Dark' },
  lock: 'Locking', autoLock: 'Lock when I am away for', autoLocks: { '1': '1 minute', '5': '5 minutes', '15': '15 minutes', '60': '1 hour', never: 'Never by itself' },
  autoLockHint: 'While locked, nothing can be read and no company gets an answer.', lockNow: 'Lock now',
  programs: 'Programs on this computer', loopback: 'Let programs on this computer ask', loopbackHint: 'A shop’s program on this computer can then bring its request and use its token, while the vault is unlocked. Nothing on the internet can reach this.',
  listening: 'Listening at', notListening: 'Not listening.',
  passphrase: 'Passphrase', changePassphrase: 'Change the passphrase', next: 'New passphrase', change: 'Change it', changed: 'Passphrase changed. The old one no longer works.',
  recovery: 'Recovery phrase', recoveryOk: 'You have checked your recovery phrase. Keep the paper safe.', recoveryOpen: 'Your recovery phrase is not checked yet.', recoveryConfirm: 'Check it now',
  renew: 'Make a new recovery phrase', renewText: 'If the paper is lost or someone has seen it, make a new phrase. You get 24 new words. The old ones stop working at once. Your passphrase stays the same.', renewAction: 'Make new words', renewDone: 'I have written them down',
  backup: 'Backup', backupText: 'A copy of the whole vault, locked with the passphrase you have now. Put it on another disk as well.', backupAction: 'Make a backup now', backupBusy: 'Writing the backup…',
  backupDone: (name: string, size: number) => `${name}, ${bytes(size)}, written and opened once to check it.`, backupPlace: (place: string) => `It is in ${place}.`,
  browser: 'This browser', browserText: 'Signing out closes every window of Penchant in this browser and locks the vault. To come back, start Penchant once more and open the new link. A browser nobody has used for 12 hours is signed out by itself.', signOut: 'Sign out of this browser',
  about: 'About', place: 'Vault', vaultId: 'Vault number', created: 'Created', version: 'Penchant', host: 'Runs as', hosts: { electron: 'desktop app', web: 'in the browser, served from this computer' }, licence: 'Licence', licenceText: 'MIT. Fonts: Source Serif 4 and Inter, SIL Open Font License. Icons: Lucide, ISC. Topic numbers: IAB Content Taxonomy 3.1 and Audience Taxonomy 1.1, CC BY 3.0.',
  saved: 'Saved.', shortcuts: 'Keyboard shortcuts',
} as const;
