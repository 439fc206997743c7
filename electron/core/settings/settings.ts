/** Preferences of the app itself, kept in the vault. */
import type { z } from 'zod';
import { isAboutSecurity, place as placeSchema, settings as settingsSchema } from '../../../shared/api/settings.contract.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';

export type Settings = z.output<typeof settingsSchema>;
export type Place = z.output<typeof placeSchema>;

const DEFAULTS: Settings = { autoLockMinutes: 15, askAgainMinutes: 15, lockOnScreenLock: true, lockOnSleep: true, lockOnClose: false, theme: 'system', characterKeys: true, language: null, notify: true, lookForUpdates: false, loopbackEnabled: true, lessonsRead: [] };

const sooner = <T extends number>(own: T | null, other: T | null | undefined): T | null => (other === undefined || other === null ? own : own === null || other < own ? other : own);

/** What to change so that of two the stricter holds everywhere, and what is only about looks is as `other` has it. For settings that came from somewhere else than the person's hand. */
export function stricterChange(own: Settings, other: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  const next: Settings = {
    autoLockMinutes: sooner(own.autoLockMinutes, other.autoLockMinutes), askAgainMinutes: sooner(own.askAgainMinutes, other.askAgainMinutes),
    lockOnScreenLock: own.lockOnScreenLock || other.lockOnScreenLock === true, lockOnSleep: own.lockOnSleep || other.lockOnSleep === true, lockOnClose: own.lockOnClose || other.lockOnClose === true,
    loopbackEnabled: own.loopbackEnabled && other.loopbackEnabled !== false, lookForUpdates: own.lookForUpdates && other.lookForUpdates !== false,
    theme: other.theme ?? own.theme, characterKeys: other.characterKeys ?? own.characterKeys, language: other.language ?? own.language, notify: other.notify ?? own.notify, lessonsRead: [...new Set([...own.lessonsRead, ...(other.lessonsRead ?? [])])],
  };
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => JSON.stringify(own[key as keyof Settings]) !== JSON.stringify(value)));
}

export interface SettingsService {
  get(): Settings;
  /** Stores the given ones; a change that matters for security is logged. */
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
  /** Where the person was last; null when nobody was anywhere, or an older program says it otherwise. Never logged. */
  place(): Place | null;
  keepPlace(place: Place): void;
}

/** Beside the settings: it goes into no export. */
const PLACE_KEY = 'page.place';

export function createSettings(deps: { readonly db: WritableDb; readonly audit: AuditLog }): SettingsService {
  const { db, audit } = deps;
  const put = (key: string, value: unknown): void => { db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value)); };
  const get = (): Settings => {
    const stored: Record<string, unknown> = {};
    for (const row of db.query<{ key: string; value: string }>('SELECT key, value FROM settings').all()) if (Object.hasOwn(DEFAULTS, row.key)) stored[row.key] = JSON.parse(row.value);
    const parsed = settingsSchema.safeParse({ ...DEFAULTS, ...stored });
    // A value of an older program that no longer fits falls back, rather than keeping the vault shut.
    return parsed.success ? parsed.data : DEFAULTS;
  };
  return Object.freeze({
    get,
    set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }) {
      return db.transaction(() => {
        for (const [key, value] of Object.entries(change)) if (value !== undefined) put(key, value);
        if (isAboutSecurity(change)) audit.append({ type: 'settings.changed' });
        return get();
      });
    },
    place() {
      const row = db.query<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(PLACE_KEY);
      if (row === undefined) return null;
      try { return placeSchema.safeParse(JSON.parse(row.value)).data ?? null; } catch { return null; }
    },
    keepPlace(place) { db.transaction(() => { put(PLACE_KEY, place); }); },
  } satisfies SettingsService);
}
