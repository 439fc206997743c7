/** Keeps the window on our page: no other addresses, no new windows, no embedded pages, no powers of the browser. */
import type { Session, Shell, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { isOwnPage } from './trusted-sender.ts';

/** The front page of a program on this computer, such as the practice shop: nothing else of an address, for that could carry something out. */
const ON_THIS_COMPUTER = /^http:\/\/127\.0\.0\.1:\d{1,5}\/$/u;

/** For every web contents ever created, also ones we did not mean to create. `browser` opens an address in the person's own. */
export function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, browser: Pick<Shell, 'openExternal'>): void {
  contents.on('will-frame-navigate', (details) => { if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault(); });
  contents.on('will-navigate', (details) => { if (!isOwnPage(details.url)) details.preventDefault(); });
  contents.on('will-redirect', (details) => { if (!isOwnPage(details.url)) details.preventDefault(); });
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  contents.setWindowOpenHandler(({ url, referrer }) => {
    if (ON_THIS_COMPUTER.test(url) && referrer.url === '') void browser.openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
}

/** Writing text to the clipboard after a click (a token, a phrase) is all the page needs. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** Denies every permission but one, devices included, to every page. */
export function guardSession(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'>): void {
  session.setPermissionRequestHandler((contents, permission, answer) => { answer(permission === ALLOWED_PERMISSION && isOwnPage(contents.getURL())); });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => permission === ALLOWED_PERMISSION && isOwnPage(`${requestingOrigin.replace(/\/$/u, '')}/`));
  session.setDevicePermissionHandler(() => false);
  // What the page itself made (a token to save as a file) may be saved, where the person says; nothing else is ever downloaded.
  session.on('will-download', (event, item) => { if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault(); });
}
