/** Looking after decisions: put off, always no, taken back, paused, narrowed by purpose, kept as versions and templates; over a real socket. */
import { describe, expect, test } from 'vitest';
import { companyId as companyIdOf } from '../../shared/protocol/schemas.ts';
import { suggestionFor } from '../../electron/core/consent/suggest.ts';
import { claimToken, consentVault, granted, redeem, type ConsentVault } from '../support/consent-vault.ts';
import { PERSONALISATION, RECOMMENDATIONS, testCompany } from '../support/test-company.ts';

const DAY_MS = 86_400_000;
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

async function setUp() {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const submit = async (jws?: string) => {
    const reply = await fetch(`${vault.base}/v1/requests`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ request: jws ?? (await company.signRequest()) }) });
    return { status: reply.status, body: await reply.json() as { request_handle: string } };
  };
  return { vault, company, submit };
}
const states = (vault: ConsentVault) => vault.consent.requests().map(({ state }) => state);

test('always no: what is open is told no, what comes is not kept, and the company cannot tell', async () => {
  const { vault, company, submit } = await setUp();
  const [first] = [await submit(), await submit(await company.signRequest())];
  expect(states(vault)).toEqual(['open', 'open']);
  const { requestId } = vault.consent.requests()[0] ?? { requestId: '' };
  expect(vault.consent.deny(requestId, true)).toMatchObject({ state: 'denied', alwaysRefused: true });
  expect(states(vault)).toEqual(['denied', 'denied']);
  const before = vault.entries().length;
  const third = await submit(await company.signRequest());
  expect([third.status, Object.keys(third.body)]).toEqual([first.status, Object.keys(first.body)]);
  expect([states(vault).length, vault.entries().length]).toEqual([2, before]);
  expect(JSON.parse((await claimToken(vault, company, third.body.request_handle)).body)).toMatchObject({ status: 'pending' });
  expect(vault.consent.companies()[0]?.refusedMs).toBe(vault.clock.nowMs());
  // Another one is heard as ever, and so is this one when the person opens its request by hand, or wants to hear it again.
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
  expect((await vault.consent.open(await other.signRequest())).alwaysRefused).toBe(false);
  expect(await vault.consent.open(await company.signRequest())).toMatchObject({ state: 'open', alwaysRefused: true });
  vault.consent.refuse(company.companyId, false);
  vault.consent.refuse(company.companyId, false);
  await submit(await company.signRequest());
  expect(states(vault).filter((state) => state === 'open')).toHaveLength(3);
  expect(vault.types().filter((type) => type.startsWith('company.'))).toEqual(['company.refused', 'company.heard']);
  expect(() => { vault.consent.refuse('https://nobody.example', true); }).toThrow(code('ERR_COMPANY_UNKNOWN'));
});

test('a company has one address: no other spelling of it is another company', async () => {
  const { vault, submit } = await setUp();
  for (const companyId of ['https://shop.example:443', 'https://shop.example:0443', 'https://127.1', 'https://127.0.0.01', 'https://0x7f.1', 'http://localhost:80', 'https://localhost', 'https://shop.localhost', 'https://127.0.0.2', 'https://10.0.0.1', 'https://printer', 'https://router.local', 'https://shop..example']) {
    const alias = await testCompany({ nowMs: vault.clock.nowMs(), companyId });
    expect((await submit(await alias.signRequest())).status, companyId).toBe(400);
  }
  // No address at all, as far as a browser goes.
  expect(companyIdOf.safeParse('https://999.1.1.1').success).toBe(false);
  const elsewhere = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://shop.example:8443' });
  expect((await submit(await elsewhere.signRequest())).status).toBe(202);
});

test('a request of a company that is always told no costs a durable write like any other', async () => {
  const { vault, company, submit } = await setUp();
  await submit();
  vault.consent.refuse(company.companyId, true);
  const writes = () => vault.db.query<{ seen: number }>('SELECT seen FROM unknown_tokens').get()?.seen ?? 0;
  const before = writes();
  await submit();
  expect(writes()).toBe(before + 1);
});

