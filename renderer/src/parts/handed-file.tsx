/** One file, handed to the host as soon as it is chosen. */
import { useState } from 'react';
import { offerFile } from '../bridge/client.ts';
import { controls } from '../copy/controls.ts';
import { Button } from '../ui/button.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { DoneIcon } from '../ui/icons.ts';
import { Progress } from '../ui/surfaces.tsx';
import type { Task } from './use-task.ts';

export interface Handed { readonly fileId: string; readonly name: string }

interface Props {
  readonly title: string; readonly accept: string;
  readonly handed: Handed | null; readonly onHanded: (file: Handed | null) => void;
  /** Of the handing over. */
  readonly task: Task;
  /** It is being read: no time to take another. */
  readonly inUse: boolean;
}

export function HandedFile({ title, accept, handed, onHanded, task, inUse }: Props) {
  const [sending, setSending] = useState<{ readonly name: string; readonly sent: number; readonly total: number } | null>(null);
  const take = ([file]: readonly File[]) => {
    if (!file) return;
    task.run(async () => {
      setSending({ name: file.name, sent: 0, total: file.size });
      try {
        const { id, name } = await offerFile(file, (sent) => { setSending({ name: file.name, sent, total: file.size }); });
        onHanded({ fileId: id, name });
      } finally {
        setSending(null);
      }
    });
  };
  if (sending) return <Progress label={controls.handing(sending.name)} value={sending.sent} max={Math.max(1, sending.total)} />;
  if (handed) return <div className="row-between"><span className="row break-anywhere"><DoneIcon size={18} aria-hidden />{controls.chosen(handed.name)}</span><Button small disabled={task.busy || inUse} onClick={() => { onHanded(null); task.clear(); }}>{controls.anotherFile}</Button></div>;
  return <FileDrop title={title} hint={controls.dropHint} accept={accept} multiple={false} disabled={task.busy} onFiles={take} />;
}
