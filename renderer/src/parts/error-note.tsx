/** An error in words: what happened, what was not affected, what to do. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { controls } from '../copy/controls.ts';
import { errorWords } from '../copy/errors.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/surfaces.tsx';

/** Red is for loss: what may be gone, or may have been meddled with. All else only asks to be looked at. */
const LOSSES: ReadonlySet<ErrorCode> = new Set(['ERR_VAULT_CORRUPT', 'ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_HISTORY_REWRITTEN', 'ERR_AUDIT_BROKEN', 'ERR_BACKUP_INVALID', 'ERR_REQUEST_SIGNATURE']);

export function ErrorNote({ error, onRetry, actions }: { readonly error: AppError; readonly onRetry?: () => void; readonly actions?: ReactNode }) {
  const { title, what, next } = errorWords(error.code);
  const place = useRef<HTMLDivElement>(null);
  // Where it stands may lie below the edge of the window or under the buttons of a dialog.
  useEffect(() => { place.current?.scrollIntoView({ block: 'nearest' }); }, [error]);
  return (
    <div ref={place} className="error-note" title={error.code}><Note tone={LOSSES.has(error.code) ? 'loss' : 'amber'} title={title} live actions={<>{onRetry ? <Button small onClick={onRetry}>{controls.tryAgain}</Button> : null}{actions}</>}>
      <p>{what} {next}</p>
      {error.code === 'ERR_INTERNAL' ? <p className="faint"><code>{error.code}</code></p> : null}
    </Note></div>
  );
}
