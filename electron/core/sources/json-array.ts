/** Splits a stream of JSON text that is one array into its elements, parsed; a broken element costs only itself. */
import type { IssueCode } from './record.ts';

export interface JsonElement { readonly index: number; readonly value: unknown }
export interface JsonIssue { readonly index: number; readonly code: IssueCode }

export interface ArraySplitter {
  /** Calls back for the elements that are complete by now. */
  push(text: string): void;
  /** To be called once after the last text. */
  end(): void;
}

/** An element of any known export has less than 4 kB. Depth needs no limit: nothing here or in `JSON.parse` recurses. */
const ELEMENT_CHARS = 1_000_000;
/** A remainder beyond this is looked through even if no object ends in it. */
const REMAINDER_CHARS = 64_000;

/** So many broken elements, in a row or in all, are no list any more: every failed attempt costs far more than a whole element does. */
const FAILURES_TOGETHER = 500, FAILURES_ALTOGETHER = 10_000;

const SPACE = 32, QUOTE = 34, BACKSLASH = 92, NEWLINE = 10, COMMA = 44, OPEN_LIST = 91, CLOSE_LIST = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;

/**
 * The text must begin with `[` after white space.
 *
 * The usual way is to cut the text behind its last `},` and let `JSON.parse` prove that this was the end of an element: a list
 * that parses is a list of whole elements. Only where it does not parse are brackets counted, to find the element that is broken.
 * A file that goes on being broken ends there, as one that was cut.
 * `__proto__` and the like come out as plain data (ECMA-262 25.5.1).
 */
export function createArraySplitter(onElement: (element: JsonElement) => void, onIssue: (issue: JsonIssue) => void, elementChars = ELEMENT_CHARS): ArraySplitter {
  /** From the start of the first element not yet told about; within an element that is too large: what is not looked through yet. */
  let buffer = '';
  let index = 0;
  let state: 'before' | 'inside' | 'oversized' | 'after' = 'before';
  /** Kept between texts only for an element that is too large to keep. */
  let depth = 1, inString = false, isEscaped = false;
  let isTrailing = false;
  let failures = 0, together = 0;
  const isHopeless = (): boolean => together >= FAILURES_TOGETHER || failures >= FAILURES_ALTOGETHER;

  const tellAll = (text: string): boolean => {
    let values: unknown;
    try { values = JSON.parse(`[${text}]`); } catch { return false; }
    if (!Array.isArray(values)) return false;
    for (const value of values) onElement({ index: index++, value });
    together = 0;
    return true;
  };

  const tellOne = (text: string): void => {
    let value: unknown;
    try { value = JSON.parse(text); } catch { failures++; together++; onIssue({ index: index++, code: 'ELEMENT_INVALID' }); return; }
    together = 0;
    onElement({ index: index++, value });
  };

  /** Counts brackets through the buffer and tells about every element that ends in it. */
  const scan = (): void => {
    const text = buffer;
    let at = 0, start = 0, level = depth, quoted = inString, escaped = isEscaped;
    /** The last comma at level 2 of an object with nothing but white space behind it, or -1. */
    let comma = -1, isObject = false;
    for (; at < text.length; at++) {
      if (isHopeless()) { buffer = ''; return; }
      const code = text.charCodeAt(at);
      if (comma !== -1 && code > SPACE) {
        // In an object a name follows a comma. A bracket means that the object was never closed, and this is the next element.
        if (code === OPEN_OBJECT) {
          if (state === 'oversized') onIssue({ index: index++, code: 'ELEMENT_TOO_LARGE' });
          else tellOne(text.slice(start, comma));
          state = 'inside';
          start = comma + 1;
          level = 1;
        }
        comma = -1;
      }
      if (escaped) escaped = false;
      else if (quoted) {
        if (code === BACKSLASH) escaped = true;
        // A line break cannot stand in a string: this one was never closed, and ends here at the latest.
        else if (code === QUOTE || code === NEWLINE) quoted = false;
      } else if (code === QUOTE) quoted = true;
      else if (code === OPEN_OBJECT || code === OPEN_LIST) {
        if (level === 1) isObject = code === OPEN_OBJECT;
        level++;
      } else if (level === 2 && code === COMMA && isObject) comma = at;
      else if ((code === CLOSE_OBJECT || code === CLOSE_LIST) && level > 1) level--;
      else if (level === 1 && (code === COMMA || code === CLOSE_LIST)) {
        const element = text.slice(start, at);
        if (state === 'oversized') onIssue({ index: index++, code: 'ELEMENT_TOO_LARGE' });
        // Nothing between "[" and "]" is an empty list; nothing beside a comma is a fault.
        else if (code === COMMA || index > 0 || element.trim() !== '') tellOne(element);
        state = 'inside';
        start = at + 1;
        if (code === CLOSE_LIST) {
          state = 'after';
          isTrailing = text.slice(start).trim() !== '';
          buffer = '';
          return;
        }
      }
    }
    const rest = text.slice(start);
    if (state === 'oversized' || rest.length > elementChars) {
      state = 'oversized';
      buffer = '';
      depth = level; inString = quoted; isEscaped = escaped;
    } else {
      buffer = rest;
      depth = 1; inString = false; isEscaped = false;
    }
  };

  return {
    push(text) {
      if (isHopeless()) return;
      if (state === 'after') { isTrailing ||= text.trim() !== ''; return; }
      buffer += text;
      if (state === 'before') {
        const open = buffer.indexOf('[');
        if (open === -1) return;
        state = 'inside';
        buffer = buffer.slice(open + 1);
      }
      if (state === 'oversized') { scan(); return; }
      const cut = buffer.lastIndexOf('},');
      if (cut !== -1 && tellAll(buffer.slice(0, cut + 1))) {
        buffer = buffer.slice(cut + 2);
        if (buffer.length <= REMAINDER_CHARS && !buffer.includes(']')) return;
      } else if (cut === -1 && buffer.length <= REMAINDER_CHARS && !buffer.includes(']')) return;
      scan();
    },
    end() {
      if (isHopeless()) { onIssue({ index, code: 'FILE_CUT' }); return; }
      if (state === 'after') { if (isTrailing) onIssue({ index, code: 'FILE_TRAILING' }); return; }
      if (buffer !== '') scan();
      if (isHopeless()) { onIssue({ index, code: 'FILE_CUT' }); return; }
      // Not only the closing bracket may be missing: a whole last element is kept, half of one is not.
      if (state === 'oversized') onIssue({ index: index++, code: 'ELEMENT_TOO_LARGE' });
      else if (buffer.trim() !== '' && !tellAll(buffer)) onIssue({ index: index++, code: 'ELEMENT_CUT' });
      onIssue({ index, code: 'FILE_CUT' });
    },
  };
}
