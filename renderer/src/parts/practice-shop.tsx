/** A made-up shop to try everything with: started here, it asks like a real one. */
import { useState } from 'react';
import { call } from '../bridge/client.ts';
import { practiceCopy } from '../copy/practice.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { OutIcon } from '../ui/icons.ts';
import { Card } from '../ui/surfaces.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

/** The button that was pressed is gone; this is what comes next. */
const focus = (link: HTMLAnchorElement | null): void => { link?.focus(); };

export function PracticeShop() {
  const [url, setUrl] = useState<string | null>(null);
  const task = useTask();
  const start = () => { task.run(async () => { setUrl((await call('practice.open')).url); }); };
  return (
    <Card title={practiceCopy.title}>
      <div className="stack">
        <p className="soft">{practiceCopy.text}</p>
        <div className="row" role="status">
          {url === null
            ? <Button busy={task.busy} onClick={start}>{practiceCopy.start}</Button>
            : <><ButtonLink variant="primary" ref={focus} href={`${url}/`} target="_blank" rel="noreferrer">{practiceCopy.go}<OutIcon size={16} aria-hidden /></ButtonLink><span className="soft">{practiceCopy.open}</span></>}
        </div>
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}
