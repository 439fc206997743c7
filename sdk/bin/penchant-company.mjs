#!/usr/bin/env node
// Starts the company command line on the pinned Node: an older one that ran this file is only the doorman.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// From a checkout the source runs; installed from the registry there is only the build.
const source = new URL('../cli/main.ts', import.meta.url);
const built = !existsSync(fileURLToPath(source));
const main = built ? new URL('../dist/cli.js', import.meta.url) : source;

/** The nearest node_modules above this file that holds the pinned Node. */
function findPinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const place of [join(folder, 'node_modules', 'node', 'bin', name), join(folder, 'node_modules', '.bin', name)]) {
      if (existsSync(place)) return place;
    }
    if (folder === dirname(folder)) return null;
  }
}

// Only source needs the pinned Node: it is TypeScript.
if (built || Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main.href);
} else {
  const node = findPinnedNode();
  if (node === null) {
    const message = `penchant-company needs Node 24 or newer; this is ${process.version}, and no pinned one is installed. Run "npm ci" first.`;
    process.stderr.write(process.argv.includes('--json') ? `${JSON.stringify({ code: 'ERR_NODE_TOO_OLD', message })}\n` : `penchant-company: ${message}\n`);
    process.exit(69);
  }
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`penchant-company: the pinned Node cannot be started: ${error.message}\n`);
    process.exit(69);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
