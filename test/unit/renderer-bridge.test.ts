/** The page's end of the web host's socket, over a real one; and what the page keeps of the answers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Outcome, WireRequest } from '../../shared/api/wire.ts';
import { forgetPageSecret, takePageSecret, type PageWindow } from '../../renderer/src/bridge/page-secret.ts';
import { createWebBridge, type ConnectionState, type ObservableBridge } from '../../renderer/src/bridge/web-bridge.ts';
import { createResourceFrom, resetResources } from '../../renderer/src/state/resource.ts';

interface Host { readonly server: Server; readonly sockets: Set<ServerSocket>; /** Methods in the order they arrived, over any socket. */ readonly asked: readonly string[]; readonly place: { readonly host: string; readonly protocol: string } }

const SECRET = 'S'.repeat(43);

/** Answers "echo" with its input, "late" never, anything else with an unknown-method error. */
async function startHost(refuse: () => boolean): Promise<Host> {
  const server = createServer();
  const sockets = new Set<ServerSocket>(), asked: string[] = [];
  new WebSocketServer({ server, path: '/rpc', handleProtocols: () => 'penchant' }).on('connection', (socket, request) => {
    if (refuse() || request.headers['sec-websocket-protocol']?.replaceAll(' ', '') !== `penchant,penchant.${SECRET}`) {
      socket.close(4401);
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const { id, method, input } = JSON.parse(data.toString()) as WireRequest;
      asked.push(method);
      if (method === 'late') return;
      const outcome: Outcome = method === 'echo' ? { ok: true, value: input } : { ok: false, error: { code: 'ERR_METHOD_UNKNOWN', message: method } };
      socket.send(JSON.stringify({ id, ...outcome }));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, sockets, asked, place: { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, protocol: 'http:' } };
}

const reaches = (bridge: ObservableBridge, wanted: ConnectionState): Promise<void> => new Promise((resolve) => {
  bridge.onConnection((state) => { if (state === wanted) resolve(); });
});

let host: Host;
let refusing = false;
const bridges: ObservableBridge[] = [];
const open = (): ObservableBridge => {
  const bridge = createWebBridge(host.place, SECRET);
  bridges.push(bridge);
  return bridge;
};

beforeEach(async () => {
  refusing = false;
  host = await startHost(() => refusing);
});

afterEach(async () => {
  // A refused session ends the bridge's attempts to come back.
  refusing = true;
  const ended = bridges.splice(0).map((bridge) => reaches(bridge, 'signed-out'));
  for (const socket of host.sockets) socket.close(4401);
  await Promise.all(ended);
  host.server.closeAllConnections();
  await new Promise((resolve) => { host.server.close(resolve); });
});

describe('the web bridge', () => {
  it('told that the vault was locked says so at once, comes back by itself, and asks again what had no answer', async () => {
    const bridge = open();
    await reaches(bridge, 'open');
    const states: ConnectionState[] = [];
    bridge.onConnection((state) => { states.push(state); });
    const topics: string[] = [];
    bridge.subscribe(({ topic }) => { topics.push(topic); });
    const late = bridge.invoke('late', 1);
    await expect.poll(() => host.asked).toEqual(['late']);
    for (const socket of host.sockets) socket.close(4402);
    await expect.poll(() => host.asked, { timeout: 10_000 }).toEqual(['late', 'late']);
    expect(await bridge.invoke('echo', 'back')).toEqual(expect.objectContaining({ ok: true, value: 'back' }));
    expect(topics).toEqual(['core.ended']);
    expect(states).toEqual(['open', 'connecting', 'open']);
    // A second host that ends over it is the last that is asked.
    for (const socket of host.sockets) socket.close(4402);
    expect(await late).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
  });

  it('matches answers to calls, also those made before the socket was open', async () => {
    const bridge = open();
    const answers = await Promise.all([1, 2, 3].map((input) => bridge.invoke('echo', input)));
    expect(answers.map((answer) => (answer.ok ? answer.value : answer.error.code))).toEqual([1, 2, 3]);
    expect(await bridge.invoke('nonsense', null)).toMatchObject({ ok: false, error: { code: 'ERR_METHOD_UNKNOWN' } });
  });

  it('tells every listener about events until it takes its leave', async () => {
    const bridge = open();
    await reaches(bridge, 'open');
    const heard: unknown[] = [];
    const stop = bridge.subscribe((event) => { heard.push(event); });
    const event = { topic: 'settings.changed', payload: {} };
    for (const socket of host.sockets) socket.send(JSON.stringify(event));
    await bridge.invoke('echo', 0);
    stop();
    for (const socket of host.sockets) socket.send(JSON.stringify(event));
    await bridge.invoke('echo', 0);
    expect(heard).toEqual([event]);
  });

  it('fails what was under way when the socket drops, and comes back by itself', async () => {
    const bridge = open();
    await reaches(bridge, 'open');
    const late = bridge.invoke('late', null);
    await bridge.invoke('echo', 0);
    for (const socket of host.sockets) socket.terminate();
    expect(await late).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
    expect(await bridge.invoke('echo', 1)).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
    await reaches(bridge, 'open');
    expect(await bridge.invoke('echo', 2)).toMatchObject({ ok: true, value: 2 });
  });

  it('stops trying when the session is not known', async () => {
    refusing = true;
    const bridge = open();
    await reaches(bridge, 'signed-out');
    expect(await bridge.invoke('echo', 1)).toMatchObject({ ok: false, error: { code: 'ERR_SESSION_INVALID' } });
  });
});

describe('signing out', () => {
  it('asks the host with the secret of the tab, and says so in words when the host says no or is gone', async () => {
    const asked: string[] = [];
    let status = 204;
    host.server.on('request', (request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${String(request.headers['x-penchant-secret'])}`);
      response.writeHead(status).end();
    });
    const bridge = open();
    await bridge.signOut?.();
    expect(asked).toEqual([`POST /sign-out ${SECRET}`]);
    // Signed out already is as good.
    status = 401;
    await bridge.signOut?.();
    status = 403;
    await expect(bridge.signOut?.()).rejects.toMatchObject({ code: 'ERR_SESSION_INVALID' });
    await expect(createWebBridge({ host: '127.0.0.1:9', protocol: 'http:' }, null).signOut?.()).rejects.toMatchObject({ code: 'ERR_CORE_GONE' });
  });
});

describe('the secret of a tab', () => {
  /** A tab of a browser: its address and its storage. */
  const tab = (hash: string, stored: Map<string, string> | null) => {
    const addresses: unknown[] = [];
    const page: PageWindow = {
      location: { hash, pathname: '/', search: '' },
      history: { state: null, replaceState: (_state, _unused, address) => { addresses.push(address); } },
      get sessionStorage() {
        if (stored === null) throw new Error('storage is switched off');
        return { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => { stored.set(name, value); }, removeItem: (name: string) => { stored.delete(name); } };
      },
    };
    return { page, addresses };
  };

  it('is taken out of the address and survives a reload of that tab', () => {
    const stored = new Map<string, string>();
    const opened = tab(`#s=${SECRET}`, stored);
    expect(takePageSecret(opened.page)).toBe(SECRET);
    expect(opened.addresses).toEqual(['/']);
    const reloaded = tab('#/companies', stored);
    expect(takePageSecret(reloaded.page)).toBe(SECRET);
    expect(reloaded.addresses).toEqual([]);
    const newer = 'N'.repeat(43);
    expect(takePageSecret(tab(`#s=${newer}`, stored).page)).toBe(newer);
    expect(takePageSecret(tab('', stored).page)).toBe(newer);
  });

  it('is forgotten when it signs out, with storage or without', () => {
    const stored = new Map<string, string>();
    const { page } = tab(`#s=${SECRET}`, stored);
    takePageSecret(page);
    forgetPageSecret(page);
    expect(takePageSecret(tab('', stored).page)).toBeNull();
    expect(() => { forgetPageSecret(tab('', null).page); }).not.toThrow();
  });

  it('is never taken from an address of the app, and is missing in a tab no link opened', () => {
    for (const hash of ['', '#', '#/', '#/s=x', '#s=', `#s=${'S'.repeat(42)}`, `#s=${'S'.repeat(44)}`, `#/s=${SECRET}`, `#s=${SECRET}/`]) {
      const stored = new Map<string, string>();
      const { page, addresses } = tab(hash, stored);
      expect(takePageSecret(page)).toBeNull();
      expect([addresses, stored.size]).toEqual([[], 0]);
    }
  });

  it('works until the reload where storage is switched off', () => {
    const { page, addresses } = tab(`#s=${SECRET}`, null);
    expect(takePageSecret(page)).toBe(SECRET);
    expect(addresses).toEqual(['/']);
    expect(takePageSecret(tab('', null).page)).toBeNull();
  });

  it('when missing, the bridge is signed out from the start and calls nobody', async () => {
    let connections = 0;
    host.server.on('upgrade', () => { connections += 1; });
    const bridge = createWebBridge(host.place, null);
    const states: ConnectionState[] = [];
    bridge.onConnection((state) => { states.push(state); });
    expect(await bridge.invoke('echo', 1)).toMatchObject({ ok: false, error: { code: 'ERR_SESSION_INVALID' } });
    await open().invoke('echo', 1);
    expect([states, connections]).toEqual([['signed-out'], 1]);
  });
});

describe('a resource', () => {
  const deferred = <T>() => {
    let settle: { resolve: (value: T) => void; reject: (error: unknown) => void } | undefined;
    const promise = new Promise<T>((resolve, reject) => { settle = { resolve, reject }; });
    return { promise, resolve: (value: T) => settle?.resolve(value), reject: (error: unknown) => settle?.reject(error) };
  };

  it('keeps the newest answer when an older one arrives after it', async () => {
    const first = deferred<string>();
    const second = deferred<string>();
    const queue = [first.promise, second.promise];
    const store = createResourceFrom(() => queue.shift() ?? Promise.reject(new Error('asked too often')), () => undefined);
    const loads = [store.getState().load(), store.getState().load()];
    second.resolve('new');
    first.resolve('old');
    await Promise.all(loads);
    expect(store.getState()).toMatchObject({ data: 'new', loading: false, error: null });
  });

  it('keeps what it has when a reload fails, and says why', async () => {
    const answers: (() => Promise<string>)[] = [async () => 'known', () => Promise.reject(new AppError('ERR_CORE_GONE', 'gone'))];
    const store = createResourceFrom(() => answers.shift()?.() ?? Promise.resolve(''), () => undefined);
    await store.getState().load();
    await store.getState().load();
    expect(store.getState().data).toBe('known');
    expect(store.getState().error?.code).toBe('ERR_CORE_GONE');
  });

  it('forgets everything at lock, also what is still on its way', async () => {
    const late = deferred<string>();
    const store = createResourceFrom(() => late.promise, () => undefined);
    const load = store.getState().load();
    resetResources();
    late.resolve('secret');
    await load;
    expect(store.getState()).toMatchObject({ data: null, loading: false });
  });
});
