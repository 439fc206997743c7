/** Words of the palette: everything in one place, by its name. */
import { t } from '../../../shared/language/message.ts';

export const paletteCopy = {
  title: t('Find or do'), placeholder: t('A screen, a company, something you like, something to do'),
  groups: { todo: t('Waiting for you'), go: t('Go to'), act: t('Do'), companies: t('Companies'), profile: t('In your profile'), things: t('Everything kept'), lessons: t('Learn') },
  results: t('What was found'), none: t('Nothing found. Try another word.'), count: (n: number) => t('{n, plural, one {# result} other {# results}}', { n }), looking: t('Looking…'),
  decide: (name: string) => t('Answer {name}', { name }), allThings: (count: number, text: string) => t('All {count, plural, one {# thing} other {# things}} with “{text}”', { count, text }),
  permissions: t('Permissions'), requests: t('Requests'), balance: t('Balance'), patterns: t('Patterns'), opinions: t('What they think of you'), records: t('Everything kept'),
  lock: t('Lock the vault'), pause: t('Take a break from everyone'), endPause: t('End the break from everyone'), import: t('Bring in an export'), request: t('Open a request'), add: t('Say something about yourself'), backup: t('Make a backup'), check: t('Check the vault'), passphrase: t('Change the passphrase'), recovery: t('Make a new recovery phrase'), export: t('Export everything'), forget: t('Delete older history'), language: t('Change the language'), practice: t('Try it with a practice shop'), keys: t('Show the keyboard list'),
  theme: { system: t('Theme: as the computer'), light: t('Theme: light'), dark: t('Theme: dark') },
  paused: t('You are on a break. Nobody gets an answer.'),
  words: { lock: t('close shut leave'), pause: t('stop quiet hold silence breathing'), import: t('file upload zip csv sources'), request: t('link paste company'), add: t('profile declare like'), backup: t('copy save security'), check: t('health damage security'), passphrase: t('password key security'), recovery: t('words kit paper security'), export: t('take along move leave copy'), forget: t('remove clear log activity'), language: t('english german french spanish'), practice: t('demo example test'), keys: t('shortcuts help'), steps: t('start begin tour guide help newcomer'), theme: t('look colour dark light night') },
} as const;
