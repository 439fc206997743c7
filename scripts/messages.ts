/**
 * Finds every message of the program and keeps the catalogs of the languages in step with them.
 *
 * `npm run messages` says what is missing or left over; `npm run messages -- --write` puts what is missing into the catalogs
 * (empty, to be translated) and takes out what no longer stands in the program. It says how hard the English is to read, too.
 */
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { COMMON, pageParts, START } from './support/page-parts.ts';
import { gradedSentences, plainly } from './support/reading-level.ts';
import { LANGUAGES, type Language } from '../shared/language/message.ts';
import { PURPOSES } from '../shared/protocol/purposes.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PAGE = pageParts(ROOT);
/** What a program loads together: the core and shell, what page and core have in common, the names of the taxonomy (core only), and each part of the page by itself. */
export const PARTS: readonly string[] = ['core', 'shared', 'names', ...[...new Set(PAGE.values())].map((part) => `page/${part}`).sort()];
const WHERE: Readonly<Record<'page' | 'core' | 'shared', readonly string[]>> = { page: ['renderer/src/**/*.{ts,tsx}'], core: ['electron/core/**/*.ts', 'electron/shell/**/*.ts', 'electron/web-host/**/*.ts'], shared: ['shared/**/*.ts'] };

export const TRANSLATED = Object.keys(LANGUAGES).filter((language): language is Exclude<Language, 'en'> => language !== 'en');
export const catalogPath = (language: string, part: string): string => join(ROOT, 'resources/languages', language, `${part}.json`);
export const readCatalog = (language: string, part: string): Record<string, string> => {
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
export function collectMessages(): ReadonlyMap<string, readonly string[]> {
  const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  const filesOf = (part: keyof typeof WHERE): string[] => WHERE[part].flatMap((pattern) => globSync(pattern, { cwd: ROOT }).map((file) => file.replaceAll(sep, '/')).sort());
  const inFiles = (part: keyof typeof WHERE): string[] => filesOf(part).flatMap((file) => messagesIn(read(file)));
  const taxonomy = JSON.parse(read('resources/taxonomy.json')) as { nodes: { id: string; label: string }[] };
  const intents = JSON.parse(read('resources/intents.json')) as { adjacent: { because: string }[] };
  const shared = new Set([...inFiles('shared'), ...Object.values(PURPOSES).map(({ label }) => label)]);
  // What the beginning says is there in every part; what several parts say comes with what they share.
  const page = new Map<string, string>();
  for (const file of filesOf('page')) {
    const part = PAGE.get(file) ?? COMMON;
    for (const text of messagesIn(read(file))) {
      const known = page.get(text) ?? part;
      page.set(text, known === part || known === START ? known : part === START ? START : COMMON);
    }
  }
  const core = new Set([...inFiles('core'), ...intents.adjacent.map(({ because }) => because)]);
  for (const text of page.keys()) if (core.has(text)) shared.add(text);
  return new Map(PARTS.map((part) => [part,
    part === 'shared' ? [...shared] : part === 'core' ? [...core].filter((text) => !shared.has(text)) : part === 'names' ? taxonomy.nodes.map(({ id, label }) => `${id}|${label}`)
      : [...page].filter(([text, where]) => `page/${where}` === part && !shared.has(text)).map(([text]) => text)]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = collectMessages();
  let wrong = 0;
  const graded = PARTS.filter((part) => part !== 'names').flatMap((part) => wanted.get(part) ?? []).flatMap((text) => gradedSentences(plainly(text))).sort((a, b) => a.grade - b.grade);
  const gradeAt = (share: number): string => (graded[Math.min(graded.length - 1, Math.floor(graded.length * share))]?.grade ?? 0).toFixed(1);
  process.stdout.write(`en: ${graded.length} sentences, Flesch-Kincaid grade ${gradeAt(0.5)} in the middle, ${gradeAt(0.9)} for nine of ten, ${gradeAt(1)} the hardest\n`);
  for (const language of TRANSLATED) {
    const known = Object.assign({}, ...PARTS.map((part) => readCatalog(language, part))) as Record<string, string>;
    for (const part of PARTS) {
      const has = readCatalog(language, part), texts = wanted.get(part) ?? [];
      const missing = texts.filter((text) => (has[text] ?? '') === ''), over = Object.keys(has).filter((text) => !texts.includes(text));
      wrong += missing.length + over.length;
      if (texts.length + over.length > 0) process.stdout.write(`${language}/${part}: ${texts.length} messages, ${missing.length} not translated, ${over.length} left over\n`);
      // A part whose words are all shared has no file.
      if (process.argv.includes('--write') && texts.length === 0) rmSync(catalogPath(language, part), { force: true });
      else if (process.argv.includes('--write')) writeFileSync(catalogPath(language, part), `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, known[text] ?? ''])), null, 1)}\n`);
      else for (const text of missing.slice(0, 5)) process.stdout.write(`  ${text}\n`);
    }
  }
  if (wrong > 0 && !process.argv.includes('--write')) process.exitCode = 1;
}
