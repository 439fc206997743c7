/**
 * Every error code of the product, once: who may see it, its HTTP status, its exit code, whether trying again can help.
 *
 * Exit codes follow sysexits(3): 64 usage, 65 bad data, 66 missing, 69 unavailable, 70 bug, 75 in use, 77 refused.
 */
type Audience = 'owner' | 'company';

interface CodeFacts {
  readonly audience: Audience;
  /** Status on the company-facing API; owner-only codes never reach it and say 500. */
  readonly http: number;
  readonly exit: 64 | 65 | 66 | 69 | 70 | 75 | 77;
  /** True when the same call may succeed later without the caller changing anything. */
  readonly retry: boolean;
}

const owner = (exit: CodeFacts['exit'], retry = false): CodeFacts => ({ audience: 'owner', http: 500, exit, retry });
const company = (http: number, exit: CodeFacts['exit'], retry = false): CodeFacts => ({ audience: 'company', http, exit, retry });

export const CODES = {
  ERR_INTERNAL: owner(70),
  ERR_METHOD_UNKNOWN: owner(64),
  ERR_INPUT_INVALID: owner(64),
  ERR_USAGE: owner(64),
  ERR_CANCELLED: owner(75, true),
  ERR_JOB_UNKNOWN: owner(66),
  ERR_CORE_GONE: owner(69, true),
  ERR_UPDATES_UNKNOWN: owner(69, true),

  ERR_VAULT_MISSING: owner(66),
  ERR_VAULT_EXISTS: owner(77),
  ERR_VAULT_LOCKED: owner(77),
  ERR_VAULT_IN_USE: owner(75, true),
  ERR_VAULT_SECRET_WRONG: owner(77),
  ERR_VAULT_HEADER_INVALID: owner(65),
  ERR_VAULT_CORRUPT: owner(65),
  ERR_VAULT_NEWER: owner(69),
  ERR_VAULT_HISTORY_REWRITTEN: owner(65),
  ERR_VAULT_UNREADABLE: owner(66),
  ERR_PASSPHRASE_WEAK: owner(65),
  ERR_RECOVERY_PHRASE_INVALID: owner(65),
  ERR_RECOVERY_WORDS_WRONG: owner(65),
  ERR_CLOSED_KEY_MISSING: owner(66),
  ERR_BACKUP_INVALID: owner(65),
  ERR_BACKUP_FOLDER: owner(66, true),
  ERR_BACKUP_OLDER: owner(77),
  ERR_RECOVERY_HOPELESS: owner(65),
  ERR_PLACED_LOCKED: owner(75),
  ERR_VAULT_NOT_EMPTY: owner(77),
  ERR_EXPORT_INVALID: owner(65),
  ERR_EXPORT_SECRET_WRONG: owner(77),
  ERR_RECIPIENT_INVALID: owner(65),
  ERR_STORAGE_FULL: owner(69, true),
  ERR_VAULT_BUSY: owner(75, true),
  ERR_UNLOCK_AGAIN: owner(77),
  ERR_SLOT_UNKNOWN: owner(66),
  ERR_SLOT_NEEDED: owner(77),
  ERR_SLOTS_FULL: owner(77),
  ERR_KEYCHAIN_UNAVAILABLE: owner(69),
  ERR_KEYCHAIN_CHANGED: owner(69),

  ERR_FILE_MISSING: owner(66),
  ERR_FILE_UNREADABLE: owner(66),
  ERR_FILE_EXISTS: owner(77),
  ERR_FILE_TOO_LARGE: owner(65),
  ERR_TOO_MANY_FILES: owner(65),
  ERR_MEMORY_EXCEEDED: owner(65),
  ERR_PREVIEW_TIMEOUT: owner(65),
  ERR_SOURCE_UNRECOGNISED: owner(65),
  ERR_ARCHIVE_INVALID: owner(65),
  ERR_ARCHIVE_UNSAFE: owner(65),
  ERR_ARCHIVE_BOMB: owner(65),
  ERR_ENCODING_INVALID: owner(65),
  ERR_DATABASE_INVALID: owner(65),
  ERR_CSV_INVALID: owner(65),
  ERR_JSON_INVALID: owner(65),
  ERR_WATCH_FOLDER: owner(66),
  ERR_PREVIEW_UNKNOWN: owner(66),
  ERR_MAPPING_UNKNOWN: owner(66),
  ERR_MAPPING_EMPTY: owner(65),
  ERR_IMPORT_UNKNOWN: owner(66),
  ERR_ITEM_UNKNOWN: owner(66),
  ERR_IMPORT_BUSY: owner(75, true),

  ERR_PREFERENCE_UNKNOWN: owner(66),
  ERR_CLAIM_UNKNOWN: owner(65),
  ERR_CLAIM_VALUE_INVALID: owner(65),

  ERR_REQUEST_INVALID: owner(65),
  ERR_REQUEST_SIGNATURE: owner(65),
  ERR_REQUEST_EXPIRED: owner(65),
  ERR_REQUEST_UNKNOWN: owner(66),
  ERR_REQUEST_DECIDED: owner(77),
  ERR_COMPANY_UNKNOWN: owner(66),
  ERR_COMPANY_UNREACHABLE: owner(69, true),
  ERR_GRANT_UNKNOWN: owner(66),
  ERR_GRANT_ENDED: owner(77),
  ERR_GRANT_EMPTY: owner(65),
  ERR_TEMPLATE_INVALID: owner(77),
  ERR_GRANT_WIDENS: owner(77),
  ERR_CLAIM_REQUIRED: owner(77),
  ERR_CLAIM_NOT_ASKED: owner(77),
  ERR_PRECISION_INVALID: owner(65),
  ERR_DURATION_INVALID: owner(65),

  ERR_AUDIT_BROKEN: owner(65),
  ERR_CHECKPOINT_INVALID: owner(65),
  ERR_ENTRY_UNKNOWN: owner(66),
  ERR_RECEIPT_EMPTY: owner(66),
  ERR_PORT_IN_USE: owner(69, true),
  ERR_LOOPBACK_OFF: owner(77),
  ERR_SESSION_INVALID: owner(77),

  ERR_HOST_FOREIGN: company(403, 77),
  ERR_ORIGIN_FOREIGN: company(403, 77),
  ERR_NOT_FOUND: company(404, 66),
  ERR_METHOD_NOT_ALLOWED: company(405, 64),
  ERR_BODY_TOO_LARGE: company(413, 65),
  ERR_BODY_INVALID: company(400, 65),
  ERR_TOKEN_INVALID: company(401, 77),
  ERR_PROOF_INVALID: company(401, 77),
  ERR_PROOF_NONCE: company(401, 77, true),
  ERR_SCOPE_EXCEEDED: company(403, 77),
  ERR_CADENCE_EXCEEDED: company(429, 77, true),
  ERR_RATE_LIMITED: company(429, 75, true),
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof CODES;

export const ERROR_CODES = Object.keys(CODES) as readonly ErrorCode[];
