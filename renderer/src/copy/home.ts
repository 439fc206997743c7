/** Words of Home. */
import { t } from '../../../shared/language/message.ts';

export const homeCopy = {
  title: t('Home'),
  known: t('What is known'), knownCounts: (items: number, records: number) => (t('{records, plural, =0 {{items, plural, one {# thing} other {# things}} you said yourself.} other {{items, plural, one {# thing} other {# things}} concluded or said, from {records, plural, one {# record} other {# records}}.}}', { items, records })),
  openProfile: t('Open the profile'), wheelLabel: t('What the vault knows about you, by area'),
  emptyTitle: t('Nothing is known yet'), emptyText: t('Bring in a file from a service you use, and the wheel fills in.'), emptyAction: t('Bring something in'),
  sample: t('This is sample data of a made-up person. You can remove it under Sources at any time.'), toSources: t('Go to Sources'),
  access: t('Who has access'), noAccess: t('No company has access.'), noAccessText: t('When a shop asks, you decide here what it learns.'), seeCompanies: t('All companies'), openRequest: t('Open a request'),
  until: (date: string) => t('until {date}', { date }), lastAsked: (when: string) => t('Last asked {when}', { when }), neverAsked: t('Has not asked yet'),
  companyWheel: (name: string) => t('What {name} may learn', { name }),
  pending: t('Waiting for your answer'), pendingLine: (name: string, what: string) => t('{name} asks for {what}.', { name, what }), decide: t('Look at it'), expires: (when: string) => t('Runs out {when}', { when }),
  allWaiting: (count: number) => t('See all {count, number} requests that wait', { count }), allAccess: (count: number) => t('See all {count, number} permissions', { count }),
  lately: t('What happened lately'), all: t('All activity'), nothingYet: t('Nothing yet.'),
  logTitle: t('The log does not add up'), logText: t('The vault, or the mark kept beside it, is not as it was left. Somebody may have put an older copy back.'), logLook: t('Look at the log'),
  diskTitle: t('The disk is full'), diskText: t('Everything in the vault is safe, and you can still lock it, end permissions and delete things: a little room was kept back for that. Free some space on this disk before you add anything.'),
  newerLook: t('Where to get it'),
  reminderTitle: t('Your recovery phrase is not checked yet'), reminderText: t('Without it, a forgotten passphrase means the vault stays shut for good.'), reminderConfirm: t('Check it now'), reminderRenew: t('Make a new phrase'),
} as const;
