/** The frame of an open vault: the rail with words and icons, the vault's state, the page. */
import { useState, type ReactNode } from 'react';
import { appCopy } from '../copy/app.ts';
import { href, type Route } from '../state/route.ts';
import { useNow } from '../parts/use-now.ts';
import { isWaiting } from '../parts/waiting.ts';
import { useResource } from '../state/resource.ts';
import { requestsResource, settingsResource } from '../state/resources.ts';
import { useVault } from '../state/vault.ts';
import { Button } from '../ui/button.tsx';
import { ActivityIcon, BreathingIcon, CompaniesIcon, EnforcedIcon, HomeIcon, LearnIcon, LockIcon, LockOpenIcon, ProfileIcon, SearchIcon, SettingsIcon, SourcesIcon } from '../ui/icons.ts';
import { BareButton } from '../ui/bare.tsx';

const MAIN = [
  { screen: 'home', Icon: HomeIcon }, { screen: 'profile', Icon: ProfileIcon }, { screen: 'sources', Icon: SourcesIcon },
  { screen: 'companies', Icon: CompaniesIcon }, { screen: 'breathing', Icon: BreathingIcon }, { screen: 'activity', Icon: ActivityIcon },
] as const;
const MORE = [{ screen: 'learn', Icon: LearnIcon }, { screen: 'security', Icon: EnforcedIcon }, { screen: 'settings', Icon: SettingsIcon }] as const;

/** Where screens without a place of their own in the rail live. */
const railOf = (screen: string): string => (['permissions', 'requests', 'known'].includes(screen) ? 'companies' : screen === 'patterns' || screen === 'opinions' || screen === 'records' ? 'profile' : screen);

export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
        <g className="brand-rings"><path d="M16 5a11 11 0 0 1 11 11" strokeWidth="4" /><path d="M27 16A11 11 0 1 1 16 5" strokeWidth="1.5" /><path d="M16 10.5a5.5 5.5 0 0 1 5.5 5.5" strokeWidth="3" /></g>
        <circle className="brand-dot" cx="16" cy="16" r="2.2" />
      </svg>
      {appCopy.name}
    </span>
  );
}

function NavLink({ screen, Icon, current, badge, onIntent }: { readonly onIntent: (screen: string) => void; readonly screen: keyof typeof appCopy.nav; readonly Icon: typeof HomeIcon; readonly current: boolean; readonly badge?: number }) {
  return (
    <li>
      <a className="rail-link" href={href(screen)} aria-current={current ? 'page' : undefined} onPointerEnter={() => { onIntent(screen); }} onFocus={() => { onIntent(screen); }}>
        <Icon size={20} aria-hidden />
        <span>{appCopy.nav[screen]}</span>
        {badge === undefined || badge === 0 ? null : <span className="rail-count"><span aria-hidden>{badge}</span><span className="hidden-visually">{`, ${appCopy.openRequests(badge)}`}</span></span>}
      </a>
    </li>
  );
}

export function Shell({ route, onPalette, onIntent, children }: { readonly route: Route; readonly onPalette: () => void; /** Somebody points at a screen, or is about to go there by key. */ readonly onIntent: (screen: string) => void; readonly children: ReactNode }) {
  const { data: requests } = useResource(requestsResource);
  const { data: settings } = useResource(settingsResource);
  const lock = useVault((state) => state.lock);
  const [locking, setLocking] = useState(false);
  const nowMs = useNow();
  const open = requests?.requests.filter((request) => isWaiting(request, nowMs)).length ?? 0;
  const current = railOf(route.screen);
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{appCopy.skip}</a>
      <aside className="rail">
        <a href={href('home')} className="rail-brand"><Brand /></a>
        <BareButton className="rail-find" aria-keyshortcuts="Control+K Meta+K" onClick={onPalette}><SearchIcon size={18} aria-hidden /><span>{appCopy.find.open}</span><kbd aria-hidden>{appCopy.find.hint}</kbd></BareButton>
        <nav aria-label={appCopy.navLabel}>
          <ul className="plain">{MAIN.map(({ screen, Icon }) => <NavLink key={screen} screen={screen} Icon={Icon} current={screen === current} onIntent={onIntent} {...(screen === 'companies' ? { badge: open } : {})} />)}</ul>
        </nav>
        <nav aria-label={appCopy.navSecondLabel} className="rail-more">
          <ul className="plain">{MORE.map(({ screen, Icon }) => <NavLink key={screen} screen={screen} Icon={Icon} current={screen === current} onIntent={onIntent} />)}</ul>
        </nav>
        <div className="rail-vault">
          <p className="rail-state"><LockOpenIcon size={18} aria-hidden /><span><strong>{appCopy.unlocked}</strong>{settings === null ? null : <><br /><span className="faint">{appCopy.locksAfter(settings.autoLockMinutes)}</span></>}</span></p>
          <Button busy={locking} onClick={() => { setLocking(true); lock().catch(() => { setLocking(false); }); }}><LockIcon size={18} aria-hidden />{locking ? appCopy.locking : appCopy.lock}</Button>
        </div>
      </aside>
      <main id="main" tabIndex={-1}>{children}</main>
    </div>
  );
}
