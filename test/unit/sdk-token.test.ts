/** Tokens, documents, requests, short notation: right ones round-trip, wrong ones are refused with their code. */
import { beforeAll, describe, expect, it } from 'vitest';
import { companyIdOf, createCompany, generateCompanyKeys, isPenchantError, overAsking, parseClaims, parseCompanyKeys, requestLink, signDocument, signRequest, verifyDocument, type DocumentInput } from '../../sdk/src/index.ts';
import { companyDocument, requestHeader, requestPayload } from '../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { codeOf, createTestCompany, type TestCompany } from '../support/company.ts';
import { NOW_MS, createIssuerKey, issueToken, type IssuerKey, type TokenOverrides } from '../support/company-vault.ts';

let shop: TestCompany;
let issuer: IssuerKey;

beforeAll(async () => {
  shop = await createTestCompany();
  issuer = createIssuerKey();
});

const NOW = NOW_MS / 1000;
const part = (jws: string, index: number): unknown => parseStrictJson(Buffer.from(jws.split('.')[index] ?? '', 'base64url').toString('utf8'));
const documentInput: DocumentInput = { domain: 'shop.example', name: 'Shop', claims: 'interest:2,price_band:1', purposes: ['recommendations'] };

describe('a token', () => {
  it('is read into what it allows', async () => {
    expect(await shop.company.parseToken(issueToken(shop, issuer))).toMatchObject({
      issuer: issuer.issuer, pseudonym: 'pseudonym-of-one-person', audience: 'https://shop.example', claims: [{ claim: 'interest', precision: 2 }, { claim: 'price_band', precision: 1 }],
      cadence: { max: 3, per: 'week' }, redemptionEndpoint: 'http://127.0.0.1:47816/v1/redeem', status: { index: 5 },
    });
  });

  const cases: readonly (readonly [string, string, () => TokenOverrides])[] = [
    ['another type', 'ERR_TOKEN_MALFORMED', () => ({ header: { typ: 'at+jwt' } })],
    ['no algorithm', 'ERR_TOKEN_MALFORMED', () => ({ header: { alg: 'none' } })],
    ['a private key in the header', 'ERR_TOKEN_MALFORMED', () => ({ header: { jwk: { ...issuer.jwk, d: 'x'.repeat(43) } } })],
    ['a remote key', 'ERR_TOKEN_MALFORMED', () => ({ header: { jku: 'https://evil.example/keys' } })],
    ['a foreign signature', 'ERR_TOKEN_SIGNATURE', () => ({ signWith: createIssuerKey().key })],
    ['an issuer that is not its key', 'ERR_TOKEN_ISSUER', () => ({ payload: { iss: createIssuerKey().issuer } })],
    ['another audience', 'ERR_TOKEN_AUDIENCE', () => ({ payload: { aud: 'https://other.example' } })],
    ['another DPoP key', 'ERR_TOKEN_KEY', () => ({ payload: { cnf: { jkt: 'A'.repeat(43) } } })],
    ['no key at all', 'ERR_TOKEN_MALFORMED', () => ({ payload: { cnf: undefined } })],
    ['an expired one', 'ERR_TOKEN_EXPIRED', () => ({ payload: { exp: NOW - 60 } })],
    ['one from the future', 'ERR_TOKEN_NOT_YET_VALID', () => ({ payload: { iat: NOW + 61 } })],
    ['a precision the ladder does not have', 'ERR_TOKEN_MALFORMED', () => ({ claims: [{ claim: 'brand', precision: 2 }] })],
  ];
  for (const [name, code, change] of cases) it(`with ${name} is refused: ${code}`, async () => { expect(await codeOf(shop.company.parseToken(issueToken(shop, issuer, change())))).toBe(code); });

  it('that is no JWS is refused', async () => {
    const token = issueToken(shop, issuer);
    for (const text of ['', 'a.b.c', `${token}=`, ` ${token}`, token.replace('.', '..'), `${token}.x`, 'x'.repeat(70_000)]) expect(await codeOf(shop.company.parseToken(text))).toBe('ERR_TOKEN_MALFORMED');
  });

  it('carries the date it expired in a narrowed error', async () => {
    const error: unknown = await shop.company.parseToken(issueToken(shop, issuer, { payload: { exp: NOW - 100 } })).catch((cause: unknown) => cause);
    if (!isPenchantError(error)) throw new Error('Expected a failure of the SDK.');
    switch (error.code) {
      case 'ERR_TOKEN_EXPIRED': expect(error.detail.expiredAtMs).toBe((NOW - 100) * 1000); break;
      default: expect.unreachable();
    }
  });
});

