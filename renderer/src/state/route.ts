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

/**
 * A browser writes every address into its history on disk. So an address names the screen in clear, and everything else (a company, a topic,
 * what was searched for) by a stand-in that only this page, until it is loaded again or the vault locks, can put back.
 */
const standIns = new Map<string, string>();
const meanings = new Map<string, string>();
const MARK = '~';
/** Of this load of the page, so that a stand-in of an earlier one never means something else. */
const load = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join('');

function standInFor(text: string): string {
  let standIn = standIns.get(text);
  if (standIn === undefined) {
    standIn = `${MARK}${load}.${(meanings.size + 1).toString(36)}`;
    standIns.set(text, standIn);
    meanings.set(standIn, text);
  }
  return standIn;
}
/** Undefined for a stand-in of another load, or of before the vault was locked. */
const meaningOf = (text: string): string | undefined => (text.startsWith(MARK) ? meanings.get(text) : text);

/** Forgets what addresses meant: the vault is locked. */
export function forgetAddresses(): void {
  standIns.clear();
  meanings.clear();
  cached = { hash: '', route: parseRoute('') };
}

/** `#/companies/~3f2a91c0.2?q=~3f2a91c0.3` → its parts; what no longer means anything is left out, and every part after it. Never throws. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen = '', ...rest] = path.split('/').filter((part) => part !== '').map(decode);
  const parts = rest.map(meaningOf);
  const known = parts.indexOf(undefined);
  return {
    screen: screen === '' ? 'home' : screen, parts: (known === -1 ? parts : parts.slice(0, known)).filter((part) => part !== undefined),
    query: Object.fromEntries([...new URLSearchParams(search)].flatMap(([name, value]) => { const meaning = meaningOf(value); return meaning === undefined ? [] : [[name, meaning]]; })),
  };
}

/** The address of a screen; parts and query values get stand-ins, empty query values are left out. */
export function href(screen: string, parts: readonly string[] = [], query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, standInFor(value)]]));
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `#/${[encodeURIComponent(screen), ...parts.map(standInFor)].join('/')}${search}`;
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
