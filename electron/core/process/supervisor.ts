/** Host side of the core process: starts it, speaks to it, and replaces it when it ends, which is what locking does. */
import { fork } from 'node:child_process';
import type { Outcome, WireEvent } from '../../../shared/api/wire.ts';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { GrantedFile, SecretStore } from '../ports.ts';
import type { CoreConfig, CoreMessage, HostMessage } from './frames.ts';
import { answerStore } from './store-frames.ts';

/** A started core process, whichever way the host forks it. */
export interface CoreChild {
  postMessage(message: HostMessage): void;
  onMessage(listener: (message: CoreMessage) => void): void;
  /** Called once, however the process ended. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface CoreSupervisor {
  dispatch(method: string, input: unknown): Promise<Outcome>;
  /** Returns its own undo. */
  onEvent(listener: (event: WireEvent) => void): () => void;
  grantFile(file: GrantedFile): void;
  /** Called when a core process ended and its memory with it: files granted to it are no longer needed. */
  onEnded(listener: () => void): () => void;
  /** Locks and ends; nothing is started any more. */
  close(): Promise<void>;
}

/** How long an orderly end may take before the process is killed. */
const STOP_TIMEOUT_MS = 5_000;
/** A core that dies this often this quickly has a fault that starting it again does not mend. */
const MAX_QUICK_DEATHS = 5;
const QUICK_MS = 2_000;

/** `keychain`: omitted where the host has none (web host). */
export function createCoreSupervisor(deps: { readonly spawn: () => CoreChild; readonly config: Omit<CoreConfig, 'hasKeychain'>; readonly keychain?: SecretStore; readonly log: (line: string) => void; readonly nowMs: () => number }): CoreSupervisor {
  const eventListeners = new Set<(event: WireEvent) => void>();
  const endListeners = new Set<() => void>();
  let closing = false;
  let nextId = 1;
  let quickDeaths = 0;
  let current: { readonly child: CoreChild; readonly pending: Map<number, (outcome: Outcome) => void>; readonly ended: Promise<void> } | null = null;

  const start = (): NonNullable<typeof current> => {
    const child = deps.spawn();
    const pending = new Map<number, (outcome: Outcome) => void>();
    const startedAtMs = deps.nowMs();
    const ended = new Promise<void>((resolve) => {
      child.onExit(() => {
        if (current?.child === child) current = null;
        for (const settle of pending.values()) settle({ ok: false, error: toWireError(new AppError('ERR_CORE_GONE', 'The vault was locked before this was finished. Unlock it and try again.')) });
        pending.clear();
        quickDeaths = deps.nowMs() - startedAtMs < QUICK_MS ? quickDeaths + 1 : 0;
        for (const listener of endListeners) listener();
        resolve();
        // The page hears of the lock even when the process was killed rather than asked.
        if (!closing) for (const listener of eventListeners) listener({ topic: 'core.ended', payload: {} });
      });
    });
    child.onMessage((message) => {
      if (message.kind === 'reply') {
        pending.get(message.id)?.(message.outcome);
        pending.delete(message.id);
      } else if (message.kind === 'event') {
        for (const listener of eventListeners) listener(message.event);
      } else if (message.kind === 'keychain') {
        void answerStore(deps.keychain ?? null, message.question).then((answer) => { child.postMessage({ kind: 'keychain-answer', id: message.id, answer }); });
      } else if (message.kind === 'log') {
        deps.log(message.line);
      }
    });
    child.postMessage({ kind: 'start', config: { ...deps.config, hasKeychain: deps.keychain !== undefined } });
    return (current = { child, pending, ended });
  };

  return Object.freeze({
    dispatch(method: string, input: unknown) {
      if (closing || (current === null && quickDeaths >= MAX_QUICK_DEATHS)) {
        return Promise.resolve<Outcome>({ ok: false, error: toWireError(new AppError('ERR_CORE_GONE', 'Penchant’s core does not start. Close Penchant and open it again.')) });
      }
      const { child, pending } = current ?? start();
      const id = nextId++;
      return new Promise<Outcome>((resolve) => {
        pending.set(id, resolve);
        child.postMessage({ kind: 'request', id, method, input });
      });
    },
    onEvent(listener: (event: WireEvent) => void) {
      eventListeners.add(listener);
      return () => { eventListeners.delete(listener); };
    },
    grantFile(file: GrantedFile) { (current ?? start()).child.postMessage({ kind: 'grant-file', file }); },
    onEnded(listener: () => void) {
      endListeners.add(listener);
      return () => { endListeners.delete(listener); };
    },
    async close() {
      closing = true;
      if (!current) return;
      const { child, ended } = current;
      child.postMessage({ kind: 'stop' });
      const timer = setTimeout(() => { child.kill(); }, STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  } satisfies CoreSupervisor);
}

/** The core as a plain Node child process, for the web host. `entry` is `core/process/main`, as source or built. */
export function forkCoreChild(entry: string): CoreChild {
  const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    postMessage: (message) => { if (child.connected) child.send(message); },
    onMessage: (listener) => { child.on('message', (message) => { listener(message as CoreMessage); }); },
    onExit: (listener) => {
      let told = false;
      const once = () => { if (!told) { told = true; listener(); } };
      child.once('exit', once);
      child.once('error', once);
    },
    kill: () => { child.kill('SIGKILL'); },
  };
}
