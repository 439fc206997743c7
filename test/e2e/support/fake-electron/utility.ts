/** Loaded into a child process before its program: the parent port of a utility process of Electron, over the channel of a plain one. */
import { EventEmitter } from 'node:events';
import type { Carried } from './electron.ts';

const parentPort = Object.assign(new EventEmitter(), { postMessage: (data: unknown) => { process.send?.({ data }, () => undefined); } });
const ports: EventEmitter[] = [];
const port = (id: number): EventEmitter => ports[id] ??= Object.assign(new EventEmitter(), { start: () => undefined, postMessage: (data: unknown) => { process.send?.({ port: id, data }, () => undefined); } });

process.on('message', (carried: Carried) => {
  if ('port' in carried) port(carried.port).emit('message', { data: carried.data });
  else parentPort.emit('message', { data: carried.data, ports: (carried.ports ?? []).map(port) });
});
process.on('disconnect', () => { process.exit(0); });
Object.assign(process, { parentPort });
