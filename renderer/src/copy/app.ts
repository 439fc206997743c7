/** Words of the shell: navigation, vault state, connection. */
export const appCopy = {
  name: 'Penchant',
  nav: { home: 'Home', profile: 'Profile', sources: 'Sources', companies: 'Companies', breathing: 'Breathing space', activity: 'Activity', learn: 'Learn', security: 'Security', settings: 'Settings' },
  navLabel: 'Main', navSecondLabel: 'More', skip: 'Skip to the page',
  dropHere: 'Drop it here', dropThen: 'Penchant looks at it first. Nothing is kept before you say so.',
  openRequests: (count: number) => (count === 1 ? '1 request waits for your answer' : `${count} requests wait for your answer`),
  unlocked: 'Unlocked', lock: 'Lock', locking: 'Locking…',
  locksAfter: (minutes: number | null) => (minutes === null ? 'Locks when you say so' : `Locks after ${minutes === 60 ? 'an hour' : minutes === 1 ? 'a minute' : `${minutes} minutes`} away`),
  opening: 'Opening Penchant…',
  fetchLink: {
    title: 'Fetch a request?', text: (host: string) => `A link asks Penchant to fetch a request from ${host}. Fetching tells ${host} that somebody opened it, and nothing else.`,
    yes: 'Fetch it', no: 'Not now',
  },
  lost: { title: 'The connection to Penchant was lost', text: 'Trying to reach it again. What was saved is safe. If you closed Penchant, start it again.' },
  signedOut: { title: 'A new link is needed', text: 'This window is no longer signed in, and a link that was used does not work again. Start Penchant once more: it prints a new link to open. Your vault is untouched.' },
  shortcuts: {
    title: 'Keyboard', keys: 'Keys', does: 'What they do',
    rows: [
      ['Ctrl K or ⌘ K', 'Find or do anything'],
      ['Ctrl L or ⌘ L', 'Lock the vault'],
      ['?', 'Show this list'],
      ['G then H, P, S, C, B, A, L', 'Go to Home, Profile, Sources, Companies, Breathing space, Activity, Learn'],
      ['/', 'Search everything you keep'],
      ['Arrow keys, Page Up, Page Down, Home, End', 'Move through a long list'],
      ['Arrow keys', 'Move around the wheel'],
      ['Enter', 'Open the slice of the wheel you are on'],
      ['Esc', 'Close a panel'],
    ],
  },
  notFound: { title: 'There is nothing here', text: 'This address leads nowhere.', action: 'Go to Home' },
  crashed: { title: 'This page stumbled', text: 'Something on this page went wrong. Your vault is not affected.', action: 'Load the page again' },
} as const;
