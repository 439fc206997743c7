/** Words that belong to the pictures themselves. */
import { counted, date, dateTime } from './format.ts';

export const pictureCopy = {
  kinds: 'Kinds shown', wider: 'Show more time', nothing: 'nothing', when: 'When', most: (what: string) => `Most of it: ${what}.`,
  copy: 'Copy as text', copied: 'Copied', copyFailed: 'Could not copy', save: 'Save the picture', saved: (name: string) => `Saved as ${name}.`,
} as const;

export const logTimeline = {
  title: 'When what happened', lead: 'Press a bar to look closer, or draw over some.',
  kinds: { asked: 'Asked', answered: 'Answered', refused: 'Refused', own: 'What you did' } as const,
  words: { asked: (n: number) => `${n} asked`, answered: (n: number) => counted(n, 'answer'), refused: (n: number) => `${n} refused`, own: (n: number) => `${n} of your own` } as const,
  bar: (fromMs: number, bucketMs: number) => (bucketMs < 86_400_000 ? dateTime(fromMs) : bucketMs === 86_400_000 ? date(fromMs) : `${date(fromMs)} to ${date(fromMs + bucketMs - 1)}`),
  shown: (fromMs: number, toMs: number) => `From ${dateTime(fromMs)} to ${dateTime(toMs - 1)}`, all: 'Show all again',
} as const;
