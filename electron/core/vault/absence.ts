/** Whether the person is away: idle too long by either clock, or the computer slept. */
import type { Moment } from './freshness.ts';

/** A second look that comes this much later by the wall than by the steady clock was slept through. */
const SLEPT_MS = 30_000;

/** Idle by either clock is idle: setting the wall clock back does not keep a vault open, and sleeping through the limit does not either. */
export function isIdle(touchedAt: Moment, now: Moment, limitMinutes: number): boolean {
  const limitMs = limitMinutes * 60_000;
  return now.wallMs - touchedAt.wallMs >= limitMs || now.steadyMs - touchedAt.steadyMs >= limitMs;
}

/**
 * True when the wall clock ran ahead of the steady one between two looks: the computer slept, or its clock was set forward, which is treated alike.
 * A process that was only busy or stopped sees both go on. Where the steady clock runs on in sleep (Windows) this says nothing; the shell hears of it from the system.
 */
export const hasSlept = (before: Moment, now: Moment): boolean => (now.wallMs - before.wallMs) - (now.steadyMs - before.steadyMs) >= SLEPT_MS;
