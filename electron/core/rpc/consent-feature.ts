/** Puts consent, anonymizer, tokens and redemption together for one open vault. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import type { balanceView, exposureStep } from '../../../shared/api/exposure.contract.ts';
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
import type { GrantChoices, GrantTerms } from '../consent/decide.ts';
import { claimsNow, fadedBy } from '../consent/fade.ts';
import { historyOf } from '../consent/history.ts';
import type { GrantRecord } from '../consent/types.ts';
import { createTemplateService, type TemplateService } from '../consent/templates.ts';
import { createExposureService, SHIPPED_FLOOR, type ExposureService } from '../exposure/exposure-service.ts';
import type { Emit } from '../platform/emit.ts';
import { onceFor } from '../platform/once-for.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { createRedemptionServer, type RedemptionServer } from '../redemption/redemption-server.ts';
import { createRedemptionService } from '../redemption/redemption-service.ts';
import { createTokenService } from '../tokens/token-service.ts';

export interface ConsentFeatureDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly ports: Pick<CorePorts, 'clock' | 'randomBytes' | 'fetch' | 'log'> & Partial<Pick<CorePorts, 'serveOnUnlock'>>;
  readonly emit: Emit;
  /** Between pieces of long work; omitted means the next turn of the event loop. */
  readonly turn?: () => Promise<void>;
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
  readonly balance: (asked: readonly ScopedClaim[], scope: readonly ScopedClaim[], brands: readonly string[], companyId: string, trying?: Trying) => Balance;
  /** The weight of the truth with which a company is answered already, whatever is chosen beside it; null where it is not. */
  readonly deniable: (companyId: string) => number | null;
  /** What each company can do with all its running permissions say now. Between two companies other work goes on. */
  readonly use: () => Promise<{ readonly companyId: string; readonly usefulness: number | null }[]>;
  /** What would help most against being known, best first. */
  readonly steps: () => Promise<Step[]>;
  /** Gives the permission and, with it, its own smallest crowd for the company, or neither. @throws {AppError} as {@link ConsentService.grant} */
  readonly grant: (requestId: string, choices: GrantChoices, floor?: number) => ReturnType<ConsentService['grant']>;
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
export type Step = z.output<typeof exposureStep>;

