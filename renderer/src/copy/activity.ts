/** Words of the log: one sentence for every kind of entry. */
import { date, list } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Output } from '../../../shared/api/contract.ts';
import { claimInSentence } from './claims.ts';

export type AuditEntry = Output<'audit.list'>['entries'][number];

const company = (entry: AuditEntry): string => entry.companyName ?? t('A company');
const count = (entry: AuditEntry, key: string): number => entry.counts[key] ?? 0;
const claims = (entry: AuditEntry): string => list(entry.claims.map((claim) => claimInSentence(claim.claim)));

const REASONS: Readonly<Record<string, string>> = {
  'proof-invalid': t('it could not prove that the token is its own'), 'key-mismatch': t('it used a key that is not the one you allowed'),
  'purpose-not-granted': t('it named a purpose you did not allow'), 'claim-not-granted': t('it asked for more than you allowed'), 'too-often': t('it asked more often than you allowed'),
  'on-a-break': t('you were taking a break from everyone'), 'company-on-hold': t('you had put it on hold'), 'permission-paused': t('you had paused the permission'), 'quiet-hours': t('it was in your quiet hours'), 'enough-today': t('companies had got as many answers that day as you allow'), 'company-enough-today': t('it had got as many answers that day as you allow one company'),
  mismatch: t('its site shows another key'), 'this-computer-only': t('an address on this computer proves nothing about who is behind it'), interrupted: t('Penchant ended before it was done'),
  ERR_VAULT_SECRET_WRONG: t('the passphrase did not fit'), ERR_COMPANY_UNREACHABLE: t('its site did not answer'),
  revoked: t('you had ended the permission'), expired: t('the permission had run out'), returned: t('it had given the permission back'), suspended: t('the permission is on hold'),
};
const reason = (entry: AuditEntry): string | null => (entry.reason === null ? null : REASONS[entry.reason] ?? entry.reason.replace(/^ERR_/, '').toLowerCase().replaceAll('_', ' '));

