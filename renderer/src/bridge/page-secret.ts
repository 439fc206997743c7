/** The secret of this tab: arrives after the # of the first address, lives in the tab's own storage, survives a reload. */

const STORED_AS = 'penchant.page-secret';
/** No address of the app has this form: they all begin with `#/`. */
const ARRIVING = /^#s=([A-Za-z0-9_-]{43})$/;

/** What of a window this needs. */
export interface PageWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: Pick<History, 'state' | 'replaceState'>;
  /** Kept per origin, port included, and per tab; reading the property itself throws where storage is switched off. */
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** Takes the secret out of the address, or out of the tab's storage; null in a tab that no one-time link opened. */
export function takePageSecret(page: PageWindow): string | null {
  const arrived = ARRIVING.exec(page.location.hash)?.[1];
  try {
    if (arrived === undefined) return page.sessionStorage.getItem(STORED_AS);
    page.sessionStorage.setItem(STORED_AS, arrived);
  } catch {
    // Without storage the tab works until it is reloaded.
  }
  if (arrived === undefined) return null;
  page.history.replaceState(page.history.state, '', `${page.location.pathname}${page.location.search}`);
  return arrived;
}

/** Forgets the secret of this tab, which is worth nothing any more. */
export function forgetPageSecret(page: Pick<PageWindow, 'sessionStorage'>): void {
  try {
    page.sessionStorage.removeItem(STORED_AS);
  } catch {
    // Without storage nothing was kept.
  }
}
