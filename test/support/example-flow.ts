/** One company and one vault, from document to giving back, on fixed keys, clock and randomness: where the examples of the protocol page come from. */
import { createECDH, createHash, createPublicKey, verify } from 'node:crypto';
import { hkdf32 } from '../../electron/core/platform/crypto/keys.ts';
import { anonymize } from '../../electron/core/anonymizer/anonymize.ts';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createBreathingService } from '../../electron/core/consent/breathing-service.ts';
import { createConsentService } from '../../electron/core/consent/consent-service.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { createExposureService } from '../../electron/core/exposure/exposure-service.ts';
import type { LoopbackReply } from '../../electron/core/platform/http/loopback-server.ts';
import { createRedemptionService } from '../../electron/core/redemption/redemption-service.ts';
import { createTokenService } from '../../electron/core/tokens/token-service.ts';
import { createCompany, signDocument, signProof, verifyAnswer, type CompanyKeys, type PrivateJwk, type VerifiedAnswer } from '../../sdk/src/index.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import { DEFAULT_PORT, PATHS } from '../../shared/protocol/names.ts';
import { PURPOSES } from '../../shared/protocol/purposes.ts';
import { claimReply, requestReceipt } from '../../shared/protocol/schemas.ts';
import { openTestDatabase } from './database.ts';
import { RESOURCES } from './enrichment.ts';
import { testClock } from './ports.ts';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A P-256 key whose secret number is the SHA-256 of `seed`. */
function fixedKey(seed: string): PrivateJwk {
  const ecdh = createECDH('prime256v1');
  const d = sha256(seed);
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'), d: d.toString('base64url') };
}

/** The company's keys: printed in the page, so good for nothing else. */
export const EXAMPLE_KEYS: CompanyKeys = { signing: fixedKey('penchant example: signing key of the company'), dpop: fixedKey('penchant example: DPoP key of the company') };

/** The same bytes in the same order in every run. */
function fixedRandom(): (size: number) => Buffer {
  let draws = 0;
  return (size) => {
    const out = Buffer.alloc(size);
    for (let at = 0; at < size; at += 32) sha256(`penchant example: bytes ${draws++}`).copy(out, at);
    return out;
  };
}

const TAXONOMY: Readonly<Record<string, { readonly label: string; readonly iab: string | null; readonly closed: boolean }>> = {
  food: { label: 'Food and drink', iab: '210', closed: false }, 'food.cooking': { label: 'Cooking', iab: '216', closed: false }, 'food.cooking.baking': { label: 'Baking', iab: '217', closed: false },
  garden: { label: 'Garden', iab: '275', closed: false }, 'garden.vegetables': { label: 'Growing vegetables', iab: '275', closed: false },
  kitchen: { label: 'Kitchen', iab: null, closed: false },
};

const known = (claim: Preference['claim'], value: string, label: string, strength: number): Preference => ({
  id: `p-${claim}-${value}`, claim, value, label, path: [label], iab: null, strength, confidence: 0.9, origin: 'inferred', manner: null, sensitive: false, evidence: 40, horizonWeeks: null, lastSeenMs: 0,
});
const PREFERENCES: readonly Preference[] = [
  known('interest', 'food.cooking.baking', 'Baking', 0.82), known('interest', 'garden.vegetables', 'Growing vegetables', 0.41), known('price_band', 'kitchen:middle', 'Kitchen, middle', 0.7),
];

/** A signed text as printed in the page, by name of the example; undefined where it is not there yet. */
export type Printed = (name: string) => string | undefined;

/**
 * The printed text where it says what `fresh` says and its signature holds, otherwise `fresh`. ECDSA signatures differ in every run, and the
 * company draws its own `jti` and `nonce`: those members, and only those, are taken over from what is printed.
 */
