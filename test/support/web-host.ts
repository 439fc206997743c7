/** A web host for tests: the real server over a real core process, with a small page of its own, on a free port. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { onTestFinished } from 'vitest';
import { createStaticFiles } from '../../electron/core/platform/http/static-files.ts';
import { createCoreSupervisor, forkCoreChild } from '../../electron/core/process/supervisor.ts';
import { createIncoming } from '../../electron/web-host/incoming.ts';
import { startWebHost, type WebHost } from '../../electron/web-host/server.ts';
import type { GrantedFile } from '../../electron/core/ports.ts';
import type { Outcome, WireEvent, WireReply } from '../../shared/api/wire.ts';
import { temporaryFolder } from './database.ts';

export interface TestWebHost {
  readonly host: WebHost;
  /** "127.0.0.1:PORT" */
  readonly authority: string;
  readonly port: number;
  readonly vaultDir: string;
  readonly granted: GrantedFile[];
  readonly log: string[];
  /** Signs a browser in by a new link; `cookie`: one that is signed in already. */
  signIn(cookie?: string): Promise<SignedIn>;
  send(options: SendOptions): Promise<Answer>;
  /** `secret`: offered as a page does. */
  connect(headers: Readonly<Record<string, string>>, options?: { readonly secret?: string; readonly path?: string }): Promise<TestSocket>;
}

export interface SignedIn {
  /** The Cookie header. */
  readonly cookie: string;
  /** What the page took from behind the # of its address. */
  readonly secret: string;
}

export interface SendOptions { readonly method?: string; readonly path?: string; readonly headers?: OutgoingHttpHeaders; readonly body?: string | Buffer; readonly setHost?: boolean }
export interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

/** How a handshake went, and the socket when it was let in. */
export interface TestSocket {
  /** HTTP status of the handshake: 101 when it was let in. */
  readonly status: number;
  /** The subprotocol the server chose; "" when none. */
  readonly protocol: string;
  call(method: string, input?: unknown): Promise<Outcome>;
  sendRaw(data: string | Buffer): void;
  /** The next frame that is no answer to a `call`. */
  nextReply(): Promise<WireReply>;
  readonly events: WireEvent[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

/** Lets a second start ask for a link; both only ever prove that they know it. */
export const LINK_KEY = 'k'.repeat(43);

/** On a free port of its own, where the program's keeper would listen. */
const listen = (server: Server): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); });
});

/** Closes itself, core process and all, when the test ends. */
export async function testWebHost(overrides: { readonly maxUploadBytes?: number; readonly nowMs?: () => number; /** Where the host looks for its own words. */ readonly resourcesDir?: string } = {}): Promise<TestWebHost> {
  const folder = temporaryFolder();
  const rendererDir = join(folder, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(rendererDir, 'assets', 'main-1a2b3c.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'outside the page’s folder');
  const vaultDir = join(folder, 'vault');
  const granted: GrantedFile[] = [];
  const log: string[] = [];
  const nowMs = overrides.nowMs ?? (() => Date.now());
  const core = createCoreSupervisor({
    spawn: () => forkCoreChild(join(import.meta.dirname, '../../electron/core/process/main.ts')),
    config: { dataDir: vaultDir, resourcesDir: join(import.meta.dirname, '../../resources'), redemptionPort: 0 },
    log: (line) => { log.push(line); }, nowMs: () => Date.now(),
  });
  const incoming = createIncoming({ folder: join(vaultDir, 'incoming'), maxBytes: overrides.maxUploadBytes ?? 64 * 1024 * 1024, randomBytes, grantFile: (file) => { granted.push(file); core.grantFile(file); }, nowMs: () => Date.now(), pid: process.pid });
  core.onEnded(() => { incoming.clear(); });
  const host = await startWebHost({ core, files: createStaticFiles(rendererDir), incoming, listen, resourcesDir: overrides.resourcesDir ?? join(import.meta.dirname, '../../resources'), signedIn: null, onSessions: () => undefined, linkKey: LINK_KEY, randomBytes, nowMs, log: (line) => { log.push(line); } });
  onTestFinished(async () => {
    await host.close();
    await core.close();
    incoming.clear();
  });
  const authority = new URL(host.origin).host;
  const port = Number(new URL(host.origin).port);

  const send = ({ method = 'GET', path = '/', headers = {}, body, setHost = true }: SendOptions): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false, setHost }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }); });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });

  return {
    host, authority, port, vaultDir, granted, log, send,
    async signIn(cookie) {
      const answer = await send({ path: `/${new URL(host.newLink()).search}`, headers: cookie === undefined ? {} : { cookie } });
      return { cookie: (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '', secret: new URL(answer.headers.location ?? '/', host.origin).hash.replace('#s=', '') };
    },
    connect: (headers, { secret, path = '/rpc' } = {}) => openSocket(`ws://${authority}${path}`, headers, ['penchant', ...(secret === undefined ? [] : [`penchant.${secret}`])]),
  };
}

function openSocket(url: string, headers: Readonly<Record<string, string>>, protocols: string[]): Promise<TestSocket> {
  const socket = new WebSocket(url, protocols, { headers: { ...headers } });
  onTestFinished(() => { socket.terminate(); });
  const calls = new Map<number, (outcome: Outcome) => void>();
  const events: WireEvent[] = [];
  const replies: WireReply[] = [];
  const waiting: ((reply: WireReply) => void)[] = [];
  let nextId = 1;
  const closed = new Promise<number>((resolve) => { socket.on('close', (code) => { resolve(code); }); });
  socket.on('message', (data) => {
    if (!Buffer.isBuffer(data)) return;
    const frame = JSON.parse(data.toString('utf8')) as WireReply | WireEvent;
    if ('topic' in frame) { events.push(frame); return; }
    const settle = calls.get(frame.id);
    if (settle) { calls.delete(frame.id); settle(frame); return; }
    const next = waiting.shift();
    if (next) next(frame);
    else replies.push(frame);
  });
  const opened = (status: number): TestSocket => ({
    status, protocol: socket.protocol, events, closed,
    call: (method, input) => new Promise((resolve) => {
      const id = nextId++;
      calls.set(id, resolve);
      socket.send(JSON.stringify({ id, method, input }));
    }),
    sendRaw: (data) => { socket.send(data); },
    nextReply: () => new Promise((resolve) => {
      const reply = replies.shift();
      if (reply) resolve(reply);
      else waiting.push(resolve);
    }),
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => { resolve(opened(101)); });
    socket.on('unexpected-response', (request, response) => {
      resolve(opened(response.statusCode ?? 0));
      request.destroy();
    });
    socket.on('error', reject);
  });
}
