/** One-time links and the sessions they are exchanged for; both kept as hashes only. */
import { createHash, timingSafeEqual } from 'node:crypto';

export type TicketVerdict =
  | {
    readonly kind: 'accepted';
    /** Value of the session cookie. */
    readonly session: string;
    /** What the page proves itself with beside the cookie, which browsers send to every port of this computer. */
    readonly pageSecret: string;
  }
  | { readonly kind: 'used' }
  | { readonly kind: 'too-many' };

export interface Sessions {
  /** A new one-time ticket; an earlier one that was never used stops working. */
  newTicket(): string;
  /** `current`: the session the browser is in already, if any; it is kept, so that its other tabs stay signed in. */
  exchange(ticket: string, current?: string): TicketVerdict;
  /** True for a session that was opened here, used in the last hours and not dropped since. Enough to load the page, which holds nothing; not to act. */
  isValid(session: string | undefined): boolean;
  /** True when a page of this session was given this secret; such a page's calls count as use of the session. */
  isPageOf(session: string, pageSecret: string | undefined): boolean;
  /** A page of this session did something. False when the session is no more. */
  touch(session: string): boolean;
  /** Ends a session: nothing it was given is worth anything from here on. */
  drop(session: string): void;
  /** Ends the sessions nobody has used for {@link SESSION_IDLE_MS}. To be called now and then, for windows that are only open. */
  dropIdle(): void;
  /** Calls `listener` when this session is dropped; returns its own undo. */
  onDropped(session: string, listener: () => void): () => void;
  /** As it is now; given to {@link createSessions}, everyone who was signed in still is. */
  state(): SessionState;
}

/** Everything the sessions are, as plain data: hashes only, so that whoever reads it can sign in nowhere. */
export interface SessionState {
  readonly ticket: string | null;
  /** In order of opening; `id` and `pages` are hex digests. */
  readonly open: readonly { readonly id: string; readonly usedAtMs: number; readonly pages: readonly string[] }[];
}

/** Browsers signed in at once; one more drops the oldest. */
const MAX_SESSIONS = 8;
/** Links followed in one browser; one more forgets the oldest page's secret. */
const MAX_PAGES_PER_SESSION = 16;
/** 256-bit tickets are not guessed; the limit keeps a guesser from costing anything. */
const MAX_BAD_TICKETS = 10;
const WINDOW_MS = 60_000;
const SECRET_BYTES = 32;
/** A browser nobody has used for this long has to be let in again. Longer than a day at work, shorter than two. */
export const SESSION_IDLE_MS = 12 * 3_600_000;

interface OpenSession { readonly pages: Buffer[]; readonly listeners: Set<() => void>; usedAtMs: number }

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** `from`: what an earlier process of this host left. */
export function createSessions(deps: { readonly randomBytes: (size: number) => Buffer; readonly nowMs: () => number }, from: SessionState | null = null): Sessions {
  let ticketDigest: Buffer | null = from === null || from.ticket === null ? null : Buffer.from(from.ticket, 'hex');
  let windowStartMs = Number.NEGATIVE_INFINITY;
  let badTickets = 0;
  /** In order of opening, by hex digest. */
  const sessions = new Map<string, OpenSession>((from?.open ?? []).map(({ id, usedAtMs, pages }) => [id, { pages: pages.map((page) => Buffer.from(page, 'hex')), listeners: new Set(), usedAtMs }]));
  const key = (session: string): string => digest(session).toString('hex');
  const end = (id: string): void => {
    const ended = sessions.get(id);
    sessions.delete(id);
    for (const listener of ended?.listeners ?? []) listener();
  };
  /** A clock set back ends nothing: it only makes a session look fresher. */
  const live = (session: string): OpenSession | undefined => {
    const id = key(session);
    const found = sessions.get(id);
    if (found && deps.nowMs() - found.usedAtMs > SESSION_IDLE_MS) { end(id); return undefined; }
    return found;
  };
  const touch = (session: string): boolean => {
    const found = live(session);
    if (found) found.usedAtMs = deps.nowMs();
    return found !== undefined;
  };

  return Object.freeze({
    newTicket() {
      const ticket = deps.randomBytes(SECRET_BYTES).toString('base64url');
      ticketDigest = digest(ticket);
      return ticket;
    },
    exchange(ticket: string, current?: string): TicketVerdict {
      // The right ticket before any limit: wrong ones, which anybody may send, must not lock its owner out.
      if (ticketDigest === null || !timingSafeEqual(digest(ticket), ticketDigest)) {
        const now = deps.nowMs();
        if (now - windowStartMs >= WINDOW_MS) { windowStartMs = now; badTickets = 0; }
        if (badTickets >= MAX_BAD_TICKETS) return { kind: 'too-many' };
        badTickets += 1;
        return { kind: 'used' };
      }
      ticketDigest = null;
      const pageSecret = deps.randomBytes(SECRET_BYTES).toString('base64url');
      const known = current === undefined ? undefined : live(current);
      if (current !== undefined && known) {
        known.usedAtMs = deps.nowMs();
        known.pages.push(digest(pageSecret));
        if (known.pages.length > MAX_PAGES_PER_SESSION) known.pages.shift();
        return { kind: 'accepted', session: current, pageSecret };
      }
      const session = deps.randomBytes(SECRET_BYTES).toString('base64url');
      sessions.set(key(session), { pages: [digest(pageSecret)], listeners: new Set(), usedAtMs: deps.nowMs() });
      const oldest = sessions.entries().next().value;
      if (sessions.size > MAX_SESSIONS && oldest) end(oldest[0]);
      return { kind: 'accepted', session, pageSecret };
    },
    isValid: (session: string | undefined) => session !== undefined && live(session) !== undefined,
    isPageOf(session: string, pageSecret: string | undefined) {
      if (pageSecret === undefined) return false;
      const given = digest(pageSecret);
      if (!(live(session)?.pages.some((page) => timingSafeEqual(page, given)) ?? false)) return false;
      return touch(session);
    },
    touch,
    drop: (session: string) => { end(key(session)); },
    dropIdle() {
      for (const [id, { usedAtMs }] of sessions) if (deps.nowMs() - usedAtMs > SESSION_IDLE_MS) end(id);
    },
    onDropped(session: string, listener: () => void) {
      const listeners = sessions.get(key(session))?.listeners;
      listeners?.add(listener);
      return () => { listeners?.delete(listener); };
    },
    state: () => ({ ticket: ticketDigest?.toString('hex') ?? null, open: [...sessions].map(([id, { usedAtMs, pages }]) => ({ id, usedAtMs, pages: pages.map((page) => page.toString('hex')) })) }),
  } satisfies Sessions);
}

/**
 * Cookies of 127.0.0.1 are shared by all its ports, so the port is part of the name: two hosts do not sign each other's page out.
 * For the same reason any program that listens here can be sent this cookie; without a page's secret it opens nothing.
 */
const cookieName = (port: number): string => `penchant_${port}`;

/** Lives as long as the browser; unreadable to scripts; never sent on a request another site caused. */
export const sessionCookie = (port: number, session: string): string => `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;

/** Makes the browser forget it. */
export const endedSessionCookie = (port: number): string => `${cookieName(port)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;

/** The value of our cookie, or undefined when it is missing or given twice. */
export function readSessionCookie(header: string | undefined, port: number): string | undefined {
  const prefix = `${cookieName(port)}=`;
  const values = (header ?? '').split(';').map((part) => part.trim()).filter((part) => part.startsWith(prefix));
  return values.length === 1 ? values[0]?.slice(prefix.length) : undefined;
}
