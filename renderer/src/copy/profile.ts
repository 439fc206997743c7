/** Words of the profile. */
import { counted, number } from './format.ts';

export const profileCopy = {
  title: 'Profile', lead: 'What the vault concluded from your records, and what you said yourself. A company learns only what you allow it.',
  add: 'Add by hand', search: 'Search your profile', kind: 'Kind', allKinds: 'Everything', area: 'Area', allAreas: 'All areas', origin: 'Where from', allOrigins: 'Anywhere',
  wheelLabel: 'Your profile by area', explain: 'How to read the wheel',
  pointed: 'Point at a slice to see what is strongest there. Press Enter to open its list.',
  strongestIn: (area: string) => `Strongest in ${area}`, openArea: (area: string) => `Show all of ${area}`, nothingHere: 'Nothing known here.', sealedHere: 'Sealed. Whatever is known here never leaves the vault.',
  summary: (items: number, records: number) => `${counted(items, 'entry', 'entries')} from ${counted(records, 'record')}`,
  wheelFile: 'my-wheel',
  groups: { intent: 'Looking to buy', brand: 'Brands', price_band: 'Price range', about: 'About you', other: 'Other' },
  showAll: (count: number) => `Show all ${number(count)}`, showFewer: 'Show fewer',
  evidence: (count: number) => (count === 0 ? 'your own word' : `from ${counted(count, 'record')}`),
  horizon: (weeks: number) => `within ${counted(weeks, 'week')}`,
  sealed: 'Sealed', sealedExplain: 'This belongs to a closed category, such as health, belief or money trouble. It stays in the vault and no company is ever told, not even that it is there.',
  why: 'Why?', whyOf: (label: string) => `Why: ${label}`,
  seen: (when: string) => `Last seen ${when}`,
  empty: 'Nothing is known yet', emptyText: 'Bring in a file from a service you use, or add something by hand.', emptyAction: 'Bring something in',
  noMatch: 'Nothing matches', noMatchText: 'Try another word, or clear the filters.', clear: 'Clear the filters',
  rejections: 'Never inferred', rejectionsText: 'You said these must not be concluded about you. No rule does, whatever the records say.', rejectionsEmpty: 'You have not ruled anything out.', restore: 'Allow again', restored: (label: string) => `${label} may be concluded again.`,
  rejectedOn: (date: string) => `since ${date}`,
} as const;

export const rulesCopy = {
  title: 'Penchant reads your records better now', text: 'This version knows more names and words. Your profile stays as it was until you have seen what would change.', see: 'See what would change', home: 'New rules wait for you on your profile.',
  dialogTitle: 'What the new rules would change', reading: 'Your records are still being read by the new rules. What they would change shows here as soon as that is done.',
  none: 'Nothing you would notice changes.', groups: { added: 'New', removed: 'Gone', stronger: 'Stronger', weaker: 'Weaker' }, same: (count: number) => `${counted(count, 'entry', 'entries')} ${count === 1 ? 'stays' : 'stay'} as ${count === 1 ? 'it is' : 'they are'}.`,
  closed: 'Things the new rules count as closed are sealed already, whatever you choose here. What you said yourself stays as you said it.', from: (before: string, after: string) => `${before}, then ${after}`,
  later: 'Not now', apply: 'Use the new rules', applied: 'The new rules apply.',
} as const;

export const closedCopy = {
  title: 'Closed part',
  shut: (count: number) => `${counted(count, 'thing')} from closed categories, such as health, belief or money trouble, ${count === 1 ? 'is' : 'are'} kept here under a key of ${count === 1 ? 'its' : 'their'} own. Unlocking the vault does not open it, and no company is ever told.`,
  empty: 'Whatever falls into a closed category, such as health, belief or money trouble, is kept here under a key of its own. Nothing has so far.',
  open: (until: string) => `Open until ${until}. The entries stand in the list above, marked with a lock. Nothing about what companies get changes.`,
  action: 'Open it', shutAction: 'Shut it now', dialogTitle: 'Open the closed part?', dialogText: 'For ten minutes the profile also shows what belongs to closed categories. Anyone looking at your screen can read it.',
  passphrase: 'Your passphrase', added: 'Kept in the closed part. You see it when you open that part.',
} as const;

