/** Words of requests and the decision. */
import { days, inSentence, list } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import { cadenceWords, type CadenceLike } from './claims.ts';

export const requestsCopy = {
  title: t('Requests'), lead: t('What companies would like to know. Nothing leaves until you allow it, and saying no looks to them as if nobody were here.'),
  openText: t('Paste the text or link a company gave you, or drop its file here.'), paste: t('Text or link'), pastePlaceholder: t('penchant://request?… or a long line of letters'), openAction: t('verb|Open'), drop: t('Drop a request file here'),
  waiting: t('Waiting for your answer'), decided: t('list|Answered'), empty: t('No requests yet'), emptyText: t('When a company asks, it appears here.'),
  count: (count: number) => t('{count, plural, one {# request} other {# requests}}', { count }),
  states: { open: t('state|Open'), granted: t('Allowed'), denied: t('You said no'), expired: t('Ran out') }, endedSince: t('Allowed, ended since'),
  expires: (when: string) => t('Runs out {when}', { when }), received: (when: string) => t('Came {when}', { when }), look: t('Look at it'), backToList: t('All requests'),

  asks: (name: string) => t('{name} asks', { name }),
  would: (name: string, purposes: readonly string[], cadence: CadenceLike, durationDays: number) => t('{name} would like to {purposes}. It wants to ask {cadence} for {duration}.', { name, purposes: list(purposes.map(inSentence)), cadence: cadenceWords(cadence), duration: days(durationDays) }),
  contact: t('Contact'), policy: t('Its privacy notice'),
  checkIdentity: (domain: string) => t('Ask {domain}', { domain }), checkIdentityHint: (domain: string) => t('{domain} then learns that someone looked at this request, not who.', { domain }), here: t('It comes from a program on this computer, as the practice shop does. Any program here can use any name, so there is nobody to ask.'), checkedUnsure: (domain: string) => t('{domain} was asked, and did not vouch for this request.', { domain }),
  mismatchTitle: t('This may not be who it says it is'),
  already: (count: number) => t('It already has {count, plural, one {# active permission} other {# active permissions}}. This would be one more.', { count }),

  what: t('What it would like to know'), whatLead: t('Nothing is ticked. Tick what you want to give, as coarse as you like.'), ticked: (count: number) => t('{count, plural, one {# thing} other {# things}} ticked. Each can be given more coarsely than it asks.', { count }),
  required: t('Required'), optional: t('Optional'), requiredHint: t('The company says it cannot go on without this.'),
  overAsking: t('More than its own document says it needs'),
  known: (count: number) => (t('{count, plural, =0 {The vault knows nothing about this, so nothing would be said.} one {The vault knows # thing here. How much of it is said depends on the crowd you want.} other {The vault knows # things here. How much of it is said depends on the crowd you want.}}', { count })),
  whoMore: t('How to reach it, and under which name it knows you'), nameMeans: t('What the company knows you by'), nameText: (name: string) => [t('{name} knows you by a made-up name that no other company gets. Two companies that compare their lists find nothing that matches.', { name }), t('It does not hide you from {name} if you sign in there, or order to your address. Then it can put what it learns beside your name.', { name })],
  precision: (claim: string) => t('How exact: {claim}', { claim }),
  brands: t('Tick the names it may learn'), brandsNone: t('No brands are in your profile.'), brandsHint: t('Names you do not tick stay here.'),

  purposes: t('What for'), purposesLead: t('Tick what you agree to. It may use the answer for nothing else.'), purposeSays: (name: string) => t('{name} says', { name }), purposeOne: t('The only purpose it names:'),
  howLong: t('For how long, how often'), duration: t('Ends after'), cadence: t('May ask'), asAsked: t('as asked'),

  holds: t('What holds it to this'), kinds: {
    enforced: { title: t('Penchant makes sure'), says: t('The vault itself enforces this. The company cannot get around it.') },
    declared: { title: t('The terms promise'), says: t('The company signs these terms. Breaking them is against its word, and the law may help you.') },
    claimed: { title: t('The company says'), says: t('These are its own words. Nobody has checked them.') },
  },
  terms: (label: string) => t('Terms: {label}', { label }), noStatements: t('Nothing.'), retention: (count: number) => t('It says it keeps what it learns for {count}.', { count: days(count) }),

  gets: t('What you get'), getsSays: (name: string) => t('{name} says:', { name }), getsNothing: (name: string) => t('{name} does not say what you get for it.', { name }),
  leaves: t('What would leave today'), leavesNothing: t('Nothing is ticked, so nothing would leave.'), leavesLead: t('Exactly this, and nothing else. Later answers change as your profile does.'), leavesDeniable: t('Exactly this. What is marked as deniable may be made up, and it stays the same for three months.'), updating: t('Working it out…'),
  wheelLabel: t('Your wheel, with what this company would learn lit up'),
  decision: t('Your decision'), short: (count: number, cadence: CadenceLike, durationDays: number) => t('{count, plural, one {# thing} other {# things}}, {cadence}, for {durationDays}', { count, cadence: cadenceWords(cadence), durationDays: days(durationDays) }), quietToo: (hours: string) => t('Your quiet hours hold too: nothing leaves from {hours}.', { hours }), quietNone: t('You have set no quiet hours.'), quietChange: t('Change quiet hours'), areasLit: (count: number) => (t('{count, plural, one {area lit} other {areas lit}}', { count })),
  youWouldAllow: (name: string, claims: readonly string[], cadence: CadenceLike, durationDays: number) => t('{name} could ask for {claims}, {cadence}, for {durationDays}.', { name, claims: list(claims), cadence: cadenceWords(cadence), durationDays: days(durationDays) }),
  allow: t('Allow this'), deny: t('Say no'),
  needRequired: (names: readonly string[]) => t('To go on, the company requires {names}. Tick it, or say no.', { names: list(names) }),
  needSomething: t('Tick at least one thing to allow, or say no.'), needPurpose: t('Tick at least one purpose, or say no.'),
  denied: (name: string) => t('{name} sees the same as if nobody were here.', { name }), deniedOver: (name: string) => t('It has run out since. If you change your mind, ask {name} for a new request.', { name }),

  given: t('What you allowed'), notFetched: (name: string) => t('{name} did not get it?', { name }),
  allowed: t('Allowed'), allowedLead: (name: string, cadence: CadenceLike, until: string) => t('{name} can ask {cadence} until {until}. You can end this any time.', { name, cadence: cadenceWords(cadence), until }),
  token: t('The token'), tokenSays: t('This is what the company gets. It holds none of your preferences: it is a key for asking, and it stops working when you say so.'),
  hand: (name: string) => t('If {name} asked through a program on this computer, it picks the token up by itself. Otherwise paste it where {name} asked for it, or send it as a file.', { name }),
  copyToken: t('Copy the token'), copied: t('Copied'), copyFailed: t('Could not copy'), saveToken: t('Save as a file'), showToken: t('Show the token'),
  toCompany: (name: string) => t('See or end what {name} may learn', { name }), tokenFile: (domain: string) => `penchant-token-${domain.replaceAll(/[^a-z0-9.-]/gi, '-')}.txt`,
  ended: t('It has ended.'),
  durations: (count: number, asked: boolean) => (asked ? t('{duration} (as asked)', { duration: days(count) }) : days(count)),
  cadences: (cadence: CadenceLike, asked: boolean) => (asked ? t('{cadence} (as asked)', { cadence: cadenceWords(cadence) }) : cadenceWords(cadence)),
  moreItems: (count: number) => t('{count, number} more', { count }),
} as const;

