/** The table of jobs: told at a bearable rate, cancelled once, never lost. */
import { describe, expect, it } from 'vitest';
import { createJobs, type Job } from '../../../electron/core/platform/jobs/jobs.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { testClock } from '../../support/ports.ts';

function setUp() {
  const clock = testClock();
  const told: Job[] = [], unexpected: unknown[] = [];
  let id = 0;
  const jobs = createJobs({ clock, newId: () => `job_${++id}`, onChange: (job) => { told.push(job); }, onUnexpected: (error) => { unexpected.push(error); } });
  return { clock, told, unexpected, jobs };
}

describe('a job', () => {
  it('is told at most five times a second, and always when it ends', async () => {
    const { clock, told, jobs } = setUp();
    const id = jobs.start('import', async (handle) => {
      for (let i = 1; i <= 1_000; i++) { clock.advance(1); handle.update({ records: i }); }
    });
    expect(jobs.isBusy()).toBe(true);
    const job = await jobs.ended(id);
    expect(job).toMatchObject({ state: 'done', phase: 'finished', records: 1_000 });
    expect(told.length).toBeLessThanOrEqual(7);
    expect(told.at(-1)).toEqual(job);
    expect(jobs.isBusy()).toBe(false);
  });

  it('fails with the code of an expected error, and with ERR_INTERNAL and nothing more for a bug', async () => {
    const { jobs, unexpected } = setUp();
    const coded = await jobs.ended(jobs.start('import', async () => { throw new AppError('ERR_STORAGE_FULL', 'Full.'); }));
    expect(coded).toMatchObject({ state: 'failed', error: { code: 'ERR_STORAGE_FULL', message: 'Full.' } });
    expect(unexpected).toEqual([]);
    const bug = await jobs.ended(jobs.start('enrich', async () => { throw new Error('secret detail'); }));
    expect(bug).toMatchObject({ kind: 'enrich', state: 'failed', error: { code: 'ERR_INTERNAL' } });
    expect(JSON.stringify(bug)).not.toContain('secret detail');
    expect(unexpected).toHaveLength(1);
  });

  it('is cancelled by its signal, whether it returns or throws then', async () => {
    const { jobs } = setUp();
    for (const isThrowing of [false, true]) {
      const id = jobs.start('import', (handle) => new Promise<void>((resolve, reject) => {
        handle.signal.addEventListener('abort', () => { if (isThrowing) reject(new AppError('ERR_CANCELLED', 'Stopped.')); else resolve(); });
      }));
      await Promise.resolve();
      await Promise.resolve();
      expect(jobs.cancel(id)).toBe(true);
      expect(await jobs.ended(id)).toMatchObject({ state: 'cancelled', error: null });
      expect(jobs.cancel(id)).toBe(false);
    }
  });

  it('is stopped and waited for when the vault closes', async () => {
    const { jobs } = setUp();
    let wasClosing = false;
    const id = jobs.start('import', (handle) => new Promise<void>((resolve) => {
      handle.signal.addEventListener('abort', () => { wasClosing = handle.closing.aborted; setTimeout(resolve, 5); });
    }));
    await Promise.resolve();
    await Promise.resolve();
    await jobs.close();
    expect(wasClosing).toBe(true);
    expect(jobs.list().find((job) => job.id === id)?.state).toBe('cancelled');
  });

  it('stays listed when ended, the newest fifty of them', async () => {
    const { jobs } = setUp();
    for (let i = 0; i < 60; i++) await jobs.ended(jobs.start('import', async () => undefined));
    expect(jobs.list()).toHaveLength(50);
    expect(jobs.list()[0]?.id).toBe('job_60');
  });
});
