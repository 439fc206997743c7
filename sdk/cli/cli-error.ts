/** Failures of the command line and the exit code of every failure (sysexits(3)). */
import { isPenchantError, type PenchantErrorCode } from '../src/index.ts';

const CLI_CODES = {
  ERR_USAGE: 64,
  ERR_FILE_INVALID: 65,
  ERR_FILE_MISSING: 66,
  ERR_FILE_UNREADABLE: 66,
  ERR_FILE_EXISTS: 77,
  ERR_FILE_UNWRITABLE: 77,
  ERR_INTERNAL: 70,
} as const;
type CliCode = keyof typeof CLI_CODES;

/** 65: what was given or received does not hold. 69: nobody answers. 75: try later. 77: refused. */
const SDK_CODES = {
  ERR_KEYS_INVALID: 65, ERR_DOCUMENT_INVALID: 65, ERR_REQUEST_INVALID: 65,
  ERR_TOKEN_MALFORMED: 65, ERR_TOKEN_SIGNATURE: 65, ERR_TOKEN_ISSUER: 65, ERR_TOKEN_AUDIENCE: 77, ERR_TOKEN_KEY: 77,
  ERR_TOKEN_EXPIRED: 77, ERR_TOKEN_NOT_YET_VALID: 77, ERR_TOKEN_ENDPOINT: 77,
  ERR_ANSWER_MALFORMED: 65, ERR_ANSWER_TYPE: 65, ERR_ANSWER_SIGNATURE: 65, ERR_ANSWER_ISSUER: 65, ERR_ANSWER_AUDIENCE: 65, ERR_ANSWER_SUBJECT: 65,
  ERR_ANSWER_EXPIRED: 65, ERR_ANSWER_NOT_YET_VALID: 65, ERR_ANSWER_DISCLOSURE: 65, ERR_ANSWER_SCOPE: 65, ERR_ANSWER_VALUE: 65,
  ERR_STATUS_MALFORMED: 65, ERR_STATUS_SIGNATURE: 65, ERR_STATUS_MISMATCH: 65, ERR_STATUS_EXPIRED: 65, ERR_STATUS_REVOKED: 77,
  ERR_RECEIPT_MALFORMED: 65, ERR_RECEIPT_SIGNATURE: 65, ERR_RECEIPT_ISSUER: 65, ERR_RECEIPT_AUDIENCE: 65, ERR_RECEIPT_PROOF: 65,
  ERR_NETWORK: 69, ERR_TIMEOUT: 69, ERR_ABORTED: 69, ERR_REDIRECTED: 69, ERR_RESPONSE_TOO_LARGE: 65, ERR_RESPONSE_INVALID: 65, ERR_VAULT_FAILED: 69,
  ERR_REFUSED_TOKEN: 77, ERR_REFUSED_PROOF: 77, ERR_REFUSED_SCOPE: 77, ERR_REFUSED_REQUEST: 77, ERR_SLOW_DOWN: 75,
} as const satisfies Record<PenchantErrorCode, number>;

/** A failure of the command line itself. */
export class CliError extends Error {
  readonly code: CliCode;
  constructor(code: CliCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What a failure shows and exits with; anything unexpected is a bug of ours. */
export interface Failure { readonly code: string; readonly message: string; readonly exit: number }

export function describeFailure(error: unknown): Failure {
  if (error instanceof CliError) return { code: error.code, message: error.message, exit: CLI_CODES[error.code] };
  if (isPenchantError(error)) return { code: error.code, message: error.message, exit: SDK_CODES[error.code] };
  return { code: 'ERR_INTERNAL', message: `Something went wrong that should not: ${error instanceof Error ? error.message : 'unknown'}`, exit: CLI_CODES.ERR_INTERNAL };
}

/** Runs a reader of what the user typed: its `TypeError` is wrong use of the command line, not a bug. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TypeError) throw new CliError('ERR_USAGE', cause.message, cause);
    throw cause;
  }
}
