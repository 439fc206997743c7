/** The tray icon: says whether the vault is open, what waits, and whether companies get answers; locks it, and takes a break. */
import type { MenuItemConstructorOptions, Tray } from 'electron';
import { inSentence } from '../../shared/language/format.ts';
import { msg, t } from '../../shared/language/message.ts';

export type VaultState = 'none' | 'locked' | 'unlocked';
export interface TrayActions {
  readonly lock: () => void; readonly showWindow: () => void; readonly quit: () => void;
  /** Nobody gets an answer until the person ends it. */
  readonly takeBreak: () => void;
  /** Ending it lets more through: it asks for a proof where that is due, so it is ended in the window. */
  readonly endBreak: () => void;
  readonly showRequests: () => void;
}
/** Whatever a menu shows. `waiting`: requests that wait for an answer. */
export interface TrayState { readonly vault: VaultState; readonly onBreak: boolean; readonly waiting: number }

const WORDS = { none: msg('No vault yet'), locked: msg('Vault locked'), unlocked: msg('Vault unlocked') } as const satisfies Record<VaultState, string>;
const stateWords = ({ vault, onBreak }: TrayState): string => (vault === 'unlocked' && onBreak ? t('Vault unlocked, on a break from everyone') : t(WORDS[vault]));

export function trayTemplate(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const isOpen = state.vault === 'unlocked';
  return [
    { label: stateWords(state), enabled: false },
    ...(isOpen && state.waiting > 0 ? [{ label: t('{count, plural, one {# request waits for your answer} other {# requests wait for your answer}}', { count: state.waiting }), click: () => { actions.showRequests(); } }] : []),
    { type: 'separator' },
    { label: t('Show Penchant'), click: () => { actions.showWindow(); } },
    isOpen && state.onBreak ? { label: t('End the break from everyone'), click: () => { actions.endBreak(); } } : { label: t('Take a break from everyone'), enabled: isOpen, click: () => { actions.takeBreak(); } },
    { label: t('Lock the vault'), enabled: isOpen, click: () => { actions.lock(); } },
    { type: 'separator' },
    { label: t('Quit'), click: () => { actions.quit(); } },
  ];
}

/** `tray`: as created with its icon; `setMenu`: gives it a menu made of this template. @returns a function to call with whatever changed */
export function createTrayMenu(tray: Pick<Tray, 'setToolTip' | 'on'>, setMenu: (template: MenuItemConstructorOptions[]) => void, actions: TrayActions): (change: Partial<TrayState>) => void {
  tray.on('click', () => { actions.showWindow(); });
  let state: TrayState = { vault: 'locked', onBreak: false, waiting: 0 };
  const show = (change: Partial<TrayState>): void => {
    state = { ...state, ...change };
    tray.setToolTip(`Penchant: ${inSentence(stateWords(state))}`);
    setMenu(trayTemplate(state, actions));
  };
  show({});
  return show;
}

/** The state in a `vault.changed` event or a `vault.status` answer; null when it is not there. */
export function vaultStateOf(payload: unknown): VaultState | null {
  const state = typeof payload === 'object' && payload !== null && 'state' in payload ? payload.state : null;
  return state === 'none' || state === 'locked' || state === 'unlocked' ? state : null;
}
