/** Signals of work that brings the profile up to date. */
import { AppError } from '../../../shared/errors/app-error.ts';

/** @throws {AppError} ERR_CANCELLED */
export function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('ERR_CANCELLED', 'This was stopped before it was finished. The profile is as it was.');
}

export const forever = (): AbortSignal => new AbortController().signal;
