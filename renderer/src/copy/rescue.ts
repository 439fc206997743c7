/** Words of putting back a backup and of saving what a damaged vault still holds. */
import { bytes, date, list } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Topic } from '../../../shared/api/contract.ts';

export const rescueCopy = {
  help: t('Something is wrong'), helpText: t('If the passphrase is forgotten, use the recovery phrase. If the vault’s files are damaged or gone:'),
  toRestore: t('Put back a backup'), toRecover: t('Save what can be read'), firstRun: t('I have a backup'), back: t('Back'),

  restoreTitle: t('Put back a backup'),
  restoreLead: t('A backup is one file whose name ends in “.backup”. It opens with the passphrase you had when it was made, or with the recovery phrase of that time.'),
  asideNote: t('There is a vault here now. It is renamed, not deleted, and stays on the disk beside the restored one.'),
  choose: t('Choose the backup file'),
  passphrase: t('Passphrase of the backup'), phrase: t('Recovery phrase of the backup'),
  restoreAction: t('Put it back'), olderAction: t('Put it back all the same'),
  restored: t('Your vault is back'), restoredText: (ms: number, entries: number) => t('It is as it was on {ms}, with {entries, plural, one {# entry} other {# entries}} in its log. Every page was read and proved itself.', { ms: date(ms), entries }),
  setAside: (place: string) => t('The vault that was here is now in {place}.', { place }), go: t('Go to Home'),

  recoverTitle: t('Save what can be read'),
  recoverLead: t('Penchant reads every part of the damaged vault that can still be read into a new one, which takes its place and opens with the same passphrase and recovery phrase. The damaged one is only read; it is renamed and stays on the disk.'),
  ownPassphrase: t('Your passphrase'), ownPhrase: t('Your recovery phrase'),
  keysLead: t('The key file itself is damaged. A backup of this vault holds a copy of it, which can stand in: choose one.'),
  recoverAction: t('Save what can be read'),
  recovered: t('Saved what could be read'), whole: t('Nothing was lost.'), partly: t('Some things could not be read any more'), unread: (what: readonly string[]) => t('Nothing could be read of these, if there were any: {what}.', { what: list(what) }), rest: t('What was read'),
  stopped: t('Stopped. Nothing was changed: everything is as it was before.'),
} as const;

type Job = Topic<'job.changed'>;
type Phases = Partial<Record<Job['phase'], string>>;
const RESTORING: Phases = { copying: t('Unpacking the backup…'), checking: t('Reading every page of it, to see that it is whole…') };
const RECOVERING: Phases = { reading: t('Opening the key file…'), copying: t('Copying the damaged vault, so that it stays as it is…'), checking: t('Putting together what was read…') };

/** What putting back or saving is doing; undefined when the vault is made and only has to be opened. */
export function rescuePhase(job: Job | undefined): string {
  if (job?.kind === 'recover' && job.subject !== '') return t('Reading: {subject}…', { subject: job.subject });
  return (job === undefined ? undefined : (job.kind === 'restore' ? RESTORING : RECOVERING)[job.phase]) ?? t('Opening the vault…');
}
export const rescueDetail = ({ kind, doneBytes, totalBytes, records }: Job): string =>
  (totalBytes === 0 ? '' : kind === 'restore' ? t('{done} of {total}', { done: bytes(doneBytes), total: bytes(totalBytes) }) : t('{records, plural, one {# row} other {# rows}} so far', { records }));
