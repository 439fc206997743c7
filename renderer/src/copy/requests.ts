/** Words of requests and the decision. */
import { counted, days, list, number } from './format.ts';
import { cadenceWords, type CadenceLike } from './claims.ts';

export const requestsCopy = {
  tabs: 'Companies and requests', tabCompanies: 'Companies', tabRequests: 'Requests',
  title: 'Requests', lead: 'What companies would like to know. Nothing leaves until you allow it, and saying no looks to them as if nobody were here.',
  open: 'Open a request', openText: 'Paste the text or link a company gave you, or drop its file here.', paste: 'Text or link', pastePlaceholder: 'penchant://request?… or a long line of letters', openAction: 'Open', drop: 'Drop a request file here',
  waiting: 'Waiting for your answer', decided: 'Answered', empty: 'No requests yet', emptyText: 'When a company asks, it appears here.',
  states: { open: 'Open', granted: 'Allowed', denied: 'You said no', expired: 'Ran out' },
  expires: (when: string) => `Runs out ${when}`, received: (when: string) => `Came ${when}`, look: 'Look at it', backToList: 'All requests',

  asks: (name: string) => `${name} asks`,
  would: (name: string, purposes: readonly string[], cadence: CadenceLike, durationDays: number) => `${name} would like to ${list(purposes.map((label) => label.charAt(0).toLowerCase() + label.slice(1)))}. It wants to ask ${cadenceWords(cadence)} for ${days(durationDays)}.`,
  contact: 'Contact', policy: 'Its privacy notice',
  checkIdentity: (domain: string) => `Ask ${domain}`, checkIdentityHint: (domain: string) => `${domain} then learns that someone looked at this request, not who.`, checkedHere: 'It was asked. But an address on this computer proves nothing: any program here can serve any name.', checkedUnsure: (domain: string) => `${domain} was asked, and did not vouch for this request.`,
  mismatchTitle: 'This may not be who it says it is',
  already: (count: number) => `It already has ${counted(count, 'active permission')}. This would be one more.`,

  what: 'What it would like to know', whatLead: 'Nothing is ticked. Tick what you want to give, as coarse as you like.', ticked: (count: number) => `${counted(count, 'thing')} ticked. Each can be given more coarsely than it asks.`,
  required: 'Required', optional: 'Optional', requiredHint: 'The company says it cannot go on without this.',
  overAsking: 'More than its own document says it needs',
  known: (count: number) => (count === 0 ? 'The vault knows nothing about this, so nothing would be said.' : `The vault knows ${counted(count, 'thing')} here. How much of it is said depends on the crowd you want.`),
  nameMeans: 'What the company knows you by', nameText: (name: string) => [`${name} knows you by a made-up name that no other company gets. Two companies that compare their lists find nothing that matches.`, `It does not hide you from ${name} if you sign in there, or order to your address. Then it can put what it learns beside your name.`],
  precision: (claim: string) => `How exact: ${claim}`,
  brands: 'Tick the names it may learn', brandsNone: 'No brands are in your profile.', brandsHint: 'Names you do not tick stay here.',

  purposes: 'What for', purposesLead: 'Tick what you agree to. It may use the answer for nothing else.', purposeSays: (name: string) => `${name} says`, purposeOne: 'The only purpose it names:',
  howLong: 'For how long, how often', duration: 'Ends after', cadence: 'May ask', asAsked: 'as asked',

  holds: 'What holds it to this', kinds: {
    enforced: { title: 'Penchant makes sure', says: 'The vault itself enforces this. The company cannot get around it.' },
    declared: { title: 'The terms promise', says: 'The company signs these terms. Breaking them is against its word, and the law may help you.' },
    claimed: { title: 'The company says', says: 'These are its own words. Nobody has checked them.' },
  },
  terms: (label: string) => `Terms: ${label}`, noStatements: 'Nothing.', retention: (count: number) => `It says it keeps what it learns for ${days(count)}.`,

  gets: 'What you get', getsSays: (name: string) => `${name} says:`, getsNothing: (name: string) => `${name} does not say what you get for it.`,
  leaves: 'What would leave today', leavesNothing: 'Nothing is ticked, so nothing would leave.', leavesLead: 'Exactly this, and nothing else. Later answers change as your profile does.', leavesDeniable: 'Exactly this. What is marked as deniable may be made up, and it stays the same for three months.', updating: 'Working it out…',
  wheelLabel: 'Your wheel, with what this company would learn lit up',
  decision: 'Your decision', short: (count: number, cadence: CadenceLike, durationDays: number) => `${counted(count, 'thing')}, ${cadenceWords(cadence)}, for ${days(durationDays)}`, quietToo: (hours: string) => `Your quiet hours hold too: nothing leaves from ${hours}.`, quietNone: 'You keep no hours quiet.', quietChange: 'Change quiet hours', areasLit: (count: number) => (count === 1 ? 'area lit' : 'areas lit'),
  youWouldAllow: (name: string, claims: readonly string[], cadence: CadenceLike, durationDays: number) => `${name} could ask for ${list(claims)}, ${cadenceWords(cadence)}, for ${days(durationDays)}.`,
  allow: 'Allow this', deny: 'Say no',
  needRequired: (names: readonly string[]) => `To go on, the company requires ${list(names)}. Tick it, or say no.`,
  needSomething: 'Tick at least one thing to allow, or say no.', needPurpose: 'Tick at least one purpose, or say no.',
  denied: (name: string) => `${name} sees the same as if nobody were here.`, deniedOver: (name: string) => `It has run out since. If you change your mind, ask ${name} for a new request.`,

  given: 'What you allowed', notFetched: (name: string) => `${name} did not get it?`,
  allowed: 'Allowed', allowedLead: (name: string, cadence: CadenceLike, until: string) => `${name} can ask ${cadenceWords(cadence)} until ${until}. You can end this any time.`,
  token: 'The token', tokenSays: 'This is what the company gets. It holds none of your preferences: it is a key for asking, and it stops working when you say so.',
  hand: (name: string) => `If ${name} asked through a program on this computer, it picks the token up by itself. Otherwise paste it where ${name} asked for it, or send it as a file.`,
  copyToken: 'Copy the token', copied: 'Copied', copyFailed: 'Could not copy', saveToken: 'Save as a file', showToken: 'Show the token',
  toCompany: (name: string) => `See or end what ${name} may learn`, tokenFile: (domain: string) => `penchant-token-${domain.replaceAll(/[^a-z0-9.-]/gi, '-')}.txt`,
  ended: 'It has ended.',
  durations: (count: number, asked: boolean) => `${days(count)}${asked ? ' (as asked)' : ''}`,
  cadences: (cadence: CadenceLike, asked: boolean) => `${cadenceWords(cadence)}${asked ? ' (as asked)' : ''}`,
  moreItems: (count: number) => `${number(count)} more`,
} as const;

