/** Decides, before anything else, whether a request comes from our own page: exact Host, exact Origin, no foreign site. */
import type { IncomingMessage } from 'node:http';

export type GateVerdict = 'own' | 'foreign-host' | 'foreign-origin' | 'malformed';

/** What of a request the decision rests on. */
export type GatedRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'headers'>;

/** Two programs in a row could read a doubled one differently. */
const SINGLE = new Set(['host', 'origin', 'cookie', 'content-length', 'sec-fetch-site', 'sec-websocket-protocol', 'x-penchant-secret', 'x-penchant-challenge', 'x-penchant-proof']);

/**
 * `ownHost`: e.g. "127.0.0.1:40123"; any other name for this machine is refused, because a page that rebinds its name to
 * 127.0.0.1 sends that name as Host and, on a GET, no Origin at all.
 * `acts`: the request does something (upload, WebSocket) rather than load a page: then our own Origin must be there, not merely no other.
 */
export function decideGate(request: GatedRequest, ownHost: string, acts: boolean): GateVerdict {
  if (hasDoubledHeader(request.rawHeaders)) return 'malformed';
  const { host, origin } = request.headers;
  if (host !== ownHost) return 'foreign-host';
  // RFC 9112 §3.2.1 origin-form only: an absolute target names a host of its own.
  if (request.url === undefined || !request.url.startsWith('/') || request.url.length > 4_000) return 'malformed';
  if (origin === undefined ? acts : origin !== `http://${ownHost}`) return 'foreign-origin';
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && (acts || site !== 'none')) return 'foreign-origin';
  return 'own';
}

/** True when the request says so itself; browsers do, on every request that is not a plain load of a page. */
export const isFromBrowser = ({ headers }: GatedRequest): boolean => headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.cookie !== undefined;

function hasDoubledHeader(rawHeaders: readonly string[]): boolean {
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}
