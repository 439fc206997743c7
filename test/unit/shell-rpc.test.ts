/** Calls, events and files between the page and the core inside the desktop app. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { IpcMainInvokeEvent, MessagePortMain } from 'electron';
import { expect, onTestFinished, test } from 'vitest';
import { CONNECT_CHANNEL, COPY_SECRET_CHANNEL, EVENT_CHANNEL, OFFER_FILE_CHANNEL, PORT_CHANNEL } from '../../electron/shell/channels.ts';
import { grantPickedFile } from '../../electron/shell/file-grants.ts';
import { connectPage, renewPage } from '../../electron/shell/page-channel.ts';
import { createPageEnd, type Port } from '../../electron/shell/page-end.ts';
import { eventsTo, registerRpc } from '../../electron/shell/rpc.ts';
import { servePage, type PagePort } from '../../electron/core/process/page-port.ts';
import type { GrantedFile } from '../../electron/core/ports.ts';
import type { Outcome, WireEvent } from '../../shared/api/wire.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { temporaryFolder } from '../support/database.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function wired(trusted: boolean) {
  const handlers = new Map<string, Handler>();
  const done: unknown[] = [];
  registerRpc({
    ipcMain: { handle: (channel: string, handler: Handler) => { handlers.set(channel, handler); } },
    isTrusted: () => trusted,
    connect: (page) => { done.push(page); return Promise.resolve(); },
    copySecret: (text) => { done.push(text); return Promise.resolve(); },
    offerFile: (path) => {
      done.push(path);
      return path === '/gone' ? Promise.reject(new AppError('ERR_FILE_MISSING', 'gone')) : Promise.resolve({ id: 'id', name: 'a.csv', size: 1 });
    },
  });
  const send = async (channel: string, ...args: unknown[]): Promise<unknown> => await handlers.get(channel)?.({ sender: 'the window', senderFrame: 'the page' } as unknown as IpcMainInvokeEvent, ...args);
  return { done, send, channels: [...handlers.keys()] };
}

test('an untrusted frame is refused before it gets a port or a file is touched', async () => {
  const { done, send, channels } = wired(false);
  expect(channels).toEqual([CONNECT_CHANNEL, OFFER_FILE_CHANNEL, COPY_SECRET_CHANNEL]);
  for (const channel of channels) expect(await send(channel, 'x')).toMatchObject({ ok: false, error: { code: 'ERR_ORIGIN_FOREIGN' } });
  expect(done).toEqual([]);
});

test('a refused file comes back as a coded outcome, not as a thrown error', async () => {
  const { done, send } = wired(true);
  expect(await send(OFFER_FILE_CHANNEL, '/a.csv')).toEqual({ ok: true, value: { id: 'id', name: 'a.csv', size: 1 } });
  expect(await send(OFFER_FILE_CHANNEL, '/gone')).toMatchObject({ ok: false, error: { code: 'ERR_FILE_MISSING' } });
  expect(await send(CONNECT_CHANNEL)).toMatchObject({ ok: true });
  expect(done).toEqual(['/a.csv', '/gone', 'the page']);
});

test('one end of a channel goes to the core and the other to the page; without a core the page is told so', async () => {
  const given: unknown[] = [];
  let starts = true;
  const page = { url: 'app://penchant/#/home', isDestroyed: () => false, postMessage: (...args: unknown[]) => { given.push(args); } };
  const deps = { core: { connect: (port: unknown) => { given.push(port); return Promise.resolve(starts); } }, createChannel: () => ({ port1: 'for the core', port2: 'for the page' }) as unknown as { port1: MessagePortMain; port2: MessagePortMain } };
  await connectPage(page, deps);
  expect(given).toEqual(['for the core', [PORT_CHANNEL, null, ['for the page']]]);
  starts = false;
  await expect(connectPage(page, deps)).rejects.toMatchObject({ code: 'ERR_CORE_GONE' });
  expect(given).toHaveLength(3);
});

test.each([['went away', { url: 'app://penchant/#/home', gone: true }], ['shows another page', { url: 'https://example.org/', gone: false }]])('a frame that %s while the core started gets no port, and the core is told that nobody is there', async (_what, { url, gone }) => {
  const did: string[] = [];
  const frame = { url: 'app://penchant/#/home', isDestroyed: () => false, postMessage: () => { did.push('given'); } };
  const connecting = connectPage(frame, {
    core: { connect: () => { Object.assign(frame, { url, isDestroyed: () => gone }); return Promise.resolve(true); } },
    createChannel: () => ({ port1: 'for the core', port2: { close: () => { did.push('closed'); } } }) as unknown as { port1: MessagePortMain; port2: MessagePortMain },
  });
  await connecting;
  expect(did).toEqual(['closed']);
});

test('the process of a page is ended before the page is loaded again, and a window that is gone is left alone', () => {
  const did: string[] = [];
  const page = (gone: boolean) => ({ isDestroyed: () => gone, forcefullyCrashRenderer: () => { did.push('ended'); }, reload: () => { did.push('loaded'); } });
  renewPage(page(false));
  renewPage(page(true));
  renewPage(null);
  expect(did).toEqual(['ended', 'loaded']);
});

/** A page and a core at the two ends of a real channel. */
function joined() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => { port1.close(); });
  const calls: unknown[][] = [];
  const heard: WireEvent[] = [];
  let tell: ((event: WireEvent) => void) | null = null, ending = false;
  const end = createPageEnd();
  end.subscribe((event) => { heard.push(event); });
  const early = end.invoke('early', 1);
  // Node's types know of its listeners only as those of any event.
  end.connected(port2 as unknown as Port);
  const port: PagePort = {
    on: (event: string, listener: (message: { readonly data: unknown }) => void) => port1.on(event, (data: unknown) => { listener({ data }); }),
    start: () => { port1.start(); }, postMessage: (message) => { port1.postMessage(message); },
  };
  servePage(port, {
    dispatch: (method, input) => { calls.push([method, input]); return Promise.resolve<Outcome>({ ok: true, value: method }); },
    onEvent: (listener) => { tell = listener; return () => { tell = null; }; },
  }, () => ending);
  return { end, early, calls, heard, port2, tell: (event: WireEvent) => tell?.(event), listening: () => tell !== null, endCore: () => { ending = true; } };
}

