/** What must not get through the company-facing API: bent proofs, foreign hosts and origins, hostile bodies. */
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { consentVault, freshNonce, granted, redeem, withForm } from '../support/consent-vault.ts';
import { hostileCrowd } from '../support/crowd.ts';
import { provenCall, rawCall, RECOMMENDATIONS, sha256, signProof, signWith, testCompany, testKey, type CallPlan, type ProofChange } from '../support/test-company.ts';

async function setUp() {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const grant = await granted(vault, company, { details: { cadence: { max: 1000, per: 'day' } } });
  return { vault, company, ...grant, nonce: await freshNonce(vault) };
}
const BODY = JSON.stringify({ purpose: RECOMMENDATIONS });

test('each check of RFC 9449 §4.3, broken alone, refuses the call; none is let through', async () => {
  const { vault, company, token, nonce, grantId } = await setUp();
  const other = await testKey();
  const ed = await testKey('Ed25519');
  const nowS = Math.floor(vault.clock.nowMs() / 1000);
  const { d: secret } = (await crypto.subtle.exportKey('jwk', company.dpop.privateKey));
  const hs = { alg: 'HS256' };
  const cases: Record<string, ProofChange> = {
    'typ missing': { header: { typ: undefined } }, 'typ of a token': { header: { typ: 'preference-token+jwt' } }, 'typ in another case': { header: { typ: 'DPoP+JWT' } },
    'signed by another key': { signer: other }, 'another key in the header': { header: { jwk: other.jwk } }, 'another algorithm of the header': { header: { jwk: ed.jwk, alg: 'Ed25519' }, signer: ed },
    'private key in the header': { header: { jwk: { ...company.dpop.jwk, d: secret } } }, 'no key': { header: { jwk: undefined } }, 'kid instead of key': { header: { jwk: undefined, kid: company.dpop.jkt } },
    'jku beside the key': { header: { jku: 'https://evil.example/keys' } }, 'x5u beside the key': { header: { x5u: 'https://evil.example/cert' } },
    'htm of another method': { payload: { htm: 'GET' } }, 'htm in lower case': { payload: { htm: 'post' } }, 'htm missing': { payload: { htm: undefined } },
    'htu of another path': { payload: { htu: `${vault.base}/v1/introspect` } }, 'htu of another host': { payload: { htu: 'http://evil.example/v1/redeem' } }, 'htu with a query': { payload: { htu: `${vault.base}/v1/redeem?x=1` } }, 'htu on https': { payload: { htu: `${vault.base.replace('http:', 'https:')}/v1/redeem` } },
    'iat too old': { payload: { iat: nowS - 301 } }, 'iat in the future': { payload: { iat: nowS + 301 } }, 'iat as text': { payload: { iat: String(nowS) } }, 'iat missing': { payload: { iat: undefined } },
    'jti missing': { payload: { jti: undefined } }, 'jti too short': { payload: { jti: 'short' } }, 'jti far too long': { payload: { jti: 'x'.repeat(101) } },
    'nonce missing': { payload: { nonce: undefined } }, 'nonce made up': { payload: { nonce: 'A'.repeat(40) } }, 'nonce with another salt': { payload: { nonce: `${nonce.startsWith('A') ? 'B' : 'A'}${nonce.slice(1)}` } }, 'nonce with another end': { payload: { nonce: `${nonce.slice(0, -1)}${nonce.endsWith('A') ? 'B' : 'A'}` } }, 'nonce cut': { payload: { nonce: nonce.slice(0, 20) } }, 'nonce empty': { payload: { nonce: '' } },
    'ath of another token': { payload: { ath: sha256('another') } }, 'ath missing': { payload: { ath: undefined } },
    'bh of another body': { payload: { bh: sha256('{}') } }, 'bh missing': { payload: { bh: undefined } }, 'a member nobody knows': { payload: { admin: true } },
  };
  for (const [name, change] of Object.entries(cases)) {
    const reply = await redeem(vault, company, token, undefined, { nonce, change });
    expect([name, reply.status]).toEqual([name, 401]);
    expect(reply.headers['www-authenticate']).toMatch(/^DPoP error="(invalid_dpop_proof|use_dpop_nonce|invalid_token)", algs="ES256"$/);
  }

  const plan: CallPlan = { base: vault.base, path: '/v1/redeem', key: company.dpop, nowMs: vault.clock.nowMs(), token, inHeader: true, nonce, body: BODY };
  const proof = await signProof(plan);
  const [header = '', payload = '', signature = ''] = proof.split('.');
  const enc = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const dec = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const twice = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('{', '{"htm":"GET",')).toString('base64url');
  const texts: Record<string, string | string[] | undefined> = {
    'no proof': undefined, 'an empty proof': '', 'not a JWS': 'proof', 'two proofs': [proof, proof], 'two proofs in one header': `${proof}, ${proof}`, 'alg none': `${enc({ ...dec(header), alg: 'none' })}.${payload}.`,
    'alg none with a signature': `${enc({ ...dec(header), alg: 'none' })}.${payload}.${signature}`, 'symmetric alg': `${enc({ ...dec(header), ...hs })}.${payload}.${signature}`,
    'payload changed': `${header}.${enc({ ...dec(payload), jti: 'another-long-enough-jti' })}.${signature}`, 'signature cut': proof.slice(0, -2), 'signature in DER': `${header}.${payload}.${Buffer.from('3006020101020101', 'hex').toString('base64url')}`,
    'signature of zeros': `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`, 'padded base64': `${header}.${payload}.${signature}==`, 'a space inside': `${header}. ${payload}.${signature}`,
    'a member given twice': `${header}.${twice}.${signature}`, 'five parts': `${proof}.a.b`, 'crit': await signWith(company.dpop, { typ: 'dpop+jwt', jwk: company.dpop.jwk, b64: true, crit: ['b64'] }, dec(payload)), 'far too long': `${header}.${'A'.repeat(8000)}.${signature}`,
  };
  for (const [name, dpop] of Object.entries(texts)) {
    const reply = await rawCall(`${vault.base}/v1/redeem`, { headers: { authorization: `DPoP ${token}`, ...(dpop === undefined ? {} : { dpop }) }, body: BODY });
    expect([name, reply.status === 401 || reply.status === 400]).toEqual([name, true]);
  }
  for (const authorization of [`Bearer ${token}`, token, `DPoP  ${token}`, `DPoP ${token} x`, `DPoP "${token}"`]) {
    expect((await rawCall(`${vault.base}/v1/redeem`, { headers: { authorization, dpop: await signProof(plan) }, body: BODY })).status).toBe(401);
  }
  expect(vault.consent.grantRecord(grantId).usage.redemptions).toBe(0);
  expect(vault.types()).not.toContain('redemption.allowed');
  expect(vault.unexpected).toEqual([]);
  expect((await provenCall(plan)).status).toBe(200);
});

