/** Words of the Security screen: health, backups, keys, locking, taking everything along. */
import type { Output } from '../../../shared/api/contract.ts';
import { ago, bytes, counted, date, number } from './format.ts';

/** The page looks at its clock now and then; what happened since did not happen in the future. */
const past = (ms: number, nowMs: number): string => ago(Math.min(ms, nowMs), nowMs);

type Health = NonNullable<Output<'vault.health'>['last']>;
type Finding = Health['findings'][number];

export const securityCopy = {
  title: 'Security', lead: 'Who can open this vault, when it closes, and whether it and its backups are whole.',

  health: 'Is everything whole?', check: 'Check the vault now', checking: 'Checking…', stopped: 'Stopped. The check changes nothing.',
  checkText: 'Reads the whole database, the log, the key file and the last backup from the disk, and says what it found. You can go on working meanwhile.',
  never: 'Not checked yet.', checkedAt: (ms: number, nowMs: number) => `Last checked ${past(ms, nowMs)}.`,
  allWell: 'Everything is whole.', look: 'Nothing is lost, and something wants your attention.', broken: 'Something is damaged.',
  checkingNow: { database: 'Reading the database…', log: 'Recomputing the log…', keys: 'Looking at the key file…', files: 'Looking at the files…', backup: 'Reading the last backup…', recovery: 'Nearly through…', room: 'Nearly through…' } as const satisfies Record<Finding['what'], string>,
  parts: { database: 'Database', log: 'Log', keys: 'Key file', files: 'Files', backup: 'Last backup', recovery: 'Recovery phrase', room: 'Room on the disk' } as const satisfies Record<Finding['what'], string>,

  backups: 'Backups', backupText: 'A copy of the whole vault, locked with the passphrase you have when it is made. Keep one on another disk as well.',
  noBackup: 'There is no backup yet. If this computer breaks, everything in the vault is lost.',
  lastBackup: (ms: number, nowMs: number, size: number | null) => `Last backup ${past(ms, nowMs)}${size === null ? '' : `, ${bytes(size)}`}, opened once to check it.`,
  lastFailed: (ms: number, nowMs: number) => `The last try, ${past(ms, nowMs)}, did not work.`,
  next: (ms: number, nowMs: number) => (ms <= nowMs ? 'The next one is due now.' : `The next one is due ${ago(ms, nowMs)}, while Penchant is open.`),
  backupAction: 'Make a backup now', backupBusy: 'Writing the backup…', backupCheckingCopy: 'Opening the copy to check it…',
  backupDone: (name: string, size: number) => `${name}, ${bytes(size)}, written and opened once to check it.`, backupPlace: (place: string) => `It is in ${place}.`,
  every: 'Make one by itself', everyOptions: { off: 'Never', daily: 'Every day', weekly: 'Every week' },
  keep: 'Keep the last', keepOptions: { '3': '3 backups', '7': '7 backups', '14': '14 backups', '30': '30 backups' }, keepHint: 'Older ones made by itself are deleted. Those you make by hand stay.',
  folder: 'Folder for them', folderHint: (place: string) => `Now ${place}. A folder on another disk is safer. Leave it empty for the vault’s own.`, folderSave: 'Use this folder', folderSaved: 'Backups go there from now on.',

  keys: 'Ways to unlock', passphrase: 'Passphrase', changePassphrase: 'Change the passphrase', newPassphrase: 'New passphrase', change: 'Change it', changed: 'Passphrase changed. The old one no longer works.',
  recovery: 'Recovery phrase', recoveryOk: 'You have checked your recovery phrase. Keep the paper safe.', recoveryOpen: 'Your recovery phrase is not checked yet.', recoveryConfirm: 'Check it now',
  renew: 'Make a new recovery phrase', renewText: 'If the paper is lost or someone has seen it, make a new phrase. You get 24 new words. The old ones stop working at once. Your passphrase stays the same.', renewAction: 'Make new words', renewDone: 'I have written them down',

  lock: 'Locking', autoLock: 'Lock when I am away for', autoLocks: { '1': '1 minute', '5': '5 minutes', '15': '15 minutes', '60': '1 hour', never: 'Never by itself' },
  autoLockHint: 'While locked, nothing can be read and no company gets an answer.', lockNow: 'Lock now',
  onSleep: 'Lock when the computer sleeps', onScreenLock: 'Lock when the screen is locked', onScreenLockWeb: 'A browser cannot tell when the screen is locked. The desktop app can.', onClose: 'Lock when the last window is closed', onCloseHint: 'Companies get no answer while no window is open, then.',

  leave: 'Take everything along', leaveText: 'Writes all you keep here into one file in open formats (JSON and CSV), locked with a passphrase of its own. Other programs can open it with the tool “age”. What lies in the closed part stays here.',
  leaveAction: 'Export everything', leavePassphrase: 'Passphrase for the export', leaveGo: 'Write the export', leaveBusy: 'Writing the export…',
  leaveDone: (name: string, size: number, records: number) => `${name}, ${bytes(size)}, with ${counted(records, 'record')}.`,

  browser: 'This browser', browserText: 'Signing out closes every window of Penchant in this browser and locks the vault. To come back, start Penchant once more and open the new link. A browser nobody has used for 12 hours is signed out by itself.', signOut: 'Sign out of this browser',
} as const;

/** One finding as a sentence, and what to do where there is something to do. */
export function findingWords({ what, reason, count, atMs, place }: Finding, nowMs: number): string {
  const many = count ?? 0;
  const sentences: Readonly<Record<string, string>> = {
    'database whole': 'Every page was read and proves itself.',
    'database damaged': 'Part of it cannot be read any more. Put back your last backup, or save what can still be read: lock the vault, then choose “Something is wrong” where it asks for the passphrase.',
    'log whole': `${number(many)} ${many === 1 ? 'entry' : 'entries'}, all as they were written.`,
    'log altered': 'Entries were changed. See Activity.', 'log missing': 'Entries are missing. See Activity.', 'log damaged': 'It cannot be read to its end.',
    'log rolled-back': 'It is older than it should be: somebody may have put an older copy of the vault back. See Activity.', 'log unanchored': 'The mark kept beside it is gone. See Activity.',
    'keys whole': 'As it was when you unlocked.', 'keys altered': 'It was changed on the disk by something else. Make a backup now, then change your passphrase: that writes it anew.',
    'keys missing': 'It is gone from the disk. Do not lock the vault: make a backup now, then change your passphrase, which writes it anew.',
    'files private': 'Only you can read them.', 'files readable': `${counted(many, 'file')} can be read by other users of this computer. They are encrypted, but should be yours alone.`,
    'backup whole': `Made ${past(atMs ?? nowMs, nowMs)}, read to its last byte: ${place ?? ''}`, 'backup old': `It is whole, but from ${date(atMs ?? nowMs)}. Make a new one.`,
    'backup none': 'There is none yet. Make one.', 'backup failed': 'The last try did not work. Make one now.', 'backup missing': `It is not at its place: ${place ?? ''}. Connect the disk, or make a new one.`, 'backup damaged': `It cannot be used any more: ${place ?? ''}. Make a new one.`,
    'recovery checked': 'You have checked it.', 'recovery unchecked': 'You have not checked it yet.',
    'room full': 'The disk is full. Free some space.',
  };
  return sentences[`${what} ${reason}`] ?? reason;
}
