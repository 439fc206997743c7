/** Settings: look, locking, programs on this computer, passphrase, recovery phrase, backup, about. */
import { useCallback, useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call, hostKind, signOut } from '../../bridge/client.ts';
import { date } from '../../copy/format.ts';
import { recoveryCopy } from '../../copy/recovery.ts';
import { settingsCopy } from '../../copy/settings.ts';
import { controls } from '../../copy/controls.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PassphraseFields, type NewPassphrase } from '../../parts/passphrase-fields.tsx';
import { ConfirmRecovery, RecoveryWords } from '../../parts/recovery-kit.tsx';
import { useTask } from '../../parts/use-task.ts';
import { keepPositions, useRecovery } from '../../state/recovery.ts';
import { redemptionResource, settingsResource } from '../../state/resources.ts';
import { useRoute } from '../../state/route.ts';
import { applyTheme } from '../../state/theme.ts';
import { showToast } from '../../state/toasts.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField, Segmented, Select, Switch } from '../../ui/fields.tsx';
import { DoneIcon, KeyIcon, LockIcon, SaveIcon } from '../../ui/icons.ts';
import { Card, Note, Page } from '../../ui/surfaces.tsx';
import './settings.css';

type Settings = Output<'settings.get'>;
type AutoLock = keyof typeof settingsCopy.autoLocks;
const MINUTES: Readonly<Record<AutoLock, Settings['autoLockMinutes']>> = { '1': 1, '5': 5, '15': 15, '60': 60, never: null };
const AUTO_LOCKS: readonly AutoLock[] = ['1', '5', '15', '60', 'never'];

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

function ChangePassphrase({ onClose }: { readonly onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState<NewPassphrase>({ passphrase: '', ready: false });
  const keep = useCallback((value: NewPassphrase) => { setChosen(value); }, []);
  const task = useTask();
  const change = () => {
    if (!chosen.ready || current === '') return;
    task.run(async () => {
      await call('vault.changePassphrase', { current, next: chosen.passphrase });
      showToast(settingsCopy.changed);
      onClose();
    });
  };
  return (
    <Dialog title={settingsCopy.changePassphrase} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={!chosen.ready || current === ''} onClick={change}>{settingsCopy.change}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); change(); }}>
        <PasswordField label={settingsCopy.current} value={current} onChange={setCurrent} autoComplete="current-password" />
        <PassphraseFields label={settingsCopy.next} onChange={keep} />
        <button type="submit" hidden />
      </form>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

type Renewal = { readonly at: 'ask' } | { readonly at: 'words'; readonly words: readonly string[]; readonly positions: readonly number[] } | { readonly at: 'confirm'; readonly positions: readonly number[] };

function RenewRecovery({ onClose, start }: { readonly onClose: () => void; readonly start: Renewal }) {
  const [step, setStep] = useState<Renewal>(start);
  const [passphrase, setPassphrase] = useState('');
  const task = useTask();
  const renew = () => {
    if (passphrase === '') return;
    task.run(async () => {
      const { recoveryPhrase, confirmPositions } = await call('vault.renewRecovery', { passphrase });
      keepPositions(confirmPositions);
      setPassphrase('');
      setStep({ at: 'words', words: recoveryPhrase, positions: confirmPositions });
    });
  };
  const done = () => {
    void useVault.getState().load();
    onClose();
  };
  return (
    <Dialog
      key={step.at} title={step.at === 'ask' ? settingsCopy.renew : step.at === 'words' ? recoveryCopy.title : recoveryCopy.confirmTitle} shape="wide" onClose={done}
      actions={step.at === 'ask' ? <><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={passphrase === ''} onClick={renew}>{settingsCopy.renewAction}</Button></>
        : step.at === 'words' ? <Button variant="primary" onClick={() => { setStep({ at: 'confirm', positions: step.positions }); }}>{settingsCopy.renewDone}</Button> : undefined}
    >
      {step.at === 'ask' ? (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); renew(); }}>
          <p>{settingsCopy.renewText}</p>
          <PasswordField label={settingsCopy.renewPassphrase} value={passphrase} onChange={setPassphrase} autoComplete="current-password" autoFocus />
        </form>
      ) : null}
      {step.at === 'words' ? <><p className="soft">{recoveryCopy.how}</p><RecoveryWords words={step.words} /></> : null}
      {step.at === 'confirm' ? (
        <>
          <p className="soft">{recoveryCopy.confirmLead}</p>
          <ConfirmRecovery positions={step.positions} later={recoveryCopy.later} onLater={done} onConfirmed={() => { showToast(recoveryCopy.confirmed); done(); }} />
        </>
      ) : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

function Keys() {
  const { parts } = useRoute();
  const status = useVault((state) => state.status);
  const positions = useRecovery((state) => state.positions);
  const [changing, setChanging] = useState(false);
  const [renewing, setRenewing] = useState<Renewal | null>(null);
  const wanted = parts[0] === 'recovery';
  useEffect(() => {
    if (wanted) document.getElementById('recovery')?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  return (
    <>
      <Card title={settingsCopy.passphrase}><Button onClick={() => { setChanging(true); }}><KeyIcon size={18} aria-hidden />{settingsCopy.changePassphrase}</Button></Card>
      <div id="recovery">
        <Card title={settingsCopy.recovery}>
          <div className="stack">
            {status?.recoveryConfirmed === true ? <p className="row"><DoneIcon size={18} aria-hidden />{settingsCopy.recoveryOk}</p> : (
              <Note tone="amber" title={settingsCopy.recoveryOpen} {...(positions === null ? {} : { actions: <Button small onClick={() => { setRenewing({ at: 'confirm', positions }); }}>{settingsCopy.recoveryConfirm}</Button> })}>{recoveryCopy.laterWarning}</Note>
            )}
            <p className="soft">{settingsCopy.renewText}</p>
            <div><Button onClick={() => { setRenewing({ at: 'ask' }); }}>{settingsCopy.renew}</Button></div>
          </div>
        </Card>
      </div>
      {changing ? <ChangePassphrase onClose={() => { setChanging(false); }} /> : null}
      {renewing ? <RenewRecovery start={renewing} onClose={() => { setRenewing(null); }} /> : null}
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
        <Backup />
        {hostKind() === 'web' ? <ThisBrowser /> : null}
        <About version={version} onShortcuts={onShortcuts} />
      </div>
    </Page>
  );
}
