/** One bounded HTTP call: no redirects, a time limit, a size limit, refusals as typed errors, one retry for the DPoP nonce. */
import { MAX_BODY_BYTES, MEDIA_PROBLEM, type ProblemCode } from '../../shared/protocol/names.ts';
import { problem } from '../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { decodeUtf8 } from './encoding.ts';
import { PenchantError, failure, type AnyPenchantError } from './errors.ts';
import type { PrivateJwk } from './keys.ts';
import { signProof, type NonceStore } from './proof.ts';
import type { ClockOptions, EndpointOptions } from './token.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const JSON_TYPE = 'application/json';
const NONCE_TEXT = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** What every call over the network takes. */
export interface CallOptions extends ClockOptions, EndpointOptions {
  /** Defaults to the runtime's `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
  /** For the whole call, retry included, in ms; 10,000 when omitted. */
  readonly timeoutMs?: number;
  /** Remembers nonces between calls; without one, each call learns the nonce anew. */
  readonly nonces?: NonceStore;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly accept: string;
  readonly body?: { readonly type: string; readonly text: string };
  /** Sign a DPoP proof; with a token, `ath` covers it. `inHeader`: also send it as `Authorization: DPoP`. */
  readonly proof?: { readonly key: PrivateJwk; readonly token?: string; readonly inHeader?: boolean };
}

export interface Reply { readonly status: number; readonly type: string; readonly text: string }

/**
 * Makes one call. Tries a second time, once, when the vault asks for its nonce (401 `use_dpop_nonce`, RFC 9449 §8).
 *
 * @returns The reply, when its status is 2xx.
 * @throws {PenchantError} ERR_NETWORK, ERR_TIMEOUT, ERR_ABORTED, ERR_REDIRECTED, ERR_RESPONSE_TOO_LARGE, and the refusals of a vault.
 */
export async function call(request: Call, options: CallOptions): Promise<Reply> {
  const limit = deadline(options);
  try {
    const first = await attempt(request, options, limit.signal, options.nonces?.get(request.url.origin));
    if (first.ok) return first.reply;
    if (first.error !== 'use_dpop_nonce' || first.nonce === null || request.proof === undefined) throw refusal(first);
    const second = await attempt(request, options, limit.signal, first.nonce);
    if (second.ok) return second.reply;
    throw refusal(second);
  } catch (cause) {
    if (cause instanceof PenchantError || cause instanceof RangeError) throw cause;
    throw limit.explain(cause);
  } finally {
    limit.clear();
  }
}

/** Caller's signal and our time limit as one signal, with the right error for whichever fired. */
function deadline({ signal, timeoutMs = DEFAULT_TIMEOUT_MS }: CallOptions) {
  if (!(timeoutMs > 0)) throw new RangeError('`timeoutMs` must be above zero.');
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => { timedOut = true; controller.abort(); }, timeoutMs);
  const abort = () => { controller.abort(signal?.reason); };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    explain: (cause: unknown): AnyPenchantError => {
      if (signal?.aborted === true) return failure('ERR_ABORTED', 'The call was cancelled.', signal.reason);
      if (timedOut) return new PenchantError('ERR_TIMEOUT', `The vault did not answer within ${timeoutMs} ms.`, { timeoutMs }, cause);
      return failure('ERR_NETWORK', 'The vault cannot be reached. Is it open on that computer?', cause);
    },
    clear: () => { clearTimeout(timer); signal?.removeEventListener('abort', abort); },
  };
}

type Attempt =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly status: number; readonly error: string | null; readonly nonce: string | null; readonly retryAfterSeconds: number | null };

async function attempt(request: Call, options: CallOptions, signal: AbortSignal, nonce: string | undefined): Promise<Attempt> {
  const { method, url, body, proof } = request;
  const headers = new Headers({ accept: `${request.accept}, ${MEDIA_PROBLEM}` });
  if (body !== undefined) headers.set('content-type', body.type);
  if (proof !== undefined) {
    headers.set('dpop', await signProof({
      method, url, nowMs: (options.now ?? Date.now)(),
      ...(proof.token === undefined ? {} : { token: proof.token }), ...(body === undefined ? {} : { body: body.text }), ...(nonce === undefined ? {} : { nonce }),
    }, proof.key));
    if (proof.inHeader === true && proof.token !== undefined) headers.set('authorization', `DPoP ${proof.token}`);
  }
  const response = await (options.fetch ?? fetch)(url, { method, headers, signal, redirect: 'manual', credentials: 'omit', cache: 'no-store', ...(body === undefined ? {} : { body: body.text }) });
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await discard(response);
    throw new PenchantError('ERR_REDIRECTED', 'The vault answered with a redirect, which is never followed.', { status: response.status });
  }
  const fresh = response.headers.get('dpop-nonce');
  const usable = fresh !== null && NONCE_TEXT.test(fresh) ? fresh : null;
  if (usable !== null) options.nonces?.set(url.origin, usable);
  const text = await readText(response);
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (response.ok) return { ok: true, reply: { status: response.status, type, text } };
  return { ok: false, status: response.status, error: problemCode(type, text), nonce: usable, retryAfterSeconds: readRetryAfter(response) };
}

