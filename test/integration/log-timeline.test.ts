/** The log counted by time: held against counting it one by one, for one company and for all, whatever the range. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAuditLog, type AuditType } from '../../electron/core/audit/audit-log.ts';
import { TIMELINE_KINDS, timelineOf } from '../../electron/core/audit/log-timeline.ts';
import { openTestDatabase } from '../support/database.ts';
import { testClock } from '../support/ports.ts';

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const KIND_OF: Partial<Record<AuditType, (typeof TIMELINE_KINDS)[number]>> = { 'redemption.allowed': 'answered', 'redemption.refused': 'refused', 'request.received': 'asked', 'request.denied': 'asked', introspection: 'asked' };
const TYPES = ['redemption.allowed', 'redemption.refused', 'request.received', 'request.denied', 'introspection', 'vault.unlocked', 'profile.declared', 'grant.paused'] as const;
const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

function log() {
  const db = openTestDatabase(), clock = testClock(1_800_000_000_000), key = randomBytes(32);
  const audit = createAuditLog({ db, key, clock, randomBytes });
  const entries: { readonly atMs: number; readonly type: AuditType; readonly companyId: string | null }[] = [];
  const add = (type: AuditType, companyId: string | null): void => {
    db.transaction(() => { audit.append({ type, ...(companyId === null ? {} : { companyId, companyName: 'Shop' }) }); });
    entries.push({ atMs: clock.nowMs(), type, companyId });
  };
  return { db, clock, audit, entries, add };
}

test('each span holds what happened in it, of its kind; nothing is lost and nothing counted twice', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ type: fc.constantFrom(...TYPES), company: fc.constantFrom('https://a.example', 'https://b.example', null), later: fc.oneof(fc.nat(5 * HOUR_MS), fc.nat(40 * DAY_MS)) }), { minLength: 1, maxLength: 25 }), fc.option(fc.tuple(fc.nat(20 * DAY_MS), fc.nat(300 * DAY_MS))), fc.boolean(), async (happened, range, ofOne) => {
    const { db, clock, entries, add } = log();
    for (const { type, company, later } of happened) { clock.advance(later); add(type, company); }
    const first = entries[0]?.atMs ?? 0, query = { ...(range === null ? {} : { fromMs: first + range[0], toMs: first + range[0] + range[1] }), ...(ofOne ? { companyId: 'https://a.example' } : {}) };
    const { fromMs, toMs, bucketMs, counts } = await timelineOf(db, query, startOfDay);
    const wanted = entries.filter(({ atMs, companyId }) => (query.fromMs === undefined || atMs >= query.fromMs) && (query.toMs === undefined || atMs < query.toMs) && (!ofOne || companyId === 'https://a.example'));
    expect(counts.flat().reduce((sum, n) => sum + n, 0)).toBe(wanted.length);
    expect(counts.length).toBeLessThanOrEqual(62);
    expect(toMs - fromMs).toBe(counts.length * bucketMs);
    counts.forEach((own, at) => {
      const inside = wanted.filter(({ atMs }) => atMs >= fromMs + at * bucketMs && atMs < fromMs + (at + 1) * bucketMs);
      expect(own).toEqual(TIMELINE_KINDS.map((kind) => inside.filter(({ type }) => (KIND_OF[type] ?? 'own') === kind).length));
    });
  }), { numRuns: 30 });
});

test('an empty log has no spans, and what was deleted is not counted', async () => {
  const { db, clock, audit, add } = log();
  expect(await timelineOf(db, {}, startOfDay)).toEqual({ fromMs: 0, toMs: 0, bucketMs: HOUR_MS, counts: [] });
  add('redemption.allowed', 'https://a.example');
  clock.advance(100 * DAY_MS);
  add('vault.unlocked', null);
  audit.forget({ beforeMs: clock.nowMs() - DAY_MS });
  const { counts } = await audit.timeline({});
  // What is left is the unlocking, and the line that says something was deleted.
  expect(counts.flat().reduce((sum, n) => sum + n, 0)).toBe(2);
  expect((await audit.timeline({ companyId: 'https://nobody.example' })).counts).toEqual([]);
});
