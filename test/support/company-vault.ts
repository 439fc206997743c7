/** A small vault for tests of the company side: issues tokens and answers with node:crypto, speaks the HTTP API with nonces, and misbehaves on demand. */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { DETAILS_TYPE, PATHS, PROBLEMS, THUMBPRINT_URN, TYP_ANSWER, TYP_STATUS, TYP_TOKEN, VCT, type ProblemCode } from '../../shared/protocol/names.ts';
import { PURPOSES } from '../../shared/protocol/purposes.ts';
import { proofHeader, proofPayload, type ScopedClaim } from '../../shared/protocol/schemas.ts';

type Members = Readonly<Record<string, unknown>>;

const toBase64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Signs any header and payload, also forbidden ones. */
const signCompact = (header: Members, payload: Members, key: KeyObject): string => signText(header, JSON.stringify(payload), key);

/** Signs a payload given as text, also text no object could give. */
function signText(header: Members, payload: string, key: KeyObject): string {
  const input = `${toBase64url(JSON.stringify(header))}.${toBase64url(payload)}`;
  return `${input}.${toBase64url(sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }))}`;
}

export interface IssuerKey { readonly key: KeyObject; readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }; readonly issuer: string }

/** A fresh pairwise key. */
export function createIssuerKey(): IssuerKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk = { kty, crv, x, y };
  return { key: privateKey, jwk, issuer: THUMBPRINT_URN + sha256(JSON.stringify({ crv, kty, x, y })) };
}

export const NOW_MS = Date.UTC(2026, 10, 23, 12, 0, 0);
const NOW = NOW_MS / 1000;

export interface TokenOverrides { readonly header?: Members; readonly payload?: Members; readonly issuerKey?: IssuerKey; readonly signWith?: KeyObject; readonly claims?: readonly ScopedClaim[]; readonly purposes?: readonly string[]; readonly origin?: string }

/** A token for one company, right unless told otherwise. */
export function issueToken(company: { readonly companyId: string; readonly jkt: string }, issuer: IssuerKey, change: TokenOverrides = {}): string {
  const origin = change.origin ?? 'http://127.0.0.1:47816';
  return signCompact({ typ: TYP_TOKEN, alg: 'ES256', jwk: issuer.jwk, ...change.header }, {
    iss: issuer.issuer, sub: 'pseudonym-of-one-person', aud: company.companyId, iat: NOW - 3600, exp: NOW + 86_400, jti: 'token-0123456789abcdef',
    cnf: { jkt: company.jkt },
    authorization_details: [{ type: DETAILS_TYPE, claims: change.claims ?? [{ claim: 'interest', precision: 2 }, { claim: 'price_band', precision: 1 }], purposes: change.purposes ?? [PURPOSES.recommendations.iri], cadence: { max: 3, per: 'week' } }],
    status: { status_list: { idx: 5, uri: `${origin}${PATHS.status}abcdef` } },
    redemption_endpoint: `${origin}${PATHS.redeem}`,
    ...change.payload,
  }, change.signWith ?? issuer.key);
}

export const INTEREST = [{ node: 'food.cooking', label: 'Cooking', iab: '216', strength: 'strong' }];
export const PRICE_BAND = [{ department: 'Books', band: 'middle' }];

/** One disclosure, `[salt, name, value]` as JSON text in base64url. */
export const disclosure = (name: string, value: unknown): string => toBase64url(JSON.stringify([randomBytes(16).toString('base64url'), name, value]));

export interface AnswerOverrides {
  readonly header?: Members;
  readonly payload?: Members;
  /** Payload as text instead, for JSON no object can hold. */
  readonly payloadText?: (payload: Members) => string;
  readonly disclosures?: readonly string[];
  /** Digests in the payload, when not those of the disclosures. */
  readonly digests?: readonly unknown[];
  readonly signWith?: KeyObject;
}

