/** Newer rules wait until the person has seen what they would change. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { claimName, isByDegree, strengthSteps, strengthWords } from '../../copy/claims.ts';
import { rulesCopy } from '../../copy/profile.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { profileResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RefreshIcon } from '../../ui/icons.ts';
import { useMore } from '../../ui/more.tsx';
import { Note, Skeleton, Steps } from '../../ui/surfaces.tsx';
import './profile.css';

type RuleChange = Output<'profile.ruleChange'>;
type Change = RuleChange['changes'][number];
const AT_ONCE = 12;
/** While records are still being read by the new rules. */
const LOOK_AGAIN_MS = 1000;
const GROUPS = Object.keys(rulesCopy.groups) as (keyof typeof rulesCopy.groups)[];

const groupOf = ({ before, after }: Change): keyof typeof rulesCopy.groups => (before === null ? 'added' : after === null ? 'removed' : after > before ? 'stronger' : 'weaker');

function Strength({ change: { claim, before, after } }: { readonly change: Change }) {
  const now = after ?? before ?? 0;
  if (!isByDegree(claim)) return null;
  const words = before !== null && after !== null && strengthWords(before) !== strengthWords(after) ? rulesCopy.from(strengthWords(before), strengthWords(after)) : strengthWords(now);
  return <span className="row soft"><Steps on={strengthSteps(now)} />{words}</span>;
}

function Group({ name, changes }: { readonly name: keyof typeof rulesCopy.groups; readonly changes: readonly Change[] }) {
  const { shown, more } = useMore(changes, AT_ONCE, rulesCopy.groups[name]);
  return (
    <section className="stack-tight">
      <h3>{rulesCopy.groups[name]} <span className="faint numbers">{changes.length}</span></h3>
      <ul className="plain rule-changes">
        {shown.map((change) => (
          <li key={change.id} className="row-between">
            <span>{change.label} <span className="faint">{change.path.length > 1 ? change.path.slice(0, -1).join(' › ') : claimName(change.claim)}</span></span>
            <Strength change={change} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Difference({ found }: { readonly found: RuleChange }) {
  const groups = GROUPS.map((name) => ({ name, changes: found.changes.filter((change) => groupOf(change) === name) })).filter(({ changes }) => changes.length > 0);
  if (found.state === 'reading') return <p>{rulesCopy.reading}</p>;
  return (
    <>
      {groups.length === 0 ? <p>{rulesCopy.none}</p> : groups.map((group) => <Group key={group.name} {...group} />)}
      <p className="soft">{rulesCopy.same(found.same)}</p>
      <p className="soft">{rulesCopy.closed}</p>
    </>
  );
}

function RulesDialog({ onClose }: { readonly onClose: () => void }) {
  const [found, setFound] = useState<RuleChange | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const task = useTask();
  useEffect(() => {
    let wanted = true, timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      call('profile.ruleChange').then((value) => {
        if (!wanted) return;
        setFound(value);
        if (value.state === 'reading') timer = setTimeout(look, LOOK_AGAIN_MS);
      }, (thrown: unknown) => { if (wanted) setFailure(asAppError(thrown)); });
    };
    look();
    return () => {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  const apply = () => {
    task.run(async () => {
      await call('profile.applyRules');
      await profileResource.getState().load();
      showToast(rulesCopy.applied);
      onClose();
    });
  };
  return (
    <Dialog title={rulesCopy.dialogTitle} shape="wide" onClose={onClose} actions={<><Button onClick={onClose}>{rulesCopy.later}</Button><Button variant="primary" busy={task.busy} disabled={found?.state !== 'ready'} onClick={apply}>{rulesCopy.apply}</Button></>}>
      {failure ? <ErrorNote error={failure} /> : found === null ? <Skeleton lines={8} /> : <Difference found={found} />}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

export function RuleChangeNote() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Note icon={<RefreshIcon size={20} aria-hidden />} title={rulesCopy.title} actions={<Button small onClick={() => { setOpen(true); }}>{rulesCopy.see}</Button>}>{rulesCopy.text}</Note>
      {open ? <RulesDialog onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}
