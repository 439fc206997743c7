/** A folder the vault looks at, when the person wants that: what arrives there is offered. */
import { useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { bytes, dateShort, labelled, leading, list } from '../../../../shared/language/format.ts';
import { formatName, sourceName, watchedCopy } from '../../copy/sources.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useResource } from '../../state/resource.ts';
import { watchedResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FolderIcon } from '../../ui/icons.ts';
import { Card, Disclosure, Note } from '../../ui/surfaces.tsx';
import './sources.css';

type Watched = Output<'sources.watched'>;

const reload = (): void => { void watchedResource.getState().load(); };

/** Exports that arrived in the watched folder. `onLook`: opens the preview of one. */
export function FoundExports({ onLook }: { readonly onLook: (name: string) => void }) {
  const { data } = useResource(watchedResource);
  if (!data || data.found.length === 0) return null;
  return (
    <Note icon={<FolderIcon size={20} aria-hidden />} title={watchedCopy.found(data.found.length)}>
      <ul className="plain stack-tight">
        {data.found.map((file) => (
          <li key={file.name} className="row-between">
            <span><strong className="break-anywhere">{file.name}</strong><br /><span className="faint">{list([...new Set(file.exports.map(({ source, format }) => labelled(sourceName(source), formatName(format))))])}, {bytes(file.sizeBytes)}, {dateShort(file.changedAtMs)}</span></span>
            <span className="table-actions">
              <Button small aria-label={labelled(watchedCopy.look, file.name)} onClick={() => { onLook(file.name); }}>{watchedCopy.look}</Button>
              <Button small variant="quiet" aria-label={labelled(watchedCopy.dismiss, file.name)} onClick={() => { call('sources.dismissWatched', { name: file.name }).then(reload, reload); }}>{watchedCopy.dismiss}</Button>
            </span>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Choose({ watched }: { readonly watched: Watched }) {
  const [folder, setFolder] = useState(watched.folder ?? '');
  const task = useTask();
  const choose = (next: string | null) => {
    task.run(async () => {
      const { found } = await call('sources.watch', { folder: next });
      reload();
      setFolder(next ?? '');
      showToast(next === null ? watchedCopy.stopped : watchedCopy.watching(found.length));
    });
  };
  return (
    <form className="stack-tight" onSubmit={(event) => { event.preventDefault(); choose(folder.trim() === '' ? null : folder.trim()); }}>
      <p className="soft">{watchedCopy.text}</p>
      {watched.missing ? <Note tone="amber">{watchedCopy.missing}</Note> : null}
      <TextField label={watchedCopy.folder} hint={watchedCopy.folderHint} value={folder} onChange={setFolder} autoComplete="off" spellCheck={false} />
      <div className="row">
        <Button small type="submit" busy={task.busy} disabled={folder.trim() === (watched.folder ?? '')}>{watchedCopy.save}</Button>
        {watched.folder === null ? null : <Button small variant="quiet" onClick={() => { choose(null); }}>{watchedCopy.stop}</Button>}
      </div>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </form>
  );
}

export function WatchedFolder() {
  const { data } = useResource(watchedResource);
  if (!data) return null;
  return (
    <Card>
      <Disclosure summary={<><strong>{leading(watchedCopy.title)}</strong>{" "}<span className="soft">{data.folder === null ? watchedCopy.off : data.folder}</span></>} open={data.missing}>
        <Choose key={data.folder ?? ''} watched={data} />
      </Disclosure>
    </Card>
  );
}
