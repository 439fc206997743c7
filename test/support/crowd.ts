/** A crowd of hostile connections: they hang on in every way there is, and come back as soon as they are cut. */
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How one of them behaves; `drip` is sent again and again, `deaf` never reads. */
export interface Way { readonly start: string; readonly drip?: string; readonly deaf?: boolean }

const DRIP_MS = 100;

/** Goes home when the test ends. */
export function hostileCrowd(port: number, size: number, ways: readonly Way[]): { readonly opened: () => number; readonly cut: () => number } {
  const sockets = new Set<Socket>();
  let opened = 0, cut = 0, over = false;

  const open = (turn: number): void => {
    const way = ways[turn % ways.length];
    if (!way) return;
    // Half open: they do not take leave when the server does.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.add(socket);
    if (way.deaf === true) socket.pause();
    else socket.resume();
    const drip = way.drip;
    const timer = drip === undefined ? null : setInterval(() => { socket.write(drip); }, DRIP_MS);
    socket.on('error', () => undefined);
    socket.on('connect', () => {
      opened += 1;
      socket.write(way.start);
    });
    // One that was told to go stays half open and sends the next in its place.
    socket.on('end', () => { comeBack(); });
    socket.on('close', () => {
      if (timer) clearInterval(timer);
      sockets.delete(socket);
      comeBack();
    });
    let back = false;
    const comeBack = (): void => {
      if (back || over) return;
      back = true;
      cut += 1;
      setImmediate(open, turn);
    };
  };
  for (let i = 0; i < size; i++) open(i);
  onTestFinished(() => {
    over = true;
    for (const socket of sockets) socket.destroy();
  });
  return { opened: () => opened, cut: () => cut };
}
