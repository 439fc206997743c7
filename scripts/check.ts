/** The whole check, in order of how fast each part tells: types, lint, layers, unused code, unit to integration, fuzzing, security scan, end to end. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'penchant-check-'));

interface Counts { readonly passed: number; readonly failed: number; readonly skipped: number }
interface Step { readonly name: string; readonly command: readonly string[]; readonly env?: Readonly<Record<string, string>>; /** Counts of a runner's own report; a step without one counts as one. */ readonly counts?: () => Counts }

const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

const readReport = <T>(path: string, schema: z.ZodType<T>): T | null => (existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null);
const none: Counts = { passed: 0, failed: 1, skipped: 0 };

const STEPS: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings', '0', '--concurrency', '2'] },
  { name: 'layers', command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'electron', 'renderer', 'shared', 'sdk'] },
  { name: 'unused', command: [bin('knip')] },
  {
    name: 'unit, property, vectors, contract, integration', command: [bin('vitest'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`],
    counts: () => {
      const report = readReport(vitestReport, z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), success: z.boolean() }));
      // A file that fails to load counts no test, and must not count as success.
      return report ? { passed: report.numPassedTests, failed: report.success ? 0 : Math.max(1, report.numFailedTests), skipped: report.numPendingTests } : none;
    },
  },
  // Half a minute in all beside what starting takes, more than a second a parser; an hour is `npm run fuzz -- --seconds 3600`.
  { name: 'fuzzing', command: [process.execPath, 'test/fuzz/main.ts', '--seconds', '30'] },
  { name: 'security scan of the Electron shell', command: [process.execPath, 'scripts/security-scan.ts'] },
  {
    name: 'end to end', command: [process.execPath, 'scripts/e2e.ts', '--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    counts: () => {
      const report = readReport(playwrightReport, z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) }));
      return report ? { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky, skipped: report.stats.skipped } : none;
    },
  },
];

const only = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of STEPS.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))) {
  const startedAt = performance.now();
  process.stdout.write(`\n— ${step.name}\n`);
  const [command = '', ...args] = step.command;
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...step.env } });
  const ok = run.status === 0;
  let counts = step.counts?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // A runner that dies after its report was written has still failed.
  if (!ok && counts.failed === 0) counts = { ...counts, failed: 1 };
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  process.stdout.write(`${ok ? 'ok' : 'FAILED'}: ${step.name}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
