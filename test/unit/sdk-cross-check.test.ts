/** An independent implementation agrees: answers made by @sd-jwt/core 0.19 verify here, and answers read here read the same there. */
import { createHash, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { SDJwtInstance } from '@sd-jwt/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TYP_ANSWER, VCT } from '../../shared/protocol/names.ts';
import { codeOf, createTestCompany, type TestCompany } from '../support/company.ts';
import { INTEREST, NOW_MS, PRICE_BAND, compactAnswer, createIssuerKey, issueToken, makeAnswer, type IssuerKey } from '../support/company-vault.ts';

let shop: TestCompany;
let issuer: IssuerKey;
let theirs: SDJwtInstance<Record<string, unknown>>;

beforeAll(async () => {
  shop = await createTestCompany();
  issuer = createIssuerKey();
  theirs = new SDJwtInstance<Record<string, unknown>>({
    signer: (data: string) => sign('sha256', Buffer.from(data), { key: issuer.key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    verifier: (data: string, signature: string) => verify('sha256', Buffer.from(data), { key: createPublicKey(issuer.key), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    signAlg: 'ES256', hasher: (data: string | ArrayBuffer, alg: string) => createHash(alg.replace('-', '')).update(typeof data === 'string' ? data : Buffer.from(data)).digest(), hashAlg: 'sha-256',
    saltGenerator: (length: number) => randomBytes(length).toString('base64url'), omitTyp: true,
  });
});

const now = NOW_MS / 1000;
const payload = () => ({
  iss: issuer.issuer, sub: 'pseudonym-of-one-person', aud: shop.companyId, iat: now - 10, exp: now + 600, vct: VCT,
  assurance: { interest: 'derived', price_band: 'self-asserted' }, log_receipt: 'receipt', interest: INTEREST, price_band: PRICE_BAND,
});

describe('@sd-jwt/core and this SDK', () => {
  it('agree on an answer that it issued, decoys included', async () => {
    const answer = await theirs.issue(payload(), { _sd: ['interest', 'price_band'], _sd_decoy: 7 }, { header: { typ: TYP_ANSWER } });
    const read = await shop.company.verify(answer, issueToken(shop, issuer));
    expect(read.claims).toEqual({ interest: INTEREST, price_band: PRICE_BAND });
    expect(read.assurance).toEqual({ interest: 'derived', price_band: 'self-asserted' });
  });

  it('agree on what a partial presentation says', async () => {
    const answer = await theirs.issue(payload(), { _sd: ['interest', 'price_band'] }, { header: { typ: TYP_ANSWER } });
    const some = await theirs.present(answer, { price_band: true });
    expect((await shop.company.verify(some, issueToken(shop, issuer))).claims).toEqual({ price_band: PRICE_BAND });
  });

  it('agree on an answer made by neither', async () => {
    const answer = compactAnswer(makeAnswer(shop, issuer));
    const read = z.record(z.string(), z.unknown()).parse((await theirs.verify(answer, { currentDate: now })).payload);
    const ours = await shop.company.verify(answer, issueToken(shop, issuer));
    expect({ interest: read['interest'], price_band: read['price_band'] }).toEqual(ours.claims);
  });

  it('neither believes a disclosure that was swapped: it drops what no digest covers, this SDK refuses the answer (RFC 9901 §7.1, step 5)', async () => {
    const { jws } = makeAnswer(shop, issuer);
    const { disclosures } = makeAnswer(shop, issuer);
    const swapped = compactAnswer({ jws, disclosures });
    expect(await codeOf(shop.company.verify(swapped, issueToken(shop, issuer)))).toBe('ERR_ANSWER_DISCLOSURE');
    const { payload: read } = await theirs.verify(swapped, { currentDate: now });
    expect(read).not.toHaveProperty('interest');
  });

  it('this SDK refuses what the profile forbids although RFC 9901 allows it: a claim in the open, a nested digest', async () => {
    const open = await theirs.issue(payload(), { _sd: ['interest'] }, { header: { typ: TYP_ANSWER } });
    expect(await codeOf(shop.company.verify(open, issueToken(shop, issuer)))).toBe('ERR_ANSWER_MALFORMED');
    const nested = await theirs.issue({ ...payload(), extra: { note: 'x' } }, { _sd: ['interest', 'price_band'], extra: { _sd: ['note'] } }, { header: { typ: TYP_ANSWER } });
    expect(await codeOf(shop.company.verify(nested, issueToken(shop, issuer)))).toBe('ERR_ANSWER_MALFORMED');
  });
});
