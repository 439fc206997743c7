/** Words of the palette: everything in one place, by its name. */
import { counted } from './format.ts';

export const paletteCopy = {
  title: 'Find or do', open: 'Search', hint: 'Ctrl K', placeholder: 'A screen, a company, something you like, something to do',
  groups: { todo: 'Waiting for you', go: 'Go to', act: 'Do', companies: 'Companies', profile: 'In your profile', things: 'Everything kept', lessons: 'Learn' },
  results: 'What was found', none: 'Nothing of this name. Try fewer letters.', count: (n: number) => counted(n, 'result'), looking: 'Looking…',
  decide: (name: string) => `Answer ${name}`, allThings: (count: number, text: string) => `All ${counted(count, 'thing')} with “${text}”`,
  permissions: 'Permissions', requests: 'Requests', balance: 'Balance', patterns: 'Patterns', opinions: 'What they think of you', records: 'Everything kept',
  lock: 'Lock the vault', pause: 'Take a break from everyone', endPause: 'End the break from everyone', import: 'Bring in an export', request: 'Open a request', add: 'Say something about yourself', backup: 'Make a backup', check: 'Check the vault', keys: 'Show the keyboard list',
  theme: { system: 'Theme: as the computer', light: 'Theme: light', dark: 'Theme: dark' },
  paused: 'You are on a break. Nobody gets an answer.',
  words: { lock: 'close shut leave', pause: 'stop quiet hold silence breathing', import: 'file upload zip csv sources', request: 'link paste company', add: 'profile declare like', backup: 'copy save security', check: 'health damage security', keys: 'shortcuts help', steps: 'start begin tour guide help newcomer', theme: 'look colour dark light night' },
} as const;
