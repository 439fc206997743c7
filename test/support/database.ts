/** A real encrypted database in a temporary folder, at the current schema. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase, type Database } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-test-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

/** Must be called inside a test (or a hook of one): closes and deletes itself when the test ends. */
export function openTestDatabase(): Database & { readonly path: string } {
  const path = join(temporaryFolder(), 'vault.db');
  const db = openDatabase(path, randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS, { nowMs: 0 });
  return { ...db, path };
}
