/** Room to breathe, decided: hours over midnight, breaks that end, and what is not spoken of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdingAt, hushedAt, isWithin, localMoment, NO_RULES, refusalAt, withArea, withBreak, withHold, withoutOver, type BreathingRules } from '../../electron/core/consent/breathing.ts';

const at = (minute: number, nowMs = 1_000) => ({ nowMs, day: 0, minute });

describe('quiet hours', () => {
  test.each([
    ['22:00 to 7:00', 1320, 420, [1320, 1439, 0, 419], [420, 720, 1319]],
    ['13:00 to 15:00', 780, 900, [780, 899], [779, 900, 0]],
    ['a time that ends where it begins', 600, 600, [0, 599, 600, 1439], []],
  ])('%s', (_name, fromMinute, toMinute, quiet, loud) => {
    for (const minute of quiet) expect(isWithin({ fromMinute, toMinute }, minute), `${minute}`).toBe(true);
    for (const minute of loud) expect(isWithin({ fromMinute, toMinute }, minute), `${minute}`).toBe(false);
  });

  test('and the hours from their end to their beginning are never both quiet, and together the day', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(fc.property(minute, minute, minute, (fromMinute, toMinute, now) => {
      fc.pre(fromMinute !== toMinute);
      expect(isWithin({ fromMinute, toMinute }, now)).toBe(!isWithin({ fromMinute: toMinute, toMinute: fromMinute }, now));
    }));
  });

  test('go by the clock the person sees', () => {
    const noon = new Date(2026, 10, 27, 12, 34, 56).getTime();
    expect(localMoment(noon).minute).toBe(12 * 60 + 34);
    expect(localMoment(noon + 86_400_000).day).toBe(localMoment(noon).day + 1);
    expect(localMoment(new Date(2026, 10, 27, 0, 0).getTime()).day).toBe(localMoment(new Date(2026, 10, 27, 23, 59, 59).getTime()).day);
  });
});

test('a break holds until its end, or until it is ended', () => {
  const rules = { ...NO_RULES, pause: { sinceMs: 0, untilMs: 5_000 } };
  expect([holdingAt(rules, at(0, 4_999), 0), holdingAt(rules, at(0, 5_000), 0)]).toEqual(['on-a-break', null]);
  expect(holdingAt({ ...NO_RULES, pause: { sinceMs: 0, untilMs: null } }, at(0, 9e15), 0)).toBe('on-a-break');
  expect(withoutOver(rules, 5_000).pause).toBeNull();
});

test('so many answers a day are given and no more, to all and to each', () => {
  const rules = { ...NO_RULES, perDay: 3, perCompanyDay: 2 };
  expect([refusalAt(rules, 'https://shop.example', at(0), 2, 1), refusalAt(rules, 'https://shop.example', at(0), 2, 2), refusalAt(rules, 'https://shop.example', at(0), 3, 1)]).toEqual([null, 'company-enough-today', 'enough-today']);
});

test('an area is not spoken of at all, or not more often than it is rationed, until the end of its time', () => {
  const rules = { ...NO_RULES, areas: [{ node: 'travel', untilMs: 5_000, perDay: 0 }, { node: 'food', untilMs: null, perDay: 2 }] };
  expect(hushedAt(rules, 0, new Map())).toEqual(['travel']);
  expect(hushedAt(rules, 0, new Map([['food', 2]]))).toEqual(['food', 'travel']);
  expect(hushedAt(rules, 5_000, new Map([['food', 1]]))).toEqual([]);
  expect(withoutOver(rules, 5_000).areas.map(({ node }) => node)).toEqual(['food']);
});

test('more rules never let more through', () => {
  const minute = fc.integer({ min: 0, max: 1439 }), count = fc.option(fc.integer({ min: 1, max: 5 }));
  const some = fc.record({
    pause: fc.option(fc.record({ sinceMs: fc.constant(0), untilMs: fc.option(fc.integer({ min: 0, max: 9 })) })), quietHours: fc.option(fc.record({ fromMinute: minute, toMinute: minute })), perDay: count, perCompanyDay: count, areas: fc.constant<BreathingRules['areas']>([]), holds: fc.subarray<BreathingRules['holds'][number]>([{ companyId: 'https://shop.example', untilMs: null }, { companyId: 'https://shop.example', untilMs: 5 }]),
  });
  fc.assert(fc.property(some, minute, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), (rules, now, nowMs, all, own) => {
    if (refusalAt(rules, 'https://shop.example', at(now, nowMs), all, own) === null) expect(refusalAt({ ...rules, holds: [] }, 'https://shop.example', at(now, nowMs), all, own)).toBeNull();
    for (const key of ['pause', 'quietHours', 'perDay', 'perCompanyDay'] as const) {
      const fewer = { ...rules, [key]: null };
      if (refusalAt(rules, 'https://shop.example', at(now, nowMs), all, own) === null) expect(refusalAt(fewer, 'https://shop.example', at(now, nowMs), all, own)).toBeNull();
    }
  }));
});

test('a break, a hold or a quiet area besides never lets more through than before, whatever its end', () => {
  const until = fc.option(fc.integer({ min: -5, max: 9 })), node = fc.constantFrom('food', 'travel'), company = fc.constantFrom('https://a.example', 'https://b.example');
  const some = fc.record({
    pause: fc.option(fc.record({ sinceMs: fc.constant(0), untilMs: until })), quietHours: fc.constant(null), perDay: fc.constant(null), perCompanyDay: fc.constant(null),
    areas: fc.uniqueArray(fc.record({ node, untilMs: until, perDay: fc.integer({ min: 0, max: 3 }) }), { selector: (one) => one.node }), holds: fc.uniqueArray(fc.record({ companyId: company, untilMs: until }), { selector: (one) => one.companyId }),
  });
  const spoken = new Map([['food', 1], ['travel', 2]]);
  fc.assert(fc.property(some, until, node, company, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (rules, untilMs, id, companyId, perDay, nowMs, ahead) => {
    for (const next of [withBreak(rules, untilMs, nowMs), withArea(rules, { node: id, untilMs, perDay }, nowMs), withHold(rules, { companyId, untilMs }, nowMs)]) {
      const then = nowMs + ahead;
      for (const asking of ['https://a.example', 'https://b.example']) if (refusalAt(rules, asking, at(0, then), 0, 0) !== null) expect(refusalAt(next, asking, at(0, then), 0, 0)).not.toBeNull();
      expect(hushedAt(next, then, spoken)).toEqual(expect.arrayContaining(hushedAt(rules, then, spoken)));
    }
  }));
});
