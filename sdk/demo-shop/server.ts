/** HTTP of the demo shop: one page, its small API, its company document. Loopback only, exact Host, no scripts but its own. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { WELL_KNOWN_PATH, createCompany, signDocument, type CompanyKeys } from '../src/index.ts';
import { createVisit, type Visit } from './shop.ts';

const MAX_BODY_BYTES = 65_536;
const MAX_VISITS = 500;

const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
} as const;

const FILES: ReadonlyMap<string, readonly [file: string, type: string]> = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/shop.css', ['shop.css', 'text/css; charset=utf-8']],
  ['/shop.js', ['shop.js', 'text/javascript; charset=utf-8']],
  ['/icon.svg', ['icon.svg', 'image/svg+xml']],
]);

type Step = (visit: Visit, body: unknown) => Promise<void>;
const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['/api/ask', (visit) => visit.ask()],
  ['/api/send', (visit) => visit.send()],
  ['/api/collect', (visit) => visit.collect()],
  ['/api/token', (visit, body) => visit.receive(readToken(body))],
  ['/api/redeem', (visit) => visit.redeem()],
  ['/api/check', (visit) => visit.check()],
  ['/api/return', (visit) => visit.giveBack()],
]);

/** A call the shop does not serve; nothing was changed. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function readToken(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string') return body.token;
  throw new Refused(400, 'Send {"token": "…"}.');
}

export interface ShopOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly keys: CompanyKeys;
  /** Where the vault on this computer listens. */
  readonly vaultUrl: string;
  /** Folder of its page; beside this module when left out. */
  readonly publicDir?: string;
  readonly now: () => number;
}

export interface RunningShop { readonly url: string; readonly close: () => Promise<void> }

/** Starts the shop on 127.0.0.1. @throws {Error} EADDRINUSE when the port is taken. */
export async function startShop({ port, keys, vaultUrl, publicDir = join(import.meta.dirname, 'public'), now }: ShopOptions): Promise<RunningShop> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  const host = `127.0.0.1:${await listen(server, port)}`;
  const document = await signDocument({
    domain: host, name: 'Lantern & Oak', claims: 'interest:2,genre:2,price_band:1,intent:1', purposes: ['recommendations'], retentionDays: 1, contact: 'hello@lantern-and-oak.example',
  }, keys, { now });
  const company = createCompany({ domain: host, keys, document: document.compact, now });
  const visits = new Map<string, Visit>();

  const visitOf = (request: IncomingMessage, response: ServerResponse): Visit => {
    const id = /(?:^|;\s*)visit=([\w-]{22})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
    const known = id === undefined ? undefined : visits.get(id);
    if (known !== undefined) return known;
    const fresh = randomBytes(16).toString('base64url');
    const visit = createVisit({ company, vaultUrl, now });
    visits.set(fresh, visit);
    const [oldest] = visits.keys();
    if (visits.size > MAX_VISITS && oldest !== undefined) visits.delete(oldest);
    response.setHeader('set-cookie', `visit=${fresh}; HttpOnly; SameSite=Strict; Path=/`);
    return visit;
  };

  const serveGet = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const file = FILES.get(path);
    if (file !== undefined) send(response, 200, file[1], await readFile(join(publicDir, file[0])));
    else if (path === WELL_KNOWN_PATH) send(response, 200, 'application/jose+json', JSON.stringify(document.flattened));
    else if (path === '/api/state') sendJson(response, 200, visitOf(request, response).view());
    else if (path === '/request.jwt') sendRequest(response, visitOf(request, response));
    else throw new Refused(404, 'There is nothing here.');
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.host !== host) throw new Refused(421, 'This shop is not served under that name.');
    const path = request.url ?? '/';
    if (request.method === 'GET') {
      await serveGet(path, request, response);
      return;
    }
    if (request.method !== 'POST') throw new Refused(405, 'That method is not allowed here.');
    const step = STEPS.get(path);
    if (step === undefined) throw new Refused(404, 'There is nothing here.');
    if (request.headers.origin !== `http://${host}` || request.headers['content-type'] !== 'application/json') throw new Refused(403, 'Only this page may do that.');
    const visit = visitOf(request, response);
    await step(visit, await readBody(request));
    sendJson(response, 200, visit.view());
  };

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const refused = error instanceof Refused ? error : new Refused(500, 'The shop failed. Nothing was changed.');
      sendJson(response, refused.status, { message: refused.message });
    });
  });
  return {
    url: `http://${host}`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve(); }); }),
  };
}

/** Listens on loopback and gives the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Refused(413, 'That is too much.');
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new Refused(400, 'Send JSON.');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

function sendRequest(response: ServerResponse, visit: Visit): void {
  const request = visit.request();
  if (request === null) throw new Refused(404, 'Nothing was asked yet.');
  response.setHeader('content-disposition', 'attachment; filename="lantern-and-oak-request.jwt"');
  send(response, 200, 'application/jwt', request);
}
