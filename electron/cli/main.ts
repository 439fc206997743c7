/** The owner's command line: one command a run, in a process of its own that ends with it. */
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AppError, exitCodeOf, fromWireError, toWireError } from '../../shared/errors/app-error.ts';
import type { Input, MethodName, Output } from '../../shared/api/contract.ts';
import { DEFAULT_PORT } from '../../shared/protocol/names.ts';
import { createCore, type Core } from '../core/core.ts';
import { defaultVaultFolder } from '../core/platform/files/vault-folder.ts';
import { parseCommand, parsePort, textOption, usageOf, type Parsed } from './arguments.ts';
import { COMMANDS, type CommandContext } from './commands.ts';
import { printable, printableLine } from './printable.ts';
import { readPassphrase } from './passphrase-input.ts';

// Everything this program writes is for its owner's eyes.
process.umask(0o077);

const json = process.argv.includes('--json');

function fail(error: unknown): never {
  const wire = error instanceof AppError ? toWireError(error) : { code: 'ERR_INTERNAL', message: `Something went wrong inside Penchant: ${error instanceof Error ? error.message : String(error)}` };
  process.stderr.write(json || !process.stderr.isTTY ? `${JSON.stringify({ code: wire.code, message: wire.message, ...('details' in wire ? { details: wire.details } : {}) })}\n` : `${printable(wire.message)}\n`);
  process.exit(exitCodeOf(error));
}

function help(): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ commands: COMMANDS.map(({ form }) => ({ usage: usageOf(form), help: form.help })) })}\n`);
    return;
  }
  process.stdout.write(['penchant: your preferences, under your hand', '', ...COMMANDS.map(({ form }) => `  ${usageOf(form)}\n      ${form.help}`), '',
    'Every command takes --vault DIR (or PENCHANT_VAULT), --passphrase-file FILE (or PENCHANT_PASSPHRASE, or asks), and --json.', ''].join('\n'));
}

async function run(parsed: Parsed): Promise<void> {
  const command = COMMANDS.find(({ form }) => form === parsed.form);
  if (!command) throw new Error('a parsed form has its command');
  const dataDir = resolve(textOption(parsed, 'vault') ?? defaultVaultFolder(process.env, process.platform, homedir()));
  const core = createCore({
    dataDir,
    resourcesDir: join(import.meta.dirname, '../../resources'),
    clock: { nowMs: () => Date.now() },
    randomBytes: (size) => randomBytes(size),
    log: (line) => { process.stderr.write(`${line}\n`); },
    workerUrl: new URL(import.meta.filename.endsWith('.ts') ? '../core/workers/main.ts' : './worker.js', import.meta.url),
    fetch: globalThis.fetch,
    redemptionPort: parsePort(textOption(parsed, 'port') ?? String(DEFAULT_PORT)),
    serveOnUnlock: false,
  });
  // A prompt comes once, however often the command needs the answer.
  let asked: Promise<string> | undefined;
  const passphrase = (): Promise<string> => (asked ??= readPassphrase(parsed, 'current'));
  const context = contextFor(core, parsed, dataDir, passphrase);
  try {
    if (command.unlocks) {
      await context.call('vault.unlock', { passphrase: await passphrase() });
      // Unlocking may start bringing the profile up to date; a command that ends at once would never let it.
      while ((await context.call('jobs.list')).jobs.some((job) => job.state === 'running')) await setTimeout(50);
    }
    const result = await command.run(context, parsed);
    if (result) process.stdout.write(json ? `${JSON.stringify(result.document)}\n` : `${printable(result.text)}\n`);
  } finally {
    await core.close();
  }
}

function contextFor(core: Core, parsed: Parsed, dataDir: string, passphrase: () => Promise<string>): CommandContext {
  return {
    core, dataDir,
    note: (line) => { if (!json) process.stderr.write(`${printableLine(line)}\n`); },
    newPassphrase: () => readPassphrase(parsed, 'first'),
    passphrase,
    nextPassphrase: () => readPassphrase(parsed, 'next'),
    exportPassphrase: (fresh) => readPassphrase(parsed, fresh ? 'new export' : 'export'),
    nowMs: () => Date.now(),
    async call<M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> {
      const outcome = await core.dispatch(method, input);
      if (!outcome.ok) throw fromWireError(outcome.error);
      // The dispatcher parsed it with this method's schema.
      return outcome.value as Output<M>;
    },
  };
}

try {
  const parsed = parseCommand(COMMANDS.map(({ form }) => form), process.argv.slice(2));
  if (parsed === 'help') help();
  else if (parsed.values['help'] === true) process.stdout.write(json ? `${JSON.stringify({ usage: usageOf(parsed.form), help: parsed.form.help })}\n` : `${usageOf(parsed.form)}\n\n${parsed.form.help}\n`);
  else await run(parsed);
  process.exitCode = 0;
} catch (error) {
  fail(error);
}
