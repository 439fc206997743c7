/** Where the passphrase comes from: a file, the environment, or a prompt that does not echo. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { textOption, type Parsed } from './arguments.ts';

/** Which passphrase: of the vault as it is, of one being made, the one to change to, or of an export that is there or being made. */
type PassphraseRole = 'current' | 'first' | 'next' | 'export' | 'new export';

interface Place { readonly option: string; readonly variable: string; readonly question: string; readonly twice: boolean }
const VAULT = { option: 'passphrase-file', variable: 'PENCHANT_PASSPHRASE', question: 'Passphrase: ' };
const EXPORT = { option: 'export-passphrase-file', variable: 'PENCHANT_EXPORT_PASSPHRASE', question: 'Passphrase of the export: ' };
const PLACES: Readonly<Record<PassphraseRole, Place>> = {
  current: { ...VAULT, twice: false }, first: { ...VAULT, twice: true },
  next: { option: 'new-passphrase-file', variable: 'PENCHANT_NEW_PASSPHRASE', question: 'New passphrase: ', twice: true },
  export: { ...EXPORT, twice: false }, 'new export': { ...EXPORT, twice: true },
};

/** One that is being chosen is asked for twice at a prompt. @throws {AppError} ERR_USAGE when there is no way to get one; ERR_FILE_MISSING. */
export async function readPassphrase(parsed: Parsed, role: PassphraseRole): Promise<string> {
  const { option, variable, question, twice } = PLACES[role];
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
  if (!process.stdin.isTTY) throw new AppError('ERR_USAGE', `No ${role === 'next' ? 'new ' : ''}passphrase was given. Set ${variable}, or use --${option} FILE.`);
  const first = await ask(question);
  if (twice && (await ask('Once more: ')) !== first) throw new AppError('ERR_USAGE', 'The two entries differ. Nothing was changed; try again.');
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
