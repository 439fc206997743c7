/** Text from outside: what is taken out of it, what is left alone, and that no text makes it slow. */
import { describe, expect, it } from 'vitest';
import { cleanText, composeText, cutText } from '../../../electron/core/platform/text/clean-text.ts';
import { tidy } from '../../../electron/core/sources/record.ts';

describe('text from outside', () => {
  it.each([
    ['  A Film  ', 'A Film'], ['e\u0301te\u0301', 'été'], ['one\r\ntwo\u0000three', 'one two three'], ['a\u2028b\u0085c', 'a b c'], ['\u001b]0;x\u0007y', ']0;x y'],
    ['\u202etxt.exe\u202c', 'txt.exe'], ['\ufeffa\u00adb\u200bc\u2066d', 'abcd'], ['\ud800x', '\ufffdx'], ['می\u200cخواهم', 'می\u200cخواهم'], ['👩\u200d🚀', '👩\u200d🚀'], ['क्षि', 'क्षि'], ['\u200f \u0007', ''],
  ])('%j becomes %j', (before, after) => {
    expect(cleanText(before, 1_000)).toBe(after);
    expect(cleanText(after, 1_000)).toBe(after);
  });

  it('is cut between characters', () => {
    expect(cutText('a😀b', 2)).toBe('a');
    expect(cutText('a😀b', 3)).toBe('a😀');
    expect(cleanText('é'.repeat(5_000), 1_000)).toBe('é'.repeat(1_000));
    expect(composeText('😀'.repeat(4_000))).toBe('😀'.repeat(2_000));
    expect(tidy(`${'x'.repeat(999)}😀`)).toBe('x'.repeat(999));
  });

  it('takes no time by the square of its marks', () => {
    const marks = 'a' + '\u0300'.repeat(40_000) + '\u0316'.repeat(40_000);
    const pieces = 'a' + '\u0300'.repeat(1_990) + '\u0316'.repeat(1_990);
    const startedAt = performance.now();
    expect(cleanText(marks, 1_000).length).toBeLessThan(40);
    for (let i = 0; i < 500; i++) cleanText(pieces, 1_000);
    // Ten seconds for the first and one for the rest, were they composed as they are.
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
