/** The application menu: what the platform expects, and locking. */
import { t } from '../../shared/language/message.ts';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions { readonly lock: () => void; readonly showWindow: () => void }

export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const lock: MenuItemConstructorOptions = { label: t('Lock the vault'), accelerator: 'CommandOrControl+L', click: () => { actions.lock(); } };
  const open: MenuItemConstructorOptions = { label: t('Show Penchant'), click: () => { actions.showWindow(); } };
  const edit: MenuItemConstructorOptions = {
    label: t('menu|Edit'),
    submenu: [{ role: 'undo' }, { role: 'redo' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  };
  const view: MenuItemConstructorOptions = {
    label: t('menu|View'),
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
  };
  if (platform === 'darwin') {
    return [
      { label: 'Penchant', submenu: [{ role: 'about' }, { type: 'separator' }, lock, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' }] },
      edit, view,
      { label: t('menu|Window'), submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }, { type: 'separator' }, open] },
    ];
  }
  return [{ label: 'Penchant', submenu: [open, lock, { type: 'separator' }, { role: 'quit' }] }, edit, view];
}
