/** The keys of the vault: passphrase, recovery phrase, every way to unlock, and a new master key. */
import { useCallback, useEffect, useState } from 'react';
import type { Output, Topic } from '../../../../shared/api/contract.ts';
import { call, on } from '../../bridge/client.ts';
import { controls } from '../../copy/controls.ts';
import { keysCopy } from '../../copy/keys.ts';
import { recoveryCopy } from '../../copy/recovery.ts';
import { securityCopy } from '../../copy/security.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PassphraseFields, type NewPassphrase } from '../../parts/passphrase-fields.tsx';
import { ProofField, type Proof } from '../../parts/proof-field.tsx';
import { ProvenDialog } from '../../parts/proven-dialog.tsx';
import { ConfirmRecovery, RecoveryWords, type Kit } from '../../parts/recovery-kit.tsx';
import { useTask } from '../../parts/use-task.ts';
import { keepPositions, useRecovery } from '../../state/recovery.ts';
import { slotsResource } from '../../state/resources.ts';
import { useRoute } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { useShownOnce } from '../../state/shown-once.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/fields.tsx';
import { DoneIcon } from '../../ui/icons.ts';
import { Card, Note } from '../../ui/surfaces.tsx';
import { SubmitByEnter } from '../../ui/bare.tsx';
import './security.css';

function ChangePassphrase({ onClose }: { readonly onClose: () => void }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const [chosen, setChosen] = useState<NewPassphrase>({ passphrase: '', ready: false });
  const keep = useCallback((value: NewPassphrase) => { setChosen(value); }, []);
  const task = useTask();
  const change = () => {
    if (!chosen.ready || !proof) return;
    task.run(async () => {
      await call('vault.changePassphrase', { proof, next: chosen.passphrase });
      showToast(securityCopy.changed);
      onClose();
    });
  };
  return (
    <Dialog title={securityCopy.changePassphrase} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={!chosen.ready || !proof} onClick={change}>{securityCopy.change}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); change(); }}>
        <ProofField onChange={setProof} autoFocus />
        {/* Beside what is wrong; the rest of the form may be out of sight. */}
        {task.error ? <ErrorNote error={task.error} /> : null}
        <PassphraseFields label={securityCopy.newPassphrase} onChange={keep} />
        <SubmitByEnter />
      </form>
    </Dialog>
  );
}

type Renewal = { readonly at: 'ask' } | { readonly at: 'words'; readonly kit: Kit } | { readonly at: 'confirm'; readonly positions: readonly number[] };

