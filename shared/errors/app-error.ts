/** The one expected-failure class and its plain form on the wire. */
import { CODES, type ErrorCode } from './codes.ts';

/** JSON-safe form of an {@link AppError}; the only error shape that crosses a process or network boundary. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An expected failure with a stable code. Anything else thrown is a bug and becomes `ERR_INTERNAL` at the boundary. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    if (options.details) this.details = options.details;
  }
}

export function toWireError(error: unknown, correlationId?: string): WireError {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, ...(error.details ? { details: error.details } : {}) };
  }
  return {
    code: 'ERR_INTERNAL',
    message: 'Something went wrong inside Penchant. Nothing was changed by this step.',
    ...(correlationId === undefined ? {} : { details: { correlationId } }),
  };
}

export function fromWireError(wire: WireError): AppError {
  return new AppError(wire.code, wire.message, wire.details ? { details: wire.details } : {});
}

/** Process exit code for a failure, after sysexits(3). */
export function exitCodeOf(error: unknown): number {
  return error instanceof AppError ? CODES[error.code].exit : 70;
}
