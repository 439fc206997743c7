/** Words of telling Penchant what is in a file of one's own. */
import { dateShort, labelled, number } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { LEFT_OUT_BECAUSE, MAPPED_ACTS, MappedField } from '../../../shared/domain/mapping.ts';

type LeftOut = (typeof LEFT_OUT_BECAUSE)[number];

const FIELDS: Readonly<Record<MappedField, string>> = {
  title: t('What it is called'), creator: t('By whom'), collection: t('Series or album'), category: t('Category'), date: t('When'), duration: t('How long'), amount: t('What it cost'), currency: t('Currency'), quantity: t('How many'), rating: t('Your rating'),
};
export const mappedFieldName = (field: MappedField): string => FIELDS[field];

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  personal: t('Looks like an address, a phone, an account or a person'), identifier: t('Looks like a number only a program needs'), long: t('Long text, not a name'), empty: t('Nothing in it'), unknown: '',
};
export const leftOutBecause = (because: LeftOut | null): string => (because === null ? '' : LEFT_OUT[because]);

const ACTS: Readonly<Record<(typeof MAPPED_ACTS)[number], string>> = { used: t('I used or bought them'), liked: t('I liked them'), wanted: t('I want them'), saved: t('I keep them'), followed: t('I follow them') };
export const mappedActName = (act: (typeof MAPPED_ACTS)[number]): string => ACTS[act];

export const ownCopy = {
  offer: t('Penchant does not know this file'), offerText: t('It looks like a table or a list. Say once what is in it, and every file like it is known from then on.'), tell: t('Tell Penchant what is in it'), tellLong: (file: string) => t('Tell Penchant what is in it: {file}', { file }),
  title: (file: string) => t('What is in {file}?', { file }), looking: t('Looking what is in it'),
  name: t('What do you call this source?'), nameHint: t('For example “My record shelf”.'), kind: t('What is each row?'), act: t('What about them?'),
  columns: t('Columns'), columnsHint: t('What you do not choose is left out and never stored.'), values: (values: readonly string[]) => values.join(' · '), empty: t('empty'), leaveOut: t('Leave out'), fieldOf: (name: string) => t('What is “{name}”?', { name }),
  more: (count: number) => t('{count, plural, one {# more column} other {# more columns}} at the end {count, plural, one {is} other {are}} left out.', { count }),
  headerless: t('The first row is already an entry, not the names of the columns'),
  dateOrder: t('How are dates written?'), dmy: t('Day first: 31.12.2024'), mdy: t('Month first: 12/31/2024'), unsure: t('These dates could be read either way. Please check.'),
  durationUnit: t('A bare number counts'), units: { h: t('hours'), min: t('minutes'), s: t('seconds'), ms: t('milliseconds') }, ratingTop: t('The best rating is'), currency: t('Currency, where none is written'), currencyHint: t('Three letters, such as EUR. Without one, amounts are left out.'), currencyBad: t('Three capital letters, such as EUR.'),
  preview: t('As it would be kept'), needsTitle: t('Choose the column that says what it is called.'), needsName: t('Give it a name.'), trying: t('Reading it that way…'),
  counts: (read: number, kept: number, whole: boolean) => (whole ? t('{kept, number} of {read, plural, one {# row} other {# rows}} can be kept.', { kept, read }) : t('{kept, number} of the first {read, plural, one {# row} other {# rows}} can be kept.', { kept, read })), leftOut: (name: string, count: number) => labelled(name, number(count)),
  table: { title: t('Title'), creator: t('By'), when: t('When'), detail: t('Detail'), act: t('What about it') }, noDate: t('no date'), save: t('Keep this and go on'), cancel: t('Not now'),
  asMapped: (savedAtMs: number) => t('Read as you said on {savedAt}.', { savedAt: dateShort(savedAtMs) }), change: t('Change what is in it'),
  list: t('Your own kinds of files'), listHint: t('Files with these columns are known right away.'), summary: (kind: string, columns: readonly string[]) => t('{kind}, from {columns}', { kind, columns: columns.join(', ') }),
  rename: t('Rename'), renameTitle: (name: string) => t('Rename {name}', { name }), renameSave: t('Rename'), remove: t('Delete'), removeTitle: (name: string) => t('Delete {name}?', { name }), removeText: t('Files of this kind are not known any more. What you imported from them stays; take it back below if you want.'), removed: (name: string) => t('{name} is deleted.', { name }),
} as const;
