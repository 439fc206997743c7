/** What Instagram and Facebook have in common: how they write text, and where they put it. */
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { plausible } from '../dates.ts';
import type { JsonTreeFormat, ReadOptions } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord, type SourceId } from '../record.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const field = (value: unknown, key: string): unknown => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** Their JSON writes each byte of UTF-8 as a character of its own ("Ã¼" for "ü"). What does not come out as text that way was right as it stood. */
export function repaired(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  // A character beyond one byte was never written that way.
  if (bytes.toString('latin1') !== text) return text;
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return text; }
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? tidy(repaired(value)) : null);

/** The first text in a map whose keys are in the language of the account: {"Interesse": {"value": "Backen"}}; or in the list that newer exports have instead. */
export function mappedText(element: unknown): string | null {
  const map = field(element, 'string_map_data');
  const entries: unknown[] = isObject(map) ? Object.values(map) : [field(element, 'label_values'), field(element, 'string_list_data')].flatMap((list) => (Array.isArray(list) ? list as unknown[] : []));
  for (const entry of entries) {
    const text = textOf(field(entry, 'value'));
    if (text !== null) return text;
  }
  return null;
}

/** Seconds since 1970, at the element itself or in its map. */
function mappedTime(element: unknown, nowMs: number): number | null {
  const map = field(element, 'string_map_data');
  for (const place of [element, ...(isObject(map) ? Object.values(map) : [])]) {
    const seconds = field(place, 'timestamp');
    if (typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds > 0) return plausible(seconds * 1_000, nowMs);
  }
  return UNDATED_MS;
}

export interface MetaList {
  readonly id: string; readonly source: SourceId; readonly keeps: readonly string[]; readonly drops: readonly string[];
  /** Key of the list at the top of the file. */
  readonly list: string;
  readonly is: Pick<ParsedRecord, 'kind' | 'act'>;
  readonly title: (element: unknown) => string | null;
}

/** A file that is one list under one name. */
export const metaFormat = ({ id, source, keeps, drops, list, is, title }: MetaList): JsonTreeFormat => ({
  id, source, shape: 'json-tree', grainMs: 1, keeps, drops, paths: [`$.${list}.*`],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has(list),
  reader: ({ nowMs }: ReadOptions) => (element): ParsedRecord | IssueCode => {
    const name = title(element);
    if (name === null) return 'TITLE_MISSING';
    const atMs = mappedTime(element, nowMs);
    if (atMs === null) return 'DATE_INVALID';
    return { ...is, title: name, creator: null, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  },
});
