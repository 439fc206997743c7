/** Opens a copy of the database under its key and reads every page of it, off the core's thread. */
import { openDatabase } from '../platform/sqlite/database.ts';
import type { TaskBody } from '../platform/workers/task-kind.ts';
import { countRows } from './row-counts.ts';
import type { CopyFindings, VerifyCopyInput } from './tasks.ts';

/** @throws {AppError} ERR_VAULT_CORRUPT when a page does not prove itself */
export const verifyCopy: TaskBody<VerifyCopyInput, never, CopyFindings> = ({ path, key, cipher }) => {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  const db = openDatabase(path, bytes, cipher, { mustExist: true });
  bytes.fill(0);
  try {
    return Promise.resolve({ whole: db.integrityProblems().length === 0, rows: countRows(db) });
  } finally {
    db.close();
  }
};
