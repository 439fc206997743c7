/** A company gets a token, redeems it over a real socket and loses it; every signature checked by libraries that are not ours. */
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { SDJwtInstance } from '@sd-jwt/core';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import { expect, test } from 'vitest';
import { claimToken, consentVault, type ConsentVault, freshNonce, granted, preference, PROFILE, redeem, withForm } from '../support/consent-vault.ts';
import { ASKED, PERSONALISATION, provenCall, rawCall, RECOMMENDATIONS, testCompany, testKey, type RawReply, type TestCompany } from '../support/test-company.ts';

const DAY_MS = 86_400_000;

async function setUp(change: Parameters<typeof granted>[2] = {}, choices: Parameters<typeof granted>[3] = {}) {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const grant = await granted(vault, company, change, { brands: ['nordlicht'], ...choices });
  return { vault, company, ...grant };
}

/** Status line, all headers in order, body: everything a company can see of a reply. Of the nonce, drawn anew for each, only its form. */
const bytesOf = (reply: RawReply): string => JSON.stringify([reply.status, reply.rawHeaders.map((value, i) => (reply.rawHeaders[i - 1] === 'DPoP-Nonce' ? value.replace(/[A-Za-z0-9_-]/g, 'n') : value)), reply.body]);

async function openAnswer(answer: string, token: string) {
  const { jwk } = decodeProtectedHeader(token);
  const key = await importJWK(jwk as JWK, 'ES256');
  const checker = new SDJwtInstance({
    verifier: async (data, signature) => { await compactVerify(`${data}.${signature}`, key); return true; },
    hasher: (data) => createHash('sha256').update(typeof data === 'string' ? data : Buffer.from(data)).digest(), hashAlg: 'sha-256',
  });
  return (await checker.verify(answer, { currentDate: Math.floor(Date.UTC(2026, 10, 23, 12) / 1000) })).payload as Record<string, unknown>;
}

test('a granted token is a capability without values, verified by jose', async () => {
  const { vault, company, token } = await setUp();
  const { jwk } = decodeProtectedHeader(token);
  const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk as JWK, 'ES256'), { audience: company.companyId, typ: 'preference-token+jwt', currentDate: new Date(vault.clock.nowMs()) });
  expect(protectedHeader).toEqual({ typ: 'preference-token+jwt', alg: 'ES256', jwk });
  expect(payload.iss).toBe(`urn:ietf:params:oauth:jwk-thumbprint:sha-256:${await calculateJwkThumbprint(jwk as JWK)}`);
  expect(payload['cnf']).toEqual({ jkt: company.dpop.jkt });
  expect((payload.iat ?? 1) % 3600).toBe(0);
  expect((payload.exp ?? 1) % 3600).toBe(0);
  expect(payload['redemption_endpoint']).toBe('http://127.0.0.1:47816/v1/redeem');
  expect(JSON.stringify(payload)).not.toMatch(/baking|cooking|Nordlicht|30-34/i);
});

test('an answer is an SD-JWT that @sd-jwt/core verifies, with exactly the anonymized claims', async () => {
  const { vault, company, token } = await setUp();
  const reply = await redeem(vault, company, token);
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/sd-jwt']);
  const payload = await openAnswer(reply.body, token);
  expect(payload).toMatchObject({
    iss: (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: string }).iss, aud: company.companyId, vct: 'urn:penchant:preferences:1',
    interest: [{ node: 'food.cooking', label: 'Cooking', iab: '215', strength: 'strong' }, { node: 'travel.rail', label: 'Rail travel', iab: '660', strength: 'some' }],
    price_band: [{ department: 'books', band: 'middle' }], brand: ['Nordlicht'], age: '30-39',
    assurance: { interest: 'derived', price_band: 'derived', brand: 'derived', age: 'self-asserted' },
  });
  expect(payload['exp']).toBeLessThanOrEqual(Math.floor(vault.clock.nowMs() / 1000) + 86_400);
  expect(Number(payload['iat']) % 60).toBe(0);
  expect(reply.body).not.toContain(Buffer.from('mental').toString('base64url').slice(0, 6));
});

test('what is said is what the preview showed', async () => {
  const { vault, company, token, grantId } = await setUp();
  const shown = vault.answer(vault.consent.grantRecord(grantId).claims, vault.consent.grantRecord(grantId).brands, company.companyId);
  const payload = await openAnswer((await redeem(vault, company, token)).body, token);
  for (const { claim, value } of shown) expect(payload[claim] ?? null).toEqual(value);
});

