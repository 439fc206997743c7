/** Room to breathe, over a real socket: a break, quiet hours, how often, and what is not spoken of. */
import { describe, expect, test } from 'vitest';
import { localMoment } from '../../electron/core/consent/breathing.ts';
import { createBreathingService } from '../../electron/core/consent/breathing-service.ts';
import { consentVault, granted, redeem } from '../support/consent-vault.ts';
import { RECOMMENDATIONS, testCompany } from '../support/test-company.ts';

const DAY_MS = 86_400_000;

async function setUp() {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const { token, grantId } = await granted(vault, company, { details: { cadence: { max: 40, per: 'day' } } });
  const ask = () => redeem(vault, company, token);
  const said = async (): Promise<string> => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    return body.split('~').slice(1).filter((part) => part !== '').map((part) => Buffer.from(part, 'base64url').toString()).join('\n');
  };
  const lastReason = () => vault.entries().at(-1)?.reason;
  return { vault, company, grantId, ask, said, lastReason };
}
type SetUp = Awaited<ReturnType<typeof setUp>>;

const refusedQuietly = async ({ ask, lastReason }: SetUp, reason: string): Promise<void> => {
  const reply = await ask();
  expect([reply.status, reply.headers['retry-after'], JSON.parse(reply.body)]).toMatchObject([429, '3600', { code: 'slow_down' }]);
  expect(lastReason()).toBe(reason);
};

test('a break bites at the very next question, for everybody, and ends by itself or by hand', async () => {
  const all = await setUp(), { vault, ask } = all;
  expect((await ask()).status).toBe(200);
  expect(vault.breathing.set({ pause: { untilMs: vault.clock.nowMs() + DAY_MS } })).toMatchObject({ holding: 'on-a-break', pause: { sinceMs: vault.clock.nowMs() } });
  await refusedQuietly(all, 'on-a-break');
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
  const { token } = await granted(vault, other);
  expect((await redeem(vault, other, token)).status).toBe(429);
  vault.clock.advance(DAY_MS);
  expect((await ask()).status).toBe(200);
  vault.breathing.set({ pause: { untilMs: null } });
  await refusedQuietly(all, 'on-a-break');
  expect(vault.breathing.set({ pause: null })).toMatchObject({ holding: null, pause: null });
  expect((await ask()).status).toBe(200);
  expect(vault.types().filter((type) => type.startsWith('breathing.'))).toEqual(['breathing.paused', 'breathing.paused', 'breathing.resumed']);
});

test('one company on hold gets nothing while others do, until the end of the time or until it is let go', async () => {
  const all = await setUp(), { vault, company, ask } = all;
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example', name: 'Other' });
  const { token } = await granted(vault, other);
  expect(vault.breathing.hold(company.companyId, null)).toMatchObject({ holding: null, holds: [{ companyId: company.companyId, name: 'Shop', untilMs: null }] });
  await refusedQuietly(all, 'company-on-hold');
  expect((await redeem(vault, other, token)).status).toBe(200);
  expect(vault.breathing.release(company.companyId).holds).toEqual([]);
  expect((await ask()).status).toBe(200);
  vault.breathing.hold(company.companyId, vault.clock.nowMs() + DAY_MS);
  await refusedQuietly(all, 'company-on-hold');
  vault.clock.advance(DAY_MS);
  expect((await ask()).status).toBe(200);
  expect(() => vault.breathing.hold('https://nobody.example', null)).toThrow(expect.objectContaining({ code: 'ERR_COMPANY_UNKNOWN' }) as Error);
  expect(vault.entries().filter(({ type }) => type.startsWith('breathing.')).map(({ type, companyName }) => `${type} ${companyName ?? ''}`)).toEqual(['breathing.held Shop', 'breathing.released Shop', 'breathing.held Shop']);
});

test('nobody gets an answer in quiet hours, and no reply tells when they end', async () => {
  const all = await setUp(), { vault, ask } = all;
  const { minute } = localMoment(vault.clock.nowMs());
  vault.breathing.set({ quietHours: { fromMinute: (minute + 1430) % 1440, toMinute: (minute + 2) % 1440 } });
  await refusedQuietly(all, 'quiet-hours');
  vault.clock.advance(120_000);
  expect((await ask()).status).toBe(200);
});

test('of all companies together, and of each, so many get an answer a day; the next day there are as many again', async () => {
  const all = await setUp(), { vault, ask } = all;
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
  const theirs = await granted(vault, other, { details: { cadence: { max: 40, per: 'day' } } });
  vault.breathing.set({ perDay: 3, perCompanyDay: 2 });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  await refusedQuietly(all, 'company-enough-today');
  expect((await redeem(vault, other, theirs.token)).status).toBe(200);
  expect((await redeem(vault, other, theirs.token)).status).toBe(429);
  await refusedQuietly(all, 'enough-today');
  expect(vault.breathing.view()).toMatchObject({ holding: 'enough-today', today: { answers: 3, companies: [{ answers: 2 }, { answers: 1 }] } });
  vault.clock.advance(DAY_MS);
  expect(vault.breathing.view()).toMatchObject({ holding: null, today: { answers: 0, companies: [] } });
  expect((await ask()).status).toBe(200);
  vault.clock.advance(2 * DAY_MS);
  expect((await ask()).status).toBe(200);
  expect(vault.db.query<{ n: number }>('SELECT count(*) AS n FROM answers_given').get()?.n, 'only of this day and the one before').toBe(1);
});

