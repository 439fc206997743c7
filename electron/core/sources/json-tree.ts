/** Reads JSON objects with lists somewhere in them as a stream: what is in them, and the elements at given paths. */
import { JSONParser, Tokenizer, TokenType } from '@streamparser/json';

export interface TreeElement { readonly value: unknown; /** Keys and indexes from the top down to it. */ readonly path: readonly (string | number)[] }

/** No export is nested deeper; each level costs the parser time at every value within it. */
const DEPTH = 500;
/** No entry of an export is longer, nor anything else that deep in the file. */
const ELEMENT_CHARS = 32 * 2 ** 20;

export interface TreeReader {
  /** Calls back for the elements that are complete by now. @returns false once the text is broken, nested without end or in one endless piece: what follows cannot be read */
  push(text: string): boolean;
  /** To be called once after the last text. @returns false when the object was not complete */
  end(): boolean;
}

/** `paths`: "$.outer.*.inner.*", "*" standing for any key or index. */
export function createTreeReader(paths: readonly string[], onElement: (element: TreeElement) => void, elementChars = ELEMENT_CHARS): TreeReader {
  const parser = new JSONParser({ paths: [...paths], keepStack: false });
  /** How many objects and lists an element stands in, at most. */
  const elementDepth = Math.max(...paths.map((path) => path.split('.').length - 1));
  let isBroken = false, isWhole = false;
  let depth = 0;
  /** Text since anything was complete that is not within an element: the most that is held. */
  let heldChars = 0;
  parser.onToken = ({ token }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth++;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth--;
    if (depth > DEPTH) throw new RangeError('nested too deeply');
    if (depth <= elementDepth) heldChars = 0;
  };
  parser.onValue = ({ value, key, stack }) => { onElement({ value, path: [...stack.slice(1).map((step) => step.key), key].filter((step) => step !== undefined) }); };
  // What stands after the end is nobody's.
  const giveUp = (): void => { isBroken ||= !isWhole; };
  parser.onError = giveUp;
  parser.onEnd = () => { isWhole = true; };
  return {
    push(text) {
      if (!isBroken && !isWhole) {
        heldChars += text.length;
        // It both tells of errors and throws them.
        try { parser.write(text); } catch { giveUp(); }
        if (heldChars > elementChars) giveUp();
      }
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
  /** Key at each level; empty where there is none yet, as in a list. */
  const levels: string[] = [];
  let text = '';
  tokenizer.onError = () => undefined;
  tokenizer.onToken = ({ token, value }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) levels.push('');
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) levels.pop();
    else if (token === TokenType.STRING) text = String(value);
    else if (token === TokenType.COLON && levels.length <= 2) {
      levels[levels.length - 1] = text;
      keys.add(levels.join('/'));
    }
  };
  // Cut off somewhere in the middle, it ends in an error, after everything before it was told.
  try { tokenizer.write(head); } catch { /* as far as it goes */ }
  return keys;
}
