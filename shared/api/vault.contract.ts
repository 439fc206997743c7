/** Owner calls about the vault itself: create, unlock, lock, key slots, backup. */
import { z } from 'zod';
import { auditProblem } from './audit.contract.ts';
import { defineContract } from './define.ts';

const passphrase = z.string().min(1).max(1024);
const words = z.array(z.string().min(1).max(12)).length(24);
/** Something the person knows or has on paper; this computer's keychain proves nothing about them. */
export const proof = z.union([z.strictObject({ passphrase }), z.strictObject({ recoveryPhrase: z.string().min(1).max(400) })]);

/** Everything on the printed sheet, at the one moment the phrase exists. */
const recoveryKit = z.object({
  recoveryPhrase: words, confirmPositions: z.array(z.number().int().min(1).max(24)).length(3),
  vaultId: z.string(), madeAtMs: z.number().int(),
  /** Where the log stood, in one line: a printed mark that no copy of the vault can be older than unnoticed. */
  checkpoint: z.string(),
});

const keySlot = z.object({
  id: z.string(), kind: z.enum(['passphrase', 'recovery', 'keychain']), label: z.string(), createdAtMs: z.number().int(),
  /** Midnight UTC of the day it last opened the vault; no finer. */
  lastUsedDayMs: z.number().int().nullable(),
  /** The keychain it was made under; null for the others. */
  backend: z.string().nullable(),
  removable: z.boolean(),
});

/** `none`: this host has no keychain (browser version, command line). `weak`: what there is protects nothing. */
const keychain = z.object({ state: z.enum(['ready', 'none', 'unavailable', 'weak']), backend: z.string().nullable() });

export const rotationPhase = z.enum(['copying', 'encrypting', 'checking', 'switching']);

export const vaultStatus = z.object({
  /** `none`: no vault at this place yet. */
  state: z.enum(['none', 'locked', 'unlocked']),
  /** Random id of the vault, shown in Settings and on the recovery kit; null while there is none. */
  vaultId: z.string().nullable(),
  /** False until the person typed the asked-for words of the recovery phrase back. */
  recoveryConfirmed: z.boolean(),
  /** Where the vault lives, for showing only. */
  place: z.string(),
  createdAtMs: z.number().int().nullable(),
  /** True when a keychain slot exists and this host can reach a keychain: worth offering at the lock screen. */
  keychain: z.boolean(),
  /** What a glance at unlocking found: whether the log is still the one the mark outside the database was made of. `none` while locked. */
  logProblem: auditProblem,
  /** The disk is full, or was when the vault was unlocked: the room kept back for locking and deleting is used up. False while locked. */
  diskFull: z.boolean(),
});