test('the body is covered: the same proof over another body is refused', async () => {
  const { vault, company, token, nonce } = await setUp();
  const plan: CallPlan = { base: vault.base, path: '/v1/redeem', key: company.dpop, nowMs: vault.clock.nowMs(), token, inHeader: true, nonce, body: JSON.stringify({ purpose: RECOMMENDATIONS, claims: ['interest'] }) };
  const reply = await rawCall(`${vault.base}/v1/redeem`, { headers: { authorization: `DPoP ${token}`, dpop: await signProof(plan) }, body: BODY });
  expect(reply.status).toBe(401);
});

test('a nonce lasts two minutes at most', async () => {
  const { vault, company, token, nonce } = await setUp();
  vault.clock.advance(60_000);
  expect((await redeem(vault, company, token, undefined, { nonce })).status).toBe(200);
  vault.clock.advance(60_000);
  const late = await redeem(vault, company, token, undefined, { nonce });
  expect([late.status, JSON.parse(late.body)]).toMatchObject([401, { code: 'use_dpop_nonce' }]);
  expect(late.headers['dpop-nonce']).not.toBe(nonce);
});

test('Host × Origin × Sec-Fetch-Site × method: nothing foreign is served, and nothing ever allows a browser in', async () => {
  const { vault } = await setUp();
  const port = new URL(vault.base).port;
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const foreign = ['evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost', `127.0.0.1:${Number(port) + 1}`, `0.0.0.0:${port}`, `[::1]:${port}`, `localhost.:${port}`, `LOCALHOST:${port}`, `2130706433:${port}`, `127.1:${port}`, `127.0.0.1:${port}@evil.example`, `user@127.0.0.1:${port}`, ''];
  const origins = [undefined, 'https://evil.example', 'null', vault.base, `http://localhost:${port}`];
  const sites = [undefined, 'none', 'same-origin', 'same-site', 'cross-site'];
  for (const host of [...own, ...foreign]) for (const origin of origins) for (const site of sites) for (const method of ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT']) {
    const reply = await rawCall(`${vault.base}/v1/redeem`, { method, headers: { host, ...(origin === undefined ? {} : { origin }), ...(site === undefined ? {} : { 'sec-fetch-site': site }) } });
    const welcome = own.includes(host) && origin === undefined && (site === undefined || site === 'none');
    const expected = welcome ? (method === 'POST' ? 401 : 405) : host === '' ? reply.status : 403;
    expect([host, origin, site, method, reply.status]).toEqual([host, origin, site, method, expected]);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
}, 60_000);

test('hostile bodies and paths end in a problem document and nothing else', async () => {
  const { vault, company, token, nonce } = await setUp();
  const bodies: Record<string, string | Buffer> = {
    'not JSON': '{', 'an array': '[]', 'null': 'null', 'a number': '1e999', 'not UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'a name twice': `{"purpose":"${RECOMMENDATIONS}","purpose":"x"}`,
    'an extra member': JSON.stringify({ purpose: RECOMMENDATIONS, admin: true }), '__proto__': `{"purpose":"${RECOMMENDATIONS}","__proto__":{"claims":["interest"]}}`, 'deep nesting': `${'['.repeat(5000)}${']'.repeat(5000)}`,
    'a claim nobody knows': JSON.stringify({ purpose: RECOMMENDATIONS, claims: ['soul'] }), 'no claims': JSON.stringify({ purpose: RECOMMENDATIONS, claims: [] }), 'empty': '',
  };
  for (const [name, body] of Object.entries(bodies)) {
    const dpop = await signWith(company.dpop, { typ: 'dpop+jwt', jwk: company.dpop.jwk }, { jti: name.padEnd(16, '-'), htm: 'POST', htu: `${vault.base}/v1/redeem`, iat: Math.floor(vault.clock.nowMs() / 1000), nonce, ath: sha256(token), bh: sha256(Buffer.from(body)) });
    const reply = await rawCall(`${vault.base}/v1/redeem`, { headers: { authorization: `DPoP ${token}`, dpop }, body });
    expect([name, reply.status, reply.headers['content-type']]).toEqual([name, 400, 'application/problem+json']);
  }
  expect((await rawCall(`${vault.base}/v1/requests`, { body: Buffer.alloc(65_537, 0x61) })).status).toBe(413);
  expect((await rawCall(`${vault.base}/v1/requests`, { headers: { 'transfer-encoding': 'chunked' }, body: Buffer.alloc(100_000, 0x61) })).status).toBe(413);
  expect((await rawCall(`${vault.base}/v1/requests`, { body: '{"request":"eyJ.eyJ.eyJ"}' })).status).toBe(400);
  for (const path of ['/', '/v1', '/v1/redeem/', '/v1/status', '/v1/status/', '/v1/status/a/b', '//v1/redeem', '/V1/REDEEM', '/v1/redeem%00', '/%2e%2e/etc/passwd', '/v1/status/__proto__', '/__proto__', '/constructor', '/v1/nothing']) {
    for (const method of ['GET', 'POST']) expect([path, method, (await rawCall(vault.base + path, { method })).status]).toEqual([path, method, expect.toSatisfy((status: number) => status === 404 || status === 405)]);
  }
  expect(vault.unexpected).toEqual([]);
});

/** Sends bytes as they are and gives back what comes until the server closes. */
function rawBytes(base: string, text: string, closeAfterMs = 0): Promise<{ readonly reply: string; readonly tookMs: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => { socket.write(text); });
    let reply = '';
    socket.on('data', (chunk) => { reply += chunk.toString('latin1'); if (closeAfterMs > 0) setTimeout(() => { socket.destroy(); }, closeAfterMs); });
    socket.on('close', () => { resolve({ reply, tookMs: performance.now() - started }); });
    socket.on('error', reject);
  });
}