test('a permission that is there stays when its company is told no for good', async () => {
  const { vault, company } = await setUp();
  const { token } = await granted(vault, company);
  vault.consent.refuse(company.companyId, true);
  expect((await redeem(vault, company, token)).status).toBe(200);
});

test('a no is taken back while the request has not run out, and then it can be allowed', async () => {
  const { vault, company } = await setUp();
  const { requestId } = await vault.consent.open(await company.signRequest());
  expect(vault.consent.reconsider(requestId).state).toBe('open');
  vault.consent.deny(requestId);
  expect(vault.consent.reconsider(requestId)).toMatchObject({ state: 'open', decidedAtMs: null });
  const { grantId } = vault.consent.grant(requestId, { claims: [{ claim: 'interest', precision: 1 }] });
  expect(() => vault.consent.reconsider(requestId)).toThrow(code('ERR_REQUEST_DECIDED'));
  vault.consent.revoke(grantId);
  const late = await vault.consent.open(await company.signRequest());
  vault.consent.deny(late.requestId);
  vault.clock.advance(400 * DAY_MS);
  expect(() => vault.consent.reconsider(late.requestId)).toThrow(code('ERR_REQUEST_EXPIRED'));
  expect(vault.consent.request(late.requestId).state).toBe('denied');
});

test('put off: it waits until then, is decided all the same, and looks to the company as before', async () => {
  const { vault, company, submit } = await setUp();
  const { body } = await submit();
  const { requestId } = vault.consent.requests()[0] ?? { requestId: '' };
  const untilMs = vault.clock.nowMs() + DAY_MS;
  expect(vault.consent.later(requestId, untilMs)).toMatchObject({ state: 'open', laterMs: untilMs });
  expect(JSON.parse((await claimToken(vault, company, body.request_handle)).body)).toMatchObject({ status: 'pending' });
  expect(vault.consent.later(requestId, null).laterMs).toBeNull();
  // A day before it runs out at the latest.
  expect(vault.consent.later(requestId, Number.MAX_SAFE_INTEGER).laterMs).toBe((vault.consent.request(requestId).expiresAtMs) - DAY_MS);
  vault.consent.later(requestId, untilMs);
  expect(vault.consent.deny(requestId)).toMatchObject({ state: 'denied', laterMs: null });
  expect(() => vault.consent.later(requestId, untilMs)).toThrow(code('ERR_REQUEST_DECIDED'));
});

test('paused: no answers until it is resumed, told like any other quiet, and the token is worth the same afterwards', async () => {
  const { vault, company } = await setUp();
  const { token, grantId } = await granted(vault, company, { details: { cadence: { max: 40, per: 'day' } } });
  expect((await redeem(vault, company, token)).status).toBe(200);
  expect(vault.consent.pause(grantId)).toMatchObject({ state: 'active', version: 2, pausedMs: vault.clock.nowMs() });
  expect(vault.consent.pause(grantId).version).toBe(2);
  const reply = await redeem(vault, company, token);
  expect([reply.status, reply.headers['retry-after'], JSON.parse(reply.body)]).toMatchObject([429, '3600', { code: 'slow_down' }]);
  expect(vault.entries().at(-1)).toMatchObject({ type: 'redemption.refused', reason: 'permission-paused' });
  vault.breathing.set({ pause: { untilMs: null } });
  const onBreak = await redeem(vault, company, token);
  expect([onBreak.status, onBreak.body]).toEqual([reply.status, reply.body]);
  vault.breathing.set({ pause: null });
  expect(vault.consent.resume(grantId)).toMatchObject({ version: 3, pausedMs: null });
  expect((await redeem(vault, company, token)).status).toBe(200);
  vault.consent.revoke(grantId);
  expect(() => vault.consent.pause(grantId)).toThrow(code('ERR_GRANT_ENDED'));
  expect(() => vault.consent.resume('nobody')).toThrow(code('ERR_GRANT_UNKNOWN'));
});

