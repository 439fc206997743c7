/** Messages at the foot of the window. */
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { controls } from '../copy/controls.ts';
import { Button, IconButton } from './button.tsx';
import { subscribeToDialogs, topDialog } from './dialog.tsx';
import { CloseIcon } from './icons.ts';

interface ToastsProps {
  readonly toasts: readonly { readonly id: number; readonly text: string; readonly undo?: () => void }[];
  readonly onDismiss: (id: number) => void;
  /** Somebody points at them or has moved to them: none is to go. */
  readonly onHold: (isHeld: boolean) => void;
}

export function Toasts({ toasts, onDismiss, onHold }: ToastsProps) {
  const dialog = useSyncExternalStore(subscribeToDialogs, topDialog);
  const messages = (
    <div
      className="toasts" role="status" aria-live="polite" onPointerEnter={() => { onHold(true); }} onPointerLeave={() => { onHold(false); }} onFocus={() => { onHold(true); }}
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) onHold(false); }}
    >
      {toasts.map((toast) => {
        const { undo } = toast;
        return (
          <div key={toast.id} className="toast">
            <span>{toast.text}</span>
            {undo ? <Button variant="quiet" small onClick={() => { onDismiss(toast.id); undo(); }}>{controls.undo}</Button> : null}
            <IconButton label={controls.dismiss} onClick={() => { onDismiss(toast.id); }}><CloseIcon size={18} aria-hidden /></IconButton>
          </div>
        );
      })}
    </div>
  );
  // Everything outside of an open dialog can neither be clicked nor heard.
  return dialog === null ? messages : createPortal(messages, dialog);
}