function settle(printed: string | undefined, fresh: string, key: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }, random: readonly string[] = []): string {
  const [header = '', payload = '', signature = ''] = (printed ?? '').split('.');
  const [freshHeader = '', freshPayload = ''] = fresh.split('.');
  if (header !== freshHeader || signature === '') return fresh;
  const before = decode(payload);
  const merged = Object.fromEntries(Object.entries(decode(freshPayload)).map(([name, value]) => [name, random.includes(name) && typeof before[name] === 'string' ? before[name] : value]));
  if (Buffer.from(JSON.stringify(merged)).toString('base64url') !== payload) return fresh;
  const publicKey = createPublicKey({ key: { kty: key.kty, crv: key.crv, x: key.x, y: key.y }, format: 'jwk' });
  return verify('sha256', Buffer.from(`${header}.${payload}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')) ? `${header}.${payload}.${signature}` : fresh;
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** Header or payload of a compact JWS, as an object. */
export const partOf = (jws: string, part: 0 | 1): Readonly<Record<string, unknown>> => decode(jws.split('.')[part] ?? '');

export interface Exchange { readonly path: string; readonly method: 'GET' | 'POST'; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly reply: LoopbackReply }

export interface ExampleFlow {
  readonly document: { readonly compact: string; readonly flattened: unknown };
  readonly request: { readonly compact: string; readonly link: string };
  readonly handedIn: Exchange;
  readonly pending: Exchange;
  readonly collected: Exchange;
  readonly token: string;
  readonly withoutNonce: Exchange;
  readonly redeemed: Exchange;
  readonly answer: string;
  /** What the SDK makes of the answer. */
  readonly verified: VerifiedAnswer;
  readonly introspected: Exchange;
  readonly tooOften: Exchange;
  readonly statusBefore: Exchange;
  readonly returned: Exchange;
  readonly statusAfter: Exchange;
  readonly introspectedAfter: Exchange;
  readonly refused: Exchange;
}

const HOST = `127.0.0.1:${DEFAULT_PORT}`;
const COMPANY_ID = 'https://shop.example';

/** Must be called inside a test: uses a database of its own. */
export async function runExampleFlow(printed: Printed): Promise<ExampleFlow> {
  const clock = testClock(Date.UTC(2026, 10, 23, 12, 0, 0));
  const now = { now: () => clock.nowMs() };

  const signed = await signDocument({
    domain: 'shop.example', name: 'Example Shop', claims: 'interest:2,price_band:1,brand:1', purposes: ['recommendations'], retentionDays: 30, policyUri: 'https://shop.example/privacy',
  }, EXAMPLE_KEYS, now);
  const compact = settle(printed('document'), signed.compact, EXAMPLE_KEYS.signing);
  const [head = '', body = '', signature = ''] = compact.split('.');

  const company = createCompany({ domain: 'shop.example', keys: EXAMPLE_KEYS, document: compact, ...now });
  const asked = await company.request({ claims: 'interest:2,price_band:1?', purposes: ['recommendations'], durationDays: 90, cadence: { max: 1, per: 'day' }, benefit: 'A shop window that starts with what you like.' });
  const request = settle(printed('request'), asked.request, EXAMPLE_KEYS.signing, ['jti', 'nonce']);

  const vault = openExampleVault(clock, printed);
  const send = async (path: string, text: string, type: string, more: Readonly<Record<string, string>> = {}): Promise<Exchange> => {
    const headers = { host: HOST, 'content-type': type, ...more };
    return { path, method: 'POST', headers, body: text, reply: await vault.service.handle({ method: 'POST', path, host: HOST, headers, body: Buffer.from(text) }) };
  };
  const proofFor = async (name: string, path: string, text: string, nonce: string | undefined, token?: string): Promise<string> => {
    const fresh = await signProof({
      method: 'POST', url: new URL(`http://${HOST}${path}`), nowMs: clock.nowMs(), body: text, ...(nonce === undefined ? {} : { nonce }), ...(token === undefined ? {} : { token }),
    }, EXAMPLE_KEYS.dpop);
    return settle(printed(name), fresh, EXAMPLE_KEYS.dpop, ['jti']);
  };
  const get = async (path: string): Promise<Exchange> => {
    const headers = { host: HOST };
    return { path, method: 'GET', headers, body: '', reply: await vault.service.handle({ method: 'GET', path, host: HOST, headers, body: Buffer.alloc(0) }) };
  };

  clock.advance(60_000);
  const handedIn = await send(PATHS.requests, JSON.stringify({ request }), 'application/json');
  const { request_handle } = requestReceipt.parse(JSON.parse(handedIn.reply.body));
  const claimText = JSON.stringify({ request_handle });
  const claim = async (name: string): Promise<Exchange> => send(PATHS.claim, claimText, 'application/json', { dpop: await proofFor(name, PATHS.claim, claimText, vault.service.nonce()) });
  const pending = await claim('claim-proof-early');

  // The person decides: everything that was asked, for 30 days instead of 90.
  clock.advance(4 * 60_000);
  const [open] = vault.consent.requests();
  if (!open) throw new Error('the request was not kept');
  vault.consent.grant(open.requestId, { claims: [{ claim: 'interest', precision: 2 }, { claim: 'price_band', precision: 1 }], expiresAtMs: clock.nowMs() + 30 * 86_400_000 });
  const collected = await claim('claim-proof');
  const claimed = claimReply.parse(JSON.parse(collected.reply.body));
  if (claimed.status !== 'granted') throw new Error('the grant was not handed out');
  const { token } = claimed;

  clock.advance(10 * 60_000);
  const redeemText = JSON.stringify({ purpose: PURPOSES.recommendations.iri });
  const redeem = async (name: string, nonce: string | undefined): Promise<Exchange> =>
    send(PATHS.redeem, redeemText, 'application/json', { authorization: `DPoP ${token}`, dpop: await proofFor(name, PATHS.redeem, redeemText, nonce, token) });
  const withoutNonce = await redeem('redeem-proof-first', undefined);
  const nonce = withoutNonce.reply.headers['DPoP-Nonce'] ?? '';
  const first = await redeem('redeem-proof', nonce);
  const answer = settleAnswer(printed('answer'), first.reply.body, token);
  const redeemed: Exchange = { ...first, reply: { ...first.reply, body: answer } };
  const identity = { companyId: COMPANY_ID, keys: EXAMPLE_KEYS };
  const verified = await verifyAnswer(answer, token, identity, now);
  const tooOften = await redeem('redeem-proof-again', nonce);

  const statusPath = PATHS.status + (verifiedStatus(token).split('/').at(-1) ?? '');
  const list = async (name: string): Promise<Exchange> => {
    const exchange = await get(statusPath);
    return { ...exchange, reply: { ...exchange.reply, body: settle(printed(name), exchange.reply.body, issuerKeyOf(token)) } };
  };
  const formText = new URLSearchParams({ token }).toString();
  const form = async (name: string, path: string): Promise<Exchange> =>
    send(path, formText, 'application/x-www-form-urlencoded', { dpop: await proofFor(name, path, formText, nonce, token) });

  const introspected = await form('introspect-proof', PATHS.introspect);
  const statusBefore = await list('status-before');
  const returned = await form('revoke-proof', PATHS.revoke);
  const statusAfter = await list('status-after');
  const introspectedAfter = await form('introspect-proof-after', PATHS.introspect);
  const refused = await redeem('redeem-proof-ended', nonce);

  return {
    document: { compact, flattened: { payload: body, protected: head, signature } }, request: { compact: request, link: `penchant://request?request=${request}` },
    handedIn, pending, collected, token, withoutNonce, redeemed, answer, verified, introspected, tooOften, statusBefore, returned, statusAfter, introspectedAfter, refused,
  };
}

