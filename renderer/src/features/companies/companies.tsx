/** All companies that ever asked. */
import { useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { appCopy } from '../../copy/app.ts';
import { careCopy } from '../../copy/care.ts';
import { number, since } from '../../../../shared/language/format.ts';
import { companiesCopy } from '../../copy/requests.ts';
import { BreakNote } from '../../parts/break-note.tsx';
import { IdentityBadge } from '../../parts/company.tsx';
import { GrantStatus } from '../../parts/grant-status.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useResource } from '../../state/resource.ts';
import { companiesResource, grantsResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ActivityIcon, CompaniesIcon } from '../../ui/icons.ts';
import { Badge, Card, EmptyState, Page } from '../../ui/surfaces.tsx';
import './companies.css';

type Row = Output<'companies.list'>['companies'][number];

/** Whether none of its permissions gives answers now. */
function Silent({ companyId, grants }: { readonly companyId: string; readonly grants: number }) {
  const { data } = useResource(grantsResource);
  const own = data?.grants.filter(({ state, company }) => state === 'active' && company.companyId === companyId) ?? [];
  const paused = own.filter(({ pausedMs }) => pausedMs !== null), [first] = own;
  if (first === undefined) return null;
  return <GrantStatus grant={{ ...first, pausedMs: paused.length === grants ? paused[0]?.pausedMs ?? null : null }} />;
}

export function Companies({ tabs }: { readonly tabs: ReactNode }) {
  const nowMs = useNow();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  return (
    <Page title={companiesCopy.title} lead={companiesCopy.lead} actions={<ButtonLink href={href('requests')}>{appCopy.openRequest}</ButtonLink>}>
      {tabs}
      <BreakNote />
      <Card>
        <Loaded store={companiesResource} lines={4}>
          {({ companies }) => (companies.length === 0 ? (
            <EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={companiesCopy.empty} action={<ButtonLink variant="primary" href={href('requests')}>{appCopy.openRequest}</ButtonLink>}>{companiesCopy.emptyText}</EmptyState>
          ) : (
            <ListTable<Row>
              caption={companiesCopy.title} file={companiesCopy.fileName} step={25} rows={companies} rowKey={(row) => row.company.companyId} nameOf={(row) => row.company.name} menu={({ company }) => [{ label: companiesCopy.openOf(company.name), icon: <CompaniesIcon size={16} aria-hidden />, act: () => { navigate(href('companies', [company.companyId])); } }, { label: companiesCopy.logOf(company.name), icon: <ActivityIcon size={16} aria-hidden />, act: () => { navigate(href('activity', [], { company: company.companyId })); } }]} ticked={ticked} onTicked={setTicked}
              columns={[
                { key: 'company', label: companiesCopy.columns.company, heads: true, sort: (row) => row.company.name, text: (row) => `${row.company.name} (${row.company.domain})`, cell: (row) => <span className="company-cell"><a href={href('companies', [row.company.companyId])}>{row.company.name}</a><span className="faint break-anywhere">{row.company.domain}</span></span> },
                { key: 'identity', label: companiesCopy.identity, sort: (row) => row.company.identity, cell: (row) => <IdentityBadge quiet company={row.company} /> },
                { key: 'access', label: companiesCopy.columns.access, sort: (row) => row.activeGrants, cell: (row) => <span className="row">{row.activeGrants === 0 ? <span className="soft">{companiesCopy.activeCount(0)}</span> : <Badge tone="accent">{companiesCopy.activeCount(row.activeGrants)}</Badge>}{row.activeGrants === 0 ? null : <Silent companyId={row.company.companyId} grants={row.activeGrants} />}{row.refusedMs === null ? null : <Badge>{careCopy.refusedBadge}</Badge>}</span> },
                { key: 'asked', label: companiesCopy.columns.asked, number: true, wideOnly: true, sort: (row) => row.redemptions, cell: (row) => number(row.redemptions) },
                { key: 'last', label: companiesCopy.columns.last, tight: true, sort: (row) => row.lastRedeemedMs ?? 0, text: (row) => (row.lastRedeemedMs === null ? null : new Date(row.lastRedeemedMs).toISOString().slice(0, 10)), cell: (row) => (row.lastRedeemedMs === null ? companiesCopy.never : since(row.lastRedeemedMs, nowMs)) },
                { key: 'requests', label: companiesCopy.columns.requests, number: true, wideOnly: true, sort: (row) => row.openRequests, cell: (row) => number(row.openRequests) },
              ]}
            />
          ))}
        </Loaded>
      </Card>
    </Page>
  );
}
