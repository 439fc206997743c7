/** Letting a permission last longer, at most as long as the company asked for. */
import { useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { careCopy } from '../../copy/care.ts';
import { controls } from '../../copy/controls.ts';
import { date, DAY_MS } from '../../../../shared/language/format.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';

type Grant = Output<'grants.list'>['grants'][number];
const LATER_DAYS = [7, 14, 30, 60];

export function ExtendDialog({ grant, onClose, onExtended }: { readonly grant: Grant; readonly onClose: () => void; readonly onExtended: () => void }) {
  const { grantId, expiresAtMs, longestMs, company } = grant;
  const ends = [...LATER_DAYS.map((days) => expiresAtMs + days * DAY_MS).filter((end) => end < longestMs), longestMs];
  const [until, setUntil] = useState(String(ends[0] ?? longestMs));
  const task = useTask();
  const save = () => {
    task.run(async () => {
      await call('grants.extend', { grantId, expiresAtMs: Number(until) });
      // The end of before is narrower, and that may always be chosen.
      showToast(careCopy.extended(date(Number(until))), () => { call('grants.narrow', { grantId, expiresAtMs }).then(onExtended, () => undefined).catch(() => undefined); });
      onExtended();
      onClose();
    });
  };
  return (
    <Dialog title={careCopy.extendTitle(company.name)} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} onClick={save}>{careCopy.extend}</Button></>}>
      <p className="soft">{careCopy.extendText(date(expiresAtMs), date(longestMs))}</p>
      <Select<string> label={careCopy.extendUntil} value={until} onChange={setUntil} options={ends.map((end) => ({ value: String(end), label: date(end) }))} />
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}
