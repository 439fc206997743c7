/** Keys that work everywhere in an open vault. */
import { useEffect } from 'react';
import { href, navigate } from '../state/route.ts';
import { useToasts } from '../state/toasts.ts';
import { useVault } from '../state/vault.ts';

const GO_TO: Readonly<Record<string, string>> = { h: 'home', p: 'profile', s: 'sources', c: 'companies', b: 'breathing', a: 'activity', l: 'learn' };
const GO_WITHIN_MS = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

/** `characterKeys`: whether keys that are also typed do something by themselves; whoever speaks to the computer, or meets keys by accident, switches them off (WCAG 2.1.4). */
export function useShortcuts(onHelp: () => void, onPalette: () => void, characterKeys: boolean): void {
  useEffect(() => {
    let goSince = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'l') {
        event.preventDefault();
        useVault.getState().lock().catch(() => undefined);
        return;
      }
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k' && document.querySelector('dialog[open]') === null) {
        event.preventDefault();
        onPalette();
        return;
      }
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'z' && !isTyping(event.target) && useToasts.getState().undoLast()) {
        event.preventDefault();
        return;
      }
      if (!characterKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
      if (key === '?') {
        event.preventDefault();
        onHelp();
      } else if (key === '/') {
        event.preventDefault();
        navigate(href('records', [], { find: 'now' }));
      } else if (key === 'g') goSince = event.timeStamp;
      else if (event.timeStamp - goSince < GO_WITHIN_MS && GO_TO[key] !== undefined) {
        goSince = Number.NEGATIVE_INFINITY;
        navigate(href(GO_TO[key]));
      }
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [onHelp, onPalette, characterKeys]);
}
