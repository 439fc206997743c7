/** Both servers against every spelling of Host, Origin, Sec-Fetch-Site, method and target a browser or a program could send: only the honest ones get through. */
import { createHmac } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { consentVault, freshNonce, granted } from '../support/consent-vault.ts';
import { foreignHosts, foreignOrigins, FOREIGN_SITES, headerLines, METHODS, rawClient, strangeRequests, type RawAnswer, type RawClient } from '../support/raw-http.ts';
import { RECOMMENDATIONS, signProof, testCompany } from '../support/test-company.ts';
import { LINK_KEY, testWebHost } from '../support/web-host.ts';

interface Combination { readonly host: string; readonly origin: string | undefined; readonly site: string | undefined; readonly method: string; readonly target: string }

function combinations(hosts: readonly string[], origins: readonly (string | undefined)[], sites: readonly (string | undefined)[], targets: readonly string[]): Combination[] {
  return targets.flatMap((target) => METHODS.flatMap((method) => hosts.flatMap((host) => origins.flatMap((origin) => sites.map((site) => ({ host, origin, site, method, target }))))));
}

/** Works off all of them over a few connections at a time. */
async function askAll(port: number, all: readonly Combination[], bytesOf: (one: Combination) => string, see: (one: Combination, answer: RawAnswer) => void): Promise<void> {
  const clients: RawClient[] = Array.from({ length: 8 }, () => rawClient(port));
  onTestFinished(() => { for (const client of clients) client.close(); });
  let next = 0;
  await Promise.all(clients.map(async (client) => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) see(one, await client.ask(bytesOf(one), one.method));
  }));
}

const allowsBrowsers = ({ head }: RawAnswer): boolean => /^access-control-/imu.test(head);
const say = (server: string, total: number, accepted: number): void => { process.stdout.write(`${server}: ${total.toLocaleString('en-US')} combinations, ${accepted} of them honest and served, 0 others\n`); };

/** Where nobody may be heard: other addresses of this computer. */
async function addressesThatAnswer(port: number): Promise<string[]> {
  const others = ['127.0.0.2', '127.1.2.3', '::1', ...Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0).map(({ address }) => address)];
  const answers = await Promise.all(others.map((address) => rawClient(port, address).ask(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`).then(() => address, () => '')));
  return answers.filter((address) => address !== '');
}

test('the web host: of the whole product of Host, Origin, Sec-Fetch-Site, method and target only the honest requests get through', async () => {
  const app = await testWebHost();
  const { cookie, secret } = await app.signIn();
  const own = app.authority;
  const all = combinations([own, `localhost:${app.port}`, ...foreignHosts(app.port)], [undefined, app.host.origin, ...foreignOrigins(app.port)], [undefined, 'same-origin', 'none', ...FOREIGN_SITES], ['/', '/files?name=x.csv', '/sign-out', '/link']);
  const challenge = 'c'.repeat(43);
  const proof = createHmac('sha256', LINK_KEY).update(JSON.stringify(['penchant link', 'request', app.host.origin, challenge, ''])).digest('base64url');
  const bytesOf = ({ host, origin, site, method, target }: Combination): string => `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${headerLines({
    Origin: origin, 'Sec-Fetch-Site': site, 'Content-Length': method === 'POST' || method === 'PUT' ? '0' : undefined,
    ...(target === '/link' ? { 'X-Penchant-Challenge': challenge, 'X-Penchant-Proof': proof } : { Cookie: cookie, 'X-Penchant-Upload': '1' }),
    // A wrong one for signing out, or the first honest try would end the session all others need.
    'X-Penchant-Secret': target === '/sign-out' ? 'A'.repeat(43) : secret,
  })}\r\n`;
  const isHonest = ({ host, origin, site, method, target }: Combination): boolean => {
    if (host !== own) return false;
    if (target === '/') return (method === 'GET' || method === 'HEAD') && (origin === undefined || origin === app.host.origin) && (site === undefined || site === 'same-origin' || site === 'none');
    if (target === '/link') return method === 'POST' && origin === undefined && site === undefined;
    return method === 'POST' && origin === app.host.origin && (site === undefined || site === 'same-origin');
  };
  let accepted = 0;
  const wrong: unknown[] = [];
  await askAll(app.port, all, bytesOf, (one, answer) => {
    // Signing out is answered that the secret is wrong: in JSON, which only who is let in gets.
    const isServed = answer.status === 101 || (answer.status >= 200 && answer.status < 400) || (one.target !== '/link' && /^content-type: application\/json/imu.test(answer.head));
    if (isServed) accepted += 1;
    if (isServed !== isHonest(one) || allowsBrowsers(answer)) wrong.push({ ...one, status: answer.status });
  });
  expect(wrong).toEqual([]);
  expect(accepted).toBe(all.filter(isHonest).length);
  expect(all.length).toBeGreaterThan(40_000);
  say('web host', all.length, accepted);
  expect(app.granted).toHaveLength(all.filter((one) => one.target.startsWith('/files') && isHonest(one)).length);
  expect((await app.send({ headers: { cookie } })).status).toBe(200);
}, 180_000);

test('the web host: a WebSocket opens for our own page only', async () => {
  const app = await testWebHost();
  const { cookie, secret } = await app.signIn();
  const all = combinations([app.authority, `localhost:${app.port}`, ...foreignHosts(app.port)], [undefined, app.host.origin, ...foreignOrigins(app.port)], [undefined, 'same-origin', 'none', ...FOREIGN_SITES], ['/rpc']).filter(({ method }) => method === 'GET');
  const isHonest = ({ host, origin, site }: Combination): boolean => host === app.authority && origin === app.host.origin && (site === undefined || site === 'same-origin');
  let accepted = 0;
  const wrong: unknown[] = [];
  await askAll(app.port, all, ({ host, origin, site, target }) => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${headerLines({
    Origin: origin, 'Sec-Fetch-Site': site, Cookie: cookie, Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': `penchant, penchant.${secret}`,
  })}\r\n`, (one, answer) => {
    if (answer.status === 101) accepted += 1;
    if ((answer.status === 101) !== isHonest(one) || allowsBrowsers(answer)) wrong.push({ ...one, status: answer.status });
  });
  expect(wrong).toEqual([]);
  expect(accepted).toBe(2);
  say('web host, WebSocket', all.length, accepted);
}, 60_000);

