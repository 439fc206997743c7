/** The vault on disk: made, opened, its ways to unlock changed, its master key replaced. Holds the master key only while open. */
import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { hkdf32 } from '../platform/crypto/keys.ts';
import { makePrivateFolder, readSmallFile, removeLeftover, replaceFile, syncFolder } from '../platform/files/atomic-file.ts';
import type { Cipher, Database } from '../platform/sqlite/database.ts';
import { migrate } from '../platform/sqlite/migrate.ts';
import type { CorePorts } from '../ports.ts';
import { publicOf } from '../platform/crypto/hpke.ts';
import { calibrate } from './calibrate.ts';
import {
  authenticHeader, isHuman, makePassphraseSlot, makeRecoverySlot, MAX_HEADER_BYTES, MAX_SLOTS, openClosedKey, openSlots, parseHeader, passphraseBytes, serializeHeader, signHeader, unwrapIdentity, wrapIdentity,
  type Header, type HumanKind, type Slot, type StoredHeader,
} from './header.ts';
import { openKeychainSlots, opensHere, sealKeychainSlot } from './keychain.ts';
import { assertStrong } from './passphrase.ts';
import { databaseKey, openUnder } from './open-under.ts';
import { parseRecoveryPhrase, recoveryWords } from './recovery.ts';
import { finishRotation, prepareRotation, removeLeftovers, type RotationProgress } from './rotate.ts';

export type VaultPorts = Pick<CorePorts, 'dataDir' | 'clock' | 'randomBytes' | 'passphraseKdf' | 'secretStore'>;

const DAY_MS = 86_400_000;

/** What a person opens a vault with: something they know or have on paper. Only this proves that it is them. */
export type Secret = { readonly passphrase: string } | { readonly recoveryPhrase: string };
/** The same, or this computer's keychain. */
export type Opener = Secret | { readonly keychain: true };

export interface OpenVault {
  readonly db: Database;
  readonly header: () => Header;
  /**
   * 32 bytes for one purpose: HKDF-SHA-256 of the vault's long-lived secret, info "vault/v1/<purpose>". A new master key does not change them,
   * so that pseudonyms, receipts and the log's signatures stay what they were. The caller may keep them while the vault is open.
   */
  readonly deriveKey: (purpose: string) => Buffer;
  /** 32 bytes the database lies under; a new master key changes them. The caller overwrites them. */
  readonly databaseKey: () => Buffer;
  readonly confirmRecovery: () => void;
  /** Resolves when the secret opens this vault. @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID */
  readonly prove: (proof: Secret) => Promise<void>;
  /** True when these words stand at these 1-based positions of the current recovery phrase. */
  readonly recoveryWordsMatch: (asked: readonly { readonly position: number; readonly word: string }[]) => boolean;
  /** @throws {AppError} ERR_PASSPHRASE_WEAK, ERR_STORAGE_FULL; the old passphrase then still works. */
  readonly changePassphrase: (proof: Secret, next: string) => Promise<void>;
  /** @returns the new 24 words; the old phrase stops working at once. @throws {AppError} ERR_STORAGE_FULL */
  readonly renewRecovery: (proof: Secret) => Promise<string[]>;
  /** Public key of the closed part: 32 bytes, X25519. */
  readonly closedKey: () => Buffer;
  /** Private key of the closed part; the caller overwrites it. @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_CLOSED_KEY_MISSING */
  readonly openClosed: (proof: Secret) => Promise<Buffer>;
  /** Lets this computer's keychain open the vault from now on. @throws {AppError} ERR_KEYCHAIN_UNAVAILABLE, ERR_SLOTS_FULL */
  readonly addKeychainSlot: (label: string) => Promise<void>;
  /** A fresh secret in the keychain of this computer for a slot made here or elsewhere; whatever was stored for it before opens nothing. @throws {AppError} ERR_SLOT_UNKNOWN, ERR_KEYCHAIN_UNAVAILABLE */
  readonly rekeyKeychainSlot: (id: string) => Promise<void>;
  /** @throws {AppError} ERR_SLOT_UNKNOWN; ERR_SLOT_NEEDED for the last slot a person can open. */
  readonly removeSlot: (id: string) => void;
  /**
   * Puts a new master key in place of this one and closes this vault: see {@link rotateVault}. A fresh recovery phrase comes with it.
   *
   * @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_STORAGE_FULL, ERR_CANCELLED; this vault is then open as before.
   */
  readonly rotate: (passphrase: string, progress: RotationProgress) => Promise<{ readonly reopen: () => OpenVault; readonly recoveryPhrase: string[]; readonly droppedSlots: number }>;
  /** From here on the ways to unlock stay what they are: a change of them that is still under way fails, as locking has begun and nobody could note it any more. */
  readonly settleKeys: () => void;
  /** Closes the database and overwrites the keys held here. Pages and statements may linger in memory until the process ends, which is why it does. */
  readonly close: () => void;
}