describe('an area', () => {
  test('that is not spoken of leaves answers and previews at once, with all that lies below it', async () => {
    const { vault, said, grantId } = await setUp();
    expect(await said()).toContain('food.cooking');
    expect(vault.breathing.hush({ node: 'food', untilMs: null, perDay: 0 })).toMatchObject({ areas: [{ node: 'food', label: 'Food & drink', path: [], today: 0 }] });
    const answer = await said();
    expect(answer).not.toContain('food');
    expect(answer).toContain('travel.rail');
    const grant = vault.consent.grantRecord(grantId);
    const shown = vault.answer(grant.claims, grant.brands, grant.companyId).find(({ claim }) => claim === 'interest');
    expect(shown?.withheld).toContainEqual({ reason: 'quiet-area', count: 2 });
    vault.breathing.unhush('food');
    expect(await said()).toContain('food.cooking');
  });

  test('of departments is left out of prices too', async () => {
    const { vault, said } = await setUp();
    expect(await said()).toContain('price_band');
    vault.breathing.hush({ node: 'books', untilMs: null, perDay: 0 });
    expect(await said()).not.toContain('price_band');
  });

  test('is spoken of again when its time is over', async () => {
    const { vault, said } = await setUp();
    vault.breathing.hush({ node: 'travel', untilMs: vault.clock.nowMs() + 60_000, perDay: 0 });
    expect(await said()).not.toContain('travel');
    vault.clock.advance(60_000);
    expect(await said()).toContain('travel');
    expect(vault.breathing.view().areas).toEqual([]);
  });

  test('that is rationed is in so many answers a day, whoever asks', async () => {
    const { vault, said } = await setUp();
    vault.breathing.hush({ node: 'food', untilMs: null, perDay: 2 });
    expect([await said(), await said(), await said()].map((text) => text.includes('food'))).toEqual([true, true, false]);
    expect(vault.breathing.view().areas).toMatchObject([{ node: 'food', today: 2 }]);
    vault.clock.advance(DAY_MS);
    expect(await said()).toContain('food');
  });

  test('is counted also where it is spoken of more coarsely than it is rationed', async () => {
    const vault = await consentVault();
    const company = await testCompany({ nowMs: vault.clock.nowMs() });
    const { token } = await granted(vault, company, { details: { cadence: { max: 40, per: 'day' } } }, { claims: [{ claim: 'interest', precision: 1 }] });
    const said = async (): Promise<string> => (await redeem(vault, company, token)).body.split('~').slice(1).map((part) => Buffer.from(part, 'base64url').toString()).join('');
    vault.breathing.hush({ node: 'food.cooking', untilMs: null, perDay: 1 });
    expect([await said(), await said()].map((text) => text.includes('"food"'))).toEqual([true, false]);
  });

  test('is not loosened by being named again, and neither is a break or a hold', async () => {
    const { vault, company, ask, said } = await setUp();
    vault.breathing.hush({ node: 'food', untilMs: null, perDay: 0 });
    vault.breathing.hush({ node: 'food', untilMs: vault.clock.nowMs() - 1, perDay: 9 });
    expect(await said()).not.toContain('food');
    vault.breathing.hold(company.companyId, null);
    vault.breathing.hold(company.companyId, 1);
    expect((await ask()).status).toBe(429);
    vault.breathing.release(company.companyId);
    vault.breathing.set({ pause: { untilMs: null } });
    expect(vault.breathing.set({ pause: { untilMs: 1 } })).toMatchObject({ holding: 'on-a-break', pause: { untilMs: null } });
    expect((await ask()).status).toBe(429);
  });

  test('that does not exist is refused, and nothing is changed', async () => {
    const { vault } = await setUp();
    expect(() => vault.breathing.hush({ node: 'no.such', untilMs: null, perDay: 0 })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }) as Error);
    expect(() => vault.breathing.hush({ node: 'health.mental', untilMs: null, perDay: 0 })).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }) as Error);
    expect(() => vault.breathing.unhush('food')).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_VALUE_INVALID' }) as Error);
    expect(vault.breathing.view().areas).toEqual([]);
    expect(vault.types()).not.toContain('breathing.changed');
  });
});

test('what was said holds after the vault was opened again', async () => {
  const { vault } = await setUp();
  vault.breathing.set({ perDay: 7 });
  const again = createBreathingService({ db: vault.db, audit: vault.audit, clock: vault.clock, emit: () => undefined, lookup: () => undefined });
  expect(again.view().perDay).toBe(7);
});

test('a company learns nothing from the wording of a refusal that it did not ask too often', async () => {
  const { vault, company } = await setUp();
  const slow = await granted(vault, company, { details: { cadence: { max: 1, per: 'day' } } });
  await redeem(vault, company, slow.token);
  const often = await redeem(vault, company, slow.token, { purpose: RECOMMENDATIONS });
  vault.breathing.set({ pause: { untilMs: null } });
  const quiet = await redeem(vault, company, (await granted(vault, company)).token, { purpose: RECOMMENDATIONS });
  expect([quiet.status, quiet.body, Object.keys(quiet.headers).sort()]).toEqual([often.status, often.body, Object.keys(often.headers).sort()]);
});
