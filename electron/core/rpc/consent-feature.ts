/** Puts consent, anonymizer, tokens and redemption together for one open vault. */
import type { z } from 'zod';
import type { balanceView } from '../../../shared/api/exposure.contract.ts';
import type { Preference } from '../../../shared/domain/preference.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_RECEIPT_ENTRIES, type ReceiptDocument } from '../../../shared/protocol/receipt.ts';
import type { ScopedClaim } from '../../../shared/protocol/schemas.ts';
import { DEFAULT_PORT } from '../../../shared/protocol/names.ts';
import { anonymize, type AnsweredClaim } from '../anonymizer/anonymize.ts';
import { buildCatalogue, createTrial, type CatalogueNode } from '../anonymizer/balance.ts';
import type { TaxonomyLookup } from '../anonymizer/coarsen.ts';
import type { CrowdReckoner } from '../anonymizer/crowd.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { createBreathingService, type BreathingService } from '../consent/breathing-service.ts';
import { createConsentService, type ConsentService } from '../consent/consent-service.ts';
import { historyOf } from '../consent/history.ts';
import { createTemplateService, type TemplateService } from '../consent/templates.ts';
import { createExposureService, type ExposureService } from '../exposure/exposure-service.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { createRedemptionServer, type RedemptionServer } from '../redemption/redemption-server.ts';
import { createRedemptionService } from '../redemption/redemption-service.ts';
import { createTokenService } from '../tokens/token-service.ts';

export interface ConsentFeatureDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly ports: Pick<CorePorts, 'clock' | 'randomBytes' | 'fetch' | 'log'>;
  readonly emit: Emit;
  /** 32 bytes for one purpose, from the vault's master key. */
  readonly deriveKey: (purpose: string) => Buffer;
  /** Everything the vault believes now. Asked again after {@link ConsentFeature.profileChanged} and once an hour. */
  readonly preferences: () => readonly Preference[];
  readonly lookup: TaxonomyLookup;
  /** All of the taxonomy, for the catalogue that answers are tried on. */
  readonly nodes: readonly CatalogueNode[];
  readonly reckoner: CrowdReckoner;
  /** What tokens name as the address of the API; the same for every vault unless a test says otherwise. */
  readonly endpointBase?: string;
}

export interface ConsentFeature {
  readonly consent: ConsentService;
  readonly breathing: BreathingService;
  readonly exposure: ExposureService;
  readonly templates: TemplateService;
  /** The exact claims a scope would give one company right now; without a company, what could be said before anybody asks how many people share it. */
  readonly answer: (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string | null, trying?: Trying) => readonly AnsweredClaim[];
  /** What a scope is worth to a company, as a whole, claim by claim, and for one smallest crowd after another. */
  readonly balance: (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string, trying?: Trying) => Balance;
  /**
   * What this company may be given of the log, as one file. Without `grantId`: under the name of the newest permission.
   *
   * @throws {AppError} ERR_COMPANY_UNKNOWN, ERR_GRANT_UNKNOWN, ERR_RECEIPT_EMPTY
   */
  receipt(companyId: string, grantId?: string): ReceiptDocument;
  readonly server: RedemptionServer;
  /** Call after every change of the profile, in the same turn: the very next answer must know it. */
  profileChanged(): void;
}

/** `floor`: smallest crowd instead of the one that holds, to see what it would do. `noise`: weight of the truth, of answers made deniable. */
export interface Trying { readonly floor?: number | undefined; readonly noise?: number | null | undefined }
export type Balance = z.output<typeof balanceView>;

