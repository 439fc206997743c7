/** The application menu: what the platform expects, going back and forward, locking, and starting with the computer. */
import type { MenuItemConstructorOptions } from 'electron';
import { t } from '../../shared/language/message.ts';

export interface MenuActions { readonly lock: () => void; readonly showWindow: () => void; readonly back: () => void; readonly forward: () => void; /** Null where the program is none that could be started: in a checkout. */ readonly atLogin: { isOn(): boolean; set(on: boolean): void } | null }

export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const lock: MenuItemConstructorOptions = { label: t('Lock the vault'), accelerator: 'CommandOrControl+L', click: () => { actions.lock(); } };
  const open: MenuItemConstructorOptions = { label: t('Show Penchant'), click: () => { actions.showWindow(); } };
  const atLogin: MenuItemConstructorOptions = { label: t('Start Penchant when I sign in to this computer'), type: 'checkbox', checked: actions.atLogin?.isOn() ?? false, click: (item) => {
    // The tick shows what is, also where it could not be changed.
    try { actions.atLogin?.set(item.checked); } catch { /* isOn says so. */ }
    item.checked = actions.atLogin?.isOn() ?? false;
  } };
  const starting = actions.atLogin === null ? [] : [atLogin];
  const edit: MenuItemConstructorOptions = {
    label: t('menu|Edit'),
    submenu: [{ role: 'undo' }, { role: 'redo' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  };
  const view: MenuItemConstructorOptions = {
    label: t('menu|View'),
    submenu: [
      { label: t('menu|Back'), accelerator: platform === 'darwin' ? 'Command+[' : 'Alt+Left', click: () => { actions.back(); } },
      { label: t('menu|Forward'), accelerator: platform === 'darwin' ? 'Command+]' : 'Alt+Right', click: () => { actions.forward(); } },
      { type: 'separator' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' },
    ],
  };
  if (platform === 'darwin') {
    return [
      { label: 'Penchant', submenu: [{ role: 'about' }, { type: 'separator' }, lock, ...starting, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' }] },
      edit, view,
      { label: t('menu|Window'), submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }, { type: 'separator' }, open] },
    ];
  }
  return [{ label: 'Penchant', submenu: [open, lock, ...starting, { type: 'separator' }, { role: 'quit' }] }, edit, view];
}
