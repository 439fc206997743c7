/** What companies know by now, how many people share it, and the floor under that crowd. */
import type { z } from 'zod';
import type { crowdOfAnswer, exposureView } from '../../../shared/api/exposure.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AnsweredClaim } from '../anonymizer/anonymize.ts';
import { factsOf, type Crowd, type CrowdReckoner, type Fact } from '../anonymizer/crowd.ts';
import type { TaxonomyLookup } from '../anonymizer/coarsen.ts';
import { wordsFor } from '../anonymizer/words.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { closenessOf } from './closeness.ts';
import { addTold, isCompany, listFloors, listNames, listTold, listToldTo, listUse, setFloor, type ToldRow } from './exposure-repository.ts';

export type ExposureView = z.output<typeof exposureView>;
export type CrowdOfAnswer = z.output<typeof crowdOfAnswer>;
type Answer = readonly Pick<AnsweredClaim, 'claim' | 'value'>[];

export interface ExposureService {
  view(): ExposureView;
  /** Audited as `exposure.floor`. @throws {AppError} ERR_COMPANY_UNKNOWN */
  setFloor(companyId: string | null, floor: number | null): ExposureView;
  /** Whether an answer, together with all this company was ever told, is shared by enough people; an answer that tells it nothing new always is. */
  guard(companyId: string, floor?: number): (answer: Answer) => boolean;
  /** `floor`: instead of the one that holds, to see what it would do. */
  crowdOf(companyId: string, answer: Answer, floor?: number): CrowdOfAnswer;
  /** Changes whenever {@link guard} could decide otherwise. */
  version(companyId: string): string;
  /** For the redemption feature, inside its transaction: this is told now. */
  noteTold(audience: Audience, claims: Answer, nowMs: number): void;
}

/** People who must share what a company knows, unless the person says otherwise. */
const SHIPPED_FLOOR = 1_000;
const EVERY_COMPANY = '';
const DAY_MS = 86_400_000;
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
/** Days of the history that are shown. */
const MOST_DAYS = 60;

interface Audience { readonly recipientId: string; readonly companyId: string }

export interface ExposureDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly emit: Emit;
  readonly lookup: TaxonomyLookup;
  readonly reckoner: CrowdReckoner;
  /** ISO country the person said they live in; null when they did not. */
  readonly home: () => string | null;
  readonly clock: Clock;
}

export function createExposureService({ db, audit, emit, lookup, reckoner, home, clock }: ExposureDeps): ExposureService {
  /** Of each company; '' for what is the same for all. */
  const versions = new Map<string, number>();
  const changed = (companyId: string): void => {
    versions.set(companyId, (versions.get(companyId) ?? 0) + 1);
    emit('exposure.changed', {});
  };
  // Read once: nobody else writes them. What a transaction that came to nothing had added stays known too much, never too little.
  const told = new Map<string, readonly Fact[]>();
  let floors: Map<string, number> | null = null;
  const floorsNow = (): Map<string, number> => (floors ??= listFloors(db));
  const floorOf = (companyId: string): number => floorsNow().get(companyId) ?? floorsNow().get(EVERY_COMPANY) ?? SHIPPED_FLOOR;
  const facts = (claims: Answer): Fact[] => claims.flatMap(({ claim, value }) => (value === null ? [] : factsOf(claim, value)));
  const read = ({ claim, value, first_ms: firstMs }: ToldRow) => ({ claim, value: JSON.parse(value) as NonNullable<AnsweredClaim['value']>, firstMs });
  const toldTo = (companyId: string): readonly Fact[] => {
    const before = told.get(companyId);
    if (before !== undefined) return before;
    const known = facts(listToldTo(db, companyId).map(read));
    told.set(companyId, known);
    return known;
  };
  const toldToAnyone = (): Fact[] => facts(listTold(db).map(read));
  const crowd = (known: Iterable<Fact>): Crowd => reckoner.crowd(known, home());
  // A sum of fractions may lie a hair below the whole number it is.
  const whole = ({ fewest, most }: Crowd): Crowd => ({ fewest: Math.floor(fewest + 1e-6), most: Math.floor(most + 1e-6) });

  const view = (): ExposureView => {
    const all = listTold(db), use = listUse(db), nowMs = clock.nowMs();
    const days = [...new Set(all.map((row) => dayOf(row.first_ms)))].slice(-MOST_DAYS);
    return {
      floor: floorOf(EVERY_COMPANY), home: home(), everybody: whole(crowd([])), pooled: whole(crowd(facts(all.map(read)))),
      history: days.map((day) => ({ atMs: (day + 1) * DAY_MS - 1, crowd: whole(crowd(facts(all.filter((row) => dayOf(row.first_ms) <= day).map(read)))) })),
      companies: [...listNames(db)].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([companyId, name]) => {
        const own = all.filter((row) => row.company_id === companyId).map(read), known = whole(crowd(facts(own))), { answers, sinceMs } = use.get(companyId) ?? { answers: 0, sinceMs: null };
        return { companyId, name, floor: floorsNow().get(companyId) ?? null, crowd: known, answers, sinceMs, closeness: closenessOf({ fewest: known.fewest, told: own.length > 0, answers, sinceMs }, nowMs), told: own.map(({ claim, value, firstMs }) => ({ claim, words: wordsFor(claim, value, lookup), firstMs })) };
      }),
    };
  };

  return Object.freeze({
    view,
    setFloor(companyId: string | null, floor: number | null) {
      if (companyId !== null && !isCompany(db, companyId)) throw new AppError('ERR_COMPANY_UNKNOWN', 'This vault knows no such company. Nothing was changed.');
      const now = floor ?? (companyId === null ? SHIPPED_FLOOR : floorOf(EVERY_COMPANY));
      db.transaction(() => {
        setFloor(db, companyId ?? EVERY_COMPANY, floor);
        audit.append({ type: 'exposure.floor', ...(companyId === null ? {} : { companyId, companyName: listNames(db).get(companyId) ?? companyId }), counts: { floor: now } });
      });
      floors = null;
      changed(EVERY_COMPANY);
      return view();
    },
    guard(companyId: string, floor = floorOf(companyId)) {
      const known = toldTo(companyId);
      const enough = Math.min(floor, crowd(known).fewest);
      return (answer: Answer) => enough === 0 || crowd([...known, ...facts(answer)]).fewest >= enough;
    },
    crowdOf(companyId: string, answer: Answer, floor = floorOf(companyId)) {
      const known = toldTo(companyId);
      return {
        floor, everybody: whole(crowd([])), before: whole(crowd(known)),
        steps: answer.map(({ claim }, at) => ({ claim, after: whole(crowd([...known, ...facts(answer.slice(0, at + 1))])) })),
        pooled: whole(crowd([...toldToAnyone(), ...facts(answer)])),
      };
    },
    version: (companyId: string) => `${versions.get(EVERY_COMPANY) ?? 0}.${versions.get(companyId) ?? 0}`,
    noteTold({ recipientId, companyId }: Audience, claims: Answer, nowMs: number) {
      let news = false;
      for (const { claim, value } of claims) news = addTold(db, recipientId, claim, JSON.stringify(value), nowMs) || news;
      if (!news) return;
      told.delete(companyId);
      changed(companyId);
    },
  } satisfies ExposureService);
}
