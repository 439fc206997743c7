/** Which words of the recovery phrase will be asked for. Known only until the vault is locked; never the words themselves. */
import { create } from 'zustand';
import { on } from '../bridge/client.ts';

export const useRecovery = create<{ readonly positions: readonly number[] | null }>()(() => ({ positions: null }));

export const keepPositions = (positions: readonly number[] | null): void => { useRecovery.setState({ positions }); };

/** Starts listening. Call once. */
export function watchRecovery(): void {
  on('vault.changed', (status) => { if (status.state !== 'unlocked') keepPositions(null); });
}
