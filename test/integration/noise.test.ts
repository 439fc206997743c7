/** Deniable interests over a real socket: remembered, drawn for each company, within the floor and the budget. */
import { expect, test } from 'vitest';
import { BUDGET } from '../../electron/core/exposure/noise-budget.ts';
import { consentVault, granted, preference, redeem, type ConsentVault } from '../support/consent-vault.ts';
import { RECOMMENDATIONS, testCompany, type TestCompany } from '../support/test-company.ts';

const DAY_MS = 86_400_000;
const ASKED = { details: { claims: [{ claim: 'interest', precision: 3, required: true }, { claim: 'price_band', precision: 1, required: false }], cadence: { max: 40, per: 'day' } } } as const;
const KNOWN = [preference('interest', 'food.cooking.baking', { strength: 0.9 }), preference('interest', 'travel.rail', { strength: 0.4 }), preference('interest', 'health.mental', { strength: 1 }), preference('price_band', 'books:middle')];

interface Said { readonly interest: unknown; readonly noise: { readonly areas: readonly string[]; readonly levels: number; readonly truth: number } | undefined }
async function said(vault: ConsentVault, company: TestCompany, token: string): Promise<Said> {
  const { status, body } = await redeem(vault, company, token, { purpose: RECOMMENDATIONS });
  expect(status).toBe(200);
  const [jws = '', ...disclosures] = body.split('~');
  const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { noise?: Record<string, Said['noise']> };
  const found = disclosures.filter((part) => part !== '').map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as [string, string, unknown]).find(([, claim]) => claim === 'interest');
  return { interest: found?.[2], noise: payload.noise?.['interest'] };
}
async function setUp(floor = 0, known = KNOWN) {
  const vault = await consentVault({ preferences: known, floor });
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  return { vault, company, grant: () => granted(vault, company, ASKED, { noise: 6 }) };
}

test('says how it was made, the same again and again, as the preview showed; nothing closed is among the areas', async () => {
  const { vault, company, grant } = await setUp();
  const { token, grantId } = await grant();
  const record = vault.consent.grantRecord(grantId);
  const [shown] = vault.answer(record.claims, record.brands, record.companyId, { noise: record.noise });
  const first = await said(vault, company, token);
  expect(first.noise).toEqual({ areas: ['books', 'food', 'home', 'travel'], levels: 3, truth: 6 });
  expect(first.interest).toEqual(shown?.value);
  for (let i = 0; i < 5; i++) expect(await said(vault, company, token)).toEqual(first);
  // A grant of its own to the same company says the same, too.
  expect((await said(vault, company, (await grant()).token)).interest).toEqual(first.interest);
  expect(vault.entries().findLast(({ type }) => type === 'redemption.allowed')?.claims).toContainEqual({ claim: 'interest', precision: 1 });
  expect(vault.exposure.budget(company.companyId)).toEqual({ spent: Math.log(6), company: BUDGET.company, spentByAll: Math.log(6), total: BUDGET.total });
});

test('what is not made deniable has no such mark', async () => {
  const { vault, company } = await setUp();
  const { token } = await granted(vault, company, ASKED);
  expect(await said(vault, company, token)).toMatchObject({ noise: undefined, interest: [{ node: 'food.cooking.baking' }, { node: 'travel.rail' }] });
});

test('is drawn for each company by itself, and anew in each epoch, until the budget is spent', async () => {
  const { vault, company } = await setUp();
  const others = await Promise.all(Array.from({ length: 12 }, (_, i) => testCompany({ nowMs: vault.clock.nowMs(), companyId: `https://shop${i}.example` })));
  const answers = [];
  for (const other of others) answers.push(JSON.stringify((await said(vault, other, (await granted(vault, other, ASKED, { noise: 6 })).token)).interest));
  expect(new Set(answers).size).toBeGreaterThan(3);
  const epochs: Said[] = [];
  const most = Math.floor(BUDGET.company / Math.log(6));
  for (let i = 0; i <= most; i++) {
    // Its document and request are of the day, its key the same.
    const now = await testCompany({ nowMs: vault.clock.nowMs(), signing: company.signing });
    epochs.push(await said(vault, now, (await granted(vault, now, ASKED, { noise: 6 })).token));
    vault.clock.advance(90 * DAY_MS);
  }
  expect(epochs.slice(0, most).every(({ noise }) => noise !== undefined)).toBe(true);
  expect(new Set(epochs.slice(0, most).map(({ interest }) => JSON.stringify(interest))).size).toBeGreaterThan(1);
  expect(epochs[most]).toEqual({ interest: undefined, noise: undefined });
});