export const vaultContract = defineContract({
  'vault.status': { access: 'open', input: z.void(), output: vaultStatus, errors: ['ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_NEWER', 'ERR_VAULT_UNREADABLE'] },
  /** Strength of a passphrase before it is used. Nothing is stored or logged. */
  'vault.estimatePassphrase': {
    access: 'open', input: z.strictObject({ passphrase: z.string().max(1024) }),
    output: z.object({
      /** 0 very weak … 4 very strong. */
      score: z.number().int().min(0).max(4),
      /** log10 of the guesses an attacker needs on average. */
      guessesLog10: z.number(),
      /** True when it meets the minimum enforced by `vault.create`. */
      acceptable: z.boolean(),
      /** One plain sentence on how to make it stronger; empty when acceptable. */
      advice: z.string(),
    }),
    errors: [],
  },
  /** Seven words drawn at random, as a suggestion. */
  'vault.suggestPassphrase': { access: 'open', input: z.void(), output: z.object({ passphrase: z.string() }), errors: [] },
  /** Creates the vault and leaves it unlocked. The phrase is returned this once and never again. */
  'vault.create': {
    access: 'open', input: z.strictObject({ passphrase }),
    output: recoveryKit,
    errors: ['ERR_VAULT_EXISTS', 'ERR_PASSPHRASE_WEAK', 'ERR_VAULT_IN_USE', 'ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_NEWER', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'],
  },
  'vault.confirmRecovery': {
    access: 'unlocked', input: z.strictObject({ words: z.array(z.strictObject({ position: z.number().int().min(1).max(24), word: z.string().max(20) })).length(3) }),
    output: z.object({ confirmed: z.literal(true) }), errors: ['ERR_RECOVERY_WORDS_WRONG'],
  },
  /** A fresh recovery phrase; the old one stops working at once. */
  'vault.renewRecovery': { access: 'proven', input: z.strictObject({ proof }), output: recoveryKit, errors: ['ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'] },
  'vault.unlock': {
    access: 'open',
    input: z.union([z.strictObject({ passphrase }), z.strictObject({ recoveryPhrase: z.string().min(1).max(400) }), z.strictObject({ keychain: z.literal(true) })]),
    output: vaultStatus,
    errors: ['ERR_VAULT_MISSING', 'ERR_VAULT_SECRET_WRONG', 'ERR_VAULT_IN_USE', 'ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_CORRUPT', 'ERR_VAULT_NEWER', 'ERR_VAULT_HISTORY_REWRITTEN', 'ERR_RECOVERY_PHRASE_INVALID', 'ERR_VAULT_UNREADABLE', 'ERR_STORAGE_FULL', 'ERR_KEYCHAIN_UNAVAILABLE', 'ERR_KEYCHAIN_CHANGED'],
  },
  /** Ends the core process; a fresh, locked one takes its place. */
  'vault.lock': { access: 'open', input: z.void(), output: z.object({ state: z.literal('locked') }), errors: [] },
  /** What the host saw of the person's absence; whether it locks is what the settings of this vault say. */
  'vault.away': { access: 'open', input: z.strictObject({ why: z.enum(['screen-locked', 'asleep', 'closed']) }), output: z.object({ locked: z.boolean() }), errors: [] },
  /** Also the way to a new passphrase after unlocking with the recovery phrase, which is then the proof. */
  'vault.changePassphrase': {
    access: 'proven', input: z.strictObject({ proof, next: passphrase }),
    output: z.object({ changed: z.literal(true) }), errors: ['ERR_PASSPHRASE_WEAK', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'],
  },
  /** Proves who is there without changing anything; what asked for it can then be repeated. */
  'vault.confirm': { access: 'proven', input: z.strictObject({ proof }), output: z.object({ confirmed: z.literal(true) }), errors: [] },
  /** Every way to unlock this vault, and what this computer's keychain could do. */
  'vault.slots': { access: 'unlocked', input: z.void(), output: z.object({ slots: z.array(keySlot), keychain }), errors: [] },
  /** Lets this computer's keychain open the vault. Never the only way. */
  'vault.addSlot': {
    access: 'proven', input: z.strictObject({ proof, kind: z.literal('keychain'), label: z.string().max(60) }),
    output: z.object({ slots: z.array(keySlot) }), errors: ['ERR_KEYCHAIN_UNAVAILABLE', 'ERR_SLOTS_FULL', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'],
  },
  'vault.removeSlot': { access: 'proven', input: z.strictObject({ proof, slotId: z.string().max(20) }), output: z.object({ slots: z.array(keySlot) }), errors: ['ERR_SLOT_UNKNOWN', 'ERR_SLOT_NEEDED', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'] },
  /** A fresh secret in this computer's keychain for that slot. */
  'vault.rekeySlot': { access: 'proven', input: z.strictObject({ proof, slotId: z.string().max(20) }), output: z.object({ slots: z.array(keySlot) }), errors: ['ERR_SLOT_UNKNOWN', 'ERR_KEYCHAIN_UNAVAILABLE', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'] },
  /**
   * A new master key, after somebody may have had the old one. The passphrase stays, the recovery phrase is a new one, pseudonyms and the log stay what they were.
   * Until it is through, other calls answer ERR_VAULT_BUSY; how far it is comes by `vault.rotation`.
   */
  'vault.rotate': {
    access: 'proven', input: z.strictObject({ proof: z.strictObject({ passphrase }) }),
    output: recoveryKit.extend({ /** Keychains of other computers, which no longer open the vault. */ droppedSlots: z.number().int() }),
    errors: ['ERR_CANCELLED', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE', 'ERR_VAULT_CORRUPT', 'ERR_IMPORT_BUSY', 'ERR_VAULT_IN_USE'],
  },
  /** Stops a rotation before its switch; false when there is none to stop. */
  'vault.cancelRotation': { access: 'open', input: z.void(), output: z.object({ cancelling: z.boolean() }), errors: [] },
  /** Writes one encrypted backup file into the vault's backups folder and opens the copy inside it. Runs as a job, so that it can be watched and stopped; the call ends with it. */
  'vault.backup': {
    access: 'fresh', input: z.void(),
    output: z.object({ name: z.string(), place: z.string(), sizeBytes: z.number().int(), createdAtMs: z.number().int() }), errors: ['ERR_STORAGE_FULL', 'ERR_BACKUP_INVALID', 'ERR_BACKUP_FOLDER', 'ERR_VAULT_IN_USE', 'ERR_CANCELLED', 'ERR_FILE_EXISTS', 'ERR_FILE_MISSING'],
  },
  /** Tells the core that the person is active, so that auto-lock waits. */
  'vault.touch': { access: 'unlocked', input: z.void(), output: z.object({ locksAtMs: z.number().int().nullable() }), errors: [] },
});
