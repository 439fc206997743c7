/** Words of the practice shop. */
import { t } from '../../../shared/language/message.ts';

export const practiceCopy = {
  title: t('Try it with a practice shop'), text: t('A made-up shop that runs on this computer. It asks like a real one, and sorts its shelves by what you allow. Nothing is for sale, and nothing goes to the internet.'),
  start: t('Start the practice shop'), go: t('Go to the shop'), open: t('It opens in your browser. Press its button there, then come back here to decide.'),
} as const;
