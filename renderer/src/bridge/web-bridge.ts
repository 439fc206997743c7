/** The host bridge of the web host: the shared frames over one WebSocket that reconnects by itself; files by upload. */
import { AppError, fromWireError, type WireError } from '../../../shared/errors/app-error.ts';
import type { HostBridge, OfferedFile, Outcome, WireEvent, WireReply } from '../../../shared/api/wire.ts';

import { copySecret, thisPage } from './secret-clipboard.ts';

/** `signed-out`: this tab has no secret, or its session is no longer known; only a fresh one-time link helps. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signed-out';

export interface ObservableBridge extends HostBridge<File> {
  /** Calls `listener` with the state now and at every change; returns its own undo. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Ends the session of this browser in the host, which closes the vault too; null where there is none to end. Rejects with an `AppError`. */
  readonly signOut: (() => Promise<void>) | null;
}

/** Close code of the host for a session it does not know. */
const CLOSED_SESSION_INVALID = 4401;
/** Close code of a host that ends with the vault it locked; the next one is on its way. */
const CLOSED_VAULT_LOCKED = 4402;
/** Offered alone and with the tab's secret; the host answers with the one that holds no secret. */
const SUBPROTOCOL = 'penchant';
const FIRST_RETRY_MS = 400;
/** After locking: the port stays open, so this only spaces out attempts that fail. */
const BACK_RETRY_MS = 50;
/** How long a host may take to come back before the window says that it is lost. */
const BACK_WITHIN_MS = 5_000;
const LONGEST_RETRY_MS = 5000;

const lost: Outcome = { ok: false, error: { code: 'ERR_CORE_GONE', message: 'The connection to Penchant was lost.' } };
const signedOut: Outcome = { ok: false, error: { code: 'ERR_SESSION_INVALID', message: 'This window is no longer signed in.' } };

/** `secret`: of this tab; null in one that no link opened, which is then signed out from the start. */
export function createWebBridge(place: { readonly host: string; readonly protocol: string }, secret: string | null): ObservableBridge {
  const listeners = new Set<(event: WireEvent) => void>();
  const watchers = new Set<(state: ConnectionState) => void>();
  const pending = new Map<number, { readonly text: string; readonly settle: (outcome: Outcome) => void; askedAgain: boolean }>();
  let unsent: string[] = [];
  let state: ConnectionState = secret === null ? 'signed-out' : 'connecting';
  let socket: WebSocket | null = null;
  let nextId = 1;
  let retryMs = FIRST_RETRY_MS;
  let backBy = Number.NEGATIVE_INFINITY;

  const move = (next: ConnectionState) => {
    if (next === state) return;
    state = next;
    for (const watcher of watchers) watcher(state);
  };
  const failPending = (outcome: Outcome) => {
    const waiting = [...pending.values()];
    pending.clear();
    unsent = [];
    for (const { settle } of waiting) settle(outcome);
  };

  const receive = (text: string) => {
    const frame = JSON.parse(text) as WireReply | WireEvent;
    if ('topic' in frame) {
      for (const listener of listeners) listener(frame);
      return;
    }
    const asked = pending.get(frame.id);
    pending.delete(frame.id);
    asked?.settle(frame);
  };

  const connect = (own: string) => {
    const opened = new WebSocket(`${place.protocol === 'https:' ? 'wss' : 'ws'}://${place.host}/rpc`, [SUBPROTOCOL, `${SUBPROTOCOL}.${own}`]);
    socket = opened;
    opened.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      backBy = Number.NEGATIVE_INFINITY;
      for (const text of unsent) opened.send(text);
      unsent = [];
      move('open');
    });
    opened.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') receive(event.data);
    });
    opened.addEventListener('close', (event) => {
      socket = null;
      if (event.code === CLOSED_SESSION_INVALID) {
        failPending(signedOut);
        move('signed-out');
        return;
      }
      const locked = event.code === CLOSED_VAULT_LOCKED;
      if (locked) backBy = performance.now() + BACK_WITHIN_MS;
      if (performance.now() < backBy) {
        if (locked) {
          // Asked again of the next host, which is locked: it refuses what needs an open vault, and unlocks when that is what waits.
          // Once: whatever ends two hosts is not tried on a third.
          for (const [id, call] of pending) {
            if (call.askedAgain) { pending.delete(id); call.settle(lost); }
            call.askedAgain = true;
          }
          unsent = [...pending.values()].map(({ text }) => text);
          move('connecting');
          // Nothing of the vault stays on the screen until the next host has said so itself.
          for (const listener of listeners) listener({ topic: 'core.ended', payload: {} });
        }
        setTimeout(connect, BACK_RETRY_MS, own);
        return;
      }
      failPending(lost);
      move('lost');
      setTimeout(connect, retryMs, own);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    });
  };
  if (secret !== null) connect(secret);

  return Object.freeze({
    kind: 'web',
    invoke: (method: string, input: unknown) => new Promise<Outcome>((resolve) => {
      if (state === 'signed-out') {
        resolve(signedOut);
        return;
      }
      if (state === 'lost') {
        resolve(lost);
        return;
      }
      const id = nextId++;
      const text = JSON.stringify({ id, method, input });
      pending.set(id, { text, settle: resolve, askedAgain: false });
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
      else unsent.push(text);
    }),
    subscribe: (listener: (event: WireEvent) => void) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    onConnection: (listener: (state: ConnectionState) => void) => {
      watchers.add(listener);
      listener(state);
      return () => { watchers.delete(listener); };
    },
    signOut: async () => {
      let left: Response;
      try {
        left = await fetch(`${place.protocol}//${place.host}/sign-out`, { method: 'POST', headers: secret === null ? {} : { 'x-penchant-secret': secret } });
      } catch (cause) {
        throw new AppError('ERR_CORE_GONE', 'Penchant could not be reached, so this browser is still signed in. Stop Penchant where it was started.', { cause });
      }
      // 401: ended already, which is what was wanted.
      if (!left.ok && left.status !== 401) throw new AppError('ERR_SESSION_INVALID', 'This window is not signed in, so it cannot sign out. Stop Penchant where it was started.');
    },
    copySecret: (text: string) => copySecret(text, thisPage()),
    offerFile: (file: File, onProgress?: (sentBytes: number) => void) => new Promise<OfferedFile>((resolve, reject) => {
      // XMLHttpRequest, not fetch: only it reports how much of an upload has been sent.
      const upload = new XMLHttpRequest();
      upload.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
      upload.setRequestHeader('x-penchant-upload', '1');
      if (secret !== null) upload.setRequestHeader('x-penchant-secret', secret);
      upload.responseType = 'json';
      if (onProgress) upload.upload.addEventListener('progress', (event) => { onProgress(event.loaded); });
      upload.addEventListener('load', () => {
        const body: unknown = upload.response;
        if (upload.status < 400 && body !== null) resolve(body as OfferedFile);
        else if (body !== null && typeof body === 'object' && 'code' in body) reject(fromWireError(body as WireError));
        else reject(new AppError('ERR_FILE_UNREADABLE', `${file.name} could not be handed over.`));
      });
      upload.addEventListener('error', () => { reject(new AppError('ERR_FILE_UNREADABLE', `${file.name} could not be handed over. Nothing was stored.`)); });
      upload.addEventListener('abort', () => { reject(new AppError('ERR_CANCELLED', `Handing over ${file.name} was stopped.`)); });
      upload.send(file);
    }),
  });
}
