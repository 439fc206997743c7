/** The person's own kinds of files: rename one, or have Penchant forget it. */
import { labelled } from '../../../../shared/language/format.ts';
import { useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { ownCopy } from '../../copy/own-sources.ts';
import { kindOnly } from '../../copy/strike-out.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { importsResource, mappingsResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Card } from '../../ui/surfaces.tsx';
import './sources.css';

type Own = Output<'sources.mappings'>['mappings'][number];

const reload = () => Promise.all([mappingsResource.getState().load(), importsResource.getState().load()]);

function Rename({ own, onClose }: { readonly own: Own; readonly onClose: () => void }) {
  const [name, setName] = useState(own.mapping.name);
  const task = useTask();
  const save = () => { task.run(async () => { await call('sources.renameMapping', { mappingId: own.mappingId, name: name.trim() }); await reload(); onClose(); }); };
  return (
    <Dialog title={ownCopy.renameTitle(own.mapping.name)} onClose={onClose} actions={<><Button variant="quiet" onClick={onClose}>{ownCopy.cancel}</Button><Button variant="primary" busy={task.busy} disabled={name.trim() === ''} onClick={save}>{ownCopy.renameSave}</Button></>}>
      <TextField label={ownCopy.name} maxLength={80} value={name} onChange={setName} />
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

function Remove({ own, onClose }: { readonly own: Own; readonly onClose: () => void }) {
  const task = useTask();
  const remove = () => { task.run(async () => { await call('sources.deleteMapping', { mappingId: own.mappingId }); showToast(ownCopy.removed(own.mapping.name)); await reload(); onClose(); }); };
  return (
    <ConfirmDialog title={ownCopy.removeTitle(own.mapping.name)} confirm={ownCopy.remove} danger busy={task.busy} onConfirm={remove} onClose={onClose}>
      <p>{ownCopy.removeText}</p>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </ConfirmDialog>
  );
}

export function OwnList({ mappings }: { readonly mappings: readonly Own[] }) {
  const [open, setOpen] = useState<{ readonly what: 'rename' | 'remove'; readonly own: Own } | null>(null);
  const close = () => { setOpen(null); };
  if (mappings.length === 0) return null;
  return (
    <Card title={ownCopy.list}>
      <p className="soft">{ownCopy.listHint}</p>
      <ul className="plain own-list">
        {mappings.map((own) => (
          <li key={own.mappingId} className="row-between">
            <span><strong className="break-anywhere">{own.mapping.name}</strong><br /><span className="faint break-anywhere">{ownCopy.summary(kindOnly(own.mapping.kind), own.mapping.columns.map(({ name }) => name))}</span></span>
            <span className="table-actions">
              <Button small variant="quiet" aria-label={labelled(ownCopy.rename, own.mapping.name)} onClick={() => { setOpen({ what: 'rename', own }); }}>{ownCopy.rename}</Button>
              <Button small variant="quiet" aria-label={labelled(ownCopy.remove, own.mapping.name)} onClick={() => { setOpen({ what: 'remove', own }); }}>{ownCopy.remove}</Button>
            </span>
          </li>
        ))}
      </ul>
      {open?.what === 'rename' ? <Rename own={open.own} onClose={close} /> : null}
      {open?.what === 'remove' ? <Remove own={open.own} onClose={close} /> : null}
    </Card>
  );
}
