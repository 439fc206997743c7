/** Permissions a person may want to look at again, by the clock, by use, and by what they are good for. Pure. */
import type { GrantRecord } from './types.ts';

/** `ends-soon`: within a week. `unused`: nobody asked for a month. `rarely-used`: less than one answer in two weeks since it was given. `little-use`: what it says hardly helps the company. */
export type Suggestion = 'ends-soon' | 'unused' | 'rarely-used' | 'little-use';

const DAY_MS = 86_400_000;

/** For an active grant; the most telling one. */
export function suggestionFor({ grantedAtMs, expiresAtMs, usage }: Pick<GrantRecord, 'grantedAtMs' | 'expiresAtMs' | 'usage'>, nowMs: number, isOfLittleUse: () => boolean): Suggestion | null {
  const held = nowMs - grantedAtMs;
  if (nowMs - (usage.lastRedeemedMs ?? grantedAtMs) >= 30 * DAY_MS) return 'unused';
  if (held >= 28 * DAY_MS && usage.redemptions < held / (14 * DAY_MS)) return 'rarely-used';
  if (expiresAtMs - nowMs <= 7 * DAY_MS && held >= 7 * DAY_MS) return 'ends-soon';
  // A first week it may take to be asked at all.
  return held >= 7 * DAY_MS && isOfLittleUse() ? 'little-use' : null;
}
