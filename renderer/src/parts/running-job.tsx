/** Long work under way: what it is doing, how far it is, and a way to stop it. */
import { useState, type ReactNode } from 'react';
import { call } from '../bridge/client.ts';
import { controls } from '../copy/controls.ts';
import { useJobs, type Job } from '../state/jobs.ts';
import { Button } from '../ui/button.tsx';
import { Progress } from '../ui/surfaces.tsx';

interface Props {
  readonly kind: Job['kind'];
  /** What it is doing; undefined before it began, and when only what cannot be stopped is left. */
  readonly label: (job: Job | undefined) => string;
  readonly detail?: (job: Job) => ReactNode;
  /** False where stopping is of no use any more. */
  readonly canStop?: (job: Job) => boolean;
}

export function RunningJob({ kind, label, detail, canStop = () => true }: Props) {
  const job = useJobs((state) => Object.values(state.jobs).find((candidate) => candidate.kind === kind && candidate.state === 'running'));
  const [stopping, setStopping] = useState('');
  const stop = (jobId: string) => {
    setStopping(jobId);
    call('jobs.cancel', { jobId }).catch(() => { setStopping(''); });
  };
  const isStopping = job !== undefined && stopping === job.id;
  return (
    <div className="stack-tight">
      <Progress label={label(job)} value={job && job.totalBytes > 0 ? job.doneBytes : null} max={Math.max(1, job?.totalBytes ?? 1)} {...(job && detail ? { detail: detail(job) } : {})} />
      <div><Button small busy={isStopping} disabled={job === undefined || !canStop(job)} onClick={() => { if (job) stop(job.id); }}>{isStopping ? controls.stopping : controls.stop}</Button></div>
    </div>
  );
}
