/** Answers to the owner's calls about the vault itself, its settings and its log. */
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Output } from '../../../shared/api/contract.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import { backupPath, writeBackup } from '../vault/backup.ts';
import { estimatePassphrase, suggestPassphrase } from '../vault/passphrase.ts';
import { askedPositions } from '../vault/recovery.ts';
import { readHeader } from '../vault/vault.ts';
import type { Handlers } from './handlers.ts';

type VaultMethods = Extract<keyof Handlers, `vault.${string}` | `settings.${string}` | `audit.${string}`>;

const base64 = (hash: Buffer): string => hash.toString('base64');

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
    async 'vault.backup'() {
      const { vault, audit } = open();
      const createdAtMs = ports.clock.nowMs();
      const path = backupPath(ports.dataDir, createdAtMs);
      const { sizeBytes } = await writeBackup(vault, audit.checkpoint(), path, createdAtMs);
      vault.db.transaction(() => { audit.append({ type: 'vault.backed-up', counts: { bytes: sizeBytes } }); });
      return { name: basename(path), place: path, sizeBytes, createdAtMs };
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
    'audit.verify': () => open().verifyLog(),
    'audit.checkpoint'() {
      const { audit } = open();
      return { checkpoint: audit.checkpoint(), verifierKey: audit.verifierKey, size: audit.size() };
    },
    'audit.compare'({ checkpoint }) {
      const { audit } = open();
      const older = audit.openCheckpoint(checkpoint);
      if (!older) throw new AppError('ERR_CHECKPOINT_INVALID', 'This is not a checkpoint this vault signed. Nothing was changed. Copy it whole, with its last line.');
      const extended = audit.extend(older);
      return { extends: extended !== null, olderSize: older.size, size: audit.size(), proof: extended?.proof.map(base64) ?? [], checkpoint: audit.checkpoint() };
    },
    'audit.prove'({ seq }) {
      const { audit } = open();
      const { index, leaf, proof } = audit.prove(seq);
      return { index, leaf: base64(leaf), proof: proof.map(base64), checkpoint: audit.checkpoint() };
    },
    'audit.forgettable': (what) => ({ entries: open().audit.forgettable(what) }),
    'audit.forget': (what) => ({ entries: open().forgetLog(what) }),
    'audit.receipt'({ companyId, grantId }) {
      const receipt = open().consentFeature.receipt(companyId, grantId);
      return { name: `receipt-${companyId.replace(/^https?:\/\//u, '').replaceAll(/[^a-z0-9.-]+/giu, '-')}.json`, receipt: `${JSON.stringify(receipt, null, 1)}\n`, entries: receipt.entries.length };
    },
    async 'audit.accept'() {
      const accepted = await open().acceptLog();
      if (accepted) emit('vault.changed', status());
      return { accepted };
    },
  } satisfies Pick<Handlers, VaultMethods>;
}
