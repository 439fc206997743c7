/** Screens come one by one, and their styles with them: whoever uses a class brings the sheet that says what it looks like. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../renderer/src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
/** Without comments. */
const read = (file: string): string => readFileSync(join(SRC, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//gu, '');

/** Every class, by the sheets that name it. */
const sheets = new Map<string, Set<string>>();
for (const file of files.filter((name) => name.endsWith('.css'))) for (const [, name = ''] of read(file).replaceAll(/\{[^{}]*\}/gu, '{}').matchAll(/\.([a-z][\w-]*)/gu)) sheets.set(name, (sheets.get(name) ?? new Set()).add(file));
/** What every screen looks like comes with the page itself. */
const isShared = (sheet: string): boolean => /^(?:ui|parts|app)\//u.test(sheet.replaceAll('\\', '/'));

test('a class that only the sheet of a feature names is used where that sheet is brought', () => {
  const missing: string[] = [];
  let checked = 0;
  for (const file of files.filter((name) => name.endsWith('.tsx'))) {
    const source = read(file), brought = new Set([...source.matchAll(/import '(\.[^']+\.css)'/gu)].map(([, path = '']) => relative(SRC, normalize(join(SRC, dirname(file), path)))));
    const words = [...source.matchAll(/className=(?:"([^"]*)"|\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\})/gu)].flatMap(([, plain, code]) => (plain ?? [...(code ?? '').matchAll(/['"`]([^'"`]*)['"`]/gu)].map(([, text]) => text).join(' ')).split(/\s+/u));
    for (const word of new Set(words)) {
      const named = sheets.get(word);
      if (named === undefined || [...named].some(isShared)) continue;
      checked++;
      if (![...named].some((sheet) => brought.has(sheet))) missing.push(`${file}: ${word} (${[...named].join(', ')})`);
    }
  }
  expect(missing).toEqual([]);
  expect(checked).toBeGreaterThan(50);
});
