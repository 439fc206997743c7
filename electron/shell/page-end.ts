/** The page's end of its channel to the core. A page lives with one core process: when that locks, both go. */
import type { Outcome, WireEvent, WireReply } from '../../shared/api/wire.ts';

/** As much of a browser's MessagePort as is used. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (message: { readonly data: unknown }) => void): void;
  /** Messages wait until then. */
  start(): void;
}

export interface PageEnd {
  /** The port arrived: what was asked until then goes out. */
  connected(port: Port): void;
  /** None will come, for this reason. */
  refused(outcome: Outcome): void;
  invoke(method: string, input: unknown): Promise<Outcome>;
  /** Returns its own undo. */
  subscribe(listener: (event: WireEvent) => void): () => void;
  /** Tells the listeners of something that reached the page another way; what comes before there are any waits for them: a page settles its language first. */
  tell(event: WireEvent): void;
}

/** More never waits: one link and one screen are what can. */
const MOST_EARLY = 8;

export function createPageEnd(): PageEnd {
  const asked = new Map<number, { readonly text: string; readonly settle: (outcome: Outcome) => void }>();
  const listeners = new Set<(event: WireEvent) => void>();
  let nextId = 1;
  let port: Port | null = null;
  let refusal: Outcome | null = null;
  const early: WireEvent[] = [];

  const tell = (event: WireEvent): void => { for (const listener of listeners) listener(event); };
  const receive = (frame: WireReply | WireEvent): void => {
    if (!('id' in frame)) { tell(frame); return; }
    const { id, ...outcome } = frame;
    asked.get(id)?.settle(outcome);
    asked.delete(id);
  };

  return Object.freeze({
    connected(arrived: Port) {
      // A page lives with one core: a second port would have its calls done twice.
      if (port) return;
      port = arrived;
      // Only the core has the other end.
      arrived.addEventListener('message', ({ data }) => { receive(data as WireReply | WireEvent); });
      arrived.start();
      for (const { text } of asked.values()) arrived.postMessage(text);
    },
    refused(outcome: Outcome) {
      refusal = outcome;
      for (const { settle } of asked.values()) settle(outcome);
      asked.clear();
    },
    invoke: (method: string, input: unknown) => new Promise<Outcome>((settle) => {
      if (refusal) { settle(refusal); return; }
      const id = nextId++;
      const text = requestText(id, method, input);
      asked.set(id, { text, settle });
      port?.postMessage(text);
    }),
    subscribe(listener: (event: WireEvent) => void) {
      listeners.add(listener);
      // Once all that subscribe in the same turn have.
      if (early.length > 0) queueMicrotask(() => { for (const event of early.splice(0)) tell(event); });
      return () => { listeners.delete(listener); };
    },
    tell(event: WireEvent) { if (listeners.size > 0) tell(event); else if (early.length < MOST_EARLY) early.push(event); },
  } satisfies PageEnd);
}

/** The channel carries more than JSON does (dates, maps, cycles); the core is spoken to in JSON on every host. */
function requestText(id: number, method: string, input: unknown): string {
  try {
    return JSON.stringify({ id, method, input });
  } catch {
    return JSON.stringify({ id, method, input: null });
  }
}
