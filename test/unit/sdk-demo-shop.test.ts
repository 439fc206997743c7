/** The demo shop: an order with reasons, tags that exist in the vault's taxonomy, and a server that minds its host. */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CATALOGUE } from '../../sdk/demo-shop/catalogue.ts';
import { rankCatalogue, sameBranch } from '../../sdk/demo-shop/ranking.ts';
import { startShop, type RunningShop } from '../../sdk/demo-shop/server.ts';
import type { ShopView } from '../../sdk/demo-shop/shop.ts';
import { generateCompanyKeys, thumbprintOf, verifyDocument, type CompanyKeys, type FlattenedJws } from '../../sdk/src/index.ts';
import { NOW_MS, compactAnswer, createIssuerKey, disclosure, issueToken, makeAnswer, makeStatusList, sendProblem, startCompanyVault, type CompanyVault, type IssuerKey } from '../support/company-vault.ts';

describe('the order of the shelves', () => {
  it('is everybody\'s without an answer', () => {
    expect(rankCatalogue(CATALOGUE, null).map(({ product, moved, reasons }) => [product.id, moved, reasons.length])).toEqual(CATALOGUE.map(({ id }) => [id, 0, 0]));
  });

  it('brings what was said to the top, says why, and loses nothing', () => {
    const ranked = rankCatalogue(CATALOGUE, { interest: [{ node: 'food.cooking', label: 'Cooking', iab: '216', strength: 'strong' }], price_band: [{ department: 'media', band: 'high' }] });
    expect(ranked[0]?.product.nodes.some((node) => sameBranch(node, 'food.cooking'))).toBe(true);
    expect(ranked[0]?.reasons[0]).toContain('Cooking');
    expect(ranked.map(({ product }) => product.id).toSorted()).toEqual(CATALOGUE.map(({ id }) => id).toSorted());
    expect(ranked.reduce((sum, { moved }) => sum + moved, 0)).toBe(0);
  });

  it('keeps what a person would rather not see at the end', () => {
    const ranked = rankCatalogue(CATALOGUE, { avoid: [{ node: 'technology', label: 'Technology', iab: null }] });
    expect(ranked.at(-1)?.product.nodes).toContain('technology.gadgets.audio');
  });

  it('does not take a name for a branch', () => {
    expect(sameBranch('food', 'football')).toBe(false);
    expect(sameBranch('food', 'food.cooking')).toBe(true);
  });

  it('uses nodes and ids that the vault has', () => {
    const taxonomy = z.object({ nodes: z.array(z.object({ id: z.string(), iab: z.string().nullable() })) }).parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/taxonomy.json'), 'utf8')));
    const nodes = new Map(taxonomy.nodes.map((node) => [node.id, node]));
    for (const product of CATALOGUE) {
      for (const id of [...product.nodes, product.department]) expect(nodes.has(id), `${product.id}: ${id}`).toBe(true);
      const known = new Set([...nodes.values()].filter((node) => product.nodes.some((id) => sameBranch(id, node.id))).map(({ iab }) => iab));
      for (const iab of product.iab) expect(known.has(iab), `${product.id}: IAB ${iab}`).toBe(true);
    }
  });
});

