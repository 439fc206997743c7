/** How fast a company can check answers, beside jose checking nothing but the signature. */
import { createPublicKey } from 'node:crypto';
import { compactVerify } from 'jose';
import type { AnswerValues, ScopedClaim } from '../../sdk/src/index.ts';
import { createTestCompany } from '../support/company.ts';
import { compactAnswer, createIssuerKey, disclosure, issueToken, makeAnswer } from '../support/company-vault.ts';

const node = { node: 'food.cooking', label: 'Cooking', iab: '216' };
const VALUES = {
  interest: [{ ...node, strength: 'strong' }], avoid: [node], genre: [{ ...node, strength: 'some' }], intent: [{ ...node, horizon_weeks: 4 }], brand: ['Example'], price_band: [{ department: 'books', band: 'middle' }],
  size: [{ department: 'shoes', size: '42' }], style: ['plain'], colour: ['green'], language: ['en'], units: 'metric', age: '30-39',
} as const satisfies AnswerValues;

/** Answers a second over two seconds each, one at a time. */
export async function benchSdk(): Promise<{ readonly verifyPerSecond: number; readonly joseVerifyPerSecond: number }> {
  const shop = await createTestCompany();
  const issuer = createIssuerKey();
  const claims = (Object.keys(VALUES) as (keyof typeof VALUES)[]).map((claim): ScopedClaim => ({ claim, precision: 1 }));
  const token = await shop.company.parseToken(issueToken(shop, issuer, { claims }));
  const answer = compactAnswer(makeAnswer(shop, issuer, { disclosures: Object.entries(VALUES).map(([claim, value]) => disclosure(claim, value)) }));
  const jws = answer.slice(0, answer.indexOf('~'));
  const key = createPublicKey(issuer.key);
  const rate = async (body: () => Promise<unknown>): Promise<number> => {
    for (let i = 0; i < 200; i++) await body();
    const startedAt = performance.now();
    let done = 0;
    while (performance.now() - startedAt < 2_000) { await body(); done++; }
    return done / ((performance.now() - startedAt) / 1000);
  };
  return { verifyPerSecond: await rate(() => shop.company.verify(answer, token)), joseVerifyPerSecond: await rate(() => compactVerify(jws, key)) };
}
