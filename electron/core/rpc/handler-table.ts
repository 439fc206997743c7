/** Every method's handler: the only place that knows every feature. */
import type { MethodName } from '../../../shared/api/contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import { createConsentHandlers } from './consent-handlers.ts';
import type { Handlers } from './handlers.ts';
import { createPortabilityHandlers } from './portability-handlers.ts';
import { createProfileHandlers } from './profile-handlers.ts';
import { createRecordsHandlers } from './records-handlers.ts';
import { createSourcesHandlers } from './sources-handlers.ts';
import { createVaultHandlers } from './vault-handlers.ts';

/** What ends, narrows or deletes must work on a full disk too. */
const MAKES_ROOM: ReadonlySet<MethodName> = new Set<MethodName>(['grants.revoke', 'grants.narrow', 'grants.pause', 'requests.deny', 'companies.refuse', 'exposure.setFloor', 'breathing.set', 'breathing.hush', 'breathing.hold', 'sources.undo', 'profile.reject', 'profile.delete', 'audit.forget']);

export function createHandlers(state: CoreState): Handlers {
  const open = (): Session => {
    const session = state.session();
    if (!session) throw new AppError('ERR_VAULT_LOCKED', 'The vault is locked. Unlock it first.');
    return session;
  };
  const handlers: Handlers = { ...createVaultHandlers(state, open), ...createSourcesHandlers(open, (folderId) => state.file(folderId).path), ...createProfileHandlers(open), ...createRecordsHandlers(open), ...createConsentHandlers(open), ...createPortabilityHandlers(state, open) } satisfies Handlers;
  return Object.freeze(Object.fromEntries(Object.entries(handlers).map(([name, handler]) => {
    if (!MAKES_ROOM.has(name as MethodName)) return [name, handler];
    // The table is typed per method; what is put around a handler is the same for all.
    const run = handler as (input: unknown) => unknown;
    return [name, (input: unknown) => open().reserve.withRoom(() => run(input))];
  }))) as Handlers;
}
