/** What only the web host has: a link that works once, and a page under a policy the browser enforces. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/launch.ts';
import { WebSocket } from 'ws';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { securityCopy } from '../../renderer/src/copy/security.ts';
import { button, firstRunCopy, go, openVault } from './support/screens.ts';

test('the link signs in one browser; another browser and the same link again get a friendly page', async ({ app, browser, page }) => {
  const link = app.link ?? '';
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
  const other = await browser.newContext();
  try {
    const stranger = await other.newPage();
    expect((await stranger.goto(link))?.status()).toBe(401);
    await expect(stranger.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
    await stranger.goto(new URL(link).origin);
    await expect(stranger.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
  } finally {
    await other.close();
  }
  await page.goto(link);
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  await expect(page).toHaveURL(/\/$/u);
});

test('a tab that no link opened says what to do; the one that was opened by it survives a reload', async ({ page }) => {
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  const stranger = await page.context().newPage();
  await stranger.goto(page.url());
  await expect(stranger.getByText(appCopy.signedOut.title)).toBeVisible();
  await stranger.close();
  await page.reload();
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
});

test('another server on this computer is sent the cookie by the browser, and it opens nothing for him', async ({ page }) => {
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  const own = new URL(page.url());
  const sent: string[] = [];
  const thief = createServer((request, response) => {
    sent.push(`${request.url ?? ''} ${request.rawHeaders.join(' ')}`);
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><title>shop</title>');
  });
  await new Promise<void>((resolve) => { thief.listen(0, '127.0.0.1', resolve); });
  try {
    const visit = await page.context().newPage();
    await visit.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`);
    expect(await visit.evaluate(() => window.sessionStorage.length), 'storage is kept apart by port').toBe(0);
    await visit.close();
  } finally {
    thief.close();
    thief.closeAllConnections();
  }
  const cookie = new RegExp(`penchant_${own.port}=[\\w-]{43}`, 'u').exec(sent.join('\n'))?.[0] ?? '';
  expect(cookie, 'browsers do send it: if this ever changes, the better').not.toBe('');
  const secret = await page.evaluate(() => window.sessionStorage.getItem('penchant.page-secret') ?? '');
  expect(secret).toHaveLength(43);
  expect(sent.join('\n')).not.toContain(secret);
  // Not a browser, so that Origin can be forged.
  const connect = (protocols: string[]): Promise<string> => new Promise((resolve) => {
    const socket = new WebSocket(`ws://${own.host}/rpc`, protocols, { headers: { cookie, origin: own.origin } });
    socket.on('open', () => { socket.send(JSON.stringify({ id: 1, method: 'vault.status' })); });
    socket.on('message', (data) => { if (Buffer.isBuffer(data)) { resolve(data.toString('utf8')); socket.close(); } });
    socket.on('close', (code) => { resolve(`closed ${code}`); });
    socket.on('error', (error) => { resolve(error.message); });
  });
  expect(await connect([])).toBe('closed 4401');
  expect(await connect(['penchant', `penchant.${'A'.repeat(43)}`])).toBe('closed 4401');
  expect(await connect(['penchant', `penchant.${secret}`]), 'nothing but the secret was missing').toContain('"ok":true');
});

test('the browser itself refuses scripts from strings, from inside the page and from elsewhere', async ({ app, page }) => {
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  const passed = await page.evaluate(async () => {
    const wanted = new Set(['require-trusted-types-for', 'connect-src', 'style-src-elem']);
    // The browser reports each refusal a moment later.
    const allRefused = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        wanted.delete(event.effectiveDirective);
        if (wanted.size === 0) resolve();
      });
    });
    const inline = document.createElement('style');
    inline.textContent = 'body{outline:1px solid}';
    document.head.append(inline);
    const attempts: [string, () => unknown][] = [
      ['innerHTML', () => { document.createElement('div').innerHTML = '<b>x</b>'; }],
      ['script text', () => { document.createElement('script').text = 'window.planted = 1'; }],
      ['foreign fetch', () => fetch('https://shop.example/')],
    ];
    const passed: string[] = [];
    for (const [name, attempt] of attempts) {
      try {
        await attempt();
        passed.push(name);
      } catch {
        continue;
      }
    }
    await allRefused;
    return passed;
  });
  expect(passed).toEqual([]);
  // These complaints were the point.
  app.complaints.length = 0;
});

test.describe('a vault in a browser', () => {
  test.use({ startWith: 'vault' });

  test('signing out under Security ends every window of this browser, for good', async ({ page, app }) => {
    await openVault(page);
    await go(page, 'security');
    await button(page, securityCopy.signOut).click();
    await expect(page.getByText(appCopy.signedOut.title)).toBeVisible();
    expect(await page.evaluate(() => window.sessionStorage.getItem('penchant.page-secret'))).toBeNull();
    expect(app.complaints).toEqual([]);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
    // The host's 401 is the point.
    app.complaints.length = 0;
  });
});
