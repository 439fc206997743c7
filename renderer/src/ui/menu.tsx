/**
 * What a right click offers (or the menu key, or Shift F10): all that can be done with what is pointed at, innermost first.
 * Where text is marked or typed, and with Shift, the browser's own menu comes.
 */
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { controls } from '../copy/controls.ts';
import { topDialog } from './dialog.tsx';

export interface MenuItem { readonly label: string; readonly icon?: ReactNode; readonly act: () => void }

/** What was said to one click, by everything around the place, from the inside out. */
const offered = new WeakMap<Event, (readonly MenuItem[])[]>();

/** For an element: what can be done with it. `items` is asked when the click comes. */
export const menuOf = (items: () => readonly MenuItem[]) => ({
  onContextMenu: ({ nativeEvent }: MouseEvent) => { offered.set(nativeEvent, [...(offered.get(nativeEvent) ?? []), items()]); },
});

interface Open { readonly groups: readonly (readonly MenuItem[])[]; readonly x: number; readonly y: number; readonly within: Element; readonly before: Element | null }

const isTyped = (target: Element): boolean => target.closest('input:not([type=checkbox], [type=radio]), textarea, select') !== null;
/** Marked here, not somewhere else on the page. */
function isMarked(target: Element): boolean {
  const selection = window.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true);
}

const EDGE_PX = 8;

/** The one menu; once in the page. */
export function Menu() {
  const [open, setOpen] = useState<Open | null>(null);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onMenu = (event: globalThis.MouseEvent): void => {
      const groups = (offered.get(event) ?? []).filter((items) => items.length > 0), { target } = event;
      if (groups.length === 0 || event.shiftKey && event.button === 2 || !(target instanceof Element) || isTyped(target) || isMarked(target)) return;
      event.preventDefault();
      const box = target.getBoundingClientRect(), isByKey = event.button !== 2;
      setOpen({ groups, x: isByKey ? box.left + EDGE_PX : event.clientX, y: isByKey ? box.bottom : event.clientY, within: topDialog() ?? document.querySelector('main') ?? document.body, before: document.activeElement });
    };
    document.addEventListener('contextmenu', onMenu);
    return () => { document.removeEventListener('contextmenu', onMenu); };
  }, []);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu || !open) return undefined;
    // Closed by us: a browser that shows menus while the button is still down would close it when that is let go.
    menu.showPopover();
    const isRtl = document.documentElement.dir === 'rtl', { offsetWidth, offsetHeight } = menu;
    const left = isRtl ? open.x - offsetWidth : open.x;
    menu.style.left = `${Math.max(EDGE_PX, Math.min(left, window.innerWidth - offsetWidth - EDGE_PX))}px`;
    menu.style.top = `${Math.max(EDGE_PX, Math.min(open.y, window.innerHeight - offsetHeight - EDGE_PX))}px`;
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const close = ({ target }: Event) => { if (!(target instanceof Node && menu.contains(target))) setOpen(null); };
    // A press elsewhere, or what it was about moves away under it.
    const reasons = ['pointerdown', 'scroll', 'resize', 'blur'] as const;
    for (const kind of reasons) window.addEventListener(kind, close, { capture: kind !== 'blur' });
    return () => { for (const kind of reasons) window.removeEventListener(kind, close, { capture: kind !== 'blur' }); };
  }, [open]);
  if (open === null) return null;
  const close = () => {
    setOpen(null);
    if (open.before instanceof HTMLElement || open.before instanceof SVGElement) open.before.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Not for the page: a letter here looks for a line of the menu.
    event.stopPropagation();
    const items = [...ref.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []], at = items.findIndex((item) => item === document.activeElement);
    const to = event.key === 'ArrowDown' ? (at + 1) % items.length : event.key === 'ArrowUp' ? (at - 1 + items.length) % items.length : event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1
      : event.key.length === 1 && event.key !== ' ' ? [...items.slice(at + 1), ...items.slice(0, at + 1)].map((item) => items.indexOf(item)).find((index) => items[index]?.textContent.toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase())) ?? null : null;
    if (['Tab', 'Escape'].includes(event.key)) { event.preventDefault(); close(); return; }
    if (to === null) return;
    event.preventDefault();
    items[to]?.focus();
  };
  return createPortal(
    <div ref={ref} className="menu" popover="manual" role="menu" aria-label={controls.menu} tabIndex={-1} onKeyDown={onKeyDown} onContextMenu={(event) => { event.preventDefault(); }}>
      {open.groups.map((items, group) => (
        <div key={items.map(({ label }) => label).join()} role="group">
          {group === 0 ? null : <hr className="menu-rule" />}
          {items.map(({ label, icon, act }) => <button key={label} type="button" role="menuitem" tabIndex={-1} className="menu-item" onPointerEnter={(event) => { event.currentTarget.focus({ preventScroll: true }); }} onClick={() => { close(); act(); }}>{icon}<span>{label}</span></button>)}
        </div>
      ))}
    </div>,
    open.within,
  );
}
