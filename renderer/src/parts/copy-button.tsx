/** Copies a text and says so. */
import { useState } from 'react';
import { copySecret } from '../bridge/client.ts';
import { Button, type ButtonVariant } from '../ui/button.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.ts';

const SAID_MS = 2500;

/** `secret`: taken off the clipboard after ten seconds. */
export function CopyButton({ text, label, done, failed, secret = false, variant = 'secondary' }: { readonly text: string; readonly secret?: boolean; readonly label: string; readonly done: string; readonly failed: string; readonly variant?: ButtonVariant }) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const say = (next: 'done' | 'failed') => {
    setState(next);
    setTimeout(() => { setState('idle'); }, SAID_MS);
  };
  return (
    <Button variant={variant} onClick={() => { (secret ? copySecret(text) : navigator.clipboard.writeText(text)).then(() => { say('done'); }, () => { say('failed'); }); }}>
      {state === 'done' ? <CheckIcon size={18} aria-hidden /> : <CopyIcon size={18} aria-hidden />}
      <span aria-live="polite">{state === 'done' ? done : state === 'failed' ? failed : label}</span>
    </Button>
  );
}
