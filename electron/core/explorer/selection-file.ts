/** A selection as a file that other programs read: CSV or a JSON array, in parts, with the fields of the whole export. */
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { csvRow } from '../../../shared/domain/csv-cells.ts';
import type { FoundItem, ItemRecord } from '../records/finding.ts';

export interface ExportRow { readonly item: FoundItem; readonly record: ItemRecord }
/** Whether this part begins or ends the file. */
export interface Part { readonly first: boolean; readonly last: boolean }

/** Lets spreadsheets know that the file is UTF-8. */
const MARK = '\ufeff';

/** Time is ISO 8601 in UTC; null where no export gives one. */
const fieldsOf = ({ item, record }: ExportRow) => ({
  time: record.atMs === UNDATED_MS ? null : new Date(record.atMs).toISOString(),
  source: item.source, kind: item.kind, act: item.act, title: item.title, creator: item.creator, collection: item.collection, category: item.category,
  seconds: record.durationMs === null ? null : record.durationMs / 1_000, quantity: record.quantity, amount_minor: record.amountMinor, currency: record.currency, import: record.importId,
});
const FIELDS = ['time', 'source', 'kind', 'act', 'title', 'creator', 'collection', 'category', 'seconds', 'quantity', 'amount_minor', 'currency', 'import'] as const satisfies readonly (keyof ReturnType<typeof fieldsOf>)[];

export const asCsv = (rows: readonly ExportRow[], { first }: Part): string =>
  (first ? MARK + csvRow(FIELDS) : '') + rows.map((row) => { const fields = fieldsOf(row); return csvRow(FIELDS.map((name) => fields[name])); }).join('');

export const asJson = (rows: readonly ExportRow[], { first, last }: Part): string =>
  `${first ? '[\n' : ''}${rows.map((row, i) => `${first && i === 0 ? '' : ',\n'}${JSON.stringify(fieldsOf(row))}`).join('')}${last ? '\n]\n' : ''}`;