test('a purpose that is dropped gets nothing at the next question, as if nobody were answered, and every change is a version with what was seen', async () => {
  const { vault, company } = await setUp();
  const purposes = [{ iri: RECOMMENDATIONS, text: 'Suggest' }, { iri: PERSONALISATION, text: 'Arrange' }];
  const { token, grantId } = await granted(vault, company, { details: { purposes, cadence: { max: 40, per: 'day' } } });
  expect((await redeem(vault, company, token, { purpose: PERSONALISATION })).status).toBe(200);
  expect(() => vault.consent.narrow(grantId, { purposes: ['https://w3id.org/dpv#Other'] })).toThrow(code('ERR_GRANT_WIDENS'));
  expect(() => vault.consent.narrow(grantId, { purposes: [] })).toThrow(code('ERR_GRANT_EMPTY'));
  expect(vault.consent.narrow(grantId, { purposes: [RECOMMENDATIONS] }).purposes.map(({ iri }) => iri)).toEqual([RECOMMENDATIONS]);
  const dropped = await redeem(vault, company, token, { purpose: PERSONALISATION });
  expect([dropped.status, dropped.headers['retry-after']]).toEqual([429, '3600']);
  expect(vault.entries().at(-1)).toMatchObject({ type: 'redemption.refused', reason: 'purpose-not-granted' });
  expect((await redeem(vault, company, token, { purpose: 'https://w3id.org/dpv#SellDataToThirdParties' })).status).toBe(403);
  expect((await redeem(vault, company, token, { purpose: RECOMMENDATIONS })).status).toBe(200);
  vault.consent.narrow(grantId, { claims: [{ claim: 'interest', precision: 1 }] });
  vault.consent.pause(grantId);
  vault.consent.resume(grantId);
  const versions = vault.consent.versions(grantId);
  expect(versions.map(({ version, change, purposes: kept, claims }) => [version, change, kept.length, claims.length > 1])).toEqual([
    [1, 'given', 2, true], [2, 'narrowed', 1, true], [3, 'narrowed', 1, false], [4, 'paused', 1, false], [5, 'resumed', 1, false],
  ]);
  expect(versions[0]?.shown?.enforced.length).toBeGreaterThan(3);
  // Each says what held from then on, in the sentences of the screen, and how many would fit.
  const said = versions.map(({ shown }) => shown?.enforced.join(' ') ?? '');
  expect(said.map((text) => text.includes('It is paused'))).toEqual([false, false, false, true, false]);
  expect(said.every((text) => /It ends on \d+ \w+ \d{4}/u.test(text) && text.includes('At most 40 times a day'))).toBe(true);
  expect(versions.map(({ shown }) => shown?.claimed.filter((sentence) => sentence.includes('use this to')).length)).toEqual([2, 1, 1, 1, 1]);
  expect(versions.every(({ crowd }) => crowd !== null && crowd.fewest > 0 && crowd.most >= crowd.fewest)).toBe(true);
  expect(() => vault.consent.versions('nobody')).toThrow(code('ERR_GRANT_UNKNOWN'));
});

test('lasting longer: at most as asked, under the same name; the first token works on and the company collects the next one', async () => {
  const { vault, company, submit } = await setUp();
  const { body } = await submit(await company.signRequest({ details: { duration_days: 30, cadence: { max: 40, per: 'day' } } }));
  const { requestId } = vault.consent.requests()[0] ?? { requestId: '' };
  const givenMs = vault.clock.nowMs();
  const { grantId, token, grant } = vault.consent.grant(requestId, { claims: [{ claim: 'interest', precision: 1 }], expiresAtMs: givenMs + 7 * DAY_MS });
  expect(grant.longestMs).toBe(givenMs + 30 * DAY_MS);
  for (const [untilMs, expected] of [[givenMs + 7 * DAY_MS, 'ERR_DURATION_INVALID'], [givenMs + 31 * DAY_MS, 'ERR_GRANT_WIDENS']] as const) expect(() => vault.consent.extend(grantId, untilMs)).toThrow(code(expected));
  vault.clock.advance(6 * DAY_MS);
  expect(vault.consent.extend(grantId, givenMs + 30 * DAY_MS)).toMatchObject({ version: 2, expiresAtMs: givenMs + 30 * DAY_MS, state: 'active' });
  const { token: next } = JSON.parse((await claimToken(vault, company, body.request_handle)).body) as { token: string };
  expect(next).not.toBe(token);
  const read = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  for (const name of ['iss', 'sub', 'aud', 'cnf', 'status', 'authorization_details', 'iat']) expect(read(next)[name]).toEqual(read(token)[name]);
  expect(Number(read(next)['exp'])).toBe(Math.ceil((givenMs + 30 * DAY_MS) / 3_600_000) * 3_600);
  vault.clock.advance(10 * DAY_MS);
  for (const held of [token, next]) expect((await redeem(vault, company, held)).status).toBe(200);
  expect(vault.consent.grants()[0]?.redemptions).toBe(2);
  vault.consent.revoke(grantId);
  for (const held of [token, next]) expect((await redeem(vault, company, held)).status).toBe(401);
  expect(() => vault.consent.extend(grantId, givenMs + 30 * DAY_MS)).toThrow(code('ERR_GRANT_ENDED'));
  expect(vault.consent.versions(grantId).map(({ change, expiresAtMs }) => [change, expiresAtMs])).toEqual([['given', givenMs + 7 * DAY_MS], ['extended', givenMs + 30 * DAY_MS]]);
});

