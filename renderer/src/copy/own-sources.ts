/** Words of telling Penchant what is in a file of one's own. */
import type { LEFT_OUT_BECAUSE, MAPPED_ACTS, MappedField } from '../../../shared/domain/mapping.ts';
import { counted, dateShort, number } from './format.ts';

type LeftOut = (typeof LEFT_OUT_BECAUSE)[number];

const FIELDS: Readonly<Record<MappedField, string>> = {
  title: 'What it is called', creator: 'By whom', collection: 'Series or album', category: 'Category', date: 'When', duration: 'How long', amount: 'What it cost', currency: 'Currency', quantity: 'How many', rating: 'Your rating',
};
export const mappedFieldName = (field: MappedField): string => FIELDS[field];

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  personal: 'Looks like an address, a phone, an account or a person', identifier: 'Looks like a number only a program needs', long: 'Long text, not a name', empty: 'Nothing in it', unknown: '',
};
export const leftOutBecause = (because: LeftOut | null): string => (because === null ? '' : LEFT_OUT[because]);

const ACTS: Readonly<Record<(typeof MAPPED_ACTS)[number], string>> = { used: 'I used or bought them', liked: 'I liked them', wanted: 'I want them', saved: 'I keep them', followed: 'I follow them' };
export const mappedActName = (act: (typeof MAPPED_ACTS)[number]): string => ACTS[act];

export const ownCopy = {
  offer: 'Penchant does not know this file', offerText: 'It looks like a table or a list. Say once what is in it, and every file like it is known from then on.', tell: 'Tell Penchant what is in it', tellLong: (file: string) => `Tell Penchant what is in it: ${file}`,
  title: (file: string) => `What is in ${file}?`, looking: 'Looking what is in it',
  name: 'What do you call this source?', nameHint: 'For example “My record shelf”.', kind: 'What is each row?', act: 'What about them?',
  columns: 'Columns', columnsHint: 'What you do not choose is left out and never stored.', values: (values: readonly string[]) => values.join(' · '), empty: 'empty', leaveOut: 'Leave out', fieldOf: (name: string) => `What is “${name}”?`,
  more: (count: number) => `${counted(count, 'more column')} at the end ${count === 1 ? 'is' : 'are'} left out.`,
  headerless: 'The first row is already an entry, not the names of the columns',
  dateOrder: 'How are dates written?', dmy: 'Day first: 31.12.2024', mdy: 'Month first: 12/31/2024', unsure: 'These dates could be read either way. Please check.',
  durationUnit: 'A bare number counts', units: { h: 'hours', min: 'minutes', s: 'seconds', ms: 'milliseconds' }, ratingTop: 'The best rating is', currency: 'Currency, where none is written', currencyHint: 'Three letters, such as EUR. Without one, amounts are left out.', currencyBad: 'Three capital letters, such as EUR.',
  preview: 'As it would be kept', needsTitle: 'Choose the column that says what it is called.', needsName: 'Give it a name.', trying: 'Reading it that way…',
  counts: (read: number, kept: number, whole: boolean) => `${number(kept)} of ${whole ? counted(read, 'row') : `the first ${counted(read, 'row')}`} can be kept.`, leftOut: (name: string, count: number) => `${name}: ${number(count)}`,
  table: { title: 'Title', creator: 'By', when: 'When', detail: 'Detail', act: 'What about it' }, noDate: 'no date', save: 'Keep this and go on', cancel: 'Not now',
  asMapped: (savedAtMs: number) => `Read as you said on ${dateShort(savedAtMs)}.`, change: 'Change what is in it',
  list: 'Your own kinds of files', listHint: 'Files with these columns are known right away.', summary: (kind: string, columns: readonly string[]) => `${kind}, from ${columns.join(', ')}`,
  rename: 'Rename', renameTitle: (name: string) => `Rename ${name}`, renameSave: 'Rename', remove: 'Delete', removeTitle: (name: string) => `Delete ${name}?`, removeText: 'Files of this kind are not known any more. What you imported from them stays; take it back below if you want.', removed: (name: string) => `${name} is deleted.`,
} as const;
