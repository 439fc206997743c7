/** Tells the core when the person goes: screen locked, computer suspended, another user's turn; what that means is in the vault's settings. Shutting down always locks. */
import type { PowerMonitor } from 'electron';

export interface AutoLockDeps {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'getSystemIdleState'>;
  readonly platform: NodeJS.Platform;
  readonly away: (why: 'screen-locked' | 'asleep') => void;
  readonly lock: () => void;
  /** Calls `body` again and again; returns its own undo. */
  readonly every: (ms: number, body: () => void) => () => void;
}

const LINUX_POLL_MS = 5_000;
/** Only the answer "locked" is used; "idle" is the core's own timer. */
const IDLE_THRESHOLD_S = 3_600;

/** @returns its own undo, for the polling */
export function watchForAbsence({ powerMonitor, platform, away, lock, every }: AutoLockDeps): () => void {
  const screenLocked = (): void => { away('screen-locked'); };
  powerMonitor.on('lock-screen', screenLocked);
  powerMonitor.on('suspend', () => { away('asleep'); });
  powerMonitor.on('shutdown', lock);
  if (platform === 'darwin') powerMonitor.on('user-did-resign-active', screenLocked);
  // Linux has no event for a locked screen.
  if (platform !== 'linux') return () => undefined;
  let wasLocked = false;
  return every(LINUX_POLL_MS, () => {
    const isLocked = powerMonitor.getSystemIdleState(IDLE_THRESHOLD_S) === 'locked';
    if (isLocked && !wasLocked) screenLocked();
    wasLocked = isLocked;
  });
}
