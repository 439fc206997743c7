/** Puts a finished vault folder where the vault belongs; what was there is renamed, never deleted. */
import { existsSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { makePrivateFolder, syncFolder } from '../platform/files/atomic-file.ts';
import { isHeldElsewhere } from '../platform/sqlite/database.ts';
import { vaultPaths } from '../vault/vault.ts';

/** Where a host puts files that are being read; it may be there before there is a vault. */
const UPLOADS = 'incoming';

/** Whatever lies there that is no folder, such as a file or a link into nowhere, counts: it is set aside like a vault. */
export function isOccupied(dataDir: string): boolean {
  const found = lstatSync(dataDir, { throwIfNoEntry: false });
  if (!found) return false;
  if (!existsSync(dataDir) || (!found.isDirectory() && !found.isSymbolicLink())) return true;
  try { return readdirSync(dataDir).some((name) => name !== UPLOADS); } catch { return true; }
}

/** `folder`: where the vault's files lie now. @throws {AppError} ERR_VAULT_IN_USE */
export function assertNotInUse(folder: string): void {
  const { database } = vaultPaths(folder);
  if (existsSync(database) && isHeldElsewhere(database)) throw new AppError('ERR_VAULT_IN_USE', 'Another program has the vault here open. Close or lock it there, then try again. Nothing was changed.');
}

/** A folder beside the vault's that does not exist yet: "vault.replaced-2026-11-23-181502". */
export function folderBeside(dataDir: string, what: string, nowMs: number): string {
  const name = `${dataDir}.${what}-${new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
  for (let number = 1; ; number++) {
    const path = number === 1 ? name : `${name}-${number}`;
    if (!lstatSync(path, { throwIfNoEntry: false })) return path;
  }
}

/**
 * Two renames: a crash between them loses nothing, both folders lie beside each other.
 *
 * Whether another program has the vault here open is looked at between them: one that opened it before is seen then, and one that opens it later finds no vault at its place,
 * or another than it looked at, and stays out (`openDatabase`). Its locks are on the file, wherever that is, so going back is always possible.
 *
 * @returns where the vault that was here is now, or null when there was none @throws {AppError} ERR_VAULT_IN_USE; everything is then as it was
 */
export function putInPlace(staging: string, dataDir: string, what: 'replaced' | 'damaged', nowMs: number): string | null {
  const aside = isOccupied(dataDir) ? folderBeside(dataDir, what, nowMs) : null;
  makePrivateFolder(dirname(dataDir));
  if (aside !== null) renameSync(dataDir, aside);
  else if (lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(dataDir);
  else if (existsSync(dataDir)) {
    rmSync(join(dataDir, UPLOADS), { recursive: true, force: true });
    rmdirSync(dataDir);
  }
  try {
    if (aside !== null) assertNotInUse(aside);
    renameSync(staging, dataDir);
  } catch (error) {
    if (aside !== null) renameSync(aside, dataDir);
    throw error;
  }
  // Uploads are no part of a vault; what is read from them has been.
  if (aside !== null && lstatSync(aside).isDirectory()) rmSync(join(aside, UPLOADS), { recursive: true, force: true });
  syncFolder(dirname(dataDir));
  return aside;
}
