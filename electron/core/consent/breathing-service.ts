/** Room to breathe: keeps what the person said about it, and counts what was answered. */
import type { z } from 'zod';
import type { breathingView } from '../../../shared/api/breathing.contract.ts';
import type { ParsedInput } from '../../../shared/api/contract.ts';
import { nodeName } from '../../../shared/language/names.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditInput, AuditLog, AuditType } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { answersOn, areasOn, countAnswer, forgetCounts, getRules, setRules } from './breathing-repository.ts';
import { holdingAt, hushedAt, localMoment, refusalAt, withArea, withBreak, withHold, withoutOver, type BreathingReason, type BreathingRules } from './breathing.ts';
import { listCompanies } from './consent-repository.ts';

export type BreathingView = z.output<typeof breathingView>;

export interface BreathingService {
  view(): BreathingView;
  /** Audited as `breathing.paused`, `breathing.resumed` or `breathing.changed`. */
  set(change: ParsedInput<'breathing.set'>): BreathingView;
  /** Makes what was said of that area stricter, never looser. Audited as `breathing.changed`. @throws {AppError} ERR_CLAIM_VALUE_INVALID */
  hush(area: BreathingRules['areas'][number]): BreathingView;
  /** Audited as `breathing.changed`. @throws {AppError} ERR_CLAIM_VALUE_INVALID */
  unhush(node: string): BreathingView;
  /** Makes a hold longer, never shorter. Audited as `breathing.held`. @throws {AppError} ERR_COMPANY_UNKNOWN */
  hold(companyId: string, untilMs: number | null): BreathingView;
  /** Audited as `breathing.released`. @throws {AppError} ERR_COMPANY_UNKNOWN */
  release(companyId: string): BreathingView;
  /** Nodes that are not spoken of now. */
  hushed(): readonly string[];
  /** Those of them of which nothing is said whatever was answered today. */
  quiet(): readonly string[];

  /** For the redemption feature; reads and writes inside its transaction. */
  refusal(grant: { readonly recipientId: string; readonly companyId: string }, nowMs: number): BreathingReason | null;
  /** `spokenOf`: nodes the answer stands for, however coarsely it says so. */
  noteAnswer(recipientId: string, nowMs: number, spokenOf: readonly string[]): void;
}

type NodeLookup = (id: string) => { readonly label: string; readonly closed: boolean } | undefined;
const MOST_AREAS = 100;
const NOTHING: readonly string[] = [];
/** Nodes above one, from the top. */
const above = (id: string): string[] => id.split('.').slice(0, -1).map((_, at, parts) => parts.slice(0, at + 1).join('.'));