const NAMED = { thing: (name: string, maker: string | null) => (maker === null ? `“${name}”` : `“${name}” by ${maker}`), creator: (name: string) => `Everything by ${name}`, collection: (name: string) => `Everything in “${name}”` } as const;
export const notMeCopy = {
  action: 'Not me', about: (title: string) => `${title} was not me`, title: (title: string) => `“${title}” was not you?`,
  text: (count: number) => `${count === 1 ? 'It stays' : 'They stay'} among your records, but nothing is concluded from ${count === 1 ? 'it' : 'them'} any more, also when ${count === 1 ? 'it comes' : 'they come'} in again with another import. You can take that back at the foot of your profile.`,
  what: 'What was not you?', scopes: { thing: () => 'Only this', creator: (item: { readonly creator: string | null }) => `Everything by ${item.creator ?? ''}`, collection: (item: { readonly collection: string | null }) => `Everything in “${item.collection ?? ''}”` },
  save: 'It was not me', said: (count: number) => (count === 1 ? 'It does not count any more.' : `${number(count)} things do not count any more.`),
  named: ({ scope, name, maker }: { readonly scope: keyof typeof NAMED; readonly name: string; readonly maker: string | null }) => NAMED[scope](name, maker),
  list: 'Not you', listText: 'You said these records are not about you. They stay, and nothing is concluded from them.', listEmpty: 'You have not said of anything that it was not you. You can where Penchant says why it believes something, and under “Everything kept”.',
  wasMe: 'It was me', wasMeOf: (name: string) => `It was me: ${name}`, back: 'It counts again.', noteTitle: 'You said this was not you', note: 'It stays among your records, and nothing is concluded from it.',
  chosen: (count: number) => `${number(count)} were not me`, manyTitle: (count: number) => `${counted(count, 'thing')} ${count === 1 ? 'was' : 'were'} not you?`, manyMost: (most: number) => `At most ${number(most)} at once. Choose fewer.`,
} as const;

export const whyCopy = {
  allThings: 'All things that speak for it',
  strength: 'How much', confidence: 'How sure', origin: 'Where from', lastSeen: 'Last seen', exact: 'Path', iab: 'IAB number',
  iabHint: 'The number that companies use for this topic in their own systems.',
  changesTitle: 'What would change it', rulesTitle: 'What it rests on', disowned: (count: number) => `${counted(count, 'thing')} more would point here, but you said ${count === 1 ? 'it was' : 'they were'} not you.`, ruleFrom: (records: number) => `From ${counted(records, 'record')}, by the rule`, examples: 'For example', times: (count: number) => (count === 1 ? 'once' : `${number(count)} times`),
  correct: 'Put it right', reject: 'Never infer this', remove: 'Delete', saveCorrection: 'Save',
  howMuch: 'How much do you like it?', howMuchAvoid: 'How much do you want to avoid it?', howMuchIntent: 'How much do you want to buy it?', correctLead: 'What you say counts from now on, whatever the records say.',
  correctHow: 'What should count?', pin: 'Keep it as it is now', pinHint: 'It stays this strong, whatever comes in and however long ago it was.', weaken: 'Let it count less', weakenHint: 'Half of what the records say. It still follows them.', level: 'Say yourself how much', levelHint: 'Your word replaces what the records say.', somethingElse: 'It is something else', somethingElseHint: 'Choose what it really is. This is not concluded again, and the other counts as your own word.',
  other: (label: string, other: string) => `${other} from now on, and never ${label}.`, finer: (label: string, finer: string) => `${finer} counts from now on, beside ${label}.`,
  pinned: (label: string) => `${label} stays as it is.`, weakened: (label: string) => `${label} counts half from now on.`, letGo: 'Let it follow the records',
  levels: { a: 'A little', b: 'Somewhat', c: 'Clearly', d: 'Very much' },
  corrected: 'Noted. Your word counts from now on.',
  rejectTitle: (label: string) => `Never infer “${label}”?`, rejectText: 'It is removed now, with everything finer below it, and no rule will conclude it again. You can allow it again at the foot of the profile.', rejectAction: 'Never infer this', rejected: (label: string) => `${label} will not be inferred again.`,
  deleteTitle: (label: string) => `Delete “${label}”?`, deleteText: 'Your own word about this is deleted. If the records say it too, it may come back as a conclusion; use “Never infer this” to prevent that.', deleteAction: 'Delete this entry', deleted: (label: string) => `${label} deleted.`,
} as const;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const timelineCopy = {
  title: 'How it rose and fell', records: 'Records',
  /** `month`: 0 for January. */
  month: (year: number, month: number) => `${MONTHS[month] ?? ''} ${year}`,
} as const;

