/** What the handlers of the vault itself work on: opening, locking, and the session in between. */
import type { CorePorts, GrantedFile } from './ports.ts';
import type { Emit } from './platform/emit.ts';
import type { Session } from './session.ts';
import type { RecoverOptions, recoverVault } from './portability/recover.ts';
import type { Restored, RestoreOptions } from './portability/restore.ts';
import type { Secret } from './vault/vault.ts';

export type RestoreInput = RestoreOptions;
export type RecoverInput = Omit<RecoverOptions, 'into'>;
export type Recovered = Awaited<ReturnType<typeof recoverVault>> & { /** Where the damaged vault is now. */ readonly setAside: string };

export interface CoreState {
  readonly ports: CorePorts;
  readonly emit: Emit;
  session(): Session | null;
  create(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[] }>;
  unlock(secret: Secret): Promise<Session>;
  /** Leaves the restored vault unlocked. @throws {AppError} ERR_VAULT_EXISTS while a vault is open */
  restore(input: RestoreInput): Promise<Restored & { readonly entries: number }>;
  /** Puts what is readable of the vault here in its place and leaves it unlocked. @throws {AppError} ERR_VAULT_EXISTS while a vault is open */
  recover(input: RecoverInput): Promise<Recovered>;
  lock(): Promise<void>;
  /** A file the host granted. @throws {AppError} ERR_FILE_MISSING */
  file(id: string): GrantedFile;
  releaseFile(id: string): void;
  /** The person is there: auto-lock waits. @returns when it would lock, Unix ms, or null when it never does. */
  touch(): number | null;
}
