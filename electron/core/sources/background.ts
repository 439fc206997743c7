/** What went on by itself for hours: music for an empty room says less of a person than what they chose. */

/** So long nothing was chosen, nor anything else touched. */
const BACKGROUND_AFTER_MS = 3 * 3_600_000;
/** After so long a silence nothing went on: somebody began anew, even where the source does not say how. */
const SILENCE_MS = 30 * 60_000;

export interface Playback { readonly startMs: number; readonly endMs: number; /** Null where the source does not say. */ readonly byItself: boolean | null }

/** @returns what to ask about each playback, in order of time; what comes out of order, or before anything known to be chosen, is no background */
export function createBackground(): (playback: Playback) => boolean {
  let touchedMs: number | null = null, lastEndMs = Number.NEGATIVE_INFINITY;
  return ({ startMs, endMs, byItself }) => {
    if (endMs < lastEndMs || startMs - lastEndMs > SILENCE_MS || byItself === null) touchedMs = null;
    if (byItself === false) touchedMs = startMs;
    lastEndMs = endMs;
    return byItself === true && touchedMs !== null && startMs - touchedMs >= BACKGROUND_AFTER_MS;
  };
}
