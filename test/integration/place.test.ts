/** Where the person was last: kept in the vault, never in the log or an export, and of no consequence when it cannot be read. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createSettings } from '../../electron/core/settings/settings.ts';
import { openTestDatabase } from '../support/database.ts';

test('the last place is kept in the place of the one before, and not logged', () => {
  const db = openTestDatabase(), audit = createAuditLog({ db, key: randomBytes(32), clock: { nowMs: () => 1 }, randomBytes });
  const settings = createSettings({ db, audit });
  expect(settings.place()).toBeNull();
  settings.keepPlace({ screen: 'profile', parts: [], query: { kind: 'genre' } });
  settings.keepPlace({ screen: 'companies', parts: ['c1', 'g1'], query: {} });
  expect(settings.place()).toEqual({ screen: 'companies', parts: ['c1', 'g1'], query: {} });
  expect(audit.size()).toBe(0);
  expect(Object.keys(settings.get())).not.toContain('page.place');
});

test('what another program says otherwise, or nobody can read, is no place', () => {
  const db = openTestDatabase(), settings = createSettings({ db, audit: createAuditLog({ db, key: randomBytes(32), clock: { nowMs: () => 1 }, randomBytes }) });
  settings.keepPlace({ screen: 'profile', parts: [], query: {} });
  for (const value of ['{"screen":7}', '{"screen":"profile","parts":[],"query":{"q":"pregnancy"}}', '{"screen":"profile","parts":["x"],"query":{}}', '{"screen":"profile","parts":[],"query":{},"more":1}', 'null', '{']) {
    db.command("UPDATE settings SET value = ? WHERE key = 'page.place'").run(value);
    expect(settings.place(), value).toBeNull();
  }
});

test('nothing that was typed or opened is taken: it may be of the closed part', () => {
  const { input } = contract['settings.keepPlace'];
  for (const query of [{ q: 'pregnancy' }, { item: 'Z7eaJu0FgOUXgk_9' }, { area: 'health' }, { find: '1' }]) expect(input.safeParse({ screen: 'profile', parts: [], query }).success, JSON.stringify(query)).toBe(false);
  expect(input.safeParse({ screen: 'records', parts: ['7'], query: {} }).success).toBe(false);
  expect(input.safeParse({ screen: 'companies', parts: ['c1', 'g1'], query: {} }).success).toBe(true);
});
