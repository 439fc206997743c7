/** Words that belong to the controls themselves. */
import { t } from '../../../shared/language/message.ts';

export const controls = {
  showPassphrase: t('Show what you typed'), hidePassphrase: t('Hide what you typed'),
  close: t('Close'), cancel: t('Cancel'), undo: t('Undo'), dismiss: t('Dismiss'), back: t('Back'),
  menu: t('What can be done here'),
  sortBy: (column: string) => t('Sort by {column}', { column }),
  showMore: t('Show more'), shownOf: (shown: number, total: number) => t('{shown, number} of {total, number} shown', { shown, total }),
  tryAgain: t('Try again'), stop: t('Stop'), stopping: t('Stopping…'), loading: t('Loading'),
  chooseFiles: t('Choose files'), chooseFile: t('Choose a file'), chooseFolder: t('Choose a folder'),
  dropHint: t('or drop it here'), handing: (name: string) => t('Handing over {name}…', { name }), chosen: (name: string) => t('Chosen: {name}', { name }), anotherFile: t('Choose another file'),
  details: t('Details for developers'), asTable: t('As a table'),
  strengthOf: (on: number, of: number) => t('{on} of {of}', { on, of }),
} as const;
