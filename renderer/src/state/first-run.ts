/** How far the first run is: shown instead of everything else until the person reaches Home. */
import { create } from 'zustand';
import type { Output } from '../../../shared/api/contract.ts';
import { useVault } from './vault.ts';

export type Step = 'welcome' | 'create' | 'phrase' | 'confirm' | 'import';

interface FirstRunStore {
  /** Goes on after the vault exists, until the person reaches Home. */
  readonly step: Step | null;
  /** Only while the phrase is being shown and asked back. */
  readonly kit: Output<'vault.renewRecovery'> | null;
}

export const useFirstRun = create<FirstRunStore>()(() => ({ step: null, kit: null }));
/** Ends the first run and forgets the words. */
export const endFirstRun = (): void => { useFirstRun.setState({ step: null, kit: null }); };

/** Starts listening: a vault that locks meanwhile takes the words off the screen and out of memory. Call once. */
export function watchFirstRun(): void {
  // However the page hears of it: by the event, from a core that ended, or when its connection comes back.
  useVault.subscribe(({ status }) => { if (status?.state === 'locked' && useFirstRun.getState().step !== null) endFirstRun(); });
}
