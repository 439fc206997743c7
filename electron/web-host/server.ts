/** The web host's server: the built page, one WebSocket and uploads, for one browser at a time that followed the one-time link. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { limitConnections, type PlaceLimits } from '../core/platform/http/connection-places.ts';
import { contentSecurityPolicy, pageHeaders } from '../core/platform/http/page-headers.ts';
import type { StaticFiles } from '../core/platform/http/static-files.ts';
import type { CoreSupervisor } from '../core/process/supervisor.ts';
import type { Incoming } from './incoming.ts';
import { language, preferred } from '../../shared/language/message.ts';
import { speakLanguage } from '../core/platform/catalogs.ts';
import { acceptedLanguages } from './accepted-languages.ts';
import { NOTICE_POLICY, NOTICES } from './pages.ts';
import { decideGate, isFromBrowser, type GateVerdict } from './request-gate.ts';
import { MAX_FRAME_BYTES, serveRpc } from './rpc-socket.ts';
import { answerLinkRequest, LINK_PATH } from './running-host.ts';
import { createSessions, endedSessionCookie, readSessionCookie, sessionCookie, type SessionState } from './sessions.ts';

export interface WebHost {
  /** "http://127.0.0.1:PORT" */
  readonly origin: string;
  /** A link that signs one browser in, once; an earlier unused one stops working. */
  newLink(): string;
  /** Who is signed in, for the process that comes after this one. */
  sessions(): SessionState;
  /** Tells every window to come back in a moment: the vault was locked, and this process ends with it. Resolves when they have heard, or soon after. */
  leave(): Promise<void>;
  /** Takes no more connections and cuts every one. */
  close(): Promise<void>;
}

export interface WebHostDeps {
  readonly core: Pick<CoreSupervisor, 'dispatch' | 'onEvent'>;
  readonly files: StaticFiles;
  readonly incoming: Incoming;
  /** Lets the server have connections, and says at which port. */
  readonly listen: (server: Server) => Promise<number>;
  /** Who was signed in before; null for nobody. */
  readonly signedIn: SessionState | null;
  /** Somebody was signed in or out, or a link made: at once, so that a process that is killed takes nobody's session with it. */
  readonly onSessions: (state: SessionState) => void;
  /** Where the catalogs of the languages are. */
  readonly resourcesDir: string;
  /** Whoever proves to know it, a second start of ours, may ask for a new link. */
  readonly linkKey: string;
  readonly randomBytes: (size: number) => Buffer;
  readonly nowMs: () => number;
  readonly log: (line: string) => void;
}

/** The subprotocol we speak; a page offers it once more with its secret added (RFC 6455 §1.9), which is never sent back. */
const SUBPROTOCOL = 'penchant';
const PAGE_SECRET_HEADER = 'x-penchant-secret';
const PLACES: PlaceLimits = { connections: 256, unansweredCalls: 16 };
/** Windows of signed-in browsers at once. */
const MAX_PAGES = 16;
/** Windows told that they are not signed in, until they have heard it. */
const MAX_STRANGERS = 16;
/** How long a refused caller may take to read its refusal before the connection is cut. */
const LINGER_MS = 2_000;
/** How long no window is open before that counts as closing the last one. */
const CLOSED_AFTER_MS = 10_000;
/** How often sessions nobody uses are looked for. */
const IDLE_LOOK_MS = 60_000;
/** What a page does beside loading and talking: each needs our Origin, the session and the tab's secret. */
const UPLOAD_PATH = '/files', SIGN_OUT_PATH = '/sign-out';
/** Close code for a session this host does not know (private range, RFC 6455 §7.4.2). */
const SESSION_INVALID = 4401;
/** Close code for a process that ends because the vault was locked; the next one takes the window in. */
const VAULT_LOCKED = 4402;
/** Long enough for a window to answer the closing; what was planted in this memory has a second to be gone. */
const LEAVE_MS = 100;
const ACTION_STATUS: Partial<Record<ErrorCode, number>> = {
  ERR_FILE_TOO_LARGE: 413, ERR_STORAGE_FULL: 507, ERR_VAULT_LOCKED: 409, ERR_CANCELLED: 400, ERR_RATE_LIMITED: 429, ERR_SESSION_INVALID: 401, ERR_INPUT_INVALID: 400,
  ERR_ORIGIN_FOREIGN: 403, ERR_HOST_FOREIGN: 403, ERR_METHOD_NOT_ALLOWED: 405,
};

