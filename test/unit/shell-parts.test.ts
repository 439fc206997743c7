/** The shell's smaller parts in plain Node: protocol, links, locking, tray, menu, window. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions, PowerMonitor, Tray, UtilityProcess } from 'electron';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createStaticFiles } from '../../electron/core/platform/http/static-files.ts';
import { createAppProtocol } from '../../electron/shell/app-protocol.ts';
import { watchForAbsence } from '../../electron/shell/auto-lock.ts';
import { coreChildOf } from '../../electron/shell/core-child.ts';
import { decideKeychain } from '../../electron/core/vault/keychain.ts';
import { createDeepLinks, linkFromArguments, parseDeepLink } from '../../electron/shell/deep-links.ts';
import { createKeychain } from '../../electron/shell/keychain.ts';
import { menuTemplate } from '../../electron/shell/menu.ts';
import { createTrayMenu, trayTemplate, vaultStateOf } from '../../electron/shell/tray.ts';
import { decideWindowState, readWindowState, writeWindowState } from '../../electron/shell/window-state.ts';
import { windowFrame } from '../../electron/shell/window.ts';
import { temporaryFolder } from '../support/database.ts';
import { FakeEmitter, fakeSafeStorage } from '../support/shell-fakes.ts';

function builtPage(): string {
  const folder = temporaryFolder();
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), 'page');
  writeFileSync(join(root, 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  return root;
}

test('the app’s scheme serves the page under a policy that lets it connect to nothing', async () => {
  const serve = createAppProtocol(createStaticFiles(builtPage()));
  const page = await serve({ method: 'GET', url: 'app://penchant/#/home' });
  expect([page.status, await page.text()]).toEqual([200, 'page']);
  const policy = page.headers.get('content-security-policy')?.split('; ') ?? [];
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await serve({ method: 'GET', url: 'app://penchant/assets/a.js?x=1' })).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await (await serve({ method: 'HEAD', url: 'app://penchant/' })).text()).toBe('');
});

test.each(['app://penchant/../secret.txt', 'app://penchant/%2e%2e/secret.txt', 'app://penchant/%2e%2e%2fsecret.txt', 'app://penchant/..%5csecret.txt', 'app://penchant/assets/../../secret.txt', 'app://other/index.html', 'file:///etc/passwd', 'app://penchant.evil/', 'nonsense', 'app://penchant/assets', 'app://penchant//'])('the app’s scheme has nothing at %s', async (url) => {
  const answer = await createAppProtocol(createStaticFiles(builtPage()))({ method: 'GET', url });
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});

test('the app’s scheme answers no method that writes', async () => {
  const serve = createAppProtocol(createStaticFiles(builtPage()));
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get']) expect((await serve({ method, url: 'app://penchant/' })).status).toBe(405);
});

test('a link is taken only in our scheme, on one line, within its length', () => {
  expect(parseDeepLink('penchant://request?request=abc')).toBe('penchant://request?request=abc');
  for (const text of ['', 'penchant:request', 'https://shop.example/', 'penchant ://x', ' penchant://x', 'penchant://x y', 'penchant://x\ny', 'penchant://x\0', `penchant://${'x'.repeat(65_000)}`, 'xpenchant://a', 'javascript:penchant://x', '--url=penchant://x']) expect(parseDeepLink(text)).toBeNull();
});

test('a link among arguments is found; switches never count', () => {
  expect(linkFromArguments(['/opt/penchant', '--original-process-start-time=1', 'penchant://request?request=a', 'penchant://b'])).toBe('penchant://request?request=a');
  expect(linkFromArguments(['/opt/penchant', '--inspect=penchant://x', '/home/a/penchant.csv'])).toBeNull();
});

test('whatever the system hands over, what reaches the page is a link of ours or nothing', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.string().map((rest) => `penchant://${rest}`))), (argv) => {
    const link = linkFromArguments(argv);
    expect(link === null || (argv.includes(link) && link.toLowerCase().startsWith('penchant://') && link.length <= 65_000)).toBe(true);
  }));
});

test('links wait until the page listens; only the newest waits; each is told once', () => {
  const told: string[] = [];
  const links = createDeepLinks((text) => { told.push(text); });
  links.open('penchant://one');
  links.open('penchant://two');
  links.open('https://not-ours.example/');
  expect(told).toEqual([]);
  links.pageReady();
  expect(told).toEqual(['penchant://two']);
  links.pageGone();
  links.open('penchant://three');
  links.pageReady();
  links.pageReady();
  expect(told).toEqual(['penchant://two', 'penchant://three']);
});

test('the core hears of a locked screen and of sleep, and shutting down locks whatever the settings say', () => {
  const monitor = Object.assign(new FakeEmitter(), { getSystemIdleState: () => 'active' });
  const heard: string[] = [];
  watchForAbsence({ powerMonitor: monitor as unknown as PowerMonitor, platform: 'darwin', away: (why) => { heard.push(why); }, lock: () => { heard.push('lock'); }, every: () => { throw new Error('no polling where there are events'); } });
  for (const event of ['lock-screen', 'suspend', 'shutdown', 'user-did-resign-active']) monitor.emit(event);
  expect(heard).toEqual(['screen-locked', 'asleep', 'lock', 'screen-locked']);
});

test('on Linux a locked screen is noticed by asking, once per locking', () => {
  const state = { now: 'active' };
  const monitor = Object.assign(new FakeEmitter(), { getSystemIdleState: () => state.now });
  let locks = 0;
  let stopped = false;
  let ask: () => void = () => undefined;
  const stop = watchForAbsence({ powerMonitor: monitor as unknown as PowerMonitor, platform: 'linux', away: () => { locks += 1; }, lock: () => { throw new Error('nothing was shut down'); }, every: (_ms, body) => { ask = body; return () => { stopped = true; }; } });
  for (const next of ['active', 'idle', 'locked', 'locked', 'unknown', 'locked']) { state.now = next; ask(); }
  expect(locks).toBe(2);
  stop();
  expect(stopped).toBe(true);
});

test('the tray says the vault’s state in words and locks only what is open', () => {
  const actions = { lock: () => { did.push('lock'); }, showWindow: () => { did.push('show'); }, quit: () => { did.push('quit'); } };
  const did: string[] = [];
  const tips: string[] = [];
  const tray = Object.assign(new FakeEmitter(), { setToolTip: (tip: string) => { tips.push(tip); } });
  const menus: MenuItemConstructorOptions[][] = [];
  const show = createTrayMenu(tray as unknown as Tray, (template) => { menus.push(template); }, actions);
  show('unlocked');
  show('none');
  tray.emit('click');
  expect(tips).toEqual(['Penchant: vault locked', 'Penchant: vault unlocked', 'Penchant: no vault yet']);
  expect(did).toEqual(['show']);
  expect(menus.map(([first]) => first?.label)).toEqual(['Vault locked', 'Vault unlocked', 'No vault yet']);
  const lockItem = (state: 'locked' | 'unlocked') => trayTemplate(state, actions).find((item) => item.label === 'Lock the vault');
  expect(lockItem('locked')?.enabled).toBe(false);
  expect(lockItem('unlocked')?.enabled).toBe(true);
  expect([vaultStateOf({ state: 'unlocked' }), vaultStateOf({ state: 'other' }), vaultStateOf(null), vaultStateOf('locked')]).toEqual(['unlocked', null, null, null]);
});

test('the menu can lock and quit on every platform, and offers no developer tools or reload', () => {
  for (const platform of ['darwin', 'linux', 'win32'] as const) {
    const text = JSON.stringify(menuTemplate(platform, { lock: () => undefined, showWindow: () => undefined }));
    expect(text).toContain('Lock the vault');
    expect(text).toContain('"role":"quit"');
    expect(text).not.toMatch(/toggleDevTools|reload/iu);
  }
});

test('the window is made at the size the page is designed for, hidden until it has painted', () => {
  expect(windowFrame({ state: null, icon: '/i.png', dark: false })).toMatchObject({ width: 1280, height: 800, minWidth: 900, show: false, title: 'Penchant' });
  expect(windowFrame({ state: { x: 1, y: 2, width: 1000, height: 700, maximized: false }, icon: '/i.png', dark: true })).toMatchObject({ x: 1, y: 2, width: 1000, height: 700 });
});

test('the window opens where it was, unless that place is on no screen any more', () => {
  const area = { x: 0, y: 0, width: 1920, height: 1080 };
  const stored = { x: 100, y: 50, width: 1300, height: 900, maximized: false };
  expect(decideWindowState(stored, [area])).toEqual(stored);
  expect(decideWindowState(null, [area])).toBeNull();
  expect(decideWindowState({ ...stored, x: 3000 }, [area])).toBeNull();
  expect(decideWindowState({ ...stored, y: -500 }, [area])).toBeNull();
  expect(decideWindowState({ ...stored, width: 10 }, [area])).toBeNull();
  expect(decideWindowState(stored, [])).toBeNull();
  const path = join(temporaryFolder(), 'window.json');
  expect(readWindowState(path)).toBeNull();
  writeWindowState(path, stored);
  expect(readWindowState(path)).toEqual(stored);
  for (const text of ['{', 'null', '{"x":"1"}', 'x'.repeat(10_000)]) {
    writeFileSync(path, text);
    expect(readWindowState(path)).toBeNull();
  }
  writeWindowState(join(path, 'not-a-folder', 'x.json'), stored);
});

test('a utility process is spoken to as a core child, and its end is told once', () => {
  const sent: unknown[] = [];
  let killed = false;
  const utility = Object.assign(new FakeEmitter(), { postMessage: (...args: unknown[]) => { sent.push(args); }, kill: () => { killed = true; return true; } });
  const child = coreChildOf(utility as unknown as UtilityProcess);
  const received: unknown[] = [];
  let ends = 0;
  child.onMessage((message) => { received.push(message); });
  child.onExit(() => { ends += 1; });
  child.postMessage({ kind: 'page' }, ['a port']);
  child.postMessage({ kind: 'stop' });
  utility.emit('message', { kind: 'ready' });
  utility.emit('exit', 0);
  utility.emit('exit', 0);
  child.kill();
  expect([sent, received, ends, killed]).toEqual([[[{ kind: 'page' }, ['a port']], [{ kind: 'stop' }, undefined]], [{ kind: 'ready' }], 1, true]);
});

test('the keychain is what Electron’s asynchronous interface says; secrets come back whole, and a newer key of its own is told', async () => {
  const storage = fakeSafeStorage({ backend: 'gnome_libsecret' });
  const keychain = createKeychain({ safeStorage: storage, platform: 'linux' });
  const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i));
  const sealed = await keychain.seal(secret);
  expect(sealed.includes(secret)).toBe(false);
  expect(await keychain.open(sealed)).toEqual({ secret, stale: false });
  storage.rotate();
  expect(await keychain.open(sealed)).toEqual({ secret, stale: true });
  await expect(keychain.open(Buffer.from('something else'))).rejects.toThrow();
});

test.each([
  ['linux', 'gnome_libsecret', 'ready'], ['linux', 'kwallet6', 'ready'], ['linux', 'basic_text', 'weak'], ['linux', 'unknown', 'weak'],
  ['darwin', 'unknown', 'ready'], ['win32', 'unknown', 'ready'], ['freebsd', 'gnome_libsecret', 'weak'],
] as const)('on %s with %s the keychain is %s', async (platform, backend, state) => {
  const named = await createKeychain({ safeStorage: fakeSafeStorage({ backend }), platform }).backend();
  expect(decideKeychain(true, named)).toBe(state);
});

test('a keychain that cannot encrypt now has no name', async () => {
  expect(await createKeychain({ safeStorage: fakeSafeStorage({ backend: 'kwallet6', available: false }), platform: 'linux' }).backend()).toBeNull();
});
