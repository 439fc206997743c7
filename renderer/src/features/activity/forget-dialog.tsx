/** Deleting older history: what goes, what stays, and how much it is, before it is done. */
import { useEffect, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { activityCopy } from '../../copy/activity.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { showToast } from '../../state/toasts.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { Skeleton } from '../../ui/surfaces.tsx';

type Company = Output<'companies.list'>['companies'][number]['company'];
type Age = keyof typeof activityCopy.forgetOlder;
type Choice = Age | 'company';

const MONTHS: Readonly<Record<Age, number>> = { month: 1, quarter: 3, year: 12 };

/** The start of the day so many months ago, here. */
function daysAgo(months: number): number {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  day.setMonth(day.getMonth() - months);
  return day.getTime();
}

/** `company`: offered as well when the list shows only that company. */
export function ForgetDialog({ company, onClose }: { readonly company: Company | null; readonly onClose: () => void }) {
  const [choice, setChoice] = useState<Choice>(company ? 'company' : 'year');
  const [counted, setCounted] = useState<{ readonly key: string; readonly entries: number } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const task = useTask();
  const what: Input<'audit.forget'> = choice === 'company' ? { companyId: company?.companyId ?? '' } : { beforeMs: daysAgo(MONTHS[choice]) };
  const key = JSON.stringify(what);
  useEffect(() => {
    let wanted = true;
    call('audit.forgettable', JSON.parse(key) as Input<'audit.forgettable'>).then(({ entries }) => { if (wanted) setCounted({ key, entries }); }, (thrown: unknown) => { if (wanted) setFailure(thrown); });
    return () => { wanted = false; };
  }, [key]);
  const entries = counted?.key === key ? counted.entries : null;
  const forget = () => {
    task.run(async () => {
      if (entries !== null && entries > 0) showToast(activityCopy.forgotten((await call('audit.forget', what)).entries));
      onClose();
    });
  };
  const options = [
    ...(company ? [{ value: 'company' as const, label: activityCopy.forgetCompany(company.name) }] : []),
    ...(Object.keys(MONTHS) as Age[]).map((age) => ({ value: age, label: activityCopy.forgetOlder[age] })),
  ];
  return (
    <ConfirmDialog title={activityCopy.forgetTitle} confirm={activityCopy.forgetAction(entries ?? 0)} cancel={activityCopy.forgetKeep} danger busy={task.busy || entries === null || entries === 0} onConfirm={forget} onClose={onClose}>
      <div className="stack">
        <Select<Choice> label={activityCopy.forgetWhich} value={choice} options={options} onChange={setChoice} />
        {failure !== null ? <ErrorNote error={asAppError(failure)} /> : entries === null ? <Skeleton lines={2} /> : entries === 0 ? <p role="status">{activityCopy.forgetNothing}</p> : (
          <>
            <p role="status">{activityCopy.forgetText(entries)}</p>
            <p className="soft">{activityCopy.forgetStays}</p>
            <p className="soft">{activityCopy.forgetCopies}</p>
          </>
        )}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </ConfirmDialog>
  );
}
