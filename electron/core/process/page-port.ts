/** The core's end of a page's own port: calls in, answers and events out, past the program that started the core. */
import type { WireEvent, WireReply } from '../../../shared/api/wire.ts';
import type { Core } from '../core.ts';
import { parseRequest } from './wire-request.ts';

/** As much of Electron's MessagePortMain as is used. */
export interface PagePort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  /** Messages wait until then. */
  start(): void;
  postMessage(message: unknown): void;
}

/** `isEnding`: a process that locked answers nothing any more; the page goes with it, and the next page asks the next process. */
export function servePage(port: PagePort, core: Pick<Core, 'dispatch' | 'onEvent'>, isEnding: () => boolean): void {
  const send = (frame: WireReply | WireEvent): void => { port.postMessage(frame); };
  const stopEvents = core.onEvent(send);
  port.on('close', stopEvents);
  port.on('message', ({ data }) => {
    if (isEnding()) return;
    const request = parseRequest(data);
    if ('ok' in request) send(request);
    else void core.dispatch(request.method, request.input).then((outcome) => { send({ id: request.id, ...outcome }); });
  });
  port.start();
}
