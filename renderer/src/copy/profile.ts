/** Words of the profile. */
import { monthOfYear } from '../../../shared/language/format.ts';
import { ageName, choiceName } from '../../../shared/language/names.ts';
import { t } from '../../../shared/language/message.ts';

export const profileCopy = {
  title: t('Profile'), lead: t('What the vault concluded from your records, and what you said yourself. A company learns only what you allow it.'),
  add: t('Add by hand'), search: t('Search your profile'), kind: t('Kind'), allKinds: t('All kinds'), area: t('Area'), allAreas: t('All areas'), origin: t('Where from'), allOrigins: t('Any origin'),
  wheelLabel: t('Your profile by area'), explain: t('How to read the wheel'),
  pointed: t('Point at a slice to see what is strongest there. Press Enter to open its list.'),
  strongestIn: (area: string) => t('Strongest in {area}', { area }), openArea: (area: string) => t('Show all of {area}', { area }), nothingHere: t('Nothing known here.'), sealedHere: t('Sealed. Whatever is known here never leaves the vault.'),
  summary: (items: number, records: number) => t('{items, plural, one {# entry} other {# entries}} from {records, plural, one {# record} other {# records}}', { items, records }),
  wheelFile: 'my-wheel',
  groups: { intent: t('Looking to buy'), brand: t('Brands'), price_band: t('Price range'), about: t('About you'), other: t('Other') },
  entries: (count: number) => t('{count, plural, one {# entry} other {# entries}}', { count }), showAll: (count: number) => t('Show all {count, number}', { count }), showFewer: t('Show fewer'),
  evidence: (count: number) => (t('{count, plural, =0 {your own word} one {from # record} other {from # records}}', { count })),
  horizon: (weeks: number) => t('within {weeks, plural, one {# week} other {# weeks}}', { weeks }),
  sealed: t('Sealed'), sealedExplain: t('This belongs to a closed category, such as health, belief or money trouble. It stays in the vault and no company is ever told, not even that it is there.'),
  why: t('Why?'), copyItem: t('Copy'), recordsOf: (label: string) => t('What was kept about {label}', { label }), whyOf: (label: string) => t('Why: {label}', { label }),
  seen: (when: string) => t('Last seen {when}', { when }),
  empty: t('Nothing is known yet'), emptyText: t('Bring in a file from a service you use, or add something by hand.'), emptyAction: t('Bring something in'),
  noMatch: t('Nothing matches'), noMatchText: t('Try another word, or clear the filters.'), clear: t('Clear the filters'),
  rejections: t('Never inferred'), rejectionsText: t('You said these must not be concluded about you. No rule does, whatever the records say.'), rejectionsEmpty: t('You have not ruled anything out.'), restore: t('Allow again'), restored: (label: string) => t('{label} may be concluded again.', { label }),
  rejectedOn: (date: string) => t('since {date}', { date }),
} as const;

export const rulesCopy = {
  title: t('Penchant reads your records better now'), text: t('This version knows more names and words. Your profile stays as it was until you have seen what would change.'), see: t('See what would change'), home: t('New rules wait for you on your profile.'),
  dialogTitle: t('What the new rules would change'), reading: t('Your records are still being read by the new rules. What they would change shows here as soon as that is done.'),
  none: t('Nothing you would notice changes.'), groups: { added: t('New'), removed: t('Gone'), stronger: t('Stronger'), weaker: t('Weaker') }, same: (count: number) => t('{count, plural, one {# entry} other {# entries}} {count, plural, one {stays} other {stay}} as {count, plural, one {it is} other {they are}}.', { count }),
  closed: t('Things the new rules count as closed are sealed already, whatever you choose here. What you said yourself stays as you said it.'), from: (before: string, after: string) => t('{before}, then {after}', { before, after }),
  later: t('Not now'), apply: t('Use the new rules'), applied: t('The new rules apply.'),
} as const;

export const closedCopy = {
  title: t('Closed part'),
  shut: (count: number) => t('{count, plural, one {# thing} other {# things}} from closed categories, such as health, belief or money trouble, {count, plural, one {is} other {are}} kept here under a key of {count, plural, one {its} other {their}} own. Unlocking the vault does not open it, and no company is ever told.', { count }),
  empty: t('Whatever falls into a closed category, such as health, belief or money trouble, is kept here under a key of its own. Nothing has so far.'),
  open: (until: string) => t('Open until {until}. The entries stand in the list above, marked with a lock. Nothing about what companies get changes.', { until }),
  action: t('Open it'), shutAction: t('Shut it now'), dialogTitle: t('Open the closed part?'), dialogText: t('For ten minutes the profile also shows what belongs to closed categories. Anyone looking at your screen can read it.'),
  passphrase: t('Your passphrase'), added: t('Kept in the closed part. You see it when you open that part.'),
} as const;

