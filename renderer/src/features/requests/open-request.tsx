/** Opening a request by paste or file. */
import { useState } from 'react';
import { call, offerFile } from '../../bridge/client.ts';
import { appCopy } from '../../copy/app.ts';
import { requestsCopy } from '../../copy/requests.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { requestsResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { whenNothingIsHeld } from '../../state/shown-once.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/fields.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Card } from '../../ui/surfaces.tsx';
import './requests.css';

const opened = async (requestId: string): Promise<void> => {
  await requestsResource.getState().load();
  whenNothingIsHeld('screen', () => { navigate(href('requests', [requestId])); });
};

export function OpenRequest() {
  const [text, setText] = useState('');
  const task = useTask();
  const openText = () => {
    if (text.trim() === '') return;
    task.run(async () => { await opened((await call('requests.open', { text: text.trim() })).requestId); });
  };
  const openFile = ([file]: readonly File[]) => {
    if (!file) return;
    task.run(async () => {
      const offered = await offerFile(file);
      await opened((await call('requests.open', { fileId: offered.id })).requestId);
    });
  };
  return (
    <Card title={appCopy.openRequest}>
      <div className="open-request">
        <form className="stack" onSubmit={(event) => { event.preventDefault(); openText(); }}>
          <TextArea label={requestsCopy.paste} placeholder={requestsCopy.pastePlaceholder} value={text} onChange={setText} spellCheck={false} />
          <div><Button type="submit" variant="primary" busy={task.busy} disabled={text.trim() === ''}>{requestsCopy.openAction}</Button></div>
          {task.error ? <ErrorNote error={task.error} /> : null}
        </form>
        <FileDrop title={requestsCopy.drop} multiple={false} onFiles={openFile} disabled={task.busy} />
      </div>
    </Card>
  );
}
