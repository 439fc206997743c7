/** Places for connections: a full house cuts whoever has waited longest without a call, so that a crowd that only hangs on keeps nobody out. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What ends at some time and says so. */
interface Closing { once(event: 'close', listener: () => void): unknown }

export interface ConnectionPlaces {
  /** For a caller that proved who it is: until `until` closes, its connection is not cut to make room. */
  keep(socket: Duplex, until: Closing): void;
}

export interface PlaceLimits {
  /** Connections at once, kept ones included. */
  readonly connections: number;
  /** Calls on one connection that are not answered yet (pipelining, RFC 9112 §9.3.2); more end the connection. */
  readonly unansweredCalls: number;
}

/**
 * Limits a server's connections. Refusing the newest would let anybody who only opens connections shut everybody else out; cutting the one
 * that has waited longest costs the crowd its places and an honest caller, who is served within milliseconds, nothing.
 */
export function limitConnections(server: Server, limits: PlaceLimits): ConnectionPlaces {
  /** Connections that may be cut, the longest without a call first. */
  const waiting = new Set<Duplex>();
  /** How many reasons there are to keep a connection. */
  const kept = new Map<Duplex, number>();
  const unanswered = new WeakMap<Duplex, number>();

  server.on('connection', (socket: Duplex) => {
    if (waiting.size + kept.size >= limits.connections) {
      const longest = waiting.values().next().value;
      if (longest) waiting.delete(longest);
      (longest ?? socket).destroy();
      if (!longest) return;
    }
    waiting.add(socket);
    socket.once('close', () => {
      waiting.delete(socket);
      kept.delete(socket);
    });
  });

  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    // A call puts its connection at the end of the queue.
    if (waiting.delete(socket)) waiting.add(socket);
    const calls = (unanswered.get(socket) ?? 0) + 1;
    unanswered.set(socket, calls);
    response.once('close', () => { unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1); });
    if (calls > limits.unansweredCalls) socket.destroy();
  });

  return Object.freeze({
    keep(socket: Duplex, until: Closing) {
      if (socket.destroyed) return;
      waiting.delete(socket);
      kept.set(socket, (kept.get(socket) ?? 0) + 1);
      until.once('close', () => {
        const reasons = (kept.get(socket) ?? 1) - 1;
        if (reasons > 0) { kept.set(socket, reasons); return; }
        kept.delete(socket);
        if (!socket.destroyed) waiting.add(socket);
      });
    },
  } satisfies ConnectionPlaces);
}
