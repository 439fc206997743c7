/** Which screen there is: connecting, first run, locked, or one of the screens of an open vault. */
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { asAppError, call } from '../bridge/client.ts';
import { appCopy } from '../copy/app.ts';
import { Locked, NewPassphraseAfterRecovery } from '../features/lock/lock.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { LanguageSelect } from '../parts/language-select.tsx';
import { DAMAGE, WaysBack } from '../parts/ways-back.tsx';
import { useNow } from '../parts/use-now.ts';
import { isWaiting } from '../parts/waiting.ts';
import { UnlockAgain } from '../parts/unlock-again.tsx';
import { chooseLanguage, chosenLanguage } from '../state/language.ts';
import { endFirstRun, useFirstRun } from '../state/first-run.ts';
import { takeLink, useLink } from '../state/link.ts';
import { usePlace } from '../state/place.ts';
import { useRescue } from '../state/rescue.ts';
import { useIsHeld, whenNothingIsHeld } from '../state/shown-once.ts';
import { useResource } from '../state/resource.ts';
import { exportResource, requestsResource, settingsResource } from '../state/resources.ts';
import { href, navigate, useRoute, type Route } from '../state/route.ts';
import { applyTheme } from '../state/theme.ts';
import { useToasts } from '../state/toasts.ts';
import { useVault } from '../state/vault.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { LostIcon, PageIcon } from '../ui/icons.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Badge, Card, EmptyState, Note, Page } from '../ui/surfaces.tsx';
import { TabLinks } from '../ui/tabs.tsx';
import { Menu } from '../ui/menu.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { later } from './later.tsx';
import { Brand, Shell } from './shell.tsx';
import { useShortcuts } from './shortcuts.ts';
import { VERSION } from '../../../shared/release.ts';

const FirstRun = later('first-run', () => import('../features/first-run/first-run.tsx').then((module) => module.FirstRun));
const Activity = later('activity', () => import('../features/activity/activity.tsx').then((module) => module.Activity));
const Breathing = later('breathing', () => import('../features/breathing/breathing.tsx').then((module) => module.Breathing));
const Companies = later('companies', () => import('../features/companies/companies.tsx').then((module) => module.Companies));
const Company = later('companies', () => import('../features/companies/company.tsx').then((module) => module.Company));
const GrantPage = later('companies', () => import('../features/companies/company.tsx').then((module) => module.GrantPage));
const Permissions = later('companies', () => import('../features/companies/permissions.tsx').then((module) => module.Permissions));
const Home = later('home', () => import('../features/home/home.tsx').then((module) => module.Home));
const Known = later('known', () => import('../features/known/known.tsx').then((module) => module.Known));
const Learn = later('learn', () => import('../features/learn/learn.tsx').then((module) => module.Learn));
const Opinions = later('profile', () => import('../features/profile/opinions.tsx').then((module) => module.Opinions));
const Palette = later('palette', () => import('../features/palette/palette.tsx').then((module) => module.Palette));
const Patterns = later('profile', () => import('../features/profile/patterns.tsx').then((module) => module.Patterns));
const Profile = later('profile', () => import('../features/profile/profile.tsx').then((module) => module.Profile));
const Records = later('records', () => import('../features/records/records.tsx').then((module) => module.Records));
const Consent = later('requests', () => import('../features/requests/consent.tsx').then((module) => module.Consent));
const Inbox = later('requests', () => import('../features/requests/inbox.tsx').then((module) => module.Inbox));
const RescueScreen = later('rescue', () => import('../features/rescue/rescue.tsx').then((module) => module.RescueScreen));
const Security = later('security', () => import('../features/security/security.tsx').then((module) => module.Security));
const TakeOverFlow = later('security', () => import('../features/security/take-over.tsx').then((module) => module.TakeOverFlow));
const SettingsPage = later('settings', () => import('../features/settings/settings.tsx').then((module) => module.SettingsPage));
const ImportFlow = later('sources', () => import('../features/sources/import-flow.tsx').then((module) => module.ImportFlow));
const Sources = later('sources', () => import('../features/sources/sources.tsx').then((module) => module.Sources));

/** By the first part of their address, for those that the rail leads to. */
const OF_RAIL: Readonly<Record<string, { readonly fetch: () => void }>> = { home: Home, profile: Profile, sources: Sources, companies: Companies, breathing: Breathing, activity: Activity, learn: Learn, security: Security, settings: SettingsPage };

function CompanyTabs({ current }: { readonly current: 'companies' | 'permissions' | 'requests' | 'known' }) {
  const { data } = useResource(requestsResource);
  const nowMs = useNow();
  const open = data?.requests.filter((request) => isWaiting(request, nowMs)).length ?? 0;
  return (
    <TabLinks
      label={appCopy.tabs.ofCompanies}
      tabs={[
        { href: href('companies'), label: appCopy.tabs.companies, current: current === 'companies' },
        { href: href('permissions'), label: appCopy.tabs.permissions, current: current === 'permissions' },
        { href: href('requests'), label: <>{appCopy.tabs.requests}{open === 0 ? null : <Badge tone="amber">{open}</Badge>}</>, current: current === 'requests' },
        { href: href('known'), label: appCopy.tabs.known, current: current === 'known' },
      ]}
    />
  );
}

