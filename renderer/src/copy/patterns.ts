/** Words of the page on which stands what records say besides interests. */
import type { PatternKind } from '../../../shared/domain/patterns.ts';
import { counted, number } from './format.ts';

export const patternsCopy = {
  title: 'Patterns',
  lead: 'What your records show besides interests. It is worked out each time you open this page and not kept, but for seasons, by which your interests rest. No company ever gets any of it.',
  empty: 'No patterns yet', emptyText: 'It takes some months of records before anything stands out clearly. Bring in a longer history, or another service.', emptyAction: 'Bring something in',
  from: (patterns: number, records: number) => `${counted(patterns, 'pattern')} in ${counted(records, 'record')}`,
  examples: 'For example', times: (count: number) => (count === 1 ? 'once' : `${number(count)} times`),
  by: (title: string, creator: string) => `${title}, ${creator}`,
  sealed: 'In the closed part',
  /** While the closed part is shut and something is in it. */
  hidden: 'The closed part of your profile is shut, so what touches it is left out here: programmes for small children, and hints at what changes in a life. Open it to see them.',
  isMine: 'Say this is my size', saidMine: (size: string) => `${size} is in your profile now. You said so.`, alreadyMine: 'In your profile: you said so.',
} as const;

/** In the order of the page: what there is something to do about comes first. */
export const PATTERN_SECTIONS: readonly { readonly kind: PatternKind; readonly title: string; readonly lead: string }[] = [
  { kind: 'someone-else', title: 'Perhaps somebody else', lead: 'These stick out against everything else, as if another person had used your account.' },
  { kind: 'size', title: 'Sizes', lead: 'Read from the names of what was bought. A size is in your profile only when you say so, and no company learns it unless you allow it.' },
  { kind: 'present', title: 'Perhaps presents', lead: 'Bought once, in a way that looks as if it was for somebody else.' },
  { kind: 'routine', title: 'Routines', lead: 'When in the week things happen, by the clock of this computer. Only records with a time count.' },
  { kind: 'language', title: 'Languages', lead: 'Told from titles as the services name them, and only where a title tells for sure: English, German, French, Spanish and Italian. A title in another language may be taken for the nearest of them.' },
  { kind: 'season', title: 'Seasons', lead: 'What comes round in the same months, in two years or more. As long as it does, it does not fade in between.' },
  { kind: 'life-event', title: 'Hints at changes in your life', lead: 'Several things close in time. These are guesses, kept in the closed part of your profile and shown only while that is open.' },
];
