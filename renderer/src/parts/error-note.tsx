/** An error in words: what happened, what was not affected, what to do. */
import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { controls } from '../copy/controls.ts';
import { errorWords } from '../copy/errors.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/surfaces.tsx';

export function ErrorNote({ error, onRetry, actions }: { readonly error: AppError; readonly onRetry?: () => void; readonly actions?: ReactNode }) {
  const { title, what, next } = errorWords(error.code);
  return (
    <Note tone="loss" title={title} live actions={<>{onRetry ? <Button small onClick={onRetry}>{controls.tryAgain}</Button> : null}{actions}</>}>
      <p>{what} {next}</p>
      <p className="faint"><code>{error.code}</code></p>
    </Note>
  );
}
