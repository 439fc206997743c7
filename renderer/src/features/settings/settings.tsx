/** Settings: look, locking, programs on this computer, passphrase, recovery phrase, backup, about. */
import { useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call, hostKind, signOut } from '../../bridge/client.ts';
import { date } from '../../copy/format.ts';
import { keysCopy } from '../../copy/keys.ts';
import { settingsCopy } from '../../copy/settings.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { redemptionResource, settingsResource } from '../../state/resources.ts';
import { applyTheme } from '../../state/theme.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, Select, Switch } from '../../ui/fields.tsx';
import { DoneIcon, LockIcon, SaveIcon } from '../../ui/icons.ts';
import { Card, Note, Page } from '../../ui/surfaces.tsx';
import { Keys, MasterKey, Slots } from './keys.tsx';
import './settings.css';

type Settings = Output<'settings.get'>;
type AutoLock = keyof typeof settingsCopy.autoLocks;
const MINUTES: Readonly<Record<AutoLock, Settings['autoLockMinutes']>> = { '1': 1, '5': 5, '15': 15, '60': 60, never: null };
const AUTO_LOCKS: readonly AutoLock[] = ['1', '5', '15', '60', 'never'];

type AskAgain = keyof typeof keysCopy.askAgains;
const ASK_MINUTES: Readonly<Record<AskAgain, Settings['askAgainMinutes']>> = { '5': 5, '15': 15, '60': 60, never: null };
const ASK_AGAINS: readonly AskAgain[] = ['5', '15', '60', 'never'];

function Basics({ settings: stored }: { readonly settings: Settings }) {
  const task = useTask();
  // What was chosen shows at once; what was stored takes over when it is, or when storing it failed.
  const [chosen, setChosen] = useState<Partial<Settings>>({});
  const settings: Settings = { ...stored, ...chosen };
  const lock = useVault((state) => state.lock);
  const save = (change: Partial<Settings>) => {
    if (task.busy) return;
    setChosen(change);
    task.run(async () => {
      try {
        await call('settings.set', change);
      } finally {
        await Promise.all([settingsResource.getState().load(), redemptionResource.getState().load()]);
        setChosen({});
      }
    });
  };
  return (
    <>
      {task.error ? <ErrorNote error={task.error} /> : null}
      <Card title={settingsCopy.look}>
        <Segmented<Settings['theme']>
          legend={settingsCopy.theme} value={settings.theme} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: settingsCopy.themes[value] }))}
          onChange={(theme) => {
            applyTheme(theme);
            save({ theme });
          }}
        />
      </Card>
      <Card title={settingsCopy.lock}>
        <div className="stack">
          <Select<AutoLock> label={settingsCopy.autoLock} hint={settingsCopy.autoLockHint} value={AUTO_LOCKS.find((key) => MINUTES[key] === settings.autoLockMinutes) ?? 'never'} onChange={(key) => { save({ autoLockMinutes: MINUTES[key] }); }} options={AUTO_LOCKS.map((value) => ({ value, label: settingsCopy.autoLocks[value] }))} />
          <Select<AskAgain> label={keysCopy.askAgain} hint={keysCopy.askAgainHint} value={ASK_AGAINS.find((key) => ASK_MINUTES[key] === settings.askAgainMinutes) ?? 'never'} onChange={(key) => { save({ askAgainMinutes: ASK_MINUTES[key] }); }} options={ASK_AGAINS.map((value) => ({ value, label: keysCopy.askAgains[value] }))} />
          <div><Button onClick={() => { lock().catch(() => undefined); }}><LockIcon size={18} aria-hidden />{settingsCopy.lockNow}</Button></div>
        </div>
      </Card>
      <Card title={settingsCopy.programs}>
        <div className="stack">
          <Switch label={settingsCopy.loopback} hint={settingsCopy.loopbackHint} checked={settings.loopbackEnabled} disabled={task.busy} onChange={(loopbackEnabled) => { save({ loopbackEnabled }); }} />
          <Loaded store={redemptionResource} lines={1}>{({ listening, url }) => (listening && url !== null ? <p>{settingsCopy.listening} <code>{url}</code></p> : <p className="soft">{settingsCopy.notListening}</p>)}</Loaded>
        </div>
      </Card>
    </>
  );
}

function Backup() {
  const [written, setWritten] = useState<Output<'vault.backup'> | null>(null);
  const task = useTask();
  return (
    <Card title={settingsCopy.backup}>
      <div className="stack">
        <p className="soft">{settingsCopy.backupText}</p>
        <div><Button busy={task.busy} onClick={() => { task.run(async () => { setWritten(await call('vault.backup')); }); }}><SaveIcon size={18} aria-hidden />{task.busy ? settingsCopy.backupBusy : settingsCopy.backupAction}</Button></div>
        {task.error ? <ErrorNote error={task.error} /> : null}
        {written ? <Note tone="accent" live icon={<DoneIcon size={20} aria-hidden />} title={settingsCopy.backupDone(written.name, written.sizeBytes)}><span className="break-anywhere">{settingsCopy.backupPlace(written.place)}</span></Note> : null}
      </div>
    </Card>
  );
}

/** The desktop app has no browser to sign out of. */
function ThisBrowser() {
  const task = useTask();
  return (
    <Card title={settingsCopy.browser}>
      <div className="stack">
        <p className="soft">{settingsCopy.browserText}</p>
        <div><Button busy={task.busy} onClick={() => { task.run(signOut); }}><LockIcon size={18} aria-hidden />{settingsCopy.signOut}</Button></div>
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

function About({ version, onShortcuts }: { readonly version: string; readonly onShortcuts: () => void }) {
  const status = useVault((state) => state.status);
  return (
    <Card title={settingsCopy.about}>
      <dl className="facts">
        <div><dt>{settingsCopy.version}</dt><dd>{version}, {settingsCopy.hosts[hostKind()]}</dd></div>
        <div><dt>{settingsCopy.place}</dt><dd className="break-anywhere">{status?.place}</dd></div>
        <div><dt>{settingsCopy.vaultId}</dt><dd className="break-anywhere"><code>{status?.vaultId}</code></dd></div>
        {status?.createdAtMs === null || status === null ? null : <div><dt>{settingsCopy.created}</dt><dd>{date(status.createdAtMs)}</dd></div>}
        <div><dt>{settingsCopy.licence}</dt><dd>{settingsCopy.licenceText}</dd></div>
      </dl>
      <Button small className="settings-shortcuts" onClick={onShortcuts}>{settingsCopy.shortcuts}</Button>
    </Card>
  );
}

export function SettingsPage({ version, onShortcuts }: { readonly version: string; readonly onShortcuts: () => void }) {
  return (
    <Page title={settingsCopy.title}>
      <div className="settings">
        <Loaded store={settingsResource} lines={6}>{(settings) => <Basics settings={settings} />}</Loaded>
        <Keys />
        <Slots />
        <MasterKey />
        <Backup />
        {hostKind() === 'web' ? <ThisBrowser /> : null}
        <About version={version} onShortcuts={onShortcuts} />
      </div>
    </Page>
  );
}