test('broken HTTP, absolute targets, smuggling and upgrades are refused', async () => {
  const { vault } = await setUp();
  const host = new URL(vault.base).host;
  expect((await rawBytes(vault.base, 'NONSENSE\r\n\r\n')).reply).toMatch(/^HTTP\/1\.1 400 /);
  expect((await rawBytes(vault.base, 'GET /v1/redeem HTTP/1.1\r\n\r\n')).reply).toMatch(/^HTTP\/1\.1 400 /);
  expect((await rawBytes(vault.base, `GET http://${host}/v1/redeem HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).reply).toMatch(/^HTTP\/1\.1 404 /);
  expect((await rawBytes(vault.base, `POST /v1/redeem HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`)).reply).toMatch(/^HTTP\/1\.1 400 /);
  expect((await rawBytes(vault.base, `GET /v1/redeem HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)).reply).toMatch(/^HTTP\/1\.1 40[03] /);
  expect((await rawBytes(vault.base, `POST /v1/redeem HTTP/1.1\r\nHost: ${host}\r\nAuthorization: DPoP a\r\nAuthorization: DPoP b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)).reply).toMatch(/^HTTP\/1\.1 400 /);
  expect((await rawBytes(vault.base, `GET /v1/redeem HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`)).reply).toBe('');
  expect(vault.unexpected).toEqual([]);
});

test('headers that never end are cut off after five seconds', async () => {
  const { vault } = await setUp();
  const { tookMs } = await rawBytes(vault.base, 'POST /v1/redeem HTTP/1.1\r\nHost: x\r\n');
  expect(tookMs).toBeGreaterThan(4_000);
  expect(tookMs).toBeLessThan(8_000);
}, 15_000);

test('300 callers that say nothing, drip, stop halfway, flood or never close their half do not keep an honest company out', async () => {
  const { vault, company, token } = await setUp();
  const { port, host } = new URL(vault.base);
  const head = `POST /v1/redeem HTTP/1.1\r\nHost: ${host}\r\n`;
  const hostile = hostileCrowd(Number(port), 300, [
    { start: '' }, { start: 'NONSENSE\r\n\r\n' }, { start: `${head}Content-Length: 9\r\n\r\n` }, { start: head, drip: 'X-A: b\r\n' }, { start: `GET /v1/status/x HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(200), deaf: true },
  ]);
  await expect.poll(hostile.opened, { timeout: 10_000 }).toBeGreaterThanOrEqual(300);
  // More than there are places, so some have been cut already.
  await expect.poll(hostile.cut, { timeout: 10_000 }).toBeGreaterThan(0);
  const statuses: number[] = [];
  for (let i = 0; i < 20; i++) statuses.push((await redeem(vault, company, token)).status);
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
  process.stdout.write(`redemption API: 20 of 20 honest calls answered while 300 hostile connections hung on (${hostile.opened()} opened, ${hostile.cut()} cut)\n`);
  // The owner decides in the same process.
  vault.consent.revoke(vault.consent.grants()[0]?.grantId ?? '');
  expect((await redeem(vault, company, token)).status).toBe(401);
  expect(vault.unexpected).toEqual([]);
}, 60_000);

