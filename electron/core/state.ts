/** What the handlers of the vault itself work on: opening, locking, and the session in between. */
import type { CorePorts } from './ports.ts';
import type { Emit } from './platform/emit.ts';
import type { Session } from './session.ts';
import type { Header } from './vault/header.ts';
import type { RotationPhase } from './vault/rotate.ts';
import type { Opener } from './vault/vault.ts';

export interface CoreState {
  readonly ports: CorePorts;
  readonly emit: Emit;
  session(): Session | null;
  create(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[] }>;
  unlock(opener: Opener): Promise<Session>;
  /** Stops a rotation before its switch, then locks. */
  lock(): Promise<void>;
  /** Replaces the master key and opens the vault again under it. @throws {AppError} see `vault.rotate`; unless the disk failed at the switch the vault is then open as before */
  rotate(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[]; readonly droppedSlots: number }>;
  /** The rotation under way, or null. */
  rotation(): { readonly phase: RotationPhase; readonly header: Header; cancel(): void } | null;
  /** The person just proved who they are. */
  proven(): void;
  /** The person is there: auto-lock waits. @returns when it would lock, Unix ms, or null when it never does. */
  touch(): number | null;
}
