/** Streams the rows of a CSV text (RFC 4180); a broken row costs only itself. */
import type { IssueCode } from './record.ts';

/** `row` counts from 1 with the header as row 1, as in RFC 7111; empty lines do not count. */
export type CsvRow = { readonly row: number; readonly cells: readonly string[] } | { readonly row: number; readonly code: IssueCode };

/** A row of any known export has less than 8 kB; beyond this a quote was never closed. */
const ROW_CHARS = 256_000;
const DELIMITERS = [',', ';', '\t'];
const QUOTE = 34, CR = 13, LF = 10, EQUALS = 61;

/** The delimiter that splits the first line into most cells outside of quotes. */
export function detectDelimiter(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  return DELIMITERS.map((delimiter) => ({ delimiter, n: bare.split(delimiter).length })).reduce((best, next) => (next.n > best.n ? next : best)).delimiter;
}

/** The first line of a text, which ends at CR, LF or CRLF outside of quotes. */
export function firstLine(text: string): string {
  const match = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text);
  return match?.[0] ?? '';
}

/** Cells of one line, for a header. */
export function splitLine(line: string, delimiter: string): string[] | null {
  const found = parseRow(line, 0, delimiter.charCodeAt(0), true);
  return typeof found === 'object' ? found.cells : null;
}

interface Found { readonly cells: string[]; /** Where the next row starts. */ readonly next: number }
/** `more`: the text ends before the row does; `quotes`: a quote stands where none may. */
type RowOutcome = Found | 'more' | 'quotes';

/** NaN stands for the end of the text. */
const endsCell = (code: number, delimiter: number): boolean => code === delimiter || code === LF || code === CR || Number.isNaN(code);

function parseRow(text: string, from: number, delimiter: number, final: boolean): RowOutcome {
  const cells: string[] = [];
  const { length } = text;
  let at = from;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      let value = '';
      let start = at + 1;
      for (;;) {
        const close = text.indexOf('"', start);
        if (close === -1) return 'more';
        value += text.slice(start, close);
        at = close + 1;
        if (at >= length && !final) return 'more';
        if (text.charCodeAt(at) !== QUOTE) break;
        value += '"';
        start = at + 1;
      }
      cells.push(value);
    } else {
      const start = at;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code === delimiter || code === LF || code === CR) break;
        // ="0345539788": a number as spreadsheets are told to leave it alone, which Goodreads writes without quoting it again.
        if (code === QUOTE && (text.charCodeAt(start) !== EQUALS || (at !== start + 1 && !endsCell(text.charCodeAt(at + 1), delimiter)))) return 'quotes';
      }
      if (at >= length && !final) return 'more';
      cells.push(text.slice(start, at));
    }
    if (at >= length) return { cells, next: at };
    const code = text.charCodeAt(at);
    if (code === delimiter) { at++; continue; }
    if (code === LF) return { cells, next: at + 1 };
    if (code !== CR) return 'quotes';
    if (at + 1 >= length && !final) return 'more';
    return { cells, next: text.charCodeAt(at + 1) === LF ? at + 2 : at + 1 };
  }
}

/**
 * Rows in bunches, the header included; never throws for what the text holds. Whether a row has the right number of cells is for its reader to say.
 *
 * A row with a misplaced or unclosed quote is given up at the end of its line, so that the rows after it are not swallowed.
 */
export async function* readCsv(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow[], void> {
  const separator = delimiter.charCodeAt(0);
  let text = '';
  let row = 0;

  const take = (final: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < text.length) {
      const outcome = parseRow(text, at, separator, final);
      if (typeof outcome === 'object') {
        at = outcome.next;
        if (outcome.cells.length > 1 || outcome.cells[0] !== '') rows.push({ row: ++row, cells: outcome.cells });
        continue;
      }
      if (outcome === 'more' && !final && text.length - at <= ROW_CHARS) break;
      const rest = text.slice(at);
      const line = /\r\n|\n|\r/.exec(rest);
      if (!line && !final && rest.length <= ROW_CHARS) break;
      rows.push({ row: ++row, code: outcome === 'quotes' ? 'ROW_QUOTES' : line ? 'ROW_QUOTES' : final ? 'ROW_CUT' : 'ROW_TOO_LARGE' });
      at = line ? at + line.index + line[0].length : text.length;
    }
    text = text.slice(at);
    return rows;
  };

  for await (const chunk of chunks) {
    text += chunk;
    const rows = take(false);
    if (rows.length > 0) yield rows;
  }
  const rows = take(true);
  if (rows.length > 0) yield rows;
}