test('precision fades with every few answers, down to the coarsest, until it is renewed', async () => {
  const { vault, company } = await setUp();
  const { token, grantId } = await granted(vault, company, { details: { claims: [{ claim: 'interest', precision: 3, required: true }], cadence: { max: 40, per: 'day' } } }, { fadeEvery: 2 });
  const depth = async (): Promise<number> => {
    const { status, body } = await redeem(vault, company, token);
    expect(status).toBe(200);
    const [disclosure = ''] = body.split('~').slice(1);
    const [, , nodes] = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, { node: string }[]];
    return Math.max(...nodes.map(({ node }) => node.split('.').length));
  };
  expect([await depth(), await depth(), await depth(), await depth(), await depth(), await depth(), await depth()]).toEqual([3, 3, 2, 2, 1, 1, 1]);
  expect(vault.entries().filter(({ type }) => type === 'redemption.allowed').map(({ claims }) => claims[0]?.precision)).toEqual([3, 3, 2, 2, 1, 1, 1]);
  expect(vault.consent.grants()[0]?.fade).toEqual({ every: 2, lost: 3, now: [{ claim: 'interest', precision: 1 }] });
  expect(vault.consent.renew(grantId)).toMatchObject({ version: 2, fade: { lost: 0 } });
  expect([await depth(), await depth(), await depth()]).toEqual([3, 3, 2]);
  expect(() => vault.consent.narrow(grantId, { fadeEvery: 3 })).toThrow(code('ERR_GRANT_WIDENS'));
  expect(vault.consent.narrow(grantId, { fadeEvery: 1 })).toMatchObject({ version: 3, fade: { every: 1, lost: 3 } });
  expect(await depth()).toBe(1);
  expect(vault.consent.versions(grantId).map(({ change }) => change)).toEqual(['given', 'renewed', 'narrowed']);
});

describe('templates', () => {
  const body = { claims: [{ claim: 'size' as const, precision: 1 }], durationDays: 30, cadence: { max: 1, per: 'week' as const } };
  test('three come with the app; one’s own are kept by name, replaced under the same one, and deleted', async () => {
    const { vault } = await setUp();
    const shipped = vault.templates.list();
    expect(shipped.map((one) => one.shipped)).toEqual([true, true, true]);
    const [saved] = vault.templates.save('Shoes', body).slice(3);
    expect(saved).toMatchObject({ name: 'Shoes', shipped: false, ...body });
    expect(vault.templates.save('Shoes', { ...body, durationDays: null }).slice(3)).toEqual([{ ...saved, durationDays: null }]);
    expect(vault.templates.remove(saved?.templateId ?? '')).toEqual(shipped);
  });
  test.each([
    ['a shipped name', 'Sizes and price range, nothing else', body], ['a claim named twice', 'x', { ...body, claims: [...body.claims, ...body.claims] }], ['a step no claim has', 'x', { ...body, claims: [{ claim: 'size' as const, precision: 2 }] }],
  ])('%s is refused', async (_what, name, wrong) => {
    const { vault } = await setUp();
    expect(() => vault.templates.save(name, wrong)).toThrow(code('ERR_TEMPLATE_INVALID'));
    expect(vault.templates.list()).toHaveLength(3);
  });
  test('there is room for fifty, and one that does not exist or is shipped cannot be deleted', async () => {
    const { vault } = await setUp();
    for (let i = 0; i < 50; i++) vault.templates.save(`t${i}`, body);
    expect(() => vault.templates.save('one more', body)).toThrow(code('ERR_TEMPLATE_INVALID'));
    expect(vault.templates.save('t7', { ...body, durationDays: 7 })).toHaveLength(53);
    for (const id of ['nobody', 'broad-strokes']) expect(() => vault.templates.remove(id)).toThrow(code('ERR_TEMPLATE_INVALID'));
  });
});