const HOUR_MS = 3_600_000;
/** Below this share of what an answer could do for a company it hardly helps. */
const LITTLE_USE = 0.02;
/** Permissions whose use is reckoned while somebody waits, some two thousandths of a second each. */
const RECKONED_AT_ONCE = 8;
const EARLY_MS = 600;
/** Smallest crowds between which the balance is drawn. */
const CURVE = [0, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

export function createConsentFeature(deps: ConsentFeatureDeps): ConsentFeature {
  const { db, audit, ports, deriveKey, lookup } = deps;
  const { clock, randomBytes } = ports, turn = deps.turn ?? (() => nextTurn());
  let version = 0, happened = 0;
  /** Nothing that could change an answer happens without the page being told. */
  const emit: Emit = (topic, payload) => {
    happened += 1;
    deps.emit(topic, payload);
  };
  /** For what takes long over many permissions. */
  const asLongAsNothingHappens = (): string => [version, happened, Math.floor(clock.nowMs() / HOUR_MS)].join('.');
  let cached: { readonly version: number; readonly hour: number; readonly preferences: readonly Preference[] } | null = null;

  const preferences = (): readonly Preference[] => {
    const hour = Math.floor(clock.nowMs() / HOUR_MS);
    if (cached?.version !== version || cached.hour !== hour) cached = { version, hour, preferences: deps.preferences() };
    return cached.preferences;
  };
  const breathing = createBreathingService({ db, audit, clock, emit, lookup });
  const home = (): string | null => preferences().filter(({ claim, origin }) => claim === 'region' && origin !== 'inferred').sort((a, b) => b.lastSeenMs - a.lastSeenMs)[0]?.value.slice(0, 2) ?? null;
  const exposure = createExposureService({ db, audit, emit, lookup, clock, deriveKey, reckoner: deps.reckoner, home });
  const answer = (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string | null, { floor, noise }: Trying = {}): AnsweredClaim[] => {
    // What is said as it is beside what was made deniable would undo it: deniable is the company, not the permission.
    const weight = companyId === null ? null : noise ?? deniable(companyId);
    return anonymize({
      preferences: preferences(), scope, lookup, approvedBrands: brands, hushed: breathing.hushed(), quiet: breathing.quiet(),
      ...(companyId === null ? {} : { crowd: exposure.guard(companyId, floor) }), ...(companyId === null || weight === null ? {} : { noise: exposure.noiseFor(companyId, weight, areas, floor) }),
    });
  };
  const deniable = (companyId: string): number | null => {
    const weights = [consent.noiseOf(companyId), exposure.noiseNow(companyId)].filter((weight) => weight !== null);
    return weights.length === 0 ? null : Math.min(...weights);
  };
  const areas = deps.nodes.filter(({ id, kind, closed }) => kind === 'interest' && !closed && !id.includes('.')).map(({ id }) => id);
  const catalogue = buildCatalogue(deps.nodes);
  const balance: ConsentFeature['balance'] = (asked, scope, brands, companyId, trying = {}) => {
    // Against all that was asked, so that ticking another thing never makes the same answer look worse.
    const trial = createTrial(catalogue, preferences(), asked.map(({ claim }) => claim));
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
  const crowdWith = (companyId: string, { claims, brands, noise }: Pick<GrantTerms, 'claims' | 'brands' | 'noise'>) => {
    const { steps, before } = exposure.crowdOf(companyId, answer(claims, brands, companyId, { noise }));
    return steps.at(-1)?.after ?? before;
  };
  const usefulnessOf = (grant: GrantRecord): number | null =>
    createTrial(catalogue, preferences(), grant.tokenClaims.map(({ claim }) => claim)).usefulness(answer(claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise }));
  // In the app the first screen comes first: what it lists is reckoned once it is there.
  let reckoned = 0, isEarly = ports.serveOnUnlock ?? false;
  if (isEarly) setTimeout(() => { isEarly = false; }, EARLY_MS).unref();
  const unreckoned = new Map<string, GrantRecord>();
  const reckonRest = async (): Promise<void> => {
    let isTold = true;
    if (isEarly) await pause(EARLY_MS, undefined, { ref: false });
    for (let next = await later(); next !== undefined; next = await later()) {
      // Locked meanwhile: nobody is left to tell.
      try { if (isOfLittleUse(next)) isTold = false; } catch { unreckoned.clear(); return; }
      unreckoned.delete(next.grantId);
    }
    // Changes no answer.
    if (!isTold) deps.emit('grants.changed', { grantId: '' });
  };
  const later = async (): Promise<GrantRecord | undefined> => { await turn(); return unreckoned.values().next().value; };
  /** Of one grant, as long as nothing changes. */
  const uses = new Map<string, { readonly key: string; readonly isLittle: boolean }>();
  const isOfLittleUse = (grant: GrantRecord): boolean => {
    const key = [version, grant.version, fadedBy(grant), exposure.version(grant.companyId), Math.floor(clock.nowMs() / HOUR_MS)].join('.');
    const known = uses.get(grant.grantId);
    if (known?.key === key) return known.isLittle;
    // A long list is given at once, and what is not reckoned yet follows.
    if (isEarly || reckoned >= RECKONED_AT_ONCE) {
      unreckoned.set(grant.grantId, grant);
      if (unreckoned.size === 1) void reckonRest();
      return known?.isLittle ?? false;
    }
    if (reckoned++ === 0) setImmediate(() => { reckoned = 0; });
    const useful = usefulnessOf(grant), isLittle = useful !== null && useful < LITTLE_USE;
    uses.set(grant.grantId, { key, isLittle });
    return isLittle;
  };
  const consent: ConsentService = createConsentService({ db, audit, clock, randomBytes, fetch: ports.fetch, deriveKey, tokens, countKnown, crowdWith, isOfLittleUse, emit });
  const grantWith: ConsentFeature['grant'] = (requestId, choices, floor) => {
    const { companyId } = consent.request(requestId).company;
    if (floor === undefined || floor === exposure.floorOf(companyId)) return consent.grant(requestId, choices);
    try {
      return db.transaction(() => {
        exposure.setFloor(companyId, floor);
        return consent.grant(requestId, choices);
      });
    } catch (error) {
      exposure.forgetFloors();
      throw error;
    }
  };
  /** What every running permission would say with its next answer; between two of them other work goes on. */
  const saidNext = onceFor(asLongAsNothingHappens, async () => {
    const found: { grant: GrantRecord; said: AnsweredClaim[] }[] = [];
    for (const { grantId, state } of consent.grants()) {
      if (state !== 'active') continue;
      const grant = consent.grantRecord(grantId);
      found.push({ grant, said: answer(claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise }) });
      await turn();
    }
    return found;
  });
  const use: ConsentFeature['use'] = onceFor(asLongAsNothingHappens, async () => {
    const found: { companyId: string; usefulness: number | null }[] = [];
    for (const [companyId, own] of Map.groupBy(await saidNext(), ({ grant }) => grant.companyId)) {
      const trial = createTrial(catalogue, preferences(), own.flatMap(({ grant }) => grant.tokenClaims.map(({ claim }) => claim)));
      // Of several permissions the best, not all of them together: a claim has one value in an answer.
      const each = own.flatMap(({ said }) => trial.usefulness(said) ?? []);
      found.push({ companyId, usefulness: each.length === 0 ? null : Math.max(...each) });
      await turn();
    }
    return found;
  });
  const steps = onceFor(asLongAsNothingHappens, async (): Promise<Step[]> => {
    const next = await saidNext(), all: (readonly AnsweredClaim[])[] = next.map(({ said }) => said), known = exposure.toldToAnyone(), now = exposure.pooledWith(all, known).fewest;
    const tried: Step[] = [];
    const tryOut = (kind: Step['kind'], grant: GrantRecord, at: number, said: readonly AnsweredClaim[]): void => {
      const { fewest } = exposure.pooledWith(all.with(at, said), known);
      if (fewest > now) tried.push({ kind, companyId: grant.companyId, name: grant.companyName, grantId: grant.grantId, before: now, after: fewest });
    };
    for (const [at, { grant }] of next.entries()) {
      await turn();
      tryOut('end', grant, at, []);
      if (claimsNow(grant).some(({ precision }) => precision > 1)) tryOut('coarser', grant, at, answer(claimsNow(grant).map(({ claim }) => ({ claim, precision: 1 })), grant.brands, grant.companyId, { noise: grant.noise }));
      if (exposure.floorOf(grant.companyId) < SHIPPED_FLOOR) tryOut('floor', grant, at, answer(claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise, floor: SHIPPED_FLOOR }));
    }
    // The mildest first among those that come to the same.
    const mild: readonly Step['kind'][] = ['floor', 'coarser', 'end'];
    return tried.sort((a, b) => b.after - a.after || mild.indexOf(a.kind) - mild.indexOf(b.kind));
  });
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
  return Object.freeze({ consent, breathing, exposure, templates, answer, balance, deniable, use, steps, grant: grantWith, receipt, server, profileChanged() { version += 1; } });
}
