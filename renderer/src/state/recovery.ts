/** Which words of the recovery phrase will be asked for. Known only until the vault is locked; never the words themselves. */
import { create } from 'zustand';
import { useVault } from './vault.ts';

export const useRecovery = create<{ readonly positions: readonly number[] | null }>()(() => ({ positions: null }));

export const keepPositions = (positions: readonly number[] | null): void => { useRecovery.setState({ positions }); };

/** Starts listening. Call once. */
export function watchRecovery(): void {
  useVault.subscribe(({ status }) => { if (status !== null && status.state !== 'unlocked' && useRecovery.getState().positions !== null) keepPositions(null); });
}
