/** Redemptions a second with a durable log, beside an empty node:http server under the same client in the same run. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash, createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONNECTIONS, load, type Load } from './client.ts';

const PURPOSE = 'https://w3id.org/dpv#ProvideProductRecommendations';
const BODY = JSON.stringify({ purpose: PURPOSE });
const GRANTS = 100;
/** Proofs signed in advance for each second of load; above what the server can answer. */
const PROOFS_A_SECOND = 6_000;

export interface RedemptionBench {
  /** `cpuMicros`: processor time of the server for one of them, in microseconds, which other work on the machine distorts least. */
  readonly redemptions: Load & { readonly cpuMicros: number };
  readonly hello: Load;
  /** redemptions ÷ hello. */
  readonly share: number;
}

interface Ready { readonly redeemUrl: string; readonly helloUrl: string; readonly tokens: readonly { readonly token: string; readonly key: JsonWebKey }[] }

/** @param seconds how long each of the two is measured; the prepared grants allow 100,000 redemptions a day */
export async function benchRedemption(seconds: number, connections: number): Promise<RedemptionBench> {
  const child = fork(new URL(import.meta.url), ['--serve'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: process.env['BENCH_EXEC']?.split(' ') ?? [] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => { resolve(message as Ready); });
      child.once('exit', (code) => { reject(new Error(`the bench server ended with ${code ?? 'a signal'}`)); });
    });
    await load(ready.helloUrl, 1, connections, {});
    const hello = await load(ready.helloUrl, seconds, connections, {});
    await redeem(ready, 1, connections);
    const before = await cpuOf(child);
    const redemptions = await redeem(ready, seconds, connections);
    const cpuMicros = (await cpuOf(child) - before) / redemptions.answered;
    return { redemptions: { ...redemptions, cpuMicros }, hello, share: redemptions.perSecond / hello.perSecond };
  } finally {
    child.kill();
  }
}

/** Processor time used by the server so far, in microseconds. */
function cpuOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (message) => { resolve(Number(message)); });
    child.send('cpu');
  });
}

/** Every call with a proof of its own, all signed before the clock starts, under one nonce: it holds for a minute at least, and a proof counts once. */
async function redeem({ redeemUrl, tokens }: Ready, seconds: number, connections: number): Promise<Load> {
  const base = { htm: 'POST', htu: redeemUrl, bh: sha256(BODY), nonce: await currentNonce(redeemUrl) };
  const grants = tokens.map(({ token, key }) => {
    const { kty, crv, x, y } = key;
    return { token, ath: sha256(token), header: { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }, privateKey: createPrivateKey({ key, format: 'jwk' }) };
  });
  const iat = Math.floor(Date.now() / 1000);
  const signed = Array.from({ length: seconds * PROOFS_A_SECOND }, (_, i) => {
    const grant = grants[i % grants.length];
    if (!grant) throw new Error('no grants to redeem');
    return { authorization: `DPoP ${grant.token}`, dpop: compact(grant.header, { ...base, jti: randomBytes(16).toString('base64url'), iat, ath: grant.ath }, grant.privateKey) };
  });
  return load(redeemUrl, seconds, connections, { method: 'POST', headers: { 'content-type': 'application/json' }, body: BODY }, () => {
    const next = signed.pop();
    if (!next) throw new Error('more redemptions than proofs signed in advance');
    return next;
  });
}

