/** All requests: what waits, what was answered. */
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { claimName } from '../../copy/claims.ts';
import { ago, list } from '../../copy/format.ts';
import { requestsCopy } from '../../copy/requests.ts';
import { IdentityBadge } from '../../parts/company.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useNow } from '../../parts/use-now.ts';
import { requestsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { InboxIcon } from '../../ui/icons.ts';
import { Badge, Card, EmptyState, Page } from '../../ui/surfaces.tsx';
import { OpenRequest } from './open-request.tsx';
import './requests.css';

type Request = Output<'requests.list'>['requests'][number];

function Line({ request, nowMs }: { readonly request: Request; readonly nowMs: number }) {
  const open = request.state === 'open';
  return (
    <li className="row-between request-line">
      <span className="stack-tight">
        <span className="row"><strong>{request.company.name}</strong><span className="faint break-anywhere">{request.company.domain}</span><IdentityBadge company={request.company} />{open ? null : <Badge>{requestsCopy.states[request.state]}</Badge>}</span>
        <span className="soft">{list(request.asks.map((ask) => claimName(ask.claim)))}</span>
        <span className="faint">{requestsCopy.received(ago(request.receivedAtMs, nowMs))}.{open ? ` ${requestsCopy.expires(ago(request.expiresAtMs, nowMs))}.` : ''}</span>
      </span>
      <ButtonLink variant={open ? 'primary' : 'secondary'} href={href('requests', [request.requestId])} aria-label={`${requestsCopy.look}: ${request.company.name}`}>{requestsCopy.look}</ButtonLink>
    </li>
  );
}

export function Inbox({ tabs }: { readonly tabs: ReactNode }) {
  const nowMs = useNow();
  return (
    <Page title={requestsCopy.title} lead={requestsCopy.lead}>
      {tabs}
      <Loaded store={requestsResource} lines={4}>
        {({ requests }) => {
          const sorted = [...requests].sort((a, b) => b.receivedAtMs - a.receivedAtMs);
          const open = sorted.filter((request) => request.state === 'open');
          const decided = sorted.filter((request) => request.state !== 'open');
          return (
            <>
              {requests.length === 0 ? <EmptyState icon={<InboxIcon size={32} aria-hidden />} title={requestsCopy.empty}>{requestsCopy.emptyText}</EmptyState> : null}
              {open.length === 0 ? null : <Card title={requestsCopy.waiting}><ul className="plain request-list">{open.map((request) => <Line key={request.requestId} request={request} nowMs={nowMs} />)}</ul></Card>}
              <OpenRequest />
              {decided.length === 0 ? null : <Card title={requestsCopy.decided}><ul className="plain request-list">{decided.map((request) => <Line key={request.requestId} request={request} nowMs={nowMs} />)}</ul></Card>}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
