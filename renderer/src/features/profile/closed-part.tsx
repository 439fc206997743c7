/** The closed part of the profile: how much lies there, opening it for a while, shutting it. */
import { useEffect, useState } from 'react';
import { call } from '../../bridge/client.ts';
import { controls } from '../../copy/controls.ts';
import { time } from '../../../../shared/language/format.ts';
import { closedCopy } from '../../copy/profile.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { profileResource, rejectionsResource } from '../../state/resources.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/fields.tsx';
import { LockIcon } from '../../ui/icons.ts';
import { Card } from '../../ui/surfaces.tsx';
import { SubmitByEnter } from '../../ui/bare.tsx';

const reload = async (): Promise<void> => { await Promise.all([profileResource.getState().load(), rejectionsResource.getState().load()]); };

function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const task = useTask();
  const open = () => {
    if (passphrase === '') return;
    task.run(async () => {
      await call('profile.openClosed', { proof: { passphrase } });
      await reload();
      onClose();
    });
  };
  return (
    <Dialog title={closedCopy.dialogTitle} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={passphrase === ''} onClick={open}>{closedCopy.action}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); open(); }}>
        <p>{closedCopy.dialogText}</p>
        <PasswordField label={closedCopy.passphrase} value={passphrase} onChange={setPassphrase} autoComplete="current-password" autoFocus />
        <SubmitByEnter />
      </form>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

function Open({ untilMs }: { readonly untilMs: number }) {
  const task = useTask();
  useEffect(() => {
    // The core shuts it by itself; the page looks again then, so that nothing stays on the screen.
    const timer = setTimeout(() => { void reload(); }, Math.max(0, untilMs - Date.now()) + 500);
    return () => { clearTimeout(timer); };
  }, [untilMs]);
  return (
    <>
      <p>{closedCopy.open(time(untilMs))}</p>
      <div><Button busy={task.busy} onClick={() => { task.run(async () => { await call('profile.shutClosed'); await reload(); }); }}><LockIcon size={18} aria-hidden />{closedCopy.shutAction}</Button></div>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </>
  );
}

export function ClosedPart() {
  const [asking, setAsking] = useState(false);
  return (
    <Card title={closedCopy.title}>
      <Loaded store={profileResource} lines={1}>
        {({ closed }) => (
          <div className="stack">
            {closed.openUntilMs !== null ? <Open untilMs={closed.openUntilMs} /> : closed.count === 0 ? <p className="faint">{closedCopy.empty}</p> : (
              <>
                <p className="soft">{closedCopy.shut(closed.count)}</p>
                <div><Button onClick={() => { setAsking(true); }}><LockIcon size={18} aria-hidden />{closedCopy.action}</Button></div>
              </>
            )}
          </div>
        )}
      </Loaded>
      {asking ? <OpenDialog onClose={() => { setAsking(false); }} /> : null}
    </Card>
  );
}
