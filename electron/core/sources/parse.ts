/** From the bytes of one file to records: structure first, then row by row, never holding more than a bunch of them. */
import { t } from '../../../shared/language/message.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FOREIGN_BYTES, looksLikeDatabase, openForeignDatabase, type ForeignDatabase } from '../platform/sqlite/foreign-database.ts';
import { composeText } from '../platform/text/clean-text.ts';
import { detectDelimiter, firstLine, readCsv, splitLine, type CsvRow } from './csv.ts';
import { columnsOf, type Columns, type CsvFormat, type DatabaseFormat, type Format, type HtmlFormat, type JsonFormat, type JsonTreeFormat, type ReadOptions, type Structure, type Survey, type Told } from './format.ts';
import { looksZipped, tooDeep } from './files.ts';
import { createArraySplitter } from './json-array.ts';
import { createTreeReader, keysIn } from './json-tree.ts';
import type { ImportIssue, IssueCode, ParsedRecord } from './record.ts';
import { decodeText } from './text.ts';

/** A file that can be read more than once from its beginning. */
export interface Readable { readonly label: string; readonly sizeBytes: number; readonly read: () => AsyncIterable<Buffer> }

/** A record, or the reason why there is none, with the row (from 1, header included) or the element (from 0). */
export type Outcome = ParsedRecord | { readonly code: IssueCode; readonly at: number };
export const isIssue = (outcome: Outcome): outcome is Exclude<Outcome, ParsedRecord> => 'code' in outcome;

/** The place of a row or element as a fragment: RFC 7111 `#row=17` for CSV, a JSON pointer (RFC 6901) for JSON. */
export const issueOf = (format: Format, label: string, { code, at }: { readonly code: IssueCode; readonly at: number }): ImportIssue =>
  ({ code, position: format.shape === 'csv' ? `${label}#row=${at}` : `${label}#/${at}` });

const HEAD_CHARS = 48_000;
/** Of a page: its kind and title stand in the first lines. */
const HTML_HEAD_CHARS = 8_000;
/** How far a page is read for that; its style sheets come first and say nothing. */
const HTML_READ_CHARS = 1_000_000;
/** No page is nested deeper; elements that are never closed cost time by the square of their number. */
const HTML_DEPTH = 10_000;

/** Of a database, all tables that are read together: browsers forget long before. */
const DATABASE_ROWS = 5_000_000;
/** Rows of a database between two looks at whether to go on. */
const ROWS_AT_ONCE = 5_000;

const unrecognised = (message: string): AppError => new AppError('ERR_SOURCE_UNRECOGNISED', message);

/**
 * Looks at the beginning of a file.
 *
 * @returns null for text that is neither a CSV, nor JSON, nor HTML
 * @throws {AppError} ERR_SOURCE_UNRECOGNISED for a zip (found inside of others), ERR_ENCODING_INVALID, ERR_JSON_INVALID for a JSON array of the wrong shape, ERR_DATABASE_INVALID, ERR_FILE_TOO_LARGE for a database
 */
export async function readStructure(file: Readable): Promise<Structure | null> {
  const first = await headOf(file);
  if (looksZipped(first)) throw tooDeep(file.label);
  if (first.subarray(0, MOZILLA_LZ4.length).equals(MOZILLA_LZ4)) throw unrecognised(t('“{label}” is a backup that Firefox made by itself, in a form of its own that is not read. In Firefox choose “Manage bookmarks”, “Import and Backup”, “Backup”, and drop the file that makes.', { label: file.label }));
  if (looksLikeDatabase(first)) {
    const database = await openDatabaseFile(file);
    database.close();
    return { shape: 'database', tables: database.tables };
  }
  let head = '';
  for await (const text of decodeText(file.read(), file.label)) {
    head += text;
    if (head.length < HEAD_CHARS) continue;
    if (!head.trimStart().startsWith('<') || head.length >= HTML_READ_CHARS || withoutStyles(head).length >= HTML_HEAD_CHARS) break;
  }
  if (head.trimStart().startsWith('<')) return { shape: 'html', head: withoutStyles(head.trimStart()).slice(0, HTML_HEAD_CHARS) };
  const start = head.slice(0, HEAD_CHARS).trimStart();
  if (start.startsWith('[')) return jsonStructure(start, file.label);
  if (start.startsWith('{')) return { shape: 'json-tree', keys: keysIn(start) };
  if (start === '') return null;
  const line = firstLine(start);
  const delimiter = detectDelimiter(line);
  const header = splitLine(line, delimiter)?.map((name) => composeText(name.trim().toLowerCase()));
  return header && header.join('') !== '' ? { shape: 'csv', delimiter, header } : null;
}

