/** CSV that no spreadsheet executes: a reversible rule for cells, and rows after RFC 4180. */

/** Spreadsheets also split at these when they are set up for another country, so a cell can begin after each of them. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ';', '\t', '|', '\r', '\n']);
/** Quotes, blanks and characters nobody sees. */
const BEFORE = /^['"`\s\p{Z}\p{Cc}\p{Cf}\u{FEFF}]*/u;
/** What makes a cell a formula. */
const SIGNS: ReadonlySet<string> = new Set(['=', '+', '-', '@', '%', '\u{2212}']);

/** As some programs read it: wide, small, raised and doubled forms folded into the plain sign (NFKC). */
function isFormula(rest: string): boolean {
  const first = rest.codePointAt(BEFORE.exec(rest)?.[0].length ?? 0);
  return first !== undefined && SIGNS.has(String.fromCodePoint(first).normalize('NFKC').charAt(0));
}

/** Most cells by far: a letter or digit first, and no place after it where another cell could begin. */
const HARMLESS = /^(?:[\p{L}\p{N}][^,;|\t\r\n]*)?$/u;

const isDangerous = (rest: string): boolean => rest.startsWith("'") || /^[\t\r\n\0]/u.test(rest) || isFormula(rest);

/**
 * Puts an apostrophe wherever a cell could begin that a spreadsheet would take for a formula, and before every apostrophe that stands at
 * such a place already, so that {@link restoreCell} gives the same text back.
 */
export function neutraliseCell(text: string): string {
  if (HARMLESS.test(text)) return text;
  let out = '';
  let isStart = true;
  for (let at = 0; at < text.length; at++) {
    if (isStart && isDangerous(text.slice(at))) out += "'";
    const unit = text.charAt(at);
    out += unit;
    isStart = SEPARATORS.has(unit);
  }
  return out;
}

/** What {@link neutraliseCell} was given: takes away one apostrophe at the start and after each `,` `;` `|`, tab and line break. */
export function restoreCell(cell: string): string {
  let out = '';
  let isStart = true;
  for (const unit of cell.split('')) {
    if (isStart && unit === "'") { isStart = false; continue; }
    out += unit;
    isStart = SEPARATORS.has(unit);
  }
  return out;
}

/** One record, every cell in quotes, ended by CR LF. Null is an empty cell. */
export const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map((cell) => `"${neutraliseCell(cell === null ? '' : String(cell)).replaceAll('"', '""')}"`).join(',')}\r\n`;
