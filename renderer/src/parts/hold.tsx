/** A break from one company: putting it on hold, and letting it ask again. */
import { labelled } from '../../../shared/language/format.ts';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { breathingCopy } from '../copy/breathing.ts';
import { breathingResource } from '../state/resources.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { BreathingIcon } from '../ui/icons.ts';
import { Note } from '../ui/surfaces.tsx';
import { ErrorNote } from './error-note.tsx';
import { useBreathing } from './use-breathing.ts';
import { useTask } from './use-task.ts';

type Hold = Output<'breathing.get'>['holds'][number];

export function HoldNote({ hold }: { readonly hold: Hold }) {
  const task = useTask();
  const end = () => {
    task.run(async () => {
      await call('breathing.release', { companyId: hold.companyId });
      await breathingResource.getState().load();
      const isPaused = (await call('grants.list')).grants.some(({ company, pausedMs, state }) => company.companyId === hold.companyId && state === 'active' && pausedMs !== null);
      showToast((isPaused ? breathingCopy.stillPaused : breathingCopy.released)(hold.name));
    });
  };
  return (
    <>
      <Note tone="amber" icon={<BreathingIcon size={20} aria-hidden />} title={breathingCopy.held(hold.name)} actions={<Button small busy={task.busy} aria-label={labelled(breathingCopy.release, hold.name)} onClick={end}>{breathingCopy.release}</Button>}>{breathingCopy.heldText(hold.untilMs)}</Note>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </>
  );
}

/** For the page of one company: the note while it is on hold, otherwise the button, where that is more than pausing its one permission. */
export function HoldCompany({ companyId, grants }: { readonly companyId: string; readonly grants: number }) {
  const { data } = useBreathing();
  const task = useTask();
  const held = data?.holds.find((hold) => hold.companyId === companyId);
  if (held) return <HoldNote hold={held} />;
  if (grants < 2) return null;
  const hold = () => {
    task.run(async () => {
      await call('breathing.hold', { companyId, untilMs: null });
      await breathingResource.getState().load();
    });
  };
  return (
    <div className="stack-tight">
      <div><Button busy={task.busy} onClick={hold}><BreathingIcon size={18} aria-hidden />{breathingCopy.holdAll}</Button></div>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}
