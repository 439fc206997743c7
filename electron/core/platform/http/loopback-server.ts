/** A node:http server for programs on this machine only: exact Host, no browser origins, bounded bodies, uniform problem documents. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { limitConnections, type ConnectionPlaces, type PlaceLimits } from './connection-places.ts';

export interface LoopbackRequest {
  readonly method: string;
  /** Path without query or fragment. */
  readonly path: string;
  /** The checked Host, e.g. "127.0.0.1:47816". */
  readonly host: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface LoopbackReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** ASCII only. */
  readonly body: string;
}

/** What the server itself refuses; the application gives each its words. */
export type Refusal = 'foreign_host' | 'method_not_allowed' | 'not_found' | 'too_large' | 'invalid_request' | 'server_error';

export interface LoopbackServerOptions {
  /** Methods by exact path or, when the route ends in "/", by prefix with exactly one more segment. */
  readonly routes: Readonly<Record<string, 'GET' | 'POST'>>;
  readonly maxBodyBytes: number;
  readonly handle: (request: LoopbackRequest) => LoopbackReply | Promise<LoopbackReply>;
  readonly refuse: (refusal: Refusal) => LoopbackReply;
  /** Told about bugs; the caller gets `server_error`. */
  readonly onUnexpected: (error: unknown) => void;
}

export interface LoopbackServer {
  /**
   * Listens on 127.0.0.1. Port 0 picks a free one.
   *
   * @returns the port
   * @throws {AppError} ERR_PORT_IN_USE
   */
  start(port: number): Promise<number>;
  /** Stops listening and cuts every open connection. Harmless when not listening. */
  stop(): Promise<void>;
  /** Null while not listening. */
  port(): number | null;
}

/** Named once or refused: two programs in a row could read a doubled one differently. */
const SINGLE_HEADERS = new Set(['host', 'authorization', 'dpop', 'content-length', 'content-type', 'origin']);
const PLACES: PlaceLimits = { connections: 256, unansweredCalls: 16 };
/** How long a refused caller may take to read its refusal before the connection is cut, and a silent one to go on. */
const LINGER_MS = 1_000;
const SILENCE_MS = 15_000;

