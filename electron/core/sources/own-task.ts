/** In the worker: what is in a file no importer knows, and what its rows would become by what the person says about it. */
import { t } from '../../../shared/language/message.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MOST_COLUMNS } from '../../../shared/domain/mapping.ts';
import type { TaskBody } from '../platform/workers/task-kind.ts';
import { cleanText } from '../platform/text/clean-text.ts';
import { readCsv } from './csv.ts';
import { surveyDateOrder } from './dates.ts';
import { createFileReader } from './files.ts';
import { columnsOf, type Structure } from './format.ts';
import { guessMapping, type SeenColumn } from './guess-mapping.ts';
import { createArraySplitter } from './json-array.ts';
import { columnNames, formatOfMapping, memberText, momentOf, signatureOf } from './own.ts';
import { isIssue, parseFile, readStructure, type Readable } from './parse.ts';
import { REMARKS, type IssueCode } from './record.ts';
import { rowOf } from './rows-task.ts';
import type { ColumnsInput, ColumnsPage, OwnRow, TriedMapping, TryInput } from './tasks.ts';
import { decodeText } from './text.ts';

/** Rows looked at for what the columns are. */
const ROWS_SEEN = 2_000;
/** Enough to see what a column holds, and whether it is right. */
const VALUES_SHOWN = 3, VALUE_CHARS = 80, ROWS_SHOWN = 8;
/** The counts of a longer file are those of its beginning, and say so. */
const ROWS_TRIED = 50_000;

type Listed = Extract<Structure, { readonly shape: 'csv' | 'json-array' }>;

const noList = (label: string): AppError => new AppError('ERR_SOURCE_UNRECOGNISED', t('“{label}” is not a table or a list of entries. Nothing was imported from it.', { label }));

async function listed(file: Readable): Promise<Listed> {
  const structure = await readStructure(file);
  if (structure?.shape !== 'csv' && structure?.shape !== 'json-array') throw noList(file.label);
  return structure;
}

/** Rows of a CSV, its first one included. */
async function firstRows(file: Readable, delimiter: string, count: number): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const bunch of readCsv(decodeText(file.read(), file.label), delimiter)) {
    for (const row of bunch) if ('cells' in row) rows.push(row.cells);
    if (rows.length >= count) break;
  }
  return rows.slice(0, count);
}

async function firstElements(file: Readable, count: number): Promise<Readonly<Record<string, unknown>>[]> {
  const elements: Readonly<Record<string, unknown>>[] = [];
  const splitter = createArraySplitter(({ value }) => { if (elements.length < count && value !== null && typeof value === 'object' && !Array.isArray(value)) elements.push(value as Readonly<Record<string, unknown>>); }, () => undefined);
  for await (const text of decodeText(file.read(), file.label)) {
    splitter.push(text);
    if (elements.length >= count) break;
  }
  splitter.end();
  return elements;
}

/** Whether somebody could say what is in it: text with a comma in its first line is no table. */
export async function looksLikeList(file: Readable, structure: Structure): Promise<boolean> {
  if (structure.shape === 'json-array') return true;
  if (structure.shape !== 'csv' || (structure.header.length < 2 && !/\.[ct]sv$/i.test(file.label))) return false;
  const rows = await firstRows(file, structure.delimiter, 20);
  return rows.length > 1 && rows.filter((cells) => cells.length === structure.header.length).length * 2 > rows.length;
}

/** Members of the objects, and of objects in them as "outer.inner", in the order they occur. */
function memberNames(elements: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = new Set<string>();
  for (const element of elements) {
    for (const [key, value] of Object.entries(element)) {
      const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
      for (const name of isObject ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key]) if (name !== '' && cleanText(name, 200) === name) names.add(name);
      if (names.size >= MOST_COLUMNS) return [...names].slice(0, MOST_COLUMNS);
    }
  }
  return [...names];
}

const NUMBERED = /^\d+([.,]\d+)?$/;
/** Names of columns are words; a first row with dates, numbers or addresses in it is an entry already. */
const isEntry = (header: readonly string[], nowMs: number): boolean => header.some((cell) => NUMBERED.test(cell) || /^https?:/.test(cell) || (/\d/.test(cell) && (momentOf(cell, 'dmy', nowMs) ?? 0) > 0));

/** What the columns of a file are called, what stands in them, and what they most likely are. */
export const columns: TaskBody<ColumnsInput, never, ColumnsPage> = async ({ part, headerless: wanted, nowMs }) => {
  const reader = createFileReader();
  try {
    const file = await reader.reopen(part);
    const structure = await listed(file);
    let headerless = false, total: number;
    let seen: SeenColumn[];
    if (structure.shape === 'csv') {
      headerless = wanted ?? isEntry(structure.header, nowMs);
      const names = columnNames(structure.header, headerless), rows = (await firstRows(file, structure.delimiter, ROWS_SEEN)).slice(headerless ? 0 : 1).filter((cells) => cells.length === names.length);
      total = names.length;
      seen = names.slice(0, MOST_COLUMNS).map((name, at) => ({ name, values: rows.map((cells) => cells[at] ?? '') }));
    } else {
      const elements = await firstElements(file, ROWS_SEEN), names = memberNames(elements);
      total = names.length;
      seen = names.map((name) => ({ name, values: elements.map((element) => memberText(element, name) ?? '') }));
    }
    const guess = guessMapping(seen, part.label, nowMs);
    const shown = await Promise.all(seen.map(async ({ name, values }, at) => {
      const filled = [...new Set(values.map((value) => cleanText(value, VALUE_CHARS)).filter((value) => value !== ''))];
      const survey = await surveyDateOrder(columnsOf([name]), name, rowsOf(values));
      return { name, field: guess.columns[at]?.field ?? null, because: guess.columns[at]?.because ?? null, values: filled.slice(0, VALUES_SHOWN), dateOrder: survey.dateOrder ?? 'dmy', unsure: survey.remark !== null };
    }));
    return { columns: shown, more: total - seen.length, headerless, table: structure.shape === 'csv', guess: guess.mapping };
  } finally {
    reader.close();
  }
};

async function* rowsOf(values: readonly string[]): AsyncGenerator<{ readonly row: number; readonly cells: readonly string[] }[], void> {
  yield values.map((value, at) => ({ row: at + 1, cells: [value] }));
}

/** The first rows as they would be stored, and what became of all of them. */
export const tryOut: TaskBody<TryInput, never, TriedMapping> = async ({ part, mapping, names, nowMs }, { signal }) => {
  const reader = createFileReader();
  try {
    const file = await reader.reopen(part);
    const structure = await listed(file);
    const format = formatOfMapping({ id: 'trial', shape: structure.shape, names, mapping });
    const rows: OwnRow[] = [];
    const issues = new Map<IssueCode, number>();
    let read = 0, kept = 0, whole = true;
    for await (const outcomes of parseFile(file, format, { nowMs, profiles: null, survey: null })) {
      signal.throwIfAborted();
      for (const outcome of outcomes) {
        if (isIssue(outcome)) {
          issues.set(outcome.code, (issues.get(outcome.code) ?? 0) + 1);
          if (!REMARKS.has(outcome.code)) read++;
        } else {
          read++;
          kept++;
          if (rows.length < ROWS_SHOWN) rows.push(rowOf(outcome));
        }
      }
      if (read >= ROWS_TRIED) { whole = false; break; }
    }
    return { rows, read, kept, whole, issues: [...issues].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count), shape: structure.shape, names: signatureOf(structure, mapping.headerless) };
  } finally {
    reader.close();
  }
};
