/** Work that is a job with progress and cancelling, and a call that waits for its result. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Job, JobHandle, Jobs } from '../platform/jobs/jobs.ts';

/** @throws {AppError} whatever coded error the work ended in; ERR_CANCELLED; ERR_INTERNAL for a bug, which was logged */
export async function runJob<T>(jobs: Jobs, kind: Job['kind'], body: (handle: JobHandle) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  const job = await jobs.ended(jobs.start(kind, async (handle) => { result = { value: await body(handle) }; }));
  if (result) return result.value;
  throw job.error ? new AppError(job.error.code, job.error.message) : new AppError('ERR_CANCELLED', 'This was stopped before it was finished. Nothing of it was kept.');
}
