/** Where in the app the person is: the address after `#`, so that back and forward work. */
import { useSyncExternalStore } from 'react';

export interface Route {
  /** First part of the path; "home" when empty. */
  readonly screen: string;
  /** Decoded further parts of the path. */
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `#/companies/https%3A%2F%2Fshop.example?tab=history` → its parts. Never throws. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen = '', ...parts] = path.split('/').filter((part) => part !== '').map(decode);
  return { screen: screen === '' ? 'home' : screen, parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a screen; parts and query values are encoded, empty query values left out. */
export function href(screen: string, parts: readonly string[] = [], query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `#/${[screen, ...parts].map(encodeURIComponent).join('/')}${search}`;
}

/** Goes there. `replace` leaves no step to go back to (filters and open panels while typing). */
export function navigate(address: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) {
    window.history.replaceState(null, '', address);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else if (window.location.hash !== address) {
    window.location.hash = address;
  }
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
};

let cached: { readonly hash: string; readonly route: Route } = { hash: '', route: parseRoute('') };
const current = (): Route => {
  const { hash } = window.location;
  if (hash !== cached.hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
};

export const useRoute = (): Route => useSyncExternalStore(subscribe, current);
