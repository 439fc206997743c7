/** The web host over real sockets: who is let in, what is served, what a hostile caller gets. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askRunningHost, removeHostRecord, writeHostRecord } from '../../electron/web-host/running-host.ts';
import { hostileCrowd } from '../support/crowd.ts';
import { temporaryFolder } from '../support/database.ts';
import { PASSPHRASE } from '../support/ports.ts';
import { testCompany } from '../support/test-company.ts';
import { zipOf } from '../support/sources.ts';
import { LINK_KEY, testWebHost, type SignedIn, type TestWebHost } from '../support/web-host.ts';

const pathOf = (link: string): string => `/${new URL(link).search}`;

/** Another program on this computer, on a port of its own. */
async function listen(answer: RequestListener): Promise<{ readonly origin: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Bytes as they are, for what no HTTP client would send. */
function sendBytes(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(port, '127.0.0.1', () => { socket.end(text); });
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
    socket.on('close', () => { resolve(answer); });
    socket.on('error', reject);
  });
}

async function openVault(app: TestWebHost, { cookie, secret }: SignedIn) {
  const socket = await app.connect({ cookie, origin: app.host.origin }, { secret });
  const outcome = await socket.call('vault.create', { passphrase: PASSPHRASE });
  expect(outcome).toMatchObject({ ok: true });
  return socket;
}

