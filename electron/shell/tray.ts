/** The tray icon: says whether the vault is open, and locks it. */
import { inSentence } from '../../shared/language/format.ts';
import { msg, t } from '../../shared/language/message.ts';
import type { MenuItemConstructorOptions, Tray } from 'electron';

export type VaultState = 'none' | 'locked' | 'unlocked';
export interface TrayActions { readonly lock: () => void; readonly showWindow: () => void; readonly quit: () => void }

const WORDS = { none: msg('No vault yet'), locked: msg('Vault locked'), unlocked: msg('Vault unlocked') } as const satisfies Record<VaultState, string>;

export function trayTemplate(state: VaultState, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: t(WORDS[state]), enabled: false },
    { type: 'separator' },
    { label: t('Show Penchant'), click: () => { actions.showWindow(); } },
    { label: t('Lock the vault'), enabled: state === 'unlocked', click: () => { actions.lock(); } },
    { type: 'separator' },
    { label: t('Quit'), click: () => { actions.quit(); } },
  ];
}

/** `tray`: as created with its icon; `setMenu`: gives it a menu made of this template. @returns a function to call whenever the vault's state changed */
export function createTrayMenu(tray: Pick<Tray, 'setToolTip' | 'on'>, setMenu: (template: MenuItemConstructorOptions[]) => void, actions: TrayActions): (state: VaultState) => void {
  tray.on('click', () => { actions.showWindow(); });
  const show = (state: VaultState): void => {
    tray.setToolTip(`Penchant: ${inSentence(t(WORDS[state]))}`);
    setMenu(trayTemplate(state, actions));
  };
  show('locked');
  return show;
}

/** The state in a `vault.changed` event or a `vault.status` answer; null when it is not there. */
export function vaultStateOf(payload: unknown): VaultState | null {
  const state = typeof payload === 'object' && payload !== null && 'state' in payload ? payload.state : null;
  return state === 'none' || state === 'locked' || state === 'unlocked' ? state : null;
}