test('what may be worth looking at goes by the clock, by use, and by what it is good for', () => {
  const at = 1_800_000_000_000;
  const grant = (heldDays: number, leftDays: number, redemptions: number, lastDaysAgo: number | null, isOfLittleUse = false) =>
    suggestionFor({ grantedAtMs: at - heldDays * DAY_MS, expiresAtMs: at + leftDays * DAY_MS, usage: { redemptions, refused: 0, lastRedeemedMs: lastDaysAgo === null ? null : at - lastDaysAgo * DAY_MS, windowIndex: 0, windowUsed: 0 } }, at, () => isOfLittleUse);
  expect([grant(1, 60, 0, null), grant(29, 60, 0, null), grant(30, 60, 0, null), grant(60, 30, 50, 30), grant(60, 30, 50, 29)]).toEqual([null, 'rarely-used', 'unused', 'unused', null]);
  expect([grant(27, 60, 1, 1), grant(28, 60, 1, 1), grant(28, 60, 2, 1), grant(83, 7, 80, 1), grant(83, 8, 80, 1), grant(1, 6, 1, 0)]).toEqual([null, 'rarely-used', null, 'ends-soon', null, null]);
  expect([grant(6, 60, 9, 1, true), grant(7, 60, 9, 1, true), grant(30, 60, 0, null, true), grant(28, 60, 1, 1, true), grant(14, 60, 0, null, false)]).toEqual([null, 'little-use', 'unused', 'rarely-used', null]);
});

test('a second token says nothing of what was narrowed since the first', async () => {
  const { vault, company } = await setUp();
  const purposes = [{ iri: RECOMMENDATIONS, text: 'Suggest' }, { iri: PERSONALISATION, text: 'Arrange' }];
  const { token, grantId } = await granted(vault, company, { details: { purposes, duration_days: 30, cadence: { max: 40, per: 'day' } } }, { expiresAtMs: vault.clock.nowMs() + 7 * DAY_MS });
  vault.consent.narrow(grantId, { purposes: [RECOMMENDATIONS], claims: [{ claim: 'interest', precision: 1 }], cadence: { max: 1, per: 'week' } });
  vault.clock.advance(3 * DAY_MS);
  vault.consent.extend(grantId, vault.clock.nowMs() + 20 * DAY_MS);
  const read = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const { exp: _e, jti: _j, ...before } = read(token), { exp, jti, ...after } = read(vault.consent.token(grantId));
  expect(after).toEqual(before);
  expect([exp, jti]).toEqual([expect.any(Number), expect.any(String)]);
});

test('handing a request in costs a durable write whatever becomes of it, so that the disk does not tell', async () => {
  const { vault, company, submit } = await setUp();
  const changes = (): number => vault.db.query<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  const writes = async (request: string): Promise<number> => { const before = changes(); await submit(request); return changes() - before; };
  const first = await company.signRequest();
  expect(await writes(first)).toBeGreaterThan(0);
  // Known, and the same whatever the person did with it.
  expect(await writes(first)).toBe(1);
  const { requestId } = vault.consent.requests()[0] ?? { requestId: '' };
  vault.consent.deny(requestId);
  expect(await writes(first)).toBe(1);
  vault.consent.refuse(company.companyId, true);
  expect([await writes(first), await writes(await company.signRequest())]).toEqual([1, 1]);
});
