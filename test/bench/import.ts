/** Measures parts of importing, the parser alone and a plain insert of the same rows, and how: time, memory, and how long the event loop was held up. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PlainDriver from 'better-sqlite3-plain';
import { createFileReader } from '../../electron/core/sources/files.ts';
import { recognise } from '../../electron/core/sources/importers/index.ts';
import { isIssue, parseFile, readStructure } from '../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../electron/core/sources/record.ts';

export interface Measurement { readonly records: number; readonly ms: number; readonly recordsPerSecond: number; /** Highest resident memory of the process, threads included. */ readonly peakRssMb: number; readonly fileMb: number; /** Longest time the event loop was held up. */ readonly longestBlockMs: number }

export async function measure(body: () => Promise<{ records: number; file?: string }>): Promise<Measurement> {
  let peak = process.memoryUsage.rss();
  let longest = 0, last = performance.now();
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
    const now = performance.now();
    longest = Math.max(longest, now - last - 10);
    last = now;
  }, 10);
  const startedAt = performance.now();
  const { records, file } = await body();
  const ms = performance.now() - startedAt;
  clearInterval(watch);
  const mb = (bytes: number): number => Math.round(bytes / 2 ** 20);
  return { records, ms: Math.round(ms), recordsPerSecond: Math.round((records / ms) * 1000), peakRssMb: mb(peak), fileMb: file === undefined ? 0 : mb(statSync(file).size), longestBlockMs: Math.round(longest) };
}

function temporary<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  return body(folder).finally(() => { rmSync(folder, { recursive: true, force: true }); });
}

async function* parsed(path: string): AsyncGenerator<ParsedRecord[], void> {
  const reader = createFileReader();
  for (const file of await reader.expand({ path, name: 'bench' }, ({ error }) => { throw error; })) {
    const structure = await readStructure(file);
    const format = structure && recognise(structure, file.label);
    if (!format) continue;
    for await (const outcomes of parseFile(file, format, { nowMs: Date.now(), profiles: null, survey: null })) yield outcomes.filter((outcome): outcome is ParsedRecord => !isIssue(outcome));
  }
  reader.close();
}

/** The parser alone, in this thread. */
export const measureParse = (path: string): Promise<Measurement> => measure(async () => {
  let records = 0;
  for await (const bunch of parsed(path)) records += bunch.length;
  return { records };
});

/**
 * The same rows into an unencrypted database by the plain driver: one table, one unique index against doubles, one transaction per 2,000 rows, prepared statement.
 *
 * Parsing is left out of its time.
 */
export const measurePlainInsert = (path: string): Promise<Measurement> => temporary(async (folder) => {
  const file = join(folder, 'plain.db');
  const db = new PlainDriver(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE records (id INTEGER PRIMARY KEY, source TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, creator TEXT, collection TEXT, at_ms INTEGER NOT NULL, duration_ms INTEGER, quantity INTEGER, amount_minor INTEGER, currency TEXT);
    CREATE UNIQUE INDEX records_once ON records (at_ms, title, creator, duration_ms)`);
  const insert = db.prepare('INSERT OR IGNORE INTO records (source, kind, title, creator, collection, at_ms, duration_ms, quantity, amount_minor, currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let records = 0, insertMs = 0;
  const store = db.transaction((rows: readonly ParsedRecord[]) => {
    for (const row of rows) records += insert.run('bench', row.kind, row.title, row.creator, row.collection, row.atMs, row.durationMs, row.quantity, row.amountMinor, row.currency).changes;
  });
  const whole = await measure(async () => {
    let waiting: ParsedRecord[] = [];
    const flush = (rows: ParsedRecord[]): void => { const startedAt = performance.now(); store(rows); insertMs += performance.now() - startedAt; };
    for await (const bunch of parsed(path)) {
      waiting = waiting.concat(bunch);
      while (waiting.length >= 2_000) { flush(waiting.slice(0, 2_000)); waiting = waiting.slice(2_000); }
    }
    flush(waiting);
    return { records, file };
  });
  db.close();
  return { ...whole, ms: Math.round(insertMs), recordsPerSecond: Math.round((records / insertMs) * 1000) };
});