test('calls and events go through the channel as JSON, also those from before it was there', async () => {
  const { end, early, calls, heard, port2, tell, listening } = joined();
  expect(await early).toEqual({ ok: true, value: 'early' });
  await end.invoke('vault.unlock', { passphrase: 'x', when: new Date(0), map: new Map([[1, 2]]) });
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  await Promise.all([end.invoke('vault.unlock', cycle), end.invoke('vault.status', undefined), end.invoke('vault.unlock', 10n)]);
  expect(calls.slice(1)).toEqual([['vault.unlock', { passphrase: 'x', when: '1970-01-01T00:00:00.000Z', map: {} }], ['vault.unlock', null], ['vault.status', undefined], ['vault.unlock', null]]);
  tell({ topic: 'vault.changed', payload: { state: 'locked' } });
  end.tell({ topic: 'link.opened', payload: { text: 'x' } });
  await end.invoke('vault.status', undefined);
  expect(heard).toEqual([{ topic: 'link.opened', payload: { text: 'x' } }, { topic: 'vault.changed', payload: { state: 'locked' } }]);
  // A page that went is not spoken to any more.
  port2.close();
  await expect.poll(listening).toBe(false);
});

test('what makes no sense on a channel reaches no method, and a core that is ending answers nothing', async () => {
  const { end, calls, port2, endCore } = joined();
  for (const frame of [{ id: 1, method: 'vault.lock' }, null, 7, '{', '[]', '{"id":-1,"method":"vault.lock"}', '{"id":9,"method":5}']) port2.postMessage(frame);
  await end.invoke('vault.status', undefined);
  expect(calls.map(([method]) => method)).toEqual(['early', 'vault.status']);
  endCore();
  let answered = false;
  void end.invoke('vault.status', undefined).then(() => { answered = true; });
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect([answered, calls.length]).toEqual([false, 2]);
});