export const companiesCopy = {
  title: t('Companies'), fileName: 'penchant-companies', lead: t('Who may ask, what they may learn, and until when.'),
  empty: t('No company has asked yet'), emptyText: t('When a shop or service asks what you like, you open its request here and decide.'),
  columns: { company: t('Company'), access: t('Access'), asked: t('Answers given'), last: t('Last answer'), requests: t('Open requests') },
  activeCount: (count: number) => (t('{count, plural, =0 {None} one {# active permission} other {# active permissions}}', { count })),
  never: t('Never'), back: t('All companies'), openOf: (name: string) => t('Open {name}', { name }), logOf: (name: string) => t('What happened with {name}', { name }),
  identity: t('Who this is'), grants: t('What it may learn'), noGrants: t('It may learn nothing now.'), past: t('Ended permissions'), history: t('History with this company'), receipt: t('Save a receipt'), receiptHint: (name: string) => t('A file {name} can check by itself. It proves what your log holds about {name} under its newest name for you, and says nothing about anyone else. Whoever has the file can check it: give it only to {name}.', { name }), receiptSaved: (entries: number) => t('Saved a receipt of {entries, plural, one {# entry} other {# entries}}.', { entries }), openRequests: t('It is waiting for your answer'),
  notFound: t('This company is not in your vault'), grantGone: t('This permission is not in your vault'), ever: t('Ever allowed'),
  grantSince: (date: string) => t('Allowed on {date}', { date }), until: (date: string) => t('until {date}', { date }), endedOn: (date: string) => t('Ended on {date}', { date }),
  asked: (count: number, refused: number, last: string | null) => [last === null ? t('It has not asked yet.') : t('It got {count, plural, one {# answer} other {# answers}}, the last {last}.', { count, last }), ...(refused === 0 ? [] : [t('{refused, plural, one {# refused.} other {# refused.}}', { refused })])].join(' '),
  remaining: (count: number, per: 'day' | 'week' | 'month') => t('{count, plural, =0 {It has asked as often as it may} =1 {It can still ask once} other {It can still ask # times}} {per, select, day {today} week {this week} other {this month}}.', { count, per }),
  now: t('What it would get now'), afterPause: t('What it would get after the pause'), wheelLabel: (name: string) => t('What {name} may learn, on your wheel', { name }),
  narrow: t('Make it smaller'), narrowTitle: (name: string) => t('Make what {name} may learn smaller', { name }), narrowLead: t('You can only take away here. For more, the company has to ask again. It counts from the next time it asks.'), narrowAction: t('Make it smaller'), narrowed: t('Made smaller. It counts from the next time it asks.'), narrowNothing: t('Keep at least one thing. To take away everything, close this and choose “End this”.'),
  keep: t('Keep'), ends: t('Ends'), inDays: (count: number) => t('in {count}', { count: days(count) }), pace: t('May ask'), earlier: t('as it is'),
  revoke: t('End this'), revokeTitle: (name: string) => t('End what {name} may learn?', { name }), revokeText: (name: string) => t('The next time {name} asks, it gets nothing. This cannot be undone: to learn anything again, it has to ask you again. What it has already learnt, it may still have.', { name }), revokeAction: (name: string) => t('End access for {name}', { name }), keepIt: t('Leave it as it is'), revoked: (name: string) => t('Ended. {name} gets nothing any more.', { name }),
  token: t('Token'), suspended: t('Suspended: it gets no answers for now.'), suspendedBadge: t('Suspended'),
} as const;
