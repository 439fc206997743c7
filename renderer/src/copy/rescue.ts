/** Words of putting back a backup and of saving what a damaged vault still holds. */
import type { Topic } from '../../../shared/api/contract.ts';
import { bytes, counted, date, list } from './format.ts';

export const rescueCopy = {
  help: 'Something is wrong', helpText: 'If the passphrase is forgotten, use the recovery phrase. If the vault’s files are damaged or gone:',
  toRestore: 'Put back a backup', toRecover: 'Save what can be read', firstRun: 'I have a backup', back: 'Back',

  restoreTitle: 'Put back a backup',
  restoreLead: 'A backup is one file whose name ends in “.backup”. It opens with the passphrase you had when it was made, or with the recovery phrase of that time.',
  asideNote: 'There is a vault here now. It is renamed, not deleted, and stays on the disk beside the restored one.',
  choose: 'Choose the backup file',
  passphrase: 'Passphrase of the backup', phrase: 'Recovery phrase of the backup',
  restoreAction: 'Put it back', olderAction: 'Put it back all the same',
  restored: 'Your vault is back', restoredText: (ms: number, entries: number) => `It is as it was on ${date(ms)}, with ${counted(entries, 'entry', 'entries')} in its log. Every page was read and proved itself.`,
  setAside: (place: string) => `The vault that was here is now in ${place}.`, go: 'Go to Home',

  recoverTitle: 'Save what can be read',
  recoverLead: 'Penchant reads every part of the damaged vault that can still be read into a new one, which takes its place and opens with the same passphrase and recovery phrase. The damaged one is only read; it is renamed and stays on the disk.',
  ownPassphrase: 'Your passphrase', ownPhrase: 'Your recovery phrase',
  keysLead: 'The key file itself is damaged. A backup of this vault holds a copy of it, which can stand in: choose one.',
  recoverAction: 'Save what can be read',
  recovered: 'Saved what could be read', whole: 'Nothing was lost.', partly: 'Some things could not be read any more', unread: (what: readonly string[]) => `Nothing could be read of these, if there were any: ${list(what)}.`, rest: 'What was read',
  stopped: 'Stopped. Nothing was changed: everything is as it was before.',
} as const;

type Job = Topic<'job.changed'>;
type Phases = Partial<Record<Job['phase'], string>>;
const RESTORING: Phases = { copying: 'Unpacking the backup…', checking: 'Reading every page of it, to see that it is whole…' };
const RECOVERING: Phases = { reading: 'Opening the key file…', copying: 'Copying the damaged vault, so that it stays as it is…', checking: 'Putting together what was read…' };

/** What putting back or saving is doing; undefined when the vault is made and only has to be opened. */
export function rescuePhase(job: Job | undefined): string {
  if (job?.kind === 'recover' && job.subject !== '') return `Reading: ${job.subject}…`;
  return (job === undefined ? undefined : (job.kind === 'restore' ? RESTORING : RECOVERING)[job.phase]) ?? 'Opening the vault…';
}
export const rescueDetail = ({ kind, doneBytes, totalBytes, records }: Job): string =>
  (totalBytes === 0 ? '' : kind === 'restore' ? `${bytes(doneBytes)} of ${bytes(totalBytes)}` : `${counted(records, 'row')} so far`);
