/** Electron's fuses as a packaged Penchant must have them: what the binary itself may be made to do, fixed in its bytes. */
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** Every fuse of the wire, so that a new one of a later Electron fails here until somebody decided about it. */
const WANTED: Readonly<Record<FuseV1Options, boolean>> = {
  // Else anybody could run any script with our program's name, and with what the system lets it do.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // Also what makes SIGUSR1 open a debugger.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Has an effect on macOS and Windows only.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from a scheme of its own, never from file://.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Turning it off would only make WebAssembly slower.
  [FuseV1Options.WasmTrapHandlers]: true,
};

const FUSES = Object.entries(WANTED).map(([index, on]) => ({ index: Number(index), name: FuseV1Options[Number(index)] ?? index, on }));

/**
 * Sets every fuse in a packaged program.
 *
 * @param program the executable, or the .app folder on macOS
 * @throws {Error} No Electron program, or one whose wire has fuses nobody decided about; nothing is written then.
 */
export async function setFuses(program: string): Promise<void> {
  await flipFuses(program, { version: FuseVersion.V1, strictlyRequireAllFuses: true, resetAdHocDarwinSignature: process.platform === 'darwin', ...WANTED });
}

/**
 * Reads the fuses out of the bytes of a program, without running it.
 *
 * @returns one line for each fuse that is not as wanted; none when all are
 * @throws {Error} No Electron program.
 */
export async function wrongFuses(program: string): Promise<string[]> {
  const { version: _version, ...wire } = await getCurrentFuseWire(program);
  const states = wire as Readonly<Record<number, FuseState | undefined>>;
  const wrong = FUSES.filter(({ index, on }) => states[index] !== (on ? FuseState.ENABLE : FuseState.DISABLE)).map(({ name, index, on }) => `${name} should be ${on ? 'on' : 'off'} and is ${states[index] === undefined ? 'missing' : FuseState[states[index]]}`);
  const unknown = Object.keys(states).filter((index) => /^\d+$/u.test(index) && !(Number(index) in WANTED));
  return [...wrong, ...unknown.map((index) => `fuse ${index} is one nobody decided about`)];
}
