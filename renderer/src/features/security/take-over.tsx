/** Taking an export over into a new vault: the file, what is in it, how it went. */
import { useState, type ReactNode } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { identitiesOf } from '../../../../shared/domain/age-identities.ts';
import { call } from '../../bridge/client.ts';
import { appCopy } from '../../copy/app.ts';
import { securityCopy } from '../../copy/security.ts';
import { comesAlong, exportAbout, staysBehind, takeOverCopy, takeOverPhase } from '../../copy/take-over.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { HandedFile, type Handed } from '../../parts/handed-file.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { RunningJob } from '../../parts/running-job.tsx';
import { useTask, type Task } from '../../parts/use-task.ts';
import { useJobs } from '../../state/jobs.ts';
import { useResource } from '../../state/resource.ts';
import { exportResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { useShownOnce } from '../../state/shown-once.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { PasswordField, TextArea } from '../../ui/fields.tsx';
import { DoneIcon, NextIcon } from '../../ui/icons.ts';
import { Card, Note, Page } from '../../ui/surfaces.tsx';
import './security.css';

/** Second part of the address. */
export const TAKE_OVER = 'take-over';

type Preview = Output<'export.preview'>;
type Key = { readonly passphrase: string } | { readonly identities: string[] };

function ExportKey({ onChange }: { readonly onChange: (key: Key | null) => void }) {
  const [byKey, setByKey] = useState(false);
  const [text, setText] = useState('');
  const type = (next: string) => {
    setText(next);
    const identities = identitiesOf(next);
    onChange(next.trim() === '' || (byKey && identities.length === 0) ? null : byKey ? { identities } : { passphrase: next });
  };
  return (
    <div className="stack-tight">
      {byKey
        ? <TextArea key="key" label={takeOverCopy.key} hint={takeOverCopy.keyHint} value={text} onChange={type} autoCapitalize="off" spellCheck={false} />
        : <PasswordField key="passphrase" label={takeOverCopy.passphrase} value={text} onChange={type} autoComplete="off" />}
      <div><Button small variant="quiet" onClick={() => { setByKey(!byKey); setText(''); onChange(null); }}>{byKey ? takeOverCopy.usePassphrase : takeOverCopy.useKey}</Button></div>
    </div>
  );
}

const Running = () => <RunningJob kind="take-over" label={takeOverPhase} canStop={({ phase }) => phase !== 'understanding'} />;

function Failed({ task }: { readonly task: Task }) {
  if (task.error === null) return null;
  return task.error.code === 'ERR_CANCELLED' ? <p className="soft" role="status">{takeOverCopy.stopped}</p> : <ErrorNote error={task.error} />;
}

function Contents({ preview, comes, stays }: { readonly preview: Preview; readonly comes: string; readonly stays: string }) {
  const behind = staysBehind(preview);
  const part = (title: string, lines: readonly string[]): ReactNode => (lines.length === 0 ? null : <div className="stack-tight"><p><strong>{title}</strong></p><ul className="plain stack-tight numbers">{lines.map((line) => <li key={line}>{line}</li>)}</ul></div>);
  return <>{part(comes, comesAlong(preview))}{part(stays, behind)}</>;
}

/** `done`: what leads on from the report. */
export function TakeOverFlow({ done, onBack }: { readonly done: ReactNode; readonly onBack?: () => void }) {
  const [handed, setHanded] = useState<Handed | null>(null);
  const [key, setKey] = useState<Key | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [taken, setTaken] = useState(false);
  const [taking, setTaking] = useState(false);
  useShownOnce(taking || taken);
  const handing = useTask();
  const task = useTask();
  const run = (work: (input: Input<'export.preview'>) => Promise<void>) => { if (handed && key) task.run(() => work({ fileId: handed.fileId, ...key })); };
  const look = () => { run(async (input) => { setPreview(await call('export.preview', input)); }); };
  const take = () => {
    setTaking(true);
    run(async (input) => {
      try {
        const now = await call('export.takeOver', input);
        setPreview((before) => before && { ...before, ...now });
        setTaken(true);
      } finally {
        setTaking(false);
      }
    });
  };
  if (preview && taken) {
    return (
      <div className="stack">
        <p className="row" role="status"><DoneIcon size={20} aria-hidden /><strong>{takeOverCopy.doneTitle}</strong></p>
        <Contents preview={preview} comes={takeOverCopy.came} stays={takeOverCopy.stayed} />
        <div className="row">{done}</div>
      </div>
    );
  }
  if (preview) {
    return (
      <div className="stack">
        <p role="status">{exportAbout(preview)}</p>
        <Contents preview={preview} comes={takeOverCopy.comes} stays={takeOverCopy.stays} />
        <p className="soft">{takeOverCopy.anew}</p>
        <Failed task={task} />
        {task.busy ? <Running /> : (
          <div className="row">
            <Button variant="primary" onClick={take}>{takeOverCopy.go}</Button>
            <Button variant="quiet" onClick={() => { setPreview(null); task.clear(); }}>{takeOverCopy.back}</Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); look(); }}>
      <p className="soft">{takeOverCopy.lead}</p>
      <HandedFile title={takeOverCopy.choose} accept={takeOverCopy.accept} handed={handed} onHanded={(file) => { setHanded(file); task.clear(); }} task={handing} inUse={task.busy} />
      {handing.error ? <ErrorNote error={handing.error} /> : null}
      {handed ? <ExportKey onChange={setKey} /> : null}
      <Failed task={task} />
      {task.busy ? <Running /> : (
        <div className="row">
          <Button type="submit" variant="primary" disabled={!handed || !key}>{takeOverCopy.look}</Button>
          {onBack ? <Button variant="quiet" onClick={onBack}>{takeOverCopy.back}</Button> : null}
        </div>
      )}
    </form>
  );
}

/** Of a page that was loaded again meanwhile, or that the person left and came back to. */
const useUnderWay = (): boolean => useJobs((state) => Object.values(state.jobs).some(({ kind, state: now }) => kind === 'take-over' && now === 'running'));

const NotNew = () => <Note title={takeOverCopy.notNew}>{takeOverCopy.notNewHow}</Note>;

/** A screen of its own, as the address `security/take-over`. */
export function TakeOverPage() {
  // Of the moment this was opened: afterwards the vault is new no more, and the report is to be read.
  const { data } = useResource(exportResource);
  const [wasNew, setWasNew] = useState<boolean | null>(null);
  const underWay = useUnderWay();
  if (wasNew === null && data !== null && !underWay) setWasNew(data.canTakeOver);
  return (
    <Page title={appCopy.takeOver.title} lead={takeOverCopy.text} back={{ href: href('security'), label: securityCopy.title }}>
      <div className="security">
        {wasNew === null && underWay ? <Card><Running /></Card> : (
          <Loaded store={exportResource} lines={4}>{() => (wasNew === true
            ? <Card><TakeOverFlow done={<ButtonLink variant="primary" href={href('profile')}>{appCopy.takeOver.toProfile}<NextIcon size={18} aria-hidden /></ButtonLink>} /></Card>
            : <NotNew />)}</Loaded>
        )}
      </div>
    </Page>
  );
}

export function TakeOver() {
  const underWay = useUnderWay();
  return (
    <Card title={appCopy.takeOver.title}>
      <div className="stack">
        <p className="soft">{takeOverCopy.text}</p>
        {underWay ? <Running /> : <Loaded store={exportResource} lines={1}>{({ canTakeOver }) => (canTakeOver ? <div><ButtonLink href={href('security', [TAKE_OVER])}>{takeOverCopy.action}</ButtonLink></div> : <NotNew />)}</Loaded>}
      </div>
    </Card>
  );
}
