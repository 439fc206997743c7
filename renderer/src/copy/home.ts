/** Words of Home. */
import { counted, number } from './format.ts';

export const homeCopy = {
  title: 'Home',
  known: 'What is known', knownCounts: (items: number, records: number) => (records === 0 ? `${counted(items, 'thing')} you said yourself.` : `${counted(items, 'thing')} concluded or said, from ${counted(records, 'record')}.`),
  openProfile: 'Open the profile', wheelLabel: 'What the vault knows about you, by area',
  emptyTitle: 'Nothing is known yet', emptyText: 'Bring in a file from a service you use, and the wheel fills in.', emptyAction: 'Bring something in',
  sample: 'This is sample data of a made-up person. Remove it with one click under Sources.', toSources: 'Go to Sources',
  access: 'Who has access', noAccess: 'No company has access.', noAccessText: 'When a shop asks, you decide here what it learns.', seeCompanies: 'All companies', openRequest: 'Open a request',
  until: (date: string) => `until ${date}`, lastAsked: (when: string) => `Last asked ${when}`, neverAsked: 'Has not asked yet',
  companyWheel: (name: string) => `What ${name} may learn`,
  pending: 'Waiting for your answer', pendingLine: (name: string, what: string) => `${name} asks for ${what}.`, decide: 'Look at it', expires: (when: string) => `Runs out ${when}`,
  allWaiting: (count: number) => `See all ${number(count)} requests that wait`, allAccess: (count: number) => `See all ${number(count)} permissions`,
  lately: 'What happened lately', all: 'All activity', nothingYet: 'Nothing yet.',
  logTitle: 'The log does not add up', logText: 'The vault, or the mark kept beside it, is not as it was left. Somebody may have put an older copy back.', logLook: 'Look at the log',
  diskTitle: 'The disk is full', diskText: 'Everything in the vault is safe, and you can still lock it, end permissions and delete things: a little room was kept back for that. Free some space on this disk before you add anything.',
  reminderTitle: 'Your recovery phrase is not checked yet', reminderText: 'Without it, a forgotten passphrase means the vault stays shut for good.', reminderConfirm: 'Check it now', reminderRenew: 'Make a new phrase',
} as const;