const NAMED = { thing: (name: string, maker: string | null) => (maker === null ? t('“{name}”', { name }) : t('“{name}” by {maker}', { name, maker })), creator: (name: string) => t('Everything by {name}', { name }), collection: (name: string) => t('Everything in “{name}”', { name }) } as const;
export const notMeCopy = {
  action: t('Not me'), about: (title: string) => t('{title} was not me', { title }), title: (title: string) => t('“{title}” was not you?', { title }),
  text: (count: number) => t('{count, plural, one {It stays} other {They stay}} among your records, but nothing is concluded from {count, plural, one {it} other {them}} any more, also when {count, plural, one {it comes} other {they come}} in again with another import. You can take that back at the foot of your profile.', { count }),
  what: t('What was not you?'), scopes: { thing: () => t('Only this'), creator: (item: { readonly creator: string | null }) => t('Everything by {creator}', { creator: item.creator ?? '' }), collection: (item: { readonly collection: string | null }) => t('Everything in “{collection}”', { collection: item.collection ?? '' }) },
  save: t('It was not me'), said: (count: number) => (t('{count, plural, one {It does not count any more.} other {# things do not count any more.}}', { count })),
  named: ({ scope, name, maker }: { readonly scope: keyof typeof NAMED; readonly name: string; readonly maker: string | null }) => NAMED[scope](name, maker),
  list: t('Not you'), listText: t('You said these records are not about you. They stay, and nothing is concluded from them.'), listEmpty: t('You have not said of anything that it was not you. You can where Penchant says why it believes something, and under “Everything kept”.'),
  wasMe: t('It was me'), wasMeOf: (name: string) => t('It was me: {name}', { name }), back: t('It counts again.'), noteTitle: t('You said this was not you'), note: t('It stays among your records, and nothing is concluded from it.'),
  chosen: (count: number) => t('{count, number} were not me', { count }), manyTitle: (count: number) => t('{count, plural, one {# thing} other {# things}} {count, plural, one {was} other {were}} not you?', { count }), manyMost: (most: number) => t('At most {most, number} at once. Choose fewer.', { most }),
} as const;

export const whyCopy = {
  allThings: t('All things that speak for it'),
  strength: t('How much'), confidence: t('How sure'), origin: t('Where from'), lastSeen: t('Last seen'), exact: t('Path'), iab: t('IAB number'),
  iabHint: t('The number that companies use for this topic in their own systems.'),
  changesTitle: t('What would change it'), rulesTitle: t('What it rests on'), disowned: (count: number) => t('{count, plural, one {# thing} other {# things}} more would point here, but you said {count, plural, one {it was} other {they were}} not you.', { count }), from: (records: number) => t('From {records, plural, one {# record} other {# records}}.', { records }), examples: t('For example'), times: (count: number) => (t('{count, plural, one {once} other {# times}}', { count })),
  correct: t('Put it right'), reject: t('Never infer this'), remove: t('Delete'), saveCorrection: t('Save'),
  howMuch: t('How much do you like it?'), howMuchAvoid: t('How much do you want to avoid it?'), howMuchIntent: t('How much do you want to buy it?'), correctLead: t('What you say counts from now on, whatever the records say.'),
  correctHow: t('What should count?'), pin: t('Keep it as it is now'), pinHint: t('It stays this strong, whatever comes in and however long ago it was.'), weaken: t('Let it count less'), weakenHint: t('Half of what the records say. It still follows them.'), level: t('Say yourself how much'), levelHint: t('Your word replaces what the records say.'), somethingElse: t('It is something else'), somethingElseHint: t('Choose what it really is. This is not concluded again, and the other counts as your own word.'),
  other: (label: string, other: string) => t('{other} from now on, and never {label}.', { other, label }), finer: (label: string, finer: string) => t('{finer} counts from now on, beside {label}.', { finer, label }),
  pinned: (label: string) => t('{label} stays as it is.', { label }), weakened: (label: string) => t('{label} counts half from now on.', { label }), letGo: t('Let it follow the records'),
  levels: { a: t('A little'), b: t('Somewhat'), c: t('Clearly'), d: t('Very much') },
  corrected: t('Noted. Your word counts from now on.'),
  rejectTitle: (label: string) => t('Never infer “{label}”?', { label }), rejectText: t('It goes, with everything finer below it, and no rule will conclude it again. You can allow it again at the foot of the profile.'), rejectAction: t('Never infer this'), rejected: (label: string) => t('{label} will not be inferred again.', { label }),
  deleteTitle: (label: string) => t('Delete “{label}”?', { label }), deleteText: t('Your own word about this is deleted. If the records say it too, it may come back as a conclusion; use “Never infer this” to prevent that.'), deleteAction: t('Delete this entry'), deleted: (label: string) => t('{label} deleted.', { label }),
} as const;