test('the web host: targets and heads that name it in two ways or in none, preflights, and its other addresses', async () => {
  const app = await testWebHost();
  const { cookie, secret } = await app.signIn();
  const rest = headerLines({ Cookie: cookie, 'X-Penchant-Secret': secret, 'X-Penchant-Upload': '1' });
  for (const target of ['/', '/files?name=x.csv', '/sign-out', '/rpc']) for (const bytes of strangeRequests(app.port, target, rest)) {
    const answer = await rawClient(app.port).ask(bytes);
    expect([bytes, answer.status === 0 || answer.status >= 400, allowsBrowsers(answer)]).toEqual([bytes, true, false]);
    expect(answer.body).not.toContain('<title>page');
  }
  expect(await addressesThatAnswer(app.port)).toEqual([]);
  // 0.0.0.0 leads to 127.0.0.1 on most systems; a page that uses it says so in Host.
  expect((await rawClient(app.port, '0.0.0.0').ask(`GET / HTTP/1.1\r\nHost: 0.0.0.0:${app.port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)).status).toBe(403);
  expect(app.granted).toEqual([]);
  expect((await app.send({ headers: { cookie } })).status).toBe(200);
});

async function redemption() {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const { token, grantId } = await granted(vault, company);
  const body = JSON.stringify({ purpose: RECOMMENDATIONS });
  const port = Number(new URL(vault.base).port);
  const dpop = await signProof({ base: vault.base, path: '/v1/redeem', key: company.dpop, nowMs: vault.clock.nowMs(), token, nonce: await freshNonce(vault), body });
  const rest = headerLines({ Authorization: `DPoP ${token}`, DPoP: dpop, 'Content-Type': 'application/json' });
  const redeemOnce = () => rawClient(port).ask(`POST /v1/redeem HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${rest}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`, 'POST');
  return { vault, port, rest, body, grantId, redeemOnce };
}

test('the redemption API: no spelling but the honest one reaches it, even with a token and a proof that are good', async () => {
  const { vault, port, rest, body, grantId, redeemOnce } = await redemption();
  const honestHosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const all = combinations([...honestHosts, ...foreignHosts(port)], [undefined, vault.base, ...foreignOrigins(port)], [undefined, 'none', 'same-origin', ...FOREIGN_SITES], ['/v1/redeem', '/v1/status/AAAA']);
  const isHonest = ({ host, origin, site }: Combination): boolean => honestHosts.includes(host) && origin === undefined && (site === undefined || site === 'none');
  let heard = 0;
  const wrong: unknown[] = [];
  await askAll(port, all, (one) => {
    const { host, origin, site, method, target } = one;
    const hasBody = method === 'POST' && target === '/v1/redeem';
    // Honest ones come without a token: what is asked here is who is heard, and the one proof must stay unused.
    return `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${headerLines({ Origin: origin, 'Sec-Fetch-Site': site, 'Content-Length': hasBody ? String(body.length) : undefined })}${isHonest(one) ? '' : rest}\r\n${hasBody ? body : ''}`;
  }, (one, answer) => {
    const expected = !isHonest(one) ? [403, 400] : one.target === '/v1/redeem' ? [one.method === 'POST' ? 401 : 405] : [one.method === 'GET' ? 404 : 405];
    if (isHonest(one)) heard += 1;
    if (!expected.includes(answer.status) || allowsBrowsers(answer)) wrong.push({ ...one, status: answer.status });
  });
  expect(wrong).toEqual([]);
  expect(heard).toBe(all.filter(isHonest).length);
  expect(all.length).toBeGreaterThan(20_000);
  say('redemption API', all.length, heard);
  expect(vault.consent.grantRecord(grantId).usage.redemptions).toBe(0);
  expect((await redeemOnce()).status).toBe(200);
  expect(vault.unexpected).toEqual([]);
}, 120_000);

test('the redemption API: targets and heads that name it in two ways or in none, preflights, and its other addresses', async () => {
  const { vault, port, rest, grantId, redeemOnce } = await redemption();
  for (const target of ['/v1/redeem', '/v1/status/AAAA', '/v1/requests']) for (const bytes of strangeRequests(port, target, rest)) {
    const answer = await rawClient(port).ask(bytes);
    expect([bytes, answer.status === 0 || answer.status >= 400, allowsBrowsers(answer)]).toEqual([bytes, true, false]);
  }
  expect(await addressesThatAnswer(port)).toEqual([]);
  expect((await rawClient(port, '0.0.0.0').ask(`POST /v1/redeem HTTP/1.1\r\nHost: 0.0.0.0:${port}\r\n${rest}Content-Length: 0\r\nConnection: close\r\n\r\n`, 'POST')).status).toBe(403);
  expect(vault.consent.grantRecord(grantId).usage.redemptions).toBe(0);
  expect((await redeemOnce()).status).toBe(200);
});
