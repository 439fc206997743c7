/** A secret on the clipboard of a browser: taken off after ten seconds. A page can neither mark it nor see what is there. */

export const SECRET_STAYS_MS = 10_000;

export interface ClipboardPage {
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly hasFocus: () => boolean;
  /** Calls `body` once when the window is in front again. */
  readonly onceInFront: (body: () => void) => void;
}

let copies = 0;

/** Browsers let only the window in front touch the clipboard, so taking the secret off waits for that. A later copy of ours takes over. */
export async function copySecret(text: string, page: ClipboardPage): Promise<void> {
  const mine = ++copies;
  await page.clipboard.writeText(text);
  const clear = (): void => {
    if (mine !== copies) return;
    if (page.hasFocus()) page.clipboard.writeText('').catch(() => undefined);
    else page.onceInFront(clear);
  };
  setTimeout(clear, SECRET_STAYS_MS);
}

export const thisPage = (): ClipboardPage => ({
  clipboard: navigator.clipboard, hasFocus: () => document.hasFocus(),
  onceInFront: (body) => { window.addEventListener('focus', body, { once: true }); },
});
