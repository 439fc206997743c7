/** Light or dark: the person's choice on the root element, remembered by the page so that the locked screen has it too. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'penchant.theme';

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be switched off; the choice then starts with unlocking.
  }
}

export function applyRememberedTheme(): void {
  try {
    const theme = window.localStorage.getItem(KEY);
    if (theme === 'light' || theme === 'dark') applyTheme(theme);
  } catch {
    // As above.
  }
}
