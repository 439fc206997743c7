/** Words of the Security screen: health, backups, keys, locking, taking everything along. */
import { ago, bytes, date } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Output } from '../../../shared/api/contract.ts';

/** The page looks at its clock now and then; what happened since did not happen in the future. */
const past = (ms: number, nowMs: number): string => ago(Math.min(ms, nowMs), nowMs);

type Health = NonNullable<Output<'vault.health'>['last']>;
type Finding = Health['findings'][number];

export const securityCopy = {
  title: t('Security'), lead: t('Who can open this vault, when it closes, and whether it and its backups are whole.'),

  health: t('Is everything whole?'), check: t('Check the vault now'), checking: t('Checking…'), stopped: t('Stopped. The check changes nothing.'),
  checkText: t('Reads the whole database, the log, the key file and the last backup from the disk, and says what it found. You can go on working meanwhile.'),
  never: t('Not checked yet.'), checkedAt: (ms: number, nowMs: number) => t('Last checked {ms}.', { ms: past(ms, nowMs) }),
  allWell: t('Everything is whole.'), look: t('Nothing is lost, and something wants your attention.'), broken: t('Something is damaged.'),
  checkingNow: { database: t('Reading the database…'), log: t('Recomputing the log…'), keys: t('Looking at the key file…'), files: t('Looking at the files…'), backup: t('Reading the last backup…'), recovery: t('Nearly through…'), room: t('Nearly through…') } as const satisfies Record<Finding['what'], string>,
  parts: { database: t('Database'), log: t('Log'), keys: t('Key file'), files: t('Files'), backup: t('Last backup'), recovery: t('Recovery phrase'), room: t('Room on the disk') } as const satisfies Record<Finding['what'], string>,

  backups: t('Backups'), backupText: t('A copy of the whole vault, locked with the passphrase you have when it is made. Keep one on another disk as well.'),
  noBackup: t('There is no backup yet. If this computer breaks, everything in the vault is lost.'),
  lastBackup: (ms: number, nowMs: number, size: number | null) => (size === null ? t('Last backup {when}, opened once to check it.', { when: past(ms, nowMs) }) : t('Last backup {when}, {size}, opened once to check it.', { when: past(ms, nowMs), size: bytes(size) })),
  lastFailed: (ms: number, nowMs: number) => t('The last try, {ms}, did not work.', { ms: past(ms, nowMs) }),
  next: (ms: number, nowMs: number) => (ms <= nowMs ? t('The next one is due now.') : t('The next one is due {ms}, while Penchant is open.', { ms: ago(ms, nowMs) })),
  backupAction: t('Make a backup now'), backupBusy: t('Writing the backup…'), backupCheckingCopy: t('Opening the copy to check it…'),
  backupDone: (name: string, size: number) => t('{name}, {size}, written and opened once to check it.', { name, size: bytes(size) }), backupBeside: t('It lies beside the vault, on the same disk. If this computer breaks, both are gone: copy it to another disk, or choose a folder there below.'), backupPlace: (place: string) => t('It is in {place}.', { place }),
  every: t('Make one by itself'), everyOptions: { off: t('Never'), daily: t('Every day'), weekly: t('Every week') },
  keep: t('Keep the last'), keepOptions: { '3': t('3 backups'), '7': t('7 backups'), '14': t('14 backups'), '30': t('30 backups') }, keepHint: t('Older ones made by itself are deleted. Those you make by hand stay.'),
  folder: t('Folder for them'), folderHint: (place: string) => t('Now {place}. A folder on another disk is safer. Leave it empty for the vault’s own.', { place }), folderSave: t('Use this folder'), folderSaved: t('Backups go there from now on.'),

  keys: t('Ways to unlock'), passphrase: t('Passphrase'), changePassphrase: t('Change the passphrase'), newPassphrase: t('New passphrase'), change: t('Change it'), changed: t('Passphrase changed. The old one no longer works.'),
  recovery: t('Recovery phrase'), recoveryOk: t('You have checked your recovery phrase. Keep the paper safe.'), recoveryOpen: t('Your recovery phrase is not checked yet.'), recoveryConfirm: t('Check it now'),
  renew: t('Make a new recovery phrase'), renewText: t('If the paper is lost or someone has seen it, make a new phrase. You get 24 new words. The old ones stop working at once. Your passphrase stays the same.'), renewAction: t('Make new words'), renewDone: t('I have written them down'),

  lock: t('Locking'), autoLock: t('Lock when I am away for'), autoLocks: { '1': t('1 minute'), '5': t('5 minutes'), '15': t('15 minutes'), '60': t('1 hour'), never: t('Never by itself') },
  autoLockHint: t('While locked, nothing can be read and no company gets an answer.'), lockNow: t('Lock now'),
  onSleep: t('Lock when the computer sleeps'), onScreenLock: t('Lock when the screen is locked'), onScreenLockWeb: t('A browser cannot tell when the screen is locked. The desktop app can.'), onClose: t('Lock when the last window is closed'), onCloseHint: t('Companies get no answer while no window is open, then.'),

  leave: t('Export everything'), leaveText: t('Writes all you keep here into one file in open formats, locked with a passphrase of its own, so that other programs can read it too. What lies in the closed part stays here.'),
  leaveAction: t('Export everything'), leavePassphrase: t('Passphrase for the export'), leaveGo: t('Write the export'), leaveBusy: t('Writing the export…'),
  leaveDone: (name: string, size: number, records: number) => t('{name}, {size}, with {records, plural, one {# record} other {# records}}.', { name, size: bytes(size), records }),

  browser: t('This browser'), browserText: t('Signing out closes every window of Penchant in this browser and locks the vault. To come back, start Penchant once more and open the new link. A browser nobody has used for 12 hours is signed out by itself.'), signOut: t('Sign out of this browser'),
} as const;