export { openUnder } from './open-under.ts';

export const vaultPaths = (dataDir: string) => ({
  header: join(dataDir, 'vault.keys'),
  database: join(dataDir, 'vault.db'),
  anchor: join(dataDir, 'audit.head'),
  backups: join(dataDir, 'backups'),
  reserve: join(dataDir, 'reserve'),
});

/** The header of the vault in this folder as it stands there, or null when there is none. @throws {AppError} ERR_VAULT_HEADER_INVALID, ERR_VAULT_NEWER, ERR_VAULT_UNREADABLE */
export function readHeader(dataDir: string): StoredHeader | null {
  const text = readKeyFile(dataDir);
  return text === null ? null : parseHeader(text);
}

/** The text of the key file, or null when there is none. @throws {AppError} ERR_VAULT_HEADER_INVALID, ERR_VAULT_UNREADABLE */
export function readKeyFile(dataDir: string): string | null {
  try {
    return readSmallFile(vaultPaths(dataDir).header, MAX_HEADER_BYTES);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'ERR_FILE_TOO_LARGE') throw cause;
    throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is far larger than one can be: something else wrote to it. Nothing was opened or written. Put back the key file from a backup.', { cause });
  }
}

/**
 * Makes a vault and leaves it open. The header is written last: a header on disk means a complete vault.
 *
 * @throws {AppError} ERR_VAULT_EXISTS, ERR_PASSPHRASE_WEAK, ERR_VAULT_IN_USE, ERR_VAULT_HEADER_INVALID, ERR_VAULT_NEWER, ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE
 */
