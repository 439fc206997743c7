/** What anonymizing costs: the crowd of many companies at once, and one answer with and without a floor. Peer: the same product of shares, without any of the rules. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymize, type AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import { buildCatalogue, createTrial } from '../../electron/core/anonymizer/balance.ts';
import { factsOf, type Fact } from '../../electron/core/anonymizer/crowd.ts';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { createExposureService } from '../../electron/core/exposure/exposure-service.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
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

export interface AnonymizerBench { readonly crowdsMs: number; readonly plainMs: number; readonly plainAnswerUs: number; readonly answerUs: number; readonly balanceMs: number;
  /** Through the service and its database: the whole page of 200 companies, budgets of all of them, one answer that is made deniable and told for the first time, and one told again. */
  readonly viewMs: number; readonly budgetsMs: number; readonly deniableUs: number; readonly toldUs: number }

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
    ...benchService(reckoner, (crowd, noise) => anonymize({ preferences, scope: SCOPE, lookup: (id) => taxonomy.get(id), approvedBrands: [], crowd, ...(noise ? { noise } : {}) }), (id) => taxonomy.get(id), taxonomy.nodes.filter(({ id, kind, closed }) => kind === 'interest' && !closed && !id.includes('.')).map(({ id }) => id)),
    crowdsMs: timed(50, () => { for (const one of told) reckoner.crowd(one, 'DE'); reckoner.crowd(flat, 'DE'); }),
    plainMs: timed(50, () => told.map((one) => one.reduce((product) => product * 0.05, 1))),
    plainAnswerUs: timed(200, () => answer()) * 1_000,
    answerUs: timed(200, () => answer((candidate) => reckoner.crowd(facts(candidate), 'DE').fewest >= 1_000)) * 1_000,
    balanceMs: timed(20, () => createTrial(catalogue, preferences, SCOPE.map(({ claim }) => claim)).usefulness(said)),
  };
}

type Service = ReturnType<typeof createExposureService>;
type Making = (crowd: ReturnType<Service['guard']>, noise: ReturnType<Service['noiseFor']> | null) => AnsweredClaim[];

function benchService(reckoner: ReturnType<typeof loadCrowdReckoner>, make: Making, lookup: Parameters<typeof createExposureService>[0]['lookup'], areas: readonly string[]): Pick<AnonymizerBench, 'viewMs' | 'budgetsMs' | 'deniableUs' | 'toldUs'> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-')), db = openDatabase(join(folder, 'vault.db'), randomBytes(32));
  try {
    migrate(db, MIGRATIONS, { nowMs: 0 });
    const clock = { nowMs: () => Date.now() }, key = randomBytes(32);
    const service = createExposureService({ db, audit: createAuditLog({ db, key, clock, randomBytes }), clock, lookup, reckoner, emit: () => undefined, deriveKey: () => key, home: () => 'DE' });
    const companies = Array.from({ length: 2 * GRANTS }, (_, i) => `https://shop${i}.example`);
    for (const id of companies) db.command("INSERT INTO companies (recipient_id, company_id, document_key, document, identity, first_seen_ms) VALUES (?, ?, '', '{\"name\":\"Shop\"}', 'unverified', 0)").run(id, id);
    const tell = (companyId: string, isDeniable: boolean): void => {
      const said = make(service.guard(companyId), isDeniable ? service.noiseFor(companyId, 18, areas) : null);
      db.transaction(() => { service.noteTold({ recipientId: companyId, companyId }, said, clock.nowMs()); });
    };
    const each = (act: (companyId: string) => void, of: readonly string[]): number => median(of.map((id) => { const from = performance.now(); act(id); return performance.now() - from; }));
    for (const id of companies.slice(0, GRANTS)) tell(id, false);
    const some = companies.slice(0, GRANTS);
    // The budget is spent on some twenty; then how that is found out is what counts.
    const deniableUs = each((id) => { tell(id, true); }, companies.slice(GRANTS)) * 1_000;
    db.command('DELETE FROM told WHERE recipient_id NOT IN (SELECT value FROM json_each(?))').run(JSON.stringify(some));
    return { viewMs: timed(20, () => service.view()), budgetsMs: timed(20, () => some.map((id) => service.budget(id))) / GRANTS, deniableUs, toldUs: each((id) => { tell(id, false); }, some) * 1_000 };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