describe('the one-time link', () => {
  test('signs one browser in, once, with a cookie no script can read and no other site can use', async () => {
    const app = await testWebHost();
    const link = pathOf(app.host.newLink());
    const first = await app.send({ path: link });
    expect(first.status).toBe(303);
    expect(first.headers.location).toMatch(/^\/#s=[A-Za-z0-9_-]{43}$/u);
    expect(first.headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^penchant_${app.port}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`, 'u'))]);
    const second = await app.send({ path: link });
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('This link has been used');
    // In the language of the browser, and in English for one that says what no browser says.
    for (const [said, title] of [['de-AT,de;q=0.9', 'Dieser Link wurde'], ['../../etc/passwd', 'This link has been used'], ['__proto__,fr', 'Ce lien a'], ['it-IT,it;q=0.9,de;q=0.8,en;q=0.7', 'Dieser Link wurde'], ['en;q=0.1, de;q=0.9', 'Dieser Link wurde'], ['de;q=0, *', 'This link has been used'], [`${'x,'.repeat(3_000)}es`, 'This link has been used']] as const) {
      const answer = await app.send({ path: link, headers: { 'accept-language': said } });
      expect(answer.text, said.slice(0, 20)).toContain(title);
    }
    expect(second.text).toContain('npm start');
  });

  test('is refused in English where the words of a language cannot be read', async () => {
    const app = await testWebHost({ resourcesDir: temporaryFolder() });
    const answer = await app.send({ path: '/', headers: { 'accept-language': 'fr' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('lang="en"');
  });

  test('a newer link makes the one before it useless', async () => {
    const app = await testWebHost();
    const old = pathOf(app.host.newLink());
    const fresh = pathOf(app.host.newLink());
    expect((await app.send({ path: old })).status).toBe(401);
    expect((await app.send({ path: fresh })).status).toBe(303);
  });

  test('asking with HEAD does not use it up', async () => {
    const app = await testWebHost();
    const link = pathOf(app.host.newLink());
    expect((await app.send({ path: link, method: 'HEAD' })).status).toBe(401);
    expect((await app.send({ path: link })).status).toBe(303);
  });

  test('a guesser is slowed down and never locks the right link out', async () => {
    let now = 0;
    const app = await testWebHost({ nowMs: () => now });
    const link = pathOf(app.host.newLink());
    const guess = () => app.send({ path: '/?ticket=guess' });
    for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401);
    const limited = await guess();
    expect(limited.status).toBe(429);
    expect(limited.headers['retry-after']).toBe('60');
    expect((await app.send({ path: link })).status).toBe(303);
    // Used now, it is a wrong one like any other.
    expect((await app.send({ path: link })).status).toBe(429);
    now += 60_001;
    expect((await guess()).status).toBe(401);
  });

  test('a new link in a browser that is signed in opens a further tab and leaves the first signed in', async () => {
    const app = await testWebHost();
    const first = await app.signIn();
    const second = await app.signIn(first.cookie);
    expect(second.cookie).toBe(first.cookie);
    expect(second.secret).not.toBe(first.secret);
    for (const { cookie, secret } of [first, second]) expect((await (await app.connect({ cookie, origin: app.host.origin }, { secret })).call('vault.status')).ok).toBe(true);
    // The used link, opened again there, leads to the page and gives no secret.
    const link = pathOf(app.host.newLink());
    await app.send({ path: link, headers: { cookie: first.cookie } });
    expect((await app.send({ path: link, headers: { cookie: first.cookie } })).headers.location).toBe('/');
  });

  test('without it nothing of the app is served', async () => {
    const app = await testWebHost();
    for (const path of ['/', '/index.html', '/assets/main-1a2b3c.js']) {
      const answer = await app.send({ path });
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('not signed in');
    }
    for (const cookie of [`penchant_${app.port}=`, `penchant_${app.port}=${'A'.repeat(43)}`, 'penchant_1=x']) expect((await app.send({ path: '/', headers: { cookie } })).status).toBe(401);
  });
});

describe('a second start on the same vault', () => {
  test('gets a fresh link from the first, by a key only the owner can read', async () => {
    const app = await testWebHost();
    const path = join(app.vaultDir, '..', 'vault.host.json');
    expect(await askRunningHost(path, randomBytes)).toBeNull();
    writeHostRecord(path, { pid: process.pid, origin: app.host.origin, key: LINK_KEY });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const link = await askRunningHost(path, randomBytes);
    expect((await app.send({ path: pathOf(link ?? '') })).status).toBe(303);
    removeHostRecord(path, process.pid + 1);
    expect(existsSync(path)).toBe(true);
    removeHostRecord(path, process.pid);
    expect(existsSync(path)).toBe(false);
  });

  test('no page and no other program gets a link', async () => {
    const app = await testWebHost();
    const { cookie } = await app.signIn();
    const own = app.host.origin;
    const challenge = 'c'.repeat(43);
    const proof = (key: string, part: string, origin: string, about = challenge): string => createHmac('sha256', key).update(JSON.stringify(['penchant link', part, origin, about, ''])).digest('base64url');
    const right = { 'x-penchant-challenge': challenge, 'x-penchant-proof': proof(LINK_KEY, 'request', own) };
    const tries: Record<string, string>[] = [
      {}, { 'x-penchant-key': LINK_KEY }, { ...right, 'x-penchant-proof': '' }, { ...right, 'x-penchant-proof': LINK_KEY }, { ...right, 'x-penchant-proof': `${right['x-penchant-proof']}x` }, { ...right, 'x-penchant-proof': proof(`${LINK_KEY}x`, 'request', own) },
      { ...right, 'x-penchant-challenge': 'd'.repeat(43) }, { 'x-penchant-challenge': 'c', 'x-penchant-proof': proof(LINK_KEY, 'request', own, 'c') }, { ...right, 'x-penchant-proof': proof(LINK_KEY, 'reply', own) }, { ...right, 'x-penchant-proof': proof(LINK_KEY, 'request', `http://127.0.0.1:${app.port + 1}`) },
      { ...right, origin: own }, { ...right, origin: 'https://shop.example' }, { ...right, cookie }, { ...right, 'sec-fetch-site': 'same-origin' }, { ...right, 'sec-fetch-site': 'none' }, { ...right, host: `localhost:${app.port}` },
    ];
    for (const headers of tries) {
      const answer = await app.send({ method: 'POST', path: '/link', headers });
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('ticket');
    }
    const answer = await app.send({ method: 'POST', path: '/link', headers: right });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(LINK_KEY);
  });

  test('whoever took the port of a killed host learns nothing of use and cannot name a page to open', async () => {
    const app = await testWebHost();
    const path = join(app.vaultDir, '..', 'vault.host.json');
    const heard: { readonly headers: IncomingHttpHeaders; readonly raw: string }[] = [];
    let reply: (headers: IncomingHttpHeaders, own: string) => string = () => '';
    const { origin } = await listen((request, response) => {
      heard.push({ headers: request.headers, raw: `${request.method ?? ''} ${request.url ?? ''} ${request.rawHeaders.join(' ')}` });
      response.end(reply(request.headers, origin));
    });
    writeHostRecord(path, { pid: process.pid, origin, key: LINK_KEY });
    const url = (own: string): string => `${own}/?ticket=${'t'.repeat(43)}`;
    const replies: typeof reply[] = [
      (_headers, own) => JSON.stringify({ url: url(own) }),
      (_headers, own) => JSON.stringify({ url: url(own), proof: '' }),
      // The caller's own proof sent back, and one made with a key of his.
      (headers, own) => JSON.stringify({ url: url(own), proof: headers['x-penchant-proof'] }),
      (headers, own) => JSON.stringify({ url: url(own), proof: createHmac('sha256', 'his own').update(JSON.stringify(['penchant link', 'reply', own, headers['x-penchant-challenge'], url(own)])).digest('base64url') }),
      () => 'x'.repeat(5_000_000),
    ];
    for (reply of replies) expect(await askRunningHost(path, randomBytes)).toBeNull();
    expect(heard).toHaveLength(replies.length);
    expect(heard.map(({ raw }) => raw).join(' ')).not.toContain(LINK_KEY);
    // Nor does what he heard open anything at a host that has the same key and another port.
    for (const { headers } of heard) expect((await app.send({ method: 'POST', path: '/link', headers: { 'x-penchant-challenge': headers['x-penchant-challenge'], 'x-penchant-proof': headers['x-penchant-proof'] } })).status).toBe(403);
    // The same calls, answered by the host itself, do work.
    writeHostRecord(path, { pid: process.pid, origin: app.host.origin, key: LINK_KEY });
    expect(await askRunningHost(path, randomBytes)).toMatch(/\?ticket=/u);
  });

  test('a stale or strange record leads nowhere', async () => {
    const app = await testWebHost();
    const path = join(app.vaultDir, '..', 'vault.host.json');
    const { origin: taken } = await listen((_request, response) => { response.end(JSON.stringify({ url: 'https://shop.example/?ticket=x' })); });
    for (const text of ['', '{', 'null', '[]', '{"pid":1,"origin":"https://shop.example","key":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}', JSON.stringify({ pid: 1, origin: 'http://127.0.0.1:1', key: LINK_KEY }), JSON.stringify({ pid: 1, origin: taken, key: LINK_KEY }), JSON.stringify({ pid: 1, origin: app.host.origin, key: 'w'.repeat(43) })]) {
      writeFileSync(path, text);
      expect(await askRunningHost(path, randomBytes)).toBeNull();
    }
  });
});

describe('the page', () => {
  test('is served under a policy that allows nothing from elsewhere and nothing inline', async () => {
    const app = await testWebHost();
    const { cookie } = await app.signIn();
    const page = await app.send({ headers: { cookie } });
    expect(page.status).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", `connect-src 'self' ws://${app.authority}`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) expect(policy.split('; ')).toContain(part);
    expect(policy).not.toContain('unsafe');
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store' });
    expect(page.headers['permissions-policy']).toContain('camera=()');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    const script = await app.send({ path: '/assets/main-1a2b3c.js', headers: { cookie } });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  test.each([
    '/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/assets/%2e%2e%2f%2e%2e%2fsecret.txt', '/..%5csecret.txt', '/..\\secret.txt', '//secret.txt', '/assets//main-1a2b3c.js',
    '/%2e%2e%2fsecret.txt', '/.%00./secret.txt', '/index.html%00.js', '/assets/', '/assets', '/INDEX.HTML', '/%69ndex.html', '/%', '/%ff', '/__proto__', '/constructor', '/./index.html',
  ])('an address that is not one of its files is not found: %s', async (path) => {
    const app = await testWebHost();
    const { cookie } = await app.signIn();
    const answer = await sendBytes(app.port, `GET ${path} HTTP/1.1\r\nHost: ${app.authority}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /u);
    expect(answer).not.toContain('outside');
  });
});

describe('callers from elsewhere', () => {
  test('no foreign Host, Origin or Sec-Fetch-Site is let in by any method, signed in or not', async () => {
    const app = await testWebHost();
    const { cookie } = await app.signIn();
    const own = app.authority;
    const hosts = ['localhost', `localhost:${app.port}`, '127.0.0.1', `127.0.0.1:${app.port + 1}`, `127.0.0.1.:${app.port}`, `localhost.:${app.port}`, `0.0.0.0:${app.port}`, `[::1]:${app.port}`, `2130706433:${app.port}`, `0x7f.1:${app.port}`, `127.1:${app.port}`, 'rebound.example', `rebound.example:${app.port}`, `user@127.0.0.1:${app.port}`, ` ${own}x`];
    const origins = ['null', 'https://shop.example', `http://localhost:${app.port}`, `https://${own}`, `http://127.0.0.1:${app.port + 1}`, `http://${own}.evil.example`, `http://${own}/`, 'app://penchant', 'chrome-extension://abcdefghijklmnop', 'file://'];
    const sites = ['cross-site', 'same-site', 'SAME-ORIGIN', ''];
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
    const tries: { readonly method: string; readonly path: string; readonly headers: Record<string, string> }[] = [];
    for (const method of methods) {
      for (const path of ['/', '/files?name=x.csv', '/assets/main-1a2b3c.js']) {
        for (const host of hosts) tries.push({ method, path, headers: { host } });
        for (const origin of origins) tries.push({ method, path, headers: { host: own, origin } });
        for (const site of sites) tries.push({ method, path, headers: { host: own, 'sec-fetch-site': site } });
      }
    }
    const accepted: unknown[] = [];
    for (const attempt of tries) {
      const answer = await app.send({ ...attempt, headers: { ...attempt.headers, cookie, 'x-penchant-upload': '1' } });
      if (answer.status < 400 || answer.headers['access-control-allow-origin'] !== undefined) accepted.push({ ...attempt, status: answer.status });
    }
    expect(accepted).toEqual([]);
    expect(tries.length).toBeGreaterThan(500);
    expect(app.granted).toEqual([]);
  });

  test('a foreign page cannot use the link up', async () => {
    const app = await testWebHost();
    const link = pathOf(app.host.newLink());
    for (const headers of [{ origin: 'https://shop.example' }, { 'sec-fetch-site': 'cross-site' }, { host: `rebound.example:${app.port}` }]) expect((await app.send({ path: link, headers })).status).toBe(403);
    expect((await app.send({ path: link })).status).toBe(303);
  });

  test('doubled, missing and absolute authorities are refused', async () => {
    const app = await testWebHost();
    const { cookie } = await app.signIn();
    const own = app.authority;
    for (const head of [
      `GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example\r\n`, `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${own}\r\n`, `GET http://${own}/ HTTP/1.1\r\nHost: ${own}\r\n`, 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.0\r\n',
      `GET / HTTP/1.1\r\nHost: ${own}\r\nCookie: ${cookie}\r\n`, 'OPTIONS * HTTP/1.1\r\nHost: evil\r\n', `CONNECT ${own} HTTP/1.1\r\nHost: ${own}\r\n`,
    ]) {
      const answer = await sendBytes(app.port, `${head}Cookie: ${cookie}\r\nConnection: close\r\n\r\n`);
      expect(answer).not.toMatch(/^HTTP\/1\.1 [23]/u);
      expect(answer).not.toContain('<title>page');
    }
  });

  test('what is not HTTP does not end the server', async () => {
    const app = await testWebHost();
    for (const bytes of ['\x16\x03\x01\x02\x00\x01', 'GET', '\r\n\r\n\r\n', `GET / HTTP/1.1\r\nHost: ${app.authority}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, `POST /files HTTP/1.1\r\nHost: ${app.authority}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`]) await sendBytes(app.port, bytes);
    expect((await app.send({})).status).toBe(401);
  });
});

describe('the WebSocket', () => {
  test('carries calls and events of the real core, and locking is told', async () => {
    const app = await testWebHost();
    const socket = await openVault(app, await app.signIn());
    expect(await socket.call('vault.status')).toMatchObject({ ok: true, value: { state: 'unlocked' } });
    expect(await socket.call('no.such.method')).toMatchObject({ ok: false, error: { code: 'ERR_METHOD_UNKNOWN' } });
    expect(await socket.call('vault.lock')).toMatchObject({ ok: true, value: { state: 'locked' } });
    await expect.poll(() => socket.events.map((event) => event.topic)).toContain('core.ended');
    expect(await socket.call('settings.get')).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_LOCKED' } });
    expect(await socket.call('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true, value: { state: 'unlocked' } });
  });

  test('a window with no session is told so and closed; one from elsewhere is not let in at all', async () => {
    const app = await testWebHost();
    const { cookie, secret } = await app.signIn();
    const { origin } = app.host;
    for (const wrong of [undefined, '', `penchant_${app.port}=${'A'.repeat(43)}`, `${cookie}; ${cookie}`, cookie.toUpperCase()]) {
      const socket = await app.connect({ origin, ...(wrong === undefined ? {} : { cookie: wrong }) }, { secret });
      expect(await socket.closed).toBe(4401);
    }
    const foreign: Record<string, string>[] = [
      { cookie }, { cookie, origin: 'https://shop.example' }, { cookie, origin: 'null' }, { cookie, origin: `http://localhost:${app.port}` }, { cookie, origin: `${origin}/` },
      { cookie, origin, host: `localhost:${app.port}` }, { cookie, origin: `http://rebound.example:${app.port}`, host: `rebound.example:${app.port}` }, { cookie, origin, 'sec-fetch-site': 'same-site' }, { cookie, origin, 'sec-fetch-site': 'none' },
    ];
    for (const headers of foreign) expect((await app.connect(headers, { secret })).status).toBe(403);
    expect((await app.connect({ cookie, origin }, { secret, path: '/other' })).status).toBe(404);
    const own = await app.connect({ cookie, origin }, { secret });
    // The secret is never sent back.
    expect([own.status, own.protocol]).toEqual([101, 'penchant']);
    expect((await own.call('vault.status')).ok).toBe(true);
  });

  test('a program on another port that is sent the cookie can neither call nor upload', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    await openVault(app, page);
    let stolen = '';
    const thief = await listen((request, response) => {
      stolen = request.headers.cookie ?? '';
      response.end();
    });
    // As a browser does on any visit there: cookies know the name of a host and not its port.
    await fetch(thief.origin, { headers: { cookie: page.cookie } });
    expect(stolen).toBe(page.cookie);
    const own = { cookie: stolen, origin: app.host.origin, 'sec-fetch-site': 'same-origin' };
    const another = await app.signIn();
    for (const secret of [undefined, '', 'A'.repeat(43), `${page.secret}A`, page.secret.slice(1), page.secret.toUpperCase(), another.secret, stolen.split('=')[1] ?? '']) {
      const answers = { status: 0 };
      // An empty one is no subprotocol at all, so it is sent as bytes below.
      if (secret !== '') {
        const socket = await app.connect(own, secret === undefined ? {} : { secret });
        void socket.call('vault.status').then(() => { answers.status = 1; });
        expect(await socket.closed).toBe(4401);
      }
      const upload = await app.send({ method: 'POST', path: '/files?name=a.csv', body: 'x', headers: { ...own, 'x-penchant-upload': '1', ...(secret === undefined ? {} : { 'x-penchant-secret': secret }) } });
      expect(upload.status).toBe(403);
      expect(JSON.parse(upload.text)).toMatchObject({ code: 'ERR_SESSION_INVALID' });
      expect(answers.status).toBe(0);
    }
    const upgrade = (offered: string): Promise<string> => sendBytes(app.port, `GET /rpc HTTP/1.1\r\nHost: ${app.authority}\r\nOrigin: ${app.host.origin}\r\nCookie: ${stolen}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n${offered}\r\n`);
    // Several guesses at once are none; the header twice is refused outright.
    expect(await upgrade(`Sec-WebSocket-Protocol: penchant, penchant.${'A'.repeat(43)}, penchant.${page.secret}\r\n`)).toContain('session unknown');
    expect(await upgrade('Sec-WebSocket-Protocol: penchant, penchant.\r\n')).toContain('session unknown');
    expect(await upgrade('')).toContain('session unknown');
    expect(await upgrade(`Sec-WebSocket-Protocol: penchant\r\nSec-WebSocket-Protocol: penchant.${page.secret}\r\n`)).toMatch(/^HTTP\/1\.1 403 /u);
    // What he may load, the page itself, says nothing of the person and has no secret in it.
    const loaded = await app.send({ headers: { cookie: stolen } });
    expect([loaded.status, loaded.headers['set-cookie'], loaded.text.includes(page.secret)]).toEqual([200, undefined, false]);
    expect(app.granted).toEqual([]);
  });

  test('frames that make no sense get a coded answer; too many end the connection, not the server', async () => {
    const app = await testWebHost();
    const { cookie, secret } = await app.signIn();
    const socket = await app.connect({ cookie, origin: app.host.origin }, { secret });
    const frames: (string | Buffer)[] = ['', 'null', '[]', '{', '"text"', '42', '{"id":"1","method":"vault.status"}', '{"id":-1,"method":"vault.status"}', '{"id":1.5,"method":"x"}', '{"id":1e999,"method":"x"}', Buffer.from([1, 2, 3]), '[{"id":1,"method":"vault.status"}]'];
    for (const frame of frames) {
      socket.sendRaw(frame);
      expect(await socket.nextReply()).toMatchObject({ id: 0, ok: false, error: { code: 'ERR_INPUT_INVALID' } });
    }
    socket.sendRaw('{"id":777}');
    expect(await socket.nextReply()).toMatchObject({ id: 777, ok: false, error: { code: 'ERR_INPUT_INVALID' } });
    socket.sendRaw('{"id":778,"method":"__proto__","input":{"__proto__":{}}}');
    expect(await socket.nextReply()).toMatchObject({ id: 778, ok: false, error: { code: 'ERR_METHOD_UNKNOWN' } });
    for (let i = 0; i < 10; i++) socket.sendRaw('nonsense');
    expect(await socket.closed).toBe(1008);
    expect((await (await app.connect({ cookie, origin: app.host.origin }, { secret })).call('vault.status')).ok).toBe(true);
  });

  test('a frame over a mebibyte closes the connection with 1009', async () => {
    const app = await testWebHost();
    const { cookie, secret } = await app.signIn();
    const socket = await app.connect({ cookie, origin: app.host.origin }, { secret });
    socket.sendRaw(JSON.stringify({ id: 1, method: 'vault.status', input: 'x'.repeat(1024 * 1024) }));
    expect(await socket.closed).toBe(1009);
    expect((await app.send({ headers: { cookie } })).status).toBe(200);
  });

  test('many calls at once are all answered', async () => {
    const app = await testWebHost();
    const { cookie, secret } = await app.signIn();
    const socket = await app.connect({ cookie, origin: app.host.origin }, { secret });
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => socket.call('vault.status')));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  });

  test('the ninth browser to sign in drops the first', async () => {
    const app = await testWebHost();
    const { cookie, secret } = await app.signIn();
    const first = await app.connect({ cookie, origin: app.host.origin }, { secret });
    for (let i = 0; i < 8; i++) await app.signIn();
    expect(await first.closed).toBe(4401);
  });
});

describe('signing out', () => {
  const signOut = (app: TestWebHost, { cookie, secret }: SignedIn, headers: Record<string, string> = {}) => app.send({ method: 'POST', path: '/sign-out', headers: { cookie, origin: app.host.origin, 'x-penchant-secret': secret, ...headers } });

  test('ends the session in the host, closes its windows and locks the vault; another browser stays signed in', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const other = await app.signIn();
    const socket = await openVault(app, page);
    const otherSocket = await app.connect({ cookie: other.cookie, origin: app.host.origin }, { secret: other.secret });
    const answer = await signOut(app, page);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([204, [`penchant_${app.port}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`]]);
    expect(await socket.closed).toBe(4401);
    // What it was given is worth nothing, for whoever kept it.
    expect((await app.send({ headers: { cookie: page.cookie } })).status).toBe(401);
    expect(await (await app.connect({ cookie: page.cookie, origin: app.host.origin }, { secret: page.secret })).closed).toBe(4401);
    expect((await signOut(app, page)).status).toBe(401);
    await expect.poll(async () => otherSocket.call('vault.status'), { timeout: 20_000 }).toMatchObject({ ok: true, value: { state: 'locked' } });
    expect((await app.send({ headers: { cookie: other.cookie } })).status).toBe(200);
  }, 60_000);

  test('only a page of the session can do it', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const other = await app.signIn();
    expect((await signOut(app, { ...page, secret: other.secret })).status).toBe(403);
    expect((await signOut(app, { ...page, secret: '' })).status).toBe(403);
    expect((await signOut(app, page, { origin: 'https://shop.example' })).status).toBe(403);
    expect((await app.send({ path: '/sign-out', headers: { cookie: page.cookie } })).status).toBe(404);
    expect((await app.send({ headers: { cookie: page.cookie } })).status).toBe(200);
  });
});

