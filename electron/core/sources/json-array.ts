/** Splits a stream of JSON text that is one array into its elements, parsed; a broken element costs only itself. */
import type { IssueCode } from './record.ts';

export interface JsonElement { readonly index: number; readonly value: unknown }
export interface JsonIssue { readonly index: number; readonly code: IssueCode }

export interface ArraySplitter {
  /** Calls back for every element that is complete by now. */
  push(text: string): void;
  /** To be called once after the last text. */
  end(): void;
}

export interface SplitLimits { readonly elementChars: number; readonly depth: number }
/** An element of any known export has less than 4 kB and two levels. */
export const SPLIT_LIMITS: SplitLimits = { elementChars: 1_000_000, depth: 32 };

const QUOTE = 34, BACKSLASH = 92, NEWLINE = 10, COMMA = 44, OPEN_LIST = 91, CLOSE_LIST = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;

/**
 * The text must begin with `[` after white space; check that before.
 *
 * Elements are found by counting brackets outside of strings, then parsed many at a time by `JSON.parse`, which is much
 * faster than one by one. `__proto__` and the like come out as plain data (ECMA-262 25.5.1).
 */
export function createArraySplitter(onElement: (element: JsonElement) => void, onIssue: (issue: JsonIssue) => void, limits: SplitLimits = SPLIT_LIMITS): ArraySplitter {
  let buffer = '';
  /** Where to go on looking in `buffer`; where the element at hand starts; where the run of complete elements starts. */
  let at = 0, elementStart = 0, runStart = 0;
  let index = 0;
  let depth = 0, inString = false;
  let tooLarge = false, tooDeep = false;
  /** Elements of the run that are too deep, by their place in it, and where each ends. */
  let ends: number[] = [];
  let deep: number[] = [];
  let closed = false, trailing = false;

  const single = (text: string, isLast: boolean): void => {
    if (text.trim() === '') {
      // "[]", or the nothing after the last comma.
      if (isLast && index === 0) return;
      onIssue({ index: index++, code: 'ELEMENT_INVALID' });
      return;
    }
    let value: unknown;
    try { value = JSON.parse(text); } catch { onIssue({ index: index++, code: 'ELEMENT_INVALID' }); return; }
    onElement({ index: index++, value });
  };

  /** Parses the complete elements of `buffer` from `runStart` on. */
  const flush = (isLast: boolean): void => {
    const last = ends.at(-1);
    if (last === undefined) return;
    if (deep.length === 0) {
      let values: unknown;
      try { values = JSON.parse(`[${buffer.slice(runStart, last)}]`); } catch { values = null; }
      if (Array.isArray(values) && values.length === ends.length) {
        for (const value of values) onElement({ index: index++, value });
        ends = [];
        return;
      }
    }
    let from = runStart;
    ends.forEach((end, place) => {
      if (deep.includes(place)) onIssue({ index: index++, code: 'ELEMENT_INVALID' });
      else single(buffer.slice(from, end), isLast && place === ends.length - 1);
      from = end + 1;
    });
    ends = [];
    deep = [];
  };

  const endElement = (isLast: boolean): void => {
    if (tooLarge) {
      onIssue({ index: index++, code: 'ELEMENT_TOO_LARGE' });
      tooLarge = false;
      runStart = at + 1;
    } else {
      if (tooDeep) deep.push(ends.length);
      ends.push(at);
    }
    tooDeep = false;
    elementStart = at + 1;
    if (isLast) flush(true);
  };

  return {
    push(text) {
      if (closed) { trailing ||= text.trim() !== ''; return; }
      buffer += text;
      for (; at < buffer.length; at++) {
        let code = buffer.charCodeAt(at);
        if (inString) {
          while (code !== QUOTE && code !== BACKSLASH && code !== NEWLINE && at < buffer.length) code = buffer.charCodeAt(++at);
          if (at >= buffer.length) break;
          if (code === BACKSLASH) at++;
          // A line break cannot stand in a string: this one was never closed, and ends here at the latest.
          else inString = false;
        } else if (code === QUOTE) inString = true;
        else if (code === OPEN_OBJECT || code === OPEN_LIST) {
          depth++;
          if (depth === 1) { elementStart = at + 1; runStart = elementStart; }
          if (depth > limits.depth + 1) tooDeep = true;
        } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
          if (depth === 1 && code === CLOSE_LIST) {
            endElement(true);
            closed = true;
            trailing = buffer.slice(at + 1).trim() !== '';
            buffer = '';
            return;
          }
          // One closing bracket too many belongs to a broken element, never to the array.
          if (depth > 1) depth--;
        } else if (code === COMMA && depth === 1) endElement(false);
      }
      flush(false);
      if (!tooLarge && buffer.length - elementStart > limits.elementChars) tooLarge = true;
      // Keep only what is not parsed yet; of an element that is too large not even that. An escape may reach beyond the end.
      const keepFrom = tooLarge ? buffer.length : elementStart;
      at -= keepFrom;
      buffer = buffer.slice(keepFrom);
      elementStart = 0;
      runStart = 0;
    },
    end() {
      if (closed) { if (trailing) onIssue({ index, code: 'FILE_TRAILING' }); return; }
      if (tooLarge || buffer.trim() !== '') {
        if (tooLarge) onIssue({ index: index++, code: 'ELEMENT_TOO_LARGE' });
        else {
          let value: unknown;
          let whole = true;
          try { value = JSON.parse(buffer); } catch { whole = false; }
          if (whole) onElement({ index: index++, value });
          else onIssue({ index: index++, code: 'ELEMENT_CUT' });
        }
      }
      onIssue({ index, code: 'FILE_CUT' });
    },
  };
}
