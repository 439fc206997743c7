/** What companies are told is kept, and the crowd it must leave holds at the very next redemption, over a real socket. */
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../electron/core/anonymizer/crowd.ts';
import { createExposureService } from '../../electron/core/exposure/exposure-service.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { consentVault, granted, preference, redeem, type ConsentVault } from '../support/consent-vault.ts';
import { RESOURCES } from '../support/enrichment.ts';
import { RECOMMENDATIONS, testCompany, testKey, type TestCompany } from '../support/test-company.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';

const declared = { origin: 'declared', strength: 1, confidence: 1 } as const;
const KNOWN = [
  preference('interest', 'food.cooking.baking', { strength: 0.9 }), preference('interest', 'travel.rail', { strength: 0.5 }), preference('interest', 'home.kitchen', { strength: 0.3 }),
  preference('age', '30-34', declared), preference('region', 'DE-BY', declared), preference('language', 'de', declared),
];
const asks = (...claims: readonly (readonly [Claim, number])[]) => ({ details: { claims: claims.map(([claim, precision], at) => ({ claim, precision, required: at === 0 })), cadence: { max: 40, per: 'day' } } });
const ALL = asks(['interest', 3], ['age', 4], ['region', 3], ['language', 1]);
/** Named in the document of the test company by default; others are only more over-asking. */
const said = async (vault: ConsentVault, company: TestCompany, token: string, claims?: readonly Claim[]): Promise<Readonly<Record<string, unknown>>> => {
  const { status, body } = await redeem(vault, company, token, { purpose: RECOMMENDATIONS, ...(claims === undefined ? {} : { claims }) });
  expect(status).toBe(200);
  return Object.fromEntries(body.split('~').slice(1).filter((part) => part !== '').map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as [string, string, unknown]).map(([, claim, value]) => [claim, value]));
};
const reckoner = loadCrowdReckoner(RESOURCES);
const crowdOf = (...answers: readonly Readonly<Record<string, unknown>>[]): number => reckoner.crowd(answers.flatMap((answer) => Object.entries(answer).flatMap(([claim, value]) => factsOf(claim as Claim, value))), 'DE').fewest;

async function setUp(floor = 1_000) {
  const vault = await consentVault({ preferences: KNOWN, floor });
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const { token, grantId } = await granted(vault, company, ALL);
  return { vault, company, token, grantId };
}

test('an answer is blurred until enough people share it, as the preview showed, and the log says how fine it was', async () => {
  const { vault, company, token, grantId } = await setUp();
  const grant = vault.consent.grantRecord(grantId);
  const shown = vault.answer(grant.claims, grant.brands, grant.companyId), whole = vault.answer(grant.claims, grant.brands, null);
  const answer = await said(vault, company, token);
  expect(answer).toEqual(Object.fromEntries(shown.flatMap(({ claim, value }) => (value === null ? [] : [[claim, value]]))));
  expect(crowdOf(answer)).toBeGreaterThanOrEqual(1_000);
  expect(crowdOf(Object.fromEntries(whole.map(({ claim, value }) => [claim, value])))).toBeLessThan(1_000);
  expect(shown.flatMap(({ withheld }) => withheld.map(({ reason }) => reason))).toContain('too-few-alike');
  const logged = vault.entries().findLast(({ type }) => type === 'redemption.allowed')?.claims;
  expect(logged).toEqual(shown.flatMap(({ claim, precision, value }) => (value === null ? [] : [{ claim, precision }])));
  expect(logged?.find(({ claim }) => claim === 'age')?.precision ?? 0).toBeLessThan(4);
  // Again, and in other pieces: nothing new.
  expect(await said(vault, company, token)).toEqual(answer);
  expect(await said(vault, company, token, ['interest'])).toEqual({ interest: answer['interest'] });
});