describe('a browser nobody has used for twelve hours', () => {
  const HOURS = 3_600_000;

  test('is signed out: its windows, its cookie and its secret are worth nothing, and a call does nothing', async () => {
    let now = 0;
    const app = await testWebHost({ nowMs: () => now });
    const page = await app.signIn();
    const socket = await app.connect({ cookie: page.cookie, origin: app.host.origin }, { secret: page.secret });
    now += 12 * HOURS;
    expect((await socket.call('vault.status')).ok).toBe(true);
    // That was use, so the twelve hours begin again.
    now += 12 * HOURS;
    expect((await app.send({ headers: { cookie: page.cookie } })).status).toBe(200);
    now += 1;
    const answered = { late: false };
    void socket.call('vault.status').then(() => { answered.late = true; });
    expect(await socket.closed).toBe(4401);
    expect(answered.late).toBe(false);
    expect((await app.send({ headers: { cookie: page.cookie } })).status).toBe(401);
    expect(await (await app.connect({ cookie: page.cookie, origin: app.host.origin }, { secret: page.secret })).closed).toBe(4401);
  });

  test('loading the page, which needs no secret, does not keep it signed in', async () => {
    let now = 0;
    const app = await testWebHost({ nowMs: () => now });
    const { cookie } = await app.signIn();
    for (let i = 0; i < 12; i++) {
      now += HOURS;
      expect((await app.send({ headers: { cookie } })).status).toBe(200);
    }
    now += 1;
    expect((await app.send({ headers: { cookie } })).status).toBe(401);
  });
});

