/** Words that belong to the pictures themselves. */
import { date, dateTime } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';

export const pictureCopy = {
  kinds: t('Kinds shown'), wider: t('Show more time'), nothing: t('nothing'), when: t('When'), most: (what: string) => t('Most of it: {what}.', { what }),
  copy: t('Copy as text'), copied: t('Copied'), copyFailed: t('Could not copy'), save: t('Save the picture'), print: t('Print'), saved: (name: string) => t('Saved as {name}.', { name }),
} as const;

export const logTimeline = {
  title: t('What happened when'), lead: t('Press a bar to look closer, or draw over some.'),
  kinds: { asked: t('legend|Asked'), answered: t('legend|Answered'), refused: t('legend|Refused'), own: t('What you did') } as const,
  words: { asked: (n: number) => t('{n} asked', { n }), answered: (n: number) => t('{n, plural, one {# answer} other {# answers}}', { n }), refused: (n: number) => t('{n} refused', { n }), own: (n: number) => t('{n} of your own', { n }) } as const,
  bar: (fromMs: number, bucketMs: number) => (bucketMs < 86_400_000 ? dateTime(fromMs) : bucketMs === 86_400_000 ? date(fromMs) : t('{from} to {date}', { from: date(fromMs), date: date(fromMs + bucketMs - 1) })),
  shown: (fromMs: number, toMs: number) => t('From {from} to {dateTime}', { from: dateTime(fromMs), dateTime: dateTime(toMs - 1) }), all: t('Show all again'),
} as const;
