/** Where the passphrase comes from: a file, the environment, or a prompt that does not echo. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { textOption, type Parsed } from './arguments.ts';

/** Which passphrase: of the vault as it is, of one being made, or the one to change to. */
export type PassphraseRole = 'current' | 'first' | 'next';

const SOURCES = { current: ['passphrase-file', 'PENCHANT_PASSPHRASE'], first: ['passphrase-file', 'PENCHANT_PASSPHRASE'], next: ['new-passphrase-file', 'PENCHANT_NEW_PASSPHRASE'] } as const;

/** One that is being chosen is asked for twice at a prompt. @throws {AppError} ERR_USAGE when there is no way to get one; ERR_FILE_MISSING. */
export async function readPassphrase(parsed: Parsed, role: PassphraseRole): Promise<string> {
  const [option, variable] = SOURCES[role];
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
  const first = await ask(role === 'next' ? 'New passphrase: ' : 'Passphrase: ');
  if (role !== 'current' && (await ask('Once more: ')) !== first) throw new AppError('ERR_USAGE', 'The two entries differ. Nothing was changed; try again.');
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
