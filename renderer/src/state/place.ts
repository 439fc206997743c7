/** Opening the app again shows the screen that was shown before: the vault keeps it, and which kinds and sources it was narrowed to, for an address says that to no other page. */
import { useEffect, useState } from 'react';
import type { Input } from '../../../shared/api/contract.ts';
import { PLACE_FILTERS, PLACES_WITH_PARTS } from '../../../shared/domain/place.ts';
import { call } from '../bridge/client.ts';
import { href, navigate, parseRoute, type Route } from './route.ts';

/** Typing into a filter is one place, not one for each letter. */
const QUIET_MS = 400;

/** What is kept of it; null for an address of no screen. What was typed or opened is not: it may be of the closed part. */
const keepable = ({ screen, parts, query }: Route): Input<'settings.keepPlace'> | null => (/^[a-z-]{1,40}$/u.test(screen) ? {
  screen, parts: PLACES_WITH_PARTS.some((name) => name === screen) ? parts.filter((part) => part.length <= 400).slice(0, 6) : [],
  query: Object.fromEntries(PLACE_FILTERS.flatMap((name) => { const value = query[name]; return value === undefined || value.length > 40 ? [] : [[name, value]]; })),
} : null);

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
      if (place !== null) timer = setTimeout(() => { call('settings.keepPlace', place).catch(() => undefined); }, QUIET_MS);
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
