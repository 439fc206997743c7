/** Reads JSON objects with lists somewhere in them as a stream: what is in them, and the elements at given paths. */
import { JSONParser, Tokenizer, TokenType } from '@streamparser/json';

export interface TreeElement { readonly value: unknown; /** Keys and indexes from the top down to it. */ readonly path: readonly (string | number)[] }

export interface TreeReader {
  /** Calls back for the elements that are complete by now. @returns false once the text is broken: what follows cannot be read */
  push(text: string): boolean;
  /** To be called once after the last text. @returns false when the object was not complete */
  end(): boolean;
}

/** `paths`: "$.outer.*.inner.*", "*" standing for any key or index. */
export function createTreeReader(paths: readonly string[], onElement: (element: TreeElement) => void): TreeReader {
  const parser = new JSONParser({ paths: [...paths], keepStack: false });
  let isBroken = false, isWhole = false;
  parser.onValue = ({ value, key, stack }) => { onElement({ value, path: [...stack.slice(1).map((step) => step.key), key].filter((step) => step !== undefined) }); };
  parser.onError = () => { isBroken = true; };
  parser.onEnd = () => { isWhole = true; };
  const attempt = (body: () => void): void => {
    // It both tells of errors and throws them.
    try { body(); } catch { isBroken = true; }
  };
  return {
    push(text) {
      // What stands after the end is nobody's.
      if (!isBroken && !isWhole) attempt(() => { parser.write(text); });
      return !isBroken;
    },
    end() {
      return !isBroken && isWhole;
    },
  };
}

/** Keys of the object that begins here, and of objects in it as "outer/inner", as far as the text goes. */
export function keysIn(head: string): ReadonlySet<string> {
  const keys = new Set<string>();
  const tokenizer = new Tokenizer();
  /** Key at each level; null inside a list. */
  const levels: (string | null)[] = [];
  let text = '';
  tokenizer.onError = () => undefined;
  tokenizer.onToken = ({ token, value }) => {
    if (token === TokenType.LEFT_BRACE) levels.push('');
    else if (token === TokenType.LEFT_BRACKET) levels.push(null);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) levels.pop();
    else if (token === TokenType.STRING) text = String(value);
    else if (token === TokenType.COLON && levels.length <= 2 && !levels.includes(null)) {
      levels[levels.length - 1] = text;
      keys.add(levels.join('/'));
    }
  };
  // Cut off somewhere in the middle, it ends in an error, after everything before it was told.
  try { tokenizer.write(head); } catch { /* as far as it goes */ }
  return keys;
}
