/** Where a screen was scrolled to: going back finds it so, going on begins at the top. Kept by address, until the page is loaded anew. */

const places = new Map<string, number>();
/** How long what is on a screen may take to be as tall as it was. */
const PATIENCE_MS = 1_000;
const here = (): string => window.location.hash;

let isGoingBack = false;
/** What the browser says of itself, where it does. */
interface Navigating { readonly navigation?: { addEventListener(type: 'navigate', listener: (event: { readonly navigationType: string }) => void): void } }

/** Starts noting. Call once. */
export function watchPlaces(): void {
  window.history.scrollRestoration = 'manual';
  window.addEventListener('scroll', () => { places.set(here(), window.scrollY); }, { passive: true });
  (window as Navigating).navigation?.addEventListener('navigate', ({ navigationType }) => { isGoingBack = navigationType === 'traverse'; });
}

/** A new screen begins at its top; one that is come back to, where it was left. @returns its own undo */
export function placeScreen(): () => void {
  const top = isGoingBack ? places.get(here()) ?? 0 : 0, untilMs = performance.now() + PATIENCE_MS;
  let frame = 0;
  const go = (): void => {
    window.scrollTo({ top, behavior: 'instant' });
    if (Math.abs(window.scrollY - top) > 1 && performance.now() < untilMs) frame = requestAnimationFrame(go);
  };
  go();
  const stop = (): void => { cancelAnimationFrame(frame); };
  // Somebody who scrolls by themselves is where they want to be.
  window.addEventListener('wheel', stop, { once: true, passive: true });
  return () => {
    stop();
    window.removeEventListener('wheel', stop);
  };
}