export const companiesCopy = {
  title: 'Companies', lead: 'Who may ask, what they may learn, and until when.',
  empty: 'No company has asked yet', emptyText: 'When a shop or service asks what you like, you open its request here and decide.',
  columns: { company: 'Company', access: 'Access', asked: 'Answers given', last: 'Last answer', requests: 'Open requests' },
  activeCount: (count: number) => (count === 0 ? 'None' : counted(count, 'active permission')),
  never: 'Never', back: 'All companies',
  identity: 'Who this is', grants: 'What it may learn', noGrants: 'It may learn nothing now.', past: 'Ended permissions', history: 'History with this company', receipt: 'Save a receipt', receiptHint: (name: string) => `A file ${name} can check by itself. It proves what your log holds about ${name} under its newest name for you, and says nothing about anyone else. Whoever has the file can check it: give it only to ${name}.`, receiptSaved: (entries: number) => `Saved a receipt of ${counted(entries, 'entry', 'entries')}.`, openRequests: 'It is waiting for your answer',
  notFound: 'This company is not in your vault', grantGone: 'This permission is not in your vault', ever: 'Ever allowed',
  grantSince: (date: string) => `Allowed on ${date}`, until: (date: string) => `until ${date}`, endedOn: (date: string) => `Ended on ${date}`,
  asked: (count: number, refused: number, last: string | null) => `${last === null ? 'It has not asked yet.' : `It got ${counted(count, 'answer')}, the last ${last}.`}${refused === 0 ? '' : ` ${number(refused)} refused.`}`,
  remaining: (count: number, per: 'day' | 'week' | 'month') => `${count === 0 ? 'It has asked as often as it may' : `It can still ask ${count === 1 ? 'once' : `${number(count)} times`}`} ${per === 'day' ? 'today' : `this ${per}`}.`,
  now: 'What it would get now', wheelLabel: (name: string) => `What ${name} may learn, on your wheel`,
  narrow: 'Make it smaller', narrowTitle: (name: string) => `Make what ${name} may learn smaller`, narrowLead: 'You can only take away here. For more, the company has to ask again. It counts from the next time it asks.', narrowAction: 'Make it smaller', narrowed: 'Made smaller. It counts from the next time it asks.', narrowNothing: 'Keep at least one thing. To take away everything, close this and choose “End this”.',
  keep: 'Keep', ends: 'Ends', inDays: (count: number) => `in ${days(count)}`, pace: 'May ask', earlier: 'as it is',
  revoke: 'End this', revokeTitle: (name: string) => `End what ${name} may learn?`, revokeText: (name: string) => `The next time ${name} asks, it gets nothing. This cannot be undone: to learn anything again, it has to ask you again. What it has already learnt, it may still have.`, revokeAction: (name: string) => `End access for ${name}`, keepIt: 'Leave it as it is', revoked: (name: string) => `Ended. ${name} gets nothing any more.`,
  token: 'Token', suspended: 'Suspended: it gets no answers for now.', suspendedBadge: 'Suspended',
} as const;