test('what comes before the page listens waits for it, a few at most, and every listener of that turn hears it once', async () => {
  const end = createPageEnd();
  for (let nth = 0; nth < 20; nth++) end.tell({ topic: 'link.opened', payload: { text: String(nth) } });
  const first: string[] = [], second: string[] = [];
  end.subscribe((event) => { first.push(event.topic); });
  end.subscribe((event) => { second.push((event.payload as { text: string }).text); });
  await Promise.resolve();
  expect([first.length, second]).toEqual([8, ['0', '1', '2', '3', '4', '5', '6', '7']]);
  end.tell({ topic: 'link.opened', payload: { text: 'now' } });
  expect([first.length, second.at(-1)]).toEqual([9, 'now']);
});

test('a page that gets no channel has the reason as the answer to everything', async () => {
  const end = createPageEnd();
  const early = end.invoke('vault.status', undefined);
  const reason: Outcome = { ok: false, error: { code: 'ERR_CORE_GONE', message: 'gone' } };
  end.refused(reason);
  expect([await early, await end.invoke('vault.status', undefined)]).toEqual([reason, reason]);
});

test('what reaches the shell from outside goes to the window there is, and nowhere when there is none', () => {
  let page: { sent: unknown[]; gone: boolean } | null = null;
  const send = eventsTo(() => page && { isDestroyed: () => page?.gone ?? true, send: (...args: unknown[]) => { page?.sent.push(args); } });
  const event: WireEvent = { topic: 'link.opened', payload: { text: 'x' } };
  send(event);
  page = { sent: [], gone: false };
  send(event);
  page.gone = true;
  send(event);
  expect(page.sent).toEqual([[EVENT_CHANNEL, event]]);
});

test('a picked file is granted under an opaque id that says nothing of its place', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'ViewingActivity.csv');
  writeFileSync(path, 'abc');
  const granted: GrantedFile[] = [];
  const offered = await grantPickedFile(path, { randomBytes, grantFile: (file) => { granted.push(file); } });
  expect(offered).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/u) as string, name: 'ViewingActivity.csv', size: 3 });
  expect(granted).toEqual([{ ...offered, path, temporary: false }]);
});

test('what is not a file the person picked is refused with a code', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  const deps = { randomBytes, grantFile: () => { throw new Error('granted'); } };
  const cases: [unknown, string][] = [
    ['', 'ERR_INPUT_INVALID'], [undefined, 'ERR_INPUT_INVALID'], [42, 'ERR_INPUT_INVALID'], [['/etc/passwd'], 'ERR_INPUT_INVALID'], ['relative.csv', 'ERR_INPUT_INVALID'], ['../up.csv', 'ERR_INPUT_INVALID'],
    ['/a\0b', 'ERR_INPUT_INVALID'], [`/${'x'.repeat(5_000)}`, 'ERR_INPUT_INVALID'], [join(folder, 'none.csv'), 'ERR_FILE_MISSING'], [join(folder, 'sub'), 'ERR_FILE_UNREADABLE'], ['/dev/null', 'ERR_FILE_UNREADABLE'],
  ];
  for (const [path, code] of cases) await expect(grantPickedFile(path, deps)).rejects.toMatchObject({ code });
  if (process.getuid?.() !== 0) {
    const closed = join(folder, 'closed.csv');
    writeFileSync(closed, '');
    chmodSync(closed, 0o000);
    await expect(grantPickedFile(closed, deps)).rejects.toMatchObject({ code: 'ERR_FILE_UNREADABLE' });
  }
});