/** Every reply carries a nonce, also a refusal. */
async function currentNonce(url: string): Promise<string> {
  const { headers } = await fetch(url, { method: 'POST' });
  const nonce = headers.get('dpop-nonce');
  if (nonce === null) throw new Error('the server gave no nonce');
  return nonce;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const compact = (header: object, payload: object, key: KeyObject): string => {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

/** The server side: a real encrypted database on disk, 100 companies with a grant each, a profile of 300 preferences. */
async function serve(): Promise<void> {
  const { createAuditLog } = await import('../../electron/core/audit/audit-log.ts');
  const { MIGRATIONS } = await import('../../electron/core/migrations/index.ts');
  const { openDatabase } = await import('../../electron/core/platform/sqlite/database.ts');
  const { migrate } = await import('../../electron/core/platform/sqlite/migrate.ts');
  const { loadCrowdReckoner } = await import('../../electron/core/exposure/crowd-tables.ts');
  const { createConsentFeature } = await import('../../electron/core/rpc/consent-feature.ts');
  const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'penchant-bench-'));
  process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
  process.once('disconnect', () => { process.exit(0); });
  process.once('SIGTERM', () => { process.exit(0); });

  const db = openDatabase(join(folder, 'vault.db'), randomBytes(32));
  migrate(db, MIGRATIONS, { nowMs: Date.now() });
  const clock = { nowMs: () => Date.now() };
  const master = randomBytes(32);
  const deriveKey = (purpose: string): Buffer => createHmac('sha256', master).update(purpose).digest();
  const audit = createAuditLog({ db, key: deriveKey('audit'), clock, randomBytes });
  const preferences = Array.from({ length: 300 }, (_, i) => ({
    id: `p${i}`, claim: i % 3 === 0 ? 'genre' as const : 'interest' as const, value: `area${i % 7}.part${i % 40}.leaf${i}`, label: `Leaf ${i}`, path: [], iab: String(i), strength: (i % 100) / 100, confidence: 0.9,
    origin: 'inferred' as const, manner: null, sensitive: false, evidence: 5, horizonWeeks: null, lastSeenMs: 0,
  }));
  const feature = createConsentFeature({
    db, audit, deriveKey, preferences: () => preferences, lookup: (id) => ({ label: `Node ${id}`, iab: '42', closed: false }), emit: () => undefined, nodes: [], reckoner: loadCrowdReckoner(join(import.meta.dirname, '..', '..', 'resources')),
    ports: { clock, randomBytes: (size) => randomBytes(size), fetch: () => Promise.reject(new Error('offline')), log: (line) => { process.stderr.write(`${line}\n`); } },
  });
  const tokens = [];
  for (let i = 0; i < GRANTS; i++) {
    const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const dpop = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { crv, kty, x, y } = dpop.publicKey.export({ format: 'jwk' });
    const nowS = Math.floor(Date.now() / 1000);
    const companyId = `https://shop${i}.example`;
    const purposes = [{ iri: PURPOSE, text: 'Suggest what fits' }];
    const claims = [{ claim: 'interest', precision: 2 }, { claim: 'genre', precision: 2 }];
    const terms = { code: 'SD-BASE' };
    const document = compact({ typ: 'preference-client+jwt', alg: 'ES256', kid: 'k' }, { iss: companyId, iat: nowS, name: `Shop ${i}`, domain: `shop${i}.example`, jwks: { keys: [{ ...signing.publicKey.export({ format: 'jwk' }), kid: 'k' }] }, purposes, claims, terms, retention_days: 30, contact: 'privacy' }, signing.privateKey);
    const request = compact({ typ: 'oauth-authz-req+jwt', alg: 'ES256', kid: 'k' }, {
      iss: companyId, client_id: companyId, aud: 'urn:penchant:vault', iat: nowS, exp: nowS + 86_400, jti: randomBytes(16).toString('base64url'), nonce: randomBytes(16).toString('base64url'), response_type: 'preference_token',
      authorization_details: [{ type: 'urn:penchant:preferences:1', claims: claims.map((claim) => ({ ...claim, required: true })), purposes, cadence: { max: 1000, per: 'day' }, duration_days: 30, retention_days: 30, terms }],
      dpop_jkt: sha256(JSON.stringify({ crv, kty, x, y })), client_document: document,
    }, signing.privateKey);
    const { requestId } = await feature.consent.open(request);
    const { token } = feature.consent.grant(requestId, { claims: [{ claim: 'interest', precision: 2 }, { claim: 'genre', precision: 2 }] });
    tokens.push({ token, key: dpop.privateKey.export({ format: 'jwk' }) });
  }
  const hello = createServer((_request, response) => { response.writeHead(200, { 'Content-Length': '2' }).end('ok'); });
  await new Promise<void>((resolve) => { hello.listen(0, '127.0.0.1', resolve); });
  const base = await feature.server.start(0);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.({ redeemUrl: `${base}/v1/redeem`, helloUrl: `http://127.0.0.1:${(hello.address() as AddressInfo).port}/`, tokens } satisfies Ready);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--serve')) await serve();
  else {
    const line = (name: string, { perSecond, p50, p99 }: RedemptionBench['hello']): string => `${name.padEnd(34)} ${perSecond.toFixed(0).padStart(8)} /s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms`;
    for (const connections of CONNECTIONS) {
      const { redemptions, hello, share } = await benchRedemption(Number(process.argv[2] ?? 5), connections);
      process.stdout.write(`${connections} connections\n${line('node:http, empty', hello)}\n${line('redemption, logged durably', redemptions)}   ${redemptions.cpuMicros.toFixed(0)} µs of processor each\nshare of the empty server: ${(share * 100).toFixed(1)} %\n`);
    }
  }
}