test('salts are fresh, digests sorted and padded with a varying number of decoys', async () => {
  const { vault, company, token } = await setUp({ details: { cadence: { max: 40, per: 'day' } } }, { claims: [{ claim: 'interest', precision: 1 }] });
  const sizes = new Set<number>();
  const salts = new Set<string>();
  for (let i = 0; i < 24; i++) {
    const { body } = await redeem(vault, company, token);
    const [jws = '', ...disclosures] = body.split('~').filter((part) => part !== '');
    const { _sd: digests } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { _sd: string[] };
    expect(disclosures).toHaveLength(1);
    expect(digests).toEqual(digests.toSorted());
    expect(digests.length).toBeGreaterThanOrEqual(16);
    sizes.add(digests.length);
    const [salt] = JSON.parse(Buffer.from(disclosures[0] ?? '', 'base64url').toString()) as [string];
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    salts.add(salt);
  }
  expect(salts.size).toBe(24);
  expect(sizes.size).toBeGreaterThan(4);
});

test('a revoked token fails at the very next redemption with the bytes an unknown token gets; introspection and status list say so too', async () => {
  const { vault, company, token, grantId } = await setUp();
  const statusOf = async (): Promise<boolean> => {
    const { status } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { status: { status_list: { idx: number; uri: string } } };
    const { idx, uri } = status.status_list;
    const reply = await rawCall(vault.base + new URL(uri).pathname, { method: 'GET' });
    expect(reply.headers['content-type']).toBe('application/statuslist+jwt');
    const { jwk } = decodeProtectedHeader(token);
    const { payload } = await jwtVerify(reply.body, await importJWK(jwk as JWK, 'ES256'), { typ: 'statuslist+jwt', currentDate: new Date(vault.clock.nowMs()) });
    expect(payload.sub).toBe(uri);
    const { bits, lst } = payload['status_list'] as { bits: number; lst: string };
    expect(bits).toBe(1);
    const list = inflateSync(Buffer.from(lst, 'base64url'));
    return (((list[idx >> 3] ?? 0) >> (idx & 7)) & 1) === 1;
  };
  expect((await redeem(vault, company, token)).status).toBe(200);
  expect(JSON.parse((await withForm(vault, company, '/v1/introspect', token)).body)).toMatchObject({ active: true, aud: company.companyId, cnf: { jkt: company.dpop.jkt } });
  expect(await statusOf()).toBe(false);

  expect(vault.consent.revoke(grantId).state).toBe('revoked');
  const refused = await redeem(vault, company, token);
  const unknown = await redeem(vault, company, `${token.slice(0, -4)}AAAA`);
  expect(refused.status).toBe(401);
  expect(bytesOf(refused)).toBe(bytesOf(unknown));
  expect((await withForm(vault, company, '/v1/introspect', token)).body).toBe('{"active":false}');
  expect(await statusOf()).toBe(true);
  expect(vault.types()).toEqual(['request.received', 'request.granted', 'redemption.allowed', 'introspection', 'grant.revoked', 'redemption.refused', 'introspection']);
  expect(vault.entries().at(-2)).toMatchObject({ reason: 'revoked', outcome: 'refused', grantId });
  expect((await vault.audit.verify()).ok).toBe(true);
});

test('unknown, revoked, returned, expired and another key’s token all get the same bytes', async () => {
  const { vault, company, token: revoked, grantId } = await setUp();
  const other = await testKey();
  const { token: returned } = await granted(vault, company);
  const { token: expired } = await granted(vault, company, {}, { expiresAtMs: vault.clock.nowMs() + 60_000 });
  const { token: live } = await granted(vault, company);
  vault.consent.revoke(grantId);
  expect((await withForm(vault, company, '/v1/revoke', returned)).status).toBe(200);
  vault.clock.advance(60_000);
  const unknown = bytesOf(await redeem(vault, company, 'aaaa.bbbb.cccc'));
  for (const token of [revoked, returned, expired]) expect(bytesOf(await redeem(vault, company, token))).toBe(unknown);
  expect(bytesOf(await redeem(vault, company, live, undefined, { key: other }))).toBe(unknown);
  expect(bytesOf(await rawCall(`${vault.base}/v1/redeem`, { body: '{}' }))).toBe(unknown);
  expect((await redeem(vault, company, live)).status).toBe(200);
  expect(vault.entries().filter((entry) => entry.type === 'redemption.refused').map((entry) => entry.reason)).toEqual(['revoked', 'returned', 'expired', 'key-mismatch']);
});

