/** Every method's handler: the only place that knows every feature. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import { createConsentHandlers } from './consent-handlers.ts';
import type { Handlers } from './handlers.ts';
import { createPortabilityHandlers } from './portability-handlers.ts';
import { createProfileHandlers } from './profile-handlers.ts';
import { createSourcesHandlers } from './sources-handlers.ts';
import { createVaultHandlers } from './vault-handlers.ts';

export function createHandlers(state: CoreState): Handlers {
  const open = (): Session => {
    const session = state.session();
    if (!session) throw new AppError('ERR_VAULT_LOCKED', 'The vault is locked. Unlock it first.');
    return session;
  };
  return { ...createVaultHandlers(state, open), ...createSourcesHandlers(open), ...createProfileHandlers(open), ...createConsentHandlers(open), ...createPortabilityHandlers(state, open) } satisfies Handlers;
}