export async function createVault(ports: VaultPorts, passphrase: string): Promise<{ readonly vault: OpenVault; readonly recoveryPhrase: string[] }> {
  const { dataDir, randomBytes } = ports;
  const refuseExisting = (): void => { if (readHeader(dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'There is a vault here already. Unlock it, or choose another folder.'); };
  refuseExisting();
  await assertStrong(passphrase);
  // Another program may have made one meanwhile, and its database is no orphan.
  refuseExisting();
  makePrivateFolder(dataDir);
  setAsideOrphan(ports);

  const masterKey = randomBytes(32);
  const entropy = randomBytes(32);
  const secret = passphraseBytes(passphrase);
  const vaultId = randomBytes(16).toString('base64url');
  const parameters = ports.passphraseKdf ?? (await calibrate(randomBytes));
  const cipher: Cipher = hasAesInstructions() ? 'aegis' : 'chacha20';
  const nowMs = ports.clock.nowMs();
  const deps = { vaultId, masterKey, randomBytes, nowMs };
  const closed = randomBytes(32);
  const closedKey = publicOf(closed).toString('base64url');
  const slots: Slot[] = [await makePassphraseSlot(deps, secret, closed, parameters), await makeRecoverySlot(deps, entropy, closed)];
  for (const used of [secret, closed]) used.fill(0);
  const secretForLife = randomBytes(32);
  const identity = wrapIdentity(masterKey, secretForLife, vaultId, randomBytes(12));
  secretForLife.fill(0);

  const db = openUnder(masterKey, vaultPaths(dataDir).database, cipher, false);
  try {
    migrate(db, MIGRATIONS, { nowMs });
    const header = signHeader({ format: 'penchant-vault', version: 2, vaultId, createdAtMs: nowMs, cipher, generation: 0, slots, identity, closedKey, recoveryConfirmed: false }, masterKey);
    refuseExisting();
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
 * Opens the vault with a passphrase, the recovery phrase or this computer's keychain, and settles a rotation that was interrupted.
 *
 * @throws {AppError} ERR_VAULT_MISSING, ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_KEYCHAIN_UNAVAILABLE, ERR_KEYCHAIN_CHANGED, ERR_VAULT_IN_USE, ERR_VAULT_HEADER_INVALID, ERR_VAULT_CORRUPT, ERR_VAULT_NEWER, ERR_VAULT_HISTORY_REWRITTEN
 */
export async function unlockVault(ports: VaultPorts, opener: Opener): Promise<OpenVault> {
  const { dataDir } = ports;
  const stored = readHeader(dataDir);
  if (!stored) throw new AppError('ERR_VAULT_MISSING', 'There is no vault in this folder. Create one, or choose the folder where yours is.');
  const { masterKey, header, usedSlot, resealed } = 'keychain' in opener ? await openByKeychain(ports, stored) : await openBySecret(ports, stored, opener);
  const vault = opened(ports, stored, header, masterKey);
  try {
    // Before anything is sealed for a key, that key is on disk.
    if (stored.version === 1) vault.keep();
  } catch (error) {
    vault.close();
    throw error;
  }
  vault.used(usedSlot, resealed);
  return vault;
}

/** The files of a key file that was read a moment ago: deriving takes time, and another program may have changed its keys or put another vault in its place since. */
function opened(ports: VaultPorts, stored: StoredHeader, header: Header, masterKey: Buffer): InnerVault {
  const assertSame = (): void => {
    if (readHeader(ports.dataDir)?.mac !== stored.mac) throw new AppError('ERR_VAULT_IN_USE', 'Another program changed the vault’s keys or put another vault in its place at this very moment. Nothing was changed. Try again.');
  };
  let vault: InnerVault;
  try {
    vault = openFiles(ports, header, masterKey);
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') assertSame();
    throw error;
  }
  try {
    assertSame();
  } catch (error) {
    vault.close();
    throw error;
  }
  return vault;
}

interface Opened { readonly masterKey: Buffer; readonly header: Header; readonly usedSlot: string; readonly resealed: string | null }

/** The database of a header whose master key is known. Takes over `masterKey`: it is overwritten when this throws. */
function openFiles(ports: VaultPorts, header: Header, masterKey: Buffer): InnerVault {
  const paths = vaultPaths(ports.dataDir);
  let db: Database | undefined;
  try {
    finishRotation(paths.database, header, masterKey);
    if (!existsSync(paths.database)) throw new AppError('ERR_VAULT_CORRUPT', 'The vault’s database file is gone. The key file is still there: restore a backup.');
    // A key file means a complete vault: an empty database in its place is not a new one, it is a loss.
    const emptied = new AppError('ERR_VAULT_CORRUPT', 'The vault’s database is empty, though it was not when it was last used. Nothing was written. Restore a backup.');
    if (statSync(paths.database).size === 0) throw emptied;
    const opened = (db = openUnder(masterKey, paths.database, header.cipher, true));
    const nowMs = ports.clock.nowMs();
    if (!opened.query("SELECT 1 FROM sqlite_master WHERE name = 'schema_history'").get()) throw emptied;
    // Only now: a rotation that another program has under way is its own as long as it holds the database.
    removeLeftovers(paths.database, header.generation);
    const changed = migrate(opened, MIGRATIONS, {
      nowMs,
      beforeChange: () => {
        makePrivateFolder(paths.backups);
        opened.copyTo(join(paths.backups, `before-update-${nowMs}.db`));
        syncFolder(paths.backups);
      },
    });
    if (changed > 0 && opened.integrityProblems().length > 0) throw new AppError('ERR_VAULT_CORRUPT', 'The vault did not come through the update whole. A copy from before it is in the folder “backups”. Restore a backup.');
    return openVault(ports, opened, header, masterKey, null);
  } catch (error) {
    db?.close();
    masterKey.fill(0);
    throw error;
  }
}

/** @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_VAULT_HEADER_INVALID when the header was changed by someone without the key. */
export async function openBySecret(ports: Pick<VaultPorts, 'randomBytes'>, stored: StoredHeader, secret: Secret): Promise<Opened> {
  const { kind, bytes } = secretBytes(secret);
  const masterKey = await openSlots(stored, kind, bytes);
  if (!masterKey) {
    bytes.fill(0);
    throw new AppError('ERR_VAULT_SECRET_WRONG', kind === 'passphrase' ? 'That passphrase does not open this vault. Nothing was changed. Try again, or use your recovery phrase.' : 'That recovery phrase does not open this vault. Nothing was changed. A renewed phrase replaces the older one.');
  }
  try {
    return { masterKey, header: await authentic(stored, masterKey, { kind, secret: bytes }, ports.randomBytes), usedSlot: stored.slots.find((slot) => slot.kind === kind)?.id ?? '', resealed: null };
  } finally {
    bytes.fill(0);
  }
}

/** @throws {AppError} ERR_RECOVERY_PHRASE_INVALID */
const secretBytes = (secret: Secret): { readonly kind: HumanKind; readonly bytes: Buffer } =>
  'passphrase' in secret ? { kind: 'passphrase', bytes: passphraseBytes(secret.passphrase) } : { kind: 'recovery', bytes: parseRecoveryPhrase(secret.recoveryPhrase) };

/** @throws {AppError} ERR_KEYCHAIN_UNAVAILABLE, ERR_KEYCHAIN_CHANGED, ERR_VAULT_HEADER_INVALID */
async function openByKeychain(ports: VaultPorts, stored: StoredHeader): Promise<Opened> {
  const opened = await openKeychainSlots(ports.secretStore ?? null, stored);
  return { masterKey: opened.masterKey, header: await authentic(stored, opened.masterKey, { kind: 'keychain', secret: Buffer.alloc(0) }, ports.randomBytes), usedSlot: opened.slotId, resealed: opened.resealed };
}

async function authentic(stored: StoredHeader, masterKey: Buffer, opened: { readonly kind: Slot['kind']; readonly secret: Buffer }, randomBytes: VaultPorts['randomBytes']): Promise<Header> {
  const header = await authenticHeader(stored, masterKey, opened, randomBytes);
  if (header) return header;
  masterKey.fill(0);
  throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file was changed by something other than Penchant. Nothing was opened or written. Put back the key file from a backup.');
}

/**
 * The switch of a rotation: from here on the old key opens nothing, whatever happens to this process.
 *
 * @returns null when the new header is in place. One that is there but could not be confirmed to the disk counts: opening confirms it again before anything else moves.
 */
function switchHeader(dataDir: string, rotated: Header): { readonly oldInPlace: boolean; readonly error: unknown } | null {
  try {
    replaceFile(vaultPaths(dataDir).header, serializeHeader(rotated));
    return null;
  } catch (error) {
    try { return readHeader(dataDir)?.mac === rotated.mac ? null : { oldInPlace: true, error }; } catch { return { oldInPlace: false, error }; }
  }
}

/** What opening itself does beyond what the rest of the core may. */
interface InnerVault extends OpenVault {
  /** Writes the header as it is held: one of version 1 becomes one of version 2 on disk. @throws {AppError} ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE */
  readonly keep: () => void;
  /** Notes the day a slot was last used, and its secret as the keychain sealed it anew, if it did. A disk that cannot take the note is no reason to stay shut. */
  readonly used: (slotId: string, resealed: string | null) => void;
  /** The entropy behind a phrase that is being shown, so that its words can be asked back. */
  readonly expectRecovery: (shown: Buffer) => void;
}

function openVault(ports: VaultPorts, db: Database, firstHeader: Header, masterKey: Buffer, freshEntropy: Buffer | null): InnerVault {
  const { randomBytes } = ports;
  const store = ports.secretStore ?? null;
  const path = vaultPaths(ports.dataDir);
  let header = firstHeader;
  const identity = unwrapIdentity(header, masterKey);
  if (!identity) throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is damaged. Nothing was written. Put back the key file from a backup.');
  // Kept only between showing the phrase and having it confirmed; after a restart a new phrase has to be made.
  let entropy = freshEntropy;
  // A change of keys takes time, and the vault may be closed under it: a key file signed with an overwritten key would open for nobody again.
  let isSettled = false;
  // While the keys are made anew from what the header holds, a change to it would be lost at the switch.
  let isRotating = false;
  const assertOpen = (): void => {
    if (isSettled) throw new AppError('ERR_VAULT_LOCKED', 'The vault was locked before this was finished. The ways to unlock it are what they were. Unlock it and try again.');
    if (isRotating) throw new AppError('ERR_VAULT_BUSY', 'The vault is getting a new key. The ways to unlock it are what they were; try again when that is through.');
  };
  const deps = () => ({ vaultId: header.vaultId, masterKey, randomBytes, nowMs: ports.clock.nowMs() });
  const changing = () => {
    assertOpen();
    return deps();
  };
  const save = (change: Partial<Omit<Header, 'mac'>>): void => {
    assertOpen();
    const { mac: _replaced, ...unsigned } = header;
    const next = signHeader({ ...unsigned, ...change }, masterKey);
    replaceFile(path.header, serializeHeader(next));
    header = next;
  };
  const keepEntropy = (next: Buffer | null): void => {
    entropy?.fill(0);
    entropy = next;
  };
  const prove = async (proof: Secret): Promise<void> => { (await openBySecret(ports, header, proof)).masterKey.fill(0); };
  /** Null when what the person gave is right but does not hold it. */
  const closedKeyFor = async (proof: Secret): Promise<Buffer | null> => {
    const { kind, bytes } = secretBytes(proof);
    const key = await openClosedKey(header, kind, bytes);
    bytes.fill(0);
    if (key === null) throw new AppError('ERR_VAULT_SECRET_WRONG', 'That does not open the closed part. Nothing was changed. Try again.');
    return key === 'missing' ? null : key;
  };
  const slotOf = (id: string): Slot => {
    const slot = header.slots.find((candidate) => candidate.id === id);
    if (!slot) throw new AppError('ERR_SLOT_UNKNOWN', 'There is no such way to unlock this vault any more. Nothing was changed.');
    return slot;
  };
  const replaceSlot = (id: string, next: Slot): void => { save({ slots: header.slots.map((slot) => (slot.id === id ? next : slot)) }); };
  const release = (): void => {
    isSettled = true;
    masterKey.fill(0);
    identity.fill(0);
    keepEntropy(null);
  };

  return Object.freeze({
    db,
    header: () => header,
    prove,
    deriveKey: (purpose: string) => hkdf32(identity, `vault/v1/${purpose}`),
    databaseKey: () => databaseKey(masterKey),
    recoveryWordsMatch(asked: readonly { readonly position: number; readonly word: string }[]) {
      if (!entropy) return false;
      const words = recoveryWords(entropy);
      return asked.length === 3 && new Set(asked.map((a) => a.position)).size === 3 && asked.every((a) => words[a.position - 1] === a.word.trim().toLowerCase());
    },
    confirmRecovery() {
      save({ recoveryConfirmed: true });
      keepEntropy(null);
    },
    closedKey: () => Buffer.from(header.closedKey, 'base64url'),
    async openClosed(proof: Secret) {
      const key = await closedKeyFor(proof);
      if (!key) throw new AppError('ERR_CLOSED_KEY_MISSING', 'This was made before the closed part had a key of its own, and does not open it. Use your passphrase, then make a new recovery phrase.');
      return key;
    },
    async changePassphrase(proof: Secret, next: string) {
      await assertStrong(next);
      const closed = await closedKeyFor(proof);
      const bytes = passphraseBytes(next);
      const slot = await makePassphraseSlot(changing(), bytes, closed, ports.passphraseKdf ?? (await calibrate(randomBytes)));
      for (const used of [bytes, closed]) used?.fill(0);
      save({ slots: [slot, ...header.slots.filter((s) => s.kind !== 'passphrase')] });
    },
    async renewRecovery(proof: Secret) {
      const closed = await closedKeyFor(proof);
      const fresh = randomBytes(32);
      const slot = await makeRecoverySlot(changing(), fresh, closed);
      closed?.fill(0);
      save({ slots: [...header.slots.filter((s) => s.kind !== 'recovery'), slot], recoveryConfirmed: false });
      keepEntropy(fresh);
      return recoveryWords(fresh);
    },
    async addKeychainSlot(label: string) {
      if (header.slots.length >= MAX_SLOTS) throw new AppError('ERR_SLOTS_FULL', 'This vault has as many ways to unlock as it can have. Remove one first.');
      save({ slots: [...header.slots, await sealKeychainSlot(store, changing(), label)] });
    },
    async rekeyKeychainSlot(id: string) {
      const before = slotOf(id);
      if (before.kind !== 'keychain') throw new AppError('ERR_SLOT_UNKNOWN', 'Only a keychain is renewed this way. Change the passphrase or renew the recovery phrase instead.');
      replaceSlot(id, await sealKeychainSlot(store, changing(), before.label));
    },
    removeSlot(id: string) {
      const slot = slotOf(id);
      const left = header.slots.filter((candidate) => candidate.id !== id);
      if (!left.some(isHuman)) throw new AppError('ERR_SLOT_NEEDED', 'This is the last way to unlock that does not depend on this computer. Keep it, or make a passphrase or recovery phrase first.');
      if (!left.some((other) => isHuman(other) && other.keys.closed !== null)) throw new AppError('ERR_SLOT_NEEDED', 'This is the last way into the closed part of the profile. Keep it, or make a new recovery phrase first.');
      save({ slots: left, ...(slot.kind === 'recovery' ? { recoveryConfirmed: false } : {}) });
      if (slot.kind === 'recovery') keepEntropy(null);
    },
    keep() { save({}); },
    used(slotId: string, resealed: string | null) {
      const lastUsedDay = Math.floor(ports.clock.nowMs() / DAY_MS);
      const slot = header.slots.find(({ id }) => id === slotId);
      if (!slot || (slot.lastUsedDay === lastUsedDay && resealed === null)) return;
      try {
        replaceSlot(slotId, slot.kind === 'keychain' && resealed !== null ? { ...slot, lastUsedDay, sealed: resealed } : { ...slot, lastUsedDay });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    },
    async rotate(passphrase: string, progress: RotationProgress) {
      const next = randomBytes(32);
      const fresh = randomBytes(32);
      let rotated: Header;
      assertOpen();
      isRotating = true;
      try {
        await prove({ passphrase });
        const bytes = passphraseBytes(passphrase);
        const under = { ...deps(), masterKey: next };
        const closed = await closedKeyFor({ passphrase });
        const slots: Slot[] = [await makePassphraseSlot(under, bytes, closed, ports.passphraseKdf ?? (await calibrate(randomBytes))), await makeRecoverySlot(under, fresh, closed)];
        for (const used of [bytes, closed]) used?.fill(0);
        // A keychain slot of another computer cannot be made anew here, and must not open the vault any more.
        for (const slot of header.slots) if (await opensHere(store, header.vaultId, slot)) slots.push(await sealKeychainSlot(store, under, slot.label));
        const { mac: _replaced, ...unsigned } = header;
        rotated = signHeader({ ...unsigned, generation: header.generation + 1, slots, identity: wrapIdentity(next, identity, header.vaultId, randomBytes(12)), recoveryConfirmed: false }, next);
        await prepareRotation({ db, database: path.database, next: rotated, masterKey, nextMasterKey: next, progress });
      } catch (error) {
        isRotating = false;
        next.fill(0);
        fresh.fill(0);
        removeLeftovers(path.database, header.generation);
        throw error;
      }
      const failed = switchHeader(ports.dataDir, rotated);
      if (failed) {
        next.fill(0);
        fresh.fill(0);
        if (failed.oldInPlace) {
          isRotating = false;
          removeLeftovers(path.database, header.generation);
          throw failed.error;
        }
        // Which of the two it is shows at the next unlock. Until then nothing may be written to either.
        try { db.close(); } finally { release(); }
        throw new AppError('ERR_VAULT_UNREADABLE', 'The vault’s folder could not be read at the very moment of the change. The vault was locked. Unlock it: either the old or the new key is in place, and all your data with it.', { cause: failed.error });
      }
      return {
        recoveryPhrase: recoveryWords(fresh), droppedSlots: header.slots.length - rotated.slots.length,
        reopen: () => {
          try { db.close(); } finally { release(); }
          const vault = openFiles(ports, rotated, next);
          vault.expectRecovery(fresh);
          return vault;
        },
      };
    },
    settleKeys() { isSettled = true; },
    expectRecovery(shown: Buffer) { keepEntropy(shown); },
    close() {
      try {
        db.checkpoint();
      } catch (error) {
        // On a full disk the log stays beside the database, and the next opening folds it back.
        if (!(error instanceof AppError) || error.code !== 'ERR_STORAGE_FULL') throw error;
      } finally {
        db.close();
        release();
      }
    },
  } satisfies InnerVault);
}

/** A database without a header is what a crash during creation leaves: nobody has its key, but it is moved, not deleted. */
function setAsideOrphan({ dataDir, clock }: VaultPorts): void {
  const { database } = vaultPaths(dataDir);
  if (!existsSync(database)) return;
  renameSync(database, `${database}.without-key-${clock.nowMs()}`);
  for (const suffix of ['-wal', '-shm']) removeLeftover(`${database}${suffix}`);
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
export const folderIsFree = (dataDir: string): boolean => !existsSync(dataDir) || (statSync(dataDir).isDirectory() && readdirSync(dataDir).length === 0);
