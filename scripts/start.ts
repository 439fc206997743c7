/** npm start: the desktop app where Electron can run, else the same app in the default browser. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ensureBuilt, projectDir } from './support/build.ts';
import { electronBinary } from './support/electron-binary.ts';

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false }, browser: { type: 'boolean', default: false }, vault: { type: 'string' } }, strict: true });
if (values.vault !== undefined) process.env['PENCHANT_VAULT'] = values.vault;

const say = (line: string): void => { process.stdout.write(`${line}\n`); };

const FETCH_WAIT_MS = 15_000;
/** After a failed fetch the next starts do not wait again for this long. */
const FETCH_AGAIN_MS = 24 * 3_600_000;
/** An Electron that ends in failure this quickly never showed a window (no sandbox, missing system library). */
const QUICK_FAILURE_MS = 8_000;
const fetchFailedMark = join(projectDir, 'node_modules/.cache/penchant-electron-unavailable');

const hasDisplay = process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
const isRoot = process.getuid?.() === 0;

/** Ends with the person's Ctrl-C, whichever program runs; a second signal ends at once. */
function endWith(child: ChildProcess): Promise<number> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const forward = (signal: NodeJS.Signals): void => { child.kill(signal); };
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once('error', () => { resolve(69); });
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

/** Electron's own installer, for a short while; whatever it has by then decides. `ELECTRON_SKIP_BINARY_DOWNLOAD` says not to try. */
function fetchElectron(): string | null {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD']) return null;
  const failedAtMs = statSync(fetchFailedMark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAtMs < FETCH_AGAIN_MS) return null;
  say('Fetching the desktop runtime, 15 seconds at most …');
  spawnSync(process.execPath, [join(projectDir, 'node_modules/electron/install.js')], { cwd: projectDir, stdio: 'ignore', timeout: FETCH_WAIT_MS, killSignal: 'SIGKILL' });
  const binary = electronBinary();
  if (binary === null) markFetchFailed();
  return binary;
}

function markFetchFailed(): void {
  try {
    mkdirSync(join(fetchFailedMark, '..'), { recursive: true });
    writeFileSync(fetchFailedMark, '');
  } catch {
    // Installed by somebody else, this folder is not ours to write: then the next start waits as well.
  }
}

/** @returns the exit code, or null when Electron cannot run here and the browser should be tried. */
async function startElectron(binary: string): Promise<number | null> {
  const startedAt = performance.now();
  const asked = { toStop: false };
  process.once('SIGINT', () => { asked.toStop = true; });
  const code = await endWith(spawn(binary, [projectDir], { cwd: projectDir, stdio: 'inherit' }));
  return code !== 0 && !asked.toStop && performance.now() - startedAt < QUICK_FAILURE_MS ? null : code;
}

function openBrowser(url: string): void {
  const [command, args]: [string, string[]] = process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['cmd', ['/c', 'start', '""', url]] : ['xdg-open', [url]];
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  // No opener on this machine: the address is printed anyway.
  opener.once('error', () => undefined);
  opener.unref();
}

async function startWebHost(why: string): Promise<number> {
  const host = spawn(process.execPath, [join(projectDir, 'out/main/web-host.js'), '--json'], { cwd: projectDir, stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: host.stdout }).once('line', (line) => {
    const { url, already } = z.object({ url: z.url(), already: z.boolean().default(false) }).parse(JSON.parse(line));
    if (already) say('Penchant is running for this vault already; this is a new link to it, which works once:');
    else say(hasDisplay ? `${why} Penchant opens in your browser instead; this link works once, and Ctrl-C here stops Penchant:` : `${why} Open this link in a browser on this computer; it works once, and Ctrl-C here stops Penchant:`);
    say(url);
    if (hasDisplay) openBrowser(url);
  });
  return endWith(host);
}

async function run(): Promise<number> {
  if (!ensureBuilt(say)) return 70;
  if (values.browser) return startWebHost('Not as a window of its own, as you asked.');
  if (!hasDisplay) return startWebHost('There is no display here.');
  if (isRoot) return startWebHost('The desktop runtime does not run as root.');
  const binary = electronBinary() ?? fetchElectron();
  if (binary !== null) {
    const code = await startElectron(binary);
    if (code !== null) return code;
  }
  return startWebHost('The desktop runtime is not available here.');
}

if (values.dev) {
  // Only here: loading the builder takes longer than the whole of a plain start.
  const { watchPage } = await import('./support/watch-page.ts');
  const started = ensureBuilt(say) ? await watchPage() : null;
  say('Changes to renderer/ show after a reload; changes to electron/ and shared/ after a restart.');
  process.exitCode = await run();
  await started?.();
} else {
  process.exitCode = await run();
}
