/** Static security scan of the Electron shell: every finding must be explained here, and every explanation must still be needed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const scanner = join(root, 'node_modules/@doyensec/electronegativity/dist/index.js');
const { version: electronVersion } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')));

const finding = z.object({ issue: z.string(), severity: z.string(), confidence: z.string(), filename: z.string(), location: z.string(), sample: z.string() });
type Finding = z.output<typeof finding>;

/** Findings that are right to be there, by check and file, and why. */
const EXPLAINED: readonly { readonly issue: string; readonly filename: string; readonly why: string }[] = [
  { issue: 'CSP_GLOBAL_CHECK', filename: 'N/A', why: 'The scanner looks for a policy in HTML files of this folder. Ours is a header on every answer of the app’s scheme (core/platform/http/page-headers.ts), and a unit test reads it.' },
  { issue: 'PRELOAD_JS_CHECK', filename: 'main.ts', why: 'A reminder to review the preload script: it exposes the four members of HostBridge, no Electron object, and hands callbacks the payload only.' },
  { issue: 'OPEN_EXTERNAL_JS_CHECK', filename: 'navigation-guard.ts', why: 'Only http://127.0.0.1:PORT/ without anything behind it, from a window our page opens without a referrer: the practice shop. A unit test tries other addresses.' },
  { issue: 'PROTOCOL_HANDLER_JS_CHECK', filename: 'main.ts', why: 'A reminder to review penchant:// links: capped, checked for form (deep-links.ts), and only ever shown to the person; a property test fires arbitrary arguments at it.' },
];

/** It would fetch a list of releases, and die in the middle of its report when trying again takes too long. */
const offline = join(root, 'scripts/support/offline.mjs');

/** The scanner's exit code says nothing: without that list it fails, after its report is written. */
function scan(folder: string, report: string): Finding[] {
  const run = spawnSync(process.execPath, ['--import', offline, scanner, '-i', folder, '-o', report, '-r', 'true', '-e', electronVersion], { encoding: 'utf8', timeout: 120_000 });
  try {
    return z.array(finding).parse(parse(readFileSync(report, 'utf8'), { columns: (names: string[]) => names.map((name) => name.trim()), skip_empty_lines: true, relax_quotes: true }));
  } catch (error) {
    throw new Error(`The scanner wrote no report that can be read.\n${run.stdout}\n${run.stderr}`, { cause: error });
  }
}

const work = mkdtempSync(join(tmpdir(), 'penchant-scan-'));
const problems: string[] = [];
try {
  // A scanner that finds nothing in a bad program would pass a bad one too.
  const planted = join(work, 'planted');
  mkdirSync(planted);
  writeFileSync(join(planted, 'main.ts'), "import { BrowserWindow } from 'electron';\nnew BrowserWindow({ webPreferences: { nodeIntegration: true, contextIsolation: false, webSecurity: false } });\nnew BrowserWindow({ webPreferences: { sandbox: false } });\n");
  const seen = new Set(scan(planted, join(work, 'planted.csv')).map(({ issue }) => issue));
  for (const issue of ['NODE_INTEGRATION_JS_CHECK', 'CONTEXT_ISOLATION_JS_CHECK', 'SANDBOX_JS_CHECK', 'WEB_SECURITY_JS_CHECK']) {
    if (!seen.has(issue)) problems.push(`The scanner no longer finds what was planted for it: ${issue}`);
  }

  const findings = scan(join(root, 'electron/shell'), join(work, 'shell.csv'));
  for (const { issue, severity, confidence, filename, location, sample } of findings) {
    if (!EXPLAINED.some((known) => known.issue === issue && known.filename === filename)) problems.push(`${issue} (${severity}, ${confidence}) in ${filename}:${location}\n    ${sample}`);
  }
  for (const known of EXPLAINED) {
    if (!findings.some(({ issue, filename }) => known.issue === issue && known.filename === filename)) problems.push(`Explained but no longer found, so remove it: ${known.issue} in ${known.filename}`);
  }
  process.stdout.write(`${findings.length} findings, ${EXPLAINED.length} explained, ${problems.length} open\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`  ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
