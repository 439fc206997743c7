/** Words of the log: one sentence for every kind of entry. */
import type { Output } from '../../../shared/api/contract.ts';
import { claimInSentence } from './claims.ts';
import { counted, date, list, number } from './format.ts';

export type AuditEntry = Output<'audit.list'>['entries'][number];

const company = (entry: AuditEntry): string => entry.companyName ?? 'A company';
const count = (entry: AuditEntry, key: string): number => entry.counts[key] ?? 0;
const claims = (entry: AuditEntry): string => list(entry.claims.map((claim) => claimInSentence(claim.claim)));
const about = (entry: AuditEntry): string => (entry.claims.length === 0 ? '' : ` about ${claims(entry)}`);

const REASONS: Readonly<Record<string, string>> = {
  'proof-invalid': 'it could not prove that the token is its own', 'key-mismatch': 'it used a key that is not the one you allowed',
  'purpose-not-granted': 'it named a purpose you did not allow', 'claim-not-granted': 'it asked for more than you allowed', 'too-often': 'it asked more often than you allowed',
  'on-a-break': 'you were taking a break from everyone', 'company-on-hold': 'you had put it on hold', 'permission-paused': 'you had paused the permission', 'quiet-hours': 'it was in your quiet hours', 'enough-today': 'companies had got as many answers that day as you allow', 'company-enough-today': 'it had got as many answers that day as you allow one company',
  mismatch: 'its site shows another key', 'this-computer-only': 'an address on this computer proves nothing about who is behind it', interrupted: 'Penchant ended before it was done',
  ERR_VAULT_SECRET_WRONG: 'the passphrase did not fit', ERR_COMPANY_UNREACHABLE: 'its site did not answer',
  revoked: 'you had ended the permission', expired: 'the permission had run out', returned: 'it had given the permission back', suspended: 'the permission is on hold',
};
const reason = (entry: AuditEntry): string | null => (entry.reason === null ? null : REASONS[entry.reason] ?? entry.reason.replace(/^ERR_/, '').toLowerCase().replaceAll('_', ' '));
const because = (entry: AuditEntry): string => (reason(entry) === null ? '' : `, because ${reason(entry) ?? ''}`);
const but = (entry: AuditEntry): string => (reason(entry) === null ? '' : `, but ${reason(entry) ?? ''}`);

