/** Records that were forgotten once they had been read: what they said of what, without names, and which stretches of time they covered. No policy. */
import type { Act, ItemKind, SourceId } from '../../../shared/domain/records.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { addWeeks, type Weeks } from './weeks.ts';

/** What the forgotten things of one import say together that spoke for the same by the same rules. */
export interface KeptEvidence {
  readonly importNumber: number;
  readonly kind: ItemKind;
  readonly act: Act;
  /** Target, rule and weight of each match, sorted. */
  readonly matches: readonly (readonly [target: string, rule: string, weight: number])[];
  /** Unix ms at which `support` and `prices` are what they say. */
  readonly asOfMs: number;
  readonly items: number;
  readonly records: number;
  /** Sum over the things of their decayed records to the power of the repeats. */
  readonly support: number;
  readonly lastAtMs: number;
  /** Decayed purchases at low, middle and high prices, and how many things had a price. */
  readonly prices: readonly [number, number, number];
  readonly priced: number;
  /** Months in which there was any of it, each with its weeks. */
  readonly weeks: readonly number[];
}
/** Records of this kind from here to there, both included, were forgotten: they are not counted again. */
export interface ForgottenSpan { readonly importNumber: number; readonly kind: ItemKind; readonly act: Act; readonly fromMs: number; readonly toMs: number; /** As of {@link KeptEvidence}, of all of them. */ readonly weeks: readonly number[] }

type Row = Omit<KeptEvidence, 'matches' | 'prices' | 'weeks'> & { readonly matches: string; readonly weeks: string; readonly low: number; readonly middle: number; readonly high: number };

export const listKeptEvidence = (db: ReadableDb): KeptEvidence[] =>
  db.query<Row>('SELECT import_number AS importNumber, kind, act, matches, as_of_ms AS asOfMs, items, records, support, last_ms AS lastAtMs, low, middle, high, priced, weeks FROM kept_evidence ORDER BY import_number, kind, act, matches').all()
    // Written by this module only.
    .map(({ low, middle, high, matches, weeks, ...row }) => ({ ...row, matches: JSON.parse(matches) as KeptEvidence['matches'], prices: [low, middle, high], weeks: JSON.parse(weeks) as number[] }));

export const hasKeptEvidence = (db: ReadableDb): boolean => db.query('SELECT 1 FROM kept_evidence LIMIT 1').get() !== undefined;

