/** Where Electron's binary is, if it is. Looks at files only: importing the package would download it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from './build.ts';

const OWN_NAME: Partial<Readonly<Record<NodeJS.Platform, string>>> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** Absolute path, or null when it has not been fetched. `ELECTRON_OVERRIDE_DIST_PATH` names a folder with another one, as it does for Electron itself. */
export function electronBinary(root = projectDir): string | null {
  const folder = join(root, 'node_modules/electron');
  const elsewhere = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile) && elsewhere === undefined) return null;
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : OWN_NAME[process.platform] ?? 'electron';
  const binary = join(elsewhere ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