test('an unknown token costs a durable write like a known one, so that time does not tell them apart', async () => {
  const { vault, company } = await setUp();
  const seen = () => vault.db.query<{ seen: number }>('SELECT seen FROM unknown_tokens').get()?.seen;
  await redeem(vault, company, 'a.b.c');
  await withForm(vault, company, '/v1/introspect', 'a.b.c');
  await withForm(vault, company, '/v1/revoke', 'a.b.c');
  expect(seen()).toBe(3);
});

test('a denied request looks like one nobody has seen, byte for byte', async () => {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const submit = async () => rawCall(`${vault.base}/v1/requests`, { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ request: await company.signRequest() }) });
  const [first, second] = [await submit(), await submit()];
  expect([first.status, second.status]).toEqual([202, 202]);
  const handles = [first, second].map((reply) => (JSON.parse(reply.body) as { request_handle: string }).request_handle);
  const [denied = '', open = ''] = handles;
  const views = vault.consent.requests();
  expect(views).toHaveLength(2);
  const deniedId = vault.db.query<{ request_id: string }>('SELECT request_id FROM requests WHERE handle = ?').get(denied)?.request_id ?? '';
  vault.consent.deny(deniedId);
  const replies = [await claimToken(vault, company, denied), await claimToken(vault, company, open), await claimToken(vault, company, 'A'.repeat(32)), await claimToken(vault, company, open, { key: await testKey() })];
  expect(new Set(replies.map(bytesOf)).size).toBe(1);
  expect(JSON.parse(replies[0]?.body ?? '')).toEqual({ status: 'pending', interval: 5 });

  const openId = views.find((view) => view.requestId !== deniedId)?.requestId ?? '';
  const { token, grantId } = vault.consent.grant(openId, { claims: [{ claim: 'interest', precision: 1 }] });
  expect(JSON.parse((await claimToken(vault, company, open)).body)).toEqual({ status: 'granted', token });
  expect(bytesOf(await claimToken(vault, company, open, { key: await testKey() }))).toBe(bytesOf(await claimToken(vault, company, denied)));
  vault.consent.revoke(grantId);
  expect(bytesOf(await claimToken(vault, company, open))).toBe(bytesOf(await claimToken(vault, company, denied)));
});

test('narrowing bites at the next redemption and cannot be told from having nothing to say', async () => {
  const { vault, company, token, grantId } = await setUp({ details: { cadence: { max: 20, per: 'day' } } });
  expect(await openAnswer((await redeem(vault, company, token)).body, token)).toHaveProperty('age');
  const narrowed = vault.consent.narrow(grantId, { claims: [{ claim: 'interest', precision: 1 }] });
  expect(narrowed).toMatchObject({ version: 2, claims: [{ claim: 'interest', precision: 1 }] });
  const payload = await openAnswer((await redeem(vault, company, token)).body, token);
  expect(payload['interest']).toEqual([{ node: 'food', label: 'Food & drink', iab: '210', strength: 'strong' }, { node: 'travel', label: 'Travel', iab: '653', strength: 'some' }]);
  for (const gone of ['age', 'brand', 'price_band']) expect(payload).not.toHaveProperty(gone);
  expect((await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['age'] })).status).toBe(200);
  expect((await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['region'] })).status).toBe(403);

  vault.consent.narrow(grantId, { cadence: { max: 4, per: 'day' } });
  expect((await redeem(vault, company, token)).status).toBe(200);
  expect((await redeem(vault, company, token)).status).toBe(429);
  expect(() => vault.consent.narrow(grantId, { cadence: { max: 5, per: 'day' } })).toThrow(expect.objectContaining({ code: 'ERR_GRANT_WIDENS' }));
  expect(() => vault.consent.narrow(grantId, { claims: [{ claim: 'interest', precision: 2 }] })).toThrow(expect.objectContaining({ code: 'ERR_GRANT_WIDENS' }));
});

test('a change of the profile is in the very next answer', async () => {
  const { vault, company, token } = await setUp();
  await redeem(vault, company, token);
  vault.setPreferences(PROFILE.filter((item) => item.claim !== 'age').concat(preference('interest', 'travel', { strength: 0.9 })));
  const payload = await openAnswer((await redeem(vault, company, token)).body, token);
  expect(payload).not.toHaveProperty('age');
  expect(payload['interest']).toContainEqual({ node: 'travel', label: 'Travel', iab: '653', strength: 'strong' });
});

