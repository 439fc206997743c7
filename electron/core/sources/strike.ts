/** What the person struck out before anything is stored. Pure. */
import { UNDATED_MS, type Act, type ItemKind, type OptionalField } from '../../../shared/domain/records.ts';
import type { IssueCode, ParsedRecord } from './record.ts';

/** Lists name things as the preview shows them. */
export interface LeaveOut {
  readonly kinds?: readonly { readonly kind: ItemKind; readonly act: Act }[] | undefined;
  readonly fields?: readonly OptionalField[] | undefined;
  /** Unix ms, both ends kept; what has no date is kept. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Everything that happened with a thing of this name. */
  readonly titles?: readonly string[] | undefined;
  /** Everything by someone. */
  readonly creators?: readonly string[] | undefined;
  /** Single rows. */
  readonly rows?: readonly { readonly title: string; readonly atMs: number }[] | undefined;
  /** Single rows that stay, whatever else would leave them out. */
  readonly kept?: readonly { readonly title: string; readonly atMs: number }[] | undefined;
  /** What lies in a closed part of life. */
  readonly sensitive?: boolean | undefined;
}

/** In which closed part of life a thing lies, in words; null for what lies in none. */
export type ClosedLabel = (item: Pick<ParsedRecord, 'kind' | 'title' | 'creator' | 'collection' | 'category'>) => string | null;

const namesOf = (rows: LeaveOut['rows']): ReadonlySet<string> => new Set(rows?.map(({ title, atMs }) => `${atMs} ${title}`));

/** `closedLabel`: needed only where `sensitive` is left out. The result is the record as it is stored, or why it is not. */
export function createStrike(leaveOut: LeaveOut, closedLabel: ClosedLabel | null): (record: ParsedRecord) => ParsedRecord | IssueCode {
  const kinds = new Set(leaveOut.kinds?.map(({ kind, act }) => `${act} ${kind}`));
  const titles = new Set(leaveOut.titles), creators = new Set(leaveOut.creators), rows = namesOf(leaveOut.rows), kept = namesOf(leaveOut.kept);
  const fields = new Set(leaveOut.fields);
  const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = leaveOut;
  return (record) => {
    if (kept.size === 0 || !kept.has(`${record.atMs} ${record.title}`)) {
      if (kinds.has(`${record.act} ${record.kind}`) || titles.has(record.title) || (record.creator !== null && creators.has(record.creator))) return 'SKIPPED_STRUCK';
      if (record.atMs !== UNDATED_MS && (record.atMs < fromMs || record.atMs > toMs)) return 'SKIPPED_STRUCK';
      if (rows.size > 0 && rows.has(`${record.atMs} ${record.title}`)) return 'SKIPPED_STRUCK';
      // By everything the row says, also by what is not kept of it.
      if (leaveOut.sensitive === true && closedLabel?.(record) != null) return 'SKIPPED_SENSITIVE';
    }
    if (fields.size === 0) return record;
    return {
      ...record,
      ...(fields.has('creator') ? { creator: null } : {}), ...(fields.has('collection') ? { collection: null } : {}), ...(fields.has('category') ? { category: null } : {}),
      ...(fields.has('duration') ? { durationMs: null } : {}), ...(fields.has('quantity') ? { quantity: null } : {}), ...(fields.has('amount') ? { amountMinor: null, currency: null } : {}),
    };
  };
}
