/** The locked vault: opening it by passphrase or by recovery phrase, and a new passphrase after the latter. */
import { useCallback, useState } from 'react';
import { call } from '../../bridge/client.ts';
import { keysCopy } from '../../copy/keys.ts';
import { lockCopy } from '../../copy/lock.ts';
import { rescueCopy } from '../../copy/rescue.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { PassphraseFields, type NewPassphrase } from '../../parts/passphrase-fields.tsx';
import { useTask } from '../../parts/use-task.ts';
import { DAMAGE, WaysBack } from '../../parts/ways-back.tsx';
import { showToast } from '../../state/toasts.ts';
import { useVault } from '../../state/vault.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField, TextArea } from '../../ui/fields.tsx';
import { LockIcon } from '../../ui/icons.ts';
import { Card, Disclosure } from '../../ui/surfaces.tsx';

type Way = 'passphrase' | 'phrase';

/** `keychain`: whether this computer's keychain is worth offering. */
export function Locked({ place, keychain, onTry }: { readonly place: string; readonly keychain: boolean; /** While the passphrase is worked on: what comes next can be fetched. */ readonly onTry: () => void }) {
  const [way, setWay] = useState<Way>('passphrase');
  const [secret, setSecret] = useState('');
  const task = useTask();
  const setStatus = useVault((state) => state.setStatus);
  const unlock = () => {
    if (secret.trim() === '') return;
    onTry();
    task.run(async () => {
      if (way === 'passphrase') setStatus(await call('vault.unlock', { passphrase: secret }));
      else {
        const recoveryPhrase = secret.trim().toLowerCase().split(/\s+/).join(' ');
        const status = await call('vault.unlock', { recoveryPhrase });
        useVault.getState().setRecoveredWith(recoveryPhrase);
        setStatus(status);
      }
    });
  };
  const change = (next: Way) => {
    setWay(next);
    setSecret('');
    task.clear();
  };
  return (
    <Card>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); unlock(); }}>
        <div className="row"><LockIcon size={22} aria-hidden /><h1>{lockCopy.title}</h1></div>
        <p className="soft">{lockCopy.lead}</p>
        {way === 'passphrase'
          ? <PasswordField key="passphrase" label={lockCopy.passphrase} value={secret} onChange={setSecret} autoComplete="current-password" autoFocus />
          : <TextArea key="phrase" label={lockCopy.phrase} hint={lockCopy.phraseHint} value={secret} onChange={setSecret} autoFocus autoCapitalize="off" spellCheck={false} />}
        {task.error ? <ErrorNote error={task.error} actions={DAMAGE.has(task.error.code) ? <WaysBack /> : undefined} /> : null}
        <div className="row">
          <Button type="submit" variant="primary" busy={task.busy}>{task.busy ? lockCopy.unlocking : lockCopy.unlock}</Button>
          <Button variant="quiet" onClick={() => { change(way === 'passphrase' ? 'phrase' : 'passphrase'); }}>{way === 'passphrase' ? lockCopy.byPhrase : lockCopy.byPassphrase}</Button>
        </div>
        {keychain ? <div><Button onClick={() => { task.run(async () => { setStatus(await call('vault.unlock', { keychain: true })); }); }}>{keysCopy.unlockKeychain}</Button></div> : null}
        <Disclosure summary={rescueCopy.help}><div className="stack-tight"><p className="soft">{rescueCopy.helpText}</p><div className="row"><WaysBack /></div></div></Disclosure>
        <p className="faint break-anywhere">{lockCopy.place(place)}</p>
      </form>
    </Card>
  );
}

export function NewPassphraseAfterRecovery({ recoveryPhrase, onDone }: { readonly recoveryPhrase: string; readonly onDone: () => void }) {
  const [chosen, setChosen] = useState<NewPassphrase>({ passphrase: '', ready: false });
  const keep = useCallback((value: NewPassphrase) => { setChosen(value); }, []);
  const task = useTask();
  const save = () => {
    if (!chosen.ready) return;
    task.run(async () => {
      await call('vault.changePassphrase', { proof: { recoveryPhrase }, next: chosen.passphrase });
      showToast(lockCopy.changed);
      onDone();
    });
  };
  return (
    <Card>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <h1>{lockCopy.newTitle}</h1>
        <p className="soft">{lockCopy.newLead}</p>
        <PassphraseFields onChange={keep} />
        {task.error ? <ErrorNote error={task.error} /> : null}
        <div className="row">
          <Button type="submit" variant="primary" busy={task.busy} disabled={!chosen.ready}>{lockCopy.newAction}</Button>
          <Button variant="quiet" onClick={onDone}>{lockCopy.notNow}</Button>
        </div>
      </form>
    </Card>
  );
}
