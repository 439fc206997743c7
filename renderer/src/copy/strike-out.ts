/** Words of looking through what a file holds and striking out before anything is kept. */
import { date, inSentence, labelled } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Act, ItemKind, OptionalField } from '../../../shared/domain/records.ts';
import { actName } from './sources.ts';

const KINDS: Readonly<Record<ItemKind, string>> = {
  music: t('Music'), podcast: t('Podcasts'), audiobook: t('Audiobooks'), video: t('Films, series and videos'), product: t('Things to buy'), book: t('Books'), app: t('Apps'), search: t('Searches'), site: t('Sites'), topic: t('Subjects'), advertiser: t('Advertisers'),
};
export const kindOnly = (kind: ItemKind): string => KINDS[kind];
/** "Books", "Books: on your list for later". */
export const kindName = (kind: ItemKind, act: Act): string => (act === 'used' ? KINDS[kind] : labelled(KINDS[kind], inSentence(actName(act))));

const FIELDS: Readonly<Record<OptionalField, string>> = { creator: t('By whom'), collection: t('Album or series'), category: t('Category'), duration: t('How long'), quantity: t('How many'), amount: t('What it cost') };
export const fieldName = (field: OptionalField): string => FIELDS[field];

export const strikeCopy = {
  sensitive: t('Leave out what touches closed parts of life'), sensitiveHint: t('Health, belief, money trouble and the like. Kept, it would lie sealed under a key of its own, and no company would ever be told.'),
  asBefore: (source: string) => t('The kinds and columns you left out of {source} the last time are left out again. Look through the rows to change it.', { source }),
  open: t('Look through the rows'), close: t('Close the rows'), going: t('Going through all rows…'),
  summary: (records: number, sensitive: number, firstMs: number | null, lastMs: number | null) => [
    firstMs === null || lastMs === null ? t('{records, plural, one {# row} other {# rows}}.', { records }) : t('{records, plural, one {# row} other {# rows}}, from {first} to {last}.', { records, first: date(firstMs), last: date(lastMs) }),
    t('{sensitive, plural, =0 {None touches a closed part of life.} one {# of them touches a closed part of life and stands first.} other {# of them touch a closed part of life and stand first.}}', { sensitive }),
  ].join(' '),
  kinds: t('What to keep'), fields: t('Which columns to keep'), kindCount: (count: number) => t('{count, plural, one {# row} other {# rows}}', { count }),
  range: t('From when to when'), from: t('date|From'), to: t('date|Until'),
  search: t('Search the rows'), table: t('Rows as they would be kept'), noMatch: t('No row holds these words.'), someOnly: (shown: number) => t('The first {shown, number} are shown. Search to find others.', { shown }),
  columns: { keep: t('Keep'), title: t('Title'), creator: t('By'), when: t('When'), detail: t('Detail'), out: t('Strike out') },
  keepRow: (title: string, when: string) => t('Keep {title}, {when}', { title, when }),
  allOf: t('This title'), allOfLong: (title: string) => t('This title: strike out every row of {title}', { title }), allBy: t('All by them'), allByLong: (creator: string) => t('All by them: strike out everything by {creator}', { creator }),
  because: (part: string) => t('Left out: {part}', { part }), sealedAs: (part: string) => t('Sealed: {part}', { part }),
  struck: t('Struck out'), back: (name: string) => t('Keep {name} after all', { name }), byOf: (creator: string) => t('everything by {creator}', { creator }), rowsStruck: (count: number) => t('{count, plural, one {# single row} other {# single rows}}', { count }), rowsKept: (count: number) => t('{count, plural, one {# single row} other {# single rows}} kept all the same', { count }), outAgain: t('Leave them out again'),
  reversed: t('The first day lies after the last one, so nothing would be kept.'), nothing: t('Nothing is struck out by hand.'),
} as const;
