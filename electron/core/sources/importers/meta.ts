/** What Instagram and Facebook have in common: how they write text, and where they put it. */
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { plausible } from '../dates.ts';
import type { JsonTreeFormat, ReadOptions, Structure } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord, type SourceId } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const field = (value: unknown, key: string): unknown => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** A list, or none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

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
  const entries: readonly unknown[] = isObject(map) ? Object.values(map) : [...listOf(field(element, 'label_values')), ...listOf(field(element, 'string_list_data'))];
  for (const entry of entries) {
    const text = textOf(field(entry, 'value'));
    if (text !== null) return text;
  }
  return null;
}

/** Seconds since 1970, at the element itself, in its map or in its list. */
export function mappedTime(element: unknown, nowMs: number): number | null {
  const map = field(element, 'string_map_data');
  for (const place of [element, ...(isObject(map) ? Object.values(map) : []), ...listOf(field(element, 'string_list_data')), ...listOf(field(element, 'label_values'))]) {
    const seconds = field(place, 'timestamp') ?? field(place, 'timestamp_value');
    if (typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds > 0) return plausible(seconds * 1_000, nowMs);
  }
  return UNDATED_MS;
}

/** A record of a thing at a time, and of nothing else. */
export const plainRecord = (is: Pick<ParsedRecord, 'kind' | 'act'>, title: string, atMs: number): ParsedRecord =>
  ({ ...is, title, creator: null, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });

interface MetaFile {
  readonly id: string; readonly source: SourceId; readonly keeps: readonly string[]; readonly drops: readonly string[];
  readonly is: Pick<ParsedRecord, 'kind' | 'act'>;
  readonly title: (element: unknown) => string | null;
}
const readElement = ({ is, title }: MetaFile, { nowMs }: ReadOptions) => (element: unknown): ParsedRecord | IssueCode => {
  const name = title(element);
  if (name === null) return 'TITLE_MISSING';
  if (is.kind === 'search' && isPersonalSearch(name)) return 'SKIPPED_PERSONAL';
  const atMs = mappedTime(element, nowMs);
  return atMs === null ? 'DATE_INVALID' : plainRecord(is, name, atMs);
};

/** A file that is one list under one name, here `list`. */
export const metaFormat = (file: MetaFile & { readonly list: string }): JsonTreeFormat => ({
  id: file.id, source: file.source, shape: 'json-tree', grainMs: 1, keeps: file.keeps, drops: file.drops, paths: [`$.${file.list}.*`],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has(file.list),
  reader: (options) => readElement(file, options),
});

/** A file of 2025 and later that is one entry with lists in it, all of them of one kind of thing. Nothing in it says of what: it goes by its name. */
export const labelledFormat = (file: Omit<MetaFile, 'title'> & { readonly isNamed: (path: string) => boolean }): JsonTreeFormat => ({
  id: file.id, source: file.source, shape: 'json-tree', grainMs: 1, keeps: file.keeps, drops: file.drops, paths: ['$.label_values.*.vec.*'],
  recognises: (structure, path) => structure.shape === 'json-tree' && structure.keys.has('label_values') && file.isNamed(path),
  reader: (options) => readElement({ ...file, title: (element) => textOf(field(element, 'value')) ?? textOf(element) }, options),
});

/** Whether a file is a list of entries as they are written since 2025. */
export const isLabelledList = (structure: Structure): boolean => structure.shape === 'json-array' && structure.keys.has('label_values');

/** Whether an object has one of these keys at its top. */
export const hasAny = (structure: Structure, ...keys: readonly string[]): boolean => structure.shape === 'json-tree' && keys.some((key) => structure.keys.has(key));
