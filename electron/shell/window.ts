/** How the one window is made: sandboxed, isolated, without Node, at the place it was last. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { DEFAULT_SIZE, LEAST_SIZE, type WindowState } from './window-state.ts';

/** `preload`: absolute path of the built preload script. `dark`: whether the system prefers a dark theme, for the colour before first paint. */
export function windowOptions(deps: { readonly state: WindowState | null; readonly preload: string; readonly icon: string; readonly dark: boolean; readonly devTools: boolean }): BrowserWindowConstructorOptions {
  const { state } = deps;
  return {
    ...(state ? { x: state.x, y: state.y, width: state.width, height: state.height } : DEFAULT_SIZE),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    title: 'Penchant',
    icon: deps.icon,
    backgroundColor: deps.dark ? '#17202b' : '#faf7f1',
    webPreferences: {
      preload: deps.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: deps.devTools,
    },
  };
}