test('a call on the way is never cut to make room, and more than sixteen unanswered ones on a connection end it', async () => {
  const { vault } = await setUp();
  const { port, host } = new URL(vault.base);
  const one = (count: number): Promise<string> => new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.split('HTTP/1.1 404').length - 1 === count) socket.end();
    });
    socket.on('close', () => { resolve(text); });
    socket.write(`GET /v1/status/x HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(count));
  });
  expect((await one(16)).split('HTTP/1.1 404').length - 1).toBe(16);
  expect((await one(100)).split('HTTP/1.1 404').length - 1).toBeLessThan(100);
  expect((await rawCall(`${vault.base}/v1/status/x`, { method: 'GET' })).status).toBe(404);
});

test('Expect gets no answer of its own: foreign hosts are refused first, what cannot be met is refused like anything invalid, and there is no date', async () => {
  const { vault } = await setUp();
  const { host } = new URL(vault.base);
  for (const [name, expectation, status] of [['evil.example', 'x', 403], ['evil.example', '100-continue', 403], [host, 'x', 400]] as const) {
    const { reply } = await rawBytes(vault.base, `POST /v1/requests HTTP/1.1\r\nHost: ${name}\r\nExpect: ${expectation}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(reply).not.toMatch(/^Date:/im);
  }
  const { reply } = await rawBytes(vault.base, `POST /v1/requests HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
  expect(reply).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
});

test('refusals of one grant are logged one by one only so often, and the rest is counted', async () => {
  const { vault, company, token, nonce } = await setUp();
  for (let i = 0; i < 45; i++) await redeem(vault, company, token, { purpose: 'https://w3id.org/dpv#Other' }, { nonce });
  expect(vault.types().filter((type) => type === 'redemption.refused')).toHaveLength(30);
  vault.clock.advance(60_000);
  await redeem(vault, company, token, { purpose: 'https://w3id.org/dpv#Other' });
  expect(vault.entries().at(-1)).toMatchObject({ type: 'redemption.refused', counts: { more: 15 } });
  expect(vault.consent.grants()[0]?.refused).toBe(46);
});

test('a token that has ended writes one entry an hour at most, with the rest counted, and one durable write for every try', async () => {
  const { vault, company, token, grantId, nonce } = await setUp();
  vault.consent.revoke(grantId);
  const seen = () => vault.db.query<{ seen: number }>('SELECT seen FROM unknown_tokens').get()?.seen;
  for (let i = 0; i < 12; i++) {
    expect((await redeem(vault, company, token, undefined, { nonce })).status).toBe(401);
    expect((await withForm(vault, company, '/v1/introspect', token, { nonce })).body).toBe('{"active":false}');
  }
  expect(vault.types().slice(-3)).toEqual(['grant.revoked', 'redemption.refused', 'introspection']);
  expect([seen(), vault.consent.grants()[0]?.refused]).toEqual([12, 12]);
  vault.clock.advance(3_600_000);
  await redeem(vault, company, token);
  await withForm(vault, company, '/v1/introspect', token);
  expect(vault.entries().slice(-2)).toMatchObject([{ type: 'redemption.refused', reason: 'revoked', counts: { more: 11 } }, { type: 'introspection', reason: 'revoked', counts: { more: 11 } }]);
});

test('requests that end within the hour are refused like any invalid one, and nothing of them is kept', async () => {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const nowS = Math.floor(vault.clock.nowMs() / 1000);
  const submit = async (exp: number) => rawCall(`${vault.base}/v1/requests`, { body: JSON.stringify({ request: await company.signRequest({ payload: { iat: nowS - 10, exp } }) }) });
  const short = await submit(nowS + 3_599);
  const garbage = await rawCall(`${vault.base}/v1/requests`, { body: JSON.stringify({ request: 'a.b.c' }) });
  expect([short.status, short.body]).toEqual([400, garbage.body]);
  expect([vault.consent.requests(), vault.types(), vault.consent.companies()]).toEqual([[], [], []]);
  expect((await submit(nowS + 3_600)).status).toBe(202);
  // The person may still open one that is about to end.
  expect((await vault.consent.open(await company.signRequest({ payload: { iat: nowS - 10, exp: nowS + 5 } }))).state).toBe('open');
});

test('a flood of requests over days keeps to its places: expired ones count, go after a week with their companies, and hide nobody', async () => {
  const vault = await consentVault();
  const at = vault.clock.nowMs();
  const honest = await testCompany({ nowMs: at, companyId: 'https://honest.example', name: 'Honest' });
  const opened = await testCompany({ nowMs: at, companyId: 'https://opened.example', name: 'Opened' });
  const submit = (request: string) => rawCall(`${vault.base}/v1/requests`, { body: JSON.stringify({ request }) });
  await submit(await honest.signRequest({ payload: { exp: Math.floor(at / 1000) + 60 * 86_400 } }));
  const short = await opened.signRequest({ payload: { exp: Math.floor(at / 1000) + 3_700 } });
  await submit(short);
  const { requestId } = await vault.consent.open(short);
  for (let round = 0; round < 12; round++) {
    const nowS = Math.floor(vault.clock.nowMs() / 1000);
    const flood = await testCompany({ nowMs: vault.clock.nowMs(), companyId: `https://flood${round}.example`, name: 'Flood' });
    for (let i = 0; i < 11; i++) expect((await submit(await flood.signRequest({ payload: { iat: nowS, exp: nowS + 3_600 } }))).status).toBe(202);
    vault.clock.advance(2 * 3_600_000);
  }
  const rows = () => vault.db.query<{ n: number }>("SELECT count(*) AS n FROM requests WHERE state = 'open'").get()?.n;
  expect(rows()).toBe(101);
  expect(vault.consent.requests()[0]?.company.name).toBe('Honest');
  vault.clock.advance(8 * 86_400_000);
  await submit(await honest.signRequest({ payload: { exp: Math.floor(at / 1000) + 60 * 86_400 } }));
  expect(vault.consent.requests().map((request) => [request.company.name, request.state])).toEqual([['Honest', 'open'], ['Honest', 'open'], ['Opened', 'expired']]);
  expect(vault.consent.request(requestId).state).toBe('expired');
  expect(vault.consent.companies().map((company) => company.company.name).toSorted()).toEqual(['Honest', 'Opened']);
  // The log still says who handed in what.
  expect(vault.types().filter((type) => type === 'request.received')).toHaveLength(102);
  expect((await vault.audit.verify()).ok).toBe(true);
}, 20_000);

test('handing in requests is limited, and an inbox that is full looks no different', async () => {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const replies = [];
  for (let i = 0; i < 12; i++) replies.push(await rawCall(`${vault.base}/v1/requests`, { body: JSON.stringify({ request: await company.signRequest() }) }));
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([202]));
  expect(new Set(replies.map((reply) => Object.keys(JSON.parse(reply.body) as object).join())).size).toBe(1);
  expect(vault.consent.requests()).toHaveLength(10);
  const flood = await Promise.all(Array.from({ length: 40 }, () => rawCall(`${vault.base}/v1/requests`, { body: '{}' })));
  expect(flood.filter((reply) => reply.status === 429).length).toBeGreaterThan(10);
});
