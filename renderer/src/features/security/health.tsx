/** Whether all is whole: one button that reads everything from the disk, and what it found, part by part. */
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { findingWords, securityCopy } from '../../copy/security.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { RunningJob } from '../../parts/running-job.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { healthResource } from '../../state/resources.ts';
import { Button } from '../../ui/button.tsx';
import { AlertIcon, DoneIcon, EnforcedIcon, WarnIcon } from '../../ui/icons.ts';
import { Card, LiveRegion } from '../../ui/surfaces.tsx';
import './security.css';

type Found = NonNullable<Output<'vault.health'>['last']>;
type State = Found['findings'][number]['state'];

const ICONS: Readonly<Record<State, ReactNode>> = {
  ok: <DoneIcon size={20} className="finding-ok" aria-hidden />, look: <WarnIcon size={20} className="finding-look" aria-hidden />, damaged: <AlertIcon size={20} className="finding-damaged" aria-hidden />,
};
const verdictOf = ({ findings }: Found): string =>
  findings.some(({ state }) => state === 'damaged') ? securityCopy.broken : findings.some(({ state }) => state === 'look') ? securityCopy.look : securityCopy.allWell;

function Findings({ found, nowMs }: { readonly found: Found; readonly nowMs: number }) {
  return (
    <div className="stack">
      <p><strong>{verdictOf(found)}</strong> <span className="faint">{securityCopy.checkedAt(found.atMs, nowMs)}</span></p>
      <ul className="plain findings">
        {found.findings.map((finding) => (
          <li key={finding.what}>{ICONS[finding.state]}<span><strong>{securityCopy.parts[finding.what]}.</strong> <span className="soft break-anywhere">{findingWords(finding, nowMs)}</span></span></li>
        ))}
      </ul>
    </div>
  );
}

export function HealthCard() {
  const task = useTask();
  const nowMs = useNow();
  const check = () => {
    task.run(async () => {
      try { await call('vault.check'); } finally { await healthResource.getState().load(); }
    });
  };
  return (
    <Card title={securityCopy.health}>
      <div className="stack">
        <Loaded store={healthResource} lines={4}>{({ last }) => (
          <>
            {last === null ? <p className="soft">{securityCopy.never} {securityCopy.checkText}</p> : <Findings found={last} nowMs={nowMs} />}
            <LiveRegion>{last === null || task.busy ? '' : verdictOf(last)}</LiveRegion>
          </>
        )}</Loaded>
        {task.busy ? (
          <RunningJob kind="check" label={(job) => (job ? securityCopy.checkingNow[job.subject as Found['findings'][number]['what']] : securityCopy.checking)} />
        ) : <div><Button onClick={check}><EnforcedIcon size={18} aria-hidden />{securityCopy.check}</Button></div>}
        {task.error?.code === 'ERR_CANCELLED' ? <p className="soft" role="status">{securityCopy.stopped}</p> : task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}
