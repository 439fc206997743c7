/** Owner calls about the vault itself: create, unlock, lock, key slots, backup. */
import { z } from 'zod';
import { auditProblem } from './audit.contract.ts';
import { defineContract } from './define.ts';

const passphrase = z.string().min(1).max(1024);
const words = z.array(z.string().min(1).max(12)).length(24);

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
  /** What a glance at unlocking found: whether the log is still the one the mark outside the database was made of. `none` while locked. */
  logProblem: auditProblem,
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
    output: z.object({ vaultId: z.string(), recoveryPhrase: words, confirmPositions: z.array(z.number().int().min(1).max(24)).length(3) }),
    errors: ['ERR_VAULT_EXISTS', 'ERR_PASSPHRASE_WEAK', 'ERR_VAULT_IN_USE', 'ERR_STORAGE_FULL', 'ERR_VAULT_UNREADABLE'],
  },
  'vault.confirmRecovery': {
    access: 'unlocked', input: z.strictObject({ words: z.array(z.strictObject({ position: z.number().int().min(1).max(24), word: z.string().max(20) })).length(3) }),
    output: z.object({ confirmed: z.literal(true) }), errors: ['ERR_RECOVERY_WORDS_WRONG'],
  },
  /** A fresh recovery phrase; the old one stops working at once. */
  'vault.renewRecovery': {
    access: 'unlocked', input: z.strictObject({ passphrase }),
    output: z.object({ recoveryPhrase: words, confirmPositions: z.array(z.number().int()).length(3) }), errors: ['ERR_VAULT_SECRET_WRONG', 'ERR_STORAGE_FULL'],
  },
  'vault.unlock': {
    access: 'open',
    input: z.union([z.strictObject({ passphrase }), z.strictObject({ recoveryPhrase: z.string().min(1).max(400) })]),
    output: vaultStatus,
    errors: ['ERR_VAULT_MISSING', 'ERR_VAULT_SECRET_WRONG', 'ERR_VAULT_IN_USE', 'ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_CORRUPT', 'ERR_VAULT_NEWER', 'ERR_VAULT_HISTORY_REWRITTEN', 'ERR_RECOVERY_PHRASE_INVALID', 'ERR_VAULT_UNREADABLE', 'ERR_STORAGE_FULL'],
  },
  /** Ends the core process; a fresh, locked one takes its place. */
  'vault.lock': { access: 'open', input: z.void(), output: z.object({ state: z.literal('locked') }), errors: [] },
  /** Also the way to a new passphrase after unlocking with the recovery phrase: give `recoveryPhrase` instead of `current`. */
  'vault.changePassphrase': {
    access: 'unlocked',
    input: z.union([z.strictObject({ current: passphrase, next: passphrase }), z.strictObject({ recoveryPhrase: z.string().max(400), next: passphrase })]),
    output: z.object({ changed: z.literal(true) }), errors: ['ERR_VAULT_SECRET_WRONG', 'ERR_PASSPHRASE_WEAK', 'ERR_RECOVERY_PHRASE_INVALID', 'ERR_STORAGE_FULL'],
  },
  /** Writes one encrypted backup file into the vault's backups folder and opens the copy inside it. Runs as a job, so that it can be watched and stopped; the call ends with it. */
  'vault.backup': {
    access: 'unlocked', input: z.void(),
    output: z.object({ name: z.string(), place: z.string(), sizeBytes: z.number().int(), createdAtMs: z.number().int() }), errors: ['ERR_STORAGE_FULL', 'ERR_BACKUP_INVALID', 'ERR_BACKUP_FOLDER', 'ERR_VAULT_IN_USE', 'ERR_CANCELLED', 'ERR_FILE_EXISTS', 'ERR_FILE_MISSING'],
  },
  /** Tells the core that the person is active, so that auto-lock waits. */
  'vault.touch': { access: 'unlocked', input: z.void(), output: z.object({ locksAtMs: z.number().int().nullable() }), errors: [] },
});
