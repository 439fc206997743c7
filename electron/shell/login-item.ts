/** Starting with the desktop session, in the tray and locked: as macOS and Windows keep it, and as the freedesktop.org autostart specification has it on Linux. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import { readSmallFile, replaceFile } from '../core/platform/files/atomic-file.ts';

/** Said to the program when the session starts it: no window then. */
export const HIDDEN_SWITCH = '--hidden';

export interface LoginItem {
  isOn(): boolean;
  /** @throws {Error} where the computer does not let it be written, or the program lies where no entry can say */
  set(on: boolean): void;
}

export interface LoginItemDeps {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  /** Absolute path of the program: {@link programToStart}. */
  readonly program: string;
  /** `XDG_CONFIG_HOME`, or `.config` in the home folder. */
  readonly configDir: string;
}

const MOST_BYTES = 4_096;

/** Of an AppImage the image itself, for what runs inside it is gone at the next start. `APPIMAGE` may as well come from another one, out of which this program was started: only what lies in `APPDIR` is of the image. */
export const programToStart = (env: Readonly<Record<string, string | undefined>>, execPath: string): string =>
  ((env['APPIMAGE'] ?? '') !== '' && (env['APPDIR'] ?? '') !== '' && execPath.startsWith(`${(env['APPDIR'] ?? '').replace(/\/+$/u, '')}/`) ? env['APPIMAGE'] ?? execPath : execPath);

/** As a desktop entry quotes an argument: in double quotes, with what means something to a shell escaped, and `%` doubled; then every backslash once more, for the entry is a string itself. */
const quoted = (program: string): string => `"${program.replaceAll(/[\\"`$]/gu, (char) => `\\${char}`).replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;

export function createLoginItem({ app, platform, program, configDir }: LoginItemDeps): LoginItem {
  if (platform !== 'linux') {
    const args = platform === 'win32' ? { path: program, args: [HIDDEN_SWITCH] } : {};
    return Object.freeze({
      isOn: () => app.getLoginItemSettings(args).openAtLogin,
      set(on: boolean) { app.setLoginItemSettings({ ...args, openAtLogin: on }); },
    });
  }
  const entry = join(configDir, 'autostart', 'penchant.desktop');
  return Object.freeze({
    isOn() {
      try {
        const text = readSmallFile(entry, MOST_BYTES);
        return text !== null && !/^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/mu.test(text);
      } catch {
        return false;
      }
    },
    set(on: boolean) {
      if (!on) { rmSync(entry, { force: true }); return; }
      if (/\p{Cc}/u.test(program)) throw new Error('the path of the program has control characters');
      mkdirSync(dirname(entry), { recursive: true });
      replaceFile(entry, `[Desktop Entry]\nType=Application\nName=Penchant\nExec=${quoted(program)} ${HIDDEN_SWITCH}\nTerminal=false\n`);
    },
  });
}
