/**
 * Finds every message of the program and keeps the catalogs of the languages in step with them.
 *
 * `npm run messages` says what is missing or left over; `npm run messages -- --write` puts what is missing into the catalogs
 * (empty, to be translated) and takes out what no longer stands in the program. It says how hard the English is to read, too.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { gradedSentences, plainly } from './support/reading-level.ts';
import { LANGUAGES, type Language } from '../shared/language/message.ts';
import { PURPOSES } from '../shared/protocol/purposes.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** What a program loads together: the page, the core and shell, both, and the names of the taxonomy (core only). */
export const PARTS = ['page', 'core', 'shared', 'names'] as const;
export type Part = (typeof PARTS)[number];
const WHERE: Readonly<Record<Exclude<Part, 'names'>, readonly string[]>> = { page: ['renderer/src/**/*.{ts,tsx}'], core: ['electron/core/**/*.ts', 'electron/shell/**/*.ts', 'electron/web-host/**/*.ts'], shared: ['shared/**/*.ts'] };

export const TRANSLATED = Object.keys(LANGUAGES).filter((language): language is Exclude<Language, 'en'> => language !== 'en');
export const catalogPath = (language: string, part: Part): string => join(ROOT, 'resources/languages', language, `${part}.json`);
export const readCatalog = (language: string, part: Part): Record<string, string> => {
  try { return JSON.parse(readFileSync(catalogPath(language, part), 'utf8')) as Record<string, string>; } catch { return {}; }
};

/** Texts of `t('…')` and `msg('…')` in order; anything else as their first argument is no message of its own. */
export function messagesIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && (node.expression.text === 't' || node.expression.text === 'msg')) {
      const [text] = node.arguments;
      if (text && ts.isStringLiteralLike(text)) found.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.tsx', source, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX));
  return found;
}

/** Every message by part, each once, in order of the files. */
export function collectMessages(): Record<Part, string[]> {
  const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  const inFiles = (part: Exclude<Part, 'names'>): string[] => WHERE[part].flatMap((pattern) => globSync(pattern, { cwd: ROOT }).sort().flatMap((file) => messagesIn(read(file))));
  const taxonomy = JSON.parse(read('resources/taxonomy.json')) as { nodes: { id: string; label: string }[] };
  const intents = JSON.parse(read('resources/intents.json')) as { adjacent: { because: string }[] };
  const shared = new Set([...inFiles('shared'), ...Object.values(PURPOSES).map(({ label }) => label)]);
  const page = new Set(inFiles('page')), core = new Set([...inFiles('core'), ...intents.adjacent.map(({ because }) => because)]);
  for (const text of page) if (core.has(text)) shared.add(text);
  return {
    page: [...page].filter((text) => !shared.has(text)), core: [...core].filter((text) => !shared.has(text)), shared: [...shared],
    names: taxonomy.nodes.map(({ id, label }) => `${id}|${label}`),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = collectMessages();
  let wrong = 0;
  const graded = (['page', 'core', 'shared'] as const).flatMap((part) => wanted[part]).flatMap((text) => gradedSentences(plainly(text))).sort((a, b) => a.grade - b.grade);
  const gradeAt = (share: number): string => (graded[Math.min(graded.length - 1, Math.floor(graded.length * share))]?.grade ?? 0).toFixed(1);
  process.stdout.write(`en: ${graded.length} sentences, Flesch-Kincaid grade ${gradeAt(0.5)} in the middle, ${gradeAt(0.9)} for nine of ten, ${gradeAt(1)} the hardest\n`);
  for (const language of TRANSLATED) {
    const known = Object.assign({}, ...PARTS.map((part) => readCatalog(language, part))) as Record<string, string>;
    for (const part of PARTS) {
      const has = readCatalog(language, part);
      const missing = wanted[part].filter((text) => (has[text] ?? '') === ''), over = Object.keys(has).filter((text) => !wanted[part].includes(text));
      wrong += missing.length + over.length;
      process.stdout.write(`${language}/${part}: ${wanted[part].length} messages, ${missing.length} not translated, ${over.length} left over\n`);
      if (process.argv.includes('--write')) writeFileSync(catalogPath(language, part), `${JSON.stringify(Object.fromEntries(wanted[part].map((text) => [text, known[text] ?? ''])), null, 1)}\n`);
      else for (const text of missing.slice(0, 5)) process.stdout.write(`  ${text}\n`);
    }
  }
  if (wrong > 0 && !process.argv.includes('--write')) process.exitCode = 1;
}
