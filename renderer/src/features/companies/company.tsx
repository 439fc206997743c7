/** One company: what it may learn now, making that smaller, ending it, and the history with it. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call, on } from '../../bridge/client.ts';
import { entrySentence } from '../../copy/activity.ts';
import { balanceCopy } from '../../copy/balance.ts';
import { careCopy } from '../../copy/care.ts';
import { cadenceWords, claimInSentence, claimWithStep, GRANT_STATE_WORDS, IDENTITY_WORDS } from '../../copy/claims.ts';
import { controls } from '../../copy/controls.ts';
import { crowdCopy } from '../../copy/crowd.ts';
import { capital, date, dateTime, list, since } from '../../../../shared/language/format.ts';
import { noiseCopy } from '../../copy/noise.ts';
import { companiesCopy, requestsCopy } from '../../copy/requests.ts';
import { Answer } from '../../parts/answer.tsx';
import { BreakNote } from '../../parts/break-note.tsx';
import { IdentityBadge } from '../../parts/company.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { CrowdOf } from '../../parts/crowd-of-answer.tsx';
import { GrantStatus, useIsSilent } from '../../parts/grant-status.tsx';
import { useGrantAnswer } from '../../parts/grant-wheel.tsx';
import { HoldCompany } from '../../parts/hold.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { LogTimeline, type Range } from '../../parts/log-timeline.tsx';
import { saveTextFile } from '../../parts/save-file.ts';
import { RefusedCompany } from '../../parts/refused-company.tsx';
import { ToldCard } from '../../parts/told-card.tsx';
import { TokenPanel } from '../../parts/token-panel.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { useWheel } from '../../parts/use-wheel.ts';
import { askedAreas, litAreas } from '../../parts/wheel-data.ts';
import { asAppError } from '../../bridge/client.ts';
import { useResource } from '../../state/resource.ts';
import { companiesResource, exposureResource, grantsResource, requestsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { CompaniesIcon, InboxIcon, KeyIcon, NeverIcon, SaveIcon } from '../../ui/icons.ts';
import { useMore } from '../../ui/more.tsx';
import { Badge, Card, EmptyState, Note, Page, Skeleton } from '../../ui/surfaces.tsx';
import { Wheel } from '../../ui/wheel/wheel.tsx';
import { VersionList } from './versions.tsx';
import { BalanceOf } from '../../parts/balance.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { NarrowDialog } from './narrow-dialog.tsx';
import './companies.css';

type Grant = Output<'grants.list'>['grants'][number];
type Entry = Output<'audit.list'>['entries'][number];

const refresh = (): void => {
  void grantsResource.getState().load();
  void companiesResource.getState().load();
};

function RevokeDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const task = useTask();
  const { name } = grant.company;
  const revoke = () => {
    task.run(async () => {
      await call('grants.revoke', { grantId: grant.grantId });
      showToast(companiesCopy.revoked(name));
      refresh();
      onClose();
    });
  };
  return (
    <ConfirmDialog title={companiesCopy.revokeTitle(name)} confirm={companiesCopy.revokeAction(name)} cancel={companiesCopy.keepIt} danger busy={task.busy} onConfirm={revoke} onClose={onClose}>
      <p>{companiesCopy.revokeText(name)}</p>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </ConfirmDialog>
  );
}

function TokenDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    call('grants.token', { grantId: grant.grantId }).then((answer) => { if (wanted) setToken(answer.token); }, (thrown: unknown) => { if (wanted) setFailure(thrown); });
    return () => { wanted = false; };
  }, [grant.grantId]);
  return (
    <Dialog title={requestsCopy.token} onClose={onClose}>
      {token !== null ? <TokenPanel token={token} name={grant.company.name} domain={grant.company.domain} /> : failure === null ? <Skeleton /> : <ErrorNote error={asAppError(failure)} />}
    </Dialog>
  );
}

type Open = 'narrow' | 'extend' | 'revoke' | 'token' | null;

/** For the page of a company that is heard: saying no to whatever it will ask. */
function NeverAgain({ companyId, name }: { readonly companyId: string; readonly name: string }) {
  const [asking, setAsking] = useState(false);
  const task = useTask();
  const refuse = () => {
    task.run(async () => {
      await call('companies.refuse', { companyId, always: true });
      await Promise.all([companiesResource.getState().load(), requestsResource.getState().load()]);
      setAsking(false);
    });
  };
  return (
    <>
      <div><Button small variant="quiet" onClick={() => { setAsking(true); }}><NeverIcon size={16} aria-hidden />{careCopy.always}</Button></div>
      {asking ? <ConfirmDialog title={careCopy.alwaysTitle(name)} confirm={careCopy.alwaysAction} cancel={careCopy.notAlways} busy={task.busy} onConfirm={refuse} onClose={() => { setAsking(false); }}><p>{careCopy.alwaysText(name)}</p>{task.error ? <ErrorNote error={task.error} /> : null}</ConfirmDialog> : null}
    </>
  );
}

