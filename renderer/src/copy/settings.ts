/** Words of the settings. */
import { t } from '../../../shared/language/message.ts';

export const settingsCopy = {
  title: t('Settings'),
  look: t('appearance|Look'), theme: t('Theme'), themes: { system: t('As the computer'), light: t('Light'), dark: t('Dark') },
  programs: t('Programs on this computer'), loopback: t('Let programs on this computer ask'), loopbackHint: t('A shop’s program on this computer can then bring its request and use its token, while the vault is unlocked. Nothing on the internet can reach this.'),
  listening: t('Listening at'), notListening: t('Not listening.'),
  about: t('About'), place: t('Vault'), vaultId: t('Vault number'), created: t('Created'), version: t('Penchant'), host: t('Runs as'), hosts: { electron: t('desktop app'), web: t('in the browser, served from this computer') }, licence: t('Licence'), licenceText: t('MIT. Fonts: Source Serif 4 and Inter, SIL Open Font License. Icons: Lucide, ISC. Topic numbers: IAB Content Taxonomy 3.1 and Audience Taxonomy 1.1, CC BY 3.0.'),
  shortcuts: t('Keyboard shortcuts'),
  characterKeys: t('Single keys are shortcuts'), characterKeysHint: t('Such as / to search and G then P to go to the profile. Switch this off if keys get pressed that you do not mean. Those with Ctrl or ⌘ work all the same.'),
  language: t('Language'), languageSystem: (name: string) => t('As the computer ({name})', { name }), languageHint: t('This page then starts anew in that language. Titles, brands and what companies write stay as they are.'),
  updates: t('Newer versions'), updatesNowhere: t('This copy of Penchant knows no place to ask whether there is a newer one. Look where you got it from.'),
  lookForUpdates: t('Look for newer versions'), lookHint: (host: string) => t('Once a week, when you unlock the vault. Then {host} sees that somebody at your internet address uses Penchant, and nothing else. Nothing is fetched or installed: you are told, and decide.', { host }),
  lookNow: t('Look now'), looking: t('Looking…'), newest: (when: string) => t('Looked on {when}: yours is the newest.', { when }), neverLooked: t('It was never looked for.'),
  newer: (version: string) => t('Version {version} is there', { version }), newerText: t('Make a backup, then get it from this address in your browser. Your vault stays as it is.'), copyAddress: t('Copy the address'),
  desktop: t('On this computer'),
  notify: t('Tell me when a request waits'), notifyHint: t('While Penchant is not in front. It says how many, never who or about what; at most once in ten minutes, and not in your quiet hours or on a break.'),
} as const;
