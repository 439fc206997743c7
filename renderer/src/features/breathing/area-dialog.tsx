/** Keeping an area quiet: which, how often it may come up, and how long. */
import { useState } from 'react';
import { call } from '../../bridge/client.ts';
import { breathingCopy } from '../../copy/breathing.ts';
import { controls } from '../../copy/controls.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { TopicPicker } from '../../parts/topic-picker.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { useTaxonomy } from '../../parts/use-wheel.ts';
import { breathingResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Skeleton } from '../../ui/surfaces.tsx';
import './breathing.css';

type Until = keyof typeof breathingCopy.until;
const DAYS: Readonly<Partial<Record<Until, number>>> = { week: 7, month: 30, quarter: 91 };
const OFTEN = ['0', '1', '2', '5'] as const;

/** The end of that day on this computer's clock; null for what is no day. */
function endOfDay(text: string): number | null {
  const [year, month, day] = text.split('-').map(Number);
  const end = year === undefined || month === undefined || day === undefined ? Number.NaN : new Date(year, month - 1, day + 1).getTime();
  return Number.isSafeInteger(end) ? end : null;
}

/** `taken`: areas that are quiet already; they are taken back first. */
export function AreaDialog({ taken, onClose }: { readonly taken: readonly string[]; readonly onClose: () => void }) {
  const taxonomy = useTaxonomy();
  const [node, setNode] = useState('');
  const [often, setOften] = useState<(typeof OFTEN)[number]>('0');
  const [until, setUntil] = useState<Until>('open');
  const [day, setDay] = useState('');
  const task = useTask();
  const nowMs = useNow();
  const chosenEnd = until === 'date' ? endOfDay(day) : null;
  const isPast = chosenEnd !== null && chosenEnd <= nowMs;
  const add = () => {
    const days = DAYS[until];
    task.run(async () => {
      await call('breathing.hush', { node, perDay: Number(often), untilMs: until === 'date' ? chosenEnd : days === undefined ? null : Date.now() + days * 86_400_000 });
      await breathingResource.getState().load();
      showToast(breathingCopy.added(taxonomy?.byId.get(node)?.label ?? node));
      onClose();
    });
  };
  return (
    <Dialog
      title={breathingCopy.addTitle} onClose={onClose}
      actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={node === '' || (until === 'date' && (chosenEnd === null || isPast))} onClick={add}>{breathingCopy.addAction}</Button></>}
    >
      {/* What is closed never leaves anyway. */}
      {taxonomy === null ? <Skeleton lines={5} /> : <TopicPicker among={taxonomy.nodes.filter(({ id, closed }) => !closed && !taken.includes(id))} taxonomy={taxonomy} value={node} onChange={setNode} />}
      <div className="breathing-pair">
        <Select label={breathingCopy.howOften} value={often} onChange={setOften} options={OFTEN.map((value) => ({ value, label: breathingCopy.times(Number(value)) }))} />
        <Select<Until> label={breathingCopy.howLong} value={until} onChange={setUntil} options={(Object.keys(breathingCopy.until) as Until[]).map((value) => ({ value, label: breathingCopy.until[value] }))} />
      </div>
      {until === 'date' ? <TextField type="date" label={breathingCopy.untilDay} value={day} onChange={setDay} error={isPast ? breathingCopy.dayPast : null} /> : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}