const SENTENCES: Readonly<Record<AuditEntry['type'], (entry: AuditEntry) => string>> = {
  'vault.created': () => t('The vault was created.'),
  'vault.unlocked': (entry) => (entry.outcome === 'ok' ? t('The vault was unlocked.') : t('Someone tried to unlock the vault{told, select, yes {, but {reason}} other {}}.', { told: reason(entry) !== null, reason: reason(entry) ?? '' })),
  'vault.locked': () => t('The vault was locked.'),
  'vault.passphrase-changed': () => t('The passphrase was changed.'),
  'vault.recovery-renewed': () => t('A new recovery phrase was made. The old one stopped working.'),
  'vault.recovery-confirmed': () => t('The recovery phrase was checked.'),
  'vault.backed-up': () => t('A backup was written.'),
  'vault.restored': () => t('The vault was put back from a backup.'),
  'vault.recovered': () => t('What could be read of a damaged vault was saved into this one.'),
  'vault.exported': () => t('Everything was written into an export.'),
  'vault.taken-over': () => t('An export was taken over into this vault.'),
  'vault.slot-added': () => t('This computer’s keychain may open the vault.'),
  'vault.slot-removed': () => t('A way to unlock the vault was removed.'),
  'vault.slot-renewed': () => t('The secret in this computer’s keychain was replaced.'),
  'vault.rotation-started': () => t('A new master key was begun.'),
  'vault.rotation-undone': () => t('The new master key was given up. The vault is as it was.'),
  'vault.rotated': () => t('The vault got a new master key and a new recovery phrase.'),
  'import.finished': (entry) => t('An import added {added, plural, one {# record} other {# records}}.', { added: count(entry, 'added') }),
  'import.cancelled': (entry) => t('An import was stopped. {added, plural, one {# record} other {# records}} stayed.', { added: count(entry, 'added') }),
  'import.failed': () => t('An import failed.'),
  'import.undone': (entry) => t('An import was taken back: {records, plural, one {# record} other {# records}} deleted.', { records: count(entry, 'records') }),
  'import.forgotten': (entry) => t('Of an import, {records, plural, one {# record} other {# records}} {records, plural, one {was} other {were}} forgotten; what {records, plural, one {it says} other {they say}} was kept.', { records: count(entry, 'records') }),
  'source.reduced': () => t('You chose to keep only the conclusions of a source.'),
  'source.kept': () => t('You chose to keep the records of a source.'),
  'source.described': (entry) => t('You said what is in files of your own: {columns, plural, one {# column} other {# columns}} of them count.', { columns: count(entry, 'columns') }),
  'source.forgotten': () => t('You deleted what you had said about files of your own.'),
  'profile.declared': () => t('You added something to your profile.'),
  'profile.corrected': () => t('You put something in your profile right.'),
  'records.exported': (entry) => t('You saved {things, plural, one {# thing} other {# things}} with all records as a file.', { things: count(entry, 'things') }),
  'profile.rejected': () => t('You said “never infer this” about something.'),
  'profile.restored': () => t('You took a “never infer this” back.'),
  'profile.pinned': () => t('You pinned something in your profile as it is.'),
  'profile.weakened': () => t('You said that something in your profile counts less.'),
  'profile.disowned': (entry) => t('You said that {said, plural, one {# thing or maker} other {# things or makers}} among your records {said, plural, one {is} other {are}} not about you.', { said: count(entry, 'said') }),
  'profile.owned': (entry) => t('You took “that was not me” back about {said, plural, one {# thing or maker} other {# things or makers}}.', { said: count(entry, 'said') }),
  'profile.rules-applied': (entry) => t('You let changed rules apply: {added, plural, one {# conclusion} other {# conclusions}} came, {removed, number} went.', { added: count(entry, 'added'), removed: count(entry, 'removed') }),
  'profile.deleted': () => t('You deleted something from your profile.'),
  'profile.closed-opened': () => t('You opened the closed part of your profile.'),
  'profile.closed-shut': () => t('You shut the closed part of your profile.'),
  'request.received': (entry) => t('{company} asked{about, plural, =0 {} other { about {claims}}}.', { company: company(entry), about: entry.claims.length, claims: claims(entry) }),
  'request.granted': (entry) => t('You allowed {company} to ask{about, plural, =0 {} other { about {claims}}}.', { company: company(entry), about: entry.claims.length, claims: claims(entry) }),
  'request.denied': (entry) => t('You said no to {company}.', { company: company(entry) }),
  'request.reconsidered': (entry) => t('You took your no to {company} back.', { company: company(entry) }),
  'company.refused': (entry) => t('You said no to everything {company} asks.', { company: company(entry) }),
  'company.heard': (entry) => t('You let {company} ask you again.', { company: company(entry) }),
  'company.checked': (entry) => (entry.outcome === 'ok' ? t('You checked the identity of {company} with its domain.', { company: company(entry) }) : t('You tried to check the identity of {company}{told, select, yes {, but {reason}} other {}}.', { company: company(entry), told: reason(entry) !== null, reason: reason(entry) ?? '' })),
  'grant.narrowed': (entry) => t('You made what {company} may learn smaller.', { company: company(entry) }),
  'grant.paused': (entry) => t('You paused what {company} may learn.', { company: company(entry) }),
  'grant.renewed': (entry) => t('You let {company} learn as exactly as at first again.', { company: company(entry) }),
  'grant.extended': (entry) => t('You let {company} learn for longer.', { company: company(entry) }),
  'grant.resumed': (entry) => t('You let {company} go on learning.', { company: company(entry) }),
  'grant.revoked': (entry) => t('You ended what {company} may learn.', { company: company(entry) }),
  'grant.returned': (entry) => t('{company} gave its permission back.', { company: company(entry) }),
  'grant.expired': (entry) => t('The permission of {company} ran out.', { company: company(entry) }),
  'breathing.paused': () => t('You took a break from everyone.'),
  'breathing.resumed': () => t('You ended your break from everyone.'),
  'breathing.held': (entry) => t('You put {company} on hold.', { company: company(entry) }),
  'breathing.released': (entry) => t('You let {company} ask again.', { company: company(entry) }),
  'exposure.floor': (entry) => (entry.companyName === null ? t('You changed how many people must fit what companies know about you: {floor, plural, =0 {any number} other {#}}.', { floor: count(entry, 'floor') }) : t('You changed how many people must fit what {company} knows about you: {floor, plural, =0 {any number} other {#}}.', { company: company(entry), floor: count(entry, 'floor') })),
  'breathing.changed': () => t('You changed when, how often or of what companies hear.'),
  'redemption.allowed': (entry) => t('{company} asked and got an answer{about, plural, =0 {} other { about {claims}}}.', { company: company(entry), about: entry.claims.length, claims: claims(entry) }),
  'redemption.refused': (entry) => t('{company} asked and got nothing{told, select, yes {, because {reason}} other {}}.', { company: company(entry), told: reason(entry) !== null, reason: reason(entry) ?? '' }),
  introspection: (entry) => t('{company} checked whether its permission is still good.', { company: company(entry) }),
  'settings.changed': () => t('You changed a setting.'),
  'audit.accepted': () => t('You took the log as it was, though it did not add up.'),
  'audit.carried': (entry) => t('The log moved into a stronger form, with {entries, plural, one {# older entry} other {# older entries}}{broken, select, yes {. They did not add up from entry {brokenAt, number} on, and were kept as they were} other {}}.', { entries: count(entry, 'entries'), broken: entry.outcome !== 'ok', brokenAt: count(entry, 'brokenAt') }),
  'audit.forgotten': (entry) => t('You deleted {entries, plural, one {# entry} other {# entries}} from the log, {company, select, yes {all about one company} other {from before {before}}}.', { entries: count(entry, 'entries'), company: entry.reason === 'company', before: date(count(entry, 'beforeMs')) }),
};

