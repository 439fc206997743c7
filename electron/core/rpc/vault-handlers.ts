/** Answers to the owner's calls about the vault itself, its settings and its log. */
import { speakLanguage } from '../platform/catalogs.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Output } from '../../../shared/api/contract.ts';
import type { AuditLog, AuditType } from '../audit/audit-log.ts';
import { TIMELINE_KINDS } from '../audit/log-timeline.ts';
import { cleanText } from '../platform/text/clean-text.ts';
import { dismissReport, unreadReport } from '../portability/recover.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import { isHuman } from '../vault/header.ts';
import { lookAtKeychain } from '../vault/keychain.ts';
import { estimatePassphrase, suggestPassphrase } from '../vault/passphrase.ts';
import { askedPositions } from '../vault/recovery.ts';
import { readHeader } from '../vault/vault.ts';
import type { Handlers } from './handlers.ts';

type VaultMethods = Extract<keyof Handlers, `vault.${string}` | `settings.${string}` | `updates.${string}` | `audit.${string}`>;

const DAY_MS = 86_400_000;
const LOCKS_ON = { 'screen-locked': 'lockOnScreenLock', asleep: 'lockOnSleep', closed: 'lockOnClose' } as const;

const base64 = (hash: Buffer): string => hash.toString('base64');

/** Where the log stands, in one line for paper: its size and root, as in the signed checkpoint. */
const checkpointOf = (audit: AuditLog): string => audit.checkpoint().split('\n').slice(1, 3).join(' ');