/** Signed part and disclosures of an answer, right unless told otherwise; two decoys included. */
export function makeAnswer(company: { readonly companyId: string }, issuer: IssuerKey, change: AnswerOverrides = {}): { readonly jws: string; readonly disclosures: readonly string[] } {
  const disclosures = change.disclosures ?? [disclosure('interest', INTEREST), disclosure('price_band', PRICE_BAND)];
  const payload = {
    iss: issuer.issuer, sub: 'pseudonym-of-one-person', aud: company.companyId, iat: NOW - 30, exp: NOW + 3600, vct: VCT,
    assurance: { interest: 'derived', price_band: 'derived' }, log_receipt: 'receipt-1',
    _sd: change.digests ?? [...disclosures.map(sha256), sha256('decoy one'), sha256('decoy two')].sort(), _sd_alg: 'sha-256',
    ...change.payload,
  };
  return { jws: signText({ typ: TYP_ANSWER, alg: 'ES256', ...change.header }, change.payloadText?.(payload) ?? JSON.stringify(payload), change.signWith ?? issuer.key), disclosures };
}

/** The compact form of an answer. */
export const compactAnswer = ({ jws, disclosures }: { readonly jws: string; readonly disclosures: readonly string[] }): string => `${[jws, ...disclosures].join('~')}~`;

/** A signed status list with these indices set. */
export function makeStatusList(issuer: IssuerKey, uri: string, ended: readonly number[], change: { readonly header?: Members; readonly payload?: Members; readonly signWith?: KeyObject } = {}): string {
  const bits = Buffer.alloc(16);
  for (const index of ended) bits.writeUInt8(bits.readUInt8(index >> 3) | (1 << (index % 8)), index >> 3);
  return signCompact({ typ: TYP_STATUS, alg: 'ES256', ...change.header }, { iss: issuer.issuer, sub: uri, iat: NOW - 60, exp: NOW + 600, ttl: 60, status_list: { bits: 1, lst: toBase64url(deflateSync(bits)) }, ...change.payload }, change.signWith ?? issuer.key);
}

/** One call as the vault saw it, its proof already verified. */
export interface SeenCall { readonly path: string; readonly body: string; readonly authorization: string | undefined; readonly contentType: string | undefined; readonly proof: ReturnType<typeof proofPayload.parse> | null; readonly jwk: unknown }

type Responder = (seen: SeenCall, response: ServerResponse) => void | Promise<void>;

export interface CompanyVault {
  readonly origin: string;
  readonly seen: SeenCall[];
  /** What to do with a call whose nonce is right. */
  respond: Responder;
  /** The nonce it wants. */
  nonce: string;
  readonly close: () => Promise<void>;
}

export function sendProblem(response: ServerResponse, code: ProblemCode, headers: Readonly<Record<string, string>> = {}): void {
  const { type, status, title } = PROBLEMS[code];
  response.writeHead(status, { 'content-type': 'application/problem+json', ...(status === 401 ? { 'www-authenticate': `DPoP error="${code}", algs="ES256"` } : {}), ...headers });
  response.end(JSON.stringify({ type, title, status, code }));
}

/** Starts the vault on a free loopback port. Calls that need a proof are refused until it carries the nonce. */
export async function startCompanyVault(): Promise<CompanyVault> {
  const seen: SeenCall[] = [];
  const server = createServer((request, response) => { void handle(request, response); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const vault: CompanyVault = {
    origin: `http://127.0.0.1:${port}`, seen, nonce: 'nonce-1',
    respond: (_call, response) => { response.writeHead(204).end(); },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    const header = request.headers['dpop'];
    const read = typeof header === 'string' ? readProof(header) : null;
    const call: SeenCall = { path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8'), authorization: request.headers.authorization, contentType: request.headers['content-type'], proof: read?.proof ?? null, jwk: read?.jwk };
    seen.push(call);
    response.setHeader('dpop-nonce', vault.nonce);
    if (read !== null && read.proof.nonce !== vault.nonce) { sendProblem(response, 'use_dpop_nonce'); return; }
    await vault.respond(call, response);
  }
  return vault;
}

/** Parses and verifies a proof with node:crypto. */
function readProof(text: string): { readonly proof: ReturnType<typeof proofPayload.parse>; readonly jwk: ReturnType<typeof proofHeader.parse>['jwk'] } {
  const [head = '', body = '', signature = ''] = text.split('.');
  const { jwk } = proofHeader.parse(JSON.parse(Buffer.from(head, 'base64url').toString()));
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) throw new Error('The proof does not verify.');
  return { proof: proofPayload.parse(JSON.parse(Buffer.from(body, 'base64url').toString())), jwk };
}
