/** Where the passphrase comes from: a file, the environment, or a prompt that does not echo. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { textOption, type Parsed } from './arguments.ts';

/** `fresh` asks twice at a prompt. @throws {AppError} ERR_USAGE when there is no way to get one; ERR_FILE_MISSING. */
export async function readPassphrase(parsed: Parsed, fresh: boolean): Promise<string> {
  const file = textOption(parsed, 'passphrase-file');
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    } catch (cause) {
      throw new AppError('ERR_FILE_MISSING', `The passphrase file ${file} cannot be read.`, { cause });
    }
  }
  const fromEnvironment = process.env['PENCHANT_PASSPHRASE'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (!process.stdin.isTTY) throw new AppError('ERR_USAGE', 'No passphrase was given. Set PENCHANT_PASSPHRASE, or use --passphrase-file FILE.');
  const first = await ask('Passphrase: ');
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