/** A style sheet that is still open ends the text. */
function withoutStyles(html: string): string {
  const open = /<style\b/gi, close = /<\/style\b/gi;
  let text = '', at = 0;
  for (let style = open.exec(html); style; style = open.exec(html)) {
    text += html.slice(at, style.index);
    close.lastIndex = style.index;
    const end = close.exec(html);
    if (!end) return text;
    at = open.lastIndex = end.index;
  }
  return text + html.slice(at);
}

/** How Firefox compresses what it writes for itself. */
const MOZILLA_LZ4 = Buffer.from('mozLz40\0', 'latin1');
/** By so many bytes a file that is no text is known. */
const SIGNATURE_BYTES = 16;

async function headOf(file: Readable): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.read()) {
    head = Buffer.concat([head, chunk.subarray(0, SIGNATURE_BYTES)]);
    if (head.length >= SIGNATURE_BYTES) break;
  }
  return head;
}

/** @throws {AppError} ERR_DATABASE_INVALID, ERR_FILE_TOO_LARGE */
async function openDatabaseFile(file: Readable): Promise<ForeignDatabase> {
  if (file.sizeBytes > FOREIGN_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', t('“{label}” is a database of more than {size, number} MB, which is more than any browser’s history takes. Nothing was imported from it.', { label: file.label, size: FOREIGN_BYTES / 2 ** 20 }));
  const memory = new ArrayBuffer(file.sizeBytes), bytes = Buffer.from(memory);
  let at = 0;
  for await (const chunk of file.read()) {
    if (at + chunk.length > bytes.length) throw changed(file.label);
    at += chunk.copy(bytes, at);
  }
  try {
    return openForeignDatabase(bytes.subarray(0, at), file.label);
  } finally {
    // It has a copy of its own by now; two of them for as long as it is open would be too much.
    memory.transfer(0);
  }
}

function jsonStructure(head: string, label: string): Structure | null {
  const keys = new Set<string>();
  let objects = 0, others = 0;
  const splitter = createArraySplitter(({ value }) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      objects++;
      for (const key of Object.keys(value)) keys.add(key);
    } else others++;
  }, () => { others++; });
  splitter.push(head);
  splitter.end();
  if (objects > 0) return { shape: 'json-array', keys };
  if (others > 1) throw new AppError('ERR_JSON_INVALID', t('“{label}” is a list, but not of the kind exports hold. Nothing was imported from it.', { label }));
  return null;
}

/** First pass over a whole file, for what its rows need to be read by, or what the preview shows; null where there is nothing to know. `beside`: of {@link mostBeside}. */
export async function surveyFile(file: Readable, format: Format, purpose: 'preview' | 'import', beside: Survey['beside'] = null): Promise<Survey | null> {
  if (format.shape !== 'csv') return null;
  if (!format.survey || (format.surveyFor === 'preview' && purpose === 'import')) return beside && { profiles: [], dateOrder: null, remark: null, beside };
  const { columns, rows } = await openCsv(file, format, undefined);
  return { ...await format.survey(columns, withoutHeader(rows)), beside };
}

/** More than a person sends back in a life. */
const MOST_BESIDE = 100_000;

/**
 * What one file beside a data set says of its rows: how often each thing is said. Rows that cannot be read say nothing.
 *
 * @throws {AppError} ERR_SOURCE_UNRECOGNISED when the file is not what it was; ERR_ENCODING_INVALID; whatever reading ends in
 */
export async function readBeside(file: Readable, { recognises, reader }: NonNullable<CsvFormat['beside']>): Promise<Map<string, number>> {
  const structure = await readStructure(file);
  if (structure?.shape !== 'csv' || !recognises(structure)) throw changed(file.label);
  const read = reader(columnsOf(structure.header));
  const said = new Map<string, number>();
  for await (const bunch of withoutHeader(readCsv(decodeText(file.read(), file.label, undefined), structure.delimiter))) {
    for (const row of bunch) {
      const key = 'cells' in row && row.cells.length === structure.header.length ? read(row.cells) : null;
      if (key !== null && (said.size < MOST_BESIDE || said.has(key))) said.set(key, (said.get(key) ?? 0) + 1);
    }
  }
  return said;
}