function RenewRecovery({ onClose, start }: { readonly onClose: () => void; readonly start: Renewal }) {
  const [step, setStep] = useState<Renewal>(start);
  const [proof, setProof] = useState<Proof | null>(null);
  const task = useTask();
  // From the moment it is asked for: the old one is of no use then.
  useShownOnce(task.busy);
  const renew = () => {
    if (!proof) return;
    task.run(async () => {
      const kit = await call('vault.renewRecovery', { proof });
      keepPositions(kit.confirmPositions);
      setProof(null);
      setStep({ at: 'words', kit });
    });
  };
  const done = () => {
    void useVault.getState().load();
    onClose();
  };
  return (
    <Dialog
      key={step.at} title={step.at === 'ask' ? securityCopy.renew : step.at === 'words' ? recoveryCopy.title : recoveryCopy.confirmTitle} shape="wide" onClose={done}
      actions={step.at === 'ask' ? <><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={!proof} onClick={renew}>{securityCopy.renewAction}</Button></>
        : step.at === 'words' ? <Button variant="primary" onClick={() => { setStep({ at: 'confirm', positions: step.kit.confirmPositions }); }}>{securityCopy.renewDone}</Button> : undefined}
    >
      {step.at === 'ask' ? (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); renew(); }}>
          <p>{securityCopy.renewText}</p>
          <ProofField onChange={setProof} autoFocus />
          <SubmitByEnter />
        </form>
      ) : null}
      {step.at === 'words' ? <><p className="soft">{recoveryCopy.how}</p><RecoveryWords kit={step.kit} /></> : null}
      {step.at === 'confirm' ? (
        <>
          <p className="soft">{recoveryCopy.confirmLead}</p>
          <ConfirmRecovery positions={step.positions} later={recoveryCopy.later} onLater={done} onConfirmed={() => { showToast(recoveryCopy.confirmed); done(); }} />
        </>
      ) : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

type Slot = Output<'vault.slots'>['slots'][number];
type Change = { readonly what: 'add' } | { readonly what: 'remove' | 'renew'; readonly slot: Slot };

/** Every way to unlock, this computer's keychain where it can be one, and what can be done about each. */
export function Keys() {
  const { parts } = useRoute();
  const status = useVault((state) => state.status);
  const positions = useRecovery((state) => state.positions);
  const [changing, setChanging] = useState(false);
  const [renewing, setRenewing] = useState<Renewal | null>(null);
  const wanted = parts[0] === 'recovery';
  useEffect(() => {
    if (wanted) document.getElementById('recovery')?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  const [change, setChange] = useState<Change | null>(null);
  const close = () => { setChange(null); };
  const done = async (said: string) => {
    await slotsResource.getState().load();
    showToast(said);
    close();
  };
  return (
    <Card title={securityCopy.keys}>
      <Loaded store={slotsResource} lines={3}>{({ slots, keychain }) => (
        <div className="stack">
          <ul className="plain stack security-ways">
            {slots.map((slot) => (
              <li key={slot.id}>
                <span><strong>{keysCopy.kinds[slot.kind]}</strong>{slot.label === '' ? '' : `, ${slot.label}`}<br /><span className="soft">{keysCopy.used(slot)}</span></span>
                <span className="row">
                  {slot.kind === 'keychain' ? <Button small onClick={() => { setChange({ what: 'renew', slot }); }}>{keysCopy.renewKeychain}</Button> : null}
                  {slot.kind === 'passphrase' ? <Button small onClick={() => { setChanging(true); }}>{securityCopy.changePassphrase}</Button> : null}
                  {slot.kind === 'recovery' ? <Button small onClick={() => { setRenewing({ at: 'ask' }); }}>{securityCopy.renew}</Button> : null}
                  {slot.removable ? <Button small onClick={() => { setChange({ what: 'remove', slot }); }}>{keysCopy.remove}</Button> : null}
                </span>
              </li>
            ))}
          </ul>
          <div id="recovery">
            {status?.recoveryConfirmed === true ? <p className="row"><DoneIcon size={18} aria-hidden />{securityCopy.recoveryOk}</p> : (
              <Note tone="amber" title={securityCopy.recoveryOpen} {...(positions === null ? {} : { actions: <Button small onClick={() => { setRenewing({ at: 'confirm', positions }); }}>{securityCopy.recoveryConfirm}</Button> })}>{recoveryCopy.laterWarning}</Note>
            )}
          </div>
          {keychain.state === 'ready' ? (slots.some(({ kind }) => kind === 'keychain') ? null : <div><Button onClick={() => { setChange({ what: 'add' }); }}>{keysCopy.addKeychain}</Button></div>) : <p className="soft">{keysCopy.keychain[keychain.state]}</p>}
        </div>
      )}</Loaded>
      {changing ? <ChangePassphrase onClose={() => { setChanging(false); }} /> : null}
      {renewing ? <RenewRecovery start={renewing} onClose={() => { setRenewing(null); }} /> : null}
      {change?.what === 'add' ? (
        <ProvenDialog title={keysCopy.addKeychain} action={keysCopy.addAction} onClose={close} act={async (proof) => { await call('vault.addSlot', { proof, kind: 'keychain', label: '' }); await done(keysCopy.added); }}><p>{keysCopy.addKeychainText}</p></ProvenDialog>
      ) : null}
      {change?.what === 'renew' ? (
        <ProvenDialog title={keysCopy.kinds.keychain} action={keysCopy.renewKeychain} onClose={close} act={async (proof) => { await call('vault.rekeySlot', { proof, slotId: change.slot.id }); await done(keysCopy.renewedKeychain); }}><p>{keysCopy.renewKeychainText}</p></ProvenDialog>
      ) : null}
      {change?.what === 'remove' ? (
        <ProvenDialog title={keysCopy.removeTitle(change.slot.kind)} action={keysCopy.remove} danger onClose={close} act={async (proof) => { await call('vault.removeSlot', { proof, slotId: change.slot.id }); await done(keysCopy.removed); }}><p>{keysCopy.removeText}</p></ProvenDialog>
      ) : null}
    </Card>
  );
}

function Rotate({ onClose }: { readonly onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [phase, setPhase] = useState<Topic<'vault.rotation'>['phase']>('copying');
  const [rotated, setRotated] = useState<Output<'vault.rotate'> | null>(null);
  const task = useTask();
  useShownOnce(task.busy);
  useEffect(() => on('vault.rotation', (progress) => { setPhase(progress.phase); }), []);
  const rotate = () => {
    if (passphrase === '') return;
    task.run(async () => {
      const kit = await call('vault.rotate', { proof: { passphrase } });
      keepPositions(kit.confirmPositions);
      setPassphrase('');
      setRotated(kit);
    });
  };
  const done = () => {
    void useVault.getState().load();
    void slotsResource.getState().load();
    onClose();
  };
  if (rotated) {
    return (
      <Dialog key="kit" title={keysCopy.rotated} shape="wide" onClose={done} actions={<Button variant="primary" onClick={done}>{securityCopy.renewDone}</Button>}>
        {rotated.droppedSlots === 0 ? null : <p>{keysCopy.dropped(rotated.droppedSlots)}</p>}
        <p className="soft">{recoveryCopy.how}</p>
        <RecoveryWords kit={rotated} />
      </Dialog>
    );
  }
  const stop = () => { void call('vault.cancelRotation'); };
  return (
    <Dialog
      key="ask" title={keysCopy.rotate} onClose={task.busy ? stop : onClose}
      actions={task.busy ? <Button onClick={stop}>{keysCopy.rotateStop}</Button> : <><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" disabled={passphrase === ''} onClick={rotate}>{keysCopy.rotateAction}</Button></>}
    >
      {task.busy ? <div className="stack" role="status"><p>{keysCopy.phases[phase]}</p><p className="soft">{keysCopy.rotateWhile}</p></div> : (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); rotate(); }}>
          <p>{keysCopy.rotateText}</p>
          <PasswordField label={keysCopy.proofPassphrase} value={passphrase} onChange={setPassphrase} autoComplete="current-password" autoFocus />
          <SubmitByEnter />
        </form>
      )}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

export function MasterKey() {
  const [open, setOpen] = useState(false);
  return (
    <Card title={keysCopy.rotate}>
      <div className="stack">
        <p className="soft">{keysCopy.rotateText}</p>
        <div><Button onClick={() => { setOpen(true); }}>{keysCopy.rotate}</Button></div>
      </div>
      {open ? <Rotate onClose={() => { setOpen(false); }} /> : null}
    </Card>
  );
}
