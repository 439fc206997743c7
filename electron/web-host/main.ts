/** The web host program: the app in a browser window on this computer, over the same core and the same page as the desktop app. */
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, toWireError } from '../../shared/errors/app-error.ts';
import { createStaticFiles } from '../core/platform/http/static-files.ts';
import { createCoreSupervisor, forkCoreChild } from '../core/process/supervisor.ts';
import { createIncoming, MAX_UPLOAD_BYTES } from './incoming.ts';
import { parseOptions } from './options.ts';
import { askRunningHost, hostRecordPath, removeHostRecord, writeHostRecord } from './running-host.ts';
import { startWebHost } from './server.ts';

// Everything this program writes is for its owner's eyes.
process.umask(0o077);

const log = (line: string): void => { process.stderr.write(`${line}\n`); };
const nowMs = (): number => Date.now();

/** From source this file is electron/web-host/main.ts, built it is out/main/web-host.js: both two folders below the project. */
const projectDir = join(import.meta.dirname, '../..');
const coreEntry = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, '../core/process/main.ts') : join(import.meta.dirname, 'core.js');

async function run(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env, process.platform, homedir());
  const recordPath = hostRecordPath(options.vaultDir);
  const fromRunning = await askRunningHost(recordPath, randomBytes);
  if (fromRunning !== null) {
    process.stdout.write(options.json ? `${JSON.stringify({ ready: true, url: fromRunning, already: true })}\n` : `Penchant is running for this vault already. Open this new link in your browser; it works once.\n${fromRunning}\n`);
    return;
  }
  const files = createStaticFiles(join(projectDir, 'out/renderer'));
  const core = createCoreSupervisor({
    spawn: () => forkCoreChild(coreEntry), log, nowMs,
    config: { dataDir: options.vaultDir, resourcesDir: join(projectDir, 'resources'), redemptionPort: options.redemptionPort },
  });
  const incoming = createIncoming({ folder: join(options.vaultDir, 'incoming'), maxBytes: MAX_UPLOAD_BYTES, randomBytes, grantFile: (file) => { core.grantFile(file); }, nowMs, pid: process.pid });
  core.onEnded(() => { incoming.clear(); });
  const linkKey = randomBytes(32).toString('base64url');
  const host = await startWebHost({ core, files, incoming, port: options.port, linkKey, randomBytes, nowMs, log });

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    removeHostRecord(recordPath, process.pid);
    void host.close().then(() => core.close()).finally(() => {
      incoming.clear();
      process.exit(0);
    });
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);

  writeHostRecord(recordPath, { pid: process.pid, origin: host.origin, key: linkKey });
  const url = host.newLink();
  process.stdout.write(options.json ? `${JSON.stringify({ ready: true, url })}\n` : `Penchant is running. Open this link in your browser; it works once. Ctrl-C stops Penchant.\n${url}\n`);
}

run().catch((error: unknown) => {
  const wire = toWireError(error);
  const message = wire.code === 'ERR_INTERNAL' && error instanceof Error ? error.message : wire.message;
  process.stderr.write(process.argv.includes('--json') ? `${JSON.stringify({ code: wire.code, message })}\n` : `${message}\n`);
  process.exit(exitCodeOf(error));
});