const SENTENCES: Readonly<Record<AuditEntry['type'], (entry: AuditEntry) => string>> = {
  'vault.created': () => 'The vault was created.',
  'vault.unlocked': (entry) => (entry.outcome === 'ok' ? 'The vault was unlocked.' : `Someone tried to unlock the vault${but(entry)}.`),
  'vault.locked': () => 'The vault was locked.',
  'vault.passphrase-changed': () => 'The passphrase was changed.',
  'vault.recovery-renewed': () => 'A new recovery phrase was made. The old one stopped working.',
  'vault.recovery-confirmed': () => 'The recovery phrase was checked.',
  'vault.backed-up': () => 'A backup was written.',
  'vault.restored': () => 'The vault was put back from a backup.',
  'vault.recovered': () => 'What could be read of a damaged vault was saved into this one.',
  'vault.exported': () => 'Everything was written into an export.',
  'vault.taken-over': () => 'An export was taken over into this vault.',
  'vault.slot-added': () => 'This computer’s keychain may open the vault.',
  'vault.slot-removed': () => 'A way to unlock the vault was removed.',
  'vault.slot-renewed': () => 'The secret in this computer’s keychain was replaced.',
  'vault.rotation-started': () => 'A new master key was begun.',
  'vault.rotation-undone': () => 'The new master key was given up. The vault is as it was.',
  'vault.rotated': () => 'The vault got a new master key and a new recovery phrase.',
  'import.finished': (entry) => `An import added ${counted(count(entry, 'added'), 'record')}.`,
  'import.cancelled': (entry) => `An import was stopped. ${counted(count(entry, 'added'), 'record')} stayed.`,
  'import.failed': () => 'An import failed.',
  'import.undone': (entry) => `An import was taken back: ${counted(count(entry, 'records'), 'record')} deleted.`,
  'import.forgotten': (entry) => `Of an import, ${counted(count(entry, 'records'), 'record')} ${count(entry, 'records') === 1 ? 'was' : 'were'} forgotten; what ${count(entry, 'records') === 1 ? 'it says' : 'they say'} was kept.`,
  'source.reduced': () => 'You chose to keep only the conclusions of a source.',
  'source.kept': () => 'You chose to keep the records of a source.',
  'source.described': (entry) => `You said what is in files of your own: ${counted(count(entry, 'columns'), 'column')} of them count.`,
  'source.forgotten': () => 'You deleted what you had said about files of your own.',
  'profile.declared': () => 'You added something to your profile.',
  'profile.corrected': () => 'You put something in your profile right.',
  'records.exported': (entry) => `You saved ${counted(count(entry, 'things'), 'thing')} with all records as a file.`,
  'profile.rejected': () => 'You said “never infer this” about something.',
  'profile.restored': () => 'You took a “never infer this” back.',
  'profile.pinned': () => 'You pinned something in your profile as it is.',
  'profile.weakened': () => 'You said that something in your profile counts less.',
  'profile.disowned': (entry) => `You said that ${counted(count(entry, 'said'), 'thing or maker', 'things or makers')} among your records ${count(entry, 'said') === 1 ? 'is' : 'are'} not about you.`,
  'profile.owned': (entry) => `You took “that was not me” back about ${counted(count(entry, 'said'), 'thing or maker', 'things or makers')}.`,
  'profile.rules-applied': (entry) => `You let changed rules apply: ${counted(count(entry, 'added'), 'conclusion')} came, ${number(count(entry, 'removed'))} went.`,
  'profile.deleted': () => 'You deleted something from your profile.',
  'profile.closed-opened': () => 'You opened the closed part of your profile.',
  'profile.closed-shut': () => 'You shut the closed part of your profile.',
  'request.received': (entry) => `${company(entry)} asked${about(entry)}.`,
  'request.granted': (entry) => `You allowed ${company(entry)} to ask${about(entry)}.`,
  'request.denied': (entry) => `You said no to ${company(entry)}.`,
  'request.reconsidered': (entry) => `You took your no to ${company(entry)} back.`,
  'company.refused': (entry) => `You said no to everything ${company(entry)} asks.`,
  'company.heard': (entry) => `You let ${company(entry)} ask you again.`,
  'company.checked': (entry) => (entry.outcome === 'ok' ? `You checked the identity of ${company(entry)} with its domain.` : `You tried to check the identity of ${company(entry)}${but(entry)}.`),
  'grant.narrowed': (entry) => `You made what ${company(entry)} may learn smaller.`,
  'grant.paused': (entry) => `You paused what ${company(entry)} may learn.`,
  'grant.renewed': (entry) => `You let ${company(entry)} learn as exactly as at first again.`,
  'grant.extended': (entry) => `You let ${company(entry)} learn for longer.`,
  'grant.resumed': (entry) => `You let ${company(entry)} go on learning.`,
  'grant.revoked': (entry) => `You ended what ${company(entry)} may learn.`,
  'grant.returned': (entry) => `${company(entry)} gave its permission back.`,
  'grant.expired': (entry) => `The permission of ${company(entry)} ran out.`,
  'breathing.paused': () => 'You took a break from everyone.',
  'breathing.resumed': () => 'You ended your break from everyone.',
  'breathing.held': (entry) => `You put ${company(entry)} on hold.`,
  'breathing.released': (entry) => `You let ${company(entry)} ask again.`,
  'exposure.floor': (entry) => `You changed how many people must fit what ${entry.companyName === null ? 'companies know' : `${company(entry)} knows`} about you: ${entry.counts['floor'] === 0 ? 'any number' : number(entry.counts['floor'] ?? 0)}.`,
  'breathing.changed': () => 'You changed when, how often or of what companies hear.',
  'redemption.allowed': (entry) => `${company(entry)} asked and got an answer${about(entry)}.`,
  'redemption.refused': (entry) => `${company(entry)} asked and got nothing${because(entry)}.`,
  introspection: (entry) => `${company(entry)} checked whether its permission is still good.`,
  'settings.changed': () => 'You changed a setting.',
  'audit.accepted': () => 'You took the log as it was, though it did not add up.',
  'audit.carried': (entry) => `The log moved into a stronger form, with ${counted(count(entry, 'entries'), 'older entry', 'older entries')}${entry.outcome === 'ok' ? '' : `. They did not add up from entry ${number(count(entry, 'brokenAt'))} on, and were kept as they were`}.`,
  'audit.forgotten': (entry) => `You deleted ${counted(count(entry, 'entries'), 'entry', 'entries')} from the log${entry.reason === 'company' ? ', all about one company' : `, from before ${date(count(entry, 'beforeMs'))}`}.`,
};

