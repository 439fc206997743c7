/** What may reach the shell and where its window may go. */
import type { IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { guardContents, guardSession } from '../../electron/shell/navigation-guard.ts';
import { decideTrusted, isOwnPage } from '../../electron/shell/trusted-sender.ts';
import { FakeEmitter, frameAt, preventable } from '../support/shell-fakes.ts';

const FOREIGN = ['https://shop.example/', 'http://127.0.0.1:47816/', 'file:///etc/passwd', 'app://penchant.evil/', 'app://penchantx/', 'app://evil/penchant/', 'about:blank', 'data:text/html,x', 'javascript:alert(1)', 'blob:app://penchant/1', 'devtools://x', 'app:penchant', ''];

test('only addresses under our own scheme and host are our page', () => {
  for (const url of ['app://penchant/', 'app://penchant/index.html', 'app://penchant/#/home']) expect(isOwnPage(url)).toBe(true);
  for (const url of FOREIGN) expect(isOwnPage(url)).toBe(false);
});

test('a message is trusted only from the main frame of our window, showing our page', () => {
  const mainFrame = frameAt('app://penchant/#/home');
  const ours = { id: 1, mainFrame } as unknown as WebContents;
  const event = (facts: object) => ({ sender: ours, senderFrame: mainFrame, ...facts }) as unknown as IpcMainInvokeEvent;
  expect(decideTrusted(event({}), ours)).toBe(true);
  expect(decideTrusted(event({}), null)).toBe(false);
  expect(decideTrusted(event({ senderFrame: null }), ours)).toBe(false);
  expect(decideTrusted(event({ senderFrame: frameAt('app://penchant/') }), ours)).toBe(false);
  expect(decideTrusted(event({ sender: { id: 2 } }), ours)).toBe(false);
  for (const url of FOREIGN) {
    const frame = frameAt(url);
    const moved = { id: 1, mainFrame: frame } as unknown as WebContents;
    expect(decideTrusted(event({ sender: moved, senderFrame: frame }), moved)).toBe(false);
  }
  const child = frameAt('app://penchant/', mainFrame);
  expect(decideTrusted(event({ senderFrame: child }), { id: 1, mainFrame: child } as unknown as WebContents)).toBe(false);
});

test('no page leaves our page, opens a window or embeds another', () => {
  type Opening = { readonly url: string; readonly referrer: { readonly url: string } };
  const opened: { handler: ((details: Opening) => unknown) | null; readonly outside: string[] } = { handler: null, outside: [] };
  const contents = Object.assign(new FakeEmitter(), { setWindowOpenHandler(handler: (details: Opening) => unknown) { opened.handler = handler; } });
  guardContents(contents as unknown as WebContents, { openExternal: (url: string) => { opened.outside.push(url); return Promise.resolve(); } });
  const foreign = [...FOREIGN.filter((url) => url !== 'http://127.0.0.1:47816/'), 'http://127.0.0.1:40123/?q=secret', 'http://127.0.0.1:40123/a', 'http://127.0.0.1:40123/#a', 'http://127.0.0.1.example:80/', 'http://user@127.0.0.1:40123/', 'https://127.0.0.1:40123/', 'http://127.0.0.1:40123/\n'];
  for (const url of foreign) expect(opened.handler?.({ url, referrer: { url: '' } })).toEqual({ action: 'deny' });
  expect(opened.outside).toEqual([]);
  // The practice shop opens in the person's own browser, and nothing says from where.
  expect(opened.handler?.({ url: 'http://127.0.0.1:40123/', referrer: { url: 'app://penchant/' } })).toEqual({ action: 'deny' });
  expect(opened.outside).toEqual([]);
  expect(opened.handler?.({ url: 'http://127.0.0.1:40123/', referrer: { url: '' } })).toEqual({ action: 'deny' });
  expect(opened.outside).toEqual(['http://127.0.0.1:40123/']);
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    for (const url of FOREIGN) {
      const event = preventable({ url, isMainFrame: true });
      contents.emit(name, event);
      expect([name, url, event.prevented]).toEqual([name, url, true]);
    }
    const own = preventable({ url: 'app://penchant/', isMainFrame: true });
    contents.emit(name, own);
    expect(own.prevented).toBe(false);
  }
  const framed = preventable({ url: 'app://penchant/', isMainFrame: false });
  contents.emit('will-frame-navigate', framed);
  expect(framed.prevented).toBe(true);
  const webview = preventable({});
  contents.emit('will-attach-webview', webview);
  expect(webview.prevented).toBe(true);
});

test('every permission, device and download is denied but copying text and saving what our page made', () => {
  type Request = (contents: { getURL(): string }, permission: string, answer: (granted: boolean) => void) => void;
  type Check = (contents: null, permission: string, origin: string) => boolean;
  const asked: { request?: Request; check?: Check; device?: () => boolean } = {};
  const session = Object.assign(new FakeEmitter(), {
    setPermissionRequestHandler(handler: Request) { asked.request = handler; },
    setPermissionCheckHandler(handler: Check) { asked.check = handler; },
    setDevicePermissionHandler(handler: () => boolean) { asked.device = handler; },
  });
  guardSession(session as unknown as Session);
  const request = (url: string, permission: string): boolean | undefined => {
    let granted: boolean | undefined;
    asked.request?.({ getURL: () => url }, permission, (answer) => { granted = answer; });
    return granted;
  };
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen', 'pointerLock', 'midi', 'hid', 'usb', 'fileSystem']) {
    expect(request('app://penchant/', permission)).toBe(false);
    expect(asked.check?.(null, permission, 'app://penchant')).toBe(false);
  }
  expect(request('app://penchant/', 'clipboard-sanitized-write')).toBe(true);
  expect(request('https://shop.example/', 'clipboard-sanitized-write')).toBe(false);
  expect(asked.check?.(null, 'clipboard-sanitized-write', 'app://penchant')).toBe(true);
  expect(asked.check?.(null, 'clipboard-sanitized-write', 'app://penchant/')).toBe(true);
  expect(asked.check?.(null, 'clipboard-sanitized-write', 'https://shop.example')).toBe(false);
  expect(asked.device?.()).toBe(false);
  const downloads = (url: string): boolean => {
    const download = preventable({});
    session.emit('will-download', download, { getURL: () => url });
    return !download.prevented;
  };
  for (const url of FOREIGN.filter((foreign) => !foreign.startsWith('blob:'))) expect(downloads(url)).toBe(false);
  expect(downloads('blob:https://shop.example/1')).toBe(false);
  expect(downloads('app://penchant/index.html')).toBe(false);
  expect(downloads('blob:app://penchant/4711')).toBe(true);
});
