/** One action of the person at a time: busy while it runs, its error kept until the next try. */
import { useCallback, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { asAppError } from '../bridge/client.ts';

export interface Task {
  readonly busy: boolean;
  readonly error: AppError | null;
  /** Runs `work`; a second call while one is running does nothing. Never rejects. */
  readonly run: (work: () => Promise<void>) => void;
  readonly clear: () => void;
}

export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const running = useRef(false);
  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    work().catch((thrown: unknown) => { setError(asAppError(thrown)); }).finally(() => {
      running.current = false;
      setBusy(false);
    });
  }, []);
  const clear = useCallback(() => { setError(null); }, []);
  return { busy, error, run, clear };
}
