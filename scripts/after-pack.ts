/** Called by electron-builder when a program lies there whole and unsigned: sets its fuses and reads them back. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFuses, wrongFuses } from './support/fuses.ts';

/** `arch`: of electron-builder, 1 for x64, 3 for arm64. */
interface Packed { readonly arch: number; readonly appOutDir: string; readonly electronPlatformName: string; readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string } }

export const programOf = ({ appOutDir, electronPlatformName, packager: { appInfo: { productFilename }, executableName } }: Packed): string =>
  join(appOutDir, electronPlatformName === 'darwin' ? `${productFilename}.app` : electronPlatformName === 'win32' ? `${productFilename}.exe` : executableName ?? productFilename.toLowerCase());

const ARCHS: Readonly<Record<number, string>> = { 1: 'x64', 3: 'arm64' };

/** Native modules the program cannot do without and that are not there for what it was packed for: without argon2 no vault opens. */
export function missingNatives(packed: Packed): string[] {
  const { appOutDir, electronPlatformName: platform } = packed, arch = ARCHS[packed.arch] ?? 'unknown';
  const modules = join(platform === 'darwin' ? join(programOf(packed), 'Contents/Resources') : join(appOutDir, 'resources'), 'app.asar.unpacked/node_modules');
  const holds = (folder: string, wanted: RegExp): boolean => existsSync(join(modules, folder)) && readdirSync(join(modules, folder)).some((name) => wanted.test(name));
  return [
    ...(holds('@node-rs', new RegExp(`^argon2-${platform}-${arch}${platform === 'linux' ? '-gnu$' : '(?:-|$)'}`, 'u')) ? [] : [`@node-rs/argon2 for ${platform}-${arch}`]),
    ...(holds('better-sqlite3/prebuilds', new RegExp(`^${platform}-${arch}\\.node$`, 'u')) ? [] : [`better-sqlite3 for ${platform}-${arch}`]),
  ];
}

/** @throws when a fuse is not as it must be: a package that is wrong is never made; nor is one without what it needs of its own kind of computer. */
export async function afterPack(packed: Packed): Promise<void> {
  const missing = missingNatives(packed);
  if (missing.length > 0) throw new Error(`Not in the package: ${missing.join(', ')}. Build it on such a computer.`);
  const program = programOf(packed);
  await setFuses(program);
  const wrong = await wrongFuses(program);
  if (wrong.length > 0) throw new Error(`The fuses of ${program} are not as they must be:\n${wrong.join('\n')}`);
}
