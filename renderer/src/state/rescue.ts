/** Putting back a backup, or saving what a damaged vault still holds: shown instead of everything else until the person leaves it. */
import { create } from 'zustand';
import { onConnection } from '../bridge/client.ts';
import { loadJobs, useJobs } from './jobs.ts';

export type Rescue = 'restore' | 'recover';

interface RescueStore {
  /** Goes on after the vault is open again, until the person has read how it went. */
  readonly step: Rescue | null;
  /** Work of this kind that was under way already when this page came: the page was loaded again, or its connection came back. */
  readonly jobId: string | null;
}

export const useRescue = create<RescueStore>()(() => ({ step: null, jobId: null }));
export const startRescue = (step: Rescue): void => { useRescue.setState({ step, jobId: null }); };
export const endRescue = (): void => { useRescue.setState({ step: null, jobId: null }); };

/** Starts looking for such work. Call once. */
export function watchRescue(): void {
  onConnection((connection) => { if (connection === 'open') findRescue().catch(() => undefined); });
}

async function findRescue(): Promise<void> {
  await loadJobs();
  for (const { id, kind, state } of Object.values(useJobs.getState().jobs)) if (state === 'running' && (kind === 'restore' || kind === 'recover')) useRescue.setState({ step: kind, jobId: id });
}
