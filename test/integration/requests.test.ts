/** Opening, checking and deciding signed requests: each kind of bad one with its code, nothing stored or shown before the signature holds. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createECDH } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { consentVault, granted, preference, PROFILE } from '../support/consent-vault.ts';
import { ASKED, RECOMMENDATIONS, signWith, testCompany, testKey } from '../support/test-company.ts';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const DAY_MS = 86_400_000;

async function setUp(options: Parameters<typeof consentVault>[0] = {}) {
  const vault = await consentVault({ listen: false, ...options });
  return { vault, company: await testCompany({ nowMs: vault.clock.nowMs() }), nowS: Math.floor(vault.clock.nowMs() / 1000) };
}

test('a request opens from compact text, link and JSON file alike, and twice the same is once', async () => {
  const { vault, company } = await setUp();
  const jws = await company.signRequest();
  const ids = new Set<string>();
  for (const text of [jws, ` ${jws}\n`, `penchant://request?request=${jws}`, `penchant://request/?request=${jws}`, JSON.stringify({ request: jws, note: 'from the shop' }), JSON.stringify(jws), `\uFEFF${jws}`]) ids.add((await vault.consent.open(text)).requestId);
  expect(ids.size).toBe(1);
  expect(vault.types()).toEqual(['request.received']);
});

test('the twin of an ECDSA signature is the same request', async () => {
  const { vault, company } = await setUp();
  const jws = await company.signRequest();
  const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const twin = `${header}.${payload}.${Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]).toString('base64url')}`;
  expect((await vault.consent.open(jws)).requestId).toBe((await vault.consent.open(twin)).requestId);
});

test('the view keeps what is enforced, declared and claimed apart, and flags over-asking against the company’s own document', async () => {
  const { vault, company } = await setUp();
  const view = await vault.consent.open(await company.signRequest({ details: { claims: [{ claim: 'interest', precision: 3, required: true }, { claim: 'brand', precision: 1, required: false }, { claim: 'age', precision: 2, required: false }], retention_days: 400, purposes: [{ iri: RECOMMENDATIONS, text: 'Suggest' }, { iri: 'https://w3id.org/dpv#SellDataToThirdParties', text: 'Partner offers' }] } }));
  expect(view.asks).toEqual([
    { claim: 'interest', precision: 3, required: true, overAsking: true, known: 3 }, { claim: 'brand', precision: 1, required: false, overAsking: false, known: 2 }, { claim: 'age', precision: 2, required: false, overAsking: true, known: 1 },
  ]);
  expect(view).toMatchObject({ state: 'open', company: { companyId: 'https://shop.example', name: 'Shop', identity: 'unverified', checkedAtMs: null }, durationDays: 30, retentionDays: 400, grantId: null, activeGrants: [] });
  expect(view.terms).toEqual({ code: 'SD-BASE', label: 'Service only', uri: 'https://w3id.org/dpv/standards/ieee/7012#SD-BASE' });
  expect(view.claimed.join(' ')).toContain('Shop says it will use this to: Suggest');
  expect(view.claimed.join(' ')).toContain('does not mention this purpose: Sell what it learns to others');
  expect(view.claimed.join(' ')).toContain('longer than the 30 days');
  expect(view.declared).toContain('It must not pass anything on to others.');
  for (const line of view.enforced) expect(view.claimed).not.toContain(line);
});

test('Ed25519 companies are welcome', async () => {
  const { vault } = await setUp();
  const company = await testCompany({ nowMs: vault.clock.nowMs(), alg: 'Ed25519' });
  expect((await vault.consent.open(await company.signRequest())).state).toBe('open');
});

test('forged, tampered, expired and malformed requests each have their code, store nothing and log nothing', async () => {
  const { vault, company, nowS } = await setUp();
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example', name: 'Other' });
  const stranger = await testKey();
  const good = await company.signRequest();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const enc = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const dec = (part: string) => Buffer.from(part, 'base64url').toString();
  const payloadOf = (change: object) => enc({ ...JSON.parse(dec(payload)) as object, ...change });
  const kid = `key-${company.signing.jkt.slice(0, 8)}`;
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();

  const forged: Record<string, string> = {
    'another key': await company.signRequest({ signer: stranger }),
    'payload changed': `${header}.${payloadOf({ nonce: 'another-nonce-of-some-length' })}.${signature}`,
    'scope widened': `${header}.${payloadOf({ exp: nowS + 1_000_000 })}.${signature}`,
    'signature of zeros': `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
    'signature cut': `${header}.${payload}.${Buffer.from(signature, 'base64url').subarray(0, 63).toString('base64url')}`,
    'signature in DER': `${header}.${payload}.${Buffer.alloc(70, 0x30).toString('base64url')}`,
    'kid of no key': await company.signRequest({ header: { kid: 'nobody' } }),
    'document of another company': await company.signRequest({ payload: { client_document: other.document } }),
    'speaks for another company': await company.signRequest({ payload: { iss: 'https://other.example', client_id: 'https://other.example' } }),
    'document signed by a stranger': await company.signRequest({ payload: { client_document: await company.signDocument({ signer: stranger }) } }),
    'document changed': await company.signRequest({ payload: { client_document: company.document.replace(/\.[^.]+\./, `.${enc({ ...JSON.parse(dec(company.document.split('.')[1] ?? '')) as object, name: 'Bank' })}.`) } }),
    'alg of another kind of key': await signWith(stranger, { typ: 'oauth-authz-req+jwt', kid, alg: 'ES256' }, JSON.parse(dec(payload)) as Record<string, unknown>),
    'two keys of one name': await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { jwks: { keys: [{ ...company.signing.jwk, kid }, { ...stranger.jwk, kid }] } } }) } }),
    'a key that is no point of the curve': await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { jwks: { keys: [{ ...company.signing.jwk, x: 'A'.repeat(43), kid }] } } }) } }),
  };
  for (const [name, text] of Object.entries(forged)) await expect(vault.consent.open(text), name).rejects.toThrow(code('ERR_REQUEST_SIGNATURE'));

  await expect(vault.consent.open(await company.signRequest({ payload: { exp: nowS } }) )).rejects.toThrow(code('ERR_REQUEST_INVALID'));
  await expect(vault.consent.open(await company.signRequest({ payload: { iat: nowS - 100, exp: nowS } }))).rejects.toThrow(code('ERR_REQUEST_EXPIRED'));

  const twice = dec(payload).replace('{', '{"nonce":"0123456789abcdef",');
  const invalid: Record<string, string> = {
    'alg none': `${enc({ typ: 'oauth-authz-req+jwt', alg: 'none', kid })}.${payload}.`,
    'alg none, signature kept': `${enc({ typ: 'oauth-authz-req+jwt', alg: 'none', kid })}.${payload}.${signature}`,
    'alg HS256': `${enc({ typ: 'oauth-authz-req+jwt', alg: 'HS256', kid })}.${payload}.${signature}`,
    'typ of a token': await company.signRequest({ header: { typ: 'preference-token+jwt' } }), 'typ JWT': await company.signRequest({ header: { typ: 'JWT' } }), 'typ missing': await company.signRequest({ header: { typ: undefined } }),
    'jku': await company.signRequest({ header: { jku: 'https://evil.example/jwks.json' } }), 'x5u': await company.signRequest({ header: { x5u: 'https://evil.example/cert' } }), 'jwk in the header': await company.signRequest({ header: { jwk: stranger.jwk }, signer: stranger }),
    'crit': await company.signRequest({ header: { crit: ['b64'], b64: true } }), 'kid that is a path': `${enc({ typ: 'oauth-authz-req+jwt', alg: 'ES256', kid: 7 })}.${payload}.${signature}`,
    'padded base64': `${header}.${payload}.${signature}=`, 'a line break inside': `${header}.\n${payload}.${signature}`, 'standard base64': `${header}.${payload}.${'+/'.repeat(43)}`, 'stray bits': `${header}.${payload}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'x'}`,
    'a member given twice': `${header}.${enc(twice)}.${signature}`, 'not UTF-8': `${header}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.${signature}`, 'two parts': `${header}.${payload}`, 'nothing': '   ', 'words': 'hello there',
    'too large': `${header}.${'A'.repeat(65_000)}.${signature}`, 'an extra member': await company.signRequest({ payload: { redirect: 'https://evil.example' } }), 'no claims': await company.signRequest({ details: { claims: [] } }),
    'a claim nobody knows': await company.signRequest({ details: { claims: [{ claim: 'soul', precision: 1, required: true }] } }), 'a claim twice': await company.signRequest({ details: { claims: [ASKED[0], ASKED[0]] } }),
    'finer than the ladder': await company.signRequest({ details: { claims: [{ claim: 'interest', precision: 4, required: true }] } }), 'forever': await company.signRequest({ details: { duration_days: 91 } }), 'another audience': await company.signRequest({ payload: { aud: 'https://evil.example' } }),
    'dated in the future': await company.signRequest({ payload: { iat: nowS + 120 } }), 'valid for years': await company.signRequest({ payload: { exp: nowS + 200 * 86_400 } }),
    'private key in the document': await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { jwks: { keys: [{ ...company.signing.jwk, kid, d: 'A'.repeat(43) }] } } }) } }),
    'document of another domain': await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { domain: 'bank.example' } }) } }), 'document with another typ': await company.signRequest({ payload: { client_document: await company.signDocument({ header: { typ: 'oauth-authz-req+jwt' } }) } }),
    'document dated in the future': await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { iat: nowS + 3600 } }) } }), 'no document': await company.signRequest({ payload: { client_document: undefined } }),
    'the document as request': company.document, 'a link to a file': 'penchant://request?request_uri=file:///etc/passwd', 'a link to plain http': 'penchant://request?request_uri=http://shop.example/r', 'a link with a user name': 'penchant://request?request_uri=https://a:b@shop.example/r',
    'a link with both': `penchant://request?request=${good}&request_uri=https://shop.example/r`, 'a link with two': `penchant://request?request=${good}&request=${good}`, 'a link to something else': `penchant://unlock?request=${good}`, 'another scheme': `https://request?request=${good}`,
  };
  for (const [name, text] of Object.entries(invalid)) await expect(vault.consent.open(text), name).rejects.toThrow(code('ERR_REQUEST_INVALID'));

  expect(vault.db.query<{ n: number }>('SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM companies) + (SELECT count(*) FROM audit) AS n').get()?.n).toBe(0);
  expect(vault.events).toEqual([]);
});

test('a request_uri is fetched once, bounded, without redirects; whatever goes wrong is one clear code', async () => {
  let answer: (path: string) => { status: number; body: string | Buffer; headers?: Record<string, string> } = () => ({ status: 404, body: '' });
  const server = createServer((request, response) => { const { status, body, headers } = answer(request.url ?? ''); response.writeHead(status, headers).end(body); }).listen(0, '127.0.0.1');
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { vault, company } = await setUp({ fetch: globalThis.fetch });
  const open = (path: string) => vault.consent.open(`penchant://request?request_uri=${encodeURIComponent(origin + path)}`);
  const jws = await company.signRequest();
  for (const bad of [{ status: 404, body: '' }, { status: 302, body: '', headers: { location: `${origin}/there` } }, { status: 200, body: Buffer.alloc(70_000, 0x61) }, { status: 200, body: Buffer.from([0xff]) }]) {
    answer = () => bad;
    await expect(open('/r.jwt')).rejects.toThrow(code('ERR_COMPANY_UNREACHABLE'));
  }
  answer = () => ({ status: 200, body: `penchant://request?request_uri=${origin}/again` });
  await expect(open('/r.jwt')).rejects.toThrow(code('ERR_REQUEST_INVALID'));
  await expect(vault.consent.open('penchant://request?request_uri=http://127.0.0.1:1/r.jwt')).rejects.toThrow(code('ERR_COMPANY_UNREACHABLE'));
  const asked: string[] = [];
  answer = (path) => { asked.push(path); return { status: 200, body: jws }; };
  expect((await open('/r.jwt')).state).toBe('open');
  expect((await open('/.well-known/preference-request')).state).toBe('open');
  // What may be a command to a local program is never called.
  for (const path of ['/admin/shutdown?now=1', '/r', '/', '/r.jwt?x=1', '/.well-known/x?y', '/.well-known/../admin', '/.well-known/%2e%2e/admin', '/r.jwt/admin', '/r#.jwt']) await expect(open(path), path).rejects.toThrow(code('ERR_REQUEST_INVALID'));
  expect(asked).toEqual(['/r.jwt', '/.well-known/preference-request']);
});

test('identity: unverified, then verified when the domain serves the key, mismatch when it serves another, unchanged when it serves no document', async () => {
  let served = '<html>not found</html>';
  const server = createServer((request, response) => { response.writeHead(request.url === '/.well-known/preference-client.json' ? 200 : 404).end(served); }).listen(0, '127.0.0.1');
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  await new Promise((resolve) => server.once('listening', resolve));
  const companyId = 'https://shop.example';
  const port = (server.address() as AddressInfo).port;
  // The name leads to a real server; everything else of the call is as it is.
  const { vault } = await setUp({ fetch: (input, init) => globalThis.fetch((input as string).replace(companyId, `http://127.0.0.1:${port}`), init) });
  const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId });
  const impostor = await testCompany({ nowMs: vault.clock.nowMs(), companyId });
  const flat = (jws: string) => { const [header, payload, signature] = jws.split('.'); return JSON.stringify({ payload, protected: header, signature }); };
  const real = await vault.consent.open(await company.signRequest());
  const fake = await vault.consent.open(await impostor.signRequest());
  expect([real.company.identity, fake.company.identity]).toEqual(['unverified', 'unverified']);
  await expect(vault.consent.checkIdentity(real.requestId)).rejects.toThrow(code('ERR_COMPANY_UNREACHABLE'));
  expect(vault.consent.request(real.requestId).company).toMatchObject({ identity: 'unverified', checkedAtMs: null });
  served = flat(company.document);
  expect((await vault.consent.checkIdentity(real.requestId)).company).toMatchObject({ identity: 'verified', checkedAtMs: vault.clock.nowMs() });
  expect((await vault.consent.checkIdentity(fake.requestId)).company.identity).toBe('mismatch');
  expect(vault.consent.request(real.requestId).company.identity).toBe('verified');
  const newer = await company.signRequest({ payload: { client_document: await company.signDocument({ payload: { name: 'Shop & Sons' } }) } });
  expect((await vault.consent.open(newer)).company).toMatchObject({ name: 'Shop & Sons', identity: 'verified' });
  served = flat(await company.signDocument({ signer: await testKey() }));
  expect((await vault.consent.checkIdentity(real.requestId)).company.identity).toBe('mismatch');
  expect(vault.entries().filter((entry) => entry.type === 'company.checked').map((entry) => [entry.outcome, entry.reason])).toEqual([['refused', 'ERR_COMPANY_UNREACHABLE'], ['ok', 'verified'], ['refused', 'mismatch'], ['refused', 'mismatch']]);
});

test('identity: an address on this computer is never verified, for any program could stand behind it; another key there is still a mismatch', async () => {
  let served = '';
  const server = createServer((_request, response) => { response.end(served); }).listen(0, '127.0.0.1');
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  await new Promise((resolve) => server.once('listening', resolve));
  const { vault } = await setUp({ fetch: globalThis.fetch });
  const companyId = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId, name: 'A well-known bank' });
  const flat = (jws: string) => { const [header, payload, signature] = jws.split('.'); return JSON.stringify({ payload, protected: header, signature }); };
  served = flat(company.document);
  const { requestId } = await vault.consent.open(await company.signRequest());
  expect((await vault.consent.checkIdentity(requestId)).company).toMatchObject({ identity: 'unverified', checkedAtMs: vault.clock.nowMs() });
  expect(vault.entries().at(-1)).toMatchObject({ type: 'company.checked', outcome: 'refused', reason: 'this-computer-only' });
  served = flat(await company.signDocument({ signer: await testKey() }));
  expect((await vault.consent.checkIdentity(requestId)).company.identity).toBe('mismatch');
});

test('the domain a document names is the whole host of its address, port included', async () => {
  const { vault } = await setUp();
  for (const [companyId, domain] of [['http://127.0.0.1:8080', '127.0.0.1'], ['https://shop.example:8443', 'shop.example'], ['https://shop.example', 'shop.example:443'], ['https://shop.example', 'Shop.example']] as const) {
    const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId, document: { domain } });
    await expect(vault.consent.open(await company.signRequest()), domain).rejects.toThrow(code('ERR_REQUEST_INVALID'));
  }
  const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://shop.example:8443' });
  expect((await vault.consent.open(await company.signRequest())).company.domain).toBe('shop.example:8443');
});

test('an impostor under the same address gets another pseudonym and another issuer', async () => {
  const { vault, company } = await setUp();
  const impostor = await testCompany({ nowMs: vault.clock.nowMs() });
  const payloads = [await granted(vault, company), await granted(vault, impostor), await granted(vault, company)].map(({ token }) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; iss: string; jti: string });
  expect(payloads[0]?.sub).toBe(payloads[2]?.sub);
  expect(payloads[0]?.iss).toBe(payloads[2]?.iss);
  expect(payloads[0]?.sub).not.toBe(payloads[1]?.sub);
  expect(payloads[0]?.iss).not.toBe(payloads[1]?.iss);
  expect(new Set(payloads.map((payload) => payload.jti)).size).toBe(3);
  vault.clock.advance(90 * DAY_MS);
  const later = JSON.parse(Buffer.from((await granted(vault, await testCompany({ nowMs: vault.clock.nowMs(), signing: company.signing }))).token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; iss: string };
  expect([later.sub === payloads[0]?.sub, later.iss === payloads[0]?.iss]).toEqual([false, false]);
});

test('a grant never goes beyond what was asked, each excess with its code; nothing is stored by a refused decision', async () => {
  const { vault, company } = await setUp();
  const view = await vault.consent.open(await company.signRequest());
  const { requestId, asks } = view;
  const all = asks.map(({ claim, precision }) => ({ claim, precision }));
  const nowMs = vault.clock.nowMs();
  const grant = (choices: Partial<Parameters<typeof vault.consent.grant>[1]>) => () => vault.consent.grant(requestId, { claims: all, ...choices });
  expect(grant({ claims: [] })).toThrow(code('ERR_GRANT_EMPTY'));
  expect(grant({ claims: [{ claim: 'age', precision: 1 }] })).toThrow(code('ERR_CLAIM_REQUIRED'));
  expect(grant({ claims: [...all, { claim: 'region', precision: 1 }] })).toThrow(code('ERR_CLAIM_NOT_ASKED'));
  expect(grant({ claims: [{ claim: 'interest', precision: 3 }] })).toThrow(code('ERR_PRECISION_INVALID'));
  expect(grant({ claims: [{ claim: 'interest', precision: 0 }] })).toThrow(code('ERR_PRECISION_INVALID'));
  expect(grant({ claims: [{ claim: 'interest', precision: 1 }, { claim: 'interest', precision: 2 }] })).toThrow(code('ERR_PRECISION_INVALID'));
  expect(grant({ expiresAtMs: nowMs })).toThrow(code('ERR_DURATION_INVALID'));
  expect(grant({ expiresAtMs: nowMs + 30 * DAY_MS + 1 })).toThrow(code('ERR_DURATION_INVALID'));
  expect(grant({ cadence: { max: 4, per: 'day' } })).toThrow(code('ERR_GRANT_WIDENS'));
  expect(grant({ cadence: { max: 21, per: 'week' } })).toThrow(code('ERR_GRANT_WIDENS'));
  expect(grant({ purposes: ['https://w3id.org/dpv#TargetedAdvertising', RECOMMENDATIONS] })).toThrow(code('ERR_GRANT_WIDENS'));
  expect(grant({ purposes: ['https://w3id.org/dpv#TargetedAdvertising'] })).toThrow(code('ERR_GRANT_EMPTY'));
  expect(() => vault.consent.grant('rq_none', { claims: all })).toThrow(code('ERR_REQUEST_UNKNOWN'));
  expect(vault.types()).toEqual(['request.received']);
  expect(vault.consent.grants()).toEqual([]);

  const done = vault.consent.grant(requestId, { claims: [{ claim: 'interest', precision: 1 }], purposes: [RECOMMENDATIONS], cadence: { max: 1, per: 'week' }, expiresAtMs: nowMs + DAY_MS });
  expect(done.grant).toMatchObject({ state: 'active', version: 1, claims: [{ claim: 'interest', precision: 1 }], cadence: { max: 1, per: 'week' }, expiresAtMs: nowMs + DAY_MS, remaining: 1, redemptions: 0 });
  expect(grant({})).toThrow(code('ERR_REQUEST_DECIDED'));
  expect(() => vault.consent.deny(requestId)).toThrow(code('ERR_REQUEST_DECIDED'));
  expect(vault.consent.request(requestId)).toMatchObject({ state: 'granted', grantId: done.grantId, decidedAtMs: nowMs, activeGrants: [done.grantId] });
  const kept = vault.db.query<{ shown: string }>('SELECT shown FROM grant_versions').get()?.shown ?? '';
  // What it kept of what was asked, and how it was chosen; never what is true of the person.
  expect(JSON.parse(kept)).toMatchObject({ declared: view.declared, claimed: view.claimed.filter((sentence) => !sentence.includes('Sort the shop')), crowd: expect.anything() as unknown });
  expect((JSON.parse(kept) as { enforced: string[] }).enforced.join(' ')).toMatch(/It ends on .* At most once a week/u);
  expect(kept).not.toMatch(/baking|Nordlicht|30-34/);
});

test('a request left lying expires and can no longer be granted; a no can still be said', async () => {
  const { vault, company } = await setUp();
  const { requestId } = await vault.consent.open(await company.signRequest());
  vault.clock.advance(8 * DAY_MS);
  expect(vault.consent.request(requestId).state).toBe('expired');
  expect(() => vault.consent.grant(requestId, { claims: [{ claim: 'interest', precision: 1 }] })).toThrow(code('ERR_REQUEST_EXPIRED'));
  expect(vault.consent.deny(requestId).state).toBe('denied');
});

test('brands: none leaves unless approved by name for this company', async () => {
  const { vault, company } = await setUp();
  const { requestId } = await vault.consent.open(await company.signRequest());
  const scope = vault.consent.scopeFor(requestId, [{ claim: 'brand', precision: 1 }]);
  expect(vault.answer(scope, [], null)[0]).toMatchObject({ value: null, withheld: [{ reason: 'not-approved', count: 2 }] });
  expect(vault.answer(scope, ['NORDLICHT ', 'Unheard of'], null)[0]).toMatchObject({ value: ['Nordlicht'], withheld: [{ reason: 'not-approved', count: 1 }] });
  vault.setPreferences([...PROFILE, preference('brand', 'Quiet', { sensitive: true })]);
  expect(vault.answer(scope, ['Quiet'], null)[0]).toMatchObject({ value: null });
});

test('the list of companies sums up what each ever got', async () => {
  const { vault, company } = await setUp();
  const one = await granted(vault, company, {}, { claims: [{ claim: 'interest', precision: 2 }, { claim: 'age', precision: 1 }] });
  await granted(vault, company, {}, { claims: [{ claim: 'interest', precision: 1 }] });
  await vault.consent.open(await company.signRequest());
  vault.consent.revoke(one.grantId);
  const [summary] = vault.consent.companies();
  expect(summary).toMatchObject({ company: { companyId: 'https://shop.example' }, activeGrants: 1, grants: 2, openRequests: 1, redemptions: 0 });
  expect(summary?.claimsEver.toSorted((a, b) => a.claim.localeCompare(b.claim))).toEqual([{ claim: 'age', precision: 1 }, { claim: 'interest', precision: 2 }]);
});