describe('a company document', () => {
  it('is signed by its own key, the same in both forms', async () => {
    const document = await signDocument(documentInput, shop.keys, { now: shop.now });
    expect(companyDocument.parse(document.payload)).toMatchObject({ iss: 'https://shop.example', domain: 'shop.example', iat: NOW, terms: { code: 'SD-BASE' }, contact: 'privacy@shop.example' });
    expect((await verifyDocument(document.flattened)).compact).toBe(document.compact);
    expect(JSON.stringify(document)).not.toContain(shop.keys.signing.d);
  });

  it('is refused when somebody else signed it or a byte changed', async () => {
    const mine = await signDocument(documentInput, shop.keys);
    const theirs = await signDocument(documentInput, await generateCompanyKeys());
    expect(await codeOf(verifyDocument({ ...mine.flattened, signature: theirs.flattened.signature }))).toBe('ERR_DOCUMENT_INVALID');
    expect(await codeOf(verifyDocument(`${mine.compact.slice(0, -2)}AA`))).toBe('ERR_DOCUMENT_INVALID');
    expect(await codeOf(verifyDocument('nope'))).toBe('ERR_DOCUMENT_INVALID');
  });

  it('names a domain and nothing more', async () => {
    expect(companyIdOf('127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
    for (const domain of ['', 'https://shop.example', 'shop.example/path', 'user@shop.example', 'shop example', '127.0.0.1:8080/x', '-']) expect(() => companyIdOf(domain), domain).toThrow(TypeError);
    expect(await codeOf(signDocument({ ...documentInput, policyUri: 'http://shop.example/p' }, shop.keys))).toBe('ERR_DOCUMENT_INVALID');
  });
});

describe('a request', () => {
  it('has the shape both sides agreed on and embeds the document', async () => {
    const document = await signDocument(documentInput, shop.keys, { now: shop.now });
    const signed = await signRequest({ document: document.compact, claims: 'interest:2,price_band:1?', purposes: ['recommendations'], durationDays: 90, benefit: 'Better lists' }, shop.keys, { now: shop.now });
    expect(requestHeader.parse(part(signed.request, 0)).kid).toBe(document.payload.jwks.keys[0]?.kid);
    expect(requestPayload.parse(part(signed.request, 1))).toMatchObject({
      client_id: 'https://shop.example', dpop_jkt: shop.jkt, client_document: document.compact, iat: NOW, exp: NOW + 7 * 86_400,
      authorization_details: [{ claims: [{ claim: 'interest', precision: 2, required: true }, { claim: 'price_band', precision: 1, required: false }], duration_days: 90, cadence: { max: 3, per: 'week' } }],
    });
    expect(signed.overAsking).toEqual([]);
    expect(new URL(signed.link).searchParams.get('request')).toBe(signed.request);
    expect(new URL(signed.link).protocol).toBe('penchant:');
  });

  it('says when it asks for more than the document', async () => {
    const document = await signDocument(documentInput, shop.keys);
    const signed = await signRequest({ document: document.compact, claims: 'interest:3,age:1', purposes: ['sale'], durationDays: 1 }, shop.keys);
    expect(signed.overAsking).toEqual([{ claim: 'interest', precision: 3 }, { claim: 'age', precision: 1 }]);
    expect(overAsking([{ claim: 'interest', precision: 1 }], [{ claim: 'interest', precision: 2 }])).toEqual([]);
  });

  it('is refused when it asks for what cannot be granted, or with other keys', async () => {
    const document = await signDocument(documentInput, shop.keys);
    const input = { document: document.compact, claims: 'interest:2', purposes: ['recommendations'], durationDays: 90 } as const;
    expect(await codeOf(signRequest({ ...input, durationDays: 91 }, shop.keys))).toBe('ERR_REQUEST_INVALID');
    for (const expiresInSeconds of [0, 90 * 86_400 + 1]) expect(await codeOf(signRequest({ ...input, expiresInSeconds }, shop.keys))).toBe('ERR_REQUEST_INVALID');
    expect(await codeOf(signRequest(input, await generateCompanyKeys()))).toBe('ERR_REQUEST_INVALID');
    await expect(createCompany({ domain: 'shop.example', keys: shop.keys }).request(input)).rejects.toThrow(TypeError);
    // What is wrong is named, and a document of somebody else is not taken along.
    await expect(signRequest({ ...input, durationDays: 9_000 }, shop.keys)).rejects.toThrow(/rule of the protocol: duration_days: .*90/u);
    await expect(signRequest({ ...input, purposes: [] }, shop.keys)).rejects.toThrow(/: purposes: /u);
    await expect(createCompany({ domain: 'other.example', keys: shop.keys, document: document.compact }).request(input)).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID', message: 'The document is one of https://shop.example, and this company is https://other.example.' });
    expect(() => requestLink('not a request')).toThrow(TypeError);
  });
});

describe('short notation', () => {
  it('reads steps and marks', () => {
    expect(parseClaims('interest:2, price_band?,brand')).toEqual([
      { claim: 'interest', precision: 2, required: true }, { claim: 'price_band', precision: 1, required: false }, { claim: 'brand', precision: 1, required: true },
    ]);
  });

  it('refuses what is no claim', () => {
    for (const text of ['', ',', 'interest:', 'interest:0', 'interest:4', 'interest:10', 'Interest', 'interest??', 'interest,interest:2', 'toString', 'interest:2;brand']) expect(() => parseClaims(text), text).toThrow(TypeError);
  });

  it('refuses keys that are none', () => {
    expect(() => parseCompanyKeys({ signing: shop.keys.signing })).toThrow(expect.objectContaining({ code: 'ERR_KEYS_INVALID' }) as Error);
    expect(() => parseCompanyKeys({ ...shop.keys, dpop: { ...shop.keys.dpop, d: undefined } })).toThrow(expect.objectContaining({ code: 'ERR_KEYS_INVALID' }) as Error);
  });
});

describe('JSON that reads two ways', () => {
  it('is refused; the rest is read', () => {
    expect(parseStrictJson('{"a":{"a":[{"a":1},{"a":2}]},"b":"{\\"a\\":1,\\"a\\":2}"}')).toEqual({ a: { a: [{ a: 1 }, { a: 2 }] }, b: '{"a":1,"a":2}' });
    for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"b":{},"b" :1}]', '"\ud800"', '{"\\ud800":1}', `${'['.repeat(25)}${']'.repeat(25)}`, '{', '']) expect(() => parseStrictJson(text), text).toThrow(SyntaxError);
  });
});
