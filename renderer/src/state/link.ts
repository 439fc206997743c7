/** A request that reached the app from outside and waits until the vault is open. */
import { create } from 'zustand';
import { href, navigate } from './route.ts';
import { on } from '../bridge/client.ts';
import { beforeRestart, whenNothingIsHeld } from './shown-once.ts';

const KEPT = 'penchant.link';

/** What waited when the page was started anew; kept for that moment only. */
function takeKept(): string | null {
  try {
    const text = window.sessionStorage.getItem(KEPT);
    window.sessionStorage.removeItem(KEPT);
    return text;
  } catch {
    return null;
  }
}

export const useLink = create<{ readonly text: string | null }>()(() => ({ text: takeKept() }));

/** A page that starts anew (in another language, on the locked screen) finds what waited. */
function keepLink(): void {
  const { text } = useLink.getState();
  try { if (text !== null) window.sessionStorage.setItem(KEPT, text); } catch { /* Without storage the company has to ask again. */ }
}

/** Starts listening. Call once. */
export function watchLinks(): void {
  beforeRestart.add(keepLink);
  on('link.opened', ({ text }) => { useLink.setState({ text }); });
  on('screen.wanted', ({ screen }) => { whenNothingIsHeld('screen', () => { navigate(href(screen)); }); });
}

/** Hands out the waiting text once. */
export function takeLink(): string | null {
  const { text } = useLink.getState();
  useLink.setState({ text: null });
  return text;
}
