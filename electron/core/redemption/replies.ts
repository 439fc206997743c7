/** Replies of the company-facing API: the same headers always, and problem documents without a word that tells cases apart. */
import { MEDIA_PROBLEM, PROBLEMS, type ProblemCode } from '../../../shared/protocol/names.ts';
import type { LoopbackReply } from '../platform/http/loopback-server.ts';

const BASE = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** @param nonce sent with every reply, so that the next proof can carry it */
export const reply = (status: number, type: string, body: string, nonce: string): LoopbackReply => ({ status, headers: { ...BASE, 'Content-Type': type, 'DPoP-Nonce': nonce }, body });

export const json = (status: number, value: unknown, nonce: string): LoopbackReply => reply(status, 'application/json', JSON.stringify(value), nonce);

export function problem(code: ProblemCode, nonce: string, retryAfterS: number | null = null): LoopbackReply {
  const { type, status, title } = PROBLEMS[code];
  const base = reply(status, MEDIA_PROBLEM, JSON.stringify({ type, title, status, code }), nonce);
  const challenge = status === 401 ? { 'WWW-Authenticate': `DPoP error="${code}", algs="ES256"` } : {};
  const retry = retryAfterS === null ? {} : { 'Retry-After': String(retryAfterS) };
  return { ...base, headers: { ...base.headers, ...challenge, ...retry } };
}