export const entrySentence = (entry: AuditEntry): string => SENTENCES[entry.type](entry);

export const activityCopy = {
  title: 'Activity', lead: 'Everything that was asked, answered, brought in or changed. It holds names and counts, never what you like.',
  columns: { when: 'When', what: 'What happened', outcome: 'Outcome', number: 'No.' },
  outcome: { ok: 'Done', refused: 'Refused' },
  save: 'Save the list', fileName: 'penchant-activity.csv', address: 'Address', saved: (n: number) => `${counted(n, 'entry', 'entries')} saved.`, saving: (done: number, total: number) => `Stop saving, ${number(done)} of ${number(total)}`,
  filter: 'Show', groups: { all: 'Everything', companies: 'Companies', imports: 'Imports', profile: 'Profile', vault: 'Vault' },
  company: 'Company', allCompanies: 'All companies',
  empty: 'Nothing here yet', emptyText: 'As soon as something happens, it is written down here.', emptyFiltered: 'Nothing of this kind has happened.',
  shown: (shown: number, total: number) => `${number(shown)} of ${counted(total, 'entry', 'entries')}`,
  older: 'Show older', loading: 'Loading…',
  verify: 'Check the log', verifying: 'Checking…',
  verified: (entries: number, forgotten: number) => `All ${counted(entries, 'entry', 'entries')} add up. ${forgotten > 0 ? 'Apart from what you deleted, nothing' : 'Nothing'} was changed, removed or put back since they were written.`,
  verifiedLimits: 'This proves that nobody edited the log without the key of this vault. It cannot prove what someone who had the open vault did.',
  verifiedForgotten: (entries: number) => `The contents of ${counted(entries, 'entry', 'entries')} were deleted by you; the log says when.`,
  verifyProgress: (done: number, total: number) => `${number(done)} of ${number(total)}`, verifyStop: 'Stop checking', verifyStopped: 'Stopped. Nothing was changed.',
  forget: 'Delete older history', forgetTitle: 'Delete older history?', forgetWhich: 'What to delete',
  forgetOlder: { month: 'Everything older than a month', quarter: 'Everything older than three months', year: 'Everything older than a year' }, forgetCompany: (name: string) => `Everything about ${name}`,
  forgetNothing: 'There is nothing that old.', forgetAction: (entries: number) => `Delete ${counted(entries, 'entry', 'entries')}`,
  forgetText: (entries: number) => `The words of ${counted(entries, 'entry', 'entries')} go for good: who asked, about what, and when. You will not be able to look them up or prove them to anyone.`,
  forgetStays: 'What stays is one line that says how many you deleted and when, and for each a number, its month and a code nobody can read, so that the rest of the log can still be checked. Permissions, records and your profile are not touched.',
  forgetCopies: 'Backups you made before still hold the entries. Delete those yourself if you want.', forgetKeep: 'Keep everything', forgotten: (entries: number) => `Deleted ${counted(entries, 'entry', 'entries')} from the log.`,
  problems: {
    altered: 'An entry was changed or emptied after it was written.', missing: 'Entries are missing.', 'rolled-back': 'The vault was put back to an older state: newer entries are gone.', unanchored: 'The mark kept beside the vault to recognise an older copy is gone.', none: '',
  },
  brokenAt: (seq: number) => `The first place that does not add up is entry ${number(seq)}.`, brokenTitle: 'The log does not add up',
  accept: 'Take the log as it is', acceptHint: 'Do this only when you know why. It is written into the log, and from then on the log is checked against today.', accepted: 'Noted. From now on the log is checked against today.',
  brokenNext: 'If you did not put back a backup yourself, find out who had access to this computer.',
} as const;
