/** Owner calls about room to breathe: when nobody gets an answer, how many there are a day, and what is not spoken of. */
import { z } from 'zod';
import { defineContract } from './define.ts';

/** Of a day of this computer's clock. */
const minute = z.number().int().min(0).max(1439);
const perDay = z.number().int().min(1).max(1000);
/** A node of the taxonomy, which stands for everything below it. */
const node = z.string().min(1).max(120);
const untilMs = z.number().int().nullable();

const quietHours = z.object({ fromMinute: minute, /** Not included; before `fromMinute` it is of the next day, equal to it the whole day is quiet. */ toMinute: minute });
const pause = z.object({ sinceMs: z.number().int(), /** Unix ms; null: until the person ends it. */ untilMs });
/** A break from one company. */
const hold = z.object({ companyId: z.string().min(1).max(300), untilMs });
const area = z.object({ node, /** Unix ms; null: until the person takes it back. */ untilMs, /** Answers a day that may speak of it, of all companies together; 0: none. */ perDay: z.number().int().min(0).max(100) });

export const breathingRules = z.object({
  /** A break from everyone. */
  pause: pause.nullable(),
  quietHours: quietHours.nullable(),
  /** Answers a day, of all companies together, and of each one; null: as often as the permissions say. */
  perDay: perDay.nullable(), perCompanyDay: perDay.nullable(),
  areas: z.array(area).max(100),
  holds: z.array(hold).max(1_000),
});

export const breathingView = breathingRules.extend({
  areas: z.array(area.extend({ label: z.string(), path: z.array(z.string()), /** Answers of today that spoke of it; counted only while it is rationed. */ today: z.number().int() })),
  holds: z.array(hold.extend({ name: z.string() })),
  /** What keeps everybody from an answer right now. */
  holding: z.enum(['on-a-break', 'quiet-hours', 'enough-today']).nullable(),
  today: z.object({ answers: z.number().int(), companies: z.array(z.object({ companyId: z.string(), name: z.string(), answers: z.number().int() })) }),
});

const change = z.strictObject({ pause: z.strictObject({ untilMs }).nullable(), quietHours: quietHours.strict().nullable(), perDay: perDay.nullable(), perCompanyDay: perDay.nullable() }).partial();

/** A break begins at any time. Whatever else is set could let more through than before. */
const mayLoosen = ({ pause: next, ...rest }: { readonly [K in keyof z.output<typeof change>]?: z.output<typeof change>[K] | undefined }): boolean => next === null || Object.values(rest).some((value) => value !== undefined);

export const breathingContract = defineContract({
  'breathing.get': { access: 'unlocked', input: z.void(), output: breathingView, errors: [] },
  /** Takes or ends a break, sets quiet hours and how often; what is left out stays. A break can be made longer so, and only ended by null. Bites at the next redemption. */
  'breathing.set': { access: 'unlocked', freshWhen: mayLoosen, input: change, output: breathingView, errors: [] },
  /** Does not speak of an area, or only so often a day, until the end of a time. Where something was said of that very area before, the stricter holds. */
  'breathing.hush': { access: 'unlocked', input: z.strictObject({ node, untilMs, perDay: z.number().int().min(0).max(100) }), output: breathingView, errors: ['ERR_CLAIM_VALUE_INVALID'] },
  /** Gives one company no answer until the end of a time; its permissions stay as they are. Of two ends the later holds. */
  'breathing.hold': { access: 'unlocked', input: hold.strict(), output: breathingView, errors: ['ERR_COMPANY_UNKNOWN'] },
  'breathing.release': { access: 'fresh', input: hold.pick({ companyId: true }).strict(), output: breathingView, errors: ['ERR_COMPANY_UNKNOWN'] },
  /** Speaks of an area again as permissions say. */
  'breathing.unhush': { access: 'fresh', input: z.strictObject({ node }), output: breathingView, errors: ['ERR_CLAIM_VALUE_INVALID'] },
});
