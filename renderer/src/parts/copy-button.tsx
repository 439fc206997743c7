/** Copies a text and says so. */
import { useState } from 'react';
import { copySecret } from '../bridge/client.ts';
import { pictureCopy } from '../copy/pictures.ts';
import { showToast } from '../state/toasts.ts';
import { Button, type ButtonVariant } from '../ui/button.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.ts';

const SAID_MS = 2500;

/** Copies by a menu, which is gone by then: a message says so. */
export function copyText(text: string): void {
  navigator.clipboard.writeText(text).then(() => { showToast(pictureCopy.copied); }, () => { showToast(pictureCopy.copyFailed); });
}

/** `secret`: taken off the clipboard after ten seconds. */
export function CopyButton({ text, label, done, failed, secret = false, small = false, variant = 'secondary' }: { /** What is copied, or what makes it when it is. */ readonly text: string | (() => string); readonly small?: boolean; readonly secret?: boolean; readonly label: string; readonly done: string; readonly failed: string; readonly variant?: ButtonVariant }) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const say = (next: 'done' | 'failed') => {
    setState(next);
    setTimeout(() => { setState('idle'); }, SAID_MS);
  };
  return (
    <Button small={small} variant={variant} onClick={() => { const words = typeof text === 'string' ? text : text(); (secret ? copySecret(words) : navigator.clipboard.writeText(words)).then(() => { say('done'); }, () => { say('failed'); }); }}>
      {state === 'done' ? <CheckIcon size={18} aria-hidden /> : <CopyIcon size={18} aria-hidden />}
      <span aria-live="polite">{state === 'done' ? done : state === 'failed' ? failed : label}</span>
    </Button>
  );
}
