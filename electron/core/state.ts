/** What the handlers of the vault itself work on: opening, locking, and the session in between. */
import type { CorePorts } from './ports.ts';
import type { Emit } from './platform/emit.ts';
import type { Session } from './session.ts';
import type { Secret } from './vault/vault.ts';

export interface CoreState {
  readonly ports: CorePorts;
  readonly emit: Emit;
  session(): Session | null;
  create(passphrase: string): Promise<{ readonly session: Session; readonly recoveryPhrase: string[] }>;
  unlock(secret: Secret): Promise<Session>;
  lock(): Promise<void>;
  /** The person is there: auto-lock waits. @returns when it would lock, Unix ms, or null when it never does. */
  touch(): number | null;
}
