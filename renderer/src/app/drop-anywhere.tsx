/** Files may be dropped on any screen: a request is opened, anything else is looked at under Sources. A file is kept only after the preview; a request is opened as if it had been pasted. */
import { useEffect, useState } from 'react';
import { asAppError, call } from '../bridge/client.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { appCopy } from '../copy/app.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { useDropped } from '../state/dropped.ts';
import { whenNothingIsHeld } from '../state/shown-once.ts';
import { requestsResource } from '../state/resources.ts';
import { href, navigate } from '../state/route.ts';
import { showToast } from '../state/toasts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { droppedFiles } from '../ui/file-drop.tsx';
import { UploadIcon } from '../ui/icons.ts';

/** A signed request is a line of text; exports are never this small and begin like this. */
const REQUEST_BYTES = 65_536, REQUEST = /^\s*(?:penchant:|eyJ[\w-]+\.[\w-]+\.[\w-]+\s*$)/u;

/** A place that takes files takes them itself. */
const isElsewhere = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true && !(event.target instanceof Element && event.target.closest('.drop') !== null);
/** With something else open there is no telling what it was meant for. */
const isBlocked = (): boolean => document.querySelector('dialog[open]') !== null;

async function openDropped(files: readonly File[]): Promise<void> {
  const [only] = files;
  if (only === undefined) return;
  if (files.length === 1 && only.size <= REQUEST_BYTES) {
    const text = await only.text();
    if (REQUEST.test(text)) {
      const { requestId } = await call('requests.open', { text: text.trim() });
      void requestsResource.getState().load();
      whenNothingIsHeld('screen', () => { navigate(href('requests', [requestId])); });
      return;
    }
  }
  useDropped.getState().put(files);
  navigate(href('sources'));
}

/** `isLocked`: nothing can be taken in, and it is said why. */
export function DropAnywhere({ isLocked = false }: { readonly isLocked?: boolean }) {
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!isElsewhere(event)) { setOver(false); return; }
      event.preventDefault();
      setOver(!isLocked && !isBlocked());
    };
    const onLeave = (event: DragEvent) => { if (event.relatedTarget === null) setOver(false); };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!isElsewhere(event) || event.dataTransfer === null) return;
      event.preventDefault();
      if (isLocked || isBlocked()) { showToast(isLocked ? appCopy.dropLocked : appCopy.dropBlocked); return; }
      droppedFiles(event.dataTransfer).then(openDropped).catch((thrown: unknown) => { setFailure(asAppError(thrown)); });
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [isLocked]);
  if (failure !== null) return <Dialog title={appCopy.openRequest} onClose={() => { setFailure(null); }}><ErrorNote error={failure} /></Dialog>;
  return over ? <div className="drop-anywhere" aria-hidden><UploadIcon size={40} aria-hidden /><strong>{appCopy.dropHere}</strong><span>{appCopy.dropThen}</span></div> : null;
}