export function createVaultHandlers(state: CoreState, open: () => Session) {
  const { ports, emit } = state;
  const status = (): Output<'vault.status'> => {
    const session = state.session();
    // While the master key is replaced the vault is neither usable nor locked; for a page it stays what it was.
    const open = session?.vault.header() ?? state.rotation()?.header ?? null;
    const header = open ?? readHeader(ports.dataDir);
    return {
      state: open ? 'unlocked' : header ? 'locked' : 'none',
      keychain: ports.secretStore !== undefined && (header?.slots.some(({ kind }) => kind === 'keychain') ?? false),
      vaultId: header?.vaultId ?? null, recoveryConfirmed: header?.recoveryConfirmed ?? false, place: ports.dataDir, createdAtMs: header?.createdAtMs ?? null, logProblem: session?.logProblem() ?? 'none', diskFull: session?.reserve.isSpent() ?? false,
    };
  };

  /** The key file cannot be in the database's transaction; the entry follows as soon as it is on disk, also when locking began in between: the vault closes later than that. */
  const log = ({ vault, audit }: Session, type: AuditType): void => {
    vault.db.transaction(() => { audit.append({ type }); });
  };
  const kitOf = (session: Session, recoveryPhrase: string[]): Output<'vault.create'> => ({
    recoveryPhrase, confirmPositions: askedPositions(ports.randomBytes), vaultId: session.vault.header().vaultId, madeAtMs: ports.clock.nowMs(), checkpoint: checkpointOf(session.audit),
  });
  const slotsOf = ({ vault }: Session): Output<'vault.slots'>['slots'] => {
    const all = vault.header().slots;
    const people = all.filter(isHuman).length;
    return all.map((slot) => ({
      id: slot.id, kind: slot.kind, label: slot.label, createdAtMs: slot.createdAtMs, lastUsedDayMs: slot.lastUsedDay === null ? null : slot.lastUsedDay * DAY_MS,
      backend: slot.kind === 'keychain' ? slot.backend : null, removable: !isHuman(slot) || people > 1,
    }));
  };

  return {
    'vault.status': () => status(),
    'vault.estimatePassphrase': ({ passphrase }) => estimatePassphrase(passphrase),
    'vault.suggestPassphrase': () => ({ passphrase: suggestPassphrase(ports.randomBytes) }),
    async 'vault.create'({ passphrase }) {
      const { session, recoveryPhrase } = await state.create(passphrase);
      emit('vault.changed', status());
      return kitOf(session, recoveryPhrase);
    },
    'vault.confirmRecovery'({ words }) {
      const { vault, audit } = open();
      if (!vault.recoveryWordsMatch(words)) throw new AppError('ERR_RECOVERY_WORDS_WRONG', 'These are not the words at those places. Look at your copy again.');
      vault.confirmRecovery();
      vault.db.transaction(() => { audit.append({ type: 'vault.recovery-confirmed' }); });
      emit('vault.changed', status());
      return { confirmed: true };
    },
    async 'vault.renewRecovery'({ proof }) {
      const session = open();
      const recoveryPhrase = await session.vault.renewRecovery(proof);
      log(session, 'vault.recovery-renewed');
      emit('vault.changed', status());
      return kitOf(session, recoveryPhrase);
    },
    async 'vault.unlock'(opener) {
      const session = state.session();
      // An open vault stays open, but this call must not say yes to a wrong secret.
      if (!session) await state.unlock(opener);
      else if (!('keychain' in opener)) {
        await session.vault.prove(opener);
        state.proven();
      }
      emit('vault.changed', status());
      return status();
    },
    async 'vault.lock'() {
      await state.lock();
      return { state: 'locked' };
    },
    async 'vault.away'({ why }) {
      const locked = state.settings()?.[LOCKS_ON[why]] ?? false;
      if (locked) await state.lock();
      return { locked };
    },
    async 'vault.changePassphrase'({ proof, next }) {
      const session = open();
      await session.vault.changePassphrase(proof, next);
      log(session, 'vault.passphrase-changed');
      return { changed: true };
    },
    // The proof was the call's access.
    'vault.confirm': () => ({ confirmed: true }),
    async 'vault.slots'() {
      return { slots: slotsOf(open()), keychain: await lookAtKeychain(ports.secretStore ?? null) };
    },
    async 'vault.addSlot'({ label }) {
      const session = open();
      await session.vault.addKeychainSlot(cleanText(label, 60));
      log(session, 'vault.slot-added');
      return { slots: slotsOf(session) };
    },
    'vault.removeSlot'({ slotId }) {
      const session = open();
      session.vault.removeSlot(slotId);
      log(session, 'vault.slot-removed');
      return { slots: slotsOf(session) };
    },
    async 'vault.rekeySlot'({ slotId }) {
      const session = open();
      await session.vault.rekeyKeychainSlot(slotId);
      log(session, 'vault.slot-renewed');
      return { slots: slotsOf(session) };
    },
    async 'vault.rotate'({ proof }) {
      const { session, recoveryPhrase, droppedSlots } = await state.rotate(proof.passphrase);
      emit('vault.changed', status());
      return { ...kitOf(session, recoveryPhrase), droppedSlots };
    },
    'vault.cancelRotation'() {
      const rotation = state.rotation();
      rotation?.cancel();
      return { cancelling: rotation !== null };
    },
    'vault.backup': () => open().backups.make(),
    'vault.check': () => open().health.check(),
    'vault.health': () => ({ last: open().health.last() }),
    async 'vault.restore'({ fileId, secret, setAside, acceptOlder }) {
      const restored = await state.restore({ file: state.file(fileId), secret, setAside, acceptOlder, onRead: () => { state.releaseFile(fileId); } });
      emit('vault.changed', status());
      return restored;
    },
    async 'vault.recover'({ secret, keysFrom }) {
      const report = await state.recover({ secret, ...(keysFrom === undefined ? {} : { keysFrom: state.file(keysFrom), onRead: () => { state.releaseFile(keysFrom); } }) });
      emit('vault.changed', status());
      return report;
    },
    'vault.recovered': () => ({ report: unreadReport(open().vault.db) }),
    'vault.dismissRecovered': () => ({ dismissed: dismissReport(open().vault.db) }),
    'vault.touch': () => ({ locksAtMs: state.touch() }),

    'settings.get': () => open().settings.get(),
    'settings.place': () => ({ place: open().settings.place() }),
    'settings.keepPlace'(place) {
      open().settings.keepPlace(place);
      return { kept: true as const };
    },
    'settings.speak'({ language }) {
      speakLanguage(ports.resourcesDir, language);
      return { language };
    },
    async 'settings.set'(change) {
      const session = open();
      const next = session.settings.set(change);
      if (change.lookForUpdates === true) void session.updates.lookIfDue();
      if (change.loopbackEnabled !== undefined) await session.applyLoopback(next.loopbackEnabled);
      emit('settings.changed', {});
      return next;
    },

    'updates.get': () => open().updates.get(),
    'updates.look': () => open().updates.look(),

    'audit.timeline': async (query) => ({ kinds: [...TIMELINE_KINDS], ...await open().audit.timeline(query) }),
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
