/** How many people like an area, from answers some of which are deniable: the counts that randomized response hides from any one answer. */
import type { VerifiedAnswer } from './answer.ts';

export interface LevelEstimate {
  /** Unbiased: right on average over the randomness of the vaults. May be below 0 or above the number of answers. */
  readonly count: number;
  /** Of that randomness; 0 where nothing is made up. */
  readonly standardError: number;
}
export interface AreaEstimate {
  /** Answers that say anything of this area, nothing included. */
  readonly answers: number;
  readonly none: LevelEstimate; readonly some: LevelEstimate; readonly strong: LevelEstimate;
}

const LEVELS = ['none', 'some', 'strong'] as const;

/**
 * How many of the people behind these answers have no, some and a strong interest in an area (protocol, "Deniable answers"). Of k-ary
 * randomized response with weight t for the truth: (seen − n·q) / (p − q), with p = t / (t + 2) and q = 1 / (t + 2).
 *
 * @param answers - One for each person: several of one person count as several people.
 * @param area - Top-level node, such as "food". Of answers that are not deniable, those count whose interests are said of areas.
 * @returns null when no answer says anything of this area
 */
export function estimateInterest(answers: Iterable<Pick<VerifiedAnswer, 'claims' | 'noise'>>, area: string): AreaEstimate | null {
  /** Of answers alike in how much is made up: seen at each level. 0 stands for nothing made up. */
  const groups = new Map<number, Record<(typeof LEVELS)[number], number>>();
  for (const { claims, noise } of answers) {
    const { interest: made } = noise;
    if (claims.interest === undefined || (made !== undefined && (!made.areas.includes(area) || made.levels !== LEVELS.length))) continue;
    const weight = made?.truth ?? 0, seen = groups.get(weight) ?? { none: 0, some: 0, strong: 0 };
    const within = claims.interest.filter(({ node }) => node === area || node.startsWith(`${area}.`));
    seen[within.some(({ strength }) => strength === 'strong') ? 'strong' : within.length > 0 ? 'some' : 'none'] += 1;
    groups.set(weight, seen);
  }
  if (groups.size === 0) return null;
  const estimate = (level: (typeof LEVELS)[number]): LevelEstimate => {
    let count = 0, variance = 0;
    for (const [weight, seen] of groups) {
      const all = seen.none + seen.some + seen.strong;
      if (weight === 0) { count += seen[level]; continue; }
      const p = weight / (weight + 2), q = 1 / (weight + 2), share = seen[level] / all;
      count += (seen[level] - all * q) / (p - q);
      variance += (all * share * (1 - share)) / (p - q) ** 2;
    }
    return { count, standardError: Math.sqrt(variance) };
  };
  return { answers: [...groups.values()].reduce((sum, { none, some, strong }) => sum + none + some + strong, 0), none: estimate('none'), some: estimate('some'), strong: estimate('strong') };
}
