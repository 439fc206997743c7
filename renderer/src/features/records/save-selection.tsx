/** A selection becomes a file among the downloads, part by part, with a way to stop. */
import { useRef, useState } from 'react';
import { call } from '../../bridge/client.ts';
import { recordsCopy } from '../../copy/records.ts';
import { controls } from '../../copy/controls.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { saveTextFile } from '../../parts/save-file.ts';
import { useTask } from '../../parts/use-task.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup } from '../../ui/fields.tsx';
import { Progress } from '../../ui/surfaces.tsx';
import type { Search } from './use-found.ts';

export type Selection = { readonly ids: readonly number[] } | { readonly search: Search; readonly total: number };
type Format = keyof typeof recordsCopy.formats;

const TYPES: Readonly<Record<Format, string>> = { csv: 'text/csv', json: 'application/json' };

export function SaveSelection({ selection, onClose }: { readonly selection: Selection; readonly onClose: () => void }) {
  const [format, setFormat] = useState<Format>('csv');
  const [done, setDone] = useState<number | null>(null);
  const isStopped = useRef(false);
  const task = useTask();
  const total = 'ids' in selection ? selection.ids.length : selection.total;
  const save = () => {
    isStopped.current = false;
    task.run(async () => {
      const parts: string[] = [];
      try {
        for (let from: number | null = 0; from !== null;) {
          const part: Awaited<ReturnType<typeof call<'records.export'>>> = await call('records.export', { selection: 'ids' in selection ? { ids: [...selection.ids] } : { search: selection.search }, format, from });
          if (isStopped.current) { showToast(recordsCopy.stopped); return; }
          parts.push(part.text);
          from = part.next;
          setDone(from ?? part.things);
        }
      } finally {
        setDone(null);
      }
      saveTextFile(`${recordsCopy.fileName}.${format}`, parts, TYPES[format]);
      showToast(recordsCopy.saved(total));
      onClose();
    });
  };
  const stop = () => { isStopped.current = true; };
  return (
    <Dialog
      title={recordsCopy.saveTitle} onClose={() => { stop(); onClose(); }}
      actions={task.busy ? <Button onClick={stop}>{recordsCopy.stop}</Button> : <><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" onClick={save}>{recordsCopy.save}</Button></>}
    >
      <p>{recordsCopy.saveText(total)}</p>
      {done === null ? <RadioGroup<Format> legend={recordsCopy.format} value={format} onChange={setFormat} options={(Object.keys(TYPES) as Format[]).map((value) => ({ value, label: recordsCopy.formats[value] }))} /> : <Progress label={recordsCopy.saving} value={done} max={total} detail={recordsCopy.savingOf(done, total)} />}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}
