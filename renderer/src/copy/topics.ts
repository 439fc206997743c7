/** Words of the list of topics to choose from. */
import { counted, number } from './format.ts';

export const topicsCopy = {
  search: 'Find a topic', pick: 'Topics', sealed: 'sealed', none: 'No topic fits. Try another word.',
  shown: (shown: number, total: number) => (shown < total ? `${number(shown)} of ${number(total)} shown. Type to narrow down.` : counted(total, 'topic')),
} as const;