test('which areas and how many depends on nothing about the person, and leaves enough people whatever is said of them', async () => {
  const lists = [];
  for (const known of [KNOWN, [preference('interest', 'home', { strength: 1 }), preference('interest', 'books', { strength: 1 })], []]) {
    const vault = await consentVault({ preferences: known, floor: 100_000 });
    const company = await testCompany({ nowMs: vault.clock.nowMs() });
    const { token } = await granted(vault, company, ASKED, { noise: 6 });
    const { noise } = await said(vault, company, token);
    lists.push(noise?.areas.length ?? 0);
    expect(vault.exposure.view().companies[0]?.crowd.fewest).toBeGreaterThanOrEqual(100_000);
  }
  expect(new Set(lists).size).toBe(1);
  expect(lists[0]).toBeLessThan(4);
  const { vault, company, grant } = await setUp(10_000_000);
  const { token, grantId } = await grant();
  expect(await said(vault, company, token)).toEqual({ interest: undefined, noise: undefined });
  const record = vault.consent.grantRecord(grantId);
  expect(vault.answer(record.claims, record.brands, record.companyId, { noise: record.noise })[0]?.withheld).toContainEqual({ reason: 'too-few-alike', count: 1 });
});

test('what was said stays until the epoch ends, whatever changes: no change shows, none costs, and the floor holds', async () => {
  const { vault, company } = await setUp(1_000, [...KNOWN, preference('region', 'DE-BY', { origin: 'declared' }), preference('age', '30-34', { origin: 'declared' })]);
  const { token } = await granted(vault, company, { details: { ...ASKED.details, claims: [...ASKED.details.claims, { claim: 'age', precision: 4, required: false }, { claim: 'region', precision: 3, required: false }] } }, { noise: 6 });
  const first = await said(vault, company, token), { spent } = vault.exposure.budget(company.companyId);
  expect(first.noise?.areas.length).toBeGreaterThan(0);
  const crowd = () => vault.exposure.view().companies[0]?.crowd.fewest ?? 0;
  for (const strength of [0, 0.3, 0.9, 0.3, 0]) {
    vault.setPreferences([...KNOWN.filter(({ claim }) => claim !== 'interest'), ...['food', 'home', 'books', 'travel'].flatMap((area) => (strength === 0 ? [] : [preference('interest', area, { strength })])), preference('region', 'DE-BY', { origin: 'declared' }), preference('age', '30-34', { origin: 'declared' })]);
    expect(await said(vault, company, token)).toEqual(first);
    expect(crowd()).toBeGreaterThanOrEqual(1_000);
  }
  for (const node of ['food', 'travel', 'books', 'home']) vault.breathing.hush({ node, untilMs: null, perDay: 0 });
  // A quiet area is not spoken of at all: it is not among those of which nothing is said.
  expect(await said(vault, company, token)).toEqual({ interest: [], noise: { areas: [], levels: 3, truth: 6 } });
  for (const node of ['food', 'travel', 'books', 'home']) vault.breathing.unhush(node);
  expect(await said(vault, company, token)).toEqual(first);
  expect([vault.exposure.budget(company.companyId).spent, crowd() >= 1_000]).toEqual([spent, true]);
});

test('what all companies together may be told is not overrun by answers that were ready before', async () => {
  const { vault } = await setUp();
  const shops = await Promise.all(Array.from({ length: 20 }, (_, i) => testCompany({ nowMs: vault.clock.nowMs(), companyId: `https://shop${i}.example` })));
  const tokens = [];
  for (const shop of shops) tokens.push((await granted(vault, shop, { details: { ...ASKED.details, claims: [...ASKED.details.claims, { claim: 'language', precision: 1, required: false }] } }, { noise: 18 })).token);
  for (const [at, shop] of shops.entries()) await redeem(vault, shop, tokens[at] ?? '', { purpose: RECOMMENDATIONS, claims: ['price_band'] });
  for (const [at, shop] of shops.entries()) await said(vault, shop, tokens[at] ?? '');
  const { spentByAll } = vault.exposure.budget(shops[0]?.companyId ?? '');
  expect(spentByAll).toBeLessThanOrEqual(BUDGET.total);
  expect(spentByAll).toBeGreaterThan(BUDGET.total - Math.log(18));
});