test('everything a company was ever told counts, also under other permissions, after their end and under other keys', async () => {
  const { vault, company, token, grantId } = await setUp(50_000);
  const first = await said(vault, company, token);
  vault.consent.revoke(grantId);
  // As another would be told it, who knows nothing yet.
  const stranger = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
  const fresh = await granted(vault, stranger, asks(['age', 4]));
  expect(await said(vault, stranger, fresh.token)).toEqual({ age: '30-34' });
  const again = await granted(vault, company, asks(['age', 4]));
  const second = await said(vault, company, again.token);
  expect(second).not.toEqual({ age: '30-34' });
  expect(crowdOf(first, second)).toBeGreaterThanOrEqual(50_000);
  // Another signing key is another recipient, and the same company all the same.
  const otherKey = await testCompany({ nowMs: vault.clock.nowMs(), signing: await testKey() });
  const third = await said(vault, otherKey, (await granted(vault, otherKey, asks(['age', 4], ['language', 1]))).token);
  expect(crowdOf(first, second, third)).toBeGreaterThanOrEqual(50_000);
  const row = vault.exposure.view().companies.find(({ companyId }) => companyId === company.companyId);
  expect(row?.crowd.fewest).toBe(Math.floor(crowdOf(first, second, third)));
});

test('what changes in the profile does not add up to more than the floor allows', async () => {
  const { vault, company, token } = await setUp();
  const told: Readonly<Record<string, unknown>>[] = [];
  for (const nodes of [['food.cooking'], ['travel.rail'], ['home.kitchen'], ['food.cooking.grill'], ['books']]) {
    vault.setPreferences([...nodes.map((node) => preference('interest', node)), ...KNOWN.filter(({ claim }) => claim !== 'interest')]);
    told.push(await said(vault, company, token));
    expect(crowdOf(...told)).toBeGreaterThanOrEqual(1_000);
  }
});

test('only what leaves is counted: a preview, a refusal and a claim not asked for tell nobody anything', async () => {
  const { vault, company, token, grantId } = await setUp(0);
  const grant = vault.consent.grantRecord(grantId);
  vault.exposure.crowdOf(grant.companyId, vault.answer(grant.claims, grant.brands, grant.companyId));
  expect((await redeem(vault, company, token, { purpose: 'https://w3id.org/dpv#SellDataToThirdParties' })).status).toBe(403);
  vault.breathing.set({ pause: { untilMs: null } });
  expect((await redeem(vault, company, token)).status).toBe(429);
  vault.breathing.set({ pause: null });
  expect(vault.exposure.view().companies).toMatchObject([{ companyId: company.companyId, told: [] }]);
  await said(vault, company, token, ['age']);
  await said(vault, company, token, ['age']);
  expect(vault.exposure.view().companies).toMatchObject([{ told: [{ claim: 'age', words: ['Aged 30 to 34'], firstMs: vault.clock.nowMs() }] }]);
  expect(vault.exposure.view().pooled).toEqual(vault.exposure.view().companies[0]?.crowd);
});

test('what all of them know together shrinks day by day, and each company says how it is used', async () => {
  const { vault, company, token } = await setUp(0);
  expect(vault.exposure.view()).toMatchObject({ history: [], companies: [{ answers: 0, sinceMs: vault.clock.nowMs(), closeness: { level: 'distant', specific: 0 } }] });
  await said(vault, company, token, ['language']);
  await said(vault, company, token, ['language']);
  vault.clock.advance(3 * 86_400_000);
  await said(vault, company, token);
  const { history, pooled, companies } = vault.exposure.view();
  expect(history).toHaveLength(2);
  expect(history[0]?.crowd).toEqual({ fewest: Math.floor(crowdOf({ language: ['de'] }) + 1e-6), most: expect.any(Number) as number });
  expect(history[1]?.crowd).toEqual(pooled);
  expect(companies).toMatchObject([{ answers: 3, closeness: { specific: 3, often: 1, long: 0, level: 'close' } }]);
});

