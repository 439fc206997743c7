/** Called by electron-builder when a program lies there whole and unsigned: sets its fuses and reads them back. */
import { join } from 'node:path';
import { setFuses, wrongFuses } from './support/fuses.ts';

interface Packed { readonly appOutDir: string; readonly electronPlatformName: string; readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string } }

export const programOf = ({ appOutDir, electronPlatformName, packager: { appInfo: { productFilename }, executableName } }: Packed): string =>
  join(appOutDir, electronPlatformName === 'darwin' ? `${productFilename}.app` : electronPlatformName === 'win32' ? `${productFilename}.exe` : executableName ?? productFilename.toLowerCase());

/** @throws when a fuse is not as it must be: a package that is wrong is never made. */
export async function afterPack(packed: Packed): Promise<void> {
  const program = programOf(packed);
  await setFuses(program);
  const wrong = await wrongFuses(program);
  if (wrong.length > 0) throw new Error(`The fuses of ${program} are not as they must be:\n${wrong.join('\n')}`);
}
