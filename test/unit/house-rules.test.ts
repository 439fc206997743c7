/** The two mechanisms that keep the layout honest fail on planted violations. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
mkdirSync(join(root, '.tsbuild'), { recursive: true });
const planted = mkdtempSync(join(root, '.tsbuild', 'planted-'));
afterAll(() => { rmSync(planted, { recursive: true, force: true }); });

const bin = (name: string) => join(root, 'node_modules', name);

describe('one TypeScript project per runtime', () => {
  const compile = (project: string, source: string) => {
    const folder = mkdtempSync(join(planted, 'types-'));
    writeFileSync(join(folder, 'planted.ts'), source);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, `tsconfig.${project}.json`), compilerOptions: { composite: false, noEmit: true, emitDeclarationOnly: false, declarationMap: false }, include: ['./planted.ts'], references: [] }));
    const run = spawnSync(process.execPath, [bin('typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    return { ok: run.status === 0, output: run.stdout };
  };

  test.each([
    ['shared', 'export const x = document.title;', "Cannot find name 'document'"],
    ['shared', 'export const x = process.env;', "Cannot find name 'process'"],
    ['core', 'export const x = document.title;', "Cannot find name 'document'"],
    ['renderer', "import { readFileSync } from 'node:fs'; export const x = readFileSync;", 'node:fs'],
    ['sdk', 'export const x = process.env;', "Cannot find name 'process'"],
    ['core', "import type { WritableDb } from '../../../electron/core/platform/sqlite/types.ts'; export const f = (db: WritableDb) => db.transaction(async () => 1);", 'not assignable'],
  ])('%s does not compile %j', (project, source, message) => {
    const result = compile(project, source);
    expect(result.ok).toBe(false);
    expect(result.output).toContain(message);
  });

  test('and compiles what is allowed', () => {
    expect(compile('core', "import { readFileSync } from 'node:fs'; export const x = readFileSync;")).toMatchObject({ ok: true });
  });
});

describe('dependency rules', () => {
  /** Each case's files by path, each of which names what it imports. All are looked at in one run, with files of their own: "a.ts" of the third is "a2.ts". */
  const cruise = (cases: readonly Readonly<Record<string, string>>[]): string[][] => {
    const folder = mkdtempSync(join(planted, 'deps-'));
    cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
    for (const [nth, files] of cases.entries()) {
      const own = (text: string): string => text.replaceAll(/\b([ab])\.ts/gu, `$1${nth}.ts`);
      for (const [path, source] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, own(path))), { recursive: true });
        writeFileSync(join(folder, own(path)), own(source));
      }
    }
    const run = spawnSync(process.execPath, [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '.'], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const result = JSON.parse(run.stdout) as { readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] } };
    return cases.map((_, nth) => result.summary.violations.filter(({ from }) => from.endsWith(`a${nth}.ts`)).map(({ rule }) => rule.name));
  };
  const leaf = 'export const x = 1;\n';

  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['tier-consent', { 'electron/core/consent/a.ts': "import '../redemption/b.ts';", 'electron/core/redemption/b.ts': leaf }],
    ['tier-consent', { 'electron/core/consent/a.ts': "import '../enrichment/b.ts';", 'electron/core/enrichment/b.ts': leaf }],
    ['tier-platform', { 'electron/core/platform/a.ts': "import '../vault/b.ts';", 'electron/core/vault/b.ts': leaf }],
    ['shared-imports-only-shared', { 'shared/a.ts': "import '../electron/core/vault/b.ts';", 'electron/core/vault/b.ts': leaf }],
    ['shared-is-runtime-neutral', { 'shared/a.ts': "import 'node:fs';" }],
    ['renderer-imports-only-shared', { 'renderer/src/a.ts': "import '../../electron/core/b.ts';", 'electron/core/b.ts': leaf }],
    ['renderer-keeps-zod-out', { 'renderer/src/a.ts': "import '../../shared/api/b.ts';", 'shared/api/b.ts': leaf }],
    ['features-are-strangers', { 'renderer/src/features/a/a.ts': "import '../b/b.ts';", 'renderer/src/features/b/b.ts': leaf }],
    ['ui-knows-no-feature', { 'renderer/src/ui/a.ts': "import '../features/b/b.ts';", 'renderer/src/features/b/b.ts': leaf }],
    ['core-is-host-independent', { 'electron/core/rpc/a.ts': "import '../../shell/b.ts';", 'electron/shell/b.ts': leaf }],
    ['programs-are-siblings', { 'electron/cli/a.ts': "import '../web-host/b.ts';", 'electron/web-host/b.ts': leaf }],
    ['repositories-are-private', { 'electron/core/redemption/a.ts': "import '../consent/consent-repository.ts';", 'electron/core/consent/consent-repository.ts': leaf }],
    ['migrations-are-frozen', { 'electron/core/migrations/0010-a.ts': "import '../audit/b.ts';", 'electron/core/audit/b.ts': leaf }],
    ['sdk-stands-alone', { 'sdk/src/a.ts': "import '../../shared/errors/b.ts';", 'shared/errors/b.ts': leaf }],
    ['sdk-runs-anywhere', { 'sdk/src/a.ts': "import 'node:crypto';" }],
    ['no-circles', { 'shared/a.ts': "import './b.ts';", 'shared/b.ts': "import './a.ts';" }],
  ];
  const downward = { 'electron/core/redemption/a.ts': "import '../consent/b.ts';", 'electron/core/consent/b.ts': leaf };
  let found: string[][] = [];
  beforeAll(() => { found = cruise([...cases.map(([, files]) => files), downward]); });

  test.each(cases.map(([rule], nth) => [rule, nth] as const))('%s', (rule, nth) => {
    expect(found[nth]).toContain(rule);
  });

  test('a downward import is no violation', () => {
    expect(found.at(-1)).toEqual([]);
  });
});
