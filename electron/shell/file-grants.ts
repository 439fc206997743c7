/** Turns a file the person picked or dropped into an opaque id: the page never learns a path, the core never gets another file. */
import { open, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { OfferedFile } from '../../shared/api/wire.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { GrantedFile } from '../core/ports.ts';

export interface FileGrantDeps {
  readonly randomBytes: (size: number) => Buffer;
  readonly grantFile: (file: GrantedFile) => void;
}

/**
 * `path`: as the preload script sent it; anything at all when that was tampered with.
 *
 * @throws {AppError} ERR_INPUT_INVALID, ERR_FILE_MISSING, ERR_FILE_UNREADABLE
 */
export async function grantPickedFile(path: unknown, deps: FileGrantDeps): Promise<OfferedFile> {
  if (typeof path !== 'string' || path.length > 4_096 || !isAbsolute(path) || path.includes('\0')) {
    throw new AppError('ERR_INPUT_INVALID', 'Penchant reads files you pick or drop, and this is not one.');
  }
  const name = basename(path);
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new AppError('ERR_FILE_UNREADABLE', `${name} is not a file. Choose the files inside it, or a zip.`);
    await (await open(path, 'r')).close();
    const file = { id: deps.randomBytes(16).toString('hex'), name, size: facts.size };
    deps.grantFile({ ...file, path, temporary: false });
    return file;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new AppError(missing ? 'ERR_FILE_MISSING' : 'ERR_FILE_UNREADABLE', missing ? `${name} is not there any more. Nothing was stored.` : `${name} cannot be read. Check that you may open it. Nothing was stored.`, { cause: error });
  }
}