test('whoever moves takes along what was told: the smallest place counts, and below the floor only what is known is said again', async () => {
  const { vault, company, token } = await setUp();
  const first = await said(vault, company, token);
  const at = (region: string) => vault.setPreferences([...KNOWN.filter(({ claim }) => claim !== 'region'), preference('region', region, declared)]);
  at('LI');
  const second = await granted(vault, company, asks(['region', 2], ['age', 4], ['interest', 3]));
  const moved = await said(vault, company, second.token);
  expect(moved['region']).not.toBe('LI');
  // Europe goes without saying of somebody who was in Germany.
  for (const [claim, value] of Object.entries(moved)) expect(['adult', 'Europe', ...Object.values(first)].map((one) => JSON.stringify(one)), claim).toContain(JSON.stringify(value));
  const fewest = () => vault.exposure.view().companies[0]?.crowd.fewest ?? 0;
  at('US');
  const small = fewest();
  await said(vault, company, second.token);
  expect(fewest()).toBeLessThanOrEqual(small);
});

test('a continent without anybody in the table is a small place, not leave to say everything', async () => {
  const vault = await consentVault({ preferences: [preference('region', 'AQ', declared)], floor: 0 });
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  expect(await said(vault, company, (await granted(vault, company, asks(['region', 1]))).token)).toEqual({ region: 'Antarctica' });
  vault.exposure.setFloor(null, null);
  vault.setPreferences([preference('region', 'AQ', declared), preference('interest', 'food.cooking', { strength: 0.9 }), preference('age', '80+', declared), preference('language', 'fi', declared)]);
  expect(await said(vault, company, (await granted(vault, company, asks(['region', 3], ['interest', 3], ['age', 4], ['language', 1]))).token)).toEqual({ region: 'AQ', age: 'adult' });
});

test('if all pooled, what each was told counts together: fewer fit than fit any one of them', async () => {
  const { vault, company, token } = await setUp(0);
  await said(vault, company, token, ['language']);
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example', name: 'Other' });
  const { token: second } = await granted(vault, other, ALL);
  await said(vault, other, second, ['age']);
  const { pooled, companies, history } = vault.exposure.view();
  const both = crowdOf({ language: ['de'], age: '30-34' });
  expect(pooled.fewest).toBe(Math.floor(both + 1e-6));
  for (const { crowd } of companies) expect(crowd.fewest).toBeGreaterThan(pooled.fewest);
  expect(history.at(-1)?.crowd).toEqual(pooled);
  // Each over time by itself, and a third one's answer beside what the two know.
  expect(companies.map((one) => one.history.at(-1)?.crowd)).toEqual(companies.map(({ crowd }) => crowd));
  const third = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://third.example', name: 'Third' });
  await granted(vault, third, ALL);
  expect(vault.exposure.crowdOf(third.companyId, []).pooled).toEqual(pooled);
  expect(vault.exposure.crowdOf(third.companyId, vault.answer([{ claim: 'region', precision: 3 }], [], third.companyId)).pooled.fewest).toBeLessThan(pooled.fewest);
});

test('what would help most is reckoned: each step with everything else as it is, the best first', async () => {
  const { vault, company, grantId } = await setUp(0);
  vault.exposure.setFloor(null, null);
  vault.exposure.setFloor(company.companyId, 0);
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example', name: 'Other' });
  const { grantId: mild } = await granted(vault, other, asks(['language', 1]));
  const steps = await vault.steps();
  expect(steps.length).toBeGreaterThan(2);
  expect(steps.map(({ after }) => after)).toEqual(steps.map(({ after }) => after).toSorted((a, b) => b - a));
  const grant = vault.consent.grantRecord(grantId), rest = vault.consent.grantRecord(mild);
  const mildSays = vault.answer(rest.claims, rest.brands, rest.companyId);
  expect(steps.find(({ kind, grantId: id }) => kind === 'end' && id === grantId)).toMatchObject({ before: vault.exposure.pooledWith([vault.answer(grant.claims, grant.brands, grant.companyId), mildSays]).fewest, after: vault.exposure.pooledWith([mildSays]).fewest });
  expect(steps.some(({ kind }) => kind === 'floor')).toBe(true);
  vault.consent.revoke(grantId);
  vault.consent.revoke(mild);
  expect(await vault.steps()).toEqual([]);
});

