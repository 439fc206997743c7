/** Whether the person proved who they are recently enough for what releases, exports or loosens something. */

/** One moment on two clocks, in ms: the one of the wall, which can be set, and one that only goes forward, which may stand still in sleep. */
export interface Moment { readonly wallMs: number; readonly steadyMs: number }

/**
 * `provenAt`: the last proof by passphrase or recovery phrase, null when there was none since the vault was opened. `limitMinutes`: null means once is enough.
 * Old by either clock is old: setting the wall clock back does not make a proof younger, and sleeping through the limit does not either.
 */
export function decideFresh(provenAt: Moment | null, now: Moment, limitMinutes: number | null): boolean {
  if (!provenAt) return false;
  if (limitMinutes === null) return true;
  const limitMs = limitMinutes * 60_000;
  const steadyAgeMs = now.steadyMs - provenAt.steadyMs;
  return steadyAgeMs >= 0 && steadyAgeMs < limitMs && now.wallMs - provenAt.wallMs < limitMs;
}
