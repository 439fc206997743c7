/** Native dialogs: the browser keeps focus inside, closes on Escape and gives focus back. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { controls } from '../copy/controls.ts';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.ts';

interface DialogProps {
  readonly title: string; readonly onClose: () => void; readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** `side`: a sheet along the right edge. */
  readonly shape?: 'middle' | 'wide' | 'side';
}

const openDialogs: HTMLDialogElement[] = [];
const listeners = new Set<() => void>();
const tell = (): void => { for (const listener of listeners) listener(); };
/** The dialog in front; null while none is open. */
export const topDialog = (): HTMLDialogElement | null => openDialogs.at(-1) ?? null;
export function subscribeToDialogs(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** Mounted means open; the owner unmounts it in `onClose`. */
export function Dialog({ title, onClose, children, actions, shape = 'middle' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // Before anything in the dialog takes the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    if (dialog) openDialogs.push(dialog);
    tell();
    // React asks for the focus while the dialog is still shut, in vain; what wants it says so.
    const wanted = dialog?.querySelector<HTMLElement>('[data-first]');
    if (wanted) wanted.focus();
    else if (dialog && !dialog.querySelector('[autofocus]')?.matches(':focus')) headingRef.current?.focus();
    return () => {
      dialog?.close();
      if (dialog) openDialogs.splice(openDialogs.indexOf(dialog), 1);
      tell();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
  return (
    <dialog
      ref={ref} aria-labelledby={id} className={shape === 'middle' ? 'dialog' : `dialog dialog-${shape}`}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === ref.current) onClose(); }}
    >
      <div className="dialog-head">
        <h2 id={id} ref={headingRef} tabIndex={-1}>{title}</h2>
        <IconButton label={controls.close} onClick={onClose}><CloseIcon size={20} aria-hidden /></IconButton>
      </div>
      <div className="dialog-body">{children}</div>
      {actions === undefined ? null : <div className="dialog-actions">{actions}</div>}
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string; readonly children: ReactNode;
  /** Names the act, and the loss if there is one: "Delete 1,204 records". */
  readonly confirm: string; readonly danger?: boolean; readonly busy?: boolean; readonly cancel?: string;
  readonly onConfirm: () => void; readonly onClose: () => void;
}

export function ConfirmDialog({ title, children, confirm, danger = false, busy = false, cancel = controls.cancel, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title} onClose={onClose}
      actions={<>
        <Button onClick={onClose}>{cancel}</Button>
        <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>{confirm}</Button>
      </>}
    >
      {children}
    </Dialog>
  );
}
