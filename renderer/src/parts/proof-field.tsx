/** Proving who is there: the passphrase, or the recovery phrase for who no longer has it. */
import { useState } from 'react';
import type { Input } from '../../../shared/api/contract.ts';
import { keysCopy } from '../copy/keys.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField, TextArea } from '../ui/fields.tsx';

export type Proof = Input<'vault.confirm'>['proof'];

interface Props { readonly onChange: (proof: Proof | null) => void; readonly autoFocus?: boolean; /** Of the two ways; as of the open vault unless given. */ readonly passphrase?: string; readonly phrase?: string }

/** `onChange` gets null while nothing was typed. */
export function ProofField({ onChange, autoFocus = false, passphrase = keysCopy.proofPassphrase, phrase = keysCopy.proofPhrase }: Props) {
  const [byPhrase, setByPhrase] = useState(false);
  const [text, setText] = useState('');
  const type = (next: string) => {
    setText(next);
    onChange(next.trim() === '' ? null : byPhrase ? { recoveryPhrase: next.trim() } : { passphrase: next });
  };
  return (
    <div className="stack-tight">
      {byPhrase
        ? <TextArea key="phrase" label={phrase} value={text} onChange={type} autoFocus autoCapitalize="off" spellCheck={false} />
        : <PasswordField key="passphrase" label={passphrase} value={text} onChange={type} autoComplete="current-password" autoFocus={autoFocus} />}
      <div><Button small variant="quiet" onClick={() => { setByPhrase(!byPhrase); setText(''); onChange(null); }}>{byPhrase ? keysCopy.usePassphrase : keysCopy.usePhrase}</Button></div>
    </div>
  );
}
