/** Words that belong to the controls themselves. */
export const controls = {
  showPassphrase: 'Show what you typed', hidePassphrase: 'Hide what you typed',
  close: 'Close', cancel: 'Cancel', undo: 'Undo', dismiss: 'Dismiss', back: 'Back',
  sortBy: (column: string) => `Sort by ${column}`,
  tryAgain: 'Try again', loading: 'Loading',
  chooseFiles: 'Choose files', chooseFolder: 'Choose a folder',
  details: 'Details for developers', hint: 'What is this?',
  strengthOf: (on: number, of: number) => `${on} of ${of}`,
} as const;
