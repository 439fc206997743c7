/** Every permission there is now, in one list: what is worth a look, and pausing or ending many at once. */
import { useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { careCopy } from '../../copy/care.ts';
import { cadenceWords, claimInSentence, claimWithStep } from '../../copy/claims.ts';
import { capital, dateShort, labelled, list, since } from '../../../../shared/language/format.ts';
import { companiesCopy } from '../../copy/requests.ts';
import { BreakNote } from '../../parts/break-note.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { GrantStatus } from '../../parts/grant-status.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { companiesResource, grantsResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { CompaniesIcon, DeleteIcon, KeyIcon, NextIcon, PauseIcon } from '../../ui/icons.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { Badge, Card, EmptyState, Page } from '../../ui/surfaces.tsx';
import './companies.css';

type Grant = Output<'grants.list'>['grants'][number];
type Act = 'paused' | 'resumed' | 'ended';

const METHODS = { paused: 'grants.pause', resumed: 'grants.resume', ended: 'grants.revoke' } as const;
const what = (grant: Grant): string => capital(list(grant.claims.map(({ claim }) => claimInSentence(claim))));
const exactly = (grant: Grant): string => capital(list(grant.claims.map(({ claim, precision }) => claimWithStep(claim, precision))));
/** Whether an act would change anything about it. */
const concerns = (grant: Grant, act: Act): boolean => act === 'ended' || (grant.state === 'active' && (grant.pausedMs === null) === (act === 'paused'));

function Grants({ grants }: { readonly grants: readonly Grant[] }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [ending, setEnding] = useState<readonly Grant[] | null>(null);
  const nowMs = useNow();
  const task = useTask();
  const status = useRef<HTMLSpanElement>(null);
  const chosen = grants.filter(({ grantId }) => ticked.has(grantId));
  const suggested = grants.filter(({ suggestion }) => suggestion !== null);
  const act = (which: Act, on: readonly Grant[] = chosen) => {
    task.run(async () => {
      const these = on.filter((grant) => concerns(grant, which));
      for (const { grantId } of these) await call(METHODS[which], { grantId });
      await grantsResource.getState().load();
      void companiesResource.getState().load();
      setTicked((before) => new Set([...before].filter((grantId) => !these.some((one) => one.grantId === grantId))));
      setEnding(null);
      const back = which === 'paused' ? METHODS.resumed : which === 'resumed' ? METHODS.paused : null;
      showToast(careCopy.did[which](these.length), back === null ? undefined : () => { Promise.all(these.map(({ grantId }) => call(back, { grantId }))).then(() => grantsResource.getState().load(), () => grantsResource.getState().load()).catch(() => undefined); });
      // The button that was pressed can no longer be: what there is to do is said here.
      status.current?.focus();
    });
  };
  const can = (which: Act): boolean => chosen.some((grant) => concerns(grant, which));
  const rowMenu = (grant: Grant): readonly MenuItem[] => [
    { label: careCopy.openOne, icon: <KeyIcon size={16} aria-hidden />, act: () => { navigate(href('companies', [grant.company.companyId, grant.grantId])); } },
    { label: companiesCopy.openOf(grant.company.name), icon: <CompaniesIcon size={16} aria-hidden />, act: () => { navigate(href('companies', [grant.company.companyId])); } },
    ...(concerns(grant, 'paused') ? [{ label: careCopy.pauseTicked, icon: <PauseIcon size={16} aria-hidden />, act: () => { act('paused', [grant]); } }] : []),
    ...(concerns(grant, 'resumed') ? [{ label: careCopy.resumeTicked, icon: <NextIcon size={16} aria-hidden />, act: () => { act('resumed', [grant]); } }] : []),
    { label: careCopy.endOne, icon: <DeleteIcon size={16} aria-hidden />, act: () => { setEnding([grant]); } },
  ];
  const day = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString().slice(0, 10));
  return (
    <Card>
      <div className="stack">
        <ListTable<Grant>
          caption={careCopy.title} file={careCopy.fileName} step={50} rows={grants} rowKey={({ grantId }) => grantId} nameOf={(grant) => labelled(grant.company.name, what(grant))} ticked={ticked} onTicked={setTicked} menu={rowMenu}
          status={<span ref={status} tabIndex={-1}>{careCopy.ticked(chosen.length)}</span>}
          acts={
            <>
              {suggested.length === 0 ? null : <Button small variant="quiet" onClick={() => { setTicked(new Set(suggested.map(({ grantId }) => grantId))); }}>{careCopy.tickSuggested(suggested.length)}</Button>}
              <span className="row permissions-acts">
                <Button small busy={task.busy} disabled={!can('paused')} onClick={() => { act('paused'); }}>{careCopy.pauseTicked}</Button>
                <Button small busy={task.busy} disabled={!can('resumed')} onClick={() => { act('resumed'); }}>{careCopy.resumeTicked}</Button>
                <Button small busy={task.busy} disabled={!can('ended')} onClick={() => { setEnding(chosen); }}>{careCopy.endTicked}</Button>
              </span>
            </>
          }
          columns={[
            { key: 'company', label: careCopy.columns.company, heads: true, sort: ({ company }) => company.name, cell: ({ company }) => <a href={href('companies', [company.companyId])}>{company.name}</a> },
            { key: 'address', label: careCopy.columns.address, text: ({ company }) => company.companyId },
            { key: 'what', label: careCopy.columns.what, sort: what, text: exactly, cell: (grant) => <span className="stack-tight"><span><a href={href('companies', [grant.company.companyId, grant.grantId])} title={exactly(grant)}>{what(grant)}</a></span>{<span className="row"><GrantStatus grant={grant} />{grant.suggestion === null ? null : <Badge>{careCopy.suggestions[grant.suggestion]}</Badge>}</span>}</span> },
            { key: 'pace', label: careCopy.columns.pace, wideOnly: true, sort: ({ cadence }) => cadence.max, text: ({ cadence }) => cadenceWords(cadence), cell: ({ cadence }) => cadenceWords(cadence) },
            { key: 'used', label: careCopy.columns.used, tight: true, sort: ({ lastRedeemedMs }) => lastRedeemedMs ?? 0, text: ({ lastRedeemedMs }) => day(lastRedeemedMs), cell: ({ lastRedeemedMs }) => (lastRedeemedMs === null ? companiesCopy.never : since(lastRedeemedMs, nowMs)) },
            { key: 'ends', label: careCopy.columns.ends, sort: ({ expiresAtMs }) => expiresAtMs, text: ({ expiresAtMs }) => day(expiresAtMs), tight: true, cell: ({ expiresAtMs }) => dateShort(expiresAtMs) },
          ]}
        />
        {task.error && !ending ? <ErrorNote error={task.error} /> : null}
      </div>
      {ending ? (
        <ConfirmDialog title={careCopy.endTitle(ending.length)} confirm={careCopy.endAction} cancel={careCopy.keepThem} danger busy={task.busy} onConfirm={() => { act('ended', ending); }} onClose={() => { setEnding(null); }}>
          <p>{careCopy.endText}</p>
          <p className="soft">{list([...new Set(ending.map(({ company }) => company.name))])}</p>
          {task.error ? <ErrorNote error={task.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}

export function Permissions({ tabs }: { readonly tabs: ReactNode }) {
  return (
    <Page title={careCopy.title} lead={careCopy.lead}>
      {tabs}
      <BreakNote />
      <Loaded store={grantsResource} lines={4}>
        {({ grants }) => {
          const live = grants.filter(({ state }) => state === 'active' || state === 'suspended');
          return live.length === 0 ? <Card><EmptyState icon={<KeyIcon size={32} aria-hidden />} title={careCopy.empty}>{careCopy.emptyText}</EmptyState></Card> : <Grants grants={live} />;
        }}
      </Loaded>
    </Page>
  );
}
