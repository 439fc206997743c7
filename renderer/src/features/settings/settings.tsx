/** Settings: look, programs on this computer, about. What guards the vault is under Security. */
import type { Output } from '../../../../shared/api/contract.ts';
import { hostKind } from '../../bridge/client.ts';
import { date } from '../../../../shared/language/format.ts';
import { settingsCopy } from '../../copy/settings.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LanguageSelect } from '../../parts/language-select.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useSettings } from '../../parts/use-settings.ts';
import { redemptionResource, settingsResource } from '../../state/resources.ts';
import { chooseLanguage, chosenLanguage } from '../../state/language.ts';
import { applyTheme } from '../../state/theme.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, Switch } from '../../ui/fields.tsx';
import { Card, Page } from '../../ui/surfaces.tsx';
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
        <Loaded store={settingsResource} lines={6}>{(settings) => <Basics stored={settings} />}</Loaded>
        <About version={version} onShortcuts={onShortcuts} />
      </div>
    </Page>
  );
}
