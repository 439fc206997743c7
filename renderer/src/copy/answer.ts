/** Words around an answer. */
import { t } from '../../../shared/language/message.ts';

export const answerCopy = {
  nothing: t('Nothing would be said.'),
  more: (count: number) => t('and {count} more', { count }),
  heldBack: t('Kept back:'),
  raw: t('Show the data itself'),
} as const;
