/** The tray icon: says whether the vault is open, and locks it. */
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';

export type VaultState = 'none' | 'locked' | 'unlocked';
export interface TrayActions { readonly lock: () => void; readonly showWindow: () => void; readonly quit: () => void }

const WORDS = { none: 'No vault yet', locked: 'Vault locked', unlocked: 'Vault unlocked' } as const satisfies Record<VaultState, string>;

export function trayTemplate(state: VaultState, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: WORDS[state], enabled: false },
    { type: 'separator' },
    { label: 'Show Penchant', click: () => { actions.showWindow(); } },
    { label: 'Lock vault', enabled: state === 'unlocked', click: () => { actions.lock(); } },
    { type: 'separator' },
    { label: 'Quit', click: () => { actions.quit(); } },
  ];
}

/** `tray`: as created with its icon. @returns a function to call whenever the vault's state changed */
export function createTrayMenu(tray: Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on'>, buildMenu: (template: MenuItemConstructorOptions[]) => Menu, actions: TrayActions): (state: VaultState) => void {
  tray.on('click', () => { actions.showWindow(); });
  const show = (state: VaultState): void => {
    tray.setToolTip(`Penchant: ${WORDS[state].toLowerCase()}`);
    tray.setContextMenu(buildMenu(trayTemplate(state, actions)));
  };
  show('locked');
  return show;
}

/** The state in a `vault.changed` event or a `vault.status` answer; null when it is not there. */
export function vaultStateOf(payload: unknown): VaultState | null {
  const state = typeof payload === 'object' && payload !== null && 'state' in payload ? payload.state : null;
  return state === 'none' || state === 'locked' || state === 'unlocked' ? state : null;
}