test('expiry is enforced by the clock at every redemption, to the millisecond', async () => {
  const end = Date.UTC(2026, 10, 23, 12) + 90 * 60_000;
  const { vault, company, token, grantId } = await setUp({}, { expiresAtMs: end });
  vault.clock.set(end - 1);
  expect((await redeem(vault, company, token)).status).toBe(200);
  vault.clock.set(end);
  expect((await redeem(vault, company, token)).status).toBe(401);
  expect(vault.consent.grants().find((grant) => grant.grantId === grantId)).toMatchObject({ state: 'expired', endedAtMs: end, remaining: 0 });
  vault.consent.grants();
  expect(vault.types().filter((type) => type === 'grant.expired')).toHaveLength(1);
  expect(() => vault.consent.token(grantId)).toThrow(expect.objectContaining({ code: 'ERR_GRANT_ENDED' }));
});

test('cadence: the fourth question of a day gets 429 with the seconds to wait, the next window opens again', async () => {
  const { vault, company, token, grantId } = await setUp();
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await redeem(vault, company, token)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  vault.clock.advance(3_600_000);
  const slow = await redeem(vault, company, token);
  expect([slow.status, slow.headers['retry-after']]).toEqual([429, String(23 * 3600)]);
  expect(vault.consent.grants()[0]).toMatchObject({ grantId, remaining: 0, redemptions: 3, refused: 2 });
  vault.clock.advance(23 * 3_600_000);
  expect(vault.consent.grants()[0]).toMatchObject({ remaining: 3 });
  expect((await redeem(vault, company, token)).status).toBe(200);
  vault.clock.advance(-DAY_MS);
  expect((await redeem(vault, company, token)).status).toBe(200);
  expect(vault.consent.grants()[0]).toMatchObject({ remaining: 1 });
});

test('purpose and claims must be granted, and refusals are logged with their reason', async () => {
  const { vault, company, token } = await setUp({}, { purposes: [RECOMMENDATIONS] });
  expect((await redeem(vault, company, token, { purpose: PERSONALISATION })).status).toBe(403);
  expect((await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['region'] })).status).toBe(403);
  expect((await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['interest'] })).status).toBe(200);
  const last = vault.entries().slice(-3);
  expect(last.map((entry) => [entry.type, entry.reason])).toEqual([['redemption.refused', 'purpose-not-granted'], ['redemption.refused', 'claim-not-granted'], ['redemption.allowed', null]]);
  expect(last[2]?.claims).toEqual([{ claim: 'interest', precision: 2 }]);
});

test('giving a token back ends the grant; another key’s try changes nothing and looks the same', async () => {
  const { vault, company, token, grantId } = await setUp();
  const stranger = await withForm(vault, company, '/v1/revoke', token, { key: await testKey() });
  expect(vault.consent.grants()[0]?.state).toBe('active');
  const own = await withForm(vault, company, '/v1/revoke', token);
  expect(bytesOf(own)).toBe(bytesOf(stranger));
  expect(own.body).toBe('');
  expect(vault.consent.grants()[0]).toMatchObject({ grantId, state: 'returned' });
  expect(vault.types().at(-1)).toBe('grant.returned');
  expect(vault.events.at(-1)).toEqual({ topic: 'grants.changed', payload: { grantId } });
});

test('many redemptions at once are each answered once, logged once and counted once', async () => {
  const { vault, company, token, grantId } = await setUp({ details: { cadence: { max: 30, per: 'day' } } });
  const nonce = await freshNonce(vault);
  const replies = await Promise.all(Array.from({ length: 40 }, () => redeem(vault, company, token, undefined, { nonce })));
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(30);
  expect(replies.filter((reply) => reply.status === 429)).toHaveLength(10);
  expect(vault.consent.grantRecord(grantId).usage).toMatchObject({ redemptions: 30, refused: 10, windowUsed: 30 });
  expect(vault.types().filter((type) => type === 'redemption.allowed')).toHaveLength(30);
  const receipts = new Set(replies.filter((reply) => reply.status === 200).map((reply) => (JSON.parse(Buffer.from(reply.body.split('.')[1] ?? '', 'base64url').toString()) as { log_receipt: string }).log_receipt));
  expect(receipts.size).toBe(30);
});

