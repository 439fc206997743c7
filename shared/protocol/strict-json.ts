/** JSON that can be read in one way only: no duplicate member names (RFC 8259 §4), no deep nesting, no lone surrogates. */

/** A surrogate without its other half. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Deepest nesting any message of the protocol needs, with room to spare. */
const MAX_DEPTH = 24;

/**
 * Parses JSON text, refusing what two parsers may read differently.
 *
 * @throws {SyntaxError} Not JSON, a member name given twice in one object, nested deeper than 24, or text that is not well-formed Unicode.
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkNames(text);
  return value;
}

/** Second pass over text already known to be JSON: strings are skipped whole, so that brackets inside them do not count. */
function checkNames(text: string): void {
  if (LONE_SURROGATE.test(text)) throw new SyntaxError('The text is not well-formed Unicode.');
  /** One entry a level: the names seen in an object, or null in an array. */
  const open: (Set<string> | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new SyntaxError('The JSON is nested too deeply.');
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = stringEnd(text, at);
      const names = open.at(-1);
      if (names != null && isName(text, end)) {
        const name: unknown = JSON.parse(text.slice(at, end));
        if (typeof name !== 'string' || LONE_SURROGATE.test(name)) throw new SyntaxError('A member name is not well-formed Unicode.');
        if (names.has(name)) throw new SyntaxError('A member name is given twice.');
        names.add(name);
      }
      at = end - 1;
    }
    at += 1;
  }
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
}
