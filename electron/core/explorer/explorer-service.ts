/** Looks through everything in the vault: things by words, source, kind, area and time; one thing with its records; a selection as a file. Nothing of the closed part. */
import type { Act, ItemKind, SourceId } from '../../../shared/domain/records.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { EnrichmentService } from '../enrichment/enrichment-service.ts';
import type { About } from '../enrichment/explaining.ts';
import type { NotMe } from '../../../shared/domain/preference.ts';
import { normalise, wordsOf } from '../enrichment/normalise.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { readThings, recordsBetween, thingsVersion, type FindOrder, type FoundItem, wordsToFind, type ItemRecord, type Things } from '../records/finding.ts';
import { countSealedItems, recordsByMonth, type Item } from '../records/records.ts';
import { asCsv, asJson, type ExportRow } from './selection-file.ts';

export interface Search {
  readonly text: string;
  readonly sources?: readonly SourceId[] | undefined; readonly kinds?: readonly ItemKind[] | undefined; readonly acts?: readonly Act[] | undefined;
  /** Node of the taxonomy: only what speaks for it or for something below. */
  readonly area?: string | undefined;
  /** Unix ms; only things with a record from `fromMs` up to, not including, `toMs`. */
  readonly fromMs?: number | undefined; readonly toMs?: number | undefined;
  readonly order: FindOrder;
}
/** Conclusions whose words hold what was looked for. */
export interface FoundConclusion { readonly id: string; readonly label: string; readonly path: readonly string[]; readonly claim: Claim; readonly strength: number }
export interface Found {
  readonly total: number;
  readonly items: readonly FoundItem[];
  readonly conclusions: readonly FoundConclusion[];
  /** Things of the closed part, which are never found among the others. */
  readonly closed: number;
  /** What is found of the closed part while that is open, its newest things, and when it shuts (Unix ms); null while it is shut, and with all pages but the first. */
  readonly opened: { readonly total: number; readonly items: readonly FoundItem[]; readonly untilMs: number } | null;
}
/** Which things: by id, or everything a search finds. */
export type Selection = { readonly ids: readonly number[] } | { readonly search: Search };

export interface ExplorerService {
  /** Things `offset` up to `offset + limit` of what is found, and what the profile says about the same words. */
  find(search: Search, page: { readonly offset: number; readonly limit: number }): Found;
  /** One thing: its newest records, how they lie in time, what it speaks for. @throws {AppError} ERR_ITEM_UNKNOWN */
  item(id: number): { readonly item: FoundItem; readonly records: readonly ItemRecord[]; readonly months: readonly { readonly month: string; readonly count: number }[]; readonly about: readonly About[]; /** What the person said of it that keeps it from counting. */ readonly notMe: readonly NotMe[] };
  /**
   * A part of a file of all records of a selection; the parts put together are the file. Audited as `records.exported` with the first.
   *
   * @returns the place of the next part; null after the last. @throws {AppError} ERR_ITEM_UNKNOWN when there is nothing
   */
  export(selection: Selection, format: 'csv' | 'json', from: number): { readonly text: string; readonly things: number; readonly next: number | null };
}

export interface ExplorerDeps { readonly db: WritableDb; readonly audit: AuditLog; readonly enrichment: Pick<EnrichmentService, 'itemsWithin' | 'about' | 'disownedBy' | 'preferences' | 'opened'>; /** Changes when anything that can be found changes. */ readonly state: () => string }

const CONCLUSIONS = 8;
/** Things of the closed part at once. */
const OPENED = 100;
/** Of one thing at once. */
const RECORDS_SHOWN = 300;
const EXPORT_THINGS = 2_000;

