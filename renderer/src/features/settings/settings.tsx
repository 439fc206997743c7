/** Settings: look, programs on this computer, about. What guards the vault is under Security. */
import type { Output } from '../../../../shared/api/contract.ts';
import { call, hostKind } from '../../bridge/client.ts';
import { date, dateTime } from '../../../../shared/language/format.ts';
import { listCopy } from '../../copy/list-table.ts';
import { settingsCopy } from '../../copy/settings.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LanguageSelect } from '../../parts/language-select.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useSettings } from '../../parts/use-settings.ts';
import { redemptionResource, settingsResource, updatesResource } from '../../state/resources.ts';
import { chooseLanguage, chosenLanguage } from '../../state/language.ts';
import { applyTheme } from '../../state/theme.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, Switch } from '../../ui/fields.tsx';
import { Card, Note, Page } from '../../ui/surfaces.tsx';
import './settings.css';

type Settings = Output<'settings.get'>;

function Basics({ stored }: { readonly stored: Settings }) {
  const { settings, save, busy, error } = useSettings(stored);
  return (
    <>
      {error ? <ErrorNote error={error} /> : null}
      <Card title={settingsCopy.look}>
        <div className="stack">
          <Segmented<Settings['theme']>
            legend={settingsCopy.theme} value={settings.theme} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: settingsCopy.themes[value] }))}
            onChange={(theme) => {
              applyTheme(theme);
              void save({ theme });
            }}
          />
          <Switch label={settingsCopy.characterKeys} hint={settingsCopy.characterKeysHint} checked={settings.characterKeys} onChange={(characterKeys) => { void save({ characterKeys }); }} />
          <LanguageSelect value={settings.language ?? chosenLanguage() ?? 'system'} onChange={(language) => { void save({ language }).then((stored) => { if (stored) chooseLanguage(language); }); }} />
        </div>
      </Card>
      {hostKind() === 'electron' ? <Card title={settingsCopy.desktop}><Switch label={settingsCopy.notify} hint={settingsCopy.notifyHint} checked={settings.notify} onChange={(notify) => { void save({ notify }); }} /></Card> : null}
      <Card title={settingsCopy.programs}>
        <div className="stack">
          <Switch label={settingsCopy.loopback} hint={settingsCopy.loopbackHint} checked={settings.loopbackEnabled} disabled={busy} onChange={(loopbackEnabled) => { void save({ loopbackEnabled }); }} />
          <Loaded store={redemptionResource} lines={1}>{({ listening, url }) => (listening && url !== null ? <p>{settingsCopy.listening} <code>{url}</code></p> : <p className="soft">{settingsCopy.notListening}</p>)}</Loaded>
        </div>
      </Card>
    </>
  );
}

function Updates({ stored }: { readonly stored: Settings }) {
  const { settings, save, error } = useSettings(stored);
  const task = useTask();
  const problem = error ?? task.error;
  const look = () => {
    task.run(async () => {
      await call('updates.look');
      await updatesResource.getState().load();
    });
  };
  return (
    <Card title={settingsCopy.updates}>
      <Loaded store={updatesResource} lines={2}>
        {({ host, newer, lookedAtMs }) => (host === null ? <p className="soft">{settingsCopy.updatesNowhere}</p> : (
          <div className="stack">
            {problem ? <ErrorNote error={problem} /> : null}
            <Switch label={settingsCopy.lookForUpdates} hint={settingsCopy.lookHint(host)} checked={settings.lookForUpdates} onChange={(lookForUpdates) => { void save({ lookForUpdates }); }} />
            {newer === null ? null : <Note title={settingsCopy.newer(newer.version)} actions={<CopyButton small text={newer.page} label={settingsCopy.copyAddress} done={listCopy.copied} failed={listCopy.copyFailed} />}>{settingsCopy.newerText} <span className="break-anywhere">{newer.page}</span></Note>}
            <div className="row"><Button small busy={task.busy} onClick={look}>{task.busy ? settingsCopy.looking : settingsCopy.lookNow}</Button><span className="soft" role="status">{newer !== null ? null : lookedAtMs === null ? settingsCopy.neverLooked : settingsCopy.newest(dateTime(lookedAtMs))}</span></div>
          </div>
        ))}
      </Loaded>
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
        <Loaded store={settingsResource} lines={6}>{(settings) => <><Basics stored={settings} /><Updates stored={settings} /></>}</Loaded>
        <About version={version} onShortcuts={onShortcuts} />
      </div>
    </Page>
  );
}
