/** Words of lists that can be looked through, ticked and taken along. */
import { number } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';

export const listCopy = {
  find: t('Find in this list'), nothing: t('Nothing in this list fits.'), tick: (name: string) => t('Tick {name}', { name }), tickAll: t('Tick all'), untickAll: t('Untick all'),
  ticked: (count: number) => t('{count, plural, =0 {Nothing is ticked.} other {{count, number} ticked.}}', { count }), of: (shown: number, all: number) => t('{shown} of {all}', { shown: number(shown), all: number(all) }),
  save: t('Save the list'), saveTicked: t('Save what is ticked'), saved: (count: number) => t('{count, plural, one {# line} other {# lines}} saved.', { count }),
  tickRow: t('Tick this line'), untickRow: t('Untick this line'), copyRow: t('Copy this line'),
  copy: t('Copy the list'), copyTicked: t('Copy what is ticked'), copied: t('Copied'), copyFailed: t('Could not copy'),
} as const;
