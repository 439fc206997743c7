/** The points of Electron's security guide that stand in the shell's source: kept there, and nowhere undone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SHELL = join(import.meta.dirname, '../../electron/shell');
const sources = new Map(readdirSync(SHELL).filter((name) => name.endsWith('.ts')).map((name) => [name, readFileSync(join(SHELL, name), 'utf8')]));
const main = sources.get('main.ts') ?? '';
const filesWith = (pattern: RegExp): string[] => [...sources].filter(([, source]) => pattern.test(source)).map(([name]) => name).sort();

test('the one window has every preference the guide asks for, each written out', () => {
  expect(filesWith(/new BrowserWindow\(/u)).toEqual(['main.ts']);
  expect(main.match(/new BrowserWindow\(/gu)).toHaveLength(1);
  const preferences = /webPreferences: \{([\s\S]*?)\n {4}\}/u.exec(main)?.[1] ?? '';
  for (const wanted of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'nodeIntegrationInWorker: false', 'nodeIntegrationInSubFrames: false', 'webSecurity: true', 'allowRunningInsecureContent: false', 'experimentalFeatures: false', 'webviewTag: false', 'devTools: !app.isPackaged']) {
    expect(preferences).toContain(`${wanted},`);
  }
  expect(preferences).not.toContain('enableBlinkFeatures');
  expect(main).toContain('app.enableSandbox();');
});

test('one page is loaded, by its own scheme: no other address, no file, nothing handed to the system to open but the front page of a program on this computer', () => {
  expect(filesWith(/\.loadURL\(/u)).toEqual(['main.ts']);
  expect(main.match(/\.loadURL\([^)]*\)/gu)).toEqual(['.loadURL(APP_PAGE)']);
  expect(filesWith(/\.loadFile\(|file:\/\/|openPath|executeJavaScript|insertCSS|<webview|appendSwitch|commandLine|bypassCSP: true/u)).toEqual([]);
  expect(filesWith(/https?:\/\//u)).toEqual([]);
  // What is opened outside is looked at where new windows are refused, and nowhere else.
  expect(filesWith(/openExternal/u)).toEqual(['navigation-guard.ts']);
  const guard = sources.get('navigation-guard.ts') ?? '';
  expect(guard.match(/^.*openExternal\(.*$/gmu)?.map((line) => line.trim())).toEqual(["if (ON_THIS_COMPUTER.test(url) && referrer.url === '') void browser.openExternal(url).catch(() => undefined);"]);
  expect(guard).toContain(String.raw`const ON_THIS_COMPUTER = /^http:\/\/127\.0\.0\.1:\d{1,5}\/$/u;`);
});

test('every message to the shell goes through the one handler that looks at its sender first', () => {
  expect(filesWith(/ipcMain\.(?:on|once|handle|handleOnce)\(/u)).toEqual(['rpc.ts']);
  const rpc = sources.get('rpc.ts') ?? '';
  expect(rpc.match(/ipcMain\.\w+\(/gu)).toHaveLength(1);
  expect(rpc.match(/ipcMain\.handle\([^\n]*\n {4,6}if \(!isTrusted\(event\)\) return untrusted;/gu)).toHaveLength(1);
});

test('the page is given five members of its host and nothing of Electron', () => {
  expect(filesWith(/contextBridge/u)).toEqual(['preload.ts']);
  const preload = sources.get('preload.ts') ?? '';
  expect(preload.match(/exposeInMainWorld\(/gu)).toHaveLength(1);
  // A callback of the page is never handed to ipcRenderer itself: it would get the event, and with it the sender.
  expect(preload.match(/^.*ipcRenderer\.on\(.*$/gmu)).toEqual([
    'ipcRenderer.on(EVENT_CHANNEL, (_event, payload: WireEvent) => { core.tell(payload); });',
    'ipcRenderer.on(PORT_CHANNEL, ({ ports: [port] }) => { if (port) core.connected(port); });',
  ]);
  const bridge = /const bridge: HostBridge<File> = \{([\s\S]*?)\n\};/u.exec(preload)?.[1] ?? '';
  expect([...bridge.matchAll(/^ {2}(?:async )?(\w+)[:(]/gmu)].map(([, name]) => name)).toEqual(['kind', 'invoke', 'subscribe', 'offerFile', 'copySecret']);
});

test('Electron is one exact version, not a range', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(SHELL, '../../package.json'), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> };
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/u);
});
