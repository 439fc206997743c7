/** Room to breathe, decided purely: whether anybody gets an answer now, and what is not spoken of. */
import type { z } from 'zod';
import type { breathingRules, breathingView } from '../../../shared/api/breathing.contract.ts';

export type BreathingRules = z.output<typeof breathingRules>;
export type Holding = NonNullable<z.output<typeof breathingView>['holding']>;
/** Why this company gets nothing now. */
export type BreathingReason = Holding | 'company-on-hold' | 'company-enough-today';

export const NO_RULES: BreathingRules = { pause: null, quietHours: null, perDay: null, perCompanyDay: null, areas: [], holds: [] };

/** A moment as the clock of this computer shows it. */
export interface LocalMoment { readonly nowMs: number; /** Days since 1970 on that clock. */ readonly day: number; /** Minute of that day. */ readonly minute: number }

const MINUTE_MS = 60_000, DAY_MINUTES = 1440;

export function localMoment(nowMs: number): LocalMoment {
  const minutes = Math.floor(nowMs / MINUTE_MS) - new Date(nowMs).getTimezoneOffset();
  const day = Math.floor(minutes / DAY_MINUTES);
  return { nowMs, day, minute: minutes - day * DAY_MINUTES };
}

/** From ten in the evening until seven is 22:00 to 24:00 and 0:00 to 7:00; a time that ends where it begins is the whole day. */
export const isWithin = ({ fromMinute, toMinute }: NonNullable<BreathingRules['quietHours']>, minute: number): boolean =>
  (fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute);

const isOver = (untilMs: number | null, nowMs: number): boolean => untilMs !== null && untilMs <= nowMs;

/** What keeps everybody from an answer. `answers`: given today, to all together. */
export function holdingAt(rules: BreathingRules, { nowMs, minute }: LocalMoment, answers: number): Holding | null {
  if (rules.pause !== null && !isOver(rules.pause.untilMs, nowMs)) return 'on-a-break';
  if (rules.quietHours !== null && isWithin(rules.quietHours, minute)) return 'quiet-hours';
  return rules.perDay !== null && answers >= rules.perDay ? 'enough-today' : null;
}

/** The same for one company. `own`: answers given to it today. */
export const refusalAt = (rules: BreathingRules, companyId: string, moment: LocalMoment, answers: number, own: number): BreathingReason | null =>
  holdingAt(rules, moment, answers) ?? (rules.holds.some((hold) => hold.companyId === companyId && !isOver(hold.untilMs, moment.nowMs)) ? 'company-on-hold' : rules.perCompanyDay !== null && own >= rules.perCompanyDay ? 'company-enough-today' : null);

/** Nodes that are not spoken of now, nor anything below them, in order. `spokenOf`: answers of today by node. */
export const hushedAt = (rules: BreathingRules, nowMs: number, spokenOf: ReadonlyMap<string, number>): string[] =>
  rules.areas.filter((area) => !isOver(area.untilMs, nowMs) && (spokenOf.get(area.node) ?? 0) >= area.perDay).map(({ node }) => node).sort();

/** The later of two ends; null is no end at all. */
const later = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.max(a, b));

/**
 * The same rules with a break, an area or a company on hold besides. Whoever finds the vault open may add these without saying who they are: so of
 * what there was and what comes, the stricter holds, and an end that lies in the past ends nothing.
 */
export function withBreak(rules: BreathingRules, untilMs: number | null, nowMs: number): BreathingRules {
  const { pause } = withoutOver(rules, nowMs);
  return { ...rules, pause: pause === null ? { sinceMs: nowMs, untilMs } : { ...pause, untilMs: later(pause.untilMs, untilMs) } };
}
export function withArea(rules: BreathingRules, area: BreathingRules['areas'][number], nowMs: number): BreathingRules {
  const { areas } = withoutOver(rules, nowMs), before = areas.find(({ node }) => node === area.node);
  const next = before === undefined ? area : { node: area.node, untilMs: later(before.untilMs, area.untilMs), perDay: Math.min(before.perDay, area.perDay) };
  return { ...rules, areas: [...areas.filter(({ node }) => node !== area.node), next] };
}
export function withHold(rules: BreathingRules, hold: BreathingRules['holds'][number], nowMs: number): BreathingRules {
  const { holds } = withoutOver(rules, nowMs), before = holds.find(({ companyId }) => companyId === hold.companyId);
  return { ...rules, holds: [...holds.filter(({ companyId }) => companyId !== hold.companyId), before === undefined ? hold : { ...hold, untilMs: later(before.untilMs, hold.untilMs) }] };
}

/** Rules without what has come to its end. */
export function withoutOver(rules: BreathingRules, nowMs: number): BreathingRules {
  return {
    ...rules, pause: rules.pause !== null && isOver(rules.pause.untilMs, nowMs) ? null : rules.pause, areas: rules.areas.filter((area) => !isOver(area.untilMs, nowMs)), holds: rules.holds.filter((hold) => !isOver(hold.untilMs, nowMs)),
  };
}