describe('the shop', () => {
  let shop: RunningShop;
  let vault: CompanyVault;
  let keys: CompanyKeys;
  let issuer: IssuerKey;
  let cookie = '';

  beforeAll(async () => {
    vault = await startCompanyVault();
    keys = await generateCompanyKeys();
    issuer = createIssuerKey();
    shop = await startShop({ port: 0, keys, vaultUrl: vault.origin, now: () => NOW_MS });
  });
  afterAll(async () => { await shop.close(); await vault.close(); });
  beforeEach(async () => {
    const response = await fetch(`${shop.url}/api/state`);
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  });

  const step = async (name: string, body: unknown = {}): Promise<ShopView> => {
    const response = await fetch(`${shop.url}/api/${name}`, { method: 'POST', headers: { cookie, origin: shop.url, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return await response.json() as ShopView;
  };
  const identity = async () => ({ companyId: shop.url, jkt: await thumbprintOf(keys.dpop) });
  const token = async () => issueToken(await identity(), issuer, { origin: vault.origin });
  const answerRightly = async () => {
    const company = await identity();
    vault.respond = (call, response) => {
      const body = compactAnswer(makeAnswer(company, issuer, { disclosures: [disclosure('interest', [{ node: 'food.cooking', label: 'Cooking', iab: '216', strength: 'strong' }])] }));
      if (call.path === '/v1/redeem') response.writeHead(200, { 'content-type': 'application/sd-jwt' }).end(body);
      else sendProblem(response, 'not_found');
    };
  };

  it('serves its document where the protocol says, signed for the address it runs at', async () => {
    const document = await verifyDocument(await (await fetch(`${shop.url}/.well-known/preference-client.json`)).json() as FlattenedJws);
    expect(document.payload.iss).toBe(shop.url);
  });

  it('asks, receives a pasted token, redeems, and sorts for this visitor only', async () => {
    const asked = await step('ask');
    expect(asked).toMatchObject({ phase: 'asked', you: null });
    expect(asked.request?.link).toMatch(/^penchant:\/\/request\?request=eyJ/);
    expect(await (await fetch(`${shop.url}/request.jwt`, { headers: { cookie } })).text()).toBe(asked.request?.text);
    await answerRightly();
    const sorted = await step('token', { token: await token() });
    expect(sorted).toMatchObject({ phase: 'answered', answer: { claims: { interest: [{ label: 'Cooking' }] } } });
    expect(sorted.you?.[0]?.reasons[0]).toBe('You like Cooking a lot');
    expect(sorted.everyone[0]?.title).toBe('Wireless headphones');
    expect((await (await fetch(`${shop.url}/api/state`)).json() as ShopView).you).toBeNull();
  });

  it('hands the request to the vault and collects the token', async () => {
    await step('ask');
    vault.respond = (_call, response) => { response.writeHead(202, { 'content-type': 'application/json' }).end('{"request_handle":"h-1","interval":5,"expires_in":600}'); };
    expect(await step('send')).toMatchObject({ phase: 'sent', pollSeconds: 5 });
    vault.respond = (_call, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"pending","interval":5}'); };
    expect(await step('collect')).toMatchObject({ phase: 'sent' });
    const granted = JSON.stringify({ status: 'granted', token: await token() });
    await answerRightly();
    const redeem = vault.respond;
    vault.respond = (call, response) => call.path === '/v1/requests/claim' ? void response.writeHead(200, { 'content-type': 'application/json' }).end(granted) : redeem(call, response);
    expect(await step('collect')).toMatchObject({ phase: 'answered' });
  });

  it('falls back to the plain catalogue when the permission ends, however it learns of it', async () => {
    for (const ending of ['redeem', 'check', 'return'] as const) {
      await answerRightly();
      expect((await step('token', { token: await token() })).you).not.toBeNull();
      const list = makeStatusList(issuer, `${vault.origin}/v1/status/abcdef`, [5]);
      vault.respond = (call, response) => {
        if (call.path.startsWith('/v1/status/')) response.writeHead(200, { 'content-type': 'application/statuslist+jwt' }).end(list);
        else if (call.path === '/v1/revoke') response.writeHead(200).end();
        else sendProblem(response, 'invalid_token');
      };
      expect(await step(ending)).toMatchObject({ phase: 'ended', token: null, answer: null, you: null, notice: { tone: 'warning' } });
    }
  });

  it('keeps the answer when it asked too often, and explains a token that is none', async () => {
    await answerRightly();
    await step('token', { token: await token() });
    vault.respond = (_call, response) => { sendProblem(response, 'slow_down'); };
    expect(await step('redeem')).toMatchObject({ phase: 'answered', notice: { code: 'ERR_SLOW_DOWN' } });
    expect(await step('token', { token: 'nope' })).toMatchObject({ phase: 'answered', notice: { code: 'ERR_TOKEN_MALFORMED' } });
  });

  it('minds its host, its origin and its scripts', async () => {
    const { port } = new URL(shop.url);
    const foreign = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } }, (response) => { response.resume(); resolve(response.statusCode); }).on('error', reject).end();
    });
    expect(foreign).toBe(421);
    for (const headers of [{ origin: 'https://evil.example', 'content-type': 'application/json' }, { 'content-type': 'application/json' }, { origin: shop.url, 'content-type': 'text/plain' }]) {
      expect((await fetch(`${shop.url}/api/ask`, { method: 'POST', headers: { cookie, ...headers }, body: '{}' })).status).toBe(403);
    }
    const page = await fetch(shop.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(await page.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
    expect((await fetch(`${shop.url}/../keys.json`)).status).toBe(404);
    expect((await fetch(shop.url, { method: 'DELETE' })).status).toBe(405);
  });
});
