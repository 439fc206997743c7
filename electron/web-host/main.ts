/**
 * The web host program: the app in a browser window on this computer, over the same core and the same page as the desktop app.
 *
 * This process is the keeper: it holds the port and passes every connection on unread. What sees the vault is the host process,
 * which ends with each lock and is started anew.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError, exitCodeOf, toWireError } from '../../shared/errors/app-error.ts';
import { createStaticFiles } from '../core/platform/http/static-files.ts';
import type { HostProcessMessage, KeeperMessage } from './keeper-frames.ts';
import { parseOptions } from './options.ts';
import { askRunningHost, hostRecordPath, removeHostRecord, writeHostRecord } from './running-host.ts';
import type { SessionState } from './sessions.ts';

// Everything this program writes is for its owner's eyes.
process.umask(0o077);

const hostEntry = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'host-process.ts' : 'host-process.js');
/** From source this file is electron/web-host/main.ts, built it is out/main/web-host.js: both two folders below the project. */
const pageDir = join(import.meta.dirname, '../../out/renderer');
/** Connections that wait while the next host process starts; one more costs the one that waited longest its place. */
const MAX_WAITING = 256;
/** How long an orderly end may take before the process is killed; the core's own end is part of it. */
const STOP_TIMEOUT_MS = 8_000;
/** A host process that dies this often this quickly has a fault that starting it again does not mend. */
const MAX_QUICK_DEATHS = 5;
const QUICK_MS = 2_000;

/** @throws {AppError} ERR_PORT_IN_USE */
async function listenAt(port: number, onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ pauseOnConnect: true, noDelay: true }, onConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES'
        ? new AppError('ERR_PORT_IN_USE', `Another program already uses port ${port}. Stop it, or choose another port with PENCHANT_PORT.`, { cause: error, details: { port } })
        : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function run(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env, process.platform, homedir());
  const recordPath = hostRecordPath(options.vaultDir);
  const fromRunning = await askRunningHost(recordPath, randomBytes);
  if (fromRunning !== null) {
    process.stdout.write(options.json ? `${JSON.stringify({ ready: true, url: fromRunning, already: true })}\n` : `Penchant is running for this vault already. Open this new link in your browser; it works once.\n${fromRunning}\n`);
    return;
  }
  // Told here and once, rather than by each host process that starts.
  createStaticFiles(pageDir);
  const linkKey = randomBytes(32).toString('base64url');
  const waiting: Socket[] = [];
  let signedIn: SessionState | null = null;
  let ready: ChildProcess | null = null;
  let current: ChildProcess | null = null;
  let quickDeaths = 0;
  let ending = false;
  let announced = false;

  const send = (child: ChildProcess, message: KeeperMessage): void => { if (child.connected) child.send(message); };
  /** Passed on and not taken yet, the oldest first: what a host process that ends never took must not hang for ever. */
  const underWay = new WeakMap<ChildProcess, Socket[]>();
  const pass = (child: ChildProcess, socket: Socket): void => {
    const message: KeeperMessage = { kind: 'connection' };
    const queue = underWay.get(child) ?? [];
    underWay.set(child, queue);
    // A host process too busy to take them: strangers wait no longer than its own limits would let them.
    if (queue.length >= MAX_WAITING) { socket.destroy(); return; }
    queue.push(socket);
    child.send(message, socket, { keepOpen: true }, (error) => { if (error) socket.destroy(); });
  };
  const port = await listenAt(options.port, (socket) => {
    socket.on('error', () => { socket.destroy(); });
    if (ready?.connected) { pass(ready, socket); return; }
    waiting.push(socket);
    if (waiting.length > MAX_WAITING) waiting.shift()?.destroy();
  });

  const announce = (url: string): void => {
    if (announced) return;
    announced = true;
    writeHostRecord(recordPath, { pid: process.pid, origin: `http://127.0.0.1:${port}`, key: linkKey });
    process.stdout.write(options.json ? `${JSON.stringify({ ready: true, url })}\n` : `Penchant is running. Open this link in your browser; it works once. Ctrl-C stops Penchant.\n${url}\n`);
  };

  const start = (): void => {
    const child = fork(hostEntry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const startedAtMs = Date.now();
    let locked = false;
    current = child;
    child.on('message', (message: HostProcessMessage) => {
      if (message.kind === 'sessions') signedIn = message.state;
      // Closes this process's end only; the connection lives on in the other.
      else if (message.kind === 'taken') underWay.get(child)?.shift()?.destroy();
      else if (message.kind === 'leaving') {
        locked = true;
        if (ready === child) ready = null;
      }
      else if (message.kind === 'link') announce(message.url);
      else {
        ready = child;
        for (const socket of waiting.splice(0)) pass(child, socket);
        if (!announced) send(child, { kind: 'new-link' });
      }
    });
    child.once('exit', () => {
      if (ready === child) ready = null;
      for (const socket of underWay.get(child) ?? []) socket.destroy();
      if (ending) { leave(0); return; }
      // Locking is no fault, however soon.
      quickDeaths = !locked && Date.now() - startedAtMs < QUICK_MS ? quickDeaths + 1 : 0;
      if (quickDeaths < MAX_QUICK_DEATHS) { start(); return; }
      process.stderr.write('Penchant does not start. Start it again; if that does not help, install it anew.\n');
      leave(70);
    });
    send(child, { kind: 'start', vaultDir: options.vaultDir, redemptionPort: options.redemptionPort, port, linkKey, signedIn });
  };
  const leave = (code: number): void => {
    removeHostRecord(recordPath, process.pid);
    process.exit(code);
  };
  const end = (): void => {
    if (ending) return;
    ending = true;
    removeHostRecord(recordPath, process.pid);
    if (!current?.connected) { leave(0); return; }
    send(current, { kind: 'stop' });
    setTimeout(() => { current?.kill('SIGKILL'); }, STOP_TIMEOUT_MS).unref();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  start();
}

run().catch((error: unknown) => {
  const wire = toWireError(error);
  const message = wire.code === 'ERR_INTERNAL' && error instanceof Error ? error.message : wire.message;
  process.stderr.write(process.argv.includes('--json') ? `${JSON.stringify({ code: wire.code, message })}\n` : `${message}\n`);
  process.exit(exitCodeOf(error));
});