test('a permission and its smallest crowd come together or not at all', async () => {
  const { vault, company } = await setUp(0);
  const { requestId } = await vault.consent.open(await company.signRequest());
  expect(() => vault.grant(requestId, { claims: [{ claim: 'colour', precision: 1 }] }, 77_777)).toThrow(expect.objectContaining({ code: 'ERR_CLAIM_NOT_ASKED' }) as Error);
  expect([vault.exposure.floorOf(company.companyId), vault.entries().some(({ type }) => type === 'exposure.floor')]).toEqual([0, false]);
  vault.grant(requestId, { claims: [{ claim: 'interest', precision: 1 }] }, 77_777);
  expect(vault.exposure.floorOf(company.companyId)).toBe(77_777);
});

describe('the floor', () => {
  test('of one company holds for it alone and at the next redemption, larger or smaller, and can be taken back', async () => {
    const { vault, company, token } = await setUp(100_000_000);
    // More than there are people: only what is known of everybody is said.
    const least = { age: 'adult' };
    expect(await said(vault, company, token)).toEqual(least);
    const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example', name: 'Other' });
    const { token: otherToken } = await granted(vault, other, ALL);
    expect(vault.exposure.setFloor(company.companyId, 0)).toMatchObject({ floor: 100_000_000, companies: [{ name: 'Other', floor: null }, { name: 'Shop', floor: 0 }] });
    expect(await said(vault, company, token)).toMatchObject({ age: '30-34', region: 'DE-BY', language: ['de'] });
    expect(await said(vault, other, otherToken)).toEqual(least);
    expect(vault.exposure.setFloor(company.companyId, null).companies[1]?.floor).toBeNull();
    // What it knows it knows: that may be said again, nothing else.
    expect(await said(vault, company, token)).toMatchObject({ age: '30-34', region: 'DE-BY' });
    expect(vault.exposure.setFloor(null, null).floor).toBe(1_000);
    expect(Object.keys(await said(vault, other, otherToken))).toContain('interest');
    expect(vault.entries().filter(({ type }) => type === 'exposure.floor').map(({ companyName, counts }) => [companyName, counts['floor']])).toEqual([['Shop', 0], ['Shop', 100_000_000], [null, 1_000]]);
  });
  test('of a company nobody knows is refused and changes nothing', async () => {
    const { vault } = await setUp();
    const before = vault.exposure.view();
    expect(() => vault.exposure.setFloor('https://nobody.example', 5)).toThrow(expect.objectContaining({ code: 'ERR_COMPANY_UNKNOWN' }) as Error);
    expect(vault.exposure.view()).toEqual(before);
  });
  test('and what was told are still there when the vault is opened anew', async () => {
    const { vault, company, token } = await setUp();
    await said(vault, company, token);
    vault.exposure.setFloor(company.companyId, 20_000);
    const anew = createExposureService({ db: vault.db, audit: vault.audit, clock: vault.clock, deriveKey: () => Buffer.alloc(32), emit: () => undefined, lookup: () => undefined, reckoner, home: () => 'DE' });
    const { companies, pooled } = vault.exposure.view();
    expect(anew.view()).toMatchObject({ pooled, companies: companies.map(({ companyId, crowd, floor, told }) => ({ companyId, crowd, floor, told: told.map(({ claim, firstMs }) => ({ claim, firstMs })) })) });
    expect(companies[0]?.told.length).toBeGreaterThan(1);
  });
});