/** Reads a body as strict UTF-8, stopping at the limit whatever the length header says. */
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw new PenchantError('ERR_RESPONSE_TOO_LARGE', `The reply is larger than ${MAX_BODY_BYTES} bytes.`, { limitBytes: MAX_BODY_BYTES });
    }
    chunks.push(next.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    throw invalidReply(response.status, 'The reply is not text.', cause);
  }
}

/** Frees the connection; the body is of no interest, nor is a failure to read it. */
const discard = (response: Response): Promise<void> => response.body === null ? Promise.resolve() : response.body.cancel().catch(() => undefined);

function problemCode(type: string, text: string): string | null {
  if (type !== MEDIA_PROBLEM) return null;
  try {
    const parsed = problem.safeParse(parseStrictJson(text));
    return parsed.success ? parsed.data.code ?? null : null;
  } catch {
    return null;
  }
}

function readRetryAfter(response: Response): number | null {
  const text = response.headers.get('retry-after');
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;
}

const isOneOf = <T extends string>(list: readonly T[], value: string | null): value is T => (list as readonly (string | null)[]).includes(value);
const MALFORMED = ['invalid_request', 'not_found', 'method_not_allowed', 'too_large', 'foreign_host'] as const satisfies readonly ProblemCode[];

/** RFC 9457 problem of a vault → error of the SDK. */
function refusal({ status, error, retryAfterSeconds }: Attempt & { ok: false }): AnyPenchantError {
  if (error === 'invalid_token') return new PenchantError('ERR_REFUSED_TOKEN', 'The vault does not accept the token. It may have been revoked or have expired; ask the person again.', { status });
  if (isOneOf(['invalid_dpop_proof', 'use_dpop_nonce'], error)) return new PenchantError('ERR_REFUSED_PROOF', 'The vault does not accept the proof of possession. Check the key and the clock of this machine.', { status });
  if (error === 'insufficient_scope') return new PenchantError('ERR_REFUSED_SCOPE', 'The token does not cover that purpose or claim.', { status });
  if (error === 'slow_down' || status === 429) return new PenchantError('ERR_SLOW_DOWN', 'Asked more often than was agreed, or when nobody gets an answer. Try again later.', { status, retryAfterSeconds });
  if (isOneOf(MALFORMED, error)) return new PenchantError('ERR_REFUSED_REQUEST', 'The vault could not read the call, or does not serve it.', { status });
  return new PenchantError('ERR_VAULT_FAILED', `The vault failed with status ${status}.`, { status });
}

/** A success that is not what the protocol says. */
export const invalidReply = (status: number, message: string, cause?: unknown): PenchantError<'ERR_RESPONSE_INVALID'> =>
  new PenchantError('ERR_RESPONSE_INVALID', message, { status }, cause);

/**
 * The body of a JSON reply, through a schema.
 *
 * @throws {PenchantError} ERR_RESPONSE_INVALID.
 */
export function readJsonReply<T>(reply: Reply, schema: { readonly parse: (value: unknown) => T }): T {
  if (reply.type !== JSON_TYPE) throw invalidReply(reply.status, `The vault answered with "${reply.type}" instead of JSON.`);
  try {
    return schema.parse(parseStrictJson(reply.text));
  } catch (cause) {
    throw invalidReply(reply.status, 'The reply of the vault is not what the protocol says.', cause);
  }
}

/** A JSON body. */
export const jsonBody = (value: unknown) => ({ type: JSON_TYPE, text: JSON.stringify(value) });
/** A form body. */
export const formBody = (fields: Readonly<Record<string, string>>) => ({ type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() });
export const ACCEPT_JSON = JSON_TYPE;