const HOUR_MS = 3_600_000;
/** Smallest crowds between which the balance is drawn. */
const CURVE = [0, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

export function createConsentFeature(deps: ConsentFeatureDeps): ConsentFeature {
  const { db, audit, ports, emit, deriveKey, lookup } = deps;
  const { clock, randomBytes } = ports;
  let version = 0;
  let cached: { readonly version: number; readonly hour: number; readonly preferences: readonly Preference[] } | null = null;

  const preferences = (): readonly Preference[] => {
    const hour = Math.floor(clock.nowMs() / HOUR_MS);
    if (cached?.version !== version || cached.hour !== hour) cached = { version, hour, preferences: deps.preferences() };
    return cached.preferences;
  };
  const breathing = createBreathingService({ db, audit, clock, emit, lookup });
  const home = (): string | null => preferences().filter(({ claim, origin }) => claim === 'region' && origin !== 'inferred').sort((a, b) => b.lastSeenMs - a.lastSeenMs)[0]?.value.slice(0, 2) ?? null;
  const exposure = createExposureService({ db, audit, emit, lookup, clock, deriveKey, reckoner: deps.reckoner, home });
  const answer = (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string | null, { floor, noise }: Trying = {}): AnsweredClaim[] =>
    anonymize({
      preferences: preferences(), scope, lookup, approvedBrands: brands, hushed: breathing.hushed(),
      ...(companyId === null ? {} : { crowd: exposure.guard(companyId, floor) }), ...(companyId === null || noise == null ? {} : { noise: exposure.noiseFor(companyId, noise, areas, floor) }),
    });
  const areas = deps.nodes.filter(({ id, kind, closed }) => kind === 'interest' && !closed && !id.includes('.')).map(({ id }) => id);
  const catalogue = buildCatalogue(deps.nodes);
  const balance = (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string, trying: Trying = {}): Balance => {
    const trial = createTrial(catalogue, preferences(), scope.map(({ claim }) => claim));
    const usefulness = trial.usefulness(answer(scope, brands, companyId, trying));
    return {
      usefulness,
      worth: scope.map(({ claim }) => {
        const without = usefulness === null ? null : trial.usefulness(answer(scope.filter((other) => other.claim !== claim), brands, companyId, trying));
        return { claim, adds: usefulness === null || without === null ? null : usefulness - without };
      }),
      curve: CURVE.map((floor) => {
        const said = answer(scope, brands, companyId, { ...trying, floor }), { steps, before } = exposure.crowdOf(companyId, said, floor);
        return { floor, crowd: steps.at(-1)?.after ?? before, usefulness: trial.usefulness(said) };
      }),
    };
  };
  /** A list of requests asks for the same few counts over and over. */
  let counted: { readonly of: readonly Preference[]; readonly hushed: string; readonly counts: Map<string, number> } = { of: [], hushed: '', counts: new Map() };
  const countKnown = (scope: readonly ScopedClaim[]): number[] => {
    const known = preferences(), hushed = breathing.hushed().join(' ');
    if (counted.of !== known || counted.hushed !== hushed) counted = { of: known, hushed, counts: new Map() };
    const { counts } = counted;
    return scope.map((scoped) => {
      const key = `${scoped.claim}:${scoped.precision}`;
      const before = counts.get(key);
      if (before !== undefined) return before;
      const count = answer([scoped], [], null).reduce((sum, { value, withheld }) => sum + (Array.isArray(value) ? value.length : value === null ? 0 : 1) + withheld.reduce((held, { reason, count: n }) => held + (reason === 'not-approved' ? n : 0), 0), 0);
      counts.set(key, count);
      return count;
    });
  };

  const tokens = createTokenService({ db, clock, randomBytes, deriveKey, endpointBase: deps.endpointBase ?? `http://127.0.0.1:${DEFAULT_PORT}` });
  const consent = createConsentService({ db, audit, clock, randomBytes, fetch: ports.fetch, deriveKey, tokens, countKnown, emit });
  const templates = createTemplateService({ db, newId: (prefix) => `${prefix}_${randomBytes(9).toString('base64url')}` });
  const service = createRedemptionService({ db, audit, clock, randomBytes, consent, breathing, exposure, tokens, answer, profileVersion: () => version });
  const server = createRedemptionServer({ service, onUnexpected: (error) => { ports.log(`redemption: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); } });
  const receipt = (companyId: string, grantId?: string): ReceiptDocument => {
    if (!consent.companies().some(({ company }) => company.companyId === companyId)) throw new AppError('ERR_COMPANY_UNKNOWN', 'This vault knows no such company.');
    const newest = grantId ?? consent.grants().find((grant) => grant.company.companyId === companyId)?.grantId;
    const grant = newest === undefined ? null : consent.grantRecord(newest);
    if (grant !== null && grant.companyId !== companyId) throw new AppError('ERR_GRANT_UNKNOWN', 'That permission belongs to another company.');
    const history = grant === null ? null : audit.history(historyOf(grant), MAX_RECEIPT_ENTRIES);
    const made = grant !== null && history !== null ? tokens.issueReceipt(grant, history) : null;
    if (made === null || made.entries.length === 0) throw new AppError('ERR_RECEIPT_EMPTY', 'The log holds nothing that could be proven to this company. Nothing was written.');
    return made;
  };
  return Object.freeze({ consent, breathing, exposure, templates, answer, balance, receipt, server, profileChanged() { version += 1; } });
}
