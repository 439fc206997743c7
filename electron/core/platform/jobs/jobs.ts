/** Long-running work under way: ids, progress told at a bearable rate, cancelling. */
import type { z } from 'zod';
import type { job as jobSchema } from '../../../../shared/api/sources.contract.ts';
import { AppError, toWireError } from '../../../../shared/errors/app-error.ts';
import type { Clock } from '../../ports.ts';

export type Job = z.output<typeof jobSchema>;
export type JobProgress = Partial<Pick<Job, 'phase' | 'subject' | 'doneBytes' | 'totalBytes' | 'records' | 'remainingMs' | 'reports'>>;

/** What work that can be watched and stopped needs of its job. */
export type JobWatch = Pick<JobHandle, 'signal' | 'update'>;

export interface JobHandle {
  readonly id: string;
  /** Aborted by cancelling, or by the vault locking. */
  readonly signal: AbortSignal;
  /** Aborted when the vault is about to lock: leave out everything that can wait. */
  readonly closing: AbortSignal;
  /** Resolves when the job is not paused, or is to stop. To be awaited between two pieces of work. @returns how long that took, in ms */
  whilePaused(): Promise<number>;
  /** Told at most five times a second. */
  update(progress: JobProgress): void;
}

export interface Jobs {
  /** Starts `body`; its returning ends the job: `cancelled` when the signal was aborted, `failed` when it throws. */
  start(kind: Job['kind'], body: (handle: JobHandle) => Promise<void>): string;
  /** Newest first; finished ones stay listed for as long as the vault is open, the last 50 of them. */
  list(): Job[];
  /** @returns false when it had already ended. @throws {AppError} ERR_JOB_UNKNOWN */
  cancel(id: string): boolean;
  /** Lets a job that can wait do so, or go on. @returns false when it had ended. @throws {AppError} ERR_JOB_UNKNOWN */
  pause(id: string, paused: boolean): boolean;
  isBusy(): boolean;
  /** True while a job runs that changes something; checking and making a backup stand in nobody's way. */
  isChanging(): boolean;
  /** Cancels whatever runs; does not wait for it. */
  cancelAll(): void;
  /** Resolves when the job has ended, at once when it has. @throws {AppError} ERR_JOB_UNKNOWN */
  ended(id: string): Promise<Job>;
  /** Cancels everything and waits for it. */
  close(): Promise<void>;
}

const TELL_EVERY_MS = 200;
const KEEP_ENDED = 50;
const ONLY_READS: ReadonlySet<Job['kind']> = new Set<Job['kind']>(['backup', 'verify', 'check']);

interface Entry { job: Job; readonly controller: AbortController; run: Promise<void>; toldAtMs: number; /** Wakes the work of a paused job. */ wake: () => void }

export function createJobs(deps: { readonly clock: Clock; readonly newId: () => string; readonly onChange: (job: Job) => void; readonly onUnexpected: (error: unknown, jobId: string) => void }): Jobs {
  const entries = new Map<string, Entry>();
  const closing = new AbortController();

  const known = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry) throw new AppError('ERR_JOB_UNKNOWN', 'There is no such job. It may have ended before the vault was last locked.');
    return entry;
  };
  const isRunning = (counts: (job: Job) => boolean): boolean => [...entries.values()].some(({ job }) => job.state === 'running' && counts(job));
  const tell = (entry: Entry, always: boolean): void => {
    const nowMs = deps.clock.nowMs();
    if (!always && nowMs - entry.toldAtMs < TELL_EVERY_MS) return;
    entry.toldAtMs = nowMs;
    deps.onChange(entry.job);
  };
  const end = (entry: Entry, state: Job['state'], error: Job['error']): void => {
    entry.job = { ...entry.job, state, error, paused: false, phase: 'finished', remainingMs: state === 'done' ? 0 : null };
    tell(entry, true);
    for (const old of [...entries.values()].filter((other) => other.job.state !== 'running').slice(0, -KEEP_ENDED)) entries.delete(old.job.id);
  };

  return Object.freeze({
    start(kind: Job['kind'], body: (handle: JobHandle) => Promise<void>): string {
      const id = deps.newId();
      const controller = new AbortController();
      const entry: Entry = {
        job: { id, kind, state: 'running', phase: 'reading', subject: '', doneBytes: 0, totalBytes: 0, records: 0, remainingMs: null, paused: false, reports: [], error: null },
        controller, wake: () => undefined, run: Promise.resolve(), toldAtMs: Number.NEGATIVE_INFINITY,
      };
      entries.set(id, entry);
      const handle: JobHandle = {
        id, signal: controller.signal, closing: closing.signal,
        async whilePaused() {
          if (!entry.job.paused || controller.signal.aborted) return 0;
          const sinceMs = deps.clock.nowMs();
          await new Promise<void>((resolve) => {
            entry.wake = resolve;
            controller.signal.addEventListener('abort', () => { resolve(); }, { once: true });
          });
          return deps.clock.nowMs() - sinceMs;
        },
        update(progress) { entry.job = { ...entry.job, ...progress }; tell(entry, progress.phase !== undefined || progress.reports !== undefined); },
      };
      entry.run = (async () => {
        // The caller learns the id before the first event about it.
        await Promise.resolve();
        try {
          await body(handle);
          end(entry, controller.signal.aborted ? 'cancelled' : 'done', null);
        } catch (error) {
          if (controller.signal.aborted && error instanceof AppError && error.code === 'ERR_CANCELLED') { end(entry, 'cancelled', null); return; }
          if (!(error instanceof AppError)) deps.onUnexpected(error, id);
          const { code, message } = toWireError(error, id);
          end(entry, 'failed', { code, message });
        }
      })();
      return id;
    },
    list: () => [...entries.values()].map((entry) => entry.job).reverse(),
    cancel(id: string): boolean {
      const entry = known(id);
      if (entry.job.state !== 'running') return false;
      entry.controller.abort();
      return true;
    },
    pause(id, paused) {
      const entry = known(id);
      if (entry.job.state !== 'running') return false;
      entry.job = { ...entry.job, paused, remainingMs: null };
      if (!paused) entry.wake();
      tell(entry, true);
      return true;
    },
    isBusy: () => isRunning(() => true),
    isChanging: () => isRunning(({ kind }) => !ONLY_READS.has(kind)),
    cancelAll() { for (const { job, controller } of entries.values()) if (job.state === 'running') controller.abort(); },
    async ended(id: string): Promise<Job> {
      const entry = known(id);
      await entry.run;
      return entry.job;
    },
    async close() {
      closing.abort();
      for (const entry of entries.values()) if (entry.job.state === 'running') entry.controller.abort();
      await Promise.all([...entries.values()].map((entry) => entry.run));
    },
  } satisfies Jobs);
}
