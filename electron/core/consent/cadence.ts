/** How often a company may ask: windows of fixed length counted from the hour of the grant. */
import type { Cadence } from '../../../shared/protocol/schemas.ts';
import type { GrantUsage } from './types.ts';

const HOUR_MS = 3_600_000, DAY_MS = 86_400_000;
/** A month counts 30 days. */
export const PERIOD_MS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const satisfies Record<Cadence['per'], number>;

export interface CadenceWindow {
  readonly index: number;
  readonly used: number;
  readonly remaining: number;
  /** When the next window begins, Unix ms. */
  readonly endsAtMs: number;
}

/** When the windows of a grant begin: the hour of its token's `iat`. A finer time could be read off the waiting times, and be a name that two companies could compare. */
const beginning = (grantedAtMs: number): number => Math.floor(grantedAtMs / HOUR_MS) * HOUR_MS;

/** The running window. A clock set back does not open an old window again. */
export function cadenceWindow(cadence: Cadence, grantedAtMs: number, usage: Pick<GrantUsage, 'windowIndex' | 'windowUsed'>, nowMs: number): CadenceWindow {
  const period = PERIOD_MS[cadence.per], fromMs = beginning(grantedAtMs);
  const index = Math.max(usage.windowIndex, Math.floor((nowMs - fromMs) / period), 0);
  const used = index === usage.windowIndex ? usage.windowUsed : 0;
  return { index, used, remaining: Math.max(0, cadence.max - used), endsAtMs: fromMs + (index + 1) * period };
}

/**
 * What was used when a grant that was asked at one pace goes on at a slower one: slowing down never hands out a fresh allowance. Whatever windows of the new pace the running one lies in
 * count as one, with no more left than it had; that may be silent for some days longer than either pace by itself, and never says more.
 */
export function usedAfter(before: Cadence, after: Cadence, grantedAtMs: number, usage: Pick<GrantUsage, 'windowIndex' | 'windowUsed'>, nowMs: number): { readonly windowIndex: number; readonly windowUsed: number } {
  const running = cadenceWindow(before, grantedAtMs, usage, nowMs);
  if (before.per === after.per) return { windowIndex: running.index, windowUsed: running.used };
  const { index } = cadenceWindow(after, grantedAtMs, { windowIndex: 0, windowUsed: 0 }, Math.max(nowMs, running.endsAtMs - 1));
  return { windowIndex: index, windowUsed: PERIOD_MS[after.per] < PERIOD_MS[before.per] ? Math.max(0, after.max - running.remaining) : running.used };
}

/** True when `slow` never allows more than `limit` does in any of the limit's periods. */
export function isAtMost(slow: Cadence, limit: Cadence): boolean {
  const slowMs = PERIOD_MS[slow.per];
  const limitMs = PERIOD_MS[limit.per];
  return slow.max * (slowMs >= limitMs ? 1 : Math.ceil(limitMs / slowMs)) <= limit.max;
}
