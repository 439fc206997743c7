/** Words of the page on which stands what records say besides interests. */
import { t } from '../../../shared/language/message.ts';
import type { PatternKind } from '../../../shared/domain/patterns.ts';

export const patternsCopy = {
  title: t('Patterns'),
  lead: t('What your records show besides interests. It is worked out each time you open this page and not kept, but for seasons, by which your interests rest. No company ever gets any of it.'),
  empty: t('No patterns yet'), emptyText: t('It takes some months of records before anything stands out clearly. Bring in a longer history, or another service.'), emptyAction: t('Bring something in'),
  from: (patterns: number, records: number) => t('{patterns, plural, one {# pattern} other {# patterns}} in {records, plural, one {# record} other {# records}}', { patterns, records }),
  examples: t('For example'), times: (count: number) => (t('{count, plural, one {once} other {# times}}', { count })),
  by: (title: string, creator: string) => t('{title}, {creator}', { title, creator }),
  sealed: t('In the closed part'),
  /** While the closed part is shut and something is in it. */
  hidden: t('The closed part of your profile is shut, so what touches it is left out here: programmes for small children, and hints at what changes in a life. Open it to see them.'),
  isMine: t('Say this is my size'), saidMine: (size: string) => t('{size} is in your profile now. You said so.', { size }), alreadyMine: t('In your profile: you said so.'),
} as const;

/** In the order of the page: what there is something to do about comes first. */
export const PATTERN_SECTIONS: readonly { readonly kind: PatternKind; readonly title: string; readonly lead: string }[] = [
  { kind: 'someone-else', title: t('Perhaps somebody else'), lead: t('These stick out against everything else, as if another person had used your account.') },
  { kind: 'size', title: t('Sizes'), lead: t('Read from the names of what was bought. A size is in your profile only when you say so, and no company learns it unless you allow it.') },
  { kind: 'present', title: t('Perhaps presents'), lead: t('Bought once, in a way that looks as if it was for somebody else.') },
  { kind: 'routine', title: t('Routines'), lead: t('When in the week things happen, by the clock of this computer. Only records with a time count.') },
  { kind: 'language', title: t('Languages'), lead: t('Told from titles as the services name them, and only where a title tells for sure: English, German, French, Spanish and Italian. A title in another language may be taken for the nearest of them.') },
  { kind: 'season', title: t('Seasons'), lead: t('What comes round in the same months, in two years or more. As long as it does, it does not fade in between.') },
  { kind: 'life-event', title: t('Hints at changes in your life'), lead: t('Several things close in time. These are guesses, kept in the closed part of your profile and shown only while that is open.') },
];
