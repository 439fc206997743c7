/** One page's WebSocket: requests in, replies and events out, in the frames of shared/api/wire.ts. */
import type { WebSocket } from 'ws';
import type { WireEvent, WireReply } from '../../shared/api/wire.ts';
import type { CoreSupervisor } from '../core/process/supervisor.ts';
import { parseRequest } from '../core/process/wire-request.ts';

export const MAX_FRAME_BYTES = 1024 * 1024;
/** A page that has this many unanswered calls is not read from until some are answered. */
const MAX_UNANSWERED = 128;
/** A page that stopped reading is cut off rather than remembered for ever. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;
/** Frames that make no sense before the connection is closed for policy (RFC 6455 §7.4.1). */
const MAX_MALFORMED = 20;
const POLICY_VIOLATION = 1008;
const PING_MS = 30_000;

/** `mayCall`: asked before each call, which counts as use of its session; false ends the connection with nothing done. */
export function serveRpc(socket: WebSocket, core: Pick<CoreSupervisor, 'dispatch' | 'onEvent'>, mayCall: () => boolean): void {
  let unanswered = 0;
  let malformed = 0;
  let answeredPing = true;

  const send = (frame: WireReply | WireEvent): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) { socket.terminate(); return; }
    socket.send(JSON.stringify(frame));
  };

  const stopEvents = core.onEvent(send);
  const ping = setInterval(() => {
    if (!answeredPing) { socket.terminate(); return; }
    answeredPing = false;
    socket.ping();
  }, PING_MS).unref();

  socket.on('pong', () => { answeredPing = true; });
  socket.on('close', () => { stopEvents(); clearInterval(ping); });
  // Oversized and ill-formed frames: ws closes with 1009 or 1002 by itself and tells us here; nothing more is to be done.
  socket.on('error', () => undefined);

  socket.on('message', (data, isBinary) => {
    const request = parseRequest(!isBinary && Buffer.isBuffer(data) ? data.toString('utf8') : null);
    if ('ok' in request) {
      malformed += 1;
      send(request);
      if (malformed >= MAX_MALFORMED) socket.close(POLICY_VIOLATION, 'too many malformed frames');
      return;
    }
    // Whoever says no closes the connection too, by ending the session.
    if (!mayCall()) return;
    unanswered += 1;
    if (unanswered >= MAX_UNANSWERED) socket.pause();
    void core.dispatch(request.method, request.input).then((outcome) => {
      unanswered -= 1;
      if (socket.isPaused) socket.resume();
      send({ id: request.id, ...outcome });
    });
  });
}