describe('a crowd', () => {
  test('a connection that says nothing is closed without a word, which no later request on it could take for its answer', async () => {
    const app = await testWebHost();
    // As a browser keeps one ready; half a head is told that it came too late.
    const heard = async (text: string): Promise<string> => new Promise((resolve, reject) => {
      const socket = connectTcp(app.port, '127.0.0.1', () => { if (text !== '') socket.write(text); });
      let answer = '';
      socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
      socket.on('close', () => { resolve(answer); });
      socket.on('error', reject);
    });
    expect(await Promise.all([heard(''), heard('GET / HTTP/1.1\r\nHost: x')])).toEqual(['', expect.stringMatching(/^HTTP\/1\.1 400 /u)]);
  }, 20_000);

  test('of 300 connections that say nothing, drip, flood, stop halfway or claim to be windows does not keep the owner out', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const socket = await openVault(app, page);
    const head = `Host: ${app.authority}\r\nOrigin: ${app.host.origin}\r\n`;
    const upgrade = `GET /rpc HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`;
    const hostile = hostileCrowd(app.port, 300, [
      { start: '' }, { start: 'NONSENSE\r\n\r\n' }, { start: `GET / HTTP/1.1\r\n${head}\r\n`.repeat(100), deaf: true }, { start: `POST /files?name=x HTTP/1.1\r\n${head}Content-Length: 1000\r\n\r\nx` },
      { start: `POST / HTTP/1.1\r\n${head}Content-Length: 1000\r\n\r\nx`, drip: 'x' }, { start: upgrade, deaf: true }, { start: `GET / HTTP/1.1\r\n${head}`, drip: 'X-A: b\r\n' },
    ]);
    await expect.poll(hostile.opened, { timeout: 10_000 }).toBeGreaterThanOrEqual(300);
    await expect.poll(hostile.cut, { timeout: 10_000 }).toBeGreaterThan(0);
    const calls: boolean[] = [];
    for (let i = 0; i < 20; i++) calls.push((await socket.call('vault.status')).ok);
    expect(calls).toEqual(Array.from({ length: 20 }, () => true));
    for (let i = 0; i < 5; i++) {
      const another = await app.signIn(page.cookie);
      expect((await app.send({ headers: { cookie: page.cookie } })).status).toBe(200);
      const opened = await app.connect({ cookie: page.cookie, origin: app.host.origin }, { secret: another.secret });
      expect((await opened.call('vault.status')).ok).toBe(true);
    }
    process.stdout.write(`web host: 20 of 20 calls and 5 of 5 new windows served while 300 hostile connections hung on (${hostile.opened()} opened, ${hostile.cut()} cut)\n`);
  }, 60_000);
});

