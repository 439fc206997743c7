/** Words around the recovery phrase. */
export const recoveryCopy = {
  title: 'Your recovery phrase',
  why: 'These 24 words open your vault if you ever forget the passphrase. They are shown this once. Nobody else has them, so nobody else can help.',
  how: 'Write them on paper, in order, and keep the paper where you keep your passport.',
  gridLabel: 'The 24 words, in order', printTitle: 'Penchant recovery phrase. Keep this paper safe; whoever has it can open your vault.',
  print: 'Print', copy: 'Copy', copied: 'Copied', copyFailed: 'Could not copy',
  copyWarning: 'Paper is safest. Copied text can be read by other programs until you copy something else.',
  written: 'I have written them down',
  confirmTitle: 'Three words, to be sure',
  confirmLead: 'Type these words from your paper.',
  wordNumber: (position: number) => `Word ${position}`,
  confirm: 'Check the words', later: 'Do this later', showAgain: 'Show the words again',
  laterWarning: 'Without it, a forgotten passphrase means the vault stays shut for good. Home will keep reminding you.',
  confirmed: 'Recovery phrase checked. Keep the paper safe.',
} as const;
