/** Calls, events and files between the page and the core inside the desktop app. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { COPY_SECRET_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL, OFFER_FILE_CHANNEL } from '../../electron/shell/channels.ts';
import { grantPickedFile } from '../../electron/shell/file-grants.ts';
import { registerRpc, relayEvents } from '../../electron/shell/rpc.ts';
import type { GrantedFile } from '../../electron/core/ports.ts';
import type { Outcome, WireEvent } from '../../shared/api/wire.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { temporaryFolder } from '../support/database.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function wired(trusted: boolean) {
  const handlers = new Map<string, Handler>();
  const calls: unknown[][] = [];
  const offered: unknown[] = [];
  registerRpc({
    ipcMain: { handle: (channel: string, handler: Handler) => { handlers.set(channel, handler); } },
    core: { dispatch: (method, input) => { calls.push([method, input]); return Promise.resolve<Outcome>({ ok: true, value: 'answer' }); } },
    isTrusted: () => trusted,
    copySecret: (text) => { offered.push(text); return Promise.resolve(); },
    offerFile: (path) => {
      offered.push(path);
      return path === '/gone' ? Promise.reject(new AppError('ERR_FILE_MISSING', 'gone')) : Promise.resolve({ id: 'id', name: 'a.csv', size: 1 });
    },
  });
  const send = async (channel: string, ...args: unknown[]): Promise<unknown> => await handlers.get(channel)?.({} as IpcMainInvokeEvent, ...args);
  return { calls, offered, send, channels: [...handlers.keys()] };
}

test('an untrusted frame is refused before the core or a file is touched', async () => {
  const { calls, offered, send, channels } = wired(false);
  expect(channels).toEqual([INVOKE_CHANNEL, OFFER_FILE_CHANNEL, COPY_SECRET_CHANNEL]);
  for (const channel of channels) expect(await send(channel, 'vault.status')).toMatchObject({ ok: false, error: { code: 'ERR_ORIGIN_FOREIGN' } });
  expect([calls, offered]).toEqual([[], []]);
});

test('a call reaches the core as JSON, whatever the channel could carry', async () => {
  const { calls, send } = wired(true);
  expect(await send(INVOKE_CHANNEL, 'vault.unlock', { passphrase: 'x', when: new Date(0), map: new Map([[1, 2]]) })).toEqual({ ok: true, value: 'answer' });
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  await send(INVOKE_CHANNEL, 'vault.unlock', cycle);
  await send(INVOKE_CHANNEL, 'vault.status', undefined);
  await send(INVOKE_CHANNEL, { toString: () => 'vault.lock' }, 10n);
  expect(calls).toEqual([['vault.unlock', { passphrase: 'x', when: '1970-01-01T00:00:00.000Z', map: {} }], ['vault.unlock', null], ['vault.status', undefined], ['', null]]);
});

test('a refused file comes back as a coded outcome, not as a thrown error', async () => {
  const { send } = wired(true);
  expect(await send(OFFER_FILE_CHANNEL, '/a.csv')).toEqual({ ok: true, value: { id: 'id', name: 'a.csv', size: 1 } });
  expect(await send(OFFER_FILE_CHANNEL, '/gone')).toMatchObject({ ok: false, error: { code: 'ERR_FILE_MISSING' } });
});

test('events go to the window there is, and nowhere when there is none', () => {
  let tell: (event: WireEvent) => void = () => undefined;
  let page: { sent: unknown[]; gone: boolean } | null = null;
  const send = relayEvents({ onEvent: (listener) => { tell = listener; return () => undefined; } }, () => page && { isDestroyed: () => page?.gone ?? true, send: (...args: unknown[]) => { page?.sent.push(args); } });
  const event: WireEvent = { topic: 'vault.changed', payload: { state: 'locked' } };
  tell(event);
  page = { sent: [], gone: false };
  tell(event);
  send({ topic: 'link.opened', payload: { text: 'x' } });
  page.gone = true;
  tell(event);
  expect(page.sent).toEqual([[EVENT_CHANNEL, event], [EVENT_CHANNEL, { topic: 'link.opened', payload: { text: 'x' } }]]);
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
