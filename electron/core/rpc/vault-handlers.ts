/** Answers to the owner's calls about the vault itself, its settings and its log. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Output } from '../../../shared/api/contract.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import { estimatePassphrase, suggestPassphrase } from '../vault/passphrase.ts';
import { askedPositions } from '../vault/recovery.ts';
import { readHeader } from '../vault/vault.ts';
import type { Handlers } from './handlers.ts';

type VaultMethods = Extract<keyof Handlers, `vault.${string}` | `settings.${string}` | `audit.${string}`>;

export function createVaultHandlers(state: CoreState, open: () => Session) {
  const { ports, emit } = state;
  const status = (): Output<'vault.status'> => {
    const session = state.session();
    const header = session ? session.vault.header() : readHeader(ports.dataDir);
    return {
      state: session ? 'unlocked' : header ? 'locked' : 'none',
      vaultId: header?.vaultId ?? null, recoveryConfirmed: header?.recoveryConfirmed ?? false, place: ports.dataDir, createdAtMs: header?.createdAtMs ?? null, logProblem: session?.logProblem() ?? 'none',
    };
  };

  return {
    'vault.status': () => status(),
    'vault.estimatePassphrase': ({ passphrase }) => estimatePassphrase(passphrase),
    'vault.suggestPassphrase': () => ({ passphrase: suggestPassphrase(ports.randomBytes) }),
    async 'vault.create'({ passphrase }) {
      const { session, recoveryPhrase } = await state.create(passphrase);
      emit('vault.changed', status());
      return { vaultId: session.vault.header().vaultId, recoveryPhrase, confirmPositions: askedPositions(ports.randomBytes) };
    },
    'vault.confirmRecovery'({ words }) {
      const { vault, audit } = open();
      if (!vault.recoveryWordsMatch(words)) throw new AppError('ERR_RECOVERY_WORDS_WRONG', 'These are not the words at those places. Look at your copy again.');
      vault.confirmRecovery();
      vault.db.transaction(() => { audit.append({ type: 'vault.recovery-confirmed' }); });
      emit('vault.changed', status());
      return { confirmed: true };
    },
    async 'vault.renewRecovery'({ passphrase }) {
      const { vault, audit } = open();
      const recoveryPhrase = await vault.renewRecovery({ passphrase });
      vault.db.transaction(() => { audit.append({ type: 'vault.recovery-renewed' }); });
      emit('vault.changed', status());
      return { recoveryPhrase, confirmPositions: askedPositions(ports.randomBytes) };
    },
    async 'vault.unlock'(secret) {
      const session = state.session();
      // An open vault stays open, but this call must not say yes to a wrong secret.
      if (session) await session.vault.prove(secret);
      else await state.unlock(secret);
      emit('vault.changed', status());
      return status();
    },
    async 'vault.lock'() {
      await state.lock();
      return { state: 'locked' };
    },
    async 'vault.changePassphrase'(input) {
      const { vault, audit } = open();
      await vault.changePassphrase('current' in input ? { passphrase: input.current } : { recoveryPhrase: input.recoveryPhrase }, input.next);
      vault.db.transaction(() => { audit.append({ type: 'vault.passphrase-changed' }); });
      return { changed: true };
    },
    'vault.backup': () => open().backups.make(),
    async 'vault.restore'({ fileId, secret, setAside, acceptOlder }) {
      const restored = await state.restore({ path: state.file(fileId).path, secret, setAside, acceptOlder, onRead: () => { state.releaseFile(fileId); } });
      emit('vault.changed', status());
      return restored;
    },
    async 'vault.recover'({ secret, keysFrom }) {
      const report = await state.recover({ secret, ...(keysFrom === undefined ? {} : { keysFrom: state.file(keysFrom).path }) });
      emit('vault.changed', status());
      return report;
    },
    'vault.touch': () => ({ locksAtMs: state.touch() }),

    'settings.get': () => open().settings.get(),
    async 'settings.set'(change) {
      const session = open();
      const next = session.settings.set(change);
      if (change.loopbackEnabled !== undefined) await session.applyLoopback(next.loopbackEnabled);
      emit('settings.changed', {});
      return next;
    },

    'audit.list': (query) => open().audit.list(query),
    'audit.verify': () => {
      const { audit, anchor } = open();
      return anchor.verify(audit);
    },
    'audit.accept'() {
      const accepted = open().acceptLog();
      if (accepted) emit('vault.changed', status());
      return { accepted };
    },
  } satisfies Pick<Handlers, VaultMethods>;
}
