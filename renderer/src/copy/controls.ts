/** Words that belong to the controls themselves. */
import { number } from './format.ts';

export const controls = {
  showPassphrase: 'Show what you typed', hidePassphrase: 'Hide what you typed',
  close: 'Close', cancel: 'Cancel', undo: 'Undo', dismiss: 'Dismiss', back: 'Back',
  sortBy: (column: string) => `Sort by ${column}`,
  showMore: 'Show more', shownOf: (shown: number, total: number) => `${number(shown)} of ${number(total)} shown`,
  tryAgain: 'Try again', stop: 'Stop', stopping: 'Stopping…', loading: 'Loading',
  chooseFiles: 'Choose files', chooseFile: 'Choose a file', chooseFolder: 'Choose a folder',
  dropHint: 'or drop it here', handing: (name: string) => `Handing over ${name}…`, chosen: (name: string) => `Chosen: ${name}`, anotherFile: 'Choose another file',
  details: 'Details for developers', asTable: 'As a table', hint: 'What is this?',
  strengthOf: (on: number, of: number) => `${on} of ${of}`,
} as const;
