/** Putting back a backup, or saving what a damaged vault still holds: shown instead of everything else until the person leaves it. */
import { create } from 'zustand';

export type Rescue = 'restore' | 'recover';

/** Goes on after the vault is open again, until the person has read how it went. */
export const useRescue = create<{ readonly step: Rescue | null }>()(() => ({ step: null }));
export const startRescue = (step: Rescue): void => { useRescue.setState({ step }); };
export const endRescue = (): void => { useRescue.setState({ step: null }); };
