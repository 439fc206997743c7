/** All requests: what waits, what was answered. */
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { careCopy } from '../../copy/care.ts';
import { claimInSentence } from '../../copy/claims.ts';
import { ago, capital, labelled, list, since } from '../../../../shared/language/format.ts';
import { requestsCopy } from '../../copy/requests.ts';
import { IdentityBadge } from '../../parts/company.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PracticeShop } from '../../parts/practice-shop.tsx';
import { useNow } from '../../parts/use-now.ts';
import { isPutOff, isWaiting } from '../../parts/waiting.ts';
import { requestsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { InboxIcon } from '../../ui/icons.ts';
import { useMore } from '../../ui/more.tsx';
import { Badge, Card, EmptyState, Page } from '../../ui/surfaces.tsx';
import { TemplatesCard } from './templates.tsx';
import { OpenRequest } from './open-request.tsx';
import './requests.css';

type Request = Output<'requests.list'>['requests'][number];

function Line({ request, nowMs }: { readonly request: Request; readonly nowMs: number }) {
  const open = request.state === 'open';
  return (
    <li className="row-between request-line">
      <span className="stack-tight">
        <span className="row"><strong>{request.company.name}</strong><span className="faint break-anywhere">{request.company.domain}</span><IdentityBadge quiet company={request.company} />{open ? null : <Badge>{request.state === 'granted' && request.grantId !== null && !request.activeGrants.includes(request.grantId) ? requestsCopy.endedSince : requestsCopy.states[request.state]}</Badge>}</span>
        <span className="soft">{capital(list(request.asks.map((ask) => claimInSentence(ask.claim))))}</span>
        <span className="faint">{requestsCopy.received(since(request.receivedAtMs, nowMs))}.{isPutOff(request, nowMs) ? ` ${careCopy.comesBack(ago(request.laterMs ?? 0, nowMs))}.` : ''}{open ? ` ${requestsCopy.expires(ago(request.expiresAtMs, nowMs))}.` : ''}</span>
      </span>
      <ButtonLink small href={href('requests', [request.requestId])} aria-label={labelled(requestsCopy.look, request.company.name)}>{requestsCopy.look}</ButtonLink>
    </li>
  );
}

const SHOWN_AT_FIRST = 10;

function Lines({ title, requests, nowMs }: { readonly title: string; readonly requests: readonly Request[]; readonly nowMs: number }) {
  const { shown, more } = useMore(requests, SHOWN_AT_FIRST, title);
  if (requests.length === 0) return null;
  return <Card title={title} aside={requests.length > SHOWN_AT_FIRST ? <span className="faint numbers">{requestsCopy.count(requests.length)}</span> : undefined}><ul className="plain request-list">{shown.map((request) => <Line key={request.requestId} request={request} nowMs={nowMs} />)}</ul>{more}</Card>;
}

export function Inbox({ tabs }: { readonly tabs: ReactNode }) {
  const nowMs = useNow();
  return (
    <Page title={requestsCopy.title} lead={requestsCopy.lead}>
      {tabs}
      <Loaded store={requestsResource} lines={4}>
        {({ requests }) => {
          const sorted = [...requests].sort((a, b) => b.receivedAtMs - a.receivedAtMs);
          const open = sorted.filter((request) => isWaiting(request, nowMs)), later = sorted.filter((request) => isPutOff(request, nowMs));
          const decided = sorted.filter((request) => request.state !== 'open');
          return (
            <>
              {requests.length === 0 ? <EmptyState icon={<InboxIcon size={32} aria-hidden />} title={requestsCopy.empty}>{requestsCopy.emptyText}</EmptyState> : null}
              <Lines title={requestsCopy.waiting} requests={open} nowMs={nowMs} />
              <Lines title={careCopy.later} requests={later} nowMs={nowMs} />
              {requests.length === 0 ? <PracticeShop /> : null}
              <OpenRequest />
              <Lines title={requestsCopy.decided} requests={decided} nowMs={nowMs} />
              <TemplatesCard />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
