/** The vault on disk: made, opened, re-keyed, backed up and restored. Holds the master key only while open. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { hkdf32 } from '../platform/crypto/keys.ts';
import { makePrivateFolder, readSmallFile, replaceFile, syncFolder } from '../platform/files/atomic-file.ts';
import { openDatabase, type Cipher, type Database } from '../platform/sqlite/database.ts';
import { migrate } from '../platform/sqlite/migrate.ts';
import type { CorePorts } from '../ports.ts';
import { calibrate } from './calibrate.ts';
import { headerIsAuthentic, makePassphraseSlot, makeRecoverySlot, MAX_HEADER_BYTES, openSlots, parseHeader, passphraseBytes, serializeHeader, signHeader, type Header, type Slot } from './header.ts';
import { estimatePassphrase } from './passphrase.ts';
import { parseRecoveryPhrase, recoveryWords } from './recovery.ts';

export type VaultPorts = Pick<CorePorts, 'dataDir' | 'clock' | 'randomBytes' | 'passphraseKdf'>;

/** What opens a vault. */
export type Secret = { readonly passphrase: string } | { readonly recoveryPhrase: string };

export interface OpenVault {
  readonly db: Database;
  readonly header: () => Header;
  /** 32 bytes for one purpose: HKDF-SHA-256 of the master key, info "vault/v1/<purpose>". The caller may keep them while the vault is open. */
  readonly deriveKey: (purpose: string) => Buffer;
  readonly confirmRecovery: () => void;
  /** Resolves when the secret opens this vault. @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID */
  readonly prove: (proof: Secret) => Promise<void>;
  /** True when these words stand at these 1-based positions of the current recovery phrase. */
  readonly recoveryWordsMatch: (asked: readonly { readonly position: number; readonly word: string }[]) => boolean;
  /** @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_PASSPHRASE_WEAK, ERR_RECOVERY_PHRASE_INVALID; the old passphrase then still works. */
  readonly changePassphrase: (proof: Secret, next: string) => Promise<void>;
  /** @returns the new 24 words; the old phrase stops working at once. @throws {AppError} ERR_VAULT_SECRET_WRONG */
  readonly renewRecovery: (proof: Secret) => Promise<string[]>;
  /** Closes the database and overwrites the keys held here. Pages and statements may linger in memory until the process ends, which is why it does. */
  readonly close: () => void;
}

export const vaultPaths = (dataDir: string) => ({
  header: join(dataDir, 'vault.keys'),
  database: join(dataDir, 'vault.db'),
  anchor: join(dataDir, 'audit.head'),
  backups: join(dataDir, 'backups'),
});

/** The header of the vault in this folder, or null when there is none. @throws {AppError} ERR_VAULT_HEADER_INVALID, ERR_VAULT_NEWER, ERR_VAULT_UNREADABLE */
export function readHeader(dataDir: string): Header | null {
  const text = readSmallFile(vaultPaths(dataDir).header, MAX_HEADER_BYTES);
  return text === null ? null : parseHeader(text);
}

/**
 * Makes a vault and leaves it open. The header is written last: a header on disk means a complete vault.
 *
 * @throws {AppError} ERR_VAULT_EXISTS, ERR_PASSPHRASE_WEAK, ERR_VAULT_IN_USE, ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE
 */