export function createExplorerService({ db, audit, enrichment, state }: ExplorerDeps): ExplorerService {
  // Read again only when things came or went, which most changes of the profile leave as they are; and the last result, because a list is read in pages.
  let read: { readonly version: string; readonly things: Things } | null = null;
  let last: { readonly key: string; readonly ids: Uint32Array } | null = null;

  const things = (): Things => {
    const version = thingsVersion(db);
    if (read?.version !== version) read = { version, things: readThings(db) };
    return read.things;
  };
  const search = ({ text, area, ...wanted }: Search): Uint32Array => {
    const key = JSON.stringify([state(), text, area, wanted]);
    if (last?.key === key) return last.ids;
    const words = wordsOf(text);
    // Signs alone are no words, and nothing has them.
    const ids = words.length === 0 && text.trim() !== '' ? new Uint32Array() : things().find({ ...wanted, words, within: area === undefined ? undefined : enrichment.itemsWithin(area) });
    last = { key, ids };
    return ids;
  };
  /** Few enough to be gone through, and in memory only while the part is open. */
  const openedOf = ({ text: wantedText, sources, kinds, acts, fromMs, toMs, area, order }: Search, words: readonly string[]): Found['opened'] => {
    const opened = enrichment.opened();
    if (opened === null) return null;
    const last = words.at(-1) ?? '';
    const fits = (item: Item): boolean => {
      const own = wordsOf(wordsToFind(item, normalise));
      return words.slice(0, -1).every((word) => own.includes(word)) && own.some((word) => word.startsWith(last));
    };
    const found = opened.items
      // Areas are of the open part.
      .filter((item) => area === undefined && (sources?.includes(item.source) ?? true) && (kinds?.includes(item.kind) ?? true) && (acts?.includes(item.act) ?? true) && (words.length === 0 ? wantedText.trim() === '' : fits(item)))
      .map((item) => ({ ...item, ...things().sealed(item.id) }))
      .filter(({ records, firstMs, lastMs }) => records > 0 && (fromMs === undefined || lastMs >= fromMs) && (toMs === undefined || firstMs < toMs));
    found.sort((a, b) => (order === 'most' ? b.records - a.records : order === 'oldest' ? a.lastMs - b.lastMs : b.lastMs - a.lastMs) || a.id - b.id);
    return { total: found.length, items: found.slice(0, OPENED), untilMs: opened.untilMs };
  };
  const unknown = (): AppError => new AppError('ERR_ITEM_UNKNOWN', 'This is not in the vault any more. Nothing was changed.');

  return Object.freeze({
    find(wanted, { offset, limit }) {
      const ids = search(wanted);
      const words = wordsOf(wanted.text);
      const conclusions = words.length === 0 || offset > 0 ? [] : enrichment.preferences()
        .filter(({ label, path }) => { const own = wordsOf([...path, label].join(' ')); return words.every((word) => own.some((other) => other.startsWith(word))); })
        .sort((a, b) => b.strength - a.strength).slice(0, CONCLUSIONS).map(({ id, label, path, claim, strength }) => ({ id, label, path, claim, strength }));
      return { total: ids.length, items: things().items(ids.slice(offset, offset + limit)), conclusions, closed: countSealedItems(db), opened: offset > 0 ? null : openedOf(wanted, words) };
    },
    item(id) {
      const [item] = things().items([id]);
      if (!item) throw unknown();
      return { item, records: recordsBetween(db, [item], RECORDS_SHOWN), months: recordsByMonth(db, [id]), about: enrichment.about(id), notMe: enrichment.disownedBy(item) };
    },
    export(selection, format, from) {
      const ids = 'ids' in selection ? selection.ids : search(selection.search);
      const rows = rowsOf(db, things().items(ids.slice(from, from + EXPORT_THINGS)));
      if (from === 0) {
        if (rows.length === 0) throw unknown();
        db.transaction(() => { audit.append({ type: 'records.exported', counts: { things: ids.length } }); });
      }
      const next = from + EXPORT_THINGS < ids.length ? from + EXPORT_THINGS : null;
      return { text: (format === 'csv' ? asCsv : asJson)(rows, { first: from === 0, last: next === null }), things: ids.length, next };
    },
  } satisfies ExplorerService);
}

/** Every record of these things: thing by thing in this order, each from the newest. */
function rowsOf(db: ReadableDb, items: readonly FoundItem[]): ExportRow[] {
  if (items.length === 0) return [];
  const byItem = Map.groupBy(recordsBetween(db, items, Number.MAX_SAFE_INTEGER), ({ itemId }) => itemId);
  return items.flatMap((item) => (byItem.get(item.id) ?? []).map((record) => ({ item, record })));
}
