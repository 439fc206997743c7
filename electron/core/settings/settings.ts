/** Preferences of the app itself, kept in the vault. */
import type { z } from 'zod';
import { isAboutSecurity, settings as settingsSchema } from '../../../shared/api/settings.contract.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';

export type Settings = z.output<typeof settingsSchema>;

const DEFAULTS: Settings = { autoLockMinutes: 15, askAgainMinutes: 15, lockOnScreenLock: true, lockOnSleep: true, lockOnClose: false, theme: 'system', loopbackEnabled: true };

export interface SettingsService {
  get(): Settings;
  /** Stores the given ones; a change that matters for security is logged. */
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
}

export function createSettings(deps: { readonly db: WritableDb; readonly audit: AuditLog }): SettingsService {
  const { db, audit } = deps;
  const get = (): Settings => {
    const stored: Record<string, unknown> = {};
    for (const row of db.query<{ key: string; value: string }>('SELECT key, value FROM settings').all()) stored[row.key] = JSON.parse(row.value);
    const parsed = settingsSchema.safeParse({ ...DEFAULTS, ...stored });
    // A value of an older program that no longer fits falls back, rather than keeping the vault shut.
    return parsed.success ? parsed.data : DEFAULTS;
  };
  return Object.freeze({
    get,
    set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }) {
      return db.transaction(() => {
        for (const [key, value] of Object.entries(change)) {
          if (value === undefined) continue;
          db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value));
        }
        if (isAboutSecurity(change)) audit.append({ type: 'settings.changed' });
        return get();
      });
    },
  } satisfies SettingsService);
}
