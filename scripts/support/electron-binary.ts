/** Where Electron's binary is, if it is. Looks at files only: importing the package would download it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from './build.ts';

/** Absolute path, or null when it has not been fetched. */
export function electronBinary(root = projectDir): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}
