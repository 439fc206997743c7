/** Options of one command: read with node:util parseArgs, asked for by name, units parsed once. */
import { parseArgs } from 'node:util';
import { CliError } from './cli-error.ts';

/** One option. `value` names its argument in the help; null for a switch. */
export interface OptionSpec { readonly value: string | null; readonly help: string; readonly required?: boolean }
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** Values of the options given. */
export interface Args {
  /** @throws {CliError} ERR_USAGE when it was not given. */
  readonly text: (name: string) => string;
  readonly optional: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

/** Options every command has. */
export const COMMON_OPTIONS: OptionSpecs = {
  json: { value: null, help: 'print one JSON document and nothing else; errors as {code, message} on stderr' },
  help: { value: null, help: 'show this help' },
};

/** @throws {CliError} ERR_USAGE: an unknown option, a missing argument, a stray word, a required option left out. */
export function readArgs(argv: readonly string[], specs: OptionSpecs): Args {
  const values = parse(argv, specs);
  const optional = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const args: Args = {
    optional,
    text: (name) => {
      const value = optional(name);
      if (value === undefined || value === '') throw new CliError('ERR_USAGE', `The option --${name} is missing.`);
      return value;
    },
    flag: (name) => values[name] === true,
  };
  if (!args.flag('help')) for (const [name, spec] of Object.entries(specs)) if (spec.required === true) args.text(name);
  return args;
}

function parse(argv: readonly string[], specs: OptionSpecs): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(Object.entries({ ...specs, ...COMMON_OPTIONS }).map(([name, { value }]) => [name, { type: value === null ? 'boolean' as const : 'string' as const }]));
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false, strict: true }).values;
  } catch (cause) {
    throw new CliError('ERR_USAGE', cause instanceof Error ? cause.message : 'The options cannot be read.', cause);
  }
}

const SECONDS = { h: 3600, d: 86_400, w: 604_800 } as const;

/** "90d", "12h" or "2w" in seconds. @throws {CliError} ERR_USAGE. */
export function parseDurationSeconds(text: string, option: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  if (unit !== 'h' && unit !== 'd' && unit !== 'w') throw new CliError('ERR_USAGE', `--${option} takes a time such as 30d, 12h or 2w, not "${text}".`);
  return Number(count) * SECONDS[unit];
}

/** "90d" or "2w" in whole days. @throws {CliError} ERR_USAGE. */
export function parseDays(text: string, option: string): number {
  const days = parseDurationSeconds(text, option) / SECONDS.d;
  if (!Number.isInteger(days)) throw new CliError('ERR_USAGE', `--${option} takes whole days, such as 90d.`);
  return days;
}

/** "3/week". @throws {CliError} ERR_USAGE. */
export function parseCadence(text: string): { readonly max: number; readonly per: 'day' | 'week' | 'month' } {
  const [, count = '', per = ''] = /^(\d{1,4})\/([a-z]+)$/.exec(text) ?? [];
  if (Number(count) < 1 || Number(count) > 1000 || (per !== 'day' && per !== 'week' && per !== 'month')) {
    throw new CliError('ERR_USAGE', `--cadence takes a number per day, week or month, such as 3/week, not "${text}".`);
  }
  return { max: Number(count), per };
}

/** Words separated by commas, without blanks around them. */
export const parseList = (text: string): readonly string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');