test('nothing two companies hold matches over a year of epochs, deniable answers, longer tokens and refusals, beyond the words of the protocol', async () => {
  const vault = await consentVault();
  const keys = new Map<string, TestCompany['signing']>();
  const seen: Set<string>[] = [];
  for (const companyId of ['https://one.example', 'https://two.example']) {
    const held = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const signing = keys.get(companyId), company = await testCompany({ nowMs: vault.clock.nowMs(), companyId, name: companyId.slice(8), ...(signing === undefined ? {} : { signing }) });
      keys.set(companyId, company.signing);
      const { token, grantId } = await granted(vault, company, {}, { brands: ['Nordlicht'], expiresAtMs: vault.clock.nowMs() + 20 * DAY_MS, ...(round % 2 === 0 ? {} : { noise: 6 }) });
      vault.exposure.setFloor(companyId, round % 2 === 0 ? 0 : 1_000);
      vault.consent.extend(grantId, vault.clock.nowMs() + 25 * DAY_MS);
      const { status } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { status: { status_list: { uri: string } } };
      const replies = [await redeem(vault, company, token), await redeem(vault, company, vault.consent.token(grantId)), await redeem(vault, company, token), await redeem(vault, company, token), await redeem(vault, company, token), await withForm(vault, company, '/v1/introspect', token), await rawCall(vault.base + new URL(status.status_list.uri).pathname, { method: 'GET' }), await redeem(vault, company, 'a.b.c')];
      expect(replies.some(({ status }) => status === 429)).toBe(true);
      for (const text of [token, vault.consent.token(grantId), ...replies.map((reply) => reply.body)]) collect(text, held);
      vault.clock.advance(90 * DAY_MS + 67 * 60_000);
    }
    seen.push(held);
  }
  const [one, two] = seen;
  // What both are told on purpose: names of the protocol, and the preferences themselves.
  const told = new Set([
    'ES256', 'EC', 'P-256', 'DPoP', 'sha-256', 'true', 'preference-token+jwt', 'preferences+sd-jwt', 'statuslist+jwt', 'urn:penchant:preferences:1', 'http://127.0.0.1:47816/v1/redeem', RECOMMENDATIONS, PERSONALISATION, 'self-asserted', 'derived',
    'urn:penchant:problem:invalid-token', 'The token is not valid.', 'invalid_token', ...ASKED.map((asked) => asked.claim),
    'food', 'Food & drink', 'travel', 'Travel', 'home', 'Home', 'Books', 'adult', 'urn:penchant:problem:slow-down', 'slow_down', 'Asked more often than was agreed, or when nobody gets an answer.', 'food.cooking', 'Cooking', 'strong', 'travel.rail', 'Rail travel', 'some', 'books', 'middle', 'Nordlicht', '30-39',
  ]);
  // More than 20 bits: a number from 2^20 on, or four characters of base64url.
  const linking = [...(one ?? [])].filter((value) => two?.has(value) === true && !told.has(value) && (/^\d+$/.test(value) ? Number(value) >= 2 ** 20 : value.length >= 4));
  expect(linking).toEqual([]);
  expect((one?.size ?? 0) > 100 && (two?.size ?? 0) > 100).toBe(true);
});