function ActiveGrant({ grant, whole = false }: { readonly grant: Grant; /** On a page of its own: with the crowd, the balance and all versions. */ readonly whole?: boolean }) {
  const [open, setOpen] = useState<Open>(null);
  const nowMs = useNow();
  const wheel = useWheel();
  const answer = useGrantAnswer(grant.grantId, grant.version, grant.fade?.lost ?? 0);
  const Heading = whole ? 'h2' : 'h3';
  const turning = useTask(), silent = useIsSilent(grant);
  const turn = () => {
    turning.run(async () => {
      await call(grant.pausedMs === null ? 'grants.pause' : 'grants.resume', { grantId: grant.grantId });
      await grantsResource.getState().load();
      if (grant.pausedMs !== null) showToast(careCopy.resumed(grant.company.name));
    });
  };
  const renew = () => {
    turning.run(async () => {
      await call('grants.renew', { grantId: grant.grantId });
      await grantsResource.getState().load();
      showToast(careCopy.renewed);
    });
  };
  const close = () => { setOpen(null); };
  const lit = wheel && answer.claims ? litAreas(answer.claims, wheel.taxonomy) : {};
  return (
    <Card>
      <div className="grant">
        <div className="stack">
          <div className="stack-tight">
            <div className="row"><Heading>{capital(list(grant.claims.map((claim) => claimInSentence(claim.claim))))}</Heading><GrantStatus grant={grant} />{grant.suggestion === null ? null : <Badge>{careCopy.suggestions[grant.suggestion]}</Badge>}</div>
            <p>{requestsCopy.allowedLead(grant.company.name, grant.cadence, date(grant.expiresAtMs))}</p>
            <p className="soft">{companiesCopy.asked(grant.redemptions, grant.refused, grant.lastRedeemedMs === null ? null : since(grant.lastRedeemedMs, nowMs))} {silent ? '' : companiesCopy.remaining(grant.remaining, grant.cadence.per)}</p>
            <p className="faint">{companiesCopy.grantSince(date(grant.grantedAtMs))}. {list(grant.purposes.map((purpose) => purpose.label))}.</p>
          </div>
          {grant.noise === null ? null : <p className="soft">{noiseCopy.granted(grant.noise)}</p>}
          {grant.fade === null ? null : <div className="row"><span className="soft">{careCopy.fades(grant.fade.every, grant.fade.lost)}</span>{grant.fade.lost === 0 ? null : <Button small busy={turning.busy} onClick={renew}>{careCopy.renew}</Button>}</div>}
          {grant.pausedMs === null ? null : <Note tone="amber" live title={careCopy.paused(dateTime(grant.pausedMs))}>{careCopy.pausedText(grant.company.name)}</Note>}
          {grant.state === 'suspended' ? <Note tone="amber">{companiesCopy.suspended}</Note> : null}
          <div className="row">
            <Button busy={turning.busy} onClick={turn}>{grant.pausedMs === null ? careCopy.pause : careCopy.resume}</Button>
            <Button onClick={() => { setOpen('narrow'); }}>{companiesCopy.narrow}</Button>
            {grant.state === 'active' && grant.expiresAtMs < grant.longestMs ? <Button onClick={() => { setOpen('extend'); }}>{careCopy.extend}</Button> : null}
            <Button onClick={() => { setOpen('revoke'); }}><NeverIcon size={18} aria-hidden />{companiesCopy.revoke}</Button>
            <Button variant="quiet" onClick={() => { setOpen('token'); }}><KeyIcon size={18} aria-hidden />{companiesCopy.token}</Button>
          </div>
          {turning.error ? <ErrorNote error={turning.error} /> : null}
          <div className="stack-tight">
            {whole ? <h3 className="sub">{grant.pausedMs === null ? companiesCopy.now : companiesCopy.afterPause}</h3> : <h4 className="sub">{grant.pausedMs === null ? companiesCopy.now : companiesCopy.afterPause}</h4>}
            {answer.claims ? <Answer claims={answer.claims} /> : answer.failed ? <ErrorNote error={asAppError(answer.failed)} /> : <Skeleton lines={3} />}
          </div>
          {whole ? null : <p><a href={href('companies', [grant.company.companyId, grant.grantId])}>{careCopy.openGrant}</a></p>}
        </div>
        {wheel ? <Wheel areas={wheel.areas} overlay={{ lit, asked: askedAreas(grant.claims, wheel.taxonomy) }} label={companiesCopy.wheelLabel(grant.company.name)} hub={{ big: String(Object.keys(lit).length), small: requestsCopy.areasLit(Object.keys(lit).length) }} /> : null}
      </div>
      {open === 'revoke' ? <RevokeDialog grant={grant} onClose={close} /> : null}
      {open === 'token' ? <TokenDialog grant={grant} onClose={close} /> : null}
      {open === 'extend' ? <ExtendDialog grant={grant} onClose={close} onExtended={refresh} /> : null}
      {open === 'narrow' ? <NarrowDialog grant={grant} onClose={close} onNarrowed={refresh} /> : null}
    </Card>
  );
}

