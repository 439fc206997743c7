/** Receipts: a company's own entries, proven by what only it is given; nothing of anybody else's, checked by the company alone. */
import { describe, expect, test } from 'vitest';
import { verifyReceipt, type VerifiedReceipt } from '../../sdk/src/index.ts';
import type { ReceiptDocument } from '../../shared/protocol/receipt.ts';
import { consentVault, granted, redeem, withForm, type ConsentVault } from '../support/consent-vault.ts';
import { testCompany } from '../support/test-company.ts';

const companyAt = (vault: ConsentVault, companyId: string) => testCompany({ nowMs: vault.clock.nowMs(), companyId, name: companyId.slice(8) });
const jwsPart = (jws: string, part: number) => JSON.parse(Buffer.from(jws.split('.')[part] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
/** Everything but the signature, which is random in ECDSA. */
const unsigned = (receipt: ReceiptDocument) => ({ ...receipt, head: receipt.head.slice(0, receipt.head.lastIndexOf('.')) });
const check = (receipt: ReceiptDocument, companyId: string, token?: { issuer: string; pseudonym: string }): Promise<VerifiedReceipt> => verifyReceipt(JSON.stringify(receipt), { companyId, ...(token ? { token } : {}) });

/** One company, redeemed a few times, with a busy other one beside it. */
async function busyVault() {
  const vault = await consentVault();
  const one = await companyAt(vault, 'https://one.example'), two = await companyAt(vault, 'https://two.example');
  const first = await granted(vault, one), second = await granted(vault, two);
  for (let i = 0; i < 3; i++) {
    vault.clock.advance(61 * 60_000);
    await redeem(vault, one, first.token);
    vault.clock.advance(7 * 60_000);
    await redeem(vault, two, second.token);
    await withForm(vault, two, '/v1/introspect', second.token);
  }
  return { vault, one, two, first, second };
}

test('a receipt discloses the company’s own entries, each proven to the root its token’s issuer signed', async () => {
  const { vault, first } = await busyVault();
  const { iss, sub } = jwsPart(first.token, 1) as { iss: string; sub: string };
  const receipt = vault.receipt('https://one.example');
  const checked = await check(receipt, 'https://one.example', { issuer: iss, pseudonym: sub });
  expect(checked).toMatchObject({ issuer: iss, pseudonym: sub, size: 4 });
  expect(checked.entries.map(({ index, type, outcome }) => [index, type, outcome])).toEqual([[0, 'request.granted', 'ok'], [1, 'redemption.allowed', 'ok'], [2, 'redemption.allowed', 'ok'], [3, 'redemption.allowed', 'ok']]);
  expect(checked.entries[1]?.claims.map(({ claim }) => claim)).toContain('interest');
  for (const { atMs } of checked.entries) expect(atMs % 60_000).toBe(0);
  expect((await vault.audit.verify()).ok).toBe(true);
});

test('what the company does not know is not in it: refusals without their reason, no request denied, no permission narrowed, no identity checked', async () => {
  const vault = await consentVault();
  const company = await companyAt(vault, 'https://one.example');
  const denied = await vault.consent.open(await company.signRequest());
  vault.consent.deny(denied.requestId);
  expect(() => vault.receipt('https://one.example')).toThrow(expect.objectContaining({ code: 'ERR_RECEIPT_EMPTY' }));
  const { token, grantId } = await granted(vault, company);
  vault.consent.narrow(grantId, { cadence: { max: 1, per: 'week' } });
  vault.consent.revoke(grantId);
  await redeem(vault, company, token);
  const receipt = vault.receipt('https://one.example');
  expect((await check(receipt, 'https://one.example')).entries.map(({ type, outcome }) => [type, outcome])).toEqual([['request.granted', 'ok'], ['grant.revoked', 'ok'], ['redemption.refused', 'refused']]);
  expect(JSON.stringify(receipt)).not.toMatch(/denied|narrowed|checked|"revoked"/);
});

test('two companies’ receipts share no value of more than 20 bits beyond the words of the protocol', async () => {
  const { vault } = await busyVault();
  const held = ['https://one.example', 'https://two.example'].map((companyId) => {
    const receipt = vault.receipt(companyId);
    const values = new Set<string>();
    scalars([receipt.format, jwsPart(receipt.head, 0), jwsPart(receipt.head, 1), receipt.head.split('.')[2], receipt.entries.map(({ index, opening, proof }) => [index, JSON.parse(opening) as unknown, proof])], values);
    return values;
  });
  const [one, two] = held;
  const told = new Set(['penchant-receipt', 'preference-receipt+jwt', 'ES256', 'EC', 'P-256', 'request.granted', 'redemption.allowed', 'introspection', 'interest', 'genre', 'price_band', 'brand', 'age']);
  const purposes = /^https:\/\/w3id\.org\/dpv#/;
  const linking = [...(one ?? [])].filter((value) => two?.has(value) === true && !told.has(value) && !purposes.test(value) && (/^\d+$/.test(value) ? Number(value) >= 2 ** 20 : value.length >= 4));
  // The minute both were allowed in is on everybody's clock: here the test's clock stood still for the two.
  expect(linking.filter((value) => value !== String(Math.floor(Date.UTC(2026, 10, 23, 12) / 1000)))).toEqual([]);
  expect((one?.size ?? 0) > 15 && (two?.size ?? 0) > 15).toBe(true);
});

test('a receipt does not change when entries of others are added, and extends when its own are', async () => {
  const { vault, one, two, first, second } = await busyVault();
  const before = vault.receipt('https://one.example');
  for (let i = 0; i < 5; i++) {
    vault.clock.advance(25 * 3_600_000);
    await redeem(vault, two, second.token);
    vault.db.transaction(() => { vault.audit.append({ type: 'vault.unlocked' }); });
  }
  await granted(vault, await companyAt(vault, 'https://three.example'));
  expect(unsigned(vault.receipt('https://one.example'))).toEqual(unsigned(before));
  await redeem(vault, one, first.token);
  const after = await check(vault.receipt('https://one.example'), 'https://one.example');
  expect(after.size).toBe(5);
  expect(after.list).toBe((await check(before, 'https://one.example')).list);
});

test('an older permission under another name is another receipt, and neither tells of the other', async () => {
  const vault = await consentVault();
  const company = await companyAt(vault, 'https://one.example');
  const { grantId } = await granted(vault, company);
  vault.clock.advance(95 * 86_400_000);
  // The same company, a new quarter: the request is fresh, the keys are the ones it had.
  const later = await granted(vault, await testCompany({ nowMs: vault.clock.nowMs(), companyId: 'https://one.example', name: 'one.example', signing: company.signing }));
  const newest = await check(vault.receipt('https://one.example'), 'https://one.example');
  const older = await check(vault.receipt('https://one.example', grantId), 'https://one.example');
  expect(later.grantId).not.toBe(grantId);
  expect(newest.pseudonym).not.toBe(older.pseudonym);
  expect(newest.list).not.toBe(older.list);
  expect(newest.issuer).not.toBe(older.issuer);
  expect(() => vault.receipt('https://two.example')).toThrow(expect.objectContaining({ code: 'ERR_COMPANY_UNKNOWN' }));
  const two = await companyAt(vault, 'https://two.example');
  const theirs = await granted(vault, two);
  expect(() => vault.receipt('https://one.example', theirs.grantId)).toThrow(expect.objectContaining({ code: 'ERR_GRANT_UNKNOWN' }));
});

test('forgotten entries are left out, and the others stay proven', async () => {
  const { vault } = await busyVault();
  const [, , third] = vault.receipt('https://one.example').entries;
  const cut = (JSON.parse(third?.opening ?? '[]') as number[])[3] ?? 0;
  expect(vault.audit.forget({ beforeMs: cut * 1000 })).toBeGreaterThan(3);
  const checked = await check(vault.receipt('https://one.example'), 'https://one.example');
  expect(checked.entries.map(({ index }) => index)).toEqual([2, 3]);
  expect(checked.size).toBe(4);
  vault.audit.forget({ companyId: 'https://one.example' });
  expect(() => vault.receipt('https://one.example')).toThrow(expect.objectContaining({ code: 'ERR_RECEIPT_EMPTY' }));
});

describe('a receipt that was bent is refused', () => {
  const change = (receipt: ReceiptDocument, at: number, entry: Partial<ReceiptDocument['entries'][number]>): ReceiptDocument => ({ ...receipt, entries: receipt.entries.map((own, i) => (i === at ? { ...own, ...entry } : own)) });
  const headWith = (receipt: ReceiptDocument, payload: Record<string, unknown>): ReceiptDocument => {
    const [header = '', , signature = ''] = receipt.head.split('.');
    return { ...receipt, head: `${header}.${Buffer.from(JSON.stringify({ ...jwsPart(receipt.head, 1), ...payload })).toString('base64url')}.${signature}` };
  };

  test('whichever part it is', async () => {
    const { vault } = await busyVault();
    const receipt = vault.receipt('https://one.example'), other = vault.receipt('https://two.example');
    const [a, b] = receipt.entries;
    if (!a || !b) throw new Error('too few entries');
    const bent: readonly (readonly [string, ReceiptDocument, string])[] = [
      ['an entry says something else', change(receipt, 1, { opening: b.opening.replace('allowed', 'refused') }), 'ERR_RECEIPT_PROOF'],
      ['another time', change(receipt, 1, { opening: b.opening.replace(/,(\d{10}),/u, (_all, at: string) => `,${Number(at) + 60},`) }), 'ERR_RECEIPT_PROOF'],
      ['space in the text', change(receipt, 1, { opening: ` ${b.opening}` }), 'ERR_RECEIPT_PROOF'],
      ['another place', change(receipt, 3, { index: 2 }), 'ERR_RECEIPT_PROOF'],
      ['beyond the end', change(receipt, 3, { index: 4 }), 'ERR_RECEIPT_PROOF'],
      ['twice', { ...receipt, entries: [a, a] }, 'ERR_RECEIPT_PROOF'],
      ['out of order', { ...receipt, entries: [b, a] }, 'ERR_RECEIPT_PROOF'],
      ['proof cut', change(receipt, 1, { proof: b.proof.slice(1) }), 'ERR_RECEIPT_PROOF'],
      ['proof longer', change(receipt, 1, { proof: [...b.proof, b.proof[0] ?? ''] }), 'ERR_RECEIPT_PROOF'],
      ['proof swapped', change(receipt, 1, { proof: [...b.proof].reverse() }), 'ERR_RECEIPT_PROOF'],
      ['an entry of another company', { ...receipt, entries: [a, ...other.entries.slice(1)] }, 'ERR_RECEIPT_PROOF'],
      ['another size', headWith(receipt, { size: 5 }), 'ERR_RECEIPT_SIGNATURE'],
      ['another root', headWith(receipt, { root: jwsPart(other.head, 1)['root'] }), 'ERR_RECEIPT_SIGNATURE'],
      ['another receiver', headWith(receipt, { aud: 'https://two.example' }), 'ERR_RECEIPT_SIGNATURE'],
      ['the head of another', { ...receipt, head: other.head }, 'ERR_RECEIPT_AUDIENCE'],
      ['no head', { ...receipt, head: '' }, 'ERR_RECEIPT_MALFORMED'],
      ['size 0', headWith(receipt, { size: 0 }), 'ERR_RECEIPT_MALFORMED'],
    ];
    for (const [what, document, code] of bent) await expect(check(document, 'https://one.example'), what).rejects.toMatchObject({ code });
    await expect(check(receipt, 'https://two.example')).rejects.toMatchObject({ code: 'ERR_RECEIPT_AUDIENCE' });
    await expect(check(receipt, 'https://one.example', { issuer: String(jwsPart(other.head, 1)['iss']), pseudonym: String(jwsPart(receipt.head, 1)['sub']) })).rejects.toMatchObject({ code: 'ERR_RECEIPT_ISSUER' });
    for (const text of ['', '{}', '[]', 'null', '{"format":"penchant-receipt","format":"x"}', JSON.stringify({ ...receipt, more: 1 }), 'x'.repeat(2_000_000), JSON.stringify({ ...receipt, entries: Array.from({ length: 501 }, () => a) })]) {
      await expect(verifyReceipt(text, { companyId: 'https://one.example' })).rejects.toMatchObject({ code: 'ERR_RECEIPT_MALFORMED' });
    }
  });
});

function scalars(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) scalars(item, into);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) scalars(item, into);
  else if (typeof value === 'string' && value.startsWith('eyJ')) scalars(JSON.parse(Buffer.from(value, 'base64url').toString()), into);
  else into.add(String(value));
}
