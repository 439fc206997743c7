/** What was new and came back is counted as it happened; nothing closed is, and nothing the person ruled out changes it. */
import { expect, test } from 'vitest';
import { createTally, type ItemEvidence } from '../../../electron/core/enrichment/conclude.ts';
import { createLastingCount, isCounted, shareThatLasts } from '../../../electron/core/enrichment/lasting.ts';
import { parseIntentRules } from '../../../electron/core/enrichment/intents.ts';
import { createPriceTable } from '../../../electron/core/enrichment/price-bands.ts';
import { addWeeks, monthAt, noWeeks, weekBit } from '../../../electron/core/records/weeks.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, NOW_MS, RESOURCES, shippedMatcher } from '../../support/enrichment.ts';

const BEGUN_MS = Date.UTC(2020, 0, 2);
const week = (day: number): number => (monthAt(BEGUN_MS + day * DAY_MS) << 5) | weekBit(BEGUN_MS + day * DAY_MS);
const match = (target: string) => ({ target, rule: 'lexicon/artist@1' as const, weight: 1 });
const base = noWeeks();
addWeeks(base, Array.from({ length: 5 * 365 }, (_, day) => week(day)));

function counted(subjects: Readonly<Record<string, readonly number[]>>) {
  const count = createLastingCount((target) => (target.startsWith('closed') ? null : [target]));
  // Something that is always there, as the rest of somebody's music is.
  count.add('music', [match('always')], Array.from({ length: 5 * 365 }, (_, day) => week(day)));
  for (const [target, days] of Object.entries(subjects)) count.add('music', [match(target)], days.map(week));
  return count.count();
}

test('a subject that was new comes back, or does not, between a month and a year later', () => {
  expect(counted({})).toEqual({ firsts: 0, again: 0 });
  expect(counted({ once: [400] })).toEqual({ firsts: 1, again: 0 });
  expect(counted({ sameMonth: [400, 410] })).toEqual({ firsts: 1, again: 0 });
  expect(counted({ back: [400, 500] })).toEqual({ firsts: 1, again: 1 });
  expect(counted({ late: [400, 900] })).toEqual({ firsts: 1, again: 0 });
  expect(counted({ back: [400, 500], once: [700], often: [300, 340, 360, 900] })).toEqual({ firsts: 3, again: 2 });
});

test('what was there when the records began was not new, and what is younger than a year has not had its time', () => {
  expect(counted({ always: [3, 200, 400] })).toEqual({ firsts: 0, again: 0 });
  expect(counted({ young: [4 * 365 + 100, 4 * 365 + 200] })).toEqual({ firsts: 0, again: 0 });
});

test('a thing of the closed part is not counted, whatever else it speaks for', () => {
  const count = createLastingCount((target) => (target.startsWith('closed') ? null : [target]));
  count.add('music', [match('always')], Array.from({ length: 5 * 365 }, (_, day) => week(day)));
  count.add('music', [match('open'), match('closed')], [week(400), week(500)]);
  expect(count.count()).toEqual({ firsts: 0, again: 0 });
});

test('of each kind for itself: an old order makes no songs new, and a gap in the records is no answer', () => {
  const count = createLastingCount((target) => [target]);
  // All music begins in one week and goes on; one order is five years older.
  count.add('product', [match('home')], [week(0)]);
  for (let i = 0; i < 15; i++) count.add('music', [match(`artist ${i}`)], [week(1_000), week(1_100), week(1_700)]);
  expect(count.count()).toEqual({ firsts: 0, again: 0 });
  // New ones just before a gap of two years: whether they came back is not known.
  const gap = createLastingCount((target) => [target]);
  gap.add('music', [match('always')], [week(0), week(200), week(390), week(1_200)]);
  for (let i = 0; i < 20; i++) gap.add('music', [match(`new ${i}`)], [week(395)]);
  expect(gap.count()).toEqual({ firsts: 0, again: 0 });
});

test('the share is one half while nothing is known, goes down with the records, and never above', () => {
  expect(shareThatLasts({ firsts: 0, again: 0 })).toBe(0.5);
  expect(shareThatLasts({ firsts: 1, again: 1 })).toBe(0.5);
  expect(shareThatLasts({ firsts: 180, again: 40 })).toBe(0.25);
  expect(shareThatLasts({ firsts: 100, again: 40 })).toBe(0.4);
  expect(shareThatLasts({ firsts: 100, again: 75 })).toBe(0.5);
  expect(shareThatLasts({ firsts: 10_000, again: 0 })).toBe(0.1);
  expect(shareThatLasts({ firsts: 10_000, again: 10_000 })).toBe(0.5);
  expect([isCounted({ firsts: 19, again: 3 }), isCounted({ firsts: 20, again: 3 })]).toEqual([false, true]);
});

const { taxonomy } = shippedMatcher();
const resource = (name: string): unknown => JSON.parse(readFileSync(join(RESOURCES, name), 'utf8'));
const genres = taxonomy.nodes.filter(({ kind, closed, level }) => kind === 'genre' && !closed && level > 1);

/** Thirty genres that are new one after the other; every one in `nth` comes back. */
function conclude(nth: number, ruledOut: readonly string[] = []) {
  const tally = createTally({ taxonomy, prices: createPriceTable(resource('price-bands.json')), intents: parseIntentRules(resource('intents.json')), ruledOut: ruledOut.map((value) => ({ claim: 'genre', value })), nowMs: NOW_MS, weeks: base });
  const thing = (itemId: number, target: string, days: readonly number[]): ItemEvidence => ({ itemId, kind: 'music', act: 'used', records: days.length, decayed: days.length * 20, lastAtMs: BEGUN_MS + (days.at(-1) ?? 0) * DAY_MS, weeks: days.map(week).sort((a, b) => b - a), matches: [match(target)], unitPriceMinor: null, currency: null });
  for (const [i, { id }] of genres.slice(0, 60).entries()) for (const other of [0, 1]) tally.add(thing(i * 2 + other, id, i % nth === 0 ? [300 + i * 10 + other, 400 + i * 10 + other] : [300 + i * 10 + other]));
  // One that is always there: the records go on.
  tally.add(thing(9_999, genres[62]?.id ?? '', Array.from({ length: 250 }, (_, i) => i * 7)));
  return new Map(tally.conclude([]).map(({ value, confidence }) => [value, confidence]));
}

test('two things make surer where more of what is new lasts', () => {
  const most = conclude(1), few = conclude(15), last = genres[58]?.id ?? '';
  expect(most.get(last)).toBeGreaterThan((few.get(last) ?? 1) + 0.15);
});

test('ruling something out makes nothing else surer', () => {
  const before = conclude(3), after = conclude(3, genres.slice(0, 60).filter((_, i) => i % 3 !== 0).slice(0, 20).map(({ id }) => id));
  expect(after.size).toBeLessThan(before.size);
  for (const [value, confidence] of after) expect(confidence, value).toBeLessThanOrEqual(before.get(value) ?? 0);
});
