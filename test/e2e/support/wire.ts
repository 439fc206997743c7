/** Stands in the wire between page and web host, both real: holds answers back, so that what shows meanwhile stands still, and lets events through that no browser host sends. */
import type { Page, WebSocketRoute } from '@playwright/test';

export interface Wire {
  /** Answers to these methods, and events of these topics, wait from now on. */
  hold(...names: readonly string[]): void;
  /** What waited arrives, in order; nothing waits or is rewritten any more. */
  release(): void;
  /** An event as the desktop program would send it. */
  send(topic: string, payload: unknown): void;
  /** Rewrites answers to this method from now on. */
  rewrite(method: string, change: (value: unknown) => unknown): void;
}

interface Frame { readonly id?: number; readonly method?: string; readonly topic?: string; readonly value?: unknown }

/** From the next load of the page on. */
export async function standInWire(page: Page): Promise<Wire> {
  const held = new Set<string>();
  const waiting: (() => void)[] = [];
  const changes = new Map<string, (value: unknown) => unknown>();
  let socket: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/rpc$/u, (route) => {
    socket = route;
    const methods = new Map<number, string>();
    const host = route.connectToServer();
    route.onMessage((message) => {
      const { id, method } = JSON.parse(String(message)) as Frame;
      if (id !== undefined && method !== undefined) methods.set(id, method);
      host.send(message);
    });
    host.onMessage((message) => {
      const frame = JSON.parse(String(message)) as Frame;
      const name = frame.topic ?? methods.get(frame.id ?? 0) ?? '';
      const change = changes.get(name);
      const text = change === undefined ? message : JSON.stringify({ ...frame, value: change(frame.value) });
      if (held.has(name)) waiting.push(() => { route.send(text); });
      else route.send(text);
    });
  });
  return {
    hold: (...names) => { for (const name of names) held.add(name); },
    release() {
      held.clear();
      changes.clear();
      for (const deliver of waiting.splice(0)) deliver();
    },
    send: (topic, payload) => { socket?.send(JSON.stringify({ topic, payload })); },
    rewrite: (method, change) => { changes.set(method, change); },
  };
}
