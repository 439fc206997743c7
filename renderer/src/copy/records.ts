/** Words of looking through everything that is kept. */
import { list } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';

export const recordsCopy = {
  title: t('Everything kept'), lead: t('Every thing your imports brought, one line each. It stays here: companies only ever get what you allow them, and never these lines.'),
  search: t('Search everything kept'), source: t('Source'), allSources: t('All sources'), kind: t('Kind of thing'), allKinds: t('All kinds'), act: t('What you did'), allActs: t('All uses'), used: t('Used, watched, bought, searched'), area: t('Area'), allAreas: t('All areas'),
  time: t('Time'), times: { any: t('Any time'), month: t('The last 30 days'), year: t('The last 12 months') }, year: (year: number) => t('In {year}', { year }),
  order: t('sorting|Order'), orders: { newest: t('Newest first'), oldest: t('Oldest first'), most: t('Most often first') },
  clear: t('Show everything'),
  total: (count: number) => t('{count, plural, one {# thing} other {# things}}', { count }), none: t('Nothing matches'), noneText: t('Try fewer words, or show everything.'), allOf: (name: string) => t('Show everything of {name}', { name }),
  noneOpen: t('Nothing matches outside of the closed part.'),
  closed: (count: number) => t('{count, plural, one {# thing} other {# things}} of the closed part {count, plural, one {is} other {are}} not listed or searched here. Open that part on your profile to see {count, plural, one {it} other {them}}.', { count }),
  opened: t('In the closed part'), openedText: (until: string) => t('The closed part of your profile is open until {until}. What fits there is listed here, apart from the rest, and goes into no file.', { until }), openedMore: (shown: number, all: number) => t('The first {shown, number} of {all, number}. Add words to find others.', { shown, all }),
  empty: t('Nothing kept yet'), emptyText: t('Bring in an export of a service you use, and every line of it can be found here.'), emptyAction: t('Bring something in'),
  conclusions: t('In your profile'), list: t('Things'), waiting: t('Still being read …'),
  times_: (count: number) => (t('{count, plural, one {once} other {# times}}', { count })),
  choose: (title: string) => t('Choose {title}', { title }), only: (source: string) => t('Only what came from {source}', { source }), more: (creator: string) => t('Everything of {creator}', { creator }), open: (title: string) => t('Show {title}', { title }),
  chosen: (count: number) => t('{count, number} chosen', { count }), forget: t('Choose none'),
  save: t('Save'), saveFound: (count: number) => t('Save all {count, number}', { count }), saveChosen: (count: number) => t('Save {count, number} chosen', { count }),
  saveTitle: t('Save as a file'), saveText: (count: number) => t('{count, plural, one {# thing} other {# things}} with every record, in a file anyone who has it can read. It leaves the protection of the vault; delete it when you no longer need it.', { count }),
  format: t('Kind of file'), formats: { csv: t('Table, for spreadsheets (CSV)'), json: t('For programs (JSON)') },
  saving: t('Saving'), savingOf: (done: number, all: number) => t('{done, number} of {all, number} things', { done, all }), stop: t('Stop'), saved: (count: number) => t('{count, plural, one {# thing} other {# things}} saved. Look among your downloads.', { count }), stopped: t('Stopped. No file was made.'),
  fileName: 'penchant-records',
  by: t('By'), collection: t('Part of'), category: t('The shop calls it'), from: t('source|From'), what: t('What'), often: t('How often'), first: t('First'), last: t('Last'),
  about: t('What Penchant reads from it'), aboutNone: t('Nothing. No rule of Penchant knows it, so it counts for nothing in your profile.'), idle: { given: t('The shop says you bought it as a present, so it counts for nothing in your profile.'), returned: t('The shop paid all of it back, so it counts for nothing in your profile.') }, yours: t('In your profile'), notYours: t('Not in your profile by itself'),
  records: t('Records'), when: t('When'), detail: t('Details'), file: t('File'), background: t('in the background, counts a quarter'), newestOnly: (shown: number, all: number) => t('The newest {shown, number} of {all, number}.', { shown, all }),
} as const;

/** Which words of a thing a rule goes by. */
export const wordsCopy = {
  field: { title: t('the name'), creator: t('who made it'), collection: t('the collection'), category: t('the category') },
  by: (words: readonly string[], inWords: readonly string[]) => t('It goes by {words} in {inWords}.', { words: list(words), inWords: list(inWords) }),
  quoted: (words: string) => t('“{words}”', { words }),
  short: (words: readonly string[]) => t('because of {words}', { words: list(words) }),
} as const;
