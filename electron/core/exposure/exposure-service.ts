/** What companies know by now, how many people share it, and the floor under that crowd. */
import type { AnswerValues } from '../../../shared/protocol/schemas.ts';
import type { z } from 'zod';
import type { crowdOfAnswer, exposureView, noiseBudget } from '../../../shared/api/exposure.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AnonymizeInput, AnsweredClaim, Noise } from '../anonymizer/anonymize.ts';
import { factsOf, isImplied, madeUpFact, type Crowd, type CrowdReckoner, type Fact } from '../anonymizer/crowd.ts';
import type { TaxonomyLookup } from '../anonymizer/coarsen.ts';
import { wordsFor } from '../anonymizer/words.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { closenessOf, type Closeness } from './closeness.ts';
import { affords, BUDGET, NUMBER_WEIGHT, spentOf } from './noise-budget.ts';
import { createDraw, discreteLaplace, LEVELS, NOISE_WEIGHTS, type Level } from '../anonymizer/noise.ts';
import { addHome, addSpent, addTold, isCompany, listFloors, listHomes, listNames, listSpent, listTold, listToldTo, listUse, setFloor, type SpentRow, type ToldRow } from './exposure-repository.ts';

export type ExposureView = z.output<typeof exposureView>;
export type CrowdOfAnswer = z.output<typeof crowdOfAnswer>;
type Answer = readonly (Pick<AnsweredClaim, 'claim' | 'value'> & Partial<Pick<AnsweredClaim, 'noise'>>)[];
export type Budget = z.output<typeof noiseBudget>;

export interface ExposureService {
  view(): ExposureView;
  /** Audited as `exposure.floor`. @throws {AppError} ERR_COMPANY_UNKNOWN */
  setFloor(companyId: string | null, floor: number | null): ExposureView;
  /** After a change of a floor that came to nothing. */
  forgetFloors(): void;
  /** How interests are made deniable for a company now: the same answers for as long as the epoch lasts. */
  noiseFor(companyId: string, weight: number, areas: readonly string[], floor?: number): NonNullable<AnonymizeInput['noise']>;
  /** The least weight with which a company was told deniably in this epoch; null when it was not. Until the epoch ends nothing may be said beside it as it is: that would undo it. */
  noiseNow(companyId: string): number | null;
  /** ε spent so far. */
  budget(companyId: string): Budget;
  /** Whether an answer, together with all this company was ever told, is shared by enough people; an answer that tells it nothing new always is. */
  guard(companyId: string, floor?: number): (answer: Answer) => boolean;
  /** `floor`: instead of the one that holds, to see what it would do. */
  crowdOf(companyId: string, answer: Answer, floor?: number): CrowdOfAnswer;
  /** How many people must share what a company knows. */
  floorOf(companyId: string): number;
  /** Of everything told to anybody with these answers beside it, if all companies pooled. */
  pooledWith(answers: readonly Answer[], known?: readonly Fact[]): Crowd;
  /** All of it, for {@link pooledWith} called often. */
  toldToAnyone(): readonly Fact[];
  /** How close a company would be with this answer. */
  closenessWith(companyId: string, answer: Answer): Closeness;
  /** Changes whenever {@link guard} could decide otherwise. */
  version(companyId: string): string;
  /** For the redemption feature, inside its transaction: this is told now. */
  noteTold(audience: Audience, claims: Answer, nowMs: number): void;
}

/** People who must share what a company knows, unless the person says otherwise. */
export const SHIPPED_FLOOR = 1_000;
const EVERY_COMPANY = '';
/** Before the node of a number that was made deniable. */
const NUMBER = 'intent|';
/** Of what is fixed for the epoch without a draw: it costs nothing. */
const UNMOVED_WEIGHT = 1;
const DAY_MS = 86_400_000;
/** Areas a company is told deniably in one epoch, at most. */
const MOST_AREAS = 6;
/** What was said as it is. */
const exactly = (rows: readonly ToldRow[]): readonly ToldRow[] => rows.filter((row) => row.noise_epoch === null);
/** As long as a pseudonym. */
const EPOCH_MS = 90 * DAY_MS;
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
/** The day on which a company was first told deniably in the epoch of a draw; of what was said again in a later one, that epoch's first day. */
const drawnOn = ({ company_id: companyId, epoch }: SpentRow, told: readonly ToldRow[]): number => {
  const own = told.filter((row) => row.company_id === companyId && row.noise_epoch !== null && Math.floor(row.first_ms / EPOCH_MS) <= epoch && row.noise_epoch >= epoch);
  return Math.min(...own.map((row) => dayOf(Math.max(row.first_ms, epoch * EPOCH_MS))), dayOf((epoch + 1) * EPOCH_MS));
};
/** Days of the history that are shown. */
const MOST_DAYS = 60, MOST_DAYS_OF_ONE = 20;
/** Values whose facts are kept read. */
const MOST_VALUES = 20_000;

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
  /** 32 bytes for one purpose, from the vault's master key. */
  readonly deriveKey: (purpose: string) => Buffer;
}