test('closing the last window locks when the vault says so, and loading it again does not', { timeout: 60_000 }, async () => {
  const app = await testWebHost();
  const page = await app.signIn();
  const first = await openVault(app, page);
  expect(await first.call('settings.set', { lockOnClose: true })).toMatchObject({ ok: true });
  const connect = () => app.connect({ cookie: page.cookie, origin: app.host.origin }, { secret: page.secret });
  const stateOf = async (socket: Awaited<ReturnType<typeof connect>>): Promise<unknown> => {
    const status = await socket.call('vault.status');
    return status.ok ? (status.value as { readonly state: string }).state : status.error.code;
  };
  first.sendRaw('x'.repeat(2 ** 21));
  await first.closed;
  // Loaded again, a moment later: the time that was running counts for nothing.
  const second = await connect();
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  expect(await stateOf(second)).toBe('unlocked');
  second.sendRaw('x'.repeat(2 ** 21));
  await second.closed;
  await new Promise((resolve) => setTimeout(resolve, 11_500));
  expect(await stateOf(await connect())).toBe('locked');
});

describe('uploads', () => {
  const upload = (app: TestWebHost, { cookie, secret }: SignedIn, name: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    app.send({ method: 'POST', path: `/files?name=${encodeURIComponent(name)}`, body, headers: { cookie, origin: app.host.origin, 'x-penchant-upload': '1', 'x-penchant-secret': secret, ...headers } });

  test('are granted to the core under an opaque id, readable by nobody else, and gone when the vault locks', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const socket = await openVault(app, page);
    const answer = await upload(app, page, 'ViewingActivity.csv', 'a,b\n1,2\n');
    expect(answer.status).toBe(201);
    const offered = JSON.parse(answer.text) as Record<string, unknown>;
    expect(offered).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/u) as string, name: 'ViewingActivity.csv', size: 8 });
    const file = app.granted[0];
    expect(file).toMatchObject({ id: offered['id'], temporary: true, size: 8 });
    if (process.platform !== 'win32') {
      expect(statSync(file?.path ?? '').mode & 0o777).toBe(0o600);
      expect(statSync(join(file?.path ?? '', '..')).mode & 0o777).toBe(0o700);
    }
    expect(file?.path).not.toContain('ViewingActivity');
    await socket.call('vault.lock');
    await expect.poll(() => existsSync(file?.path ?? '')).toBe(false);
    await expect.poll(() => existsSync(join(app.vaultDir, 'incoming'))).toBe(false);
  });

  const PLANTED = 'MARKER-4c1e77 and the Planted Title';
  const CSV = `Title,Date\n${`"${PLANTED}","1/31/24"\n`.repeat(3_000)}`;

  test('lie on disk encrypted only, from the first byte on and while the core reads them', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const socket = await openVault(app, page);
    const files: readonly (readonly [string, Buffer, string])[] = [
      ['NetflixViewingHistory.csv', Buffer.from(CSV), PLANTED],
      // Without compression the title stands in the zip as it is.
      ['export.zip', await zipOf({ 'NetflixViewingHistory.csv': CSV }, { compress: false }), PLANTED],
      ['nameless', await zipOf({ 'NetflixViewingHistory.csv': CSV }), 'NetflixViewingHistory'],
    ];
    for (const [name, bytes, marker] of files) {
      expect(bytes.includes(marker)).toBe(true);
      // All but the last byte has come: what a power cut would leave behind.
      const waiting = connectTcp(app.port, '127.0.0.1');
      waiting.on('error', () => undefined);
      waiting.write(`POST /files?name=waiting HTTP/1.1\r\nHost: ${app.authority}\r\nOrigin: ${app.host.origin}\r\nCookie: ${page.cookie}\r\nX-Penchant-Secret: ${page.secret}\r\nX-Penchant-Upload: 1\r\nContent-Length: ${bytes.length + 1}\r\n\r\n`);
      waiting.write(bytes);
      const incoming = join(app.vaultDir, 'incoming');
      await expect.poll(() => pathsIn(incoming).map((path) => statSync(path).size)).toEqual([bytes.length]);
      expect(holding(app.vaultDir, marker), `${name}, on its way`).toEqual([]);
      waiting.destroy();
      await expect.poll(() => leftIn(incoming)).toEqual([]);

      const { id } = JSON.parse((await upload(app, page, name, bytes)).text) as { readonly id: string };
      const path = app.granted.at(-1)?.path ?? '';
      expect(statSync(path).size).toBe(bytes.length);
      expect(holding(app.vaultDir, marker), name).toEqual([]);
      const looked = await socket.call('sources.preview', { fileIds: [id] });
      expect(looked).toMatchObject({ ok: true, value: { items: [{ source: 'netflix', sample: [{ title: PLANTED }, {}, {}, {}, {}, {}, {}, {}] }] } });
      expect(existsSync(path)).toBe(true);
      expect(holding(app.vaultDir, marker), `${name}, looked at`).toEqual([]);
      // The key is the core's: the page is never told it.
      expect(JSON.stringify(looked)).not.toContain(app.granted.at(-1)?.sealKey);
      const { previewId, items } = (looked as { readonly value: { readonly previewId: string; readonly items: readonly { readonly key: string }[] } }).value;
      expect(await socket.call('sources.import', { previewId, choices: items.map(({ key }) => ({ key })) })).toMatchObject({ ok: true });
      await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(false);
      const { imports } = ((await socket.call('sources.imports')) as { readonly value: { readonly imports: readonly unknown[] } }).value;
      expect(imports).toHaveLength(app.granted.length);
      for (const report of imports) expect(report).toMatchObject({ state: 'done', read: 3_000 });
      expect(holding(app.vaultDir, marker), `${name}, imported`).toEqual([]);
    }
    expect(new Set(app.granted.map(({ sealKey }) => sealKey)).size).toBe(files.length);
    for (const { sealKey } of app.granted) expect(sealKey).toMatch(/^[A-Za-z0-9_-]{43}$/u);
    expect(app.log.join('\n')).not.toContain(PLANTED);
  });

  test('are read by whoever takes a file: a request, and an export of another vault', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const socket = await openVault(app, page);
    const company = await testCompany({ nowMs: Date.now() });
    const request = await company.signRequest();
    const offered = async (name: string, bytes: string | Buffer): Promise<string> => (JSON.parse((await upload(app, page, name, bytes)).text) as { readonly id: string }).id;
    expect(await socket.call('requests.open', { fileId: await offered('request.jws', request) })).toMatchObject({ ok: true });
    expect(await socket.call('export.write', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    const written = pathsIn(join(app.vaultDir, 'exports'))[0] ?? '';
    expect(await socket.call('export.takeOver', { fileId: await offered('all.age', readFileSync(written)), passphrase: PASSPHRASE })).toMatchObject({ ok: true, value: { imports: 0, leftOut: { requests: 1 } } });
    expect(leftIn(join(app.vaultDir, 'incoming'))).toEqual([]);
  });

  test('are taken before there is a vault, which is how a backup comes to a new computer, and are in no vault’s way', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    expect(await upload(app, page, 'a.backup', 'x')).toMatchObject({ status: 201 });
    const socket = await openVault(app, page);
    await socket.call('vault.lock');
    await expect.poll(() => existsSync(join(app.vaultDir, 'incoming'))).toBe(false);
  });

  test('are refused without the page’s header, Origin or session', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    await openVault(app, page);
    expect(await upload(app, { ...page, cookie: '' }, 'a.csv', 'x')).toMatchObject({ status: 401 });
    expect(await upload(app, page, 'a.csv', 'x', { origin: 'https://shop.example' })).toMatchObject({ status: 403 });
    expect(await upload(app, page, 'a.csv', 'x', { 'x-penchant-upload': '0' })).toMatchObject({ status: 400 });
    expect(await app.send({ method: 'POST', path: '/files?name=a', body: 'x', headers: { cookie: page.cookie, 'x-penchant-secret': page.secret, 'x-penchant-upload': '1' } })).toMatchObject({ status: 403 });
    expect(app.granted).toEqual([]);
    expect(existsSync(join(app.vaultDir, 'incoming'))).toBe(false);
  });

  test('of hostile names are shown as plain names and stored under none of them', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    await openVault(app, page);
    const cases: [string, string][] = [
      ['../../etc/passwd', 'passwd'], ['..\\..\\boot.ini', 'boot.ini'], ['/etc/shadow', 'shadow'], ['', 'file'], ['..', 'file'], ['.', 'file'], ['a\0b.csv', 'ab.csv'], ['a\r\nSet-Cookie: x=1.csv', 'aSet-Cookie: x=1.csv'],
      ['evil\u202Egpj.csv', 'evilgpj.csv'], ['x'.repeat(500), 'x'.repeat(200)], ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'], ['Verlauf für Zoë.csv', 'Verlauf für Zoë.csv'], ['e\u0301.csv', '\u00e9.csv'],
    ];
    for (const [name, shown] of cases) {
      const answer = await upload(app, page, name, 'x');
      expect(answer.status).toBe(201);
      expect((JSON.parse(answer.text) as { name: string }).name).toBe(shown);
    }
    for (const file of app.granted) expect(file.path.startsWith(join(app.vaultDir, 'incoming'))).toBe(true);
    expect(new Set(app.granted.map((file) => file.path)).size).toBe(cases.length);
  });

  test('that are too large are refused, by their own word or by what arrives, and leave nothing', async () => {
    const app = await testWebHost({ maxUploadBytes: 100_000 });
    const page = await app.signIn();
    await openVault(app, page);
    const declared = await upload(app, page, 'big.zip', Buffer.alloc(100_001));
    expect(declared.status).toBe(413);
    expect(JSON.parse(declared.text)).toMatchObject({ code: 'ERR_FILE_TOO_LARGE' });
    const chunked = await upload(app, page, 'big.zip', Buffer.alloc(300_000), { 'transfer-encoding': 'chunked' });
    expect(JSON.parse(chunked.text)).toMatchObject({ code: 'ERR_FILE_TOO_LARGE' });
    expect(await upload(app, page, 'fits.zip', Buffer.alloc(100_000))).toMatchObject({ status: 201 });
    expect(leftIn(join(app.vaultDir, 'incoming'))).toHaveLength(1);
  });

  test('stopped half-way leave nothing', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    await openVault(app, page);
    const socket = connectTcp(app.port, '127.0.0.1');
    socket.write(`POST /files?name=half.csv HTTP/1.1\r\nHost: ${app.authority}\r\nOrigin: ${app.host.origin}\r\nCookie: ${page.cookie}\r\nX-Penchant-Secret: ${page.secret}\r\nX-Penchant-Upload: 1\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(500)}`);
    const folder = join(app.vaultDir, 'incoming');
    await expect.poll(() => leftIn(folder).length).toBe(1);
    socket.destroy();
    await expect.poll(() => leftIn(folder).length).toBe(0);
    expect(app.granted).toEqual([]);
  });

  test('still under way when the vault locks are stopped and leave nothing', async () => {
    const app = await testWebHost();
    const page = await app.signIn();
    const rpc = await openVault(app, page);
    const socket = connectTcp(app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST /files?name=half.csv HTTP/1.1\r\nHost: ${app.authority}\r\nOrigin: ${app.host.origin}\r\nCookie: ${page.cookie}\r\nX-Penchant-Secret: ${page.secret}\r\nX-Penchant-Upload: 1\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(500)}`);
    const folder = join(app.vaultDir, 'incoming');
    await expect.poll(() => leftIn(folder).length).toBe(1);
    await rpc.call('vault.lock');
    await expect.poll(() => existsSync(folder)).toBe(false);
    expect(app.granted).toEqual([]);
    socket.destroy();
  });
});

/** Files under a folder, in all its folders. */
function pathsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) : [];
}

const leftIn = (folder: string): string[] => pathsIn(folder).map((path) => basename(path));

/** Those that hold `text` as it is. */
const holding = (folder: string, text: string): string[] => pathsIn(folder).filter((path) => readFileSync(path).includes(text));
