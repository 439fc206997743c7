/** Verifying answers: a right one is read, every wrong one is refused with its code. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isPenchantError, parseStatusList, type PreferenceToken } from '../../sdk/src/index.ts';
import { codeOf, createTestCompany, type TestCompany } from '../support/company.ts';
import { INTEREST, NOW_MS, PRICE_BAND, compactAnswer, createIssuerKey, disclosure, issueToken, makeAnswer, makeStatusList, sha256, type AnswerOverrides, type IssuerKey } from '../support/company-vault.ts';

let shop: TestCompany;
let issuer: IssuerKey;
let token: PreferenceToken;

beforeAll(async () => {
  shop = await createTestCompany();
  issuer = createIssuerKey();
  token = await shop.company.parseToken(issueToken(shop, issuer));
});

const make = (change: AnswerOverrides = {}) => makeAnswer(shop, issuer, change);
const verify = (answer: string) => shop.company.verify(answer, token);
const codeFor = (change: AnswerOverrides) => codeOf(verify(compactAnswer(make(change))));
const b64 = (text: string) => Buffer.from(text).toString('base64url');
const NOW = NOW_MS / 1000;

describe('a right answer', () => {
  it('gives the disclosed claims, the pseudonym and the issuer', async () => {
    const raw = compactAnswer(make());
    expect(await verify(raw)).toEqual({
      claims: { interest: INTEREST, price_band: PRICE_BAND }, noise: {}, assurance: { interest: 'derived', price_band: 'derived' },
      pseudonym: 'pseudonym-of-one-person', issuer: issuer.issuer, issuedAtMs: NOW_MS - 30_000, expiresAtMs: NOW_MS + 3_600_000, logReceipt: 'receipt-1', raw,
    });
  });

  it('may hold nothing but decoys', async () => {
    expect((await verify(compactAnswer(make({ disclosures: [] })))).claims).toEqual({});
  });

  it('may leave out a claim that was granted', async () => {
    expect((await verify(compactAnswer(make({ disclosures: [disclosure('price_band', PRICE_BAND)] })))).claims).toEqual({ price_band: PRICE_BAND });
  });

  it('may hold a digest whose disclosure was not sent', async () => {
    const answer = make();
    expect((await verify(compactAnswer({ ...answer, disclosures: answer.disclosures.slice(0, 1) }))).claims).toEqual({ interest: INTEREST });
  });

  it('forgives a minute of clock difference, no more', async () => {
    expect(await codeFor({ payload: { iat: NOW + 60 } })).toBe('no failure');
    expect(await codeFor({ payload: { iat: NOW + 61 } })).toBe('ERR_ANSWER_NOT_YET_VALID');
    expect(await codeFor({ payload: { exp: NOW - 59, iat: NOW - 600 } })).toBe('no failure');
    expect(await codeFor({ payload: { exp: NOW - 60, iat: NOW - 600 } })).toBe('ERR_ANSWER_EXPIRED');
  });
});

describe('a wrong answer is refused', () => {
  const cases: readonly (readonly [string, string, () => AnswerOverrides])[] = [
    ['another type', 'ERR_ANSWER_TYPE', () => ({ header: { typ: 'dc+sd-jwt' } })],
    ['no algorithm', 'ERR_ANSWER_TYPE', () => ({ header: { alg: 'none' } })],
    ['a symmetric algorithm', 'ERR_ANSWER_TYPE', () => ({ header: { alg: 'HS256' } })],
    ['its own key in the header', 'ERR_ANSWER_TYPE', () => ({ header: { jwk: createIssuerKey().jwk } })],
    ['a critical extension', 'ERR_ANSWER_TYPE', () => ({ header: { crit: ['b64'], b64: false } })],
    ['another credential type', 'ERR_ANSWER_TYPE', () => ({ payload: { vct: 'urn:other:1' } })],
    ['another digest algorithm', 'ERR_ANSWER_TYPE', () => ({ payload: { _sd_alg: 'sha-512' } })],
    ['a foreign signature', 'ERR_ANSWER_SIGNATURE', () => ({ signWith: createIssuerKey().key })],
    ['another issuer under the same key', 'ERR_ANSWER_ISSUER', () => ({ payload: { iss: createIssuerKey().issuer } })],
    ['another audience', 'ERR_ANSWER_AUDIENCE', () => ({ payload: { aud: 'https://other.example' } })],
    ['a list of audiences', 'ERR_ANSWER_MALFORMED', () => ({ payload: { aud: [shop.companyId] } })],
    ['another person', 'ERR_ANSWER_SUBJECT', () => ({ payload: { sub: 'somebody-else' } })],
    ['dates out of order', 'ERR_ANSWER_EXPIRED', () => ({ payload: { iat: NOW, exp: NOW } })],
    ['a date as text', 'ERR_ANSWER_MALFORMED', () => ({ payload: { exp: `${NOW + 60}` } })],
    ['no receipt', 'ERR_ANSWER_MALFORMED', () => ({ payload: { log_receipt: undefined } })],
    ['no digests', 'ERR_ANSWER_MALFORMED', () => ({ payload: { _sd: undefined } })],
    ['a digest that is none', 'ERR_ANSWER_MALFORMED', () => ({ digests: ['short'] })],
    ['a digest that is no text', 'ERR_ANSWER_MALFORMED', () => ({ digests: [1] })],
    ['a claim in the open', 'ERR_ANSWER_MALFORMED', () => ({ payload: { brand: ['Acme'] } })],
    ['digests further inside', 'ERR_ANSWER_MALFORMED', () => ({ payload: { extra: { _sd: [sha256('x')] } } })],
    ['an array digest', 'ERR_ANSWER_MALFORMED', () => ({ payload: { extra: [{ '...': sha256('x') }] } })],
    ['a reserved name at the top', 'ERR_ANSWER_MALFORMED', () => ({ payload: { '...': sha256('x') } })],
    ['a member given twice', 'ERR_ANSWER_MALFORMED', () => ({ payloadText: (payload) => JSON.stringify(payload).replace('{', `{"aud":"https://other.example",`) })],
    ['a payload that is no object', 'ERR_ANSWER_MALFORMED', () => ({ payloadText: () => '[]' })],
    ['the same digest twice', 'ERR_ANSWER_DISCLOSURE', () => { const one = disclosure('interest', INTEREST); return { disclosures: [one], digests: [sha256(one), sha256(one)] }; }],
    ['the same decoy twice', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [], digests: [sha256('d'), sha256('d')] })],
    ['a disclosure sent twice', 'ERR_ANSWER_DISCLOSURE', () => { const one = disclosure('interest', INTEREST); return { disclosures: [one, one], digests: [sha256(one)] }; }],
    ['a disclosure nobody signed', 'ERR_ANSWER_DISCLOSURE', () => ({ digests: [sha256('only a decoy')] })],
    ['two disclosures of one claim', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [disclosure('interest', INTEREST), disclosure('interest', INTEREST)] })],
    ['a disclosure of two elements', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [b64('["c2FsdHNhbHRzYWx0c2FsdA","interest"]')] })],
    ['a disclosure of four elements', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [b64('["c2FsdHNhbHRzYWx0c2FsdA","interest",[],1]')] })],
    ['a disclosure without salt', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [b64('["","interest",[]]')] })],
    ['a disclosure that is an object', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [b64('{"interest":[]}')] })],
    ['a disclosure that is no JSON', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [b64('nope')] })],
    ['a disclosure that is no UTF-8', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [Buffer.from([0x5b, 0xff, 0x5d]).toString('base64url')] })],
    ['a disclosure in padded base64', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [Buffer.from('["c2FsdHNhbHRzYWx0c2FsdA","interest",[]] ').toString('base64').replace(/=*$/, '=')] })],
    ['a disclosure named _sd', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [disclosure('_sd', [])] })],
    ['a disclosure named ...', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [disclosure('...', 'x')] })],
    ['a disclosure overwriting the audience', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [disclosure('aud', 'https://other.example')] })],
    ['a value hiding digests', 'ERR_ANSWER_DISCLOSURE', () => ({ disclosures: [disclosure('interest', [{ ...INTEREST[0], _sd: [sha256('x')] }])] })],
    ['a disclosure inside a disclosure', 'ERR_ANSWER_DISCLOSURE', () => { const inner = disclosure('price_band', PRICE_BAND); const outer = disclosure('interest', [{ ...INTEREST[0], _sd: [sha256(inner)] }]); return { disclosures: [outer, inner], digests: [sha256(outer)] }; }],
    ['a claim that was not granted', 'ERR_ANSWER_SCOPE', () => ({ disclosures: [disclosure('brand', ['Acme'])] })],
    ['a claim nobody knows', 'ERR_ANSWER_SCOPE', () => ({ disclosures: [disclosure('shoe_colour_of_aunt', 'red')] })],
    ['a prototype as claim', 'ERR_ANSWER_SCOPE', () => ({ disclosures: [disclosure('__proto__', { polluted: true })] })],
    ['a value of the wrong shape', 'ERR_ANSWER_VALUE', () => ({ disclosures: [disclosure('interest', 'cooking')] })],
    ['a strength nobody knows', 'ERR_ANSWER_VALUE', () => ({ disclosures: [disclosure('interest', [{ ...INTEREST[0], strength: 'fanatic' }])] })],
  ];
  for (const [name, code, change] of cases) {
    it(`${name}: ${code}`, async () => {
      expect(await codeFor(change())).toBe(code);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  }

  it('text that is no SD-JWT', async () => {
    const { jws, disclosures } = make();
    const [one = '', two = ''] = disclosures;
    for (const text of ['', '~', 'x', jws, `${jws}~${one}`, `${jws}~~`, `${jws}~${one}~~${two}~`, `${jws}~${one}~eyJ.eyJ.sig`, `~${jws}~`, `${jws} ~`, `${jws}=~`, `${jws}~${'a'.repeat(70_000)}~`]) {
      expect(await codeOf(verify(text)), text.slice(0, 40)).toMatch(/^ERR_ANSWER_(MALFORMED|DISCLOSURE)$/);
    }
  });

  it('a token object that parseToken did not make', async () => {
    await expect(shop.company.verify(compactAnswer(make()), { ...token })).rejects.toThrow(TypeError);
  });

  it('whatever single character is changed', async () => {
    const raw = compactAnswer(make());
    await fc.assert(fc.asyncProperty(fc.nat(raw.length - 1), fc.constantFrom('A', 'z', '0', '-', '_', '.', '~', '{', '"', ' '), async (at, char) => {
      fc.pre(raw.charAt(at) !== char);
      const failure = await verify(raw.slice(0, at) + char + raw.slice(at + 1)).then(() => null, (error: unknown) => error);
      expect(isPenchantError(failure)).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('the status list', () => {
  const uri = 'http://127.0.0.1:47816/v1/status/abcdef';
  const withList = async (jwt: string) => shop.company.verify(compactAnswer(make()), token, { statusList: await parseStatusList(jwt, token, { now: shop.now }) });

  it('lets a living token pass and refuses an ended one', async () => {
    expect(await codeOf(withList(makeStatusList(issuer, uri, [4, 6, 13])))).toBe('no failure');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [5])))).toBe('ERR_STATUS_REVOKED');
  });

  it('is refused when it is not the token\'s own', async () => {
    const other = createIssuerKey();
    expect(await codeOf(withList(makeStatusList(other, uri, [])))).toBe('ERR_STATUS_SIGNATURE');
    expect(await codeOf(withList(makeStatusList(issuer, `${uri}x`, [])))).toBe('ERR_STATUS_MISMATCH');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { payload: { iss: other.issuer } })))).toBe('ERR_STATUS_MISMATCH');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { payload: { exp: NOW - 61 } })))).toBe('ERR_STATUS_EXPIRED');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { payload: { iat: NOW + 61 } })))).toBe('ERR_STATUS_EXPIRED');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { header: { typ: 'JWT' } })))).toBe('ERR_STATUS_MALFORMED');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { payload: { status_list: { bits: 2, lst: 'eNrbuRgAAhcBXQ' } } })))).toBe('ERR_STATUS_MALFORMED');
  });

  it('is refused when it is too short, broken, or a bomb', async () => {
    const { deflateSync } = await import('node:zlib');
    const lst = (bytes: Buffer) => ({ payload: { status_list: { bits: 1, lst: deflateSync(bytes).toString('base64url') } } });
    const far = await shop.company.parseToken(issueToken(shop, issuer, { payload: { status: { status_list: { idx: 1_000_000, uri } } } }));
    expect(await codeOf(shop.company.verify(compactAnswer(make()), far, { statusList: await parseStatusList(makeStatusList(issuer, uri, []), far, { now: shop.now }) }))).toBe('ERR_STATUS_MALFORMED');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], lst(Buffer.alloc(20_000_000)))))).toBe('ERR_STATUS_MALFORMED');
    expect(await codeOf(withList(makeStatusList(issuer, uri, [], { payload: { status_list: { bits: 1, lst: 'eNrbuRgAAhcA' } } })))).toBe('ERR_STATUS_MALFORMED');
  });
});
