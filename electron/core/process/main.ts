/** Entry of the core process: one core, spoken to in frames; it ends when the vault locks, and its memory with it. */
import { randomBytes } from 'node:crypto';
import { RELEASES } from '../../../shared/release.ts';
import { createCore, type Core } from '../core.ts';
import type { CoreMessage, HostMessage } from './frames.ts';
import { servePage, type PagePort } from './page-port.ts';
import { createStoreAsker } from './store-frames.ts';

/** Electron gives a utility process a port of its own; a forked Node process speaks over its channel. */
interface ParentPort { on(event: 'message', listener: (message: { readonly data: unknown; readonly ports: readonly PagePort[] }) => void): void; postMessage(message: unknown): void }
const parentPort = (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort;

const post = (message: CoreMessage): void => {
  if (parentPort) parentPort.postMessage(message);
  // A host that is gone is told of by `disconnect`; nobody misses what could not be sent to it.
  else process.send?.(message, () => undefined);
};
const log = (line: string): void => { post({ kind: 'log', line }); };

const keychain = createStoreAsker((id, question) => { post({ kind: 'keychain', id, question }); });
let core: Core | undefined;
let ending = false;

async function stop(): Promise<void> {
  await core?.close();
  // Lets the last frames out before the process, and every trace of keys and rows in it, is gone.
  setTimeout(() => process.exit(0), 10);
}

/** What the program that carries the page hears of, where pages have a port of their own: that something changed, and nothing of what. */
const OF_SHELL: ReadonlySet<string> = new Set(['vault.changed', 'settings.changed', 'requests.changed', 'breathing.changed']);

async function receive(message: HostMessage, ports: readonly PagePort[]): Promise<void> {
  if (message.kind === 'start') {
    const { hasKeychain, pagePort = false, ...config } = message.config;
    core = createCore({
      ...config,
      ...(hasKeychain ? { secretStore: keychain.store } : {}),
      clock: { nowMs: () => Date.now() },
      randomBytes,
      log,
      fetch: globalThis.fetch,
      workerUrl: new URL(import.meta.url.endsWith('.ts') ? '../workers/main.ts' : './worker.js', import.meta.url),
      releases: process.env['PENCHANT_RELEASES'] ?? RELEASES,
      serveOnUnlock: true,
    });
    core.onEvent((event) => { if (!pagePort || OF_SHELL.has(event.topic)) post({ kind: 'event', event }); });
    core.onLocking(() => {
      if (!ending) post({ kind: 'ending' });
      ending = true;
    });
    core.onLocked(() => { setTimeout(() => process.exit(0), 10); });
    post({ kind: 'ready' });
    return;
  }
  if (!core) return;
  if (message.kind === 'request') {
    // Unlocking here would give the person a vault that vanishes a moment later.
    if (ending) {
      post({ kind: 'too-late', id: message.id });
      return;
    }
    const outcome = await core.dispatch(message.method, message.input);
    post({ kind: 'reply', id: message.id, outcome });
  } else if (message.kind === 'page') {
    const [port] = ports;
    if (port) servePage(port, core, () => ending);
  } else if (message.kind === 'keychain-answer') {
    keychain.answered(message.id, message.answer);
  } else if (message.kind === 'grant-file') {
    core.grantFile(message.file);
  } else {
    await stop();
  }
}

const onMessage = (message: unknown, ports: readonly PagePort[]): void => {
  // Only the host that started this process can send; it sends nothing but these frames.
  receive(message as HostMessage, ports).catch((error: unknown) => { log(`core: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); });
};

if (parentPort) parentPort.on('message', ({ data, ports }) => { onMessage(data, ports); });
else {
  process.on('message', (message) => { onMessage(message, []); });
  // The host is gone: lock rather than live on unseen.
  process.on('disconnect', () => { void stop(); });
}
// Ctrl-C in a terminal reaches the whole group; the host decides what it means.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => { void stop(); });
