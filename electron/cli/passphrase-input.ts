/** Where the passphrase comes from: a file, the environment, or a prompt that does not echo. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { textOption, type Parsed } from './arguments.ts';

/** Where one of the passphrases may come from, and what it is called when it is asked for. */
interface Place { readonly option: string; readonly variable: string; readonly question: string }
const VAULT_PASSPHRASE: Place = { option: 'passphrase-file', variable: 'PENCHANT_PASSPHRASE', question: 'Passphrase: ' };
export const EXPORT_PASSPHRASE: Place = { option: 'export-passphrase-file', variable: 'PENCHANT_EXPORT_PASSPHRASE', question: 'Passphrase of the export: ' };

/** `fresh` asks twice at a prompt. @throws {AppError} ERR_USAGE when there is no way to get one; ERR_FILE_MISSING. */
export async function readPassphrase(parsed: Parsed, fresh: boolean, { option, variable, question } = VAULT_PASSPHRASE): Promise<string> {
  const file = textOption(parsed, option);
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    } catch (cause) {
      throw new AppError('ERR_FILE_MISSING', `The passphrase file ${file} cannot be read.`, { cause });
    }
  }
  const fromEnvironment = process.env[variable];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (!process.stdin.isTTY) throw new AppError('ERR_USAGE', `No passphrase was given. Set ${variable}, or use --${option} FILE.`);
  const first = await ask(question);
  if (fresh && (await ask('Once more: ')) !== first) throw new AppError('ERR_USAGE', 'The two entries differ. Nothing was created; try again.');
  return first;
}

async function ask(question: string): Promise<string> {
  // The question goes out, the answer's echo does not.
  const mute = new Writable({ write: (_chunk, _encoding, done) => { done(); } });
  process.stderr.write(question);
  const prompt = createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