/** Several files together; null where there are none. Two exports that overlap say the same twice, so the most that one says counts, not the sum. */
export function mostBeside(files: readonly ReadonlyMap<string, number>[]): Survey['beside'] {
  if (files.length === 0) return null;
  const most = new Map<string, number>();
  for (const said of files) for (const [key, count] of said) if (most.size < MOST_BESIDE || most.has(key)) most.set(key, Math.max(most.get(key) ?? 0, count));
  return most;
}

/** The same of files that were looked at before. */
export async function readAllBeside(files: readonly Readable[], format: Format): Promise<Survey['beside']> {
  const all: Map<string, number>[] = [];
  if (format.shape === 'csv' && format.beside) for (const file of files) all.push(await readBeside(file, format.beside));
  return mostBeside(all);
}

async function* withoutHeader(rows: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<readonly CsvRow[], void> {
  let isFirst = true;
  for await (const bunch of rows) {
    yield isFirst ? bunch.slice(1) : bunch;
    isFirst = false;
  }
}

export interface ParseOptions extends Omit<ReadOptions, 'remark'> {
  readonly onBytes?: (taken: number) => void;
}

/**
 * Streams one file as records and issues, in bunches. Rows that cannot be read are issues; the rest goes on.
 *
 * @throws {AppError} ERR_SOURCE_UNRECOGNISED when the file is not of this format any more; ERR_ENCODING_INVALID; whatever reading ends in
 */
export async function* parseFile(file: Readable, format: Format, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  if (options.survey?.remark) yield [{ code: options.survey.remark, at: 1 }];
  if (format.shape === 'csv') yield* parseCsv(file, format, options);
  else if (format.shape === 'json-array') yield* parseJson(file, format, options);
  else if (format.shape === 'json-tree') yield* parseTree(file, format, options);
  else if (format.shape === 'database') yield* parseDatabase(file, format, options);
  else yield* parseHtml(file, format, options);
}

async function openCsv(file: Readable, format: CsvFormat, onBytes: ((taken: number) => void) | undefined): Promise<{ columns: Columns; rows: AsyncGenerator<CsvRow[], void> }> {
  const structure = await readStructure(file);
  if (structure?.shape !== 'csv' || !format.recognises(structure, file.label.toLowerCase())) throw changed(file.label);
  const columns = columnsOf(format.namesOf?.(structure.header) ?? structure.header);
  return { columns, rows: readCsv(decodeText(file.read(), file.label, onBytes), structure.delimiter) };
}

const changed = (label: string): AppError => unrecognised(t('“{label}” is not what it was when it was looked at. Choose it again. Nothing was imported from it.', { label }));

async function* parseCsv(file: Readable, format: CsvFormat, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  const { columns, rows } = await openCsv(file, format, options.onBytes);
  /** The header says it, when there is one. */
  let width = format.headerless === true ? columns.size : 0;
  let at = 0;
  let outcomes: Outcome[] = [];
  const read = format.reader(columns, { ...options, remark: (code) => { outcomes.push({ code, at }); } });
  for await (const bunch of rows) {
    for (const row of bunch) {
      at = row.row;
      if ('code' in row) outcomes.push({ code: row.code, at });
      else if (width === 0 && format.headerless !== true) width = row.cells.length;
      else if (row.cells.length !== width) outcomes.push({ code: 'ROW_COLUMNS', at });
      else {
        const outcome = read(row.cells);
        outcomes.push(typeof outcome === 'string' ? { code: outcome, at } : outcome);
      }
    }
    yield outcomes;
    outcomes = [];
  }
}

/** Takes in what the element at this place tells. */
function take(outcomes: Outcome[], told: Told, at: number): void {
  if (typeof told === 'string') outcomes.push({ code: told, at });
  else if ('variant' in told) outcomes.push(told);
  else for (const one of told) outcomes.push(typeof one === 'string' ? { code: one, at } : one);
}

async function* parseJson(file: Readable, format: JsonFormat, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  await assertSame(file, format);
  let outcomes: Outcome[] = [];
  let at = 0;
  const read = format.reader({ ...options, remark: (code) => { outcomes.push({ code, at }); } });
  const splitter = createArraySplitter(({ index, value }) => {
    at = index;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) { outcomes.push({ code: 'ELEMENT_SHAPE', at }); return; }
    // Its keys are data; readers ask for own ones by name and check each value.
    take(outcomes, read(value as Readonly<Record<string, unknown>>), at);
  }, ({ index, code }) => { outcomes.push({ code, at: index }); });
  for await (const text of decodeText(file.read(), file.label, options.onBytes)) {
    splitter.push(text);
    if (outcomes.length > 0) { yield outcomes; outcomes = []; }
  }
  splitter.end();
  if (outcomes.length > 0) yield outcomes;
}

