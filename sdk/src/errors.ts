/** Every failure of the SDK: one class, stable codes, details that `switch (error.code)` narrows to. */
import type { Claim } from '../../shared/protocol/vocabulary.ts';

/** What each code carries besides its message; null for nothing. Codes are stable; messages are for people and may change. */
export interface PenchantErrorDetails {
  /** A private or public key is not the P-256 JWK it should be. */
  ERR_KEYS_INVALID: null;
  /** A company document does not parse, or its signature or self-description does not hold. */
  ERR_DOCUMENT_INVALID: null;
  /** A request asks for something the protocol cannot say, or does not match its document. */
  ERR_REQUEST_INVALID: null;

  /** The preference token does not have the shape of one. */
  ERR_TOKEN_MALFORMED: null;
  /** The signature does not fit the key in the token's own header. */
  ERR_TOKEN_SIGNATURE: null;
  /** `iss` is not the RFC 9278 thumbprint URI of the key in the header. */
  ERR_TOKEN_ISSUER: null;
  /** The token was issued to somebody else. */
  ERR_TOKEN_AUDIENCE: null;
  /** The token is bound to a DPoP key that is not ours (`cnf.jkt`). */
  ERR_TOKEN_KEY: null;
  ERR_TOKEN_EXPIRED: { readonly expiredAtMs: number };
  ERR_TOKEN_NOT_YET_VALID: null;
  /** The token names an address the SDK will not call: not https, not loopback, or refused by `allowEndpoint`. */
  ERR_TOKEN_ENDPOINT: { readonly url: string };

  /** The answer does not have the shape of one. */
  ERR_ANSWER_MALFORMED: null;
  /** Header `typ`, `alg` or the payload's `vct` or `_sd_alg` is not the protocol's. */
  ERR_ANSWER_TYPE: null;
  /** The signature does not fit the key pinned by the token. */
  ERR_ANSWER_SIGNATURE: null;
  ERR_ANSWER_ISSUER: null;
  ERR_ANSWER_AUDIENCE: null;
  /** The pseudonym is not the token's. */
  ERR_ANSWER_SUBJECT: null;
  ERR_ANSWER_EXPIRED: { readonly expiredAtMs: number };
  ERR_ANSWER_NOT_YET_VALID: null;
  /** A disclosure breaks RFC 9901 §7.1. `index` counts from 0; -1 when the digests in the payload are at fault. */
  ERR_ANSWER_DISCLOSURE: { readonly index: number };
  /** A claim was disclosed that the token does not cover. */
  ERR_ANSWER_SCOPE: { readonly claim: string };
  /** A claim's value does not have the shape of that claim. */
  ERR_ANSWER_VALUE: { readonly claim: Claim };

  /** The status list does not parse, is too large, or does not cover the token's index. */
  ERR_STATUS_MALFORMED: null;
  ERR_STATUS_SIGNATURE: null;
  /** The list is for another address than the one the token names. */
  ERR_STATUS_MISMATCH: null;
  ERR_STATUS_EXPIRED: null;
  /** The list says that the token is no longer valid. */
  ERR_STATUS_REVOKED: null;

  /** The receipt does not have the shape of one, or is too large. */
  ERR_RECEIPT_MALFORMED: null;
  ERR_RECEIPT_SIGNATURE: null;
  /** The receipt is not from the key it carries, or not from the vault that issued the token. */
  ERR_RECEIPT_ISSUER: null;
  ERR_RECEIPT_AUDIENCE: null;
  /** An entry is not proven to be in the list, or stands out of order. */
  ERR_RECEIPT_PROOF: { readonly index: number };

  /** No connection, or it broke. */
  ERR_NETWORK: null;
  ERR_TIMEOUT: { readonly timeoutMs: number };
  /** The caller's `signal` fired; `cause` is its reason. */
  ERR_ABORTED: null;
  /** The server answered with a redirect, which the SDK never follows. */
  ERR_REDIRECTED: { readonly status: number };
  ERR_RESPONSE_TOO_LARGE: { readonly limitBytes: number };
  /** A success of the wrong media type, or with a body that is not what the protocol says. */
  ERR_RESPONSE_INVALID: { readonly status: number };

  /** The vault does not accept the token: unknown, revoked, expired, denied and mis-addressed look alike. */
  ERR_REFUSED_TOKEN: { readonly status: number };
  /** The vault does not accept the DPoP proof, also after one retry with its nonce. */
  ERR_REFUSED_PROOF: { readonly status: number };
  /** The token does not cover the purpose or claim asked for. */
  ERR_REFUSED_SCOPE: { readonly status: number };
  /** Asked more often than was agreed, or while the person lets nobody have an answer; null when the vault did not say how long to wait. */
  ERR_SLOW_DOWN: { readonly status: number; readonly retryAfterSeconds: number | null };
  /** The vault could not read the call, or does not serve it. */
  ERR_REFUSED_REQUEST: { readonly status: number };
  /** The vault failed (5xx), or said something that is no problem+json. */
  ERR_VAULT_FAILED: { readonly status: number };
}

export type PenchantErrorCode = keyof PenchantErrorDetails;

/** Codes that carry nothing beyond their message. */
type PlainCode = { [C in PenchantErrorCode]: PenchantErrorDetails[C] extends null ? C : never }[PenchantErrorCode];

/**
 * Base class of everything the SDK throws, except `TypeError` for wrong use (a bug in the calling program).
 *
 * @example
 * try { await company.redeem(token, { purpose: 'recommendations' }); } catch (error) {
 *   if (!isPenchantError(error)) throw error;
 *   switch (error.code) {
 *     case 'ERR_REFUSED_TOKEN': return forget(token);               // ended; ask the person again
 *     case 'ERR_SLOW_DOWN': return retryIn(error.detail.retryAfterSeconds ?? 3600);
 *     default: throw error;
 *   }
 * }
 */
export class PenchantError<C extends PenchantErrorCode = PenchantErrorCode> extends Error {
  override readonly name = 'PenchantError';
  readonly code: C;
  readonly detail: PenchantErrorDetails[C];

  constructor(code: C, message: string, detail: PenchantErrorDetails[C], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}

/** The union that narrows: `switch (error.code)` gives each case its own `detail`. */
export type AnyPenchantError = { [C in PenchantErrorCode]: PenchantError<C> }[PenchantErrorCode];

/** True for errors of this SDK, narrowed to {@link AnyPenchantError}. */
export function isPenchantError(error: unknown): error is AnyPenchantError {
  return error instanceof PenchantError;
}

/** An error whose code carries no detail. */
export function failure<C extends PlainCode>(code: C, message: string, cause?: unknown): PenchantError<C> {
  return new PenchantError<PlainCode>(code, message, null, cause) as PenchantError<C>;
}
