/** The shell's smaller parts in plain Node: protocol, links, locking, tray, menu, window. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MenuItemConstructorOptions, PowerMonitor, Tray, UtilityProcess } from 'electron';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createStaticFiles } from '../../electron/core/platform/http/static-files.ts';
import { createAppProtocol } from '../../electron/shell/app-protocol.ts';
import { watchForAbsence } from '../../electron/shell/auto-lock.ts';
import { coreChildOf } from '../../electron/shell/core-child.ts';
import { decideKeychain } from '../../electron/core/vault/keychain.ts';
import { createDeepLinks, createOutbox, linkFromArguments, parseDeepLink } from '../../electron/shell/deep-links.ts';
import { contextMenuTemplate } from '../../electron/shell/context-menu.ts';
import { createLoginItem, programToStart } from '../../electron/shell/login-item.ts';
import { createNotices } from '../../electron/shell/notices.ts';
import { EMPTY_REQUEST, linkFromFile, linkFromFileArguments } from '../../electron/shell/request-files.ts';
import { speakLanguage } from '../../electron/core/platform/catalogs.ts';
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

test('a screen asked for while the window is still loading is shown as soon as it is there, and only the newest', () => {
  const shown: string[] = [];
  const screens = createOutbox<string>((screen) => { shown.push(screen); });
  screens.put('requests');
  screens.put('breathing');
  expect(shown).toEqual([]);
  screens.pageReady();
  screens.put('requests');
  expect(shown).toEqual(['breathing', 'requests']);
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

function trayActions() {
  const did: string[] = [];
  const act = (name: string) => () => { did.push(name); };
  return { did, actions: { lock: act('lock'), showWindow: act('show'), quit: act('quit'), takeBreak: act('break'), endBreak: act('end break'), showRequests: act('requests') } };
}
const click = (item: MenuItemConstructorOptions | undefined, checked = false): void => { (item?.click as ((item: { checked: boolean }) => void) | undefined)?.({ checked }); };

test('the tray says the vault’s state in words and locks only what is open', () => {
  const { did, actions } = trayActions();
  const tips: string[] = [];
  const tray = Object.assign(new FakeEmitter(), { setToolTip: (tip: string) => { tips.push(tip); } });
  const menus: MenuItemConstructorOptions[][] = [];
  const show = createTrayMenu(tray as unknown as Tray, (template) => { menus.push(template); }, actions);
  show({ vault: 'unlocked' });
  show({ vault: 'none' });
  tray.emit('click');
  expect(tips).toEqual(['Penchant: vault locked', 'Penchant: vault unlocked', 'Penchant: no vault yet']);
  expect(did).toEqual(['show']);
  expect(menus.map(([first]) => first?.label)).toEqual(['Vault locked', 'Vault unlocked', 'No vault yet']);
  const lockItem = (vault: 'locked' | 'unlocked') => trayTemplate({ vault, onBreak: false, waiting: 0 }, actions).find((item) => item.label === 'Lock the vault');
  expect(lockItem('locked')?.enabled).toBe(false);
  expect(lockItem('unlocked')?.enabled).toBe(true);
  expect([vaultStateOf({ state: 'unlocked' }), vaultStateOf({ state: 'other' }), vaultStateOf(null), vaultStateOf('locked')]).toEqual(['unlocked', null, null, null]);
});

test('the tray takes a break from everyone, says that there is one, and leads to what waits', () => {
  const { did, actions } = trayActions();
  const labels = (state: Parameters<typeof trayTemplate>[0]) => trayTemplate(state, actions).map(({ label }) => label);
  expect(labels({ vault: 'unlocked', onBreak: false, waiting: 2 })).toEqual(['Vault unlocked', '2 requests wait for your answer', undefined, 'Show Penchant', 'Take a break from everyone', 'Lock the vault', undefined, 'Quit']);
  expect(labels({ vault: 'unlocked', onBreak: true, waiting: 0 })).toEqual(['Vault unlocked, on a break from everyone', undefined, 'Show Penchant', 'End the break from everyone', 'Lock the vault', undefined, 'Quit']);
  // While it is locked nobody gets an answer anyway, and nothing is known of what waits.
  const locked = trayTemplate({ vault: 'locked', onBreak: true, waiting: 2 }, actions);
  expect(locked.map(({ label }) => label)).toEqual(['Vault locked', undefined, 'Show Penchant', 'Take a break from everyone', 'Lock the vault', undefined, 'Quit']);
  expect(locked.find(({ label }) => label === 'Take a break from everyone')?.enabled).toBe(false);
  for (const state of [{ vault: 'unlocked', onBreak: false, waiting: 1 }, { vault: 'unlocked', onBreak: true, waiting: 0 }] as const) for (const item of trayTemplate(state, actions)) click(item);
  expect(did).toEqual(['requests', 'show', 'break', 'lock', 'quit', 'show', 'end break', 'lock', 'quit']);
});

test('the tray speaks the language of the computer', () => {
  speakLanguage(join(import.meta.dirname, '../../resources'), 'de');
  try {
    expect(trayTemplate({ vault: 'locked', onBreak: false, waiting: 0 }, trayActions().actions)[0]?.label).toBe('Tresor gesperrt');
  } finally {
    speakLanguage('', 'en');
  }
});

test('the menu goes back and forward, locks, quits and starts with the session on every platform, and offers no developer tools or reload', () => {
  const did: string[] = [];
  const act = (name: string) => () => { did.push(name); };
  for (const platform of ['darwin', 'linux', 'win32'] as const) {
    const template = menuTemplate(platform, { lock: act('lock'), showWindow: act('show'), back: act('back'), forward: act('forward'), atLogin: { isOn: () => true, set: (on) => { did.push(`login ${on ? 'on' : 'off'}`); } } });
    const items = template.flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]);
    const text = JSON.stringify(template);
    expect(text).toContain('"role":"quit"');
    expect(text).not.toMatch(/toggleDevTools|reload/iu);
    did.length = 0;
    for (const label of ['Back', 'Forward', 'Lock the vault', 'Start Penchant when I sign in to this computer']) click(items.find((item) => item.label === label));
    expect(did).toEqual(['back', 'forward', 'lock', 'login off']);
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('a right click offers editing where there is text to edit, copying what is marked, and never to copy a passphrase', () => {
  const flags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
  const roles = (clicked: Parameters<typeof contextMenuTemplate>[0]) => contextMenuTemplate(clicked).flatMap(({ role }) => role ?? []);
  expect(roles({ isEditable: true, selectionText: '', formControlType: 'input-text', editFlags: flags })).toEqual(['cut', 'copy', 'paste', 'selectAll']);
  expect(roles({ isEditable: true, selectionText: 'x', formControlType: 'input-password', editFlags: flags })).toEqual(['paste', 'selectAll']);
  expect(roles({ isEditable: false, selectionText: 'marked', formControlType: 'none', editFlags: flags })).toEqual(['copy']);
  expect(contextMenuTemplate({ isEditable: false, selectionText: ' ', formControlType: 'none', editFlags: flags })).toEqual([]);
});

test('a file opened from the desktop is a request or nothing', () => {
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => { const path = join(folder, name); writeFileSync(path, text); return path; };
  expect(linkFromFile(file('a.penchant', 'abc.def.g-_\n'))).toBe('penchant://request?request=abc.def.g-_');
  expect(linkFromFile(file('b.PENCHANT', '  penchant://request?request=x\n'))).toBe('penchant://request?request=x');
  expect(linkFromFile(file('j.penchant', '{"request":"abc.def.ghi"}'))).toBe('penchant://request?request=abc.def.ghi');
  for (const path of [file('k.penchant', '{"request":7}'), file('l.penchant', '{'), file('m.penchant', '{"request":"javascript:x"}'), file('c.penchant', 'javascript:alert(1)'), file('d.penchant', 'a.b.c\npenchant://x'), file('e.penchant', `a.b.${'c'.repeat(65_000)}`), file('g.penchant', ''), file('h.penchant', 'https://shop.example/?request=a.b.c'), join(folder, 'gone.penchant')]) expect(linkFromFile(path), path).toBe(EMPTY_REQUEST);
  for (const path of [file('f.txt', 'abc.def.ghi'), folder]) expect(linkFromFile(path), path).toBeNull();
  // Where a name leads decides nothing: neither a folder, nor a pipe that would never end, nor a link to something else.
  execFileSync('mkfifo', [join(folder, 'pipe.penchant')]);
  symlinkSync(join(folder, 'f.txt').replace('f.txt', 'secret'), join(folder, 'link.penchant'));
  writeFileSync(join(folder, 'secret'), 'root:x:0:0');
  for (const name of ['pipe', 'link']) expect(linkFromFile(join(folder, `${name}.penchant`)), name).toBe(EMPTY_REQUEST);
  mkdirSync(join(folder, 'folder.penchant'));
  expect(linkFromFile(join(folder, 'folder.penchant'))).toBe(EMPTY_REQUEST);
  expect(linkFromFileArguments(['/opt/penchant', `--file=${join(folder, 'a.penchant')}`, join(folder, 'f.txt'), join(folder, 'a.penchant')], '/')).toBe('penchant://request?request=abc.def.g-_');
  // From where the second start was made, or as an address.
  expect(linkFromFileArguments(['penchant', 'a.penchant'], folder)).toBe('penchant://request?request=abc.def.g-_');
  expect(linkFromFileArguments([pathToFileURL(join(folder, 'a.penchant')).href], '/')).toBe('penchant://request?request=abc.def.g-_');
  expect(linkFromFileArguments(['file://elsewhere/a.penchant', 'file:%', 'a\0.penchant'], folder)).toBeNull();
});

test('starting with the session is an entry of the desktop on Linux, and what the system keeps elsewhere', () => {
  const configDir = temporaryFolder(), entry = join(configDir, 'autostart', 'penchant.desktop');
  const never = { getLoginItemSettings: () => { throw new Error('not on Linux'); }, setLoginItemSettings: () => { throw new Error('not on Linux'); } };
  const linux = createLoginItem({ app: never, platform: 'linux', program: '/opt/My "Apps"/Pen$chant 100%.AppImage', configDir });
  expect(linux.isOn()).toBe(false);
  linux.set(false);
  linux.set(true);
  expect(linux.isOn()).toBe(true);
  // As the desktop entry specification quotes: a backslash in a string is two of them.
  expect(readFileSync(entry, 'utf8')).toContain('Exec="/opt/My \\\\"Apps\\\\"/Pen\\\\$chant 100%%.AppImage" --hidden\n');
  for (const [program, exec] of [['/opt/back\\slash/penchant', '"/opt/back\\\\\\\\slash/penchant"']] as const) {
    createLoginItem({ app: never, platform: 'linux', program, configDir }).set(true);
    expect(readFileSync(entry, 'utf8')).toContain(`Exec=${exec} --hidden\n`);
  }
  expect(() => { createLoginItem({ app: never, platform: 'linux', program: '/opt/a\nHidden=true', configDir }).set(true); }).toThrow('control characters');
  writeFileSync(entry, `${readFileSync(entry, 'utf8')}X-GNOME-Autostart-enabled=false\n`);
  expect(linux.isOn()).toBe(false);
  linux.set(true);
  linux.set(false);
  expect([linux.isOn(), existsSync(entry)]).toEqual([false, false]);

  for (const [platform, asked] of [['win32', { path: 'C:\\Penchant.exe', args: ['--hidden'] }], ['darwin', {}]] as const) {
    let now: object | null = null;
    const item = createLoginItem({ app: { getLoginItemSettings: (options: unknown) => { expect(options).toEqual(asked); return { openAtLogin: now !== null }; }, setLoginItemSettings: (settings: { openAtLogin: boolean }) => { now = settings.openAtLogin ? settings : null; } } as never, platform, program: 'C:\\Penchant.exe', configDir });
    item.set(true);
    expect([item.isOn(), now]).toEqual([true, { ...asked, openAtLogin: true }]);
    item.set(false);
    expect(item.isOn()).toBe(false);
  }
});

test('of an AppImage the image is what starts; one out of which another was started is not', () => {
  expect(programToStart({ APPIMAGE: '/home/ada/Penchant.AppImage', APPDIR: '/tmp/.mount_Pen1' }, '/tmp/.mount_Pen1/penchant')).toBe('/home/ada/Penchant.AppImage');
  expect(programToStart({ APPIMAGE: '/home/ada/Terminal.AppImage', APPDIR: '/tmp/.mount_Ter1' }, '/opt/Penchant/penchant')).toBe('/opt/Penchant/penchant');
  expect(programToStart({ APPIMAGE: '/home/ada/Terminal.AppImage', APPDIR: '' }, '/opt/Penchant/penchant')).toBe('/opt/Penchant/penchant');
  expect(programToStart({}, '/opt/Penchant/penchant')).toBe('/opt/Penchant/penchant');
});

test('where starting with the session cannot be set, the menu says how it is, and in a checkout there is no such item', () => {
  const find = (atLogin: Parameters<typeof menuTemplate>[1]['atLogin']) => menuTemplate('linux', { lock: () => undefined, showWindow: () => undefined, back: () => undefined, forward: () => undefined, atLogin }).flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]).find(({ type }) => type === 'checkbox');
  const item = { ...find({ isOn: () => false, set: () => { throw new Error('EACCES'); } }), checked: true };
  (item.click as unknown as (clicked: typeof item) => void)(item);
  expect(item.checked).toBe(false);
  expect(find(null)).toBeUndefined();
});

test('a notice says how many requests wait, once for all of them, seldom, and only when nobody looks', async () => {
  const shown: string[] = [];
  let now = 0, isInFront = false;
  let waiting: { count: number; tell: boolean } | null = null;
  const notices = createNotices({ ask: () => Promise.resolve(waiting), isInFront: () => isInFront, show: ({ title, onClick }) => { shown.push(title); onClick(); }, onClick: () => { shown.push('clicked'); }, nowMs: () => now });
  const change = async (count: number | null, minutes: number, tell = true): Promise<string[]> => {
    now += minutes * 60_000;
    waiting = count === null ? null : { count, tell };
    shown.length = 0;
    expect(await notices.changed()).toBe(count ?? 0);
    return [...shown];
  };
  expect(await change(null, 0)).toEqual([]);
  expect(await change(1, 1)).toEqual(['1 request waits for your answer', 'clicked']);
  expect(await change(1, 60)).toEqual([]);
  expect(await change(2, 1)).toEqual(['2 requests wait for your answer', 'clicked']);
  // Two more within ten minutes are told together with the next.
  expect(await change(3, 2)).toEqual([]);
  expect(await change(4, 2)).toEqual([]);
  expect(await change(4, 10)).toEqual(['4 requests wait for your answer', 'clicked']);
  expect(await change(3, 60)).toEqual([]);
  isInFront = true;
  expect(await change(5, 60)).toEqual([]);
  isInFront = false;
  expect(await change(5, 60)).toEqual([]);
  // Quiet hours or a break: what came meanwhile is told once they are over.
  expect(await change(6, 60, false)).toEqual([]);
  expect(await change(6, 60)).toEqual(['6 requests wait for your answer', 'clicked']);
  expect(await change(6, 60)).toEqual([]);
  expect(await change(7, 60, false)).toEqual([]);
  expect(await change(5, 60, false)).toEqual([]);
  expect(await change(5, 60)).toEqual([]);
  expect(await change(null, 60)).toEqual([]);
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
