/** Calls of the SDK over a real socket: proofs, the nonce retry, refusals, limits, hostile servers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCompany, isPenchantError, type RedeemOptions } from '../../sdk/src/index.ts';
import { codeOf, createTestCompany, type TestCompany } from '../support/company.ts';
import { INTEREST, PRICE_BAND, compactAnswer, createIssuerKey, issueToken, makeAnswer, makeStatusList, sendProblem, sha256, startCompanyVault, type CompanyVault, type IssuerKey, type TokenOverrides } from '../support/company-vault.ts';

let shop: TestCompany;
let issuer: IssuerKey;
let vault: CompanyVault;

beforeEach(async () => {
  shop = await createTestCompany();
  issuer = createIssuerKey();
  vault = await startCompanyVault();
});
afterEach(async () => { await vault.close(); });

const token = (change: TokenOverrides = {}) => issueToken(shop, issuer, { origin: vault.origin, ...change });
const redeem = (options: RedeemOptions = {}, text = token()) => shop.company.redeem(text, options);
const answerWith = (type: string, body: string, status = 200) => { vault.respond = (_call, response) => { response.writeHead(status, { 'content-type': type }).end(body); }; };
const answerRightly = () => { answerWith('application/sd-jwt', compactAnswer(makeAnswer(shop, issuer))); };

describe('redeeming', () => {
  it('proves the key over method, address, token, body and nonce, and verifies the answer', async () => {
    answerRightly();
    const text = token();
    const answer = await redeem({ purpose: 'recommendations', claims: ['interest'] }, text);
    expect(answer.claims).toEqual({ interest: INTEREST, price_band: PRICE_BAND });
    expect(vault.seen).toHaveLength(2);
    const last = vault.seen[1];
    expect(last).toMatchObject({ path: '/v1/redeem', authorization: `DPoP ${text}`, contentType: 'application/json' });
    expect(JSON.parse(last?.body ?? '')).toEqual({ purpose: 'https://w3id.org/dpv#ProvideProductRecommendations', claims: ['interest'] });
    expect(last?.proof).toMatchObject({ htm: 'POST', htu: `${vault.origin}/v1/redeem`, iat: shop.now() / 1000, nonce: 'nonce-1', ath: sha256(text), bh: sha256(last?.body ?? '') });
    expect(last?.proof?.jti).not.toBe(vault.seen[0]?.proof?.jti);
    expect(last?.jwk).not.toHaveProperty('d');
  });

  it('learns the nonce once and uses it again; a turned nonce costs one retry', async () => {
    answerRightly();
    await redeem();
    await redeem();
    expect(vault.seen.map((call) => call.proof?.nonce)).toEqual([undefined, 'nonce-1', 'nonce-1']);
    vault.nonce = 'nonce-2';
    await redeem();
    expect(vault.seen).toHaveLength(5);
  });

  it('tries a second time once, never more', async () => {
    vault.respond = (_call, response) => { sendProblem(response, 'use_dpop_nonce'); };
    expect(await codeOf(redeem())).toBe('ERR_REFUSED_PROOF');
    expect(vault.seen).toHaveLength(2);
  });

  it('goes where `at` says, on the token\'s path, and proves that address', async () => {
    answerRightly();
    await redeem({ at: vault.origin }, token({ origin: 'https://vault.example/box/7' }));
    expect(vault.seen[1]).toMatchObject({ path: '/box/7/v1/redeem', proof: { htu: `${vault.origin}/box/7/v1/redeem` } });
  });

  it('never returns an answer that does not verify', async () => {
    answerWith('application/sd-jwt', compactAnswer(makeAnswer(shop, createIssuerKey())));
    expect(await codeOf(redeem())).toBe('ERR_ANSWER_SIGNATURE');
    answerWith('application/json', compactAnswer(makeAnswer(shop, issuer)));
    expect(await codeOf(redeem())).toBe('ERR_RESPONSE_INVALID');
  });

  it('wants a purpose where there are several, and a known one', async () => {
    await expect(redeem({}, token({ purposes: ['https://a.example/1', 'https://a.example/2'] }))).rejects.toThrow(TypeError);
    await expect(redeem({ claims: [] })).rejects.toThrow(TypeError);
    expect(vault.seen).toHaveLength(0);
  });
});

describe('refusals become codes', () => {
  for (const [problem, code] of [
    ['invalid_token', 'ERR_REFUSED_TOKEN'], ['invalid_dpop_proof', 'ERR_REFUSED_PROOF'], ['insufficient_scope', 'ERR_REFUSED_SCOPE'], ['slow_down', 'ERR_SLOW_DOWN'],
    ['invalid_request', 'ERR_REFUSED_REQUEST'], ['foreign_host', 'ERR_REFUSED_REQUEST'], ['not_found', 'ERR_REFUSED_REQUEST'], ['too_large', 'ERR_REFUSED_REQUEST'], ['server_error', 'ERR_VAULT_FAILED'],
  ] as const) {
    it(`${problem} → ${code}`, async () => {
      vault.respond = (_call, response) => { sendProblem(response, problem, { 'retry-after': '120' }); };
      const error: unknown = await redeem().catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code });
      if (isPenchantError(error) && error.code === 'ERR_SLOW_DOWN') expect(error.detail.retryAfterSeconds).toBe(120);
    });
  }

  it('anything else that is no success', async () => {
    answerWith('text/html', '<h1>Bad gateway</h1>', 502);
    expect(await codeOf(redeem())).toBe('ERR_VAULT_FAILED');
    answerWith('application/problem+json', '{"code":1', 400);
    expect(await codeOf(redeem())).toBe('ERR_VAULT_FAILED');
  });
});

describe('a server that means no good', () => {
  it('is not followed elsewhere', async () => {
    vault.respond = (_call, response) => { response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(); };
    expect(await codeOf(redeem())).toBe('ERR_REDIRECTED');
  });

  it('cannot fill the memory', async () => {
    vault.respond = (_call, response) => {
      response.writeHead(200, { 'content-type': 'application/sd-jwt' });
      const chunk = Buffer.alloc(16_384, 'a');
      const pump = () => { while (!response.destroyed && response.write(chunk)); if (!response.destroyed) response.once('drain', pump); };
      pump();
    };
    expect(await codeOf(redeem())).toBe('ERR_RESPONSE_TOO_LARGE');
  });

  it('cannot keep us waiting', async () => {
    vault.respond = () => undefined;
    expect(await codeOf(redeem({ timeoutMs: 100 }))).toBe('ERR_TIMEOUT');
    vault.respond = (_call, response) => { response.writeHead(200, { 'content-type': 'application/sd-jwt' }); response.write('eyJ'); };
    expect(await codeOf(redeem({ timeoutMs: 100 }))).toBe('ERR_TIMEOUT');
  });

  it('is left when the caller says so', async () => {
    vault.respond = () => undefined;
    const controller = new AbortController();
    setTimeout(() => { controller.abort(new Error('changed my mind')); }, 50);
    expect(await codeOf(redeem({ signal: controller.signal }))).toBe('ERR_ABORTED');
    expect(await codeOf(redeem({ signal: AbortSignal.abort() }))).toBe('ERR_ABORTED');
  });

  it('cannot smuggle text into a proof by its nonce', async () => {
    const server: Server = createServer((_request, response) => { response.setHeader('dpop-nonce', 'a b "c"'); sendProblem(response, 'use_dpop_nonce'); });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await codeOf(redeem({ at: `http://127.0.0.1:${port}` }))).toBe('ERR_REFUSED_PROOF');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not there at all', async () => {
    await vault.close();
    expect(await codeOf(redeem())).toBe('ERR_NETWORK');
  });
});

describe('a token that names a bad address', () => {
  it('sends nothing', async () => {
    for (const redemption_endpoint of ['http://192.168.0.1/v1/redeem', 'http://shop.internal/v1/redeem', 'ftp://127.0.0.1/v1/redeem', 'https://user:pw@vault.example/v1/redeem', 'https://vault.example/v1/redeem?x=1', 'https://vault.example/admin', 'file:///v1/redeem']) {
      expect(await codeOf(redeem({}, token({ payload: { redemption_endpoint } }))), redemption_endpoint).toBe('ERR_TOKEN_ENDPOINT');
    }
    const picky = createCompany({ domain: shop.domain, keys: shop.keys, now: shop.now, allowEndpoint: (url) => url.hostname === 'relay.example' });
    expect(await codeOf(picky.redeem(token()))).toBe('ERR_TOKEN_ENDPOINT');
    expect(vault.seen).toHaveLength(0);
  });
});

describe('introspection and giving back', () => {
  const state = () => ({ active: true, aud: shop.companyId, exp: shop.now() / 1000 + 60, iat: 1, sub: 'pseudonym-of-one-person', cnf: { jkt: shop.jkt }, token_type: 'DPoP' });

  it('sends the token in the body under proof and reads both states', async () => {
    answerWith('application/json', JSON.stringify(state()));
    const text = token();
    expect(await shop.company.introspect(text)).toEqual({ active: true, expiresAtMs: shop.now() + 60_000 });
    expect(vault.seen[1]).toMatchObject({ path: '/v1/introspect', authorization: undefined, contentType: 'application/x-www-form-urlencoded', body: `token=${text}`, proof: { ath: sha256(text), bh: sha256(`token=${text}`) } });
    answerWith('application/json', '{"active":false}');
    expect(await shop.company.introspect(text)).toEqual({ active: false });
  });

  it('does not believe words about another token', async () => {
    for (const other of [{ sub: 'x' }, { aud: 'https://other.example' }, { cnf: { jkt: 'A'.repeat(43) } }]) {
      answerWith('application/json', JSON.stringify({ ...state(), ...other }));
      expect(await codeOf(shop.company.introspect(token()))).toBe('ERR_RESPONSE_INVALID');
    }
  });

  it('gives back with an empty answer', async () => {
    vault.respond = (_call, response) => { response.writeHead(200).end(); };
    await shop.company.giveBack(token());
    expect(vault.seen[1]).toMatchObject({ path: '/v1/revoke' });
  });
});

describe('asking a vault nearby', () => {
  it('hands in a request and collects the token, checked', async () => {
    answerWith('application/json', '{"request_handle":"handle-1","interval":5,"expires_in":600}', 202);
    expect(await shop.company.submit('a.b.c', { at: vault.origin })).toEqual({ handle: 'handle-1', intervalSeconds: 5, expiresInSeconds: 600 });
    expect(vault.seen[0]).toMatchObject({ path: '/v1/requests', body: '{"request":"a.b.c"}', proof: null });
    answerWith('application/json', '{"status":"pending","interval":5}');
    expect(await shop.company.collect('handle-1', { at: vault.origin })).toEqual({ status: 'pending', intervalSeconds: 5 });
    expect(vault.seen.at(-1)).toMatchObject({ path: '/v1/requests/claim', proof: { htu: `${vault.origin}/v1/requests/claim` } });
    answerWith('application/json', JSON.stringify({ status: 'granted', token: token() }));
    expect(await shop.company.collect('handle-1', { at: vault.origin })).toMatchObject({ status: 'granted', token: { pseudonym: 'pseudonym-of-one-person' } });
    answerWith('application/json', JSON.stringify({ status: 'granted', token: token({ payload: { aud: 'https://other.example' } }) }));
    expect(await codeOf(shop.company.collect('handle-1', { at: vault.origin }))).toBe('ERR_TOKEN_AUDIENCE');
  });
});

describe('the status list over the network', () => {
  it('is fetched from the token\'s address, without proof, and must be of its type', async () => {
    const uri = `${vault.origin}/v1/status/abcdef`;
    answerWith('application/statuslist+jwt', makeStatusList(issuer, uri, [5]));
    const list = await shop.company.statusList(token());
    expect(list).toMatchObject({ uri, ttlSeconds: 60 });
    expect(vault.seen).toMatchObject([{ path: '/v1/status/abcdef', proof: null, authorization: undefined }]);
    answerRightly();
    expect(await codeOf(shop.company.redeem(token(), {}).then((answer) => shop.company.verify(answer.raw, token(), { statusList: list })))).toBe('ERR_STATUS_REVOKED');
    answerWith('text/plain', makeStatusList(issuer, uri, []));
    expect(await codeOf(shop.company.statusList(token()))).toBe('ERR_RESPONSE_INVALID');
  });
});