export async function createVault(ports: VaultPorts, passphrase: string): Promise<{ readonly vault: OpenVault; readonly recoveryPhrase: string[] }> {
  const { dataDir, randomBytes } = ports;
  if (readHeader(dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'There is a vault here already. Unlock it, or choose another folder.');
  assertStrong(passphrase);
  makePrivateFolder(dataDir);
  setAsideOrphan(ports);

  const masterKey = randomBytes(32);
  const entropy = randomBytes(32);
  const secret = passphraseBytes(passphrase);
  const vaultId = randomBytes(16).toString('base64url');
  const parameters = ports.passphraseKdf ?? (await calibrate(randomBytes));
  const cipher: Cipher = hasAesInstructions() ? 'aegis' : 'chacha20';
  const slots: Slot[] = [await makePassphraseSlot(vaultId, masterKey, secret, parameters, randomBytes), await makeRecoverySlot(vaultId, masterKey, entropy, randomBytes)];
  secret.fill(0);

  const db = openUnder(masterKey, vaultPaths(dataDir).database, cipher, false);
  try {
    migrate(db, MIGRATIONS, { nowMs: ports.clock.nowMs() });
    const header = signHeader({ format: 'penchant-vault', version: 1, vaultId, createdAtMs: ports.clock.nowMs(), cipher, slots, recoveryConfirmed: false }, masterKey);
    if (readHeader(dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'There is a vault here already. Unlock it, or choose another folder.');
    replaceFile(vaultPaths(dataDir).header, serializeHeader(header));
    const recoveryPhrase = recoveryWords(entropy);
    return { vault: openVault(ports, db, header, masterKey, entropy), recoveryPhrase };
  } catch (error) {
    db.close();
    masterKey.fill(0);
    throw error;
  }
}

/**
 * Opens the vault with a passphrase or the recovery phrase.
 *
 * @throws {AppError} ERR_VAULT_MISSING, ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_VAULT_IN_USE, ERR_VAULT_HEADER_INVALID, ERR_VAULT_CORRUPT, ERR_VAULT_NEWER, ERR_VAULT_HISTORY_REWRITTEN
 */
export async function unlockVault(ports: VaultPorts, secret: Secret): Promise<OpenVault> {
  const { dataDir } = ports;
  const header = readHeader(dataDir);
  if (!header) throw new AppError('ERR_VAULT_MISSING', 'There is no vault in this folder. Create one, or choose the folder where yours is.');
  const masterKey = await masterKeyFor(header, secret);
  const paths = vaultPaths(dataDir);
  if (!existsSync(paths.database)) throw new AppError('ERR_VAULT_CORRUPT', 'The vault’s database file is gone. The key file is still there: restore a backup.');
  // A key file means a complete vault: an empty database in its place is not a new one, it is a loss.
  const emptied = new AppError('ERR_VAULT_CORRUPT', 'The vault’s database is empty, though it was not when it was last used. Nothing was written. Restore a backup.');
  if (statSync(paths.database).size === 0) throw emptied;
  const db = openUnder(masterKey, paths.database, header.cipher, true);
  try {
    const nowMs = ports.clock.nowMs();
    if (!db.query("SELECT 1 FROM sqlite_master WHERE name = 'schema_history'").get()) throw emptied;
    const changed = migrate(db, MIGRATIONS, {
      nowMs,
      beforeChange: () => {
        makePrivateFolder(paths.backups);
        db.copyTo(join(paths.backups, `before-update-${nowMs}.db`));
        syncFolder(paths.backups);
      },
    });
    if (changed > 0 && db.integrityProblems().length > 0) throw new AppError('ERR_VAULT_CORRUPT', 'The vault did not come through the update whole. A copy from before it is in the folder “backups”. Restore a backup.');
    return openVault(ports, db, header, masterKey, null);
  } catch (error) {
    db.close();
    masterKey.fill(0);
    throw error;
  }
}

/** @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_VAULT_HEADER_INVALID when the header was changed by someone without the key. */
export async function masterKeyFor(header: Header, secret: Secret): Promise<Buffer> {
  const kind = 'passphrase' in secret ? 'passphrase' : 'recovery';
  const bytes = 'passphrase' in secret ? passphraseBytes(secret.passphrase) : parseRecoveryPhrase(secret.recoveryPhrase);
  const masterKey = await openSlots(header, kind, bytes);
  bytes.fill(0);
  if (!masterKey) {
    throw new AppError('ERR_VAULT_SECRET_WRONG', kind === 'passphrase' ? 'That passphrase does not open this vault. Nothing was changed. Try again, or use your recovery phrase.' : 'That recovery phrase does not open this vault. Nothing was changed. A renewed phrase replaces the older one.');
  }
  if (!headerIsAuthentic(header, masterKey)) {
    masterKey.fill(0);
    throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file was changed by something other than Penchant. Nothing was opened or written. Put back the key file from a backup.');
  }
  return masterKey;
}

function openVault(ports: VaultPorts, db: Database, firstHeader: Header, masterKey: Buffer, freshEntropy: Buffer | null): OpenVault {
  let header = firstHeader;
  // Kept only between showing the phrase and having it confirmed; after a restart a new phrase has to be made.
  let entropy = freshEntropy;
  const save = (change: Partial<Omit<Header, 'mac'>>): void => {
    const { mac: _replaced, ...unsigned } = header;
    const next = signHeader({ ...unsigned, ...change }, masterKey);
    replaceFile(vaultPaths(ports.dataDir).header, serializeHeader(next));
    header = next;
  };
  const prove = async (proof: Secret): Promise<void> => { (await masterKeyFor(header, proof)).fill(0); };

  return Object.freeze({
    db,
    header: () => header,
    prove,
    deriveKey: (purpose: string) => hkdf32(masterKey, `vault/v1/${purpose}`),
    recoveryWordsMatch(asked: readonly { readonly position: number; readonly word: string }[]) {
      if (!entropy) return false;
      const words = recoveryWords(entropy);
      return asked.length === 3 && new Set(asked.map((a) => a.position)).size === 3 && asked.every((a) => words[a.position - 1] === a.word.trim().toLowerCase());
    },
    confirmRecovery() {
      save({ recoveryConfirmed: true });
      entropy?.fill(0);
      entropy = null;
    },
    async changePassphrase(proof: Secret, next: string) {
      await prove(proof);
      assertStrong(next);
      const bytes = passphraseBytes(next);
      const slot = await makePassphraseSlot(header.vaultId, masterKey, bytes, ports.passphraseKdf ?? (await calibrate(ports.randomBytes)), ports.randomBytes);
      bytes.fill(0);
      save({ slots: [...header.slots.filter((s) => s.kind !== 'passphrase'), slot] });
    },
    async renewRecovery(proof: Secret) {
      await prove(proof);
      const fresh = ports.randomBytes(32);
      const slot = await makeRecoverySlot(header.vaultId, masterKey, fresh, ports.randomBytes);
      save({ slots: [...header.slots.filter((s) => s.kind !== 'recovery'), slot], recoveryConfirmed: false });
      entropy?.fill(0);
      entropy = fresh;
      return recoveryWords(fresh);
    },
    close() {
      try { db.checkpoint(); } finally {
        db.close();
        masterKey.fill(0);
        entropy?.fill(0);
      }
    },
  } satisfies OpenVault);
}

/** The database under its own key, derived and overwritten here. */
export function openUnder(masterKey: Buffer, path: string, cipher: Cipher, mustExist: boolean): Database {
  const key = hkdf32(masterKey, 'vault/v1/database');
  try {
    return openDatabase(path, key, cipher, { mustExist, exclusive: true });
  } finally {
    key.fill(0);
  }
}

function assertStrong(passphrase: string): void {
  const estimate = estimatePassphrase(passphrase);
  if (!estimate.acceptable) throw new AppError('ERR_PASSPHRASE_WEAK', `This passphrase is too easy to guess. ${estimate.advice}`);
}

/** A database without a header is what a crash during creation leaves: nobody has its key, but it is moved, not deleted. */
function setAsideOrphan({ dataDir, clock }: VaultPorts): void {
  const { database } = vaultPaths(dataDir);
  if (!existsSync(database)) return;
  renameSync(database, `${database}.without-key-${clock.nowMs()}`);
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
}

/** AEGIS is as fast as no encryption with AES instructions, and slow and not constant-time without. */
function hasAesInstructions(): boolean {
  if (process.arch === 'arm64') return true;
  if (process.arch !== 'x64') return false;
  if (process.platform !== 'linux') return true;
  const flags = readSmallFile('/proc/cpuinfo', 4 * 1024 * 1024);
  return flags === null ? cpus().length > 0 : /\baes\b/u.test(flags);
}

/** True when the folder holds nothing a restore could overwrite. */
export const folderIsFree = (dataDir: string): boolean => !existsSync(dataDir) || readdirSync(dataDir).length === 0;
