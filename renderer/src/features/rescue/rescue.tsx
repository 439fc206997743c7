/** Ways back: putting a backup in place, and saving what can still be read of a damaged vault. */
import { useEffect, useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { call } from '../../bridge/client.ts';
import { rescueCopy, rescueDetail, rescuePhase } from '../../copy/rescue.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { HandedFile, type Handed } from '../../parts/handed-file.tsx';
import { ProofField, type Proof } from '../../parts/proof-field.tsx';
import { RunningJob } from '../../parts/running-job.tsx';
import { useTask, type Task } from '../../parts/use-task.ts';
import { useJobs } from '../../state/jobs.ts';
import { askForRescue, endRescue, findReport, type Rescue, showReport, startRescue, useRescue } from '../../state/rescue.ts';
import { href, navigate } from '../../state/route.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { DoneIcon, NextIcon } from '../../ui/icons.ts';
import { Card, Note } from '../../ui/surfaces.tsx';

function leave(): void {
  endRescue();
  navigate(href('home'));
}

function Frame({ title, lead, children }: { readonly title: string; readonly lead?: string; readonly children: ReactNode }) {
  return <Card><div className="stack"><h1>{title}</h1>{lead === undefined ? null : <p className="soft">{lead}</p>}{children}</div></Card>;
}

const Running = ({ step }: { readonly step: Rescue }) => <RunningJob kind={step} label={rescuePhase} detail={rescueDetail} />;

/** Stopping is what the person wanted; all else is an error. */
function Failed({ task, actions }: { readonly task: Task; readonly actions?: ReactNode }) {
  if (task.error === null) return null;
  return task.error.code === 'ERR_CANCELLED' ? <p className="soft" role="status">{rescueCopy.stopped}</p> : <ErrorNote error={task.error} actions={actions} />;
}

/** Of a page that was loaded again while it was at work. What it ends in is in the vault. */
function UnderWay({ step, jobId }: { readonly step: Rescue; readonly jobId: string }) {
  const job = useJobs((state) => state.jobs[jobId]);
  const isOpen = useVault(({ status }) => status?.state === 'unlocked');
  const ended = job?.state;
  useEffect(() => {
    if (isOpen && step === 'restore') leave();
    else if (isOpen) findReport().then((found) => { if (!found) leave(); }, leave);
    else if (ended === 'cancelled') startRescue(step);
  }, [isOpen, ended, step]);
  return (
    <Frame title={step === 'restore' ? rescueCopy.restoreTitle : rescueCopy.recoverTitle}>
      {job?.error ? <ErrorNote error={new AppError(job.error.code, job.error.message)} /> : <Running step={step} />}
      {ended === 'running' ? null : <div><Button variant="quiet" onClick={endRescue}>{rescueCopy.back}</Button></div>}
    </Frame>
  );
}

function Restore() {
  const hasVault = useVault(({ status, error }) => error !== null || (status !== null && status.state !== 'none'));
  // Of the moment this was opened: afterwards there is a vault in any case.
  const [setAside] = useState(hasVault);
  const [handed, setHanded] = useState<Handed | null>(null);
  const [secret, setSecret] = useState<Proof | null>(null);
  const [restored, setRestored] = useState<Output<'vault.restore'> | null>(null);
  const handing = useTask();
  const task = useTask();
  const restore = (acceptOlder: boolean) => {
    if (!handed || !secret) return;
    task.run(async () => {
      const done = await askForRescue(() => call('vault.restore', { fileId: handed.fileId, secret, setAside, acceptOlder }));
      setRestored(done);
      await useVault.getState().load();
    });
  };
  if (restored) {
    return (
      <Frame title={rescueCopy.restored}>
        <p className="row"><DoneIcon size={20} aria-hidden />{rescueCopy.restoredText(restored.createdAtMs, restored.entries)}</p>
        {restored.setAside === null ? null : <p className="soft break-anywhere">{rescueCopy.setAside(restored.setAside)}</p>}
        <div><Button variant="primary" onClick={leave} autoFocus>{rescueCopy.go}<NextIcon size={18} aria-hidden /></Button></div>
      </Frame>
    );
  }
  return (
    <Frame title={rescueCopy.restoreTitle} lead={rescueCopy.restoreLead}>
      {setAside ? <Note>{rescueCopy.asideNote}</Note> : null}
      <form className="stack" onSubmit={(event) => { event.preventDefault(); restore(false); }}>
        <HandedFile title={rescueCopy.choose} accept=".backup" handed={handed} onHanded={(file) => { setHanded(file); task.clear(); }} task={handing} inUse={task.busy} />
        {handing.error ? <ErrorNote error={handing.error} /> : null}
        {handed ? <ProofField passphrase={rescueCopy.passphrase} phrase={rescueCopy.phrase} onChange={setSecret} /> : null}
        <Failed task={task} actions={task.error?.code === 'ERR_BACKUP_OLDER' ? <Button small onClick={() => { restore(true); }}>{rescueCopy.olderAction}</Button> : undefined} />
        {task.busy ? <Running step="restore" /> : (
          <div className="row">
            <Button type="submit" variant="primary" disabled={!handed || !secret}>{rescueCopy.restoreAction}</Button>
            <Button variant="quiet" onClick={endRescue}>{rescueCopy.back}</Button>
          </div>
        )}
      </form>
    </Frame>
  );
}

/** Nothing a person would miss. */
const INNER: ReadonlySet<string> = new Set(['meta', 'audit_lists', 'audit_chain', 'issuer_keys', 'status_lists', 'grant_usage', 'grant_versions']);

function Report({ report }: { readonly report: Output<'vault.recover'> }) {
  // If that fails it is shown once more, which costs nothing.
  const read = () => { void call('vault.dismissRecovered').catch(() => undefined).then(leave); };
  const tables = report.tables.filter(({ table }) => !INNER.has(table));
  const unread = tables.filter(({ lost, read }) => lost === null && read === 0);
  const lost = tables.filter((table) => table.lost !== 0 && !unread.includes(table));
  const kept = tables.filter((table) => table.lost === 0 && table.read > 0);
  return (
    <Frame title={rescueCopy.recovered}>
      {report.whole ? <p className="row"><DoneIcon size={20} aria-hidden />{rescueCopy.whole}</p> : <Note tone="loss" title={rescueCopy.partly}><div className="stack-tight">{lost.length === 0 ? null : <ul className="plain">{lost.map((table) => <li key={table.table}>{table.words}</li>)}</ul>}{unread.length === 0 ? null : <p>{rescueCopy.unread(unread.map(({ what }) => what))}</p>}</div></Note>}
      {kept.length === 0 ? null : <div className="stack-tight"><p><strong>{rescueCopy.rest}</strong></p><ul className="plain soft">{kept.map((table) => <li key={table.table}>{table.words}</li>)}</ul></div>}
      <p className="soft break-anywhere">{rescueCopy.setAside(report.setAside)}</p>
      <div><Button variant="primary" onClick={read} autoFocus>{rescueCopy.go}<NextIcon size={18} aria-hidden /></Button></div>
    </Frame>
  );
}

function Recover() {
  const broken = useVault(({ error }) => error?.code === 'ERR_VAULT_HEADER_INVALID');
  const [keyFileBroken] = useState(broken);
  const [handed, setHanded] = useState<Handed | null>(null);
  const [secret, setSecret] = useState<Proof | null>(null);
  const handing = useTask();
  const task = useTask();
  const recover = () => {
    if (!secret) return;
    task.run(async () => {
      const done = await askForRescue(() => call('vault.recover', { secret, ...(handed ? { keysFrom: handed.fileId } : {}) }));
      showReport(done);
      await useVault.getState().load();
    });
  };
  const needsKeys = keyFileBroken || task.error?.code === 'ERR_VAULT_HEADER_INVALID';
  return (
    <Frame title={rescueCopy.recoverTitle} lead={rescueCopy.recoverLead}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); recover(); }}>
        {needsKeys ? <><Note tone="amber">{rescueCopy.keysLead}</Note><HandedFile title={rescueCopy.choose} accept=".backup" handed={handed} onHanded={setHanded} task={handing} inUse={task.busy} /></> : null}
        {handing.error ? <ErrorNote error={handing.error} /> : null}
        <ProofField passphrase={rescueCopy.ownPassphrase} phrase={rescueCopy.ownPhrase} onChange={setSecret} />
        <Failed task={task} actions={<Button small onClick={() => { startRescue('restore'); }}>{rescueCopy.toRestore}</Button>} />
        {task.busy ? <Running step="recover" /> : (
          <div className="row">
            <Button type="submit" variant="primary" disabled={!secret || (needsKeys && !handed)}>{rescueCopy.recoverAction}</Button>
            <Button variant="quiet" onClick={endRescue}>{rescueCopy.back}</Button>
          </div>
        )}
      </form>
    </Frame>
  );
}

export function RescueScreen({ step, jobId }: { readonly step: Rescue; readonly jobId: string | null }) {
  const report = useRescue((state) => state.report);
  if (report !== null) return <Report report={report} />;
  if (jobId !== null) return <UnderWay key={jobId} step={step} jobId={jobId} />;
  return step === 'restore' ? <Restore key="restore" /> : <Recover key="recover" />;
}
