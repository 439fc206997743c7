/** Words of the list of topics to choose from. */
import { t } from '../../../shared/language/message.ts';

export const topicsCopy = {
  search: t('Find a topic'), pick: t('Topics'), sealed: t('sealed'), none: t('No topic fits. Try another word.'),
  shown: (shown: number, total: number) => (shown < total ? t('{shown, number} of {total, number} shown. Type to narrow down.', { shown, total }) : t('{total, plural, one {# topic} other {# topics}}', { total })),
} as const;