export const timelineCopy = {
  title: t('How it rose and fell'), count: (count: number) => t('{count, plural, one {# record} other {# records}}', { count }), records: t('Records'),
  /** `month`: 0 for January. */
  month: (year: number, month: number) => monthOfYear(year, month),
} as const;

export const trendCopy = {
  directions: { new: t('New'), growing: t('Growing'), steady: t('Steady'), fading: t('Fading') },
  months: t('The last two years, month by month'),
  compared: (recent: number, before: number, unit: 'day' | 'week') => (unit === 'week' ? t('{recent, plural, one {# week} other {# weeks}} in the newest half year of your records, {before, number} in the half year compared with it. Of records that were forgotten only the weeks are known.', { recent, before }) : t('{recent, plural, one {# day} other {# days}} in the newest half year of your records, {before, number} in the half year compared with it', { recent, before })),
  explain: t('The small bars are the days in each month of the last two years on which you had something to do with it. Growing or fading compares the newest half year of your records with the same months a year before, or with the half year just before when there is nothing older.'),
} as const;

export const addCopy = {
  title: t('Add something by hand'), lead: t('What you say yourself counts fully. It stays in the vault until you allow a company to learn it.'),
  kind: t('What kind of thing?'),
  horizon: t('When might you buy it?'), department: t('Department'), band: t('Price range'), often: t('How often'), anyTime: t('No limit'), size: t('Size'), sizeHint: t('As it stands on the label.'), brand: t('Brand name'), value: t('Value'), country: t('Country'), part: t('State or province'), partHint: t('Leave it out if the country is enough. Nothing finer than this is kept.'), noPart: t('The whole country'), noCountry: t('Choose a country'),
  action: t('Add to profile'), added: (label: string) => t('{label} added.', { label }),
  bands: { low: t('Lower'), middle: t('Middle'), high: t('Upper') }, units: { metric: t('Metric (kilometres, kilograms)'), imperial: t('Imperial (miles, pounds)') },
  horizons: { '2': t('Within two weeks'), '4': t('Within a month'), '13': t('Within three months'), '26': t('Within half a year'), '52': t('Within a year') },
} as const;

/** Fixed choices for what people say by hand. */
const choices = <V extends string>(values: readonly V[], name: (value: V) => string = choiceName): { readonly value: V; readonly label: string }[] => values.map((value) => ({ value, label: name(value) }));
export const CHOICES = {
  style: choices(['bohemian', 'casual', 'classic', 'colourful', 'elegant', 'industrial', 'minimalist', 'modern', 'outdoor', 'preppy', 'rock', 'romantic', 'rustic', 'scandinavian', 'sporty', 'streetwear', 'vintage', 'workwear']),
  colour: choices(['beige', 'black', 'blue', 'brown', 'gold', 'green', 'grey', 'multicoloured', 'orange', 'pink', 'purple', 'red', 'silver', 'white', 'yellow']),
  accessibility: choices(['captions', 'high-contrast', 'keyboard-only', 'large-text', 'no-phone-calls', 'plain-language', 'reduced-motion', 'screen-reader', 'step-free', 'transcripts']),
  channel: choices(['none', 'email', 'post', 'phone', 'text-message', 'app']),
  often: choices(['daily', 'weekly', 'monthly', 'rarely']),
  age: choices(['18-24', '25-29', '30-34', '35-39', '40-44', '45-49', '50-54', '55-59', '60-64', '65-69', '70-74', '75-79', '80+'], ageName),
} as const;

/** BCP 47 tags offered; their names come from the browser. */
export const LANGUAGES = ['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ko', 'lt', 'lv', 'mk', 'ms', 'mt', 'nb', 'nl', 'nn', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'sw', 'ta', 'th', 'tr', 'uk', 'ur', 'vi', 'zh'] as const;

/** ISO 3166-1 alpha-2 codes; their names come from the browser. */
export const COUNTRIES = ('AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW').split(' ');
