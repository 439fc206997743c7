/** How right conclusions are: precision and recall of matches, and whether confidence means what it says. Pure. */
import type { Match } from '../../electron/core/enrichment/matcher.ts';
import type { RuleName } from '../../electron/core/enrichment/rules.ts';
import type { Taxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { FACETS, type Row } from './labelled.ts';

/** A match this weak is a hint, not a statement. */
const SAID_FROM = 0.5;

export interface Judged {
  readonly row: Row;
  /** Statements about the judged facet, and how many of them are right exactly, or at least nearly: above, below or beside what is right. */
  readonly said: number; readonly exact: number; readonly near: number;
  /** What should be found, and was. Null where finding nothing is right. */
  readonly found: 'exact' | 'near' | 'missed' | null;
  /** Whether it was taken for something closed. */
  readonly sealed: boolean;
}

export function judge(row: Row, matches: readonly Match[], taxonomy: Taxonomy): Judged {
  const strong = matches.filter(({ weight }) => weight >= SAID_FROM);
  // Whatever is closed hides all else, however weakly it is said.
  const sealed = matches.some(({ target }) => taxonomy.get(target)?.closed === true);
  const said = sealed ? [] : [...new Set(strong.map(({ target }) => target))].filter((target) => taxonomy.get(target)?.kind === FACETS[row.kind]);
  const isExact = (target: string): boolean => row.labels.some((label) => taxonomy.isWithin(target, label));
  const isNear = (target: string): boolean => row.labels.some((label) => taxonomy.isWithin(target, label) || taxonomy.isWithin(label, target) || beside(target, label, taxonomy));
  const exact = said.filter(isExact).length, near = said.filter(isNear).length;
  const wants = row.labels.length > 0 && !row.nothing && !(row.closed && sealed);
  return { row, said: said.length, exact, near, sealed, found: wants ? (exact > 0 ? 'exact' : near > 0 ? 'near' : 'missed') : null };
}

/** Two kinds of the same: rock and rock, but not music and music. */
function beside(a: string, b: string, taxonomy: Taxonomy): boolean {
  const parent = taxonomy.get(a)?.parent ?? null;
  return parent !== null && (taxonomy.get(parent)?.level ?? 0) > 1 && parent === taxonomy.get(b)?.parent;
}

export interface Scores {
  readonly rows: number;
  /** Of what was said, and of what should be found: exactly, and nearly. NaN where there is nothing. */
  readonly precision: number; readonly nearPrecision: number; readonly recall: number; readonly nearRecall: number;
  /** Closed rows that were sealed, of those that only can be; and open rows that were sealed by mistake. */
  readonly closedRows: number; readonly closedFound: number; readonly falselySealed: number;
}

export function score(judged: readonly Judged[]): Scores {
  const sum = (of: (one: Judged) => number): number => judged.reduce((total, one) => total + of(one), 0);
  const said = sum((one) => one.said), wanted = judged.filter(({ found }) => found !== null);
  const closed = judged.filter(({ row }) => row.closed && row.labels.length === 0 && !row.nothing);
  return {
    rows: judged.length, precision: sum((one) => one.exact) / said, nearPrecision: sum((one) => one.near) / said,
    recall: wanted.filter(({ found }) => found === 'exact').length / wanted.length, nearRecall: wanted.filter(({ found }) => found !== 'missed').length / wanted.length,
    closedRows: closed.length, closedFound: closed.filter(({ sealed }) => sealed).length, falselySealed: judged.filter(({ row, sealed }) => sealed && !row.closed).length,
  };
}

/** Of the judged kind of statement, how many each rule made, and how many are right: the label, or above or below it. What is said of closed things is not counted. */
export function countRules(all: readonly { readonly row: Row; readonly matches: readonly Match[] }[], taxonomy: Taxonomy): ReadonlyMap<RuleName, { right: number; of: number }> {
  const counts = new Map<RuleName, { right: number; of: number }>();
  for (const { row, matches } of all) {
    for (const { target, rule } of matches) {
      const node = taxonomy.get(target);
      if (node?.kind !== FACETS[row.kind] || node.closed) continue;
      const count = counts.get(rule) ?? { right: 0, of: 0 };
      counts.set(rule, { right: count.right + (row.labels.some((label) => taxonomy.isWithin(target, label) || taxonomy.isWithin(label, target)) ? 1 : 0), of: count.of + 1 });
    }
  }
  return counts;
}

export interface Bin { readonly from: number; readonly count: number; /** What was said on average, and what came true. NaN where the bin is empty. */ readonly confidence: number; readonly right: number }

/** A reliability table of ten bins, and the expected calibration error: how far said and true lie apart, weighted by how often it was said. */
export function reliability(said: readonly { readonly confidence: number; readonly right: boolean }[]): { readonly bins: readonly Bin[]; readonly error: number } {
  const bins = Array.from({ length: 10 }, (_, i): Bin => {
    const inside = said.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === i);
    return { from: i / 10, count: inside.length, confidence: inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length, right: inside.filter(({ right }) => right).length / inside.length };
  });
  return { bins, error: bins.reduce((sum, { count, confidence, right }) => (count === 0 ? sum : sum + (count / said.length) * Math.abs(confidence - right)), 0) };
}

const BAR = 50;
/** The table as text: a bar for each bin as long as what came true, and a mark at what was said. Where both are equal the bar ends at the mark. */
export const drawn = (bins: readonly Bin[]): string[] => bins.filter(({ count }) => count > 0).map(({ from, count, confidence, right }) => {
  const mark = Math.round(confidence * BAR);
  const bar = Array.from({ length: BAR + 1 }, (_, at) => (at === mark ? '│' : at < Math.round(right * BAR) ? '█' : '·')).join('');
  return `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}  said ${confidence.toFixed(2)}  ${bar}  ${right.toFixed(2)} came true  (${count})`;
});