export function createLoopbackServer(options: LoopbackServerOptions): LoopbackServer {
  let server: Server | null = null;
  let places: ConnectionPlaces | null = null;
  let port: number | null = null;

  const send = (response: ServerResponse, reply: LoopbackReply): void => {
    if (response.destroyed || response.headersSent) return;
    response.writeHead(reply.status, { ...reply.headers, 'Content-Length': String(reply.body.length) });
    // As latin1 so that headers and body leave in one write, without a conversion.
    response.end(reply.body, 'latin1');
  };

  const refuse = (request: IncomingMessage, response: ServerResponse, refusal: Refusal, extra: Readonly<Record<string, string>> = {}): void => {
    const reply = options.refuse(refusal);
    // The rest of an unread body would be taken for the next request.
    const close = request.complete ? {} : { Connection: 'close' };
    send(response, { ...reply, headers: { ...reply.headers, ...extra, ...close } });
    if (!request.complete) request.resume();
  };

  /** The checked Host; null for a caller that is not served. */
  const hostOf = (request: IncomingMessage): string | null => {
    const { host } = request.headers;
    return port === null || host === undefined || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) || isFromBrowser(request) ? null : host;
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    response.sendDate = false;
    const host = hostOf(request);
    if (host === null) { refuse(request, response, 'foreign_host'); return; }
    if (hasDoubledHeader(request)) { refuse(request, response, 'invalid_request'); return; }
    const path = pathOf(request.url ?? '');
    const allowed = path === null ? undefined : methodOf(options.routes, path);
    if (path === null || allowed === undefined) { refuse(request, response, request.method === 'OPTIONS' ? 'method_not_allowed' : 'not_found'); return; }
    if (request.method !== allowed) { refuse(request, response, 'method_not_allowed', { Allow: allowed }); return; }
    const declared = Number(request.headers['content-length'] ?? 0);
    if (!(declared <= options.maxBodyBytes)) { refuse(request, response, 'too_large'); return; }

    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= options.maxBodyBytes) { chunks.push(chunk); return; }
      chunks.length = 0;
      request.removeAllListeners('data');
      refuse(request, response, 'too_large');
    });
    request.on('end', () => {
      if (size > options.maxBodyBytes) return;
      places?.keep(request.socket, response);
      answer({ method: allowed, path, host, headers: request.headers, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }, response);
    });
    request.on('error', () => { response.destroy(); });
  };

  /** Node would answer these itself, before looking at the Host, and sign with the date. */
  const onExpectation = (request: IncomingMessage, response: ServerResponse): void => {
    response.sendDate = false;
    refuse(request, response, hostOf(request) === null ? 'foreign_host' : 'invalid_request');
  };
  const onContinue = (request: IncomingMessage, response: ServerResponse): void => {
    if (hostOf(request) !== null) response.writeContinue();
    onRequest(request, response);
  };

  const answer = (request: LoopbackRequest, response: ServerResponse): void => {
    const failed = (error: unknown): void => {
      options.onUnexpected(error);
      send(response, options.refuse('server_error'));
    };
    try {
      const reply = options.handle(request);
      if (reply instanceof Promise) reply.then((done) => { send(response, done); }, failed);
      else send(response, reply);
    } catch (error) {
      failed(error);
    }
  };

  return Object.freeze({
    async start(wanted: number): Promise<number> {
      if (port !== null) return port;
      const created = createServer({ headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 32_768, noDelay: true }, onRequest);
      places = limitConnections(created, PLACES);
      created.maxRequestsPerSocket = 0;
      // Also cuts whoever asks and never reads the answers.
      created.timeout = SILENCE_MS;
      created.on('checkExpectation', onExpectation);
      created.on('checkContinue', onContinue);
      created.on('clientError', (_error, socket) => {
        const reply = options.refuse('invalid_request');
        if (!socket.writable) { socket.destroy(); return; }
        const headers = Object.entries({ ...reply.headers, 'Content-Length': String(reply.body.length), Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
        socket.end(`HTTP/1.1 400 Bad Request\r\n${headers}\r\n${reply.body}`);
        // A caller that never closes its half would keep its place for good.
        setTimeout(() => { socket.destroy(); }, LINGER_MS).unref();
      });
      // Nothing here is ever upgraded or tunnelled.
      created.on('upgrade', (_request, socket) => { socket.destroy(); });
      created.on('connect', (_request, socket) => { socket.destroy(); });
      await new Promise<void>((resolve, reject) => {
        created.once('error', (error: NodeJS.ErrnoException) => {
          reject(error.code === 'EADDRINUSE' || error.code === 'EACCES'
            ? new AppError('ERR_PORT_IN_USE', `Another program already uses port ${wanted}. Companies cannot reach the vault until that program stops or another port is chosen; nothing else is affected.`, { cause: error, details: { port: wanted } })
            : error);
        });
        created.listen(wanted, '127.0.0.1', resolve);
      });
      server = created;
      port = (created.address() as AddressInfo).port;
      return port;
    },
    async stop(): Promise<void> {
      const closing = server;
      server = null;
      port = null;
      if (!closing) return;
      await new Promise<void>((resolve) => {
        closing.close(() => { resolve(); });
        closing.closeAllConnections();
      });
    },
    port: () => port,
  });
}

/** A browser says so itself: by Origin, or by Sec-Fetch-Site other than a typed address. A rebound page sends neither, which is why Host is exact. */
function isFromBrowser(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return request.headers.origin !== undefined || (site !== undefined && site !== 'none');
}

function hasDoubledHeader(request: IncomingMessage): boolean {
  const seen = new Set<string>();
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] ?? '').toLowerCase();
    if (!SINGLE_HEADERS.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** Null for anything but an absolute path (RFC 9112 §3.2.1 origin-form). */
function pathOf(target: string): string | null {
  if (!target.startsWith('/') || target.length > 2_000) return null;
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function methodOf(routes: LoopbackServerOptions['routes'], path: string): 'GET' | 'POST' | undefined {
  if (Object.hasOwn(routes, path) && !path.endsWith('/')) return routes[path];
  const slash = path.lastIndexOf('/') + 1;
  const prefix = path.slice(0, slash);
  return slash < path.length && Object.hasOwn(routes, prefix) ? routes[prefix] : undefined;
}
