/** Words around an answer. */
import { t } from '../../../shared/language/message.ts';

export const answerCopy = {
  nothing: t('Nothing would be said.'),
  more: (count: number) => t('and {count} more', { count }),
  stays: (count: number) => t('{count, plural, one {# thing stays here or is said less exactly. Why?} other {# things stay here or are said less exactly. Why?}}', { count }),
  raw: t('Show the data itself'),
} as const;
