/** The application menu: what the platform expects, going back and forward, locking, and starting with the computer. */
import type { MenuItemConstructorOptions } from 'electron';
import { t } from '../../shared/language/message.ts';

export interface MenuActions { readonly lock: () => void; readonly showWindow: () => void; readonly back: () => void; readonly forward: () => void; readonly atLogin: { isOn(): boolean; set(on: boolean): void } }

export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const lock: MenuItemConstructorOptions = { label: t('Lock the vault'), accelerator: 'CommandOrControl+L', click: () => { actions.lock(); } };
  const open: MenuItemConstructorOptions = { label: t('Show Penchant'), click: () => { actions.showWindow(); } };
  const atLogin: MenuItemConstructorOptions = { label: t('Start Penchant when I sign in to this computer'), type: 'checkbox', checked: actions.atLogin.isOn(), click: ({ checked }) => { actions.atLogin.set(checked); } };
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
      { label: 'Penchant', submenu: [{ role: 'about' }, { type: 'separator' }, lock, atLogin, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' }] },
      edit, view,
      { label: t('menu|Window'), submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }, { type: 'separator' }, open] },
    ];
  }
  return [{ label: 'Penchant', submenu: [open, lock, atLogin, { type: 'separator' }, { role: 'quit' }] }, edit, view];
}
