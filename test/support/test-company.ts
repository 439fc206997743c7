/** A company for tests of the vault, built on jose alone: nothing of it is shared with the code under test. */
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK, type JWTHeaderParameters } from 'jose';

type Members = Readonly<Record<string, unknown>>;
export interface TestKey { readonly privateKey: CryptoKey; readonly jwk: JWK; readonly jkt: string; readonly alg: 'ES256' | 'Ed25519' }

export async function testKey(alg: 'ES256' | 'Ed25519' = 'ES256'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { privateKey, jwk, jkt: await calculateJwkThumbprint(jwk), alg };
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('base64url');
const id = (): string => randomBytes(16).toString('base64url');

export function signWith(key: TestKey, header: Omit<JWTHeaderParameters, 'alg'> & { readonly alg?: string }, payload: Members): Promise<string> {
  return new SignJWT({ ...payload }).setProtectedHeader({ alg: key.alg, ...header }).sign(key.privateKey);
}

export const RECOMMENDATIONS = 'https://w3id.org/dpv#ProvideProductRecommendations';
export const PERSONALISATION = 'https://w3id.org/dpv#ServicePersonalisation';

export interface RequestChange { readonly header?: Members; readonly payload?: Members; readonly details?: Members; readonly signer?: TestKey }

export interface TestCompany {
  readonly companyId: string;
  readonly signing: TestKey;
  readonly dpop: TestKey;
  /** Compact document. */
  readonly document: string;
  signDocument(change?: { readonly header?: Members; readonly payload?: Members; readonly signer?: TestKey }): Promise<string>;
  signRequest(change?: RequestChange): Promise<string>;
}

export interface CompanyOptions { readonly nowMs: number; readonly companyId?: string; readonly name?: string; readonly alg?: 'ES256' | 'Ed25519'; readonly document?: Members; readonly signing?: TestKey }

export const ASKED = [
  { claim: 'interest', precision: 2, required: true }, { claim: 'price_band', precision: 1, required: false }, { claim: 'brand', precision: 1, required: false }, { claim: 'age', precision: 3, required: false },
];

export async function testCompany(options: CompanyOptions): Promise<TestCompany> {
  const companyId = options.companyId ?? 'https://shop.example';
  const nowS = Math.floor(options.nowMs / 1000);
  const signing = options.signing ?? await testKey(options.alg);
  const dpop = await testKey();
  const kid = `key-${signing.jkt.slice(0, 8)}`;
  const purposes = [{ iri: RECOMMENDATIONS, text: 'Suggest what fits you' }, { iri: PERSONALISATION, text: 'Sort the shop for you' }];
  const terms = { code: 'SD-BASE' };
  const signDocument: TestCompany['signDocument'] = (change = {}) => signWith(change.signer ?? signing, { typ: 'preference-client+jwt', kid, ...change.header }, {
    iss: companyId, iat: nowS, name: options.name ?? 'Shop', domain: new URL(companyId).host, jwks: { keys: [{ ...signing.jwk, kid }] }, purposes,
    claims: [{ claim: 'interest', precision: 2 }, { claim: 'price_band', precision: 1 }, { claim: 'brand', precision: 1 }], terms, retention_days: 30, contact: 'privacy@shop.example', ...options.document, ...change.payload,
  });
  const document = await signDocument();
  return {
    companyId, signing, dpop, document, signDocument,
    signRequest: (change = {}) => signWith(change.signer ?? signing, { typ: 'oauth-authz-req+jwt', kid, ...change.header }, {
      iss: companyId, client_id: companyId, aud: 'urn:penchant:vault', iat: nowS, exp: nowS + 7 * 86_400, jti: id(), nonce: id(), response_type: 'preference_token',
      authorization_details: [{ type: 'urn:penchant:preferences:1', claims: ASKED, purposes, cadence: { max: 3, per: 'day' }, duration_days: 30, retention_days: 30, terms, benefit: 'Less noise', ...change.details }],
      dpop_jkt: dpop.jkt, client_document: document, ...change.payload,
    }),
  };
}

export interface RawReply { readonly status: number; readonly headers: IncomingHttpHeaders; readonly rawHeaders: readonly string[]; readonly body: string }

/** One call with every header under control; no agent, no retries. */
export function rawCall(url: string, options: { readonly method?: string; readonly headers?: Readonly<Record<string, string | string[]>>; readonly body?: string | Buffer } = {}): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const body = options.body === undefined ? undefined : Buffer.from(options.body);
    const request = httpRequest(url, { method: options.method ?? 'POST', agent: false, headers: { ...(body && options.headers?.['transfer-encoding'] === undefined ? { 'content-length': String(body.length) } : {}), ...options.headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks).toString('utf8') }); });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

export interface ProofChange { readonly header?: Members; readonly payload?: Members; readonly signer?: TestKey }

export interface CallPlan {
  readonly base: string;
  readonly path: string;
  readonly key: TestKey;
  readonly nowMs: number;
  readonly body: string;
  readonly type?: string;
  readonly token?: string;
  readonly inHeader?: boolean;
  readonly nonce: string;
  readonly change?: ProofChange;
  readonly headers?: Readonly<Record<string, string>>;
}

export function signProof(plan: CallPlan): Promise<string> {
  return signWith(plan.change?.signer ?? plan.key, { typ: 'dpop+jwt', jwk: plan.key.jwk, ...plan.change?.header }, {
    jti: id(), htm: 'POST', htu: `${plan.base}${plan.path}`, iat: Math.floor(plan.nowMs / 1000), nonce: plan.nonce, bh: sha256(plan.body),
    ...(plan.token === undefined ? {} : { ath: sha256(plan.token) }), ...plan.change?.payload,
  });
}

export async function provenCall(plan: CallPlan): Promise<RawReply> {
  return rawCall(`${plan.base}${plan.path}`, {
    headers: {
      'content-type': plan.type ?? 'application/json', dpop: await signProof(plan),
      ...(plan.inHeader === true && plan.token !== undefined ? { authorization: `DPoP ${plan.token}` } : {}), ...plan.headers,
    },
    body: plan.body,
  });
}
