/** How often a company may ask: windows of fixed length counted from the moment of the grant. */
import type { Cadence } from '../../../shared/protocol/schemas.ts';
import type { GrantUsage } from './types.ts';

const DAY_MS = 86_400_000;
/** A month counts 30 days. */
export const PERIOD_MS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const satisfies Record<Cadence['per'], number>;

export interface CadenceWindow {
  readonly index: number;
  readonly used: number;
  readonly remaining: number;
  /** When the next window begins, Unix ms. */
  readonly endsAtMs: number;
}

/** The running window. A clock set back does not open an old window again. */
export function cadenceWindow(cadence: Cadence, grantedAtMs: number, usage: Pick<GrantUsage, 'windowIndex' | 'windowUsed'>, nowMs: number): CadenceWindow {
  const period = PERIOD_MS[cadence.per];
  const index = Math.max(usage.windowIndex, Math.floor((nowMs - grantedAtMs) / period), 0);
  const used = index === usage.windowIndex ? usage.windowUsed : 0;
  return { index, used, remaining: Math.max(0, cadence.max - used), endsAtMs: grantedAtMs + (index + 1) * period };
}

/** True when `slow` never allows more than `limit` does in any of the limit's periods. */
export function isAtMost(slow: Cadence, limit: Cadence): boolean {
  const slowMs = PERIOD_MS[slow.per];
  const limitMs = PERIOD_MS[limit.per];
  return slow.max * (slowMs >= limitMs ? 1 : Math.ceil(limitMs / slowMs)) <= limit.max;
}