const PROFILE_TABS = [['profile', appCopy.nav.profile], ['patterns', appCopy.tabs.patterns], ['opinions', appCopy.tabs.opinions], ['records', appCopy.tabs.records]] as const;

function ProfileTabs({ current }: { readonly current: (typeof PROFILE_TABS)[number][0] }) {
  return <TabLinks label={appCopy.tabs.ofProfile} tabs={PROFILE_TABS.map(([screen, label]) => ({ href: href(screen), label, current: current === screen }))} />;
}

function Screen({ route, onShortcuts }: { readonly route: Route; readonly onShortcuts: () => void }) {
  const [first] = route.parts;
  switch (route.screen) {
    case 'home': return <Home />;
    case 'profile': return <Profile tabs={<ProfileTabs current="profile" />} />;
    case 'patterns': return <Patterns tabs={<ProfileTabs current="patterns" />} />;
    case 'opinions': return <Opinions tabs={<ProfileTabs current="opinions" />} />;
    case 'records': return <Records tabs={<ProfileTabs current="records" />} />;
    case 'sources': return <Sources />;
    case 'companies': return first === undefined ? <Companies tabs={<CompanyTabs current="companies" />} /> : route.parts[1] === undefined ? <Company key={first} companyId={first} /> : <GrantPage key={route.parts[1]} companyId={first} grantId={route.parts[1]} />;
    case 'permissions': return <Permissions tabs={<CompanyTabs current="permissions" />} />;
    case 'requests': return first === undefined ? <Inbox tabs={<CompanyTabs current="requests" />} /> : <Consent key={first} requestId={first} />;
    case 'known': return <Known tabs={<CompanyTabs current="known" />} />;
    case 'breathing': return <Breathing />;
    case 'activity': return <Activity />;
    case 'learn': return <Learn />;
    case 'security': return <Security />;
    case 'settings': return <SettingsPage version={VERSION} onShortcuts={onShortcuts} />;
    default: return <Page title={appCopy.notFound.title}><EmptyState icon={<PageIcon size={32} aria-hidden />} title={appCopy.notFound.text} action={<ButtonLink variant="primary" href={href('home')}>{appCopy.notFound.action}</ButtonLink>} /></Page>;
  }
}

/** Where a link would make the vault fetch something; null for one that carries the request itself. */
function hostOfLink(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const uri = new URL(text).searchParams.get('request_uri');
  return uri === null ? null : URL.canParse(uri) ? new URL(uri).host : uri.slice(0, 100);
}

/** Opens the link that waits, if there still is one. */
async function openWaitingLink(): Promise<void> {
  const waiting = takeLink();
  if (waiting === null) return;
  const { requestId } = await call('requests.open', { text: waiting });
  void requestsResource.getState().load();
  // The company may have taken its time.
  whenNothingIsHeld('screen', () => { navigate(href('requests', [requestId])); });
}

/** A link that arrived from outside is opened as soon as the vault is; one that would make the vault call somebody waits for a yes. */
function LinkOpener() {
  const held = useIsHeld();
  const waiting = useLink((state) => state.text), text = held ? null : waiting;
  const [failure, setFailure] = useState<unknown>(null);
  const host = text === null ? null : hostOfLink(text);
  useEffect(() => {
    if (text !== null && hostOfLink(text) === null) openWaitingLink().then(() => { setFailure(null); }, setFailure);
  }, [text]);
  if (host !== null) {
    const decline = () => { takeLink(); };
    return (
      <Dialog title={appCopy.fetchLink.title} onClose={decline} actions={<><Button onClick={() => { openWaitingLink().catch(setFailure); }}>{appCopy.fetchLink.yes}</Button><Button onClick={decline}>{appCopy.fetchLink.no}</Button></>}>
        <p>{appCopy.fetchLink.text(host)}</p>
      </Dialog>
    );
  }
  if (failure === null) return null;
  return <Dialog title={appCopy.openRequest} onClose={() => { setFailure(null); }}><ErrorNote error={asAppError(failure)} /></Dialog>;
}

function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={appCopy.shortcuts.title} onClose={onClose}>
      <table className="table">
        <thead><tr><th scope="col">{appCopy.shortcuts.keys}</th><th scope="col">{appCopy.shortcuts.does}</th></tr></thead>
        <tbody>{appCopy.shortcuts.rows.map(([keys, does]) => <tr key={keys}><th scope="row"><kbd>{keys}</kbd></th><td>{does}</td></tr>)}</tbody>
      </table>
    </Dialog>
  );
}

