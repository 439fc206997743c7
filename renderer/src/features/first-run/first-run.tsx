/** From nothing to an open vault with something in it: welcome, passphrase, recovery phrase, first import. */
import { useCallback, useState, type ReactNode } from 'react';
import { call } from '../../bridge/client.ts';
import { firstRunCopy } from '../../copy/first-run.ts';
import { recoveryCopy } from '../../copy/recovery.ts';
import { rescueCopy } from '../../copy/rescue.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { PassphraseFields, type NewPassphrase } from '../../parts/passphrase-fields.tsx';
import { ConfirmRecovery, RecoveryWords } from '../../parts/recovery-kit.tsx';
import { useTask } from '../../parts/use-task.ts';
import { endFirstRun, useFirstRun, type Step } from '../../state/first-run.ts';
import { keepPositions } from '../../state/recovery.ts';
import { startRescue } from '../../state/rescue.ts';
import { useShownOnce } from '../../state/shown-once.ts';
import { showToast } from '../../state/toasts.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { NextIcon } from '../../ui/icons.ts';
import { Note } from '../../ui/surfaces.tsx';
import type { WheelArea } from '../../ui/wheel/geometry.ts';
import { SmallWheel } from '../../ui/wheel/wheel.tsx';
import './first-run.css';

const go = (step: Step | null) => { useFirstRun.setState({ step }); };

const ORDER: Readonly<Record<Step, number>> = { welcome: 0, create: 1, phrase: 2, confirm: 2, import: 3 };

function StepsLine({ step }: { readonly step: Step }) {
  return (
    <ol className="plain steps-line" aria-label={firstRunCopy.stepsLabel}>
      {firstRunCopy.steps.map((label, index) => <li key={label} aria-current={index === ORDER[step] ? 'step' : undefined} className={index < ORDER[step] ? 'steps-done' : undefined}>{label}</li>)}
    </ol>
  );
}

/** The wheel as an ornament: nobody's data, only what it will look like. */
const PICTURE: readonly WheelArea[] = [3, 2, 1, 3, 0, 2, 3, 1, 2, 0, 3, 2, 1, 0, 2, 3].map((depth, index) => ({
  id: String(index), label: '', hue: Math.floor((index / 16) * 10) + 1, muted: false, closed: index === 13, items: depth, strongest: [],
  rings: [depth > 0 ? 0.9 : 0, depth > 1 ? 0.7 : 0, depth > 2 ? 0.5 : 0],
}));

function Welcome({ place }: { readonly place: string }) {
  return (
    <div className="first-run-welcome">
      <div className="first-run-picture" aria-hidden><SmallWheel areas={PICTURE} label="" size={300} /></div>
      <h1>{firstRunCopy.welcome.title}</h1>
      <div className="stack first-run-sentences">{firstRunCopy.welcome.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <div className="row"><Button variant="primary" onClick={() => { go('create'); }} autoFocus>{firstRunCopy.welcome.start}<NextIcon size={18} aria-hidden /></Button> <Button variant="quiet" onClick={() => { startRescue('restore'); }}>{rescueCopy.firstRun}</Button></div>
      <p className="faint break-anywhere">{firstRunCopy.welcome.place(place)}</p>
    </div>
  );
}

function CreateVault() {
  const [chosen, setChosen] = useState<NewPassphrase>({ passphrase: '', ready: false });
  const keep = useCallback((value: NewPassphrase) => { setChosen(value); }, []);
  const load = useVault((state) => state.load);
  const task = useTask();
  useShownOnce(task.busy);
  const submit = () => {
    if (!chosen.ready) return;
    task.run(async () => {
      const kit = await call('vault.create', { passphrase: chosen.passphrase });
      useFirstRun.setState({ step: 'phrase', kit });
      keepPositions(kit.confirmPositions);
      await load();
    });
  };
  return (
    <form className="stack-wide" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className="stack-tight"><h1>{firstRunCopy.create.title}</h1><p className="soft">{firstRunCopy.create.lead}</p></div>
      <PassphraseFields onChange={keep} />
      {task.error ? <ErrorNote error={task.error} /> : null}
      <div className="row">
        <Button type="submit" variant="primary" busy={task.busy} disabled={!chosen.ready}>{task.busy ? firstRunCopy.create.working : firstRunCopy.create.action}</Button>
        {task.busy ? <span className="soft" role="status">{firstRunCopy.create.workingHint}</span> : null}
      </div>
    </form>
  );
}

export function FirstRun({ place, importStep }: { readonly place: string; readonly importStep: ReactNode }) {
  const { step: stored, kit } = useFirstRun();
  const step = stored ?? 'welcome';
  return (
    <div className="first-run">
      {step === 'welcome' ? null : <StepsLine step={step} />}
      {step === 'welcome' ? <Welcome place={place} /> : null}
      {step === 'create' ? <CreateVault /> : null}
      {step === 'phrase' && kit ? (
        <div className="stack-wide">
          <div className="stack-tight"><h1>{recoveryCopy.title}</h1><p className="soft">{recoveryCopy.why}</p><p className="soft">{recoveryCopy.how}</p></div>
          <RecoveryWords kit={kit} />
          <div className="row"><Button variant="primary" onClick={() => { go('confirm'); }}>{recoveryCopy.written}<NextIcon size={18} aria-hidden /></Button></div>
        </div>
      ) : null}
      {step === 'confirm' && kit ? (
        <div className="stack-wide">
          <div className="stack-tight"><h1>{recoveryCopy.confirmTitle}</h1><p className="soft">{recoveryCopy.confirmLead}</p></div>
          <ConfirmRecovery
            positions={kit.confirmPositions} later={recoveryCopy.later} onLater={() => { useFirstRun.setState({ step: 'import', kit: null }); }}
            onConfirmed={() => {
              showToast(recoveryCopy.confirmed);
              useFirstRun.setState({ step: 'import', kit: null });
            }}
          />
          <Note tone="amber" actions={<Button small onClick={() => { go('phrase'); }}>{recoveryCopy.showAgain}</Button>}>{recoveryCopy.laterWarning}</Note>
        </div>
      ) : null}
      {step === 'import' ? (
        <div className="stack-wide">
          <div className="stack-tight"><h1>{firstRunCopy.imports.title}</h1><p className="soft">{firstRunCopy.imports.lead}</p></div>
          {importStep}
          <div className="row"><Button variant="quiet" onClick={endFirstRun}>{firstRunCopy.imports.skip}<NextIcon size={18} aria-hidden /></Button></div>
        </div>
      ) : null}
    </div>
  );
}
