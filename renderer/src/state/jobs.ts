/** Long work under way: the newest state of every job the core told about. */
import { create } from 'zustand';
import type { Topic } from '../../../shared/api/contract.ts';
import { call, on } from '../bridge/client.ts';

export type Job = Topic<'job.changed'>;

interface JobStore {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly keep: (job: Job) => void;
  readonly reset: () => void;
}

export const useJobs = create<JobStore>()((set) => ({
  jobs: {},
  keep: (job) => { set((state) => ({ jobs: { ...state.jobs, [job.id]: job } })); },
  reset: () => { set({ jobs: {} }); },
}));

/** Starts listening. Call once. */
export function watchJobs(): void {
  on('job.changed', (job) => { useJobs.getState().keep(job); });
  on('vault.changed', (status) => { if (status.state !== 'unlocked') useJobs.getState().reset(); });
}

/** Asks once for jobs that were running before this page was opened. */
export async function loadJobs(): Promise<void> {
  const { jobs } = await call('jobs.list');
  for (const job of jobs) useJobs.getState().keep(job);
}
