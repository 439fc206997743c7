/** `penchant-company`: reads the command line, runs one command, prints its result, sets the exit code. */
import { COMMON_OPTIONS, readArgs } from './args.ts';
import { CliError, describeFailure } from './cli-error.ts';
import { COMMANDS, type Command } from './commands.ts';

function overview(): string {
  const rows = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return ['penchant-company: the company side of preference tokens', '', ...rows, '', 'penchant-company COMMAND --help shows the options.'].join('\n');
}

function help(name: string, command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([option, spec]) => `  ${`--${option}${spec.value === null ? '' : ` ${spec.value}`}`.padEnd(18)}${spec.help}`);
  return [`penchant-company ${name}: ${command.summary}`, '', ...rows, '', `Example: ${command.example}`].join('\n');
}

async function run(argv: readonly string[]): Promise<string> {
  const [name, ...rest] = argv;
  if (name === '--help' || name === 'help') return overview();
  const command = name === undefined ? undefined : COMMANDS.get(name);
  if (name === undefined || command === undefined) throw new CliError('ERR_USAGE', `${name === undefined || name.startsWith('-') ? 'Name a command' : `"${name}" is not a command`}: ${[...COMMANDS.keys()].join(', ')}.`);
  const args = readArgs(rest, command.options);
  if (args.flag('help')) return args.flag('json') ? JSON.stringify({ help: help(name, command) }) : help(name, command);
  const printed = await command.run(args);
  return args.flag('json') ? JSON.stringify(printed.json) : printed.text;
}

const argv = process.argv.slice(2);
try {
  process.stdout.write(`${await run(argv)}\n`);
} catch (error) {
  const { code, message, exit } = describeFailure(error);
  process.stderr.write(argv.includes('--json') ? `${JSON.stringify({ code, message })}\n` : `penchant-company: ${message} (${code})\n`);
  process.exitCode = exit;
}