test('how soon something may be bought is moved on its ladder, the same again and again, and costs its part of the budget', async () => {
  const known = [preference('intent', 'books', { horizonWeeks: 4 }), preference('intent', 'home.kitchen', { horizonWeeks: 26 })];
  const seen = new Set<string>();
  const vault = await consentVault({ preferences: known });
  for (let i = 0; i < 8; i++) {
    const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId: `https://shop${i}.example` });
    const { token } = await granted(vault, company, { details: { ...ASKED.details, claims: [{ claim: 'intent', precision: 2, required: true }] } }, { noise: 6 });
    const answers = [await redeem(vault, company, token), await redeem(vault, company, token)].map(({ body }) => body.split('~'));
    const [first, second] = answers.map(([, disclosure = '']) => (JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, { node: string; horizon_weeks: number }[]])[2]);
    expect(second).toEqual(first);
    expect(first?.map(({ node }) => node)).toEqual(['books', 'home.kitchen']);
    for (const { horizon_weeks: weeks } of first ?? []) expect([1, 2, 4, 8, 13, 26, 52]).toContain(weeks);
    expect(JSON.parse(Buffer.from(answers[0]?.[0]?.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ noise: { intent: { ladder: [1, 2, 4, 8, 13, 26, 52], ratio: 2 } } });
    expect(vault.exposure.budget(company.companyId).spent).toBeCloseTo(6 * Math.log(2), 12);
    seen.add(JSON.stringify(first));
  }
  expect(seen.size).toBeGreaterThan(2);
});

test('deniable is the company, not the permission: what another one would say exactly is deniable as well, until both the permission and the epoch have ended', async () => {
  const { vault, company, grant } = await setUp();
  const { token: exact, grantId } = await granted(vault, company, ASKED);
  expect(await said(vault, company, exact)).toMatchObject({ noise: undefined, interest: [{ node: 'food.cooking.baking' }, { node: 'travel.rail' }] });
  const deniable = await grant();
  const first = await said(vault, company, deniable.token);
  expect(await said(vault, company, exact)).toEqual(first);
  expect(vault.deniable(company.companyId)).toBe(6);
  // As the preview shows it, to whoever looks at the exact one.
  const record = vault.consent.grantRecord(grantId);
  expect(vault.answer(record.claims, record.brands, record.companyId, { noise: record.noise })[0]).toMatchObject({ claim: 'interest', value: first.interest });
  vault.consent.revoke(deniable.grantId);
  expect(await said(vault, company, exact)).toEqual(first);
  vault.clock.advance(90 * DAY_MS);
  const later = await testCompany({ nowMs: vault.clock.nowMs(), signing: company.signing });
  expect(vault.deniable(company.companyId)).toBeNull();
  expect(await said(vault, later, (await granted(vault, later, ASKED)).token)).toMatchObject({ noise: undefined, interest: [{ node: 'food.cooking.baking' }, { node: 'travel.rail' }] });
  // Another company is not concerned.
  const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
  expect(await said(vault, other, (await granted(vault, other, ASKED)).token)).toMatchObject({ noise: undefined });
});

test('giving a deniable token back and asking for an exact one buys nothing in the same epoch', async () => {
  const { vault, company, grant } = await setUp();
  const deniable = await grant();
  const first = await said(vault, company, deniable.token);
  vault.consent.revoke(deniable.grantId);
  expect(await said(vault, company, (await granted(vault, company, ASKED)).token)).toEqual(first);
});

