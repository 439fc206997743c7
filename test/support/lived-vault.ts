/** A closed vault with a life in it, made by the real core in a process of its own, and what to look for in it afterwards. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditAnchor } from '../../electron/core/audit/anchor.ts';
import { createAuditLog, type AuditVerdict } from '../../electron/core/audit/audit-log.ts';
import type { ReadableDb } from '../../electron/core/platform/sqlite/types.ts';
import { createVault, vaultPaths, type OpenVault } from '../../electron/core/vault/vault.ts';
import { learn, lifePorts, nothingKnown, type Act, type Known, type Line, type Secrets } from './life.ts';
import { PASSPHRASE } from './ports.ts';

/** Lives through `acts` in order and closes the vault, in a process with this environment besides. */
export function liveIn(dataDir: string, secrets: Secrets, acts: readonly Act[], env: Readonly<Record<string, string>> = {}): Line[] {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'life-child.ts'), dataDir, JSON.stringify(secrets), acts.join(',')], { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return output.trimEnd().split('\n').map((text) => JSON.parse(text) as Line);
}

/** Makes a vault in `dataDir`, lives through `acts` and closes it. */
export async function livedVault(dataDir: string, acts: readonly Act[]): Promise<Known> {
  const made = await createVault(lifePorts(dataDir), PASSPHRASE);
  const known = nothingKnown({ passphrase: PASSPHRASE, phrase: made.recoveryPhrase.join(' ') });
  made.vault.close();
  for (const line of liveIn(dataDir, known.secrets, acts)) learn(known, line);
  return known;
}

/** Every row of every table as one hash, but for what each opening writes anew. */
export function contentsOf(db: ReadableDb): string {
  const digest = createHash('sha256');
  for (const { name } of db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name").all()) {
    digest.update(`${name}\n`);
    for (const row of db.query<Record<string, unknown>>(`SELECT * FROM "${name}"`).iterate()) {
      for (const value of Object.values(row)) digest.update(Buffer.isBuffer(value) ? value : String(value)).update('\0');
    }
  }
  return digest.digest('hex');
}

/** What a check of the whole log says, held against the anchor in this folder. */
export function checkLog(dataDir: string, vault: OpenVault): Promise<AuditVerdict> {
  const ports = lifePorts(dataDir);
  const log = createAuditLog({ db: vault.db, key: vault.deriveKey('audit-log'), clock: ports.clock, randomBytes: ports.randomBytes });
  return createAuditAnchor({ path: vaultPaths(dataDir).anchor, key: vault.deriveKey('audit-anchor'), db: vault.db, log }).verify();
}

/** Names of the regular files of a vault, without those in folders; the reserve holds nothing. */
export const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'reserve').map(({ name }) => name);
