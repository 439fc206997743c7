/** The way from an empty vault to a first permission and its end: what was done is seen from what there is, and nothing has to be. */
import { firstStepsCopy } from '../../copy/first-steps.ts';
import { homeCopy } from '../../copy/home.ts';
import { labelled, number } from '../../../../shared/language/format.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useResource } from '../../state/resource.ts';
import { grantsResource, importsResource, profileResource, requestsResource, settingsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { useRecovery } from '../../state/recovery.ts';
import { useVault } from '../../state/vault.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CheckIcon } from '../../ui/icons.ts';
import { Card } from '../../ui/surfaces.tsx';
import { hasLooked, HIDDEN, setThrough, type StepId } from '../../parts/through.ts';
import './home.css';

/** `after`: place of the step that has to be done before this one can be. */
interface Step { readonly id: StepId; readonly isDone: boolean; readonly to: string; readonly after?: number }

interface FirstStepsNow { readonly steps: readonly Step[]; readonly lessonsRead: readonly string[]; /** Until everything is done, or the person has had enough of it. */ readonly isShown: boolean }

/** null where it is not known yet. */
export function useFirstSteps(): FirstStepsNow | null {
  const confirmed = useVault((state) => state.status?.recoveryConfirmed ?? true);
  const { data: imports } = useResource(importsResource), { data: profile } = useResource(profileResource), { data: requests } = useResource(requestsResource), { data: grants } = useResource(grantsResource), { data: settings } = useResource(settingsResource);
  if (imports === null || profile === null || requests === null || grants === null || settings === null) return null;
  const [live] = grants.grants.filter(({ state }) => state === 'active'), [open] = requests.requests.filter(({ state }) => state === 'open');
  const answered = grants.grants.find(({ lastRedeemedMs }) => lastRedeemedMs !== null);
  const permission = live === undefined ? href('companies') : href('companies', [live.company.companyId, live.grantId]);
  const given = grants.grants.length === 0 ? { after: 5 } : {};
  const { lessonsRead } = settings;
  const steps: readonly Step[] = [
    { id: 'phrase', isDone: confirmed, to: href('security', ['recovery']) },
    { id: 'import', isDone: imports.imports.some(({ state }) => state === 'done') || profile.preferences.length > 0, to: href('sources') },
    { id: 'look', isDone: hasLooked(lessonsRead), to: href('profile') },
    { id: 'ask', isDone: requests.requests.length > 0, to: href('requests') },
    { id: 'allow', isDone: grants.grants.length > 0, to: open === undefined ? href('requests') : href('requests', [open.requestId]), ...(requests.requests.length === 0 ? { after: 4 } : {}) },
    { id: 'narrow', isDone: grants.grants.some(({ version }) => version > 1), to: permission, ...given },
    { id: 'told', isDone: answered !== undefined, to: answered === undefined ? href('known') : href('companies', [answered.company.companyId]) },
    { id: 'end', isDone: grants.grants.some(({ state }) => state === 'revoked'), to: permission, ...given },
  ];
  return { steps, lessonsRead, isShown: !lessonsRead.includes(HIDDEN) && !steps.every(({ isDone }) => isDone) };
}

export function FirstSteps() {
  const now = useFirstSteps();
  const positions = useRecovery((state) => state.positions);
  const task = useTask();
  if (now?.isShown !== true) return null;
  const { steps, lessonsRead } = now;
  const action = (id: StepId): string => (id === 'phrase' && positions === null ? homeCopy.reminderRenew : firstStepsCopy.steps[id].action);
  const next = steps.find(({ isDone }) => !isDone);
  const hide = () => {
    task.run(async () => {
      await setThrough(lessonsRead, HIDDEN, true);
      showToast(firstStepsCopy.hidden, () => { call('settings.set', { lessonsRead: [...lessonsRead] }).then(() => settingsResource.getState().load(), () => undefined).catch(() => undefined); });
    });
  };
  return (
    <Card title={firstStepsCopy.title} aside={<span className="faint numbers" role="status">{firstStepsCopy.done(steps.filter(({ isDone }) => isDone).length, steps.length)}</span>}>
      <p className="soft">{firstStepsCopy.lead}</p>
      <ol className="first-steps">
        {steps.map(({ id, isDone, to, after }, at) => (
          <li key={id} className={isDone ? 'first-step first-step-done' : 'first-step'}>
            <span className="first-step-mark numbers" aria-hidden>{isDone ? <CheckIcon size={16} /> : number(at + 1)}</span>
            <span className="stack-tight"><strong>{firstStepsCopy.steps[id].title}{isDone ? <span className="hidden-visually">, {firstStepsCopy.isDone}</span> : null}</strong>{isDone ? null : <span className="soft">{firstStepsCopy.steps[id].text}</span>}</span>
            {isDone ? null : after !== undefined ? <span className="faint">{firstStepsCopy.after(after)}</span> : <ButtonLink small variant={id === next?.id ? 'primary' : 'secondary'} href={to} aria-label={labelled(firstStepsCopy.steps[id].title, action(id))}>{action(id)}</ButtonLink>}
          </li>
        ))}
      </ol>
      <div><Button small variant="quiet" busy={task.busy} onClick={hide}>{firstStepsCopy.hide}</Button></div>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Card>
  );
}