test('what two companies are told at the same moment has no header in common that another vault would not send too', async () => {
  const vaults = [await consentVault(), await consentVault()];
  const headersOf = async (vault: ConsentVault, companyId: string): Promise<Set<string>> => {
    const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId, name: companyId.slice(8) });
    const { token, grantId } = await granted(vault, company);
    const handedIn = await rawCall(`${vault.base}/v1/requests`, { body: JSON.stringify({ request: await company.signRequest() }) });
    const replies = [
      handedIn, await claimToken(vault, company, (JSON.parse(handedIn.body) as { request_handle: string }).request_handle), await redeem(vault, company, token), await redeem(vault, company, 'a.b.c'), await redeem(vault, company, token, undefined, { nonce: 'x' }),
      await withForm(vault, company, '/v1/introspect', token), await rawCall(`${vault.base}${new URL(vault.consent.grantRecord(grantId).statusList, 'http://x/v1/status/').pathname}`, { method: 'GET' }),
      await withForm(vault, company, '/v1/revoke', token), await rawCall(`${vault.base}/nothing`, { method: 'GET' }), await rawCall(`${vault.base}/v1/redeem`, { method: 'OPTIONS' }), await rawCall(`${vault.base}/v1/redeem`, { headers: { host: 'evil.example' }, body: '' }),
      await rawCall(`${vault.base}/v1/redeem`, { headers: { expect: 'the-impossible' }, body: '' }),
    ];
    return new Set(replies.flatMap((reply) => reply.rawHeaders.flatMap((name, i) => (i % 2 === 0 && name !== 'Content-Length' ? [`${name}: ${reply.rawHeaders[i + 1] ?? ''}`] : []))));
  };
  const [here, there] = vaults;
  if (!here || !there) throw new Error('no vaults');
  const [one, two, elsewhere] = [await headersOf(here, 'https://one.example'), await headersOf(here, 'https://two.example'), await headersOf(there, 'https://three.example')];
  const nonces = [...one, ...two, ...elsewhere].filter((header) => header.startsWith('DPoP-Nonce'));
  expect(nonces.length).toBe(36);
  expect(new Set(nonces).size).toBe(36);
  expect([...one].filter((header) => two.has(header) && !elsewhere.has(header))).toEqual([]);
  expect([...one].filter((header) => two.has(header)).length).toBeGreaterThan(5);
});

/** Every scalar of every JSON inside a text, decoded through base64url parts. */
function collect(text: string, into: Set<string>): void {
  if (text.startsWith('{')) { scalars(JSON.parse(text), into); return; }
  for (const part of text.split(/[.~]/)) {
    if (part === '') continue;
    let value: unknown = part;
    try { value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')); } catch { /* A signature. */ }
    scalars(value, into);
  }
}
function scalars(value: unknown, into: Set<string>): void {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) scalars(member, into);
  else into.add(String(value));
}

test('no preference value ever stands in the log', async () => {
  const { vault, company, token, grantId } = await setUp();
  await redeem(vault, company, token);
  vault.consent.revoke(grantId);
  const log = JSON.stringify(vault.entries());
  for (const value of ['baking', 'cooking', 'Cooking', 'rail', 'Nordlicht', '30-3', 'middle']) expect(log).not.toContain(value);
});

test('the answer is not sent when its log entry cannot be kept', async () => {
  const { vault, company, token } = await setUp();
  vault.db.exec("CREATE TRIGGER no_room BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  const reply = await redeem(vault, company, token);
  expect(reply.status).toBe(500);
  expect(reply.body).not.toContain('~');
  vault.db.exec('DROP TRIGGER no_room');
  expect(vault.consent.grants()[0]?.redemptions).toBe(0);
  expect(vault.unexpected).toHaveLength(1);
  expect((await redeem(vault, company, token)).status).toBe(200);
});

test('a replayed proof is refused, and so is one from before a restart', async () => {
  const { vault, company, token } = await setUp();
  const nonce = await freshNonce(vault);
  const same = { nonce, change: { payload: { jti: 'always-the-same-jti' } } };
  expect((await redeem(vault, company, token, undefined, same)).status).toBe(200);
  const again = await redeem(vault, company, token, undefined, same);
  expect([again.status, JSON.parse(again.body)]).toMatchObject([401, { code: 'invalid_dpop_proof' }]);
  // The person reads that it was tried.
  expect(vault.entries().at(-1)).toMatchObject({ type: 'redemption.refused', reason: 'proof-invalid', companyId: company.companyId });
  vault.clock.advance(61_000);
  expect((await redeem(vault, company, token, undefined, same)).status).toBe(401);
  // Setting the clock back brings no proof back, whether it was used in this minute or long ago.
  for (const back of [61_000, 30 * 60_000]) {
    vault.clock.advance(back);
    await freshNonce(vault);
    vault.clock.advance(-back - (back === 61_000 ? back : 0));
    expect(JSON.parse((await redeem(vault, company, token, undefined, same)).body)).toMatchObject({ code: 'use_dpop_nonce' });
  }
  expect((await redeem(vault, company, token)).status).toBe(200);
  const other = await consentVault();
  const reply = await provenCall({ base: other.base, path: '/v1/redeem', key: company.dpop, nowMs: other.clock.nowMs(), token, inHeader: true, nonce, body: JSON.stringify({ purpose: RECOMMENDATIONS }) });
  expect(JSON.parse(reply.body)).toMatchObject({ code: 'use_dpop_nonce' });
});
