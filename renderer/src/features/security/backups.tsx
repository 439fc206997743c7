/** Backups: the last one, making one now, making them by itself; and the export of everything in open formats. */
import { useCallback, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { controls } from '../../copy/controls.ts';
import { errorWords } from '../../copy/errors.ts';
import { securityCopy } from '../../copy/security.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PassphraseFields, type NewPassphrase } from '../../parts/passphrase-fields.tsx';
import { RunningJob } from '../../parts/running-job.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useVault } from '../../state/vault.ts';
import { useTask } from '../../parts/use-task.ts';
import { backupResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { DoneIcon, SaveIcon } from '../../ui/icons.ts';
import { Card, Note } from '../../ui/surfaces.tsx';
import { SubmitByEnter } from '../../ui/bare.tsx';
import './security.css';

type Status = Output<'backup.status'>;
type Every = Status['schedule']['every'];
type Keep = keyof typeof securityCopy.keepOptions;
const EVERY: readonly Every[] = ['off', 'daily', 'weekly'];
const KEEP: readonly Keep[] = ['3', '7', '14', '30'];

function Schedule({ status }: { readonly status: Status }) {
  const { schedule } = status;
  const [folder, setFolder] = useState(schedule.folder ?? '');
  const task = useTask();
  const save = (change: Input<'backup.setSchedule'>, said?: string) => {
    task.run(async () => {
      await call('backup.setSchedule', change);
      await backupResource.getState().load();
      if (said !== undefined) showToast(said);
    });
  };
  const keep = KEEP.find((value) => Number(value) === schedule.keep) ?? '7';
  return (
    <div className="stack">
      <div className="security-pair">
        <Select<Every> label={securityCopy.every} value={schedule.every} disabled={task.busy} onChange={(every) => { save({ every }); }} options={EVERY.map((value) => ({ value, label: securityCopy.everyOptions[value] }))} />
        {schedule.every === 'off' ? null : <Select<Keep> label={securityCopy.keep} hint={securityCopy.keepHint} value={keep} disabled={task.busy} onChange={(value) => { save({ keep: Number(value) }); }} options={KEEP.map((value) => ({ value, label: securityCopy.keepOptions[value] }))} />}
      </div>
      {schedule.every === 'off' ? null : (
        <form className="stack-tight" onSubmit={(event) => { event.preventDefault(); save({ folder: folder.trim() === '' ? null : folder.trim() }, securityCopy.folderSaved); }}>
          <TextField label={securityCopy.folder} hint={securityCopy.folderHint(status.place)} value={folder} onChange={setFolder} autoComplete="off" spellCheck={false} />
          <div><Button small type="submit" busy={task.busy} disabled={folder.trim() === (schedule.folder ?? '')}>{securityCopy.folderSave}</Button></div>
        </form>
      )}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}

/** In the vault's own folder, which no other disk has. */
const isBeside = (place: string, vaultPlace: string | undefined): boolean => vaultPlace !== undefined && ['/', '\\'].some((between) => place.startsWith(`${vaultPlace}${between}`));

export function Backups() {
  const [written, setWritten] = useState<Output<'vault.backup'> | null>(null);
  const task = useTask();
  const nowMs = useNow(), vaultPlace = useVault((state) => state.status?.place);
  const make = () => {
    task.run(async () => {
      setWritten(null);
      setWritten(await call('vault.backup'));
    });
  };
  return (
    <Card title={securityCopy.backups}>
      <div className="stack">
        <p className="soft">{securityCopy.backupText}</p>
        <Loaded store={backupResource} lines={3}>{(status) => (
          <div className="stack">
            {status.last === null ? <Note tone="amber">{securityCopy.noBackup}</Note> : status.last.error
              ? <Note tone="amber" title={securityCopy.lastFailed(status.last.atMs, nowMs)}>{errorWords(status.last.error.code).what} {errorWords(status.last.error.code).next}</Note>
              : <p className="row numbers"><DoneIcon size={18} aria-hidden />{securityCopy.lastBackup(status.last.atMs, nowMs, status.last.sizeBytes)}</p>}
            {status.last?.error === null && isBeside(status.last.place, vaultPlace) ? <Note tone="amber">{securityCopy.backupBeside}</Note> : null}
            {task.busy ? <RunningJob kind="backup" label={(job) => (job?.phase === 'checking' ? securityCopy.backupCheckingCopy : securityCopy.backupBusy)} /> : <div><Button onClick={make}><SaveIcon size={18} aria-hidden />{securityCopy.backupAction}</Button></div>}
            {task.error ? <ErrorNote error={task.error} /> : null}
            {written ? <Note tone="accent" live icon={<DoneIcon size={20} aria-hidden />} title={securityCopy.backupDone(written.name, written.sizeBytes)}><span className="break-anywhere">{securityCopy.backupPlace(written.place)}</span></Note> : null}
            <Schedule status={status} />
            {status.dueAtMs === null ? null : <p className="faint">{securityCopy.next(status.dueAtMs, nowMs)}</p>}
          </div>
        )}</Loaded>
      </div>
    </Card>
  );
}

function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<NewPassphrase>({ passphrase: '', ready: false });
  const keep = useCallback((value: NewPassphrase) => { setChosen(value); }, []);
  const [written, setWritten] = useState<Output<'export.write'> | null>(null);
  const task = useTask();
  const write = () => {
    if (!chosen.ready) return;
    task.run(async () => { setWritten(await call('export.write', { passphrase: chosen.passphrase })); });
  };
  if (written) {
    return (
      <Dialog key="done" title={securityCopy.leave} onClose={onClose} actions={<Button variant="primary" onClick={onClose}>{controls.close}</Button>}>
        <Note tone="accent" live icon={<DoneIcon size={20} aria-hidden />} title={securityCopy.leaveDone(written.name, written.sizeBytes, written.records)}><span className="break-anywhere">{securityCopy.backupPlace(written.place)}</span></Note>
      </Dialog>
    );
  }
  return (
    <Dialog key="ask" title={securityCopy.leave} onClose={onClose} actions={task.busy ? undefined : <><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" disabled={!chosen.ready} onClick={write}>{securityCopy.leaveGo}</Button></>}>
      {task.busy ? <RunningJob kind="export" label={() => securityCopy.leaveBusy} /> : (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); write(); }}>
          <PassphraseFields label={securityCopy.leavePassphrase} onChange={keep} />
          <SubmitByEnter />
        </form>
      )}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

export function TakeAlong() {
  const [open, setOpen] = useState(false);
  return (
    <Card title={securityCopy.leave}>
      <div className="stack">
        <p className="soft">{securityCopy.leaveText}</p>
        <div><Button onClick={() => { setOpen(true); }}>{securityCopy.leaveAction}</Button></div>
      </div>
      {open ? <ExportDialog onClose={() => { setOpen(false); }} /> : null}
    </Card>
  );
}
