/** Handing a request to a vault on the same machine, and collecting the token once the person has decided. */
import { DEFAULT_PORT, PATHS } from '../../shared/protocol/names.ts';
import { claimReply, requestReceipt } from '../../shared/protocol/schemas.ts';
import { ACCEPT_JSON, call, jsonBody, readJsonReply, type CallOptions } from './http.ts';
import { parseToken, type CompanyIdentity, type PreferenceToken } from './token.ts';

/** Calls that go to a vault without a token in hand: `at` names it, the usual loopback port when omitted. */
export type SubmitOptions = Omit<CallOptions, 'allowEndpoint'>;

/** Receipt of a request; says nothing about whether it was wanted. */
export interface RequestReceipt {
  /** Secret name under which to collect the token. */
  readonly handle: string;
  /** Ask no more often than this, in seconds. */
  readonly intervalSeconds: number;
  readonly expiresInSeconds: number;
}

function vaultUrl(path: string, at: string | URL | undefined): URL {
  const base = at ?? `http://127.0.0.1:${DEFAULT_PORT}`;
  if (!URL.canParse(base)) throw new TypeError('`at` must be a URL such as http://127.0.0.1:47816.');
  return new URL(path, new URL(base).origin);
}

/**
 * Hands a signed request to a vault: `POST /v1/requests`. The reply is the same for every well-formed request.
 *
 * @throws {PenchantError} ERR_NETWORK when no vault is open there; ERR_REFUSED_REQUEST, ERR_SLOW_DOWN, ….
 * @example
 * const receipt = await submitRequest(request, { at: 'http://127.0.0.1:47816' });
 */
export async function submitRequest(request: string, options: SubmitOptions = {}): Promise<RequestReceipt> {
  const reply = await call({ method: 'POST', url: vaultUrl(PATHS.requests, options.at), accept: ACCEPT_JSON, body: jsonBody({ request }) }, options);
  const { request_handle: handle, interval, expires_in } = readJsonReply(reply, requestReceipt);
  return { handle, intervalSeconds: interval, expiresInSeconds: expires_in };
}

/** What collecting gives: not yet (or never: a "no" looks the same), or the token, already checked. */
export type Collected = { readonly status: 'pending'; readonly intervalSeconds: number } | { readonly status: 'granted'; readonly token: PreferenceToken };

/**
 * Asks once whether the person has decided: `POST /v1/requests/claim`, proving the key named in the request's `dpop_jkt`.
 *
 * @throws {PenchantError} ERR_TOKEN_* when the token handed over does not hold; ERR_REFUSED_PROOF, ERR_SLOW_DOWN, ERR_NETWORK, ….
 * @example
 * const collected = await claimToken(receipt.handle, company);
 * if (collected.status === 'granted') save(collected.token.raw);
 */
export async function claimToken(handle: string, company: CompanyIdentity, options: SubmitOptions = {}): Promise<Collected> {
  const reply = await call({
    method: 'POST', url: vaultUrl(PATHS.claim, options.at), accept: ACCEPT_JSON, body: jsonBody({ request_handle: handle }), proof: { key: company.keys.dpop },
  }, options);
  const claimed = readJsonReply(reply, claimReply);
  if (claimed.status === 'pending') return { status: 'pending', intervalSeconds: claimed.interval };
  return { status: 'granted', token: await parseToken(claimed.token, company, options) };
}
