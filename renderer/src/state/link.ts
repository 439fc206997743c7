/** A request that reached the app from outside and waits until the vault is open. */
import { create } from 'zustand';
import { href, navigate } from './route.ts';
import { on } from '../bridge/client.ts';

export const useLink = create<{ readonly text: string | null }>()(() => ({ text: null }));

/** Starts listening. Call once. */
export function watchLinks(): void {
  on('link.opened', ({ text }) => { useLink.setState({ text }); });
  on('screen.wanted', ({ screen }) => { navigate(href(screen)); });
}

/** Hands out the waiting text once. */
export function takeLink(): string | null {
  const { text } = useLink.getState();
  useLink.setState({ text: null });
  return text;
}
