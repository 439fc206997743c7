/** Security: is all whole, backups, ways to unlock, the master key, locking, taking everything along and over. */
import type { Output } from '../../../../shared/api/contract.ts';
import { hostKind, signOut } from '../../bridge/client.ts';
import { keysCopy } from '../../copy/keys.ts';
import { securityCopy } from '../../copy/security.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useSettings } from '../../parts/use-settings.ts';
import { useTask } from '../../parts/use-task.ts';
import { settingsResource } from '../../state/resources.ts';
import { useRoute } from '../../state/route.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Select, Switch } from '../../ui/fields.tsx';
import { LockIcon } from '../../ui/icons.ts';
import { Card, Page } from '../../ui/surfaces.tsx';
import { Backups, TakeAlong } from './backups.tsx';
import { HealthCard } from './health.tsx';
import { Keys, MasterKey } from './keys.tsx';
import { TakeOver, TakeOverPage, TAKE_OVER } from './take-over.tsx';
import './security.css';

type Settings = Output<'settings.get'>;
type AutoLock = keyof typeof securityCopy.autoLocks;
const MINUTES: Readonly<Record<AutoLock, Settings['autoLockMinutes']>> = { '1': 1, '5': 5, '15': 15, '60': 60, never: null };
const AUTO_LOCKS: readonly AutoLock[] = ['1', '5', '15', '60', 'never'];

type AskAgain = keyof typeof keysCopy.askAgains;
const ASK_MINUTES: Readonly<Record<AskAgain, Settings['askAgainMinutes']>> = { '5': 5, '15': 15, '60': 60, never: null };
const ASK_AGAINS: readonly AskAgain[] = ['5', '15', '60', 'never'];

function Locking({ stored }: { readonly stored: Settings }) {
  const { settings, save, error } = useSettings(stored);
  const lock = useVault((state) => state.lock);
  return (
    <Card title={securityCopy.lock}>
      <div className="stack">
        {error ? <ErrorNote error={error} /> : null}
        <div className="security-pair">
          <Select<AutoLock> label={securityCopy.autoLock} hint={securityCopy.autoLockHint} value={AUTO_LOCKS.find((key) => MINUTES[key] === settings.autoLockMinutes) ?? 'never'} onChange={(key) => { void save({ autoLockMinutes: MINUTES[key] }); }} options={AUTO_LOCKS.map((value) => ({ value, label: securityCopy.autoLocks[value] }))} />
          <Select<AskAgain> label={keysCopy.askAgain} hint={keysCopy.askAgainHint} value={ASK_AGAINS.find((key) => ASK_MINUTES[key] === settings.askAgainMinutes) ?? 'never'} onChange={(key) => { void save({ askAgainMinutes: ASK_MINUTES[key] }); }} options={ASK_AGAINS.map((value) => ({ value, label: keysCopy.askAgains[value] }))} />
        </div>
        <Switch label={securityCopy.onSleep} checked={settings.lockOnSleep} onChange={(lockOnSleep) => { void save({ lockOnSleep }); }} />
        {hostKind() === 'electron' ? <Switch label={securityCopy.onScreenLock} checked={settings.lockOnScreenLock} onChange={(lockOnScreenLock) => { void save({ lockOnScreenLock }); }} /> : null}
        <Switch label={securityCopy.onClose} hint={securityCopy.onCloseHint} checked={settings.lockOnClose} onChange={(lockOnClose) => { void save({ lockOnClose }); }} />
        {hostKind() === 'web' ? <p className="faint">{securityCopy.onScreenLockWeb}</p> : null}
        <div><Button onClick={() => { lock().catch(() => undefined); }}><LockIcon size={18} aria-hidden />{securityCopy.lockNow}</Button></div>
      </div>
    </Card>
  );
}

/** The desktop app has no browser to sign out of. */
function ThisBrowser() {
  const task = useTask();
  return (
    <Card title={securityCopy.browser}>
      <div className="stack">
        <p className="soft">{securityCopy.browserText}</p>
        <div><Button busy={task.busy} onClick={() => { task.run(signOut); }}><LockIcon size={18} aria-hidden />{securityCopy.signOut}</Button></div>
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

export function Security() {
  const { parts } = useRoute();
  if (parts[0] === TAKE_OVER) return <TakeOverPage />;
  return (
    <Page title={securityCopy.title} lead={securityCopy.lead}>
      <div className="security">
        <HealthCard />
        <Backups />
        <Keys />
        <MasterKey />
        <Loaded store={settingsResource} lines={6}>{(settings) => <Locking stored={settings} />}</Loaded>
        <TakeAlong />
        <TakeOver />
        {hostKind() === 'web' ? <ThisBrowser /> : null}
      </div>
    </Page>
  );
}