/** One finding as a sentence, and what to do where there is something to do. */
export function findingWords({ what, reason, count, atMs, place }: Finding, nowMs: number): string {
  const many = count ?? 0;
  const sentences: Readonly<Record<string, string>> = {
    'database whole': t('Every page was read and proves itself.'),
    'database damaged': t('Part of it cannot be read any more. Put back your last backup, or save what can still be read: lock the vault, then choose “Something is wrong” where it asks for the passphrase.'),
    'log whole': t('{many, plural, one {# entry} other {# entries}}, all as they were written.', { many }),
    'log altered': t('Entries were changed. See Activity.'), 'log missing': t('Entries are missing. See Activity.'), 'log damaged': t('It cannot be read to its end.'),
    'log rolled-back': t('It is older than it should be: somebody may have put an older copy of the vault back. See Activity.'), 'log unanchored': t('The mark kept beside it is gone. See Activity.'),
    'keys whole': t('As it was when you unlocked.'), 'keys altered': t('It was changed on the disk by something else. Make a backup now, then change your passphrase: that writes it anew.'),
    'keys missing': t('It is gone from the disk. Do not lock the vault: make a backup now, then change your passphrase, which writes it anew.'),
    'files private': t('Only you can read them.'), 'files readable': t('{many, plural, one {# file} other {# files}} can be read by other users of this computer. They are encrypted, but should be yours alone.', { many }),
    'backup whole': t('Made {past}, read to its last byte: {place}', { past: past(atMs ?? nowMs, nowMs), place: place ?? '' }), 'backup old': t('It is whole, but from {date}. Make a new one.', { date: date(atMs ?? nowMs) }),
    'backup none': t('There is none yet. Make one.'), 'backup failed': t('The last try did not work. Make one now.'), 'backup missing': t('It is not at its place: {place}. Connect the disk, or make a new one.', { place: place ?? '' }), 'backup damaged': t('It cannot be used any more: {place}. Make a new one.', { place: place ?? '' }),
    'recovery checked': t('You have checked it.'), 'recovery unchecked': t('You have not checked it yet.'),
    'room full': t('The disk is full. Free some space.'),
  };
  return sentences[`${what} ${reason}`] ?? reason;
}
