/** CSV that no spreadsheet executes: a reversible rule for cells, and rows after RFC 4180. */

/** Spreadsheets also split at these when they are set up for another country, so a cell can begin after each of them. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ';', '\t', '|', '\r', '\n']);
/** What makes a cell a formula, after quotes, blanks and characters nobody sees; in the full-width and small forms too, which some programs fold. */
const FORMULA = /^['"`\s\p{Z}\p{Cc}\p{Cf}\u{FEFF}]*[=+\-@%\u{2212}\u{FE62}\u{FE63}\u{FE66}\u{FE6B}\u{FE6A}\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}\u{FF05}\u{207A}\u{207B}\u{207C}\u{208A}\u{208B}\u{208C}]/u;

/** Most cells by far: a letter or digit first, and no place after it where another cell could begin. */
const HARMLESS = /^(?:[\p{L}\p{N}][^,;|\t\r\n]*)?$/u;

const isDangerous = (rest: string): boolean => rest.startsWith("'") || /^[\t\r\n\0]/u.test(rest) || FORMULA.test(rest);

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
