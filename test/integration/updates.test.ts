/** Whether there is a newer version: asked over real HTTP, only when the person wants it, and whatever the server says costs nothing. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createSettings } from '../../electron/core/settings/settings.ts';
import { createUpdates } from '../../electron/core/settings/updates.ts';
import { RELEASES, VERSION } from '../../shared/release.ts';
import { openTestDatabase } from '../support/database.ts';
import { openedCore, testPorts } from '../support/ports.ts';

const DAY_MS = 86_400_000;
/** As GitHub answers, with more than is read. */
const release = (tag: string, more: object = {}) => JSON.stringify({ id: 1, tag_name: tag, html_url: `https://code.example/penchant/releases/tag/${tag}`, draft: false, prerelease: false, body: 'What is new', assets: [{ name: 'penchant.deb', browser_download_url: 'https://code.example/penchant.deb' }], ...more });

async function setUp() {
  const asked: IncomingMessage[] = [];
  const answer: { status: number; body: string | Buffer; location?: string; encoding?: string } = { status: 200, body: release('v9.0.0') };
  const server = createServer((request, response) => { asked.push(request); response.writeHead(answer.status, { ...(answer.location === undefined ? {} : { location: answer.location }), ...(answer.encoding === undefined ? {} : { 'content-encoding': answer.encoding }) }).end(answer.body); }).listen(0, '127.0.0.1');
  onTestFinished(() => { server.close(); server.closeAllConnections(); });
  await new Promise((resolve) => server.once('listening', resolve));
  const releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest`;
  const db = openTestDatabase(), clock = { nowMs: () => now.ms }, now = { ms: 1_800_000_000_000 };
  const settings = createSettings({ db, audit: createAuditLog({ db, key: randomBytes(32), clock, randomBytes }) });
  const changes: number[] = [];
  const withAddress = (address: string | null | undefined) => createUpdates({ db, settings, ports: { clock, fetch: globalThis.fetch, ...(address === undefined ? {} : { releases: address }) }, onChange: () => { changes.push(1); } });
  return { asked, answer, now, settings, changes, withAddress, releases, updates: withAddress(releases), host: new URL(releases).host };
}

test('nobody is asked until the person wants it; then once a week, with nothing said about anybody', async () => {
  const { asked, now, settings, updates, changes, host } = await setUp();
  expect(settings.get().lookForUpdates).toBe(false);
  await updates.lookIfDue();
  expect(updates.get()).toEqual({ host, version: VERSION, lookedAtMs: null, newer: null });
  expect(asked).toHaveLength(0);
  settings.set({ lookForUpdates: true });
  await updates.lookIfDue();
  await updates.lookIfDue();
  now.ms += 6 * DAY_MS;
  await updates.lookIfDue();
  expect(asked).toHaveLength(1);
  expect(changes).toHaveLength(1);
  expect(updates.get()).toEqual({ host, version: VERSION, lookedAtMs: now.ms - 6 * DAY_MS, newer: { version: '9.0.0', page: 'https://code.example/penchant/releases/tag/v9.0.0' } });
  now.ms += DAY_MS;
  await updates.lookIfDue();
  // A clock that was set back asks again rather than never.
  now.ms -= 300 * DAY_MS;
  await updates.lookIfDue();
  expect(asked).toHaveLength(3);
  for (const { url, method, headers } of asked) {
    expect([method, url]).toEqual(['GET', '/latest']);
    expect(Object.keys(headers).filter((name) => /cookie|referer|authorization|if-|etag/u.test(name))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain(VERSION);
  }
});

test.each([['v9.0.0', '9.0.0'], ['0.1.1', '0.1.1'], ['v0.10.0', '0.10.0'], [VERSION, null], ['v0.0.9', null], ['v9.0.0+only-at-evil', '9.0.0']])('%s is newer: %s', async (tag, version) => {
  const { answer, updates } = await setUp();
  answer.body = release(tag);
  expect((await updates.look()).newer?.version ?? null).toBe(version);
});

test('a page under letters that look like others is shown by what it really is', async () => {
  const { answer, updates } = await setUp();
  answer.body = release('v9.0.0', { html_url: 'https://p\u0435nchant.example/\u202egpj.exe' });
  expect((await updates.look()).newer?.page).toBe('https://xn--pnchant-7gg.example/%E2%80%AEgpj.exe');
});

describe('whatever else comes', () => {
  test.each<[string, { status?: number; body: string | Buffer; location?: string; encoding?: string }]>([
    ['no page', { status: 404, body: '{}' }], ['another address', { status: 302, body: '', location: 'https://elsewhere.example/' }], ['words', { body: '<html>hello' }], ['nothing', { body: '' }], ['a list', { body: '[]' }], ['no version', { body: release('latest') }],
    ['a long version', { body: release(`1.${'0'.repeat(300)}.0`) }], ['no address', { body: release('v9.0.0', { html_url: undefined }) }], ['a script', { body: release('v9.0.0', { html_url: 'javascript:alert(1)' }) }], ['plain http', { body: release('v9.0.0', { html_url: 'http://code.example/' }) }],
    ['a name in the address', { body: release('v9.0.0', { html_url: 'https://a:b@code.example/' }) }], ['a number', { body: release('v9.0.0', { tag_name: 9 }) }], ['half a letter', { body: Buffer.from([0xff]) }], ['too much', { body: Buffer.alloc(600_000, 0x20) }], ['too much, packed small', { body: gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), encoding: 'gzip' }],
    ['a version with words in it', { body: release('v9.0.0-get-it-at-evil') }], ['nested without end', { body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }], ['a member of every object', { body: '{"__proto__":{"tag_name":"v9.0.0","html_url":"https://code.example/"}}' }],
  ])('%s is one clear code, and what was known stays', async (_name, bad) => {
    const { answer, updates } = await setUp();
    const known = await updates.look();
    Object.assign(answer, { status: 200, ...bad });
    await expect(updates.look()).rejects.toMatchObject({ code: 'ERR_UPDATES_UNKNOWN' });
    expect(updates.get()).toEqual(known);
  });

  test('nobody there: silent when it was not asked by hand', async () => {
    const { settings, withAddress } = await setUp();
    settings.set({ lookForUpdates: true });
    const updates = withAddress('http://127.0.0.1:1/');
    await expect(updates.lookIfDue()).resolves.toBeUndefined();
    await expect(updates.look()).rejects.toMatchObject({ code: 'ERR_UPDATES_UNKNOWN' });
  });

  test.each([null, undefined, '', 'not an address', 'http://code.example/', 'file:///etc/passwd', 'https://a:b@code.example/'])('an address of %s is none, and says so', async (address) => {
    const { asked, settings, withAddress } = await setUp();
    settings.set({ lookForUpdates: true });
    const updates = withAddress(address);
    await updates.lookIfDue();
    expect(updates.get()).toEqual({ host: null, version: VERSION, lookedAtMs: null, newer: null });
    await expect(updates.look()).rejects.toMatchObject({ code: 'ERR_UPDATES_UNKNOWN', message: 'This copy of Penchant knows no place to ask for newer versions. Look where you got it from.' });
    expect(asked).toHaveLength(0);
  });
});

test('the address this version comes with is one that can be asked, or none', () => {
  expect(RELEASES === null || URL.parse(RELEASES)?.protocol === 'https:').toBe(true);
});

test('a vault that is opened, used and locked reaches no server of updates', async () => {
  const reached: string[] = [];
  const { core } = await openedCore(testPorts({ releases: 'https://code.example/latest', serveOnUnlock: true, fetch: (input) => { reached.push(String(input instanceof Request ? input.url : input)); return Promise.reject(new Error('no network')); } }));
  expect(await core.dispatch('updates.get', undefined)).toMatchObject({ ok: true, value: { host: 'code.example', lookedAtMs: null } });
  await core.close();
  expect(reached).toEqual([]);
});