export function createExposureService({ db, audit, emit, lookup, reckoner, home, clock, deriveKey }: ExposureDeps): ExposureService {
  /** Of each company; '' for what is the same for all. */
  const versions = new Map<string, number>();
  const changed = (companyId: string): void => {
    versions.set(companyId, (versions.get(companyId) ?? 0) + 1);
    emit('exposure.changed', {});
  };
  // Read once: nobody else writes them. What a transaction that came to nothing had added stays known too much, never too little.
  const told = new Map<string, readonly Fact[]>(), intentsTold = new Map<string, ReadonlyMap<string, ReadonlySet<number>>>();
  let spentRows: readonly SpentRow[] | null = null;
  const spentNow = (): readonly SpentRow[] => (spentRows ??= listSpent(db));
  let floors: Map<string, number> | null = null;
  const floorsNow = (): Map<string, number> => (floors ??= listFloors(db));
  const floorOf = (companyId: string): number => floorsNow().get(companyId) ?? floorsNow().get(EVERY_COMPANY) ?? SHIPPED_FLOOR;
  /** Of what is drawn, whatever would be rarest, until it was said. */
  const rarestFacts = (claims: Answer): Fact[] => claims.flatMap((one) => {
    const { noise } = one;
    return noise?.kind === 'levels' && !noise.isSaid ? [...noise.said.keys()].map((area) => rarestFact(area, noise.weight)) : facts([one]);
  });
  const rarestLevels = new Map<string, Level>();
  const rarestFact = (area: string, weight: number): Fact => {
    const key = `${area}|${weight}`, people = (level: Level): number => reckoner.crowd([madeUpFact(area, level, weight, 0)], null).fewest;
    const rarest = rarestLevels.get(key) ?? LEVELS.reduce((one, other) => (people(other) < people(one) ? other : one));
    rarestLevels.set(key, rarest);
    return madeUpFact(area, rarest, weight, epochNow());
  };
  const facts = (claims: Answer): Fact[] => claims.flatMap(({ claim, value, noise }) => (value === null ? [] : noise?.kind === 'levels' ? [...noise.said].map(([area, level]) => madeUpFact(area, level, noise.weight, epochNow())) : factsOf(claim, value)));
  const draw = createDraw(deriveKey('anonymizer/noise'));
  const epochNow = (): number => Math.floor(clock.nowMs() / EPOCH_MS);
  const saidIn = (companyId: string, weight: number): ReadonlyMap<string, string> =>
    new Map(spentNow().filter((row) => row.company_id === companyId && row.epoch === epochNow() && row.weight === weight).map(({ area, said }) => [area, said]));
  const spending = (companyId: string, noise: Noise, epoch: number): SpentRow[] => (noise.kind === 'levels'
    ? [...noise.said].map(([area, said]) => ({ company_id: companyId, epoch, area, weight: noise.weight, said }))
    // Asked is charged, whether there is anything or not: what is left for others must not tell.
    : [['', noise.weight] as const, ...noise.said].map(([node, place]) => ({ company_id: companyId, epoch, area: `${NUMBER}${node}`, weight: noise.isMoved ? NUMBER_WEIGHT : UNMOVED_WEIGHT, said: String(place) })));
  /** Numbers are known as they were said. */
  const madeUp = (rows: readonly SpentRow[]): Fact[] => rows.flatMap(({ area, said, weight, epoch }) => (area.startsWith(NUMBER) ? [] : [madeUpFact(area, said as Level, weight, epoch)]));
  /**
   * Of which areas a company is told deniably in this epoch: drawn for it, as many as would leave enough people whatever were said of them.
   * Nothing about the person decides it but what the company was told before; once told, they stay the same until the epoch ends.
   */
  const areasFor = (companyId: string, weight: number, all: readonly string[], floor: number): readonly string[] => {
    const epoch = epochNow(), told = saidIn(companyId, weight);
    if (told.size > 0) return [...told.keys()].sort();
    const order = all.map((area) => ({ area, at: draw(`area/v1|${companyId}|${epoch}|${area}`, 2 ** 31) })).sort((a, b) => a.at - b.at || (a.area < b.area ? -1 : 1)).map(({ area }) => area);
    const known = toldTo(companyId);
    let many = 0;
    while (many < Math.min(MOST_AREAS, order.length) && (floor === 0 || crowd([...known, ...order.slice(0, many + 1).map((area) => rarestFact(area, weight))], companyId).fewest >= floor)) many += 1;
    return order.slice(0, many).sort();
  };
  /** Facts of rows as read once: the same values come up day after day. */
  const factsByValue = new Map<string, readonly Fact[]>();
  const factsOfRow = (row: ToldRow): readonly Fact[] => {
    const key = `${row.claim} ${row.value}`;
    let found = factsByValue.get(key);
    if (found === undefined) {
      if (factsByValue.size >= MOST_VALUES) factsByValue.clear();
      factsByValue.set(key, (found = facts([read(row)])));
    }
    return found;
  };
  const read = ({ claim, value, first_ms: firstMs }: ToldRow) => ({ claim, value: JSON.parse(value) as NonNullable<AnsweredClaim['value']>, firstMs });
  const toldTo = (companyId: string): readonly Fact[] => {
    const before = told.get(companyId);
    if (before !== undefined) return before;
    const known = [...exactly(listToldTo(db, companyId)).flatMap(factsOfRow), ...madeUp(spentNow().filter((row) => row.company_id === companyId))];
    told.set(companyId, known);
    return known;
  };
  /** Weeks each purchase was told with. */
  const toldIntents = (companyId: string): ReadonlyMap<string, ReadonlySet<number>> => {
    const before = intentsTold.get(companyId);
    if (before !== undefined) return before;
    const found = new Map<string, Set<number>>();
    for (const row of listToldTo(db, companyId)) {
      if (row.claim !== 'intent') continue;
      for (const { node, horizon_weeks: weeks } of read(row).value as NonNullable<AnswerValues['intent']>) found.set(node, (found.get(node) ?? new Set()).add(weeks));
    }
    intentsTold.set(companyId, found);
    return found;
  };
  const toldToAnyone = (): Fact[] => [...exactly(listTold(db)).flatMap(factsOfRow), ...madeUp(spentNow())];
  // Read once, like what was told.
  let homes: ReturnType<typeof listHomes> | null = null;
  /** Where the person is and was while a company was told something; without one, while anybody was. */
  const homesFor = (companyId: string | null): (string | null)[] =>
    [home(), ...(homes ??= listHomes(db)).filter((row) => companyId === null || row.company_id === companyId).map((row) => (row.home === '' ? null : row.home))];
  const crowd = (known: Iterable<Fact>, companyId: string | null): Crowd => reckoner.crowd(known, homesFor(companyId));
  // A sum of fractions may lie a hair below the whole number it is.
  const whole = ({ fewest, most }: Crowd): Crowd => ({ fewest: Math.floor(fewest + 1e-6), most: Math.floor(most + 1e-6) });

  const view = (): ExposureView => {
    const all = listTold(db), spent = spentNow(), use = listUse(db), nowMs = clock.nowMs();
    /** Day by day, of what one company or all were told. */
    const historyOf = (told: readonly ToldRow[], drawn: readonly SpentRow[], companyId: string | null): ExposureView['history'] => {
      const days = [...new Set(told.map((row) => dayOf(row.first_ms)))].slice(companyId === null ? -MOST_DAYS : -MOST_DAYS_OF_ONE), plain = exactly(told), drawnDays = drawn.map((row) => ({ row, day: drawnOn(row, told) }));
      // Rows come oldest first: each day adds to what was known the day before.
      const known = new Map<string, Fact>();
      let next = 0;
      return days.map((day) => {
        for (; next < plain.length && dayOf(plain[next]?.first_ms ?? 0) <= day; next++) { const row = plain[next]; if (row) for (const fact of factsOfRow(row)) known.set(`${fact.claim} ${fact.subject} ${fact.detail}`, fact); }
        return { atMs: (day + 1) * DAY_MS - 1, crowd: whole(crowd([...known.values(), ...madeUp(drawnDays.filter((one) => one.day <= day).map(({ row }) => row))], companyId)) };
      });
    };
    return {
      floor: floorOf(EVERY_COMPANY), home: home(), everybody: whole(reckoner.crowd([], home())), pooled: whole(crowd(toldToAnyone(), null)),
      history: historyOf(all, spent, null),
      companies: [...listNames(db)].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([companyId, name]) => {
        const rows = all.filter((row) => row.company_id === companyId), own = rows.map(read), known = whole(crowd(toldTo(companyId), companyId)), { answers, sinceMs } = use.get(companyId) ?? { answers: 0, sinceMs: null };
        return { companyId, name, floor: floorsNow().get(companyId) ?? null, crowd: known, answers, sinceMs, closeness: closenessOf({ fewest: known.fewest, told: own.length > 0, answers, sinceMs }, nowMs), told: own.map(({ claim, value, firstMs }) => ({ claim, words: wordsFor(claim, value, lookup), firstMs })), history: historyOf(rows, spent.filter((row) => row.company_id === companyId), companyId) };
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
    forgetFloors() { floors = null; },
    guard(companyId: string, floor = floorOf(companyId)) {
      const known = toldTo(companyId);
      if (floor === 0) return () => true;
      // Where it knows too much already, only what it knows is said again.
      if (crowd(known, companyId).fewest < floor) return (answer: Answer) => rarestFacts(answer).every((fact) => isImplied(fact, known));
      return (answer: Answer) => crowd([...known, ...rarestFacts(answer)], companyId).fewest >= floor;
    },
    crowdOf(companyId: string, answer: Answer, floor = floorOf(companyId)) {
      const known = toldTo(companyId);
      return {
        floor, everybody: whole(reckoner.crowd([], home())), before: whole(crowd(known, companyId)),
        steps: answer.map(({ claim }, at) => ({ claim, after: whole(crowd([...known, ...facts(answer.slice(0, at + 1))], companyId)) })),
        pooled: whole(crowd([...toldToAnyone(), ...facts(answer)], null)),
      };
    },
    noiseFor: (companyId: string, weight: number, areas: readonly string[], floor = floorOf(companyId)) => ({
      weight, areas: areasFor(companyId, weight, areas, floor), draw: (area, level) => draw(`noise/v1|${companyId}|${epochNow()}|${weight}|${area}|${level}`, weight + LEVELS.length - 1),
      said: ((told) => (told.size === 0 ? null : new Map([...told].map(([area, said]) => [area, said as Level]))))(saidIn(companyId, weight)),
      affordable: affords(spentNow(), companyId, epochNow(), weight),
      move: (node, place) => {
        let flips = 0;
        return discreteLaplace(() => draw(`number/v1|${companyId}|${epochNow()}|${node}|${place}|${flips++}`, 2) === 1);
      },
      placed: ((asked) => (asked.size === 0 ? null : new Map([...asked].filter(([area]) => area !== NUMBER).map(([area, said]) => [area.slice(NUMBER.length), Number(said)]))))([NUMBER_WEIGHT, UNMOVED_WEIGHT].map((one) => saidIn(companyId, one)).find(({ size }) => size > 0) ?? new Map<string, string>()),
      isTold: (node, weeks) => {
        const soon = toldIntents(companyId).get(node);
        return soon !== undefined && (weeks === undefined || soon.has(weeks));
      },
      numbersAffordable: affords(spentNow(), companyId, epochNow(), NUMBER_WEIGHT),
    }),
    noiseNow(companyId: string) {
      // Where only numbers were said, the row for having asked holds the weight of that permission.
      const weights = spentNow().filter((row) => row.company_id === companyId && row.epoch === epochNow()).flatMap(({ area, weight, said }) => (area === NUMBER ? (Number(said) > 0 ? [Number(said)] : NOISE_WEIGHTS) : area.startsWith(NUMBER) ? [] : [weight]));
      return weights.length === 0 ? null : Math.min(...weights);
    },
    pooledWith: (answers: readonly Answer[], known = toldToAnyone()) => whole(crowd([...known, ...answers.flatMap(facts)], null)),
    toldToAnyone,
    closenessWith(companyId: string, answer: Answer) {
      const { answers, sinceMs } = listUse(db).get(companyId) ?? { answers: 0, sinceMs: null };
      const known = [...toldTo(companyId), ...facts(answer)];
      return closenessOf({ fewest: whole(crowd(known, companyId)).fewest, told: known.length > 0, answers, sinceMs }, clock.nowMs());
    },
    budget(companyId: string) {
      const rows = spentNow(), companies = [...new Set(rows.map(({ company_id: company }) => company))];
      return { spent: spentOf(rows.filter((row) => row.company_id === companyId)), company: BUDGET.company, spentByAll: companies.reduce((sum, company) => sum + spentOf(rows.filter((row) => row.company_id === company)), 0), total: BUDGET.total };
    },
    floorOf,
    version: (companyId: string) => `${versions.get(EVERY_COMPANY) ?? 0}.${versions.get(companyId) ?? 0}`,
    noteTold({ recipientId, companyId }: Audience, claims: Answer, nowMs: number) {
      let news = addHome(db, companyId, home() ?? ''), spent = false;
      const epoch = Math.floor(nowMs / EPOCH_MS);
      for (const { claim, value, noise } of claims) {
        if (value !== null) news = addTold(db, recipientId, claim, JSON.stringify(value), nowMs, noise?.kind === 'levels' ? epoch : null) || news;
        for (const row of noise == null ? [] : spending(companyId, noise, epoch)) spent = addSpent(db, row) || spent;
      }
      if (!news && !spent) return;
      if (spent) spentRows = null;
      told.delete(companyId);
      intentsTold.delete(companyId);
      homes = null;
      // What one is told deniably is a part of what all may be told.
      changed(spent ? EVERY_COMPANY : companyId);
    },
  } satisfies ExposureService);
}
