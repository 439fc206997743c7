/** Where the vault lives when nobody says otherwise: the platform's place for a person's application data. */
import { join } from 'node:path';

/** Absolute folder; `PENCHANT_VAULT` wins over the platform's place. */
export function defaultVaultFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (env['PENCHANT_VAULT']) return env['PENCHANT_VAULT'];
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Penchant', 'vault');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Penchant', 'vault');
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'penchant', 'vault');
}
