/** Redemptions a second with a durable log, beside an empty node:http server under the same client in the same run. Server and client each on a core of their own. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash, createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execFileSync } from 'node:child_process';

const PURPOSE = 'https://w3id.org/dpv#ProvideProductRecommendations';
const GRANTS = 100;
const CONNECTIONS = 32;

export interface RedemptionBench {
  /** Durable redemptions a second, and milliseconds. */
  readonly redemptions: { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly answered: number; /** Processor time of the server for one of them, in microseconds: what other work on the machine cannot distort. */ readonly cpuMicros: number };
  readonly hello: { readonly perSecond: number; readonly p50: number; readonly p99: number };
  /** redemptions ÷ hello. */
  readonly share: number;
}

interface Ready { readonly redeemUrl: string; readonly helloUrl: string; readonly tokens: readonly { readonly token: string; readonly key: JsonWebKey }[] }

/** @param seconds how long each of the two is measured; at most 50,000 redemptions fit the cadence of the prepared grants */
export async function benchRedemption(seconds = 5): Promise<RedemptionBench> {
  const child = fork(new URL(import.meta.url), ['--serve'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: process.env['BENCH_EXEC']?.split(' ') ?? [] });
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.once('message', (message) => { resolve(message as Ready); });
      child.once('exit', (code) => { reject(new Error(`the bench server ended with ${code ?? 'a signal'}`)); });
    });
    pin(child, 0);
    pin(process, 1);
    const hello = new URL(ready.helloUrl);
    const helloRaw = Buffer.from(`GET / HTTP/1.1\r\nHost: ${hello.host}\r\n\r\n`);
    await load(hello, 1, () => helloRaw);
    const bare = await load(hello, seconds, () => helloRaw);

    const redeem = new URL(ready.redeemUrl);
    const prover = createProver(ready, redeem);
    await load(redeem, 1, prover.next, prover.sawNonce);
    const before = await cpuOf(child);
    const measured = await load(redeem, seconds, prover.next, prover.sawNonce);
    const cpuMicros = (await cpuOf(child) - before) / measured.answered;
    return { redemptions: { ...measured, cpuMicros }, hello: bare, share: measured.perSecond / bare.perSecond };
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

/** Keeps a process on one core, where there are several and the tool is there. */
export function pin(target: { readonly pid?: number | undefined } | ChildProcess, core: number): void {
  if (availableParallelism() < 2 || target.pid === undefined) return;
  try { execFileSync('taskset', ['-a', '-cp', String(core), String(target.pid)], { stdio: 'ignore' }); } catch { /* Unpinned, the figures only scatter more. */ }
}

function createProver(ready: Ready, url: URL) {
  const grants = ready.tokens.map(({ token, key }) => {
    const { kty, crv, x, y } = key;
    const jwk = { kty, crv, x, y };
    return { token, privateKey: createPrivateKey({ key, format: 'jwk' }), header: part({ typ: 'dpop+jwt', alg: 'ES256', jwk }), ath: sha256(token) };
  });
  const body = JSON.stringify({ purpose: PURPOSE });
  const bh = sha256(body);
  const base = { htm: 'POST', htu: `${url.origin}${url.pathname}`, bh };
  let nonce = 'unknown-yet';
  let turn = 0;
  return {
    sawNonce: (next: string): void => { nonce = next; },
    next: (): Buffer => {
      const grant = grants[turn++ % grants.length];
      if (!grant) throw new Error('no grants to redeem');
      const input = `${grant.header}.${part({ ...base, jti: randomBytes(16).toString('base64url'), iat: Math.floor(Date.now() / 1000), nonce, ath: grant.ath })}`;
      const signature = sign('sha256', Buffer.from(input), { key: grant.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      return Buffer.from(`POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nAuthorization: DPoP ${grant.token}\r\nDPoP: ${input}.${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    },
  };
}

/** Closed loop over keep-alive sockets: one call at a time on each, the next as soon as the answer is complete. */
export async function load(url: URL, seconds: number, next: () => Buffer, sawNonce?: (nonce: string) => void) {
  const took: number[] = [];
  const refused = new Map<number, number>();
  const end = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: CONNECTIONS }, () => new Promise<void>((resolve, reject) => {
    const socket = connect(Number(url.port), '127.0.0.1');
    let waiting = Buffer.alloc(0);
    let sentAt = 0;
    const send = (): void => {
      if (performance.now() >= end) { socket.end(); resolve(); return; }
      const bytes = next();
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.setNoDelay(true).on('connect', send).on('error', reject).on('data', (chunk) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      const head = waiting.indexOf('\r\n\r\n');
      if (head === -1) return;
      const headers = waiting.toString('latin1', 0, head);
      const length = Number(/content-length: (\d+)/i.exec(headers)?.[1] ?? 0);
      if (waiting.length < head + 4 + length) return;
      waiting = waiting.subarray(head + 4 + length);
      const status = Number(headers.slice(9, 12));
      const nonce = /dpop-nonce: (\S+)/i.exec(headers)?.[1];
      if (nonce !== undefined) sawNonce?.(nonce);
      if (status === 200) took.push(performance.now() - sentAt);
      else refused.set(status, (refused.get(status) ?? 0) + 1);
      send();
    });
  })));
  took.sort((a, b) => a - b);
  // The first call on each connection learns the nonce.
  const unexpected = [...refused].filter(([status, count]) => status !== 401 || count > CONNECTIONS * 3);
  if (unexpected.length > 0) throw new Error(`the server refused calls: ${JSON.stringify(unexpected)}`);
  return { perSecond: took.length / seconds, p50: took[Math.floor(took.length * 0.5)] ?? NaN, p99: took[Math.floor(took.length * 0.99)] ?? NaN, answered: took.length };
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
    origin: 'inferred' as const, sensitive: false, evidence: 5, horizonWeeks: null, lastSeenMs: 0,
  }));
  const feature = createConsentFeature({
    db, audit, deriveKey, preferences: () => preferences, lookup: (id) => ({ label: `Node ${id}`, iab: '42', closed: false }), emit: () => undefined,
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
    const { redemptions, hello, share } = await benchRedemption(Number(process.argv[2] ?? 5));
    const line = (name: string, { perSecond, p50, p99 }: RedemptionBench['hello']): string => `${name.padEnd(34)} ${perSecond.toFixed(0).padStart(8)} /s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms`;
    process.stdout.write(`${line('node:http, empty', hello)}\n${line('redemption, logged durably', redemptions)}   ${redemptions.cpuMicros.toFixed(0)} µs of processor each\nshare of the empty server: ${(share * 100).toFixed(1)} %\n`);
  }
}