export function putKeptEvidence(db: WritableDb, kept: KeptEvidence): void {
  db.command('INSERT INTO kept_evidence (import_number, kind, act, matches, as_of_ms, items, records, support, last_ms, low, middle, high, priced, weeks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(kept.importNumber, kept.kind, kept.act, JSON.stringify(kept.matches), kept.asOfMs, kept.items, kept.records, kept.support, kept.lastAtMs, ...kept.prices, kept.priced, JSON.stringify(kept.weeks));
}

export function deleteKeptEvidence(db: WritableDb, { importNumber, kind, act, matches }: KeptEvidence): void {
  db.command('DELETE FROM kept_evidence WHERE import_number = ? AND kind = ? AND act = ? AND matches = ?').run(importNumber, kind, act, JSON.stringify(matches));
}

export function putForgottenSpan(db: WritableDb, { importNumber, kind, act, fromMs, toMs, weeks }: ForgottenSpan): void {
  db.command('INSERT INTO forgotten_spans (import_number, kind, act, from_ms, to_ms, weeks) VALUES (?, ?, ?, ?, ?, ?)').run(importNumber, kind, act, fromMs, toMs, JSON.stringify(weeks));
}

/** Of one source. */
export const forgottenSpans = (db: ReadableDb, source: SourceId): ForgottenSpan[] =>
  db.query<Omit<ForgottenSpan, 'weeks'> & { readonly weeks: string }>('SELECT s.import_number AS importNumber, s.kind, s.act, s.from_ms AS fromMs, s.to_ms AS toMs, s.weeks FROM forgotten_spans s JOIN imports i ON i.number = s.import_number WHERE i.source = ?').all(source)
    .map(({ weeks, ...span }) => ({ ...span, weeks: JSON.parse(weeks) as number[] }));

/** Of all sources: weeks in which there was anything that was forgotten. */
export function addForgottenWeeks(db: ReadableDb, to: Weeks): void {
  for (const { weeks } of db.query<{ weeks: string }>('SELECT weeks FROM forgotten_spans').all()) addWeeks(to, JSON.parse(weeks) as number[]);
}

/** The same of each kind of thing that was used. */
export const forgottenWeeksByKind = (db: ReadableDb): { readonly kind: ItemKind; readonly weeks: readonly number[] }[] =>
  db.query<{ kind: ItemKind; weeks: string }>("SELECT kind, weeks FROM forgotten_spans WHERE act = 'used'").all().map(({ kind, weeks }) => ({ kind, weeks: JSON.parse(weeks) as number[] }));

/** The records of this import are gone; it cannot be gone on with, for nobody knows any more which rows were stored. */
export function markForgotten(db: WritableDb, importNumber: number, atMs: number): void {
  db.command('UPDATE imports SET forgotten_at_ms = ?, size_bytes = NULL WHERE number = ?').run(atMs, importNumber);
}

/** Everything that stayed of an import whose records were forgotten. */
export function forgetKept(db: WritableDb, importNumber: number): void {
  for (const table of ['kept_evidence', 'forgotten_spans']) db.command(`DELETE FROM ${table} WHERE import_number = ?`).run(importNumber);
}

/** Ended imports of these sources whose records are still there. */
export const importsToForget = (db: ReadableDb, sources: readonly SourceId[]): number[] =>
  db.query<{ number: number }>("SELECT number FROM imports WHERE forgotten_at_ms IS NULL AND added > 0 AND state IN ('done', 'cancelled') AND source IN (SELECT value FROM json_each(?)) ORDER BY number").all(JSON.stringify(sources)).map(({ number }) => number);

const keyOf = (source: SourceId): string => `sources.retention/${source}`;
/** Sources of which only the conclusions are kept. */
export const forgetfulSources = (db: ReadableDb): SourceId[] =>
  db.query<{ key: string }>("SELECT key FROM settings WHERE key LIKE 'sources.retention/%' ORDER BY key").all().map(({ key }) => key.slice(key.indexOf('/') + 1) as SourceId);

export function setForgetful(db: WritableDb, source: SourceId, forgetful: boolean): void {
  if (forgetful) db.command("INSERT INTO settings (key, value) VALUES (?, 'true') ON CONFLICT (key) DO NOTHING").run(keyOf(source));
  else db.command('DELETE FROM settings WHERE key = ?').run(keyOf(source));
}

/** One record of an import, thin. */
export interface ThinRecord { readonly itemId: number; readonly atMs: number; readonly quantity: number | null; readonly amountMinor: number | null; readonly currency: string | null; readonly background: number }
const CHUNK_RECORDS = 12_000;

/** Every record of one import in order of time, in pieces; `pause` is awaited between them. */
export async function recordsOfImport(db: ReadableDb, importNumber: number, take: (records: readonly ThinRecord[]) => void, pause: () => Promise<void>): Promise<void> {
  const edge = db.query<{ at_ms: number }>('SELECT at_ms FROM records WHERE at_ms > ? ORDER BY at_ms LIMIT 1 OFFSET ?');
  const piece = db.query<ThinRecord>('SELECT item_id AS itemId, at_ms AS atMs, quantity, amount_minor AS amountMinor, currency, background FROM records WHERE at_ms >= ? AND at_ms < ? AND import_number = ?');
  for (let fromMs = Number.MIN_SAFE_INTEGER; ;) {
    const next = edge.get(fromMs, CHUNK_RECORDS)?.at_ms;
    take(piece.all(fromMs, next ?? Number.MAX_SAFE_INTEGER, importNumber));
    await pause();
    if (next === undefined) return;
    fromMs = next;
  }
}