async function assertSame(file: Readable, format: Format): Promise<void> {
  const structure = await readStructure(file);
  if (structure?.shape !== format.shape || !format.recognises(structure, file.label.toLowerCase())) throw changed(file.label);
}

async function* parseTree(file: Readable, format: JsonTreeFormat, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  await assertSame(file, format);
  let outcomes: Outcome[] = [];
  let at = 0;
  const read = format.reader({ ...options, remark: (code) => { outcomes.push({ code, at }); } });
  const reader = createTreeReader(format.paths, ({ value, path }) => {
    take(outcomes, read(value, path), at);
    at++;
  });
  for await (const text of decodeText(file.read(), file.label, options.onBytes)) {
    const goesOn = reader.push(text);
    if (outcomes.length > 0) { yield outcomes; outcomes = []; }
    if (!goesOn) break;
  }
  if (!reader.end()) yield [{ code: 'FILE_CUT', at }];
}

async function* parseHtml(file: Readable, format: HtmlFormat, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  await assertSame(file, format);
  let outcomes: Outcome[] = [];
  let at = 0;
  const handlers = format.reader({ ...options, remark: (code) => { outcomes.push({ code, at }); } }, (outcome) => {
    outcomes.push(typeof outcome === 'string' ? { code: outcome, at } : outcome);
    at++;
  });
  let depth = 0, isEnding = false;
  const parser = new Parser({
    onopentag(name, attributes) { depth++; handlers.open(name, attributes); },
    ontext(text) { handlers.text(text); },
    onclosetag(name) {
      depth--;
      if (!isEnding) handlers.close(name);
    },
  });
  for await (const text of decodeText(file.read(), file.label, options.onBytes)) {
    parser.write(text);
    if (outcomes.length > 0) { yield outcomes; outcomes = []; }
    if (depth > HTML_DEPTH) break;
  }
  // What is still open at the end was cut off: half an entry is none.
  const isCut = depth > HTML_DEPTH || !(handlers.isWhole?.() ?? depth === 0);
  isEnding = true;
  parser.end();
  if (isCut) outcomes.push({ code: 'FILE_CUT', at });
  if (outcomes.length > 0) yield outcomes;
}

async function* parseDatabase(file: Readable, format: DatabaseFormat, options: ParseOptions): AsyncGenerator<Outcome[], void> {
  const database = await openDatabaseFile(file);
  try {
    if (!format.recognises({ shape: 'database', tables: database.tables }, file.label.toLowerCase())) throw changed(file.label);
    let outcomes: Outcome[] = [];
    let at = 0;
    const read = format.reader({ ...options, remark: (code) => { outcomes.push({ code, at }); } });
    for (const outcome of read(database)) {
      if (typeof outcome === 'string') outcomes.push({ code: outcome, at });
      else if (outcome !== null) outcomes.push(outcome);
      at++;
      if (at > DATABASE_ROWS) throw new AppError('ERR_FILE_TOO_LARGE', t('“{label}” holds more than {most, number} rows, which is more than any browser keeps. Nothing was imported from it.', { label: file.label, most: DATABASE_ROWS }));
      if (at % ROWS_AT_ONCE > 0) continue;
      yield outcomes;
      outcomes = [];
      // All of it is in memory: nothing else here waits for anything.
      await nextTurn();
    }
    options.onBytes?.(file.sizeBytes);
    yield outcomes;
  } finally {
    database.close();
  }
}
