/** How many people must share what a company knows: for all companies, or for one of its own. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { crowdCopy } from '../copy/crowd.ts';
import { useResource } from '../state/resource.ts';
import { exposureResource, grantsResource } from '../state/resources.ts';
import { showToast } from '../state/toasts.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { Select, type Option } from '../ui/fields.tsx';
import { Answer, type AnswerClaim } from './answer.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

type Exposure = Output<'exposure.get'>;

const AS_ALL = 'all';
const SHIPPED = 1_000;

/** What a company's permissions would say under another floor. */
function WouldGet({ companyId, floor }: { readonly companyId: string; readonly floor: number }) {
  const { data } = useResource(grantsResource);
  const [claims, setClaims] = useState<readonly AnswerClaim[] | null>(null);
  const ids = (data?.grants ?? []).filter(({ state, company }) => state === 'active' && company.companyId === companyId).map(({ grantId }) => grantId).join(' ');
  useEffect(() => {
    let wanted = true;
    Promise.all(ids.split(' ').filter((id) => id !== '').map((grantId) => call('grants.preview', { grantId, floor }))).then((answers) => { if (wanted) setClaims(answers.flatMap((answer) => answer.claims)); }, () => undefined);
    return () => { wanted = false; };
  }, [ids, floor]);
  if (ids === '' || claims === null) return null;
  return <div className="stack-tight"><h3 className="sub">{crowdCopy.wouldGet}</h3><Answer claims={claims.filter(({ claim, words }, at) => claims.findIndex((other) => other.claim === claim && other.words.join() === words.join()) === at)} /></div>;
}

/** `company`: without it, for every company that has none of its own. */
export function FloorField({ exposure, company }: { readonly exposure: Exposure; readonly company?: Exposure['companies'][number] }) {
  const [wanted, setWanted] = useState<number | null | undefined>(undefined);
  const task = useTask();
  const current = company === undefined ? exposure.floor : company.floor;
  const holds = current ?? exposure.floor;
  const store = (floor: number | null) => {
    task.run(async () => {
      await call('exposure.setFloor', { companyId: company?.companyId ?? null, floor });
      await exposureResource.getState().load();
      setWanted(undefined);
      showToast(crowdCopy.changed);
    });
  };
  const choose = (value: string) => {
    const floor = value === AS_ALL ? null : Number(value);
    // Making it larger only takes away; making it smaller is said what it means first.
    if ((floor ?? exposure.floor) < holds) setWanted(floor);
    else store(floor);
  };
  // A number set by another program stands in the list too.
  const floors = [...new Set([0, ...crowdCopy.floors, ...(current === null ? [] : [current])])].sort((a, b) => b - a);
  const options: Option<string>[] = [
    ...(company === undefined ? [] : [{ value: AS_ALL, label: crowdCopy.asAll(exposure.floor) }]),
    ...floors.map((floor) => ({ value: String(floor), label: company === undefined && floor === SHIPPED ? crowdCopy.shipped(floor) : crowdCopy.floorWords(floor) })),
  ];
  return (
    <div className="stack-tight">
      <Select<string> label={company === undefined ? crowdCopy.smallestFor : crowdCopy.smallestOf(company.name)} value={current === null ? AS_ALL : String(current)} options={options} disabled={task.busy} onChange={choose} />
      {wanted === undefined ? null : (
        <ConfirmDialog title={crowdCopy.loosenTitle} confirm={crowdCopy.set} cancel={crowdCopy.keep} busy={task.busy} onConfirm={() => { store(wanted); }} onClose={() => { setWanted(undefined); }}>
          <p>{crowdCopy.loosen(holds, wanted ?? exposure.floor)}</p>
          {company === undefined ? null : <WouldGet companyId={company.companyId} floor={wanted ?? exposure.floor} />}
          {task.error ? <ErrorNote error={task.error} /> : null}
        </ConfirmDialog>
      )}
      {task.error && wanted === undefined ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}
