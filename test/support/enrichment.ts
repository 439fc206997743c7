/** What tests of enrichment share: the shipped taxonomy and matcher, and a service over real records in an encrypted database. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { compileLexicon, readLexicons } from '../../electron/core/enrichment/lexicon.ts';
import { publicOf } from '../../electron/core/platform/crypto/hpke.ts';
import { createMatcher, type MatchableItem } from '../../electron/core/enrichment/matcher.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import type { Act, SourceId } from '../../shared/domain/records.ts';
import type { TopicName } from '../../shared/api/contract.ts';
import { openTestDatabase } from './database.ts';
import { testClock, testPorts } from './ports.ts';

export const RESOURCES = join(import.meta.dirname, '../../resources');

/** Compiled once for each test file. */
export function shippedMatcher() {
  const taxonomy = loadTaxonomy(RESOURCES);
  const matcher = createMatcher(compileLexicon(readLexicons(RESOURCES), taxonomy), taxonomy);
  return { taxonomy, matcher };
}

export const item = (kind: MatchableItem['kind'], title: string, more: Partial<MatchableItem> = {}): MatchableItem => ({ kind, title, creator: null, collection: null, category: null, ...more });
export const bought = (title: string, category: string | null = null): MatchableItem => item('product', title, { category });
export const watched = (title: string, collection: string | null = null): MatchableItem => item('video', title, { collection });
export const heard = (creator: string, title = 'Track'): MatchableItem => item('music', title, { creator });

/** 23 November 2026. */
export const NOW_MS = Date.UTC(2026, 10, 23, 12);
export const DAY_MS = 86_400_000;
export const daysAgo = (days: number): number => NOW_MS - days * DAY_MS;

export interface TestRecord { readonly item: MatchableItem; readonly act?: Act; readonly atMs: number; readonly priceMinor?: number; readonly currency?: string }

/** A service over an empty database; `add` stores records as an import would. */
export function openEnrichment() {
  const db = openTestDatabase();
  const clock = testClock(NOW_MS);
  const audit = createAuditLog({ db, key: randomBytes(32), clock, randomBytes });
  const events: TopicName[] = [];
  let changes = 0;
  const privateKey = randomBytes(32);
  const closedKey = publicOf(privateKey);
  const service = createEnrichmentService({ db, audit, emit: (topic) => { events.push(topic); }, ports: testPorts({ clock }), closedKey, onChanged: () => { changes += 1; } });

  /** Stores one import. @returns its number */
  function add(importId: string, source: SourceId, records: readonly TestRecord[]): number {
    return db.transaction(() => {
      const number = db.command(`INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms)
        VALUES (?, ?, 'test', 'test', 0, 'done', 0, 0, 0, 0, '[]', 0)`).run(importId, source).lastInsertRowid;
      for (const [i, record] of records.entries()) {
        const { kind, title, creator, collection, category } = record.item, act = record.act ?? 'used';
        const fingerprint = Buffer.from(JSON.stringify([source, kind, title, creator, collection, act]));
        db.command('INSERT INTO items (source, kind, act, title, creator, collection, category, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING').run(source, kind, act, title, creator, collection, category, fingerprint);
        const id = db.query<{ id: number }>('SELECT item_id AS id FROM items WHERE fingerprint = ?').get(fingerprint)?.id ?? 0;
        db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms, duration_ms, quantity, amount_minor, currency) VALUES (?, ?, ?, ?, 1, NULL, ?, ?, ?)')
          .run(record.atMs, id, i, number, kind === 'product' ? 1 : null, record.priceMinor ?? null, record.priceMinor === undefined ? null : record.currency ?? 'EUR');
      }
      db.command('UPDATE imports SET added = ? WHERE number = ?').run(records.length, number);
      return number;
    });
  }
  const openClosed = (minutes = 10) => service.openClosed(privateKey, clock.nowMs() + minutes * 60_000);
  const refresh = () => service.refresh(new AbortController().signal);
  const find = (claim: string, value: string) => service.preferences().find((preference) => preference.claim === claim && preference.value === value);
  /** @throws when it is not in the profile */
  const the = (claim: string, value: string) => {
    const found = find(claim, value);
    if (!found) throw new Error(`${claim} ${value} is not in the profile`);
    return found;
  };
  return { db, clock, audit, events, changes: () => changes, service, closedKey, privateKey, add, refresh, openClosed, find, the };
}
