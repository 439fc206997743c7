/** The part of the web host that sees what is in the vault: page, frames, uploads, over one core. It ends when the vault locks, and its memory with it. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Topic } from '../../shared/api/contract.ts';
import { createStaticFiles } from '../core/platform/http/static-files.ts';
import { createCoreSupervisor, forkCoreChild } from '../core/process/supervisor.ts';
import { createIncoming, MAX_UPLOAD_BYTES } from './incoming.ts';
import type { HostProcessMessage, KeeperMessage } from './keeper-frames.ts';
import { startWebHost } from './server.ts';

// Everything this program writes is for its owner's eyes.
process.umask(0o077);

const nowMs = (): number => Date.now();
const log = (line: string): void => { process.stderr.write(`${line}\n`); };
const startedAtMs = nowMs();
/** A core that cannot start must not make a loop of this: one that ends sooner takes this process with it only if it had opened the vault. */
const YOUNG_MS = 2_000;

/** From source this file is electron/web-host/host-process.ts, built it is out/main/host-process.js: both two folders below the project. */
const projectDir = join(import.meta.dirname, '../..');
const coreEntry = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, '../core/process/main.ts') : join(import.meta.dirname, 'core.js');

/** Resolves when the keeper has it. */
const post = (message: HostProcessMessage): Promise<void> => new Promise((resolve) => {
  if (process.connected) process.send?.(message, () => { resolve(); });
  else resolve();
});

async function run(start: Extract<KeeperMessage, { kind: 'start' }>): Promise<void> {
  const core = createCoreSupervisor({
    spawn: () => forkCoreChild(coreEntry), log, nowMs,
    config: { dataDir: start.vaultDir, resourcesDir: join(projectDir, 'resources'), redemptionPort: start.redemptionPort },
  });
  const incoming = createIncoming({ folder: join(start.vaultDir, 'incoming'), maxBytes: MAX_UPLOAD_BYTES, randomBytes, grantFile: (file) => { core.grantFile(file); }, nowMs, pid: process.pid });
  let connect: (socket: Socket) => void = (socket) => { socket.destroy(); };
  let ending = false;
  let gone = false;
  let opened = false;

  const host = await startWebHost({
    // What comes too late for this process is asked again of the next: the window has no answer when it is told to come back.
    core: { onEvent: (listener) => core.onEvent(listener), dispatch: async (method, input) => { const outcome = await core.dispatch(method, input); return gone ? new Promise(() => undefined) : outcome; } },
    incoming, resourcesDir: join(projectDir, 'resources'), linkKey: start.linkKey, randomBytes, nowMs, log, signedIn: start.signedIn, files: createStaticFiles(join(projectDir, 'out/renderer')),
    onSessions: (state) => { void post({ kind: 'sessions', state }); },
    listen: (server: Server) => {
      // The keeper listens. A server only begins to watch over slow callers when it is told that it listens.
      server.emit('listening');
      connect = (socket) => {
        server.emit('connection', socket);
        socket.resume();
      };
      return Promise.resolve(start.port);
    },
  });

  const end = async (before: () => Promise<void>): Promise<void> => {
    if (ending) return;
    ending = true;
    await before();
    incoming.clear();
    await post({ kind: 'sessions', state: host.sessions() });
    process.exit(0);
  };
  const stop = (): void => { void end(async () => { await host.close(); await core.close(); }); };

  core.onEvent(({ topic, payload }) => { if (topic === 'vault.changed' && (payload as Topic<'vault.changed'>).state === 'unlocked') opened = true; });
  core.onEnded(() => {
    incoming.clear();
    // Frames and files of an open vault went through this memory; whoever locks again right after unlocking is promised no less.
    if (!opened && nowMs() - startedAtMs < YOUNG_MS) return;
    gone = true;
    void post({ kind: 'leaving' });
    // No other core is started here.
    void core.close();
    void end(() => host.leave());
  });
  process.on('message', (message: KeeperMessage, handle?: unknown) => {
    if (message.kind === 'connection') {
      if (handle instanceof Socket) connect(handle);
      void post({ kind: 'taken' });
    }
    else if (message.kind === 'new-link') void post({ kind: 'link', url: host.newLink() });
    else if (message.kind === 'stop') stop();
  });
  // The keeper is gone: lock rather than live on unseen.
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  await post({ kind: 'ready' });
}

// Ctrl-C in a terminal reaches the whole group; the keeper decides what it means.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.once('message', (message: KeeperMessage) => {
  if (message.kind !== 'start') return;
  run(message).catch((error: unknown) => {
    log(`web host: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exit(1);
  });
});
