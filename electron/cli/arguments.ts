/** Reads the owner's command line into a command with checked options. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '../../shared/errors/app-error.ts';
import { isClaim, LADDERS, type Claim } from '../../shared/protocol/vocabulary.ts';

const GLOBAL = { json: { type: 'boolean' }, vault: { type: 'string' }, 'passphrase-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const satisfies ParseArgsOptionsConfig;

export interface CommandForm {
  /** Words that select the command, e.g. ["request", "grant"]. */
  readonly words: readonly string[];
  /** Names of what follows; a name ending in "…" takes one or more. */
  readonly takes: readonly string[];
  readonly options: ParseArgsOptionsConfig;
  readonly help: string;
}

export interface Parsed {
  readonly form: CommandForm;
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
}

/** "penchant request grant FILE [--only …]" */
export const usageOf = (form: CommandForm): string =>
  ['penchant', ...form.words, ...form.takes, ...Object.entries(form.options).map(([name, o]) => `[--${name}${o.type === 'string' ? ` ${name.toUpperCase()}` : ''}]`)].join(' ');

/** @throws {AppError} ERR_USAGE with what to type instead. */
export function parseCommand(forms: readonly CommandForm[], argv: readonly string[]): Parsed | 'help' {
  // Every option of every command, so that the value of one is never taken for a word of the command.
  const known = Object.assign({}, GLOBAL, ...forms.map((f) => f.options)) as ParseArgsOptionsConfig;
  const words = parseArgs({ args: [...argv], options: known, allowPositionals: true, strict: false }).positionals;
  // The longest form wins, so that "log verify" is not "log" with an argument.
  const form = forms.filter((f) => f.words.every((word, i) => words[i] === word)).sort((a, b) => b.words.length - a.words.length)[0];
  if (!form) {
    if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) return 'help';
    throw new AppError('ERR_USAGE', `There is no command "${words.slice(0, 2).join(' ')}". Run penchant --help for the list.`);
  }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: { ...GLOBAL, ...form.options }, allowPositionals: true, strict: true });
    const rest = positionals.slice(form.words.length);
    const many = form.takes.at(-1)?.endsWith('…') ?? false;
    if (values['help'] !== true && (many ? rest.length < form.takes.length : rest.length !== form.takes.length)) throw new TypeError(`expected ${form.takes.join(' ') || 'no arguments'}`);
    return { form, positionals: rest, values };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError('ERR_USAGE', `${error.message.split('\n')[0] ?? ''}. Usage: ${usageOf(form)}`);
  }
}

export const textOption = (parsed: Parsed, name: string): string | undefined => {
  const value = parsed.values[name];
  return typeof value === 'string' ? value : undefined;
};
export const listOption = (parsed: Parsed, name: string): readonly string[] => {
  const value = parsed.values[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

const usage = (message: string) => new AppError('ERR_USAGE', message);

/** "interest,price_band" @throws {AppError} ERR_USAGE for a name that is no claim. */
export function parseClaims(text: string): Claim[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((name) => {
    if (!isClaim(name)) throw usage(`"${name}" is not a claim. Claims are: ${Object.keys(LADDERS).join(', ')}.`);
    return name;
  });
}

/** "interest=1" pairs, comma-separated or repeated. @throws {AppError} ERR_USAGE */
export function parsePrecisions(texts: readonly string[]): Map<Claim, number> {
  const out = new Map<Claim, number>();
  for (const pair of texts.flatMap((text) => text.split(','))) {
    const [name = '', level = ''] = pair.split('=');
    if (!isClaim(name) || !/^[1-9]$/u.test(level)) throw usage(`"${pair}" is not of the form CLAIM=LEVEL, such as interest=1.`);
    out.set(name, Number(level));
  }
  return out;
}

/** "30d", "12h", "6w" as milliseconds. @throws {AppError} ERR_USAGE */
export function parseDuration(text: string): number {
  const match = /^(\d{1,5})([hdw])$/u.exec(text);
  const unit = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }[match?.[2] ?? ''];
  if (!match || unit === undefined || Number(match[1]) === 0) throw usage(`"${text}" is not a duration. Write a number and h, d or w, such as 30d.`);
  return Number(match[1]) * unit;
}

/** A TCP port; 0 lets the system choose. @throws {AppError} ERR_USAGE */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > 65_535) throw usage(`"${text}" is not a port. Ports go from 0 to 65535.`);
  return port;
}
