/** Opening the app again shows what was shown before: the vault keeps the screen, what it showed and what it was narrowed to, for an address says that to no other page. */
import { useEffect, useState } from 'react';
import { call } from '../bridge/client.ts';
import { href, navigate, parseRoute, type Route } from './route.ts';

/** Typing into a filter is one place, not one for each letter. */
const QUIET_MS = 400;

/** What is kept, as far as the vault takes it; null where it is of no use again. */
const keepable = ({ screen, parts, query }: Route): Route | null => (screen.length <= 40 && parts.every((part) => part.length <= 400) && Object.values(query).every((value) => value.length <= 2_000) ? { screen, parts, query } : null);

/** Whether an address lost what it meant, with the page or the lock that forgot it, or says nothing. */
const isLost = (hash: string): boolean => hash.replace(/^#\/?/u, '') === '' || (hash.includes('~') && parseRoute(hash).parts.length + Object.keys(parseRoute(hash).query).length === 0);

/** Of an open vault: goes where the person was, and keeps where they go. @returns true once the screen can be shown */
export function usePlace(): boolean {
  const [lost] = useState(() => isLost(window.location.hash));
  const [ready, setReady] = useState(!lost);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(timer);
      const place = keepable(parseRoute(window.location.hash));
      if (place !== null) timer = setTimeout(() => { call('settings.keepPlace', { screen: place.screen, parts: [...place.parts], query: { ...place.query } }).catch(() => undefined); }, QUIET_MS);
    };
    let wanted = true;
    const begin = () => {
      if (!wanted) return;
      setReady(true);
      keep();
      window.addEventListener('hashchange', keep);
    };
    if (!lost) begin();
    else {
      call('settings.place').then(({ place }) => {
        const now = parseRoute(window.location.hash);
        // Somebody, or a notice, was quicker; and what the address still names stays.
        if (wanted && place !== null && isLost(window.location.hash) && (now.screen === 'home' || now.screen === place.screen)) navigate(href(place.screen, place.parts, place.query), { replace: true });
      }).catch(() => undefined).finally(begin);
    }
    return () => {
      wanted = false;
      clearTimeout(timer);
      window.removeEventListener('hashchange', keep);
    };
  }, [lost]);
  return ready;
}