export const trendCopy = {
  directions: { new: 'New', growing: 'Growing', steady: 'Steady', fading: 'Fading' },
  months: 'The last two years, month by month',
  compared: (recent: number, before: number) => `${counted(recent, 'day')} in the newest half year of your records, ${number(before)} in the half year compared with it`,
  explain: 'The small bars are the days in each month of the last two years on which you had something to do with it. Growing or fading compares the newest half year of your records with the same months a year before, or with the half year just before when there is nothing older.',
} as const;

export const addCopy = {
  title: 'Add something by hand', lead: 'What you say yourself counts fully. It stays in the vault until you allow a company to learn it.',
  kind: 'What kind of thing?',
  horizon: 'When might you buy it?', department: 'Department', band: 'Price range', often: 'How often', anyTime: 'No limit', size: 'Size', sizeHint: 'As it stands on the label.', brand: 'Brand name', value: 'Value', country: 'Country', subdivision: 'State or province (optional)', subdivisionHint: 'Only its short code after the country, such as BY for Bavaria. It can never be finer than this.', noCountry: 'Choose a country',
  action: 'Add to profile', added: (label: string) => `${label} added.`,
  bands: { low: 'Lower', middle: 'Middle', high: 'Upper' }, units: { metric: 'Metric (kilometres, kilograms)', imperial: 'Imperial (miles, pounds)' },
  horizons: { '2': 'Within two weeks', '4': 'Within a month', '13': 'Within three months', '26': 'Within half a year', '52': 'Within a year' },
} as const;

/** Fixed choices for what people say by hand: [value, label]. */
export const CHOICES = {
  style: [['bohemian', 'Bohemian'], ['casual', 'Casual'], ['classic', 'Classic'], ['colourful', 'Colourful'], ['elegant', 'Elegant'], ['industrial', 'Industrial'], ['minimalist', 'Minimalist'], ['modern', 'Modern'], ['outdoor', 'Outdoor'], ['preppy', 'Preppy'], ['rock', 'Rock'], ['romantic', 'Romantic'], ['rustic', 'Rustic'], ['scandinavian', 'Scandinavian'], ['sporty', 'Sporty'], ['streetwear', 'Streetwear'], ['vintage', 'Vintage'], ['workwear', 'Workwear']],
  colour: [['beige', 'Beige'], ['black', 'Black'], ['blue', 'Blue'], ['brown', 'Brown'], ['gold', 'Gold'], ['green', 'Green'], ['grey', 'Grey'], ['multicoloured', 'Multicoloured'], ['orange', 'Orange'], ['pink', 'Pink'], ['purple', 'Purple'], ['red', 'Red'], ['silver', 'Silver'], ['white', 'White'], ['yellow', 'Yellow']],
  accessibility: [['captions', 'Captions'], ['high-contrast', 'High contrast'], ['keyboard-only', 'Works by keyboard alone'], ['large-text', 'Large text'], ['no-phone-calls', 'No phone calls'], ['plain-language', 'Plain language'], ['reduced-motion', 'Little motion'], ['screen-reader', 'Works with a screen reader'], ['step-free', 'Step-free access'], ['transcripts', 'Transcripts']],
  channel: [['none', 'Do not contact me'], ['email', 'Email'], ['post', 'Post'], ['phone', 'Phone'], ['text-message', 'Text message'], ['app', 'Inside the app']],
  often: [['daily', 'Daily at most'], ['weekly', 'Weekly at most'], ['monthly', 'Monthly at most'], ['rarely', 'Rarely']],
  age: [['18-24', '18 to 24'], ['25-29', '25 to 29'], ['30-34', '30 to 34'], ['35-39', '35 to 39'], ['40-44', '40 to 44'], ['45-49', '45 to 49'], ['50-54', '50 to 54'], ['55-59', '55 to 59'], ['60-64', '60 to 64'], ['65-69', '65 to 69'], ['70-74', '70 to 74'], ['75-79', '75 to 79'], ['80+', '80 or older']],
} as const;

/** BCP 47 tags offered; their names come from the browser. */
export const LANGUAGES = ['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ko', 'lt', 'lv', 'mk', 'ms', 'mt', 'nb', 'nl', 'nn', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'sw', 'ta', 'th', 'tr', 'uk', 'ur', 'vi', 'zh'] as const;

/** ISO 3166-1 alpha-2 codes; their names come from the browser. */
export const COUNTRIES = ('AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW').split(' ');