/** @throws {Error} whatever `listen` does */
export async function startWebHost(deps: WebHostDeps): Promise<WebHost> {
  const { core, files, incoming } = deps;
  const sessions = createSessions(deps, deps.signedIn);
  const changed = (): void => { deps.onSessions(sessions.state()); };
  // requestTimeout 0: an upload may take as long as it keeps moving; the idle timeout below ends one that does not.
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 0, keepAliveTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384, noDelay: true });
  server.timeout = 60_000;
  const places = limitConnections(server, PLACES);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false, clientTracking: true, handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false) });
  const pages = new Set<WebSocket>();
  let closedTimer: NodeJS.Timeout | undefined;
  let port = 0;
  const ownHost = (): string => `127.0.0.1:${port}`;

  const notice = (response: ServerResponse, status: number, words: () => string, extra: Readonly<Record<string, string>> = {}): void => {
    speakTo(response.req.headers['accept-language'] ?? '');
    const html = words();
    response.writeHead(status, { ...pageHeaders(NOTICE_POLICY), 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': Buffer.byteLength(html), 'Cache-Control': 'no-store', ...extra });
    response.end(response.req.method === 'HEAD' ? undefined : html);
  };
  /** Anybody may be refused, at any time: words that cannot be read are no reason to end with the vault open. */
  const speakTo = (accepted: string): void => {
    const wanted = preferred(acceptedLanguages(accepted));
    if (language() === wanted) return;
    try { speakLanguage(deps.resourcesDir, wanted); } catch { speakLanguage(deps.resourcesDir, 'en'); }
  };
  const sessionOf = (request: IncomingMessage): string | undefined => {
    const session = readSessionCookie(request.headers.cookie, port);
    return sessions.isValid(session) ? session : undefined;
  };

  const onPage = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(`http://${ownHost()}${request.url ?? '/'}`);
    const ticket = pathname === '/' ? searchParams.get('ticket') : null;
    const session = sessionOf(request);
    if (ticket !== null && request.method === 'GET') {
      const verdict = sessions.exchange(ticket, session);
      if (verdict.kind === 'accepted') changed();
      if (verdict.kind === 'accepted') {
        // The part after # stays in the browser: no server is ever sent it, ours and others on this computer alike.
        response.writeHead(303, { ...pageHeaders(NOTICE_POLICY), Location: `/#s=${verdict.pageSecret}`, 'Set-Cookie': sessionCookie(port, verdict.session), 'Cache-Control': 'no-store', 'Content-Length': 0 });
        response.end();
        return;
      }
      if (session === undefined) {
        if (verdict.kind === 'too-many') notice(response, 429, NOTICES.tooMany, { 'Retry-After': '60' });
        else notice(response, 401, NOTICES.used);
        return;
      }
    }
    if (session === undefined) { notice(response, 401, NOTICES.signedOut); return; }
    if (ticket !== null) {
      // A used link opened again in the browser it signed in: on to the page, which says what to do if its tab has no secret.
      response.writeHead(303, { ...pageHeaders(NOTICE_POLICY), Location: '/', 'Cache-Control': 'no-store', 'Content-Length': 0 });
      response.end();
      return;
    }
    const file = files.find(rawPath(request));
    if (!file) { notice(response, 404, NOTICES.notFound); return; }
    const content = await readFile(file.path);
    response.writeHead(200, {
      ...pageHeaders(contentSecurityPolicy(["'self'", `ws://${ownHost()}`])), 'Content-Type': file.contentType, 'Content-Length': content.length,
      'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  };

  const cutSoon = (one: { destroy(): unknown }): void => { setTimeout(() => { one.destroy(); }, LINGER_MS).unref(); };

  const answerJson = (request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void => {
    if (response.destroyed || response.headersSent) return;
    const text = JSON.stringify(body);
    response.writeHead(status, { ...pageHeaders(NOTICE_POLICY), 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), 'Cache-Control': 'no-store', ...(request.complete ? {} : { Connection: 'close' }) });
    response.end(text);
    if (request.complete) return;
    // Read on a little, so that the answer is not lost in a reset; then cut.
    request.resume();
    cutSoon(request);
  };

  /** The session of a page that acts; null after it was told that it may not. */
  const pageSession = (request: IncomingMessage, response: ServerResponse): string | null => {
    const session = sessionOf(request);
    const secret = request.headers[PAGE_SECRET_HEADER];
    if (session !== undefined && sessions.isPageOf(session, typeof secret === 'string' ? secret : undefined)) {
      places.keep(request.socket, response);
      return session;
    }
    answerJson(request, response, session === undefined ? 401 : 403, toWireError(new AppError('ERR_SESSION_INVALID', 'This window is not signed in. Open Penchant again with a new link.')));
    return null;
  };

  const onUpload = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const session = pageSession(request, response);
    if (session === null) return;
    try {
      // A header of our own makes any cross-origin attempt a preflighted one, and no preflight is ever answered.
      if (request.headers['x-penchant-upload'] !== '1') throw new AppError('ERR_INPUT_INVALID', 'This upload did not come from the page.');
      const name = new URL(`http://${ownHost()}${request.url ?? '/'}`).searchParams.get('name') ?? '';
      const declared = request.headers['content-length'];
      const stopWatching = sessions.onDropped(session, () => { request.destroy(); });
      try {
        answerJson(request, response, 201, await incoming.receive(request, name, declared === undefined ? null : Number(declared)));
      } finally {
        stopWatching();
      }
    } catch (error) {
      if (!(error instanceof AppError)) deps.log(`web host: an upload failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      answerJson(request, response, (error instanceof AppError ? ACTION_STATUS[error.code] : undefined) ?? 500, toWireError(error));
    }
  };

  /** Ends the session of this browser, all its windows with it, and locks the vault: whoever signs out wants it closed. */
  const onSignOut = (request: IncomingMessage, response: ServerResponse): void => {
    const session = pageSession(request, response);
    if (session === null) return;
    response.writeHead(204, { ...pageHeaders(NOTICE_POLICY), 'Set-Cookie': endedSessionCookie(port), 'Cache-Control': 'no-store', ...(request.complete ? {} : { Connection: 'close' }) });
    response.end();
    request.resume();
    sessions.drop(session);
    changed();
    void core.dispatch('vault.lock', undefined);
  };

  const newLink = (): string => {
    const link = `http://${ownHost()}/?ticket=${sessions.newTicket()}`;
    changed();
    return link;
  };

  /** For a second start of ours, which read the key from a file only its owner can read. */
  const onLink = (request: IncomingMessage, response: ServerResponse): void => {
    const answer = isFromBrowser(request) ? null : answerLinkRequest(deps.linkKey, `http://${ownHost()}`, request.headers, newLink);
    answerJson(request, response, answer ? 200 : 403, answer ?? toWireError(new AppError('ERR_SESSION_INVALID', 'This did not come from Penchant.')));
    request.resume();
  };

  const refuse = (request: IncomingMessage, response: ServerResponse, verdict: Exclude<GateVerdict, 'own'>): void => {
    notice(response, verdict === 'malformed' ? 400 : 403, NOTICES.foreign, request.complete ? {} : { Connection: 'close' });
    if (!request.complete) cutSoon(request);
    request.resume();
  };

  const ACTIONS = new Map<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void>([[UPLOAD_PATH, onUpload], [SIGN_OUT_PATH, onSignOut]]);

  server.on('request', (request, response) => {
    const act = request.method === 'POST' ? ACTIONS.get(rawPath(request)) : undefined;
    const verdict = decideGate(request, ownHost(), act !== undefined);
    if (verdict !== 'own') { refuse(request, response, verdict); return; }
    if (act) { void act(request, response); return; }
    if (request.method === 'POST' && rawPath(request) === LINK_PATH) { onLink(request, response); return; }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      notice(response, 405, NOTICES.method, { Allow: ACTIONS.has(rawPath(request)) ? 'POST' : 'GET, HEAD', ...(request.complete ? {} : { Connection: 'close' }) });
      if (!request.complete) cutSoon(request);
      request.resume();
      return;
    }
    request.resume();
    onPage(request, response).catch((error: unknown) => {
      deps.log(`web host: ${error instanceof Error ? error.message : String(error)}`);
      if (!response.headersSent) notice(response, 404, NOTICES.notFound);
    });
  });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const reject = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      cutSoon(socket);
    };
    socket.on('error', () => { socket.destroy(); });
    if (decideGate(request, ownHost(), true) !== 'own') { reject('403 Forbidden'); return; }
    if (request.url !== '/rpc') { reject('404 Not Found'); return; }
    const session = sessionOf(request);
    const isPage = session !== undefined && sessions.isPageOf(session, offeredSecret(request));
    // Counted apart: strangers must not take the places of the owner's windows.
    if (isPage ? pages.size >= MAX_PAGES : sockets.clients.size - pages.size >= MAX_STRANGERS) { reject('503 Service Unavailable'); return; }
    sockets.handleUpgrade(request, socket, head, (page) => {
      if (!isPage) {
        // Accepted and closed, because a page cannot see the status of a refused handshake.
        page.on('error', () => undefined);
        page.close(SESSION_INVALID, 'session unknown');
        cutSoon(socket);
        return;
      }
      places.keep(socket, page);
      pages.add(page);
      const stopWatching = sessions.onDropped(session, () => {
        page.close(SESSION_INVALID, 'session ended');
        cutSoon(socket);
      });
      page.on('close', () => {
        stopWatching();
        pages.delete(page);
        if (pages.size > 0) return;
        // Long enough for a page that is only loaded again.
        clearTimeout(closedTimer);
        closedTimer = setTimeout(() => { if (pages.size === 0) void core.dispatch('vault.away', { why: 'closed' }); }, CLOSED_AFTER_MS).unref();
      });
      serveRpc(page, core, () => sessions.touch(session));
    });
  });
  server.on('connect', (_request, socket) => { socket.destroy(); });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A connection a browser keeps ready and has said nothing on is closed without a word: an answer nobody asked for could meet the next request and be taken for its own.
    if (!socket.writable || (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && 'bytesRead' in socket && socket.bytesRead === 0)) { socket.destroy(); return; }
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    cutSoon(socket);
  });
  const idleLook = setInterval(() => { sessions.dropIdle(); }, IDLE_LOOK_MS).unref();

  port = await deps.listen(server);

  return Object.freeze({
    origin: `http://${ownHost()}`,
    newLink,
    sessions: () => sessions.state(),
    async leave() {
      const gone = [...pages].map((page) => new Promise<void>((resolve) => {
        page.once('close', () => { resolve(); });
        page.close(VAULT_LOCKED, 'the vault was locked');
      }));
      await Promise.race([Promise.all(gone), new Promise((resolve) => { setTimeout(resolve, LEAVE_MS); })]);
    },
    async close() {
      clearInterval(idleLook);
      clearTimeout(closedTimer);
      for (const page of sockets.clients) page.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => { resolve(); });
        server.closeAllConnections();
      });
    },
  } satisfies WebHost);
}

/** The secret among the subprotocols a page offers; undefined when there is none, or more than one. */
function offeredSecret(request: IncomingMessage): string | undefined {
  const prefix = `${SUBPROTOCOL}.`;
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim()).filter((part) => part.startsWith(prefix));
  return offered.length === 1 ? offered[0]?.slice(prefix.length) : undefined;
}

/** The path exactly as sent, without query: never decoded, so nothing can hide in an encoding. */
function rawPath(request: IncomingMessage): string {
  const target = request.url ?? '';
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}
