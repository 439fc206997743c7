/** The vault's state as the page knows it, and the connection to the host. */
import { create } from 'zustand';
import type { Input, Output } from '../../../shared/api/contract.ts';
import { language } from '../../../shared/language/message.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { asAppError, call, on, onConnection, type ConnectionState } from '../bridge/client.ts';
import { resetResources } from './resource.ts';
import { forgetDrafts } from './drafts.ts';
import { forgetAddresses } from './route.ts';

export type VaultStatus = Output<'vault.status'>;

interface VaultStore {
  readonly connection: ConnectionState;
  readonly status: VaultStatus | null;
  readonly error: AppError | null;
  /** The recovery phrase that just opened the vault: setting a new passphrase needs it once more. Forgotten after that choice, and at lock. */
  readonly recoveredWith: string | null;
  readonly load: () => Promise<void>;
  readonly setStatus: (status: VaultStatus) => void;
  readonly setRecoveredWith: (phrase: string | null) => void;
  readonly lock: () => Promise<void>;
}

export const useVault = create<VaultStore>()((set, get) => ({
  connection: 'connecting', status: null, error: null, recoveredWith: null,
  load: async () => {
    try {
      get().setStatus(await call('vault.status'));
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },
  setStatus: (status) => {
    // At unlock too: an answer that was on its way at lock may have come since, and says no more than that the vault was locked.
    if (status.state !== 'unlocked' || get().status?.state !== 'unlocked') resetResources();
    if (status.state !== 'unlocked') {
      forgetAddresses();
      forgetDrafts();
      set({ recoveredWith: null });
    }
    set({ status, error: null });
  },
  setRecoveredWith: (recoveredWith) => { set({ recoveredWith }); },
  lock: async () => {
    try {
      await call('vault.lock');
    } finally {
      await get().load();
    }
  },
}));

/** Of a core that may have just begun: it has to be told what to speak before it says anything. */
function loadAnew(): void {
  call('settings.speak', { language: language() as Input<'settings.speak'>['language'] }).catch(() => undefined);
  void useVault.getState().load();
}

/** Starts listening to the host. Call once. */
export function watchVault(): void {
  on('vault.changed', (status) => { useVault.getState().setStatus(status); });
  on('core.ended', () => {
    const { status, setStatus } = useVault.getState();
    // At once, and then as the next core says: what was on the screen belongs to an open vault.
    if (status?.state === 'unlocked') setStatus({ ...status, state: 'locked', logProblem: 'none', diskFull: false });
    loadAnew();
  });
  onConnection((connection) => {
    useVault.setState({ connection });
    if (connection === 'open') loadAnew();
  });
}
