/** Putting back a backup, or saving what a damaged vault still holds: shown instead of everything else until the person leaves it. */
import { create } from 'zustand';
import type { Output } from '../../../shared/api/contract.ts';
import { call, onConnection } from '../bridge/client.ts';
import { loadJobs, useJobs } from './jobs.ts';
import { useVault } from './vault.ts';

export type Rescue = 'restore' | 'recover';

interface RescueStore {
  /** Goes on after the vault is open again, until the person has read how it went. */
  readonly step: Rescue | null;
  /** Work of this kind that was under way already when this page came: the page was loaded again, or its connection came back. */
  readonly jobId: string | null;
  /** What saving a damaged vault came to, until the person has read it; the vault keeps it as long. */
  readonly report: Output<'vault.recover'> | null;
}

/** How many of its own calls for it this page waits for. */
let asked = 0;

/** Asks for such work: while the answer is awaited, the work is this page's own, whatever is heard of it otherwise. */
export async function askForRescue<T>(work: () => Promise<T>): Promise<T> {
  asked++;
  try {
    return await work();
  } finally {
    asked--;
  }
}

export const useRescue = create<RescueStore>()(() => ({ step: null, jobId: null, report: null }));
export const startRescue = (step: Rescue): void => { useRescue.setState({ step, jobId: null, report: null }); };
export const endRescue = (): void => { useRescue.setState({ step: null, jobId: null, report: null }); };
export const showReport = (report: Output<'vault.recover'>): void => { useRescue.setState({ step: 'recover', jobId: null, report }); };

/** Shows a report that was not read yet, whichever page it was made for. @returns true when there is one */
export async function findReport(): Promise<boolean> {
  const { report } = await call('vault.recovered');
  if (report) showReport(report);
  return report !== null;
}

/** Starts looking for such work, and for what it came to when a vault is opened. Call once. */
export function watchRescue(): void {
  useVault.subscribe(({ status }, before) => {
    const isOpen = status?.state === 'unlocked', wasOpen = before.status?.state === 'unlocked';
    if (isOpen && !wasOpen) findReport().catch(() => undefined);
    // It is of the vault: while that is locked nothing of it stands on the screen.
    else if (wasOpen && !isOpen && useRescue.getState().step !== null && !isUnderWay()) endRescue();
  });
  onConnection((connection) => { if (connection === 'open') findRescue().catch(() => undefined); });
}

/** While one goes on, the vault is locked because of it. */
const isUnderWay = (): boolean => asked > 0 || Object.values(useJobs.getState().jobs).some(({ kind, state }) => state === 'running' && (kind === 'restore' || kind === 'recover'));

async function findRescue(): Promise<void> {
  await loadJobs();
  // Begun since the connection came back.
  if (asked > 0) return;
  for (const { id, kind, state } of Object.values(useJobs.getState().jobs)) if (state === 'running' && (kind === 'restore' || kind === 'recover')) useRescue.setState({ step: kind, jobId: id });
}
