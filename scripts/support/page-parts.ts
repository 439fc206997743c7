/**
 * Which parts of the page come when: what every screen needs (`start`), what several screens share (`common`), and what only those of
 * one feature do (its name). The bundle and the catalogs are cut the same way, so that nothing comes that is not shown.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export const START = 'start', COMMON = 'common';
/** The page settles its language by the first, then loads the second. */
const FIRST = ['renderer/src/main.tsx', 'renderer/src/start.tsx'] as const;
const FEATURE = /^renderer\/src\/features\/([^/]+)\//u;

interface Imports { readonly now: readonly string[]; readonly later: readonly string[] }

/** Modules of ours that a file loads with itself and those it loads when asked, relative to the project; types bring nothing. */
function importsOf(root: string, file: string): Imports {
  const now: string[] = [], later: string[] = [];
  const take = (into: string[], specifier: ts.Node | undefined): void => {
    if (specifier && ts.isStringLiteralLike(specifier) && /^\.{1,2}\/.*\.tsx?$/u.test(specifier.text)) into.push(relative(root, resolve(root, dirname(file), specifier.text)).replaceAll(sep, '/'));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) { if (node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) take(now, node.moduleSpecifier); }
    else if (ts.isExportDeclaration(node)) { if (!node.isTypeOnly) take(now, node.moduleSpecifier); }
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) take(later, node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX));
  return { now, later };
}

/** Part by file (of `renderer/src` and `shared`), of all that the page can load; paths relative to `root`, with `/`. */
export function pageParts(root: string): ReadonlyMap<string, string> {
  const read = new Map<string, Imports>();
  const imports = (file: string): Imports => {
    const known = read.get(file) ?? importsOf(root, file);
    read.set(file, known);
    return known;
  };
  const reach = (from: string): Set<string> => {
    const found = new Set([from]);
    for (const file of found) for (const next of imports(file).now) found.add(next);
    return found;
  };
  const first = new Set(FIRST.flatMap((file) => [...reach(file)])), screens = new Set([...first].flatMap((file) => imports(file).later).filter((file) => FEATURE.test(file)));
  const users = new Map<string, Set<string>>();
  for (const screen of screens) {
    const feature = FEATURE.exec(screen)?.[1] ?? COMMON, found = reach(screen);
    for (const file of found) {
      if (!first.has(file) && imports(file).later.length > 0) throw new Error(`${file} loads something later: its part is not known.`);
      users.set(file, (users.get(file) ?? new Set()).add(feature));
    }
  }
  return new Map([...[...users].map(([file, features]): [string, string] => [file, features.size === 1 ? ([...features][0] ?? COMMON) : COMMON]), ...[...first].map((file): [string, string] => [file, START])]);
}
