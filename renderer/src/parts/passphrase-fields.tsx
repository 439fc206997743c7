/** Choosing a new passphrase: how strong it is, what is enough, one to take. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { passphraseCopy } from '../copy/passphrase.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/fields.tsx';
import { RefreshIcon } from '../ui/icons.ts';
import { Steps } from '../ui/surfaces.tsx';

type Estimate = Output<'vault.estimatePassphrase'>;
export interface NewPassphrase { readonly passphrase: string; /** Strong enough and typed the same twice. */ readonly ready: boolean }

const PAUSE_MS = 150;

export function PassphraseFields({ onChange, label = passphraseCopy.label }: { readonly onChange: (value: NewPassphrase) => void; readonly label?: string }) {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [suggested, setSuggested] = useState<string | null>(null);
  const [rated, setRated] = useState<{ readonly of: string; readonly estimate: Estimate } | null>(null);

  useEffect(() => {
    if (first === '') return;
    const timer = setTimeout(() => {
      call('vault.estimatePassphrase', { passphrase: first }).then((estimate) => { setRated({ of: first, estimate }); }, () => { setRated(null); });
    }, PAUSE_MS);
    return () => { clearTimeout(timer); };
  }, [first]);

  const estimate = rated !== null && rated.of === first ? rated.estimate : null;
  const ready = estimate?.acceptable === true && first === second;
  useEffect(() => {
    onChange({ passphrase: first, ready });
  }, [first, ready, onChange]);

  const suggest = () => {
    call('vault.suggestPassphrase').then(({ passphrase }) => {
      setSuggested(passphrase);
      setFirst(passphrase);
      setSecond('');
    }, () => undefined);
  };

  return (
    <div className="stack">
      <PasswordField label={label} hint={passphraseCopy.hint} value={first} onChange={setFirst} autoComplete="new-password" autoFocus />
      <div className="row" aria-live="polite">
        <Steps on={estimate ? Math.max(1, estimate.score) : 0} />
        <span>{first === '' ? passphraseCopy.minimum : estimate === null ? passphraseCopy.looking : passphraseCopy.scores[estimate.score] ?? ''}</span>
      </div>
      {estimate !== null && !estimate.acceptable ? <p className="soft">{estimate.advice}</p> : null}
      <div className="stack-tight">
        <div><Button variant="quiet" onClick={suggest}><RefreshIcon size={18} aria-hidden />{suggested === null ? passphraseCopy.suggest : passphraseCopy.suggestAnother}</Button></div>
        {suggested !== null && suggested === first ? <p className="passphrase-suggestion"><strong>{suggested}</strong><br /><span className="faint">{passphraseCopy.suggestionHint} {passphraseCopy.english}</span></p> : null}
      </div>
      <PasswordField label={passphraseCopy.again} value={second} onChange={setSecond} autoComplete="new-password" error={second !== '' && !first.startsWith(second) ? passphraseCopy.different : null} />
    </div>
  );
}
