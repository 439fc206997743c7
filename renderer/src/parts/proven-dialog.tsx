/** A dialog whose one act needs a proof: what it does, the proof, go on. */
import { useState, type ReactNode } from 'react';
import { controls } from '../copy/controls.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from './error-note.tsx';
import { ProofField, type Proof } from './proof-field.tsx';
import { useTask } from './use-task.ts';
import { SubmitByEnter } from '../ui/bare.tsx';

interface Props {
  readonly title: string; readonly action: string; readonly danger?: boolean; readonly children: ReactNode;
  readonly onClose: () => void;
  /** The act itself; the dialog's owner closes it when it is done. */
  readonly act: (proof: Proof) => Promise<void>;
}

export function ProvenDialog({ title, action, danger = false, children, onClose, act }: Props) {
  const [proof, setProof] = useState<Proof | null>(null);
  const task = useTask();
  const go = () => { if (proof) task.run(() => act(proof)); };
  return (
    <Dialog title={title} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant={danger ? 'danger' : 'primary'} busy={task.busy} disabled={!proof} onClick={go}>{action}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); go(); }}>
        {children}
        <ProofField onChange={setProof} autoFocus />
        <SubmitByEnter />
      </form>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}