test('what may be bought is fixed for the epoch: what comes or goes in it shows in the next', async () => {
  const buy = (node: string) => preference('intent', node, { horizonWeeks: 4 });
  const { vault, company } = await setUp(0, [buy('books')]);
  const { token } = await granted(vault, company, { details: { ...ASKED.details, claims: [{ claim: 'intent', precision: 2, required: true }] } }, { noise: 6 });
  const first = (await redeem(vault, company, token)).body.split('~')[1];
  const nodes = (disclosure = ''): string[] => (JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, { node: string }[]])[2].map(({ node }) => node);
  expect(nodes(first)).toEqual(['books']);
  vault.setPreferences([buy('home.kitchen')]);
  expect(nodes((await redeem(vault, company, token)).body.split('~')[1])).toEqual(['books']);
  vault.clock.advance(90 * 86_400_000);
  const later = await testCompany({ nowMs: vault.clock.nowMs(), signing: company.signing });
  const next = await granted(vault, later, { details: { ...ASKED.details, claims: [{ claim: 'intent', precision: 2, required: true }] } }, { noise: 6 });
  expect(nodes((await redeem(vault, later, next.token)).body.split('~')[1])).toEqual(['home.kitchen']);
});

test('an area that is quiet when it is drawn goes by what is true of it, and is said the same once it may be', async () => {
  const { vault } = await setUp();
  const ofFood = (answer: Said) => (answer.interest as { node: string; strength: string }[] | null)?.find(({ node }) => node === 'food')?.strength;
  const strong: boolean[] = [];
  for (let i = 0; i < 12; i++) {
    const company = await testCompany({ nowMs: vault.clock.nowMs(), companyId: `https://shop${i}.example` });
    const { token } = await granted(vault, company, ASKED, { noise: 18 });
    vault.breathing.hush({ node: 'food.cooking', untilMs: null, perDay: 0 });
    const quietly = await said(vault, company, token);
    // Of a part of an area nothing can be said by itself: it is left out whole.
    expect([ofFood(quietly), quietly.noise?.areas]).toEqual([undefined, ['books', 'home', 'travel']]);
    vault.breathing.unhush('food.cooking');
    strong.push(ofFood(await said(vault, company, token)) === 'strong');
  }
  // The truth is said in 19 of 20 cases or nearly so: five in twelve would be one case in 200,000.
  expect(strong.filter(Boolean).length).toBeGreaterThan(5);
});
test('an area that may be spoken of so often a day never shows in a deniable answer what others were told', async () => {
  for (const strength of [0.9, 0]) {
    const { vault, company, grant } = await setUp(0, strength === 0 ? [] : [preference('interest', 'food.cooking', { strength })]);
    vault.breathing.hush({ node: 'food', untilMs: null, perDay: 2 });
    const { token } = await grant();
    const first = await said(vault, company, token);
    const other = await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://other.example' });
    const { token: exact } = await granted(vault, other, ASKED);
    for (let i = 0; i < 4; i++) {
      await redeem(vault, other, exact, { purpose: RECOMMENDATIONS });
      expect(await said(vault, company, token)).toEqual(first);
    }
    // Nor does what may be made up use up what may be said.
    expect(vault.breathing.view().areas[0]?.today).toBe(strength === 0 ? 0 : 2);
  }
});

test('asking for something else draws nothing unseen, and asking for what is not there costs as much', async () => {
  const { vault, company } = await setUp(2_000, [preference('age', '30-34', { origin: 'declared' }), ...['food', 'home', 'books', 'travel'].map((area) => preference('interest', area, { strength: 0.9 }))]);
  const asked = { details: { claims: [{ claim: 'interest', precision: 3, required: false }, { claim: 'intent', precision: 2, required: false }, { claim: 'age', precision: 4, required: false }], cadence: { max: 40, per: 'day' } } } as const;
  const { token } = await granted(vault, company, asked, { noise: 18 });
  const age = async () => { const { body } = await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['age'] }); return body.split('~').slice(1).filter((part) => part !== '').map((part) => (JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown[])[2]); };
  const before = await age();
  vault.setPreferences([preference('age', '30-34', { origin: 'declared' })]);
  expect(await age()).toEqual(before);
  expect(vault.exposure.budget(company.companyId).spent).toBe(0);
  await redeem(vault, company, token, { purpose: RECOMMENDATIONS, claims: ['intent'] });
  expect(vault.exposure.budget(company.companyId).spent).toBeCloseTo(6 * Math.log(2), 9);
});
