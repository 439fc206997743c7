/** Puts a finished vault folder where the vault belongs; what was there is renamed, never deleted. */
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { makePrivateFolder, syncFolder } from '../platform/files/atomic-file.ts';
import { isHeldElsewhere } from '../platform/sqlite/database.ts';
import { vaultPaths } from '../vault/vault.ts';

/** Where a host puts files that are being read; it may be there before there is a vault. */
const UPLOADS = 'incoming';

export const isOccupied = (dataDir: string): boolean => existsSync(dataDir) && readdirSync(dataDir).some((name) => name !== UPLOADS);

/** @throws {AppError} ERR_VAULT_IN_USE */
export function assertNotInUse(dataDir: string): void {
  const { database } = vaultPaths(dataDir);
  if (existsSync(database) && isHeldElsewhere(database)) throw new AppError('ERR_VAULT_IN_USE', 'Another program has the vault here open. Close or lock it there, then try again. Nothing was changed.');
}

/** A folder beside the vault's that does not exist yet: "vault.replaced-2026-11-23-181502". */
export function folderBeside(dataDir: string, what: string, nowMs: number): string {
  const name = `${dataDir}.${what}-${new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
  for (let number = 1; ; number++) {
    const path = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(path)) return path;
  }
}

/**
 * Two renames: a crash between them loses nothing, both folders lie beside each other.
 *
 * @returns where the vault that was here is now, or null when there was none
 */
export function putInPlace(staging: string, dataDir: string, what: 'replaced' | 'damaged', nowMs: number): string | null {
  const aside = isOccupied(dataDir) ? folderBeside(dataDir, what, nowMs) : null;
  makePrivateFolder(dirname(dataDir));
  if (aside !== null) renameSync(dataDir, aside);
  else if (existsSync(dataDir)) {
    rmSync(join(dataDir, UPLOADS), { recursive: true, force: true });
    rmdirSync(dataDir);
  }
  try {
    renameSync(staging, dataDir);
  } catch (error) {
    if (aside !== null) renameSync(aside, dataDir);
    throw error;
  }
  syncFolder(dirname(dataDir));
  return aside;
}