function openExampleVault(clock: { nowMs(): number }, printed: Printed) {
  const db = openTestDatabase();
  const randomBytes = fixedRandom();
  const masterKey = sha256('penchant example: master key of the vault');
  const deriveKey = (purpose: string): Buffer => hkdf32(masterKey, `vault/v1/${purpose}`);
  const audit = createAuditLog({ db, key: deriveKey('audit-log'), clock, randomBytes });
  const lookup = (id: string) => TAXONOMY[id];
  const tokens = createTokenService({ db, clock, randomBytes, deriveKey, endpointBase: `http://${HOST}` });
  const consent = createConsentService({
    db, audit, clock, randomBytes, fetch: () => Promise.reject(new Error('nothing is fetched here')), deriveKey, countKnown: () => [], crowdWith: () => null, isOfLittleUse: () => false, emit: () => undefined,
    tokens: {
      ...tokens,
      issue(order) {
        const issued = tokens.issue(order);
        const token = settle(printed('token'), issued.token, issuerKeyOf(issued.token));
        return { ...issued, token, tokenHash: sha256(token) };
      },
    },
  });
  const exposure = createExposureService({ db, audit, clock, lookup, deriveKey, emit: () => undefined, reckoner: loadCrowdReckoner(RESOURCES), home: () => 'DE' });
  const service = createRedemptionService({
    db, audit, clock, randomBytes, consent, tokens, profileVersion: () => 0, breathing: createBreathingService({ db, audit, clock, lookup, emit: () => undefined }),
    exposure, answer: (scope, brands, companyId) => anonymize({ preferences: PREFERENCES, scope, lookup, approvedBrands: brands, crowd: exposure.guard(companyId) }),
  });
  return { consent, service };
}

type Jwk = Parameters<typeof settle>[2];
const issuerKeyOf = (token: string): Jwk => partOf(token, 0)['jwk'] as Jwk;
const verifiedStatus = (token: string): string => (partOf(token, 1)['status'] as { readonly status_list: { readonly uri: string } }).status_list.uri;

/** Disclosures and digests come from the fixed randomness; only the signature may be the printed one. */
function settleAnswer(printed: string | undefined, fresh: string, token: string): string {
  const [jws = '', ...disclosures] = fresh.split('~');
  const [printedJws] = (printed ?? '').split('~');
  return [settle(printedJws, jws, issuerKeyOf(token)), ...disclosures].join('~');
}
