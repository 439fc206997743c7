/** Host side of the core process: starts it, speaks to it, and replaces it when it ends, which is what locking does. */
import { fork } from 'node:child_process';
import type { Outcome, WireEvent } from '../../../shared/api/wire.ts';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { GrantedFile, SecretStore } from '../ports.ts';
import type { CoreConfig, CoreMessage, HostMessage } from './frames.ts';
import { answerStore } from './store-frames.ts';

/** A started core process, whichever way the host forks it. */
export interface CoreChild {
  /** `ports`: handed over with it, where the host's processes can do that. */
  postMessage(message: HostMessage, ports?: readonly unknown[]): void;
  onMessage(listener: (message: CoreMessage) => void): void;
  /** Called once, however the process ended. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface CoreSupervisor {
  dispatch(method: string, input: unknown): Promise<Outcome>;
  /** Returns its own undo. */
  onEvent(listener: (event: WireEvent) => void): () => void;
  /**
   * Hands over one end of a channel; whoever has the other end speaks to this core process directly, until it ends.
   * @returns false when no core starts any more
   */
  connect(port: unknown): Promise<boolean>;
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
  interface Request { readonly method: string; readonly input: unknown; readonly settle: (outcome: Outcome) => void }
  interface Running { readonly child: CoreChild; readonly pending: Map<number, Request>; readonly ended: Promise<void> }
  let current: Running | null = null;
  /** The process that locked and is on its way out: what is asked meanwhile waits for it to let go of the vault. */
  let leaving: Running | null = null;

  const gone = (): Outcome => ({ ok: false, error: toWireError(new AppError('ERR_CORE_GONE', 'Penchant’s core does not start. Close Penchant and open it again.')) });
  const dead = (): boolean => closing || (current === null && quickDeaths >= MAX_QUICK_DEATHS);
  const ask = (request: Request): void => {
    if (leaving) {
      void leaving.ended.then(() => { ask(request); });
    } else if (dead()) {
      request.settle(gone());
    } else {
      const { child, pending } = current ?? start();
      const id = nextId++;
      pending.set(id, request);
      child.postMessage({ kind: 'request', id, method: request.method, input: request.input });
    }
  };

  const start = (): Running => {
    const child = deps.spawn();
    const pending = new Map<number, Request>();
    const startedAtMs = deps.nowMs();
    const ended = new Promise<void>((resolve) => {
      child.onExit(() => {
        const orderly = leaving?.child === child;
        if (current?.child === child) current = null;
        if (orderly) leaving = null;
        for (const { settle } of pending.values()) settle({ ok: false, error: toWireError(new AppError('ERR_CORE_GONE', 'The vault was locked before this was finished. Unlock it and try again.')) });
        pending.clear();
        quickDeaths = !orderly && deps.nowMs() - startedAtMs < QUICK_MS ? quickDeaths + 1 : 0;
        for (const listener of endListeners) listener();
        resolve();
        // The page hears of the lock even when the process was killed rather than asked.
        if (!closing) for (const listener of eventListeners) listener({ topic: 'core.ended', payload: {} });
      });
    });
    child.onMessage((message) => {
      if (message.kind === 'reply') {
        pending.get(message.id)?.settle(message.outcome);
        pending.delete(message.id);
      } else if (message.kind === 'ending') {
        if (current?.child === child) {
          leaving = current;
          current = null;
        }
      } else if (message.kind === 'too-late') {
        const request = pending.get(message.id);
        pending.delete(message.id);
        if (request) ask(request);
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
      return new Promise<Outcome>((settle) => { ask({ method, input, settle }); });
    },
    onEvent(listener: (event: WireEvent) => void) {
      eventListeners.add(listener);
      return () => { eventListeners.delete(listener); };
    },
    async connect(port: unknown) {
      while (leaving) await leaving.ended;
      if (dead()) return false;
      (current ?? start()).child.postMessage({ kind: 'page' }, [port]);
      return true;
    },
    grantFile(file: GrantedFile) {
      const running = current ?? leaving ?? (dead() ? null : start());
      running?.child.postMessage({ kind: 'grant-file', file });
    },
    onEnded(listener: () => void) {
      endListeners.add(listener);
      return () => { endListeners.delete(listener); };
    },
    async close() {
      closing = true;
      const running = current ?? leaving;
      if (!running) return;
      const { child, ended } = running;
      child.postMessage({ kind: 'stop' });
      const timer = setTimeout(() => { child.kill(); }, STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  } satisfies CoreSupervisor);
}

/** What the core is started with. Its young heap fits a batch: a larger one takes 60 MB more and is no faster. */
export const CORE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];

/** The core as a plain Node child process, for the web host. `entry` is `core/process/main`, as source or built. */
export function forkCoreChild(entry: string): CoreChild {
  const child = fork(entry, [], { execArgv: [...process.execArgv, ...CORE_FLAGS], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
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
