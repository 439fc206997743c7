/** Words around the recovery phrase. */
export const recoveryCopy = {
  title: 'Your recovery phrase',
  why: 'These 24 words open your vault if you ever forget the passphrase. They are shown this once. Nobody else has them, so nobody else can help.',
  how: 'Write them on paper, in order, and keep the paper where you keep your passport.',
  gridLabel: 'The 24 words, in order', 
  sheet: {
    title: 'Penchant recovery kit', warning: 'Keep this paper where you keep your passport. Whoever has it can open your vault.',
    vault: 'Vault', made: 'Made on', checkpoint: 'Log at that moment',
    useTitle: 'How to use it',
    use: [
      'Start Penchant with your vault, or with a backup of it, on this or another computer.',
      'Where it asks for the passphrase, choose “Use the recovery phrase” and type the 24 words in order.',
      'Choose a new passphrase. This phrase keeps working until you make a new one under Security.',
      'Newer kit, older paper: a new phrase or a new master key makes this sheet useless for the vault. Destroy it then; older backups still open with it.',
    ],
    checkpointUse: 'The last line tells an older copy of the vault from a newer one: the log of an honest vault still holds this entry.',
  },
  print: 'Print', copy: 'Copy', copied: 'Copied for ten seconds', copyFailed: 'Could not copy',
  copyWarning: 'Paper is safest. What you copy is taken off the clipboard after ten seconds; until then other programs can read it.',
  written: 'I have written them down',
  confirmTitle: 'Three words, to be sure',
  confirmLead: 'Type these words from your paper.',
  wordNumber: (position: number) => `Word ${position}`,
  confirm: 'Check the words', later: 'Do this later', showAgain: 'Show the words again',
  laterWarning: 'Without it, a forgotten passphrase means the vault stays shut for good. Home will keep reminding you.',
  confirmed: 'Recovery phrase checked. Keep the paper safe.',
} as const;
