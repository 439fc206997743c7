/** Builds the programs and the page into out/ when that is missing or older than what it is made of. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const projectDir = join(import.meta.dirname, '../..');

const SOURCES = ['electron', 'renderer', 'resources/languages', 'shared', 'sdk/src', 'sdk/demo-shop', 'electron.vite.config.ts', 'package-lock.json'];
/** The page is built last, so its age is the age of the whole. */
const PRODUCTS = ['out/main/main.js', 'out/main/web-host.js', 'out/main/host-process.js', 'out/main/core.js', 'out/main/practice-shop.js', 'out/main/cli.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

export function isBuildStale(root = projectDir): boolean {
  const builtAtMs = Math.min(...PRODUCTS.map((path) => changedAtMs(join(root, path))));
  const ageOfPage = changedAtMs(join(root, 'out/renderer/index.html'));
  return builtAtMs === 0 || SOURCES.some((path) => newestMs(join(root, path)) > ageOfPage);
}

/** Builds when needed. @returns whether out/ is good to use */
export function ensureBuilt(say: (line: string) => void, root = projectDir): boolean {
  if (!isBuildStale(root)) return true;
  say('Building Penchant, some seconds …');
  const run = spawnSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' });
  if (run.status === 0) return true;
  process.stderr.write(`${run.stdout}\n${run.stderr}\n`);
  say('Penchant could not be built. The lines above say why.');
  return false;
}

const changedAtMs = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Newest change in a file, or in a folder and everything below it. */
function newestMs(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  return readdirSync(path, { withFileTypes: true }).reduce((newest, entry) => (entry.name === 'node_modules' ? newest : Math.max(newest, newestMs(join(path, entry.name)))), facts.mtimeMs);
}
