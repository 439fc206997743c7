/** In the worker: the rows of a data set as they would be stored, for the person to look through before anything is. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { OPTIONAL_FIELDS, UNDATED_MS, type OptionalField } from '../../../shared/domain/records.ts';
import type { TaskContext } from '../platform/workers/task-kind.ts';
import { createFileReader } from './files.ts';
import { formatOf } from './own.ts';
import { isIssue, parseFile, readAllBeside, surveyFile } from './parse.ts';
import type { ParsedRecord } from './record.ts';
import type { ClosedLabel } from './strike.ts';
import type { PreviewRow, RowsInput, RowsPage, RowsSummary } from './tasks.ts';

const hasField: Readonly<Record<OptionalField, (record: ParsedRecord) => boolean>> = {
  creator: ({ creator }) => creator !== null, collection: ({ collection }) => collection !== null, category: ({ category }) => category !== null,
  duration: ({ durationMs }) => durationMs !== null, quantity: ({ quantity }) => quantity !== null && quantity !== 1, amount: ({ amountMinor }) => amountMinor !== null,
};

/**
 * Without words to look for, the whole data set is gone through and added up; with them, as far as the page needs.
 *
 * Of the rows that lie in a closed part of life, more are given than of others: they are the ones worth looking at.
 */
export async function rows(input: RowsInput, { signal }: TaskContext<never>, closedLabelFor: (resourcesDir: string) => ClosedLabel): Promise<RowsPage> {
  const format = formatOf(input);
  if (!format) throw new AppError('ERR_SOURCE_UNRECOGNISED', 'This kind of export is not known any more. Choose the file again.');
  const closedLabel = remembering(closedLabelFor(input.resourcesDir));
  const wanted = input.text.trim().toLowerCase();
  const isWanted = (record: ParsedRecord): boolean => wanted === '' || [record.title, record.creator, record.collection, record.category].some((text) => text?.toLowerCase().includes(wanted) === true);
  const reader = createFileReader();
  const found: PreviewRow[] = [], closedRows: PreviewRow[] = [];
  const kinds = new Map<string, { readonly kind: ParsedRecord['kind']; readonly act: ParsedRecord['act']; count: number }>();
  const fields = new Set<OptionalField>();
  let records = 0, sensitive = 0, firstMs: number | null = null, lastMs: number | null = null, isMore = false;
  try {
    const beside = await readAllBeside(await Promise.all(input.beside.map((ref) => reader.reopen(ref))), format);
    for (const part of input.parts) {
      const file = await reader.reopen(part);
      const survey = await surveyFile(file, format, 'import', beside);
      for await (const outcomes of parseFile(file, format, { nowMs: input.nowMs, profiles: input.profiles === null ? null : new Set(input.profiles), survey: survey && { ...survey, remark: null } })) {
        signal.throwIfAborted();
        for (const record of outcomes) {
          if (isIssue(record)) continue;
          const closed = closedLabel(record);
          if (wanted === '') {
            records++;
            if (closed !== null) sensitive++;
            const kind = kinds.get(`${record.act} ${record.kind}`) ?? { kind: record.kind, act: record.act, count: 0 };
            kind.count++;
            kinds.set(`${record.act} ${record.kind}`, kind);
            if (fields.size < OPTIONAL_FIELDS.length) for (const field of OPTIONAL_FIELDS) if (hasField[field](record)) fields.add(field);
            if (record.atMs !== UNDATED_MS) {
              firstMs = Math.min(firstMs ?? record.atMs, record.atMs);
              lastMs = Math.max(lastMs ?? record.atMs, record.atMs);
            }
          }
          if (!isWanted(record)) continue;
          const list = closed !== null && wanted === '' ? closedRows : found;
          if (list.length < input.limit) list.push({ ...rowOf(record), closed });
          else isMore = true;
        }
        if (wanted !== '' && isMore) return { rows: found, more: true, summary: null };
      }
    }
  } finally {
    reader.close();
  }
  const summary: RowsSummary = { records, sensitive, firstMs, lastMs, kinds: [...kinds.values()].sort((a, b) => b.count - a.count), fields: OPTIONAL_FIELDS.filter((field) => fields.has(field)) };
  return { rows: [...closedRows, ...found].slice(0, input.limit), more: isMore || closedRows.length + found.length > input.limit, summary: wanted === '' ? summary : null };
}

export const rowOf = ({ kind, act, title, creator, collection, category, atMs, durationMs, quantity, amountMinor, currency }: ParsedRecord): Omit<PreviewRow, 'closed'> =>
  ({ kind, act, title, creator, collection, category, atMs, durationMs, quantity, amountMinor, currency });

/** One thing is played a hundred times and looked up once. */
function remembering(label: ClosedLabel): ClosedLabel {
  const known = new Map<string, string | null>();
  return (item) => {
    const key = JSON.stringify([item.kind, item.title, item.creator, item.collection, item.category]);
    let found = known.get(key);
    if (found === undefined) {
      if (known.size > 100_000) known.clear();
      known.set(key, (found = label(item)));
    }
    return found;
  };
}
