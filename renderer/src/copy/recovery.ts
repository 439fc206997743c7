/** Words around the recovery phrase. */
import { language, t } from '../../../shared/language/message.ts';

export const recoveryCopy = {
  title: t('Your recovery phrase'),
  why: t('These 24 words open your vault if you ever forget the passphrase. Once you are through here, they are never shown again. Nobody else has them, so nobody else can help.'),
  how: [t('Write them on paper, in order, and keep the paper where you keep your passport.'), ...(language() === 'en' ? [] : [t('The words are English everywhere, so that any Penchant can read them. You need not understand them.')])].join(' '),
  gridLabel: t('The 24 words, in order'), 
  sheet: {
    title: t('Penchant recovery kit'), warning: t('Keep this paper where you keep your passport. Whoever has it can open your vault.'),
    vault: t('Vault'), made: t('Made on'), checkpoint: t('Log at that moment'),
    useTitle: t('How to use it'),
    use: [
      t('Start Penchant with your vault, or with a backup of it, on this or another computer.'),
      t('Where it asks for the passphrase, choose “Use the recovery phrase” and type the 24 words in order.'),
      t('Choose a new passphrase. This phrase keeps working until you make a new one under Security.'),
      t('Newer kit, older paper: a new phrase or a new master key makes this sheet useless for the vault. Destroy it then; older backups still open with it.'),
    ],
    checkpointUse: t('The last line tells an older copy of the vault from a newer one: the log of an honest vault still holds this entry.'),
  },
  print: t('Print'), copy: t('Copy'), copied: t('Copied for ten seconds'), copyFailed: t('Could not copy'),
  copyWarning: t('Paper is safest. What you copy is taken off the clipboard after ten seconds; until then other programs can read it.'),
  written: t('I have written them down'),
  confirmTitle: t('Three words, to be sure'),
  confirmLead: t('Type these words from your paper.'),
  wordNumber: (position: number) => t('Word {position}', { position }),
  confirm: t('Check the words'), later: t('Do this later'), showAgain: t('Show the words again'),
  laterWarning: t('Without it, a forgotten passphrase means the vault stays shut for good. Home will keep reminding you.'),
  confirmed: t('Recovery phrase checked. Keep the paper safe.'),
} as const;
