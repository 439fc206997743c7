/** What the handlers of the vault itself work on: opening, locking, and the session in between. */
import type { CorePorts, GrantedFile } from './ports.ts';
import type { Emit } from './platform/emit.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { Session } from './session.ts';
import type { Recovered, RecoverOptions } from './portability/recover.ts';
import type { Settings } from './settings/settings.ts';
import type { Restored, RestoreOptions } from './portability/restore.ts';
import type { Header } from './vault/header.ts';
import type { RotationPhase } from './vault/rotate.ts';
import type { Opener } from './vault/vault.ts';

export type RestoreInput = Omit<RestoreOptions, 'job'>;
export type RecoverInput = Omit<RecoverOptions, 'into' | 'job'> & { /** Called when no granted file is needed any more. */ readonly onRead?: () => void };

export interface CoreState {
  readonly ports: CorePorts;
  readonly emit: Emit;
  session(): Session | null;
  /** Restoring and recovering: work that runs while no vault is open. */
  readonly rescues: Jobs;
  /** Of the vault that is open, or getting a new master key; null while there is none. */
  settings(): Settings | null;
  create(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[] }>;
  unlock(opener: Opener): Promise<Session>;
  /** As a job; leaves the restored vault unlocked. @throws {AppError} ERR_VAULT_EXISTS while a vault is open, ERR_CANCELLED */
  restore(input: RestoreInput): Promise<Restored & { readonly entries: number }>;
  /** Puts what is readable of the vault here in its place, as a job, and leaves it unlocked. @throws {AppError} ERR_VAULT_EXISTS while a vault is open, ERR_CANCELLED */
  recover(input: RecoverInput): Promise<Recovered>;
  /** Stops a rotation before its switch, or the making of a vault before it is put in place, then locks. */
  lock(): Promise<void>;
  /** A file the host granted. @throws {AppError} ERR_FILE_MISSING */
  file(id: string): GrantedFile;
  releaseFile(id: string): void;
  /** Replaces the master key and opens the vault again under it. @throws {AppError} see `vault.rotate`; unless the disk failed at the switch the vault is then open as before */
  rotate(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[]; readonly droppedSlots: number }>;
  /** The rotation under way, or null. */
  rotation(): { readonly phase: RotationPhase; readonly header: Header; cancel(): void } | null;
  /** The person just proved who they are. */
  proven(): void;
  /** The person is there: auto-lock waits. @returns when it would lock, Unix ms, or null when it never does. */
  touch(): number | null;
}
