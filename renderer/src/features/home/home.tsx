/** Home: what is known, who has access, what waits, what happened lately. */
import type { Output } from '../../../../shared/api/contract.ts';
import { ago, capital, date, labelled, list, number, since } from '../../../../shared/language/format.ts';
import { entrySentence } from '../../copy/activity.ts';
import { claimInSentence, cadenceWords } from '../../copy/claims.ts';
import { wheelCopy } from '../../copy/wheel.ts';
import { homeCopy } from '../../copy/home.ts';
import { settingsCopy } from '../../copy/settings.ts';
import { rulesCopy } from '../../copy/profile.ts';
import { takeOverCopy } from '../../copy/take-over.ts';
import { call, on } from '../../bridge/client.ts';
import { BreakNote } from '../../parts/break-note.tsx';
import { IdentityBadge } from '../../parts/company.tsx';
import { GrantStatus } from '../../parts/grant-status.tsx';
import { GrantWheel } from '../../parts/grant-wheel.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useNow } from '../../parts/use-now.ts';
import { isWaiting } from '../../parts/waiting.ts';
import { useWheel } from '../../parts/use-wheel.ts';
import { useRecovery } from '../../state/recovery.ts';
import { createResourceFrom, useResource } from '../../state/resource.ts';
import { exportResource, grantsResource, importsResource, profileResource, requestsResource, updatesResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { useVault } from '../../state/vault.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { KeyIcon, NewIcon, NextIcon, SampleIcon, SourcesIcon } from '../../ui/icons.ts';
import { Card, EmptyState, Note, Page, Skeleton } from '../../ui/surfaces.tsx';
import { Wheel } from '../../ui/wheel/wheel.tsx';
import { FirstSteps, useFirstSteps } from './first-steps.tsx';
import './home.css';

const LATELY = 6;
const latelyResource = createResourceFrom(() => call('audit.list', { limit: LATELY }), (changed) => { on('audit.appended', changed); });

type Grant = Output<'grants.list'>['grants'][number];

function Known() {
  const wheel = useWheel();
  const { data: profile, error } = useResource(profileResource);
  const canTakeOver = useResource(exportResource).data?.canTakeOver ?? false;
  return (
    <Card title={homeCopy.known} className="home-known" aside={<a href={href('profile')}>{homeCopy.openProfile}</a>}>
      {error && profile === null ? <Loaded store={profileResource}>{() => null}</Loaded> : null}
      {wheel === null || profile === null ? (error ? null : <Skeleton lines={8} />) : (
        <div className="stack">
          <Wheel
            areas={wheel.areas} label={homeCopy.wheelLabel} hrefOf={(area) => href('profile', [], { area: area.id })}
            hub={{ big: number(profile.preferences.length), small: wheelCopy.known }}
          />
          {profile.preferences.length === 0
            ? <EmptyState icon={null} title={homeCopy.emptyTitle} action={<><ButtonLink variant="primary" href={href('sources')}><SourcesIcon size={18} aria-hidden />{homeCopy.emptyAction}</ButtonLink>{canTakeOver ? <ButtonLink variant="quiet" small href={href('security', ['take-over'])}>{takeOverCopy.home}</ButtonLink> : null}</>}>{homeCopy.emptyText}</EmptyState>
            : <p className="soft numbers home-counts">{homeCopy.knownCounts(profile.preferences.length, profile.records)}</p>}
          {profile.rulesWait ? <p><a href={href('profile')}>{rulesCopy.home}</a></p> : null}
        </div>
      )}
    </Card>
  );
}

function GrantLine({ grant, nowMs }: { readonly grant: Grant; readonly nowMs: number }) {
  return (
    <li>
      <a className="home-company" href={href('companies', [grant.company.companyId])}>
        <GrantWheel grantId={grant.grantId} version={grant.version} claims={grant.claims} label={homeCopy.companyWheel(grant.company.name)} size={72} />
        <span className="home-company-words">
          <span className="row"><strong>{grant.company.name}</strong><GrantStatus grant={grant} /></span>
          <span>{capital(list(grant.claims.map((claim) => claimInSentence(claim.claim))))}</span>
          <span className="faint">{cadenceWords(grant.cadence)}, {homeCopy.until(date(grant.expiresAtMs))}. {grant.lastRedeemedMs === null ? homeCopy.neverAsked : homeCopy.lastAsked(since(grant.lastRedeemedMs, nowMs))}</span>
        </span>
        <NextIcon size={18} aria-hidden />
      </a>
    </li>
  );
}

const MOST_COMPANIES = 5;

function Access() {
  const nowMs = useNow();
  return (
    <Card title={homeCopy.access} aside={<a href={href('companies')}>{homeCopy.seeCompanies}</a>}>
      <Loaded store={grantsResource} lines={3}>
        {({ grants }) => {
          const active = grants.filter((grant) => grant.state === 'active').sort((a, b) => a.expiresAtMs - b.expiresAtMs);
          return active.length === 0
            ? <div className="stack-tight"><p>{homeCopy.noAccess} <span className="soft">{homeCopy.noAccessText}</span></p><div><ButtonLink small href={href('requests')}>{homeCopy.openRequest}</ButtonLink></div></div>
            : <><ul className="plain home-list">{active.slice(0, MOST_COMPANIES).map((grant) => <GrantLine key={grant.grantId} grant={grant} nowMs={nowMs} />)}</ul>{active.length > MOST_COMPANIES ? <p className="home-more"><a href={href('companies')}>{homeCopy.allAccess(active.length)}</a></p> : null}</>;
        }}
      </Loaded>
    </Card>
  );
}

/** The rest waits behind one link: Home shows what there is, not all of it. */
const MOST_WAITING = 3;

function Pending() {
  const nowMs = useNow();
  const { data } = useResource(requestsResource);
  const open = data?.requests.filter((request) => isWaiting(request, nowMs)) ?? [];
  if (open.length === 0) return null;
  return (
    <Card title={homeCopy.pending} className="home-pending">
      <ul className="plain stack">
        {open.slice(0, MOST_WAITING).map((request) => (
          <li key={request.requestId} className="home-request">
            <span className="stack-tight"><span className="row"><strong>{request.company.name}</strong><IdentityBadge quiet company={request.company} /></span><span className="soft">{homeCopy.pendingLine(request.company.name, list(request.asks.map((ask) => claimInSentence(ask.claim))))} {homeCopy.expires(ago(request.expiresAtMs, nowMs))}.</span></span>
            <ButtonLink href={href('requests', [request.requestId])} aria-label={labelled(homeCopy.decide, request.company.name)}>{homeCopy.decide}</ButtonLink>
          </li>
        ))}
      </ul>
      {open.length > MOST_WAITING ? <p className="home-more"><a href={href('requests')}>{homeCopy.allWaiting(open.length)}</a></p> : null}
    </Card>
  );
}

function Lately() {
  const nowMs = useNow();
  return (
    <Card title={homeCopy.lately} aside={<a href={href('activity')}>{homeCopy.all}</a>}>
      <Loaded store={latelyResource} lines={4}>
        {({ entries }) => (entries.length === 0 ? <p className="soft">{homeCopy.nothingYet}</p> : (
          <ul className="plain home-lately">{entries.map((entry) => <li key={entry.seq}><span>{entrySentence(entry)}</span><span className="faint">{since(entry.atMs, nowMs)}</span></li>)}</ul>
        ))}
      </Loaded>
    </Card>
  );
}

function LogWarning() {
  const problem = useVault((state) => state.status?.logProblem ?? 'none');
  if (problem === 'none') return null;
  return (
    <Note tone="loss" title={homeCopy.logTitle} actions={<ButtonLink small href={href('activity')} onClick={() => { navigate(href('activity')); }}>{homeCopy.logLook}</ButtonLink>}>{homeCopy.logText}</Note>
  );
}

function DiskWarning() {
  const full = useVault((state) => state.status?.diskFull ?? false);
  return full ? <Note tone="loss" title={homeCopy.diskTitle}>{homeCopy.diskText}</Note> : null;
}

function RecoveryReminder() {
  const confirmed = useVault((state) => state.status?.recoveryConfirmed ?? true);
  const positions = useRecovery((state) => state.positions);
  // Among the first steps it is the first.
  const steps = useFirstSteps();
  if (confirmed || steps?.isShown !== false) return null;
  return (
    <Note tone="amber" icon={<KeyIcon size={20} aria-hidden />} title={homeCopy.reminderTitle} actions={<ButtonLink small href={href('security', ['recovery'])} onClick={() => { navigate(href('security', ['recovery'])); }}>{positions === null ? homeCopy.reminderRenew : homeCopy.reminderConfirm}</ButtonLink>}>
      {homeCopy.reminderText}
    </Note>
  );
}

function SampleReminder() {
  const { data } = useResource(importsResource);
  if (data?.imports.some((report) => report.sample && report.state !== 'undone' && report.added > 0) !== true) return null;
  return <Note icon={<SampleIcon size={20} aria-hidden />}><span className="row">{homeCopy.sample}<a href={href('sources')}>{homeCopy.toSources}</a></span></Note>;
}

/** Only where the person had it looked for. */
function NewerNote() {
  const newer = useResource(updatesResource).data?.newer ?? null;
  return newer === null ? null : <Note icon={<NewIcon size={20} aria-hidden />}><span className="row">{settingsCopy.newer(newer.version)}.<a href={href('settings')}>{homeCopy.newerLook}</a></span></Note>;
}

/** With much waiting on the right, the log moves under the wheel. */
const CROWDED = 3;

export function Home() {
  const { data: requests } = useResource(requestsResource);
  const { data: grants } = useResource(grantsResource);
  const nowMs = useNow();
  const lines = (requests?.requests.filter((request) => isWaiting(request, nowMs)).length ?? 0) + (grants?.grants.filter((grant) => grant.state === 'active').length ?? 0);
  return (
    <Page title={homeCopy.title}>
      <LogWarning />
      <DiskWarning />
      <BreakNote />
      <RecoveryReminder />
      <SampleReminder />
      <NewerNote />
      <Pending />
      <FirstSteps />
      <div className="home">
        <div className="stack home-side">
          <Known />
          {lines >= CROWDED ? <div className="home-late"><Lately /></div> : null}
        </div>
        <div className="stack home-side">
          <Access />
          {lines >= CROWDED ? null : <Lately />}
        </div>
      </div>
    </Page>
  );
}
