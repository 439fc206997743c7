/** Whether there is a newer Penchant. Off until the person asks; says so and no more: nothing is fetched beside one small document, and nothing installed. */
import { gt, prerelease, valid } from 'semver';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { VERSION } from '../../../shared/release.ts';
import { fetchText, isFetchable } from '../platform/http/fetch-text.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import type { SettingsService } from './settings.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 7 * DAY_MS;
/** GitHub lists every file of a release with its address. */
const MAX_BYTES = 512 * 1024;
/** Beside the settings: it goes into no export. */
const KEY = 'updates.seen';

const pageOf = (text: string): string | null => { const url = URL.parse(text); return url !== null && isFetchable(url) ? url.href : null; };
/** https://docs.github.com/en/rest/releases/releases#get-the-latest-release; Gitea and Forgejo answer the same. */
const latest = z.object({ tag_name: z.string().max(80), html_url: z.string().max(2_000) });

/** What such a document says, null where it says nothing usable. Of a version only its three numbers are taken: what else may stand there is words of the server. */
export function readRelease(text: string): { readonly version: string; readonly page: string } | null {
  let parsed: z.ZodSafeParseResult<z.output<typeof latest>>;
  try { parsed = latest.safeParse(JSON.parse(text)); } catch { return null; }
  if (!parsed.success) return null;
  const version = valid(parsed.data.tag_name), page = pageOf(parsed.data.html_url);
  return version === null || prerelease(version) !== null || page === null ? null : { version, page };
}
const seenSchema = z.object({ atMs: z.number(), version: z.string(), page: z.string() });

export interface Updates {
  /** Name of the server that would be asked; null where this copy knows none. */
  readonly host: string | null;
  readonly version: string;
  readonly lookedAtMs: number | null;
  readonly newer: { readonly version: string; readonly page: string } | null;
}

export interface UpdatesService {
  get(): Updates;
  /** Asks once, now. @throws {AppError} ERR_UPDATES_UNKNOWN; what was known stays known */
  look(): Promise<Updates>;
  /** Asks if the person wants that and a week went by; silent when there is no answer. */
  lookIfDue(): Promise<void>;
}

export function createUpdates(deps: { readonly db: WritableDb; readonly settings: SettingsService; readonly ports: Pick<CorePorts, 'clock' | 'fetch' | 'releases'>; readonly onChange: () => void }): UpdatesService {
  const { db, settings, ports } = deps;
  const given = ports.releases === undefined || ports.releases === null ? null : URL.parse(ports.releases);
  const address = given !== null && isFetchable(given) ? given : null;
  const seen = (): z.output<typeof seenSchema> | null => {
    const row = db.query<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(KEY);
    if (row === undefined) return null;
    try { return seenSchema.safeParse(JSON.parse(row.value)).data ?? null; } catch { return null; }
  };
  const get = (): Updates => {
    const last = address === null ? null : seen();
    return { host: address?.host ?? null, version: VERSION, lookedAtMs: last?.atMs ?? null, newer: last !== null && valid(last.version) !== null && gt(last.version, VERSION) ? { version: last.version, page: last.page } : null };
  };
  const look = async (): Promise<Updates> => {
    if (address === null) throw new AppError('ERR_UPDATES_UNKNOWN', 'This copy of Penchant knows no place to ask for newer versions. Look where you got it from.');
    const text = await fetchText(ports.fetch, address.href, { accept: 'application/json', maxBytes: MAX_BYTES }).catch((cause: unknown) => {
      throw new AppError('ERR_UPDATES_UNKNOWN', `${address.host} did not answer. Check the connection and try again later.`, { cause });
    });
    const release = readRelease(text);
    if (release === null) throw new AppError('ERR_UPDATES_UNKNOWN', `${address.host} names no version, or no page that can be opened.`);
    db.transaction(() => { db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify({ atMs: ports.clock.nowMs(), ...release })); });
    deps.onChange();
    return get();
  };
  let triedAtMs = Number.NEGATIVE_INFINITY;
  return Object.freeze({
    get, look,
    async lookIfDue() {
      if (address === null || !settings.get().lookForUpdates) return;
      const age = ports.clock.nowMs() - (seen()?.atMs ?? Number.NEGATIVE_INFINITY);
      // A clock that was set back must not keep it from asking for years.
      if (age >= 0 && age < EVERY_MS) return;
      // Where there was no answer, once a day is enough.
      if (Math.abs(ports.clock.nowMs() - triedAtMs) < DAY_MS) return;
      triedAtMs = ports.clock.nowMs();
      await look().catch(() => undefined);
    },
  } satisfies UpdatesService);
}