export function createBreathingService({ db, audit, clock, emit, lookup }: { readonly db: WritableDb; readonly audit: AuditLog; readonly clock: Clock; readonly emit: Emit; readonly lookup: NodeLookup }): BreathingService {
  // Read once: nobody else writes them.
  let known: BreathingRules | null = null;
  let countedDay: number | null = null;
  const rulesNow = (): BreathingRules => (known ??= getRules(db));

  const keep = (next: BreathingRules, type: Extract<AuditType, `breathing.${string}`>, about: Pick<AuditInput, 'companyId' | 'companyName'> = {}): BreathingView => {
    const nowMs = clock.nowMs();
    const kept = withoutOver(next, nowMs);
    db.transaction(() => {
      setRules(db, kept);
      audit.append({ type, ...about });
    });
    known = kept;
    emit('breathing.changed', {});
    return view();
  };
  const hushed = (nowMs: number): readonly string[] => {
    const rules = rulesNow();
    if (rules.areas.length === 0) return NOTHING;
    return hushedAt(rules, nowMs, rules.areas.some(({ perDay }) => perDay > 0) ? areasOn(db, localMoment(nowMs).day) : new Map());
  };
  const assertNode = (id: string): void => {
    const found = lookup(id);
    // Written down in the open, it would say that the person thought of it.
    if (found?.closed === true) throw new AppError('ERR_CLAIM_VALUE_INVALID', 'Nothing of a closed part of life ever leaves, so there is nothing to keep quiet. Nothing was changed.');
    if (!found) throw new AppError('ERR_CLAIM_VALUE_INVALID', 'There is no such area. Choose one of the list. Nothing was changed.');
  };

  const unknownCompany = (): AppError => new AppError('ERR_COMPANY_UNKNOWN', 'This vault knows no such company. Nothing was changed.');
  const nameOf = (companyId: string): string | undefined => listCompanies(db).find((company) => company.companyId === companyId)?.document.name;

  const nameOfNode = (id: string): string => { const known = lookup(id); return known ? nodeName({ id, label: known.label }) : id; };

  function view(): BreathingView {
    const moment = localMoment(clock.nowMs());
    const rules = withoutOver(rulesNow(), moment.nowMs);
    const answers = answersOn(db, moment.day), areas = areasOn(db, moment.day);
    const all = [...answers.values()].reduce((sum, n) => sum + n, 0);
    const companies = answers.size + rules.holds.length === 0 ? [] : listCompanies(db), names = new Map(companies.map(({ companyId, document }) => [companyId, document.name]));
    return {
      ...rules,
      areas: rules.areas.map((area) => ({ ...area, label: nameOfNode(area.node), path: above(area.node).map(nameOfNode), today: areas.get(area.node) ?? 0 })),
      holds: rules.holds.map((hold) => ({ ...hold, name: names.get(hold.companyId) ?? hold.companyId })),
      holding: holdingAt(rules, moment, all),
      today: {
        answers: all,
        companies: companies.flatMap(({ recipientId, companyId, document }) => {
          const own = answers.get(recipientId);
          return own === undefined ? [] : [{ companyId, name: document.name, answers: own }];
        }).sort((a, b) => b.answers - a.answers || (a.name < b.name ? -1 : 1)),
      },
    };
  }

  return Object.freeze({
    view,
    set({ pause, ...change }: ParsedInput<'breathing.set'>) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<BreathingRules>;
      const next = { ...rulesNow(), ...given };
      if (pause === undefined) return keep(next, 'breathing.changed');
      return pause === null ? keep({ ...next, pause: null }, 'breathing.resumed') : keep(withBreak(next, pause.untilMs, clock.nowMs()), 'breathing.paused');
    },
    hush(area: BreathingRules['areas'][number]) {
      assertNode(area.node);
      const next = withArea(rulesNow(), area, clock.nowMs());
      if (next.areas.length > MOST_AREAS) throw new AppError('ERR_CLAIM_VALUE_INVALID', `There are ${MOST_AREAS} areas in the list already. Take one out first. Nothing was changed.`);
      return keep(next, 'breathing.changed');
    },
    unhush(node: string) {
      const before = rulesNow();
      if (!before.areas.some((area) => area.node === node)) throw new AppError('ERR_CLAIM_VALUE_INVALID', 'This area is not in the list. Nothing was changed.');
      return keep({ ...before, areas: before.areas.filter((area) => area.node !== node) }, 'breathing.changed');
    },
    hold(companyId: string, untilMs: number | null) {
      const companyName = nameOf(companyId);
      if (companyName === undefined) throw unknownCompany();
      return keep(withHold(rulesNow(), { companyId, untilMs }, clock.nowMs()), 'breathing.held', { companyId, companyName });
    },
    release(companyId: string) {
      const before = rulesNow(), companyName = nameOf(companyId);
      const holds = before.holds.filter((hold) => hold.companyId !== companyId);
      // One that is not known any more can be let go all the same.
      if (companyName === undefined && holds.length === before.holds.length) throw unknownCompany();
      return keep({ ...before, holds }, 'breathing.released', { companyId, companyName: companyName ?? null });
    },
    hushed: () => hushed(clock.nowMs()),
    quiet: () => { const rules = rulesNow(); return rules.areas.length === 0 ? NOTHING : hushedAt({ ...rules, areas: rules.areas.filter(({ perDay }) => perDay === 0) }, clock.nowMs(), new Map()); },
    refusal({ recipientId, companyId }, nowMs: number) {
      const rules = rulesNow(), moment = localMoment(nowMs);
      const answers = rules.perDay === null && rules.perCompanyDay === null ? new Map<string, number>() : answersOn(db, moment.day);
      return refusalAt(rules, companyId, moment, [...answers.values()].reduce((sum, n) => sum + n, 0), answers.get(recipientId) ?? 0);
    },
    noteAnswer(recipientId: string, nowMs: number, spokenOf: readonly string[]) {
      const rationed = rulesNow().areas.filter(({ node, perDay }) => perDay > 0 && spokenOf.some((id) => id === node || id.startsWith(`${node}.`)));
      const { day } = localMoment(nowMs);
      if (day !== countedDay) { forgetCounts(db, day); countedDay = day; }
      countAnswer(db, day, recipientId, rationed.map(({ node }) => node));
    },
  } satisfies BreathingService);
}
