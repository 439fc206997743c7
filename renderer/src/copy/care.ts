/** Words for looking after decisions: putting off, always no, pausing, versions, templates, many permissions at once. */
import { counted, list } from './format.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const careCopy = {
  tomorrow: 'Remind me tomorrow', nextWeek: 'Remind me in a week', reminded: (when: string) => `Put off. It comes back ${when}.`, always: 'Always say no',
  alwaysTitle: (name: string) => `Say no to everything ${name} asks?`, alwaysText: (name: string) => `What ${name} asks from now on is not shown and not kept. It cannot tell: to it, nobody is here. You can take this back on its page.`, alwaysAction: 'Say no from now on', notAlways: 'Not always',
  putOff: (when: string) => `You put this off. It comes back ${when}, and you can decide before.`, bringBack: 'Bring it back now', later: 'For later', comesBack: (when: string) => `Comes back ${when}`,
  takeBack: 'Take my no back', refusedNow: (name: string) => `You say no to everything ${name} asks`, refusedText: (name: string) => `What ${name} asks is not shown and not kept. What you allowed it before stays as it is.`, hear: 'Hear its requests again', heard: (name: string) => `${name} can ask you again.`, refusedBadge: 'Always no',
  byHand: (name: string) => `You say no to everything ${name} asks. You opened this request yourself, so you can decide it all the same.`,

  pause: 'Pause', resume: 'End the pause', paused: (when: string) => `Paused since ${when}`, pausedText: (name: string) => `${name} gets no answer until you end the pause. It is told to come again later, as in any quiet time. The permission runs on and ends when it would have.`, pausedBadge: 'Paused', resumed: (name: string) => `${name} gets answers again, as you allowed.`,
  extend: 'Let it last longer', extendTitle: (name: string) => `How long may ${name} ask?`, extendText: (until: string, longest: string) => `It ends on ${until} now. ${longest} is as long as the company asked for; for more it has to ask again.`, extendUntil: 'Until', extended: (until: string) => `It lasts until ${until} now.`, onHold: 'On hold', onBreak: 'You are on a break', coarser: 'Everything one step coarser', coarserHint: 'One press, nothing else to choose.',
  fade: 'Gets coarser', fadeNever: 'Never', fadeEvery: (count: number) => (count === 1 ? 'After every answer' : `After every ${count} answers`), fades: (every: number, lost: number) => `It says one step less after every ${counted(every, 'answer')}. ${lost === 0 ? 'So far it says all you allowed.' : `So far it has lost ${counted(lost, 'step')}.`}`, renew: 'Renew', renewed: 'It says all you allowed again.',
  suggestions: { 'ends-soon': 'Ends soon', unused: 'Not used for a month', 'rarely-used': 'Rarely used', 'little-use': 'Hardly of use to it' } as const,
  versions: (count: number) => (count === 1 ? 'How you gave it' : `How it changed, in ${counted(count, 'version')}`), changes: { given: 'You gave it', narrowed: 'You made it smaller', paused: 'You paused it', resumed: 'You let it go on', extended: 'You let it last longer', renewed: 'You renewed it' } as const,
  version: (claims: readonly string[], pace: string, until: string, purposes: readonly string[]) => `${capital(list(claims))}; ${pace}, until ${until}. ${list(purposes)}.`, shown: 'What held from then on', openGrant: 'How it stands, how it changed', grantPage: (name: string) => `What ${name} may learn`, grantLead: 'One permission: what it says now, what it gains and costs, and how it came to this.',
  versionMore: (fadeEvery: number | null, noise: number | null, crowd: string | null) => [...(noise === null ? [] : [`Interests deniable: about one in ${Math.round((noise + 2) / 2)} made up.`]), ...(fadeEvery === null ? [] : [`A step less after every ${counted(fadeEvery, 'answer')}.`]), ...(crowd === null ? [] : [`All it would know then fit ${crowd}.`])].join(' '),
  purposes: 'Keep for', noPurpose: 'Keep at least one purpose.',

  template: 'Fill in from a template', templateApplied: (name: string) => `Filled in from “${name}”. Look at it before you allow it.`,
  keepTemplate: 'Keep these choices as a template', templateTitle: 'Keep these choices', templateName: 'Name', templateHint: 'Under a name you have used before, it replaces what was there. Brands are never part of it.', templateSave: 'Keep', templateSaved: (name: string) => `Kept as “${name}”.`,
  templates: 'Templates', templatesLead: 'Choices you can fill in with one press when a company asks. Nothing is allowed by itself.', templateDelete: 'Delete', templateDeleted: (name: string) => `“${name}” is deleted.`, shipped: 'Comes with Penchant',
  templateSays: (claims: readonly string[], limits: readonly string[]) => `${capital(list(claims))}, nothing else${limits.length === 0 ? '' : `; ${list(limits)}`}.`, templateDays: (days: string) => `for ${days} at most`,

  tab: 'Permissions', title: 'Permissions', lead: 'Everything companies may learn now, in one list. Tick some to pause or end them together.',
  empty: 'Nobody has a permission', emptyText: 'When you allow a company something, it stands here until it ends.',
  columns: { company: 'Company', what: 'What', pace: 'How often', used: 'Last answer', ends: 'Ends', address: 'Address' },
  saveTable: 'Save the list', fileName: 'penchant-permissions.csv', saved: (count: number) => `${counted(count, 'permission')} saved.`, tick: (name: string, what: string) => `Tick ${name}: ${what}`, tickAll: 'Tick all', tickSuggested: (count: number) => `Tick those worth a look (${count})`,
  ticked: (count: number) => (count === 0 ? 'Nothing is ticked.' : `${counted(count, 'permission')} ticked.`), pauseTicked: 'Pause', resumeTicked: 'End the pause', endTicked: 'End', untickAll: 'Untick all',
  endTitle: (count: number) => `End ${counted(count, 'permission')}?`, endText: 'They get nothing from the next time they ask. This cannot be undone: to learn anything again, they have to ask you again. What they have learnt, they may still have.', endAction: 'End them', keepThem: 'Leave them as they are',
  did: { paused: (count: number) => `${counted(count, 'permission')} paused.`, resumed: (count: number) => `${counted(count, 'permission')} ${count === 1 ? 'goes' : 'go'} on.`, ended: (count: number) => `${counted(count, 'permission')} ended.` },
} as const;
