/** Words of looking through what a file holds and striking out before anything is kept. */
import type { Act, ItemKind, OptionalField } from '../../../shared/domain/records.ts';
import { counted, date, number } from './format.ts';
import { actName } from './sources.ts';

const KINDS: Readonly<Record<ItemKind, string>> = {
  music: 'Music', podcast: 'Podcasts', audiobook: 'Audiobooks', video: 'Films, series and videos', product: 'Things to buy', book: 'Books', app: 'Apps', search: 'Searches', site: 'Sites', topic: 'Subjects', advertiser: 'Advertisers',
};
export const kindOnly = (kind: ItemKind): string => KINDS[kind];
/** "Books", "Books: on your list for later". */
export const kindName = (kind: ItemKind, act: Act): string => (act === 'used' ? KINDS[kind] : `${KINDS[kind]}: ${actName(act).charAt(0).toLowerCase()}${actName(act).slice(1)}`);

const FIELDS: Readonly<Record<OptionalField, string>> = { creator: 'By whom', collection: 'Album or series', category: 'Category', duration: 'How long', quantity: 'How many', amount: 'What it cost' };
export const fieldName = (field: OptionalField): string => FIELDS[field];

export const strikeCopy = {
  sensitive: 'Leave out what touches closed parts of life', sensitiveHint: 'Health, belief, money trouble and the like. Kept, it would lie sealed under a key of its own, and no company would ever be told.',
  asBefore: (source: string) => `The kinds and columns you left out of ${source} the last time are left out again. Look through the rows to change it.`,
  open: 'Look through the rows', close: 'Close the rows', going: 'Going through all rows…',
  summary: (records: number, sensitive: number, firstMs: number | null, lastMs: number | null) => [
    `${counted(records, 'row')}${firstMs === null || lastMs === null ? '' : `, from ${date(firstMs)} to ${date(lastMs)}`}.`,
    sensitive === 0 ? 'None touches a closed part of life.' : `${number(sensitive)} of them ${sensitive === 1 ? 'touches' : 'touch'} a closed part of life and ${sensitive === 1 ? 'stands' : 'stand'} first.`,
  ].join(' '),
  kinds: 'What to keep', fields: 'Which columns to keep', kindCount: (count: number) => counted(count, 'row'),
  range: 'From when to when', from: 'From', to: 'Until',
  search: 'Search the rows', table: 'Rows as they would be kept', noMatch: 'No row holds these words.', someOnly: (shown: number) => `The first ${number(shown)} are shown. Search to find others.`,
  columns: { keep: 'Keep', title: 'Title', creator: 'By', when: 'When', detail: 'Detail', out: 'Strike out' },
  keepRow: (title: string, when: string) => `Keep ${title}, ${when}`,
  allOf: 'This title', allOfLong: (title: string) => `This title: strike out every row of ${title}`, allBy: 'All by them', allByLong: (creator: string) => `All by them: strike out everything by ${creator}`,
  because: (part: string) => `Left out: ${part}`, sealedAs: (part: string) => `Sealed: ${part}`,
  struck: 'Struck out', back: (name: string) => `Keep ${name} after all`, byOf: (creator: string) => `everything by ${creator}`, rowsStruck: (count: number) => counted(count, 'single row'), rowsKept: (count: number) => `${counted(count, 'single row')} kept all the same`, outAgain: 'Leave them out again',
  reversed: 'The first day lies after the last one, so nothing would be kept.', nothing: 'Nothing is struck out by hand.',
} as const;
