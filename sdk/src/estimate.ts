/** How many people like an area, and how soon they want to buy something, from deniable answers: the counts that noise hides from any one of them. */
import type { VerifiedAnswer } from './answer.ts';

export interface LevelEstimate {
  /** Unbiased: right on average over the randomness of the vaults. May be below 0 or above the number of answers. */
  readonly count: number;
  /** At most, of that randomness and of who happened to be asked. */
  readonly standardError: number;
}
export interface AreaEstimate {
  /** Deniable answers that say anything of this area, nothing included. */
  readonly answers: number;
  readonly none: LevelEstimate; readonly some: LevelEstimate; readonly strong: LevelEstimate;
}
export interface HorizonEstimate {
  /** Deniable answers in which this may be bought. */
  readonly answers: number;
  /** One for each place on the ladder, the soonest first. */
  readonly horizons: readonly (LevelEstimate & { readonly weeks: number })[];
}

const LEVELS = ['none', 'some', 'strong'] as const;
type Answers = Iterable<Pick<VerifiedAnswer, 'claims' | 'noise'>>;

/**
 * How many of the people behind these answers have no, some and a strong interest in an area (protocol, "Deniable answers"). Of k-ary
 * randomized response with weight t for the truth: (seen − n·q) / (p − q), with p = t / (t + 2) and q = 1 / (t + 2).
 *
 * Only deniable answers that cover the area count. In others nobody can tell who has no interest from who says nothing of it, and a crowd that is too
 * small makes them coarser than they are: counting those as they stand would be wrong by an amount that nobody knows.
 *
 * @param answers - One for each person: several of one person count as several people.
 * @param area - Top-level node, such as "food".
 * @returns null when no answer counts
 */
export function estimateInterest(answers: Answers, area: string): AreaEstimate | null {
  /** By weight of the truth: seen at each level. */
  const groups = new Map<number, number[]>();
  for (const { claims, noise: { interest: made } } of answers) {
    if (made === undefined || claims.interest === undefined || !made.areas.includes(area) || made.levels !== LEVELS.length) continue;
    const said = claims.interest.find(({ node }) => node === area)?.strength ?? 'none', seen = groups.get(made.truth) ?? LEVELS.map(() => 0);
    seen[LEVELS.indexOf(said)] = (seen[LEVELS.indexOf(said)] ?? 0) + 1;
    groups.set(made.truth, seen);
  }
  if (groups.size === 0) return null;
  const found = sum([...groups].map(([weight, seen]) => unmix(seen, LEVELS.map((_, said) => LEVELS.map((_other, truth) => (said === truth ? weight : 1) / (weight + 2))))));
  const [none, some, strong] = found;
  return none && some && strong ? { answers: [...groups.values()].flat().reduce((all, count) => all + count, 0), none, some, strong } : null;
}

/**
 * How soon the people who may buy something of a node want to, as the numbers would stand without the noise on them: the shares of the discrete Laplace distribution on
 * the ladder, undone by solving for what was there. Only deniable answers that name the node count.
 *
 * Right on average as long as no answer was blurred for its crowd, which says the longest horizon: ask for little.
 *
 * @param answers - One for each person.
 * @param node - As it stands in the answers: a department or a product family.
 * @returns null when no answer counts
 */
export function estimateHorizon(answers: Answers, node: string): HorizonEstimate | null {
  const groups = new Map<string, { readonly ladder: readonly number[]; readonly ratio: number; readonly seen: number[] }>();
  for (const { claims, noise: { intent: made } } of answers) {
    const said = made === undefined ? undefined : claims.intent?.find((one) => one.node === node);
    if (made === undefined || said === undefined || !made.ladder.includes(said.horizon_weeks)) continue;
    const key = JSON.stringify(made), group = groups.get(key) ?? { ...made, seen: made.ladder.map(() => 0) }, at = made.ladder.indexOf(said.horizon_weeks);
    group.seen[at] = (group.seen[at] ?? 0) + 1;
    groups.set(key, group);
  }
  const [first] = groups.values();
  // Ladders that differ cannot be added up.
  const same = [...groups.values()].filter(({ ladder }) => ladder.join() === first?.ladder.join());
  if (first === undefined) return null;
  const found = sum(same.map(({ ladder, ratio, seen }) => unmix(seen, ladder.map((_, said) => ladder.map((_other, truth) => movedTo(said, truth, ladder.length, ratio))))));
  return { answers: same.flatMap(({ seen }) => seen).reduce((all, count) => all + count, 0), horizons: found.map((one, at) => ({ ...one, weeks: first.ladder[at] ?? 0 })) };
}

/** Probability of saying one place for another: ratio^−distance of what there is, and at an end all that would fall off it. */
function movedTo(said: number, truth: number, places: number, ratio: number): number {
  const r = 1 / ratio, inner = ((1 - r) / (1 + r)) * r ** Math.abs(said - truth);
  return said === 0 || said === places - 1 ? inner / (1 - r) : inner;
}

const sum = (parts: readonly (readonly LevelEstimate[])[]): LevelEstimate[] =>
  (parts[0] ?? []).map((_, at) => ({ count: parts.reduce((all, part) => all + (part[at]?.count ?? 0), 0), standardError: Math.sqrt(parts.reduce((all, part) => all + (part[at]?.standardError ?? 0) ** 2, 0)) }));

/** What was there, of what was seen: the inverse of how likely each is said for each, applied to the counts. `mix`: by what is said, then by what is true. */
function unmix(seen: readonly number[], mix: readonly (readonly number[])[]): LevelEstimate[] {
  const inverse = inverted(mix), all = seen.reduce((one, other) => one + other, 0);
  return inverse.map((row) => {
    const count = row.reduce((total, weight, at) => total + weight * (seen[at] ?? 0), 0);
    const spread = row.reduce((total, weight, at) => total + weight ** 2 * ((seen[at] ?? 0) / all), 0) - (count / all) ** 2;
    return { count, standardError: Math.sqrt(Math.max(0, all * spread)) };
  });
}

/** Gauss and Jordan, with the largest pivot; the mixtures here are far from singular. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const rows = matrix.map((row, at) => [...row, ...matrix.map((_, other) => (other === at ? 1 : 0))]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.reduce((best, row, other) => (other >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[best]?.[at] ?? 0) ? other : best), at);
    [rows[at], rows[pivot]] = [rows[pivot] ?? [], rows[at] ?? []];
    const own = rows[at] ?? [], by = own[at] ?? 1;
    rows[at] = own.map((value) => value / by);
    for (let other = 0; other < rows.length; other++) {
      const factor = rows[other]?.[at] ?? 0;
      if (other !== at && factor !== 0) rows[other] = (rows[other] ?? []).map((value, column) => value - factor * (rows[at]?.[column] ?? 0));
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}