export const entrySentence = (entry: AuditEntry): string => SENTENCES[entry.type](entry);

export const activityCopy = {
  title: t('Activity'), lead: t('Everything that was asked, answered, brought in or changed. It holds names and counts, never what you like.'),
  columns: { when: t('When'), what: t('What happened'), outcome: t('Outcome'), number: t('No.') },
  outcome: { ok: t('Done'), refused: t('Refused') },
  save: t('Save the list'), fileName: 'penchant-activity.csv', address: t('Address'), saved: (n: number) => t('{n, plural, one {# entry} other {# entries}} saved.', { n }), saving: (done: number, total: number) => t('Stop saving, {done, number} of {total, number}', { done, total }),
  filter: t('Show'), groups: { all: t('Everything'), companies: t('Companies'), imports: t('Imports'), profile: t('Profile'), vault: t('Vault') },
  company: t('Company'), allCompanies: t('All companies'),
  empty: t('Nothing here yet'), emptyText: t('As soon as something happens, it is written down here.'), emptyFiltered: t('Nothing of this kind has happened.'),
  shown: (shown: number, total: number) => t('{shown, number} of {total, plural, one {# entry} other {# entries}}', { shown, total }),
  older: t('Show older'), loading: t('Loading…'),
  verify: t('Check the log'), verifying: t('Checking…'),
  verified: (entries: number, forgotten: number) => t('All {entries, plural, one {# entry} other {# entries}} add up. {forgotten, plural, =0 {Nothing} other {Apart from what you deleted, nothing}} was changed, removed or put back since they were written.', { entries, forgotten }),
  verifiedLimits: t('This proves that nobody edited the log without the key of this vault. It cannot prove what someone who had the open vault did.'),
  verifiedForgotten: (entries: number) => t('The contents of {entries, plural, one {# entry} other {# entries}} were deleted by you; the log says when.', { entries }),
  verifyProgress: (done: number, total: number) => t('{done, number} of {total, number}', { done, total }), verifyStop: t('Stop checking'), verifyStopped: t('Stopped. Nothing was changed.'),
  forget: t('Delete older history'), forgetTitle: t('Delete older history?'), forgetWhich: t('What to delete'),
  forgetOlder: { month: t('Everything older than a month'), quarter: t('Everything older than three months'), year: t('Everything older than a year') }, forgetCompany: (name: string) => t('Everything about {name}', { name }),
  forgetNothing: t('There is nothing that old.'), forgetAction: (entries: number) => t('Delete {entries, plural, one {# entry} other {# entries}}', { entries }),
  forgetText: (entries: number) => t('The words of {entries, plural, one {# entry} other {# entries}} go for good: who asked, about what, and when. You will not be able to look them up or prove them to anyone.', { entries }),
  forgetStays: t('What stays is one line that says how many you deleted and when, and for each a number, its month and a code nobody can read, so that the rest of the log can still be checked. Permissions, records and your profile are not touched.'),
  forgetCopies: t('Backups you made before still hold the entries. Delete those yourself if you want.'), forgetKeep: t('Keep everything'), forgotten: (entries: number) => t('Deleted {entries, plural, one {# entry} other {# entries}} from the log.', { entries }),
  problems: {
    altered: t('An entry was changed or emptied after it was written.'), missing: t('Entries are missing.'), 'rolled-back': t('The vault was put back to an older state: newer entries are gone.'), unanchored: t('The mark kept beside the vault to recognise an older copy is gone.'), none: '',
  },
  brokenAt: (seq: number) => t('The first place that does not add up is entry {seq, number}.', { seq }), brokenTitle: t('The log does not add up'),
  accept: t('Take the log as it is'), acceptHint: t('Take the log as it is only when you know why it does not add up. That is written into the log, and from then on it is checked against today.'), accepted: t('Noted. From now on the log is checked against today.'),
  brokenNext: t('If you did not put back a backup yourself, find out who had access to this computer.'),
} as const;
