/** A folder somebody named, looked at before it is used. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/**
 * The real path of a folder that is there, may be read (or written to) and does not lie inside `dataDir`, where a restore would set it aside with the rest.
 *
 * @returns `why` not, as the end of a sentence, when it cannot be used
 */
export function chosenFolder(folder: string, dataDir: string, access: 'read' | 'write'): { readonly real: string } | { readonly why: string; readonly cause?: unknown } {
  if (!isAbsolute(folder) || folder.includes('\0')) return { why: 'the path has to be a whole one, from the top' };
  let real: string;
  try {
    real = realpathSync(folder);
    if (!statSync(real).isDirectory()) return { why: 'it is not a folder' };
    accessSync(real, access === 'write' ? constants.W_OK : constants.R_OK);
  } catch (cause) {
    return { why: access === 'write' ? 'it is not there, or you may not write to it' : 'it is not there, or you may not read it', cause };
  }
  const within = relative(existsSync(dataDir) ? realpathSync(dataDir) : dataDir, real);
  return within === '' || (!within.startsWith('..') && !isAbsolute(within)) ? { why: 'it lies inside the vault’s own folder' } : { real };
}