const HISTORY = 50, HISTORY_AT_FIRST = 10;

function History({ companyId }: { readonly companyId: string }) {
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    const load = () => {
      call('audit.list', { companyId, limit: HISTORY }).then((answer) => { if (wanted) setEntries(answer.entries); }, (thrown: unknown) => { if (wanted) setFailure(thrown); });
    };
    load();
    const stop = on('audit.appended', load);
    return () => {
      wanted = false;
      stop();
    };
  }, [companyId]);
  const { shown, more } = useMore(entries ?? [], HISTORY_AT_FIRST, companiesCopy.history);
  if (entries === null) return failure === null ? <Skeleton lines={3} /> : <ErrorNote error={asAppError(failure)} />;
  return <><ul className="plain history">{shown.map((entry) => <li key={entry.seq}><span className="faint numbers">{dateTime(entry.atMs)}</span><span>{entrySentence(entry)}</span></li>)}</ul>{more}</>;
}

function CompanyTimeline({ companyId }: { readonly companyId: string }) {
  const [ranges, setRanges] = useState<readonly Range[]>([]);
  return <LogTimeline companyId={companyId} ranges={ranges} onRanges={setRanges} />;
}

function Receipt({ companyId, name }: { readonly companyId: string; readonly name: string }) {
  const task = useTask();
  const save = () => {
    task.run(async () => {
      const made = await call('audit.receipt', { companyId });
      saveTextFile(made.name, made.receipt, 'application/json');
      showToast(companiesCopy.receiptSaved(made.entries));
    });
  };
  return (
    <div className="stack-tight">
      <div><Button small busy={task.busy} onClick={save}><SaveIcon size={18} aria-hidden />{companiesCopy.receipt}</Button></div>
      <p className="faint">{companiesCopy.receiptHint(name)}</p>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}

function Requests({ companyId }: { readonly companyId: string }) {
  const { data } = useResource(requestsResource);
  const open = data?.requests.filter((request) => request.company.companyId === companyId && request.state === 'open') ?? [];
  if (open.length === 0) return null;
  return <Note tone="amber" icon={<InboxIcon size={20} aria-hidden />} title={companiesCopy.openRequests} actions={open.map((request) => <ButtonLink key={request.requestId} small href={href('requests', [request.requestId])}>{requestsCopy.look}</ButtonLink>)} />;
}

export function Company({ companyId }: { readonly companyId: string }) {
  const back = { href: href('companies'), label: companiesCopy.back };
  const { data: companies, error, load } = useResource(companiesResource);
  const row = companies?.companies.find((candidate) => candidate.company.companyId === companyId);
  if (!row) {
    return <Page title={companiesCopy.title} back={back}>{error ? <ErrorNote error={error} onRetry={() => { void load(); }} /> : companies === null ? <Skeleton lines={6} /> : <EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={companiesCopy.notFound} />}</Page>;
  }
  const { company } = row;
  return (
    <Page key={companyId} title={company.name} back={back} lead={<span className="row"><IdentityBadge company={company} /><span className="break-anywhere">{company.domain}</span></span>}>
      <BreakNote />
      {row.refusedMs === null ? null : <RefusedCompany companyId={companyId} name={company.name} />}
      <Requests companyId={companyId} />
      <Loaded store={grantsResource} lines={6}>
        {({ grants }) => {
          const own = grants.filter((grant) => grant.company.companyId === companyId);
          const live = own.filter((grant) => grant.state === 'active' || grant.state === 'suspended');
          const past = own.filter((grant) => grant.state !== 'active' && grant.state !== 'suspended');
          return (
            <>
              <section className="stack" aria-label={companiesCopy.grants}>
                <h2>{companiesCopy.grants}</h2>
                {live.length === 0 ? <p className="soft">{companiesCopy.noGrants}</p> : <HoldCompany companyId={companyId} grants={live.length} />}
                {live.map((grant) => <ActiveGrant key={grant.grantId} grant={grant} />)}
              </section>
              {past.length === 0 ? null : (
                <Card title={companiesCopy.past}>
                  <ul className="plain history">
                    {past.map((grant) => (
                      <li key={grant.grantId}>
                        <span className="faint numbers">{companiesCopy.endedOn(date(grant.endedAtMs ?? grant.expiresAtMs))}</span>
                        <span><a href={href('companies', [companyId, grant.grantId])}>{capital(list(grant.claims.map((claim) => claimWithStep(claim.claim, claim.precision))))}</a>, {cadenceWords(grant.cadence)} <Badge>{GRANT_STATE_WORDS[grant.state]}</Badge></span>
                      </li>
                    ))}
                  </ul>
                </Card>
              )}
            </>
          );
        }}
      </Loaded>
      <ToldCard companyId={companyId} />
      <Card title={companiesCopy.history}>
        <div className="stack">
          <CompanyTimeline companyId={companyId} />
          <History companyId={companyId} />
          <Receipt companyId={companyId} name={company.name} />
        </div>
      </Card>
      <Card title={companiesCopy.identity}>
        <p>{IDENTITY_WORDS[company.identity].says(company.domain)}</p>
        <p className="faint break-anywhere">{requestsCopy.contact}: {company.contact}{company.policyUri === null ? null : <>. {requestsCopy.policy}: {company.policyUri}</>}</p>
        {row.refusedMs === null ? <NeverAgain companyId={companyId} name={company.name} /> : null}
      </Card>
    </Page>
  );
}

/** What a permission gains and costs, with the point that is dragged: it sets the smallest crowd of its company, once that is said. */
function GrantBalance({ grant, holds }: { readonly grant: Grant; readonly holds: number }) {
  const [floor, setFloor] = useState<number | null>(null);
  const task = useTask();
  const store = () => {
    task.run(async () => {
      await call('exposure.setFloor', { companyId: grant.company.companyId, floor });
      await exposureResource.getState().load();
      showToast(crowdCopy.changed);
      setFloor(null);
    });
  };
  return (
    <Card>
      <div className="stack">
        <BalanceOf ask={{ method: 'grants.balance', input: { grantId: grant.grantId } }} version={`${grant.version} ${holds}`} name={grant.company.name} holds={holds} floor={floor} onFloor={setFloor} note={balanceCopy.standing(grant.company.name)} />
        {floor === null || floor === holds ? null : <div className="row"><Button busy={task.busy} onClick={store}>{balanceCopy.set}</Button><Button variant="quiet" onClick={() => { setFloor(null); }}>{controls.cancel}</Button></div>}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

function GrantCrowd({ grant }: { readonly grant: Grant }) {
  const { crowd } = useGrantAnswer(grant.grantId, grant.version, grant.fade?.lost ?? 0);
  return crowd === null ? <Card><Skeleton lines={4} /></Card> : <Card><CrowdOf crowd={crowd} name={grant.company.name} /></Card>;
}

/** One permission by itself: what it says, what it gains and costs, and every version of it. */
export function GrantPage({ companyId, grantId }: { readonly companyId: string; readonly grantId: string }) {
  const { data: exposure } = useResource(exposureResource);
  return (
    <Loaded store={grantsResource} lines={6}>
      {({ grants }) => {
        const grant = grants.find((one) => one.grantId === grantId);
        if (!grant) return <Page title={companiesCopy.title} back={{ href: href('companies', [companyId]), label: companiesCopy.back }}><EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={companiesCopy.grantGone} /></Page>;
        const { name } = grant.company, isLive = grant.state === 'active' || grant.state === 'suspended';
        const holds = exposure === null ? null : exposure.companies.find((one) => one.companyId === companyId)?.floor ?? exposure.floor;
        return (
          <Page key={grantId} title={careCopy.grantPage(name)} lead={careCopy.grantLead} back={{ href: href('companies', [companyId]), label: name }}>
            {isLive ? <ActiveGrant grant={grant} whole /> : <Card><p>{companiesCopy.endedOn(date(grant.endedAtMs ?? grant.expiresAtMs))} <Badge>{GRANT_STATE_WORDS[grant.state]}</Badge></p></Card>}
            {isLive ? <div className="grant-two"><GrantCrowd grant={grant} />{holds === null ? null : <GrantBalance grant={grant} holds={holds} />}</div> : null}
            <Card title={careCopy.versions(grant.version)}><VersionList grantId={grant.grantId} version={grant.version} /></Card>
          </Page>
        );
      }}
    </Loaded>
  );
}