function OpenVault() {
  const route = useRoute(), isPlaced = usePlace();
  const [showing, setShowing] = useState<'keys' | 'palette' | null>(null);
  const showKeys = useCallback(() => { setShowing('keys'); }, []), showPalette = useCallback(() => { setShowing('palette'); }, []);
  const { data: settings } = useResource(settingsResource);
  const theme = settings?.theme;
  useEffect(() => {
    if (theme) applyTheme(theme);
  }, [theme]);
  const language = settings?.language;
  useEffect(() => {
    if (language === undefined) return;
    const here = chosenLanguage();
    // What was chosen before there was a vault to keep it in goes into it; what the vault knows counts otherwise, also where another window of this browser has noted it already.
    if (language !== null) chooseLanguage(language); else if (here !== null) call('settings.set', { language: here }).catch(() => undefined);
  }, [language]);
  useShortcuts(showKeys, showPalette, settings?.characterKeys ?? true);
  // The path, not the query: filters and panels must not start the screen anew.
  const place = [route.screen, ...route.parts].join('/');
  return (
    <Shell route={route} onPalette={showPalette} onIntent={(screen) => { OF_RAIL[screen]?.fetch(); }}>
      {isPlaced ? <Screen key={route.screen === 'learn' || route.screen === 'security' ? route.screen : place} route={route} onShortcuts={showKeys} /> : null}
      <LinkOpener />
      {showing === 'keys' ? <Shortcuts onClose={() => { setShowing(null); }} /> : null}
      {showing === 'palette' ? <Palette onHelp={showKeys} onClose={() => { setShowing((now) => (now === 'palette' ? null : now)); }} /> : null}
      <DropAnywhere />
    </Shell>
  );
}

/** `title`: where the content has none of its own, said to those who go by headings. `language`: it may be chosen here, for nothing is on the screen that a page starting anew would lose; a request that waits is kept. */
function Alone({ wide = false, title, language = false, children }: { readonly wide?: boolean; readonly title?: string; readonly language?: boolean; readonly children: ReactNode }) {
  return <main className={wide ? 'alone alone-wide' : 'alone'}><div className="alone-card"><Brand />{title === undefined ? null : <h1 className="hidden-visually">{title}</h1>}{children}{language ? <div className="alone-language"><LanguageSelect small value={chosenLanguage() ?? 'system'} onChange={chooseLanguage} /></div> : null}</div></main>;
}

/** A new vault is also where an export of another one can go. */
function FirstImport() {
  const [takingOver, setTakingOver] = useState(false);
  const canTakeOver = useResource(exportResource).data?.canTakeOver ?? false;
  const finish = () => { endFirstRun(); navigate(href('profile')); };
  if (takingOver) return <Card title={appCopy.takeOver.title}><TakeOverFlow onBack={() => { setTakingOver(false); }} done={<Button variant="primary" onClick={finish}>{appCopy.takeOver.toProfile}</Button>} /></Card>;
  return <div className="stack"><ImportFlow offerSamples onFinished={finish} />{canTakeOver ? <div><Button variant="quiet" onClick={() => { setTakingOver(true); }}>{appCopy.takeOver.firstRun}</Button></div> : null}</div>;
}

function Gate() {
  const { connection, status, error, load, recoveredWith, setRecoveredWith } = useVault();
  const firstRun = useFirstRun((state) => state.step);
  const rescue = useRescue();
  if (connection === 'signed-out') return <Alone title={appCopy.name}><Note tone="amber" title={appCopy.signedOut.title} live>{appCopy.signedOut.text}</Note></Alone>;
  if (rescue.step !== null) return <Alone wide><RescueScreen step={rescue.step} jobId={rescue.jobId} /></Alone>;
  if (status === null) return <Alone title={appCopy.name}>{error && error.code !== 'ERR_CORE_GONE' ? <ErrorNote error={error} onRetry={() => { void load(); }} actions={DAMAGE.has(error.code) ? <WaysBack /> : undefined} /> : <p className="soft" role="status">{appCopy.opening}</p>}</Alone>;
  if (status.state === 'none' || (firstRun !== null && status.state === 'unlocked')) {
    return <Alone wide language={firstRun === null || firstRun === 'welcome'}><FirstRun place={status.place} importStep={<FirstImport />} /></Alone>;
  }
  if (status.state === 'locked') return <Alone language><DropAnywhere isLocked />{error ? <ErrorNote error={error} actions={DAMAGE.has(error.code) ? <WaysBack /> : undefined} /> : null}<Locked place={status.place} keychain={status.keychain} onTry={Home.fetch} /></Alone>;
  if (recoveredWith !== null) return <Alone><NewPassphraseAfterRecovery recoveryPhrase={recoveredWith} onDone={() => { setRecoveredWith(null); }} /></Alone>;
  return <OpenVault />;
}

export function App() {
  const connection = useVault((state) => state.connection);
  const { toasts, dismiss, hold } = useToasts();
  return (
    <>
      {connection === 'lost' ? <div className="banner" role="alert"><LostIcon size={20} aria-hidden /><p><strong>{appCopy.lost.title}.</strong> {appCopy.lost.text}</p></div> : null}
      <Gate />
      <UnlockAgain />
      <Menu />
      <Toasts toasts={toasts} onDismiss={dismiss} onHold={hold} />
    </>
  );
}
