/** The owner's command line in its parts: what is typed, and what is printed. */
import { describe, expect, test } from 'vitest';
import { parseClaims, parseCommand, parseDuration, parsePort, parsePrecisions, type CommandForm } from '../../electron/cli/arguments.ts';
import { printable, printableLine } from '../../electron/cli/printable.ts';

const FORMS: readonly CommandForm[] = [
  { words: ['log'], takes: [], options: { limit: { type: 'string' } }, help: '' },
  { words: ['log', 'verify'], takes: [], options: {}, help: '' },
  { words: ['import'], takes: ['FILE…'], options: { preview: { type: 'boolean' } }, help: '' },
  { words: ['why'], takes: ['ID'], options: {}, help: '' },
];
const parse = (...argv: readonly string[]) => {
  const parsed = parseCommand(FORMS, argv);
  return parsed === 'help' ? 'help' : { words: parsed.form.words, positionals: parsed.positionals };
};
const usage = expect.objectContaining({ code: 'ERR_USAGE' }) as Error;

describe('a command', () => {
  test('is found wherever its options stand', () => {
    expect(parse('--vault', '/tmp/v', 'log')).toEqual({ words: ['log'], positionals: [] });
    expect(parse('log', '--vault', 'verify', '--limit', '5')).toEqual({ words: ['log'], positionals: [] });
    expect(parse('--json', 'log', '--vault=/tmp/v', 'verify')).toEqual({ words: ['log', 'verify'], positionals: [] });
    expect(parse('import', 'a.zip', '--preview', 'b.csv')).toEqual({ words: ['import'], positionals: ['a.zip', 'b.csv'] });
    expect(parse('--help')).toBe('help');
    expect(parse()).toBe('help');
  });
  test.each([['nope'], ['why'], ['why', 'a', 'b'], ['import'], ['log', '--surprise'], ['log', '--vault']])('%j %j %j is told what to type instead', (...argv) => {
    expect(() => parse(...argv.filter((word) => typeof word === 'string'))).toThrow(usage);
  });
});

describe('values', () => {
  test('are read', () => {
    expect(parseClaims('interest, price_band')).toEqual(['interest', 'price_band']);
    expect([...parsePrecisions(['interest=1,genre=2', 'age=3'])]).toEqual([['interest', 1], ['genre', 2], ['age', 3]]);
    expect(parseDuration('30d')).toBe(30 * 86_400_000);
    expect(parsePort('0')).toBe(0);
  });
  test.each([[() => parseClaims('salary')], [() => parsePrecisions(['interest'])], [() => parsePrecisions(['interest=0'])], [() => parseDuration('0d')], [() => parseDuration('soon')], [() => parsePort('70000')], [() => parsePort('8o')]])('or refused', (read) => {
    expect(read).toThrow(usage);
  });
});

describe('what others wrote', () => {
  test('cannot move the cursor, hide text, set the title or turn a line around', () => {
    const name = 'Bank\u001b[2K\r\u001b]0;title\u0007 \u202egnol\u0085';
    expect(printable(name)).toBe('Bank\\u{1b}[2K\\u{d}\\u{1b}]0;title\\u{7} \\u{202e}gnol\\u{85}');
    expect(printable('two\nlines')).toBe('two\nlines');
    expect(printableLine('two\nlines')).toBe('two\\nlines');
    expect(printable('Müller & Söhne – 北京 👩‍🍳')).toBe('Müller & Söhne – 北京 👩‍🍳');
  });
});
