/** Words of the shell: navigation, vault state, connection. */
import { t } from '../../../shared/language/message.ts';

export const appCopy = {
  name: t('Penchant'),
  nav: { home: t('Home'), profile: t('Profile'), sources: t('Sources'), companies: t('Companies'), breathing: t('Breathing space'), activity: t('Activity'), learn: t('Learn'), security: t('Security'), settings: t('Settings') },
  tabs: {
    ofProfile: t('Profile'), patterns: t('Patterns'), opinions: t('What they think of you'), records: t('Everything kept'),
    ofCompanies: t('Companies and requests'), companies: t('Companies'), permissions: t('Permissions'), requests: t('Requests'), known: t('Balance'),
  },
  find: { open: t('Search'), hint: t('Ctrl K') },
  openRequest: t('Open a request'),
  takeOver: { title: t('Take over an export'), firstRun: t('I have an export of another vault'), toProfile: t('See my profile') },
  navLabel: t('Main'), navSecondLabel: t('More'), skip: t('Skip to the page'),
  dropHere: t('Drop it here'), dropThen: t('Penchant looks at it first. Nothing is kept before you say so.'),
  openRequests: (count: number) => (t('{count, plural, one {# request waits for your answer} other {# requests wait for your answer}}', { count })),
  unlocked: t('Unlocked'), lock: t('Lock'), locking: t('Locking…'),
  locksAfter: (minutes: number | null) => (minutes === null ? t('Locks when you say so') : t('Locks after {minutes, plural, =1 {a minute} =60 {an hour} other {# minutes}} away', { minutes })),
  opening: t('Opening Penchant…'),
  fetchLink: {
    title: t('Fetch a request?'), text: (host: string) => t('A link asks Penchant to fetch a request from {host}. Fetching tells {host} that somebody opened it, and nothing else.', { host }),
    yes: t('Fetch it'), no: t('Not now'),
  },
  lost: { title: t('The connection to Penchant was lost'), text: t('Trying to reach it again. What was saved is safe. If you closed Penchant, start it again.') },
  signedOut: { title: t('A new link is needed'), text: t('This window is no longer signed in, and a link that was used does not work again. Start Penchant once more: it prints a new link to open. Your vault is untouched.') },
  dropLocked: t('Unlock the vault first, then drop the file again. It was not touched.'), dropBlocked: t('Close what is open first, then drop the file again. It was not touched.'),
  shortcuts: {
    title: t('Keyboard'), keys: t('Keys'), does: t('What they do'),
    rows: [
      [t('Ctrl K or ⌘ K'), t('Find or do anything')],
      [t('Ctrl L or ⌘ L'), t('Lock the vault')],
      ['?', t('Show this list')],
      [t('G then H, P, S, C, B, A, L'), t('Go to Home, Profile, Sources, Companies, Breathing space, Activity, Learn')],
      ['/', t('Search everything you keep')],
      [t('Ctrl Z or ⌘ Z'), t('Take back the last thing that can be')],
      ['X', t('Tick the line of everything kept that you are on')],
      [t('Arrow keys, Page Up, Page Down, Home, End'), t('Move through a long list')],
      [t('Arrow keys'), t('Move around the wheel')],
      [t('Enter'), t('Open the slice of the wheel, or the bar, that you are on')],
      [t('Arrow keys, Home, End'), t('Move along the bars of a timeline')],
      [t('Backspace or -'), t('Show more time again')],
      [t('Menu key or Shift F10'), t('Show what can be done with the line or slice you are on, as a right click does')],
      [t('Esc'), t('Close a panel')],
    ],
  },
  notFound: { title: t('There is nothing here'), text: t('This address leads nowhere.'), action: t('Go to Home') },
  crashed: { title: t('This page stumbled'), text: t('Something on this page went wrong. Your vault is not affected.'), action: t('Load the page again') },
} as const;
