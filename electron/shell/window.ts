/** How the one window looks before the page does: its place, size, colour and name. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { DEFAULT_SIZE, LEAST_SIZE, type WindowState } from './window-state.ts';

/** `icon`: absolute path. `dark`: whether the system prefers a dark theme, for the colour before first paint. */
export function windowFrame(deps: { readonly state: WindowState | null; readonly icon: string; readonly dark: boolean }): Omit<BrowserWindowConstructorOptions, 'webPreferences'> {
  const { state } = deps;
  return {
    ...(state ? { x: state.x, y: state.y, width: state.width, height: state.height } : DEFAULT_SIZE),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    title: 'Penchant',
    icon: deps.icon,
    backgroundColor: deps.dark ? '#17202b' : '#faf7f1',
  };
}
