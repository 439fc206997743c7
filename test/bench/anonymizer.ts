/** What anonymizing costs: the crowd of many companies at once, and one answer with and without a floor. Peer: the same product of shares, without any of the rules. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { anonymize, type AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import { buildCatalogue, createTrial } from '../../electron/core/anonymizer/balance.ts';
import { factsOf, type Fact } from '../../electron/core/anonymizer/crowd.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import type { Preference } from '../../shared/domain/preference.ts';

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');
const NODES = 400;
const GRANTS = 200;
const SCOPE = [{ claim: 'interest', precision: 3 }, { claim: 'genre', precision: 2 }, { claim: 'price_band', precision: 1 }, { claim: 'age', precision: 4 }, { claim: 'region', precision: 3 }] as const;

const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
function timed(rounds: number, act: () => unknown): number {
  for (let i = 0; i < rounds / 5; i++) act();
  return median(Array.from({ length: rounds }, () => {
    const from = performance.now();
    act();
    return performance.now() - from;
  }));
}

export interface AnonymizerBench { readonly crowdsMs: number; readonly plainMs: number; readonly plainAnswerUs: number; readonly answerUs: number; readonly balanceMs: number }

/** A profile of 400 nodes, 200 companies that were each told an answer of it. */
export function benchAnonymizer(): AnonymizerBench {
  const taxonomy = loadTaxonomy(RESOURCES), reckoner = loadCrowdReckoner(RESOURCES);
  const random = (): number => randomBytes(4).readUInt32LE() / 2 ** 32;
  const preference = (claim: Preference['claim'], value: string, strength: number): Preference =>
    ({ id: `${claim}${value}`, claim, value, label: value, path: [], iab: null, strength, confidence: 0.9, origin: 'inferred', manner: null, sensitive: false, evidence: 3, horizonWeeks: null, lastSeenMs: 0 });
  const preferences = [
    ...taxonomy.nodes.filter(({ kind, closed }) => kind !== 'department' && !closed).slice(0, NODES - 20).map(({ id, kind }) => preference(kind === 'genre' ? 'genre' : 'interest', id, 0.2 + 0.8 * random())),
    ...taxonomy.nodes.filter(({ kind, closed, level }) => kind === 'department' && !closed && level === 1).slice(0, 18).map(({ id }) => preference('price_band', `${id}:middle`, random())),
    { ...preference('age', '30-34', 1), origin: 'declared' as const }, { ...preference('region', 'DE-BY', 1), origin: 'declared' as const },
  ];
  const answer = (crowd?: (said: readonly AnsweredClaim[]) => boolean): AnsweredClaim[] => anonymize({ preferences, scope: SCOPE, lookup: (id) => taxonomy.get(id), approvedBrands: [], ...(crowd ? { crowd } : {}) });
  const facts = (said: readonly AnsweredClaim[]): Fact[] => said.flatMap(({ claim, value }) => (value === null ? [] : factsOf(claim, value)));
  const told = Array.from({ length: GRANTS }, () => facts(answer()));
  const flat = told.flat();
  const catalogue = buildCatalogue(taxonomy.nodes), said = answer();
  return {
    crowdsMs: timed(50, () => { for (const one of told) reckoner.crowd(one, 'DE'); reckoner.crowd(flat, 'DE'); }),
    plainMs: timed(50, () => told.map((one) => one.reduce((product) => product * 0.05, 1))),
    plainAnswerUs: timed(200, () => answer()) * 1_000,
    answerUs: timed(200, () => answer((candidate) => reckoner.crowd(facts(candidate), 'DE').fewest >= 1_000)) * 1_000,
    balanceMs: timed(20, () => createTrial(catalogue, preferences, SCOPE.map(({ claim }) => claim)).usefulness(said)),
  };
}
