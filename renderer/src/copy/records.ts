/** Words of looking through everything that is kept. */
import { counted, list, number } from './format.ts';

export const recordsCopy = {
  title: 'Everything kept', lead: 'Every thing your imports brought, one line each. It stays here: companies only ever get what you allow them, and never these lines.',
  search: 'Search everything kept', source: 'Source', allSources: 'All sources', kind: 'Kind of thing', allKinds: 'All kinds', act: 'What you did', allActs: 'All uses', used: 'Used, watched, bought, searched', area: 'Area', allAreas: 'All areas',
  time: 'Time', times: { any: 'Any time', month: 'The last 30 days', year: 'The last 12 months' }, year: (year: number) => `In ${year}`,
  order: 'Order', orders: { newest: 'Newest first', oldest: 'Oldest first', most: 'Most often first' },
  clear: 'Show everything',
  total: (count: number) => counted(count, 'thing'), none: 'Nothing matches', noneText: 'Try fewer words, or show everything.',
  noneOpen: 'Nothing matches outside of the closed part.',
  closed: (count: number) => `${counted(count, 'thing')} of the closed part ${count === 1 ? 'is' : 'are'} not listed or searched here. Open that part on your profile to see ${count === 1 ? 'it' : 'them'}.`,
  opened: 'In the closed part', openedText: (until: string) => `The closed part of your profile is open until ${until}. What fits there is listed here, apart from the rest, and goes into no file.`, openedMore: (shown: number, all: number) => `The first ${number(shown)} of ${number(all)}. Add words to find others.`,
  empty: 'Nothing kept yet', emptyText: 'Bring in an export of a service you use, and every line of it can be found here.', emptyAction: 'Bring something in',
  conclusions: 'In your profile', list: 'Things', waiting: 'Still being read …',
  times_: (count: number) => (count === 1 ? 'once' : `${number(count)} times`),
  choose: (title: string) => `Choose ${title}`, open: (title: string) => `Show ${title}`,
  chosen: (count: number) => `${number(count)} chosen`, forget: 'Choose none',
  save: 'Save', saveFound: (count: number) => `Save all ${number(count)}`, saveChosen: (count: number) => `Save ${number(count)} chosen`,
  saveTitle: 'Save as a file', saveText: (count: number) => `${counted(count, 'thing')} with every record, in a file anyone who has it can read. It leaves the protection of the vault; delete it when you no longer need it.`,
  format: 'Kind of file', formats: { csv: 'Table, for spreadsheets (CSV)', json: 'For programs (JSON)' },
  saving: 'Saving', savingOf: (done: number, all: number) => `${number(done)} of ${number(all)} things`, stop: 'Stop', saved: (count: number) => `${counted(count, 'thing')} saved. Look among your downloads.`, stopped: 'Stopped. No file was made.',
  fileName: 'penchant-records',
  by: 'By', collection: 'Part of', category: 'The shop calls it', from: 'From', what: 'What', often: 'How often', first: 'First', last: 'Last',
  about: 'What Penchant reads from it', aboutNone: 'Nothing. No rule of Penchant knows it, so it counts for nothing in your profile.', idle: { given: 'The shop says you bought it as a present, so it counts for nothing in your profile.', returned: 'The shop paid all of it back, so it counts for nothing in your profile.' }, yours: 'In your profile', notYours: 'Not in your profile by itself',
  records: 'Records', when: 'When', detail: 'Details', file: 'File', background: 'in the background, counts a quarter', newestOnly: (shown: number, all: number) => `The newest ${number(shown)} of ${number(all)}.`,
} as const;

/** Which words of a thing a rule goes by. */
export const wordsCopy = {
  field: { title: 'the name', creator: 'who made it', collection: 'the collection', category: 'the category' },
  by: (words: readonly string[], inWords: readonly string[]) => `It goes by ${list(words)} in ${list(inWords)}.`,
  quoted: (words: string) => `“${words}”`,
  short: (words: readonly string[]) => `by ${list(words)}`,
} as const;
