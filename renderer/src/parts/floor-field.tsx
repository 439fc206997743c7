/** How many people must share what a company knows: for all companies, or for one of its own. */
import { useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { crowdCopy } from '../copy/crowd.ts';
import { exposureResource } from '../state/resources.ts';
import { showToast } from '../state/toasts.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { Select, type Option } from '../ui/fields.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

type Exposure = Output<'exposure.get'>;

const AS_ALL = 'all';
const SHIPPED = 1_000;

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
          {task.error ? <ErrorNote error={task.error} /> : null}
        </ConfirmDialog>
      )}
      {task.error && wanted === undefined ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}
