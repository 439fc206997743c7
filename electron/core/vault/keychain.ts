/** Slots whose secret lies in the operating system's keychain: which keychains are trusted, and how such a slot is made and opened. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SecretStore } from '../ports.ts';
import { makeKeychainSlot, openSlot, type KeychainSlot, type SlotDeps, type StoredHeader } from './header.ts';

/** Keychains that keep a secret from other users and from whoever has only the disk. On Linux `basic_text` is a fixed password and `unknown` may be anything: neither is here. */
const TRUSTED: readonly string[] = ['keychain', 'dpapi', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];

export type KeychainState = 'ready' | 'none' | 'unavailable' | 'weak';

/** `hosted`: whether the host can reach a keychain at all. `reported`: what the host says it is, null when it does not answer. */
export function decideKeychain(hosted: boolean, reported: string | null): KeychainState {
  if (!hosted) return 'none';
  if (reported === null) return 'unavailable';
  return TRUSTED.includes(reported) ? 'ready' : 'weak';
}

const REFUSALS: Readonly<Record<Exclude<KeychainState, 'ready'>, string>> = {
  none: 'This computer’s keychain cannot be used in the browser version or on the command line. Use your passphrase; the desktop app can use the keychain.',
  unavailable: 'This computer’s keychain does not answer. Nothing was changed. Unlock it or sign in to your desktop again, or use your passphrase.',
  weak: 'This computer has no keychain that protects a secret: what it offers is a fixed password that any program knows. Nothing was stored there. Use your passphrase.',
};

/** How the keychain is now, and its name when it answered. Never throws. */
export async function lookAtKeychain(store: SecretStore | null): Promise<{ readonly state: KeychainState; readonly backend: string | null }> {
  const backend = store ? await store.backend().catch(() => null) : null;
  return { state: decideKeychain(store !== null, backend), backend };
}

/** @throws {AppError} ERR_KEYCHAIN_UNAVAILABLE */
async function trusted(store: SecretStore | null): Promise<{ readonly store: SecretStore; readonly backend: string }> {
  const { state, backend } = await lookAtKeychain(store);
  if (store && backend !== null && state === 'ready') return { store, backend };
  throw new AppError('ERR_KEYCHAIN_UNAVAILABLE', REFUSALS[state === 'ready' ? 'unavailable' : state]);
}

const silent = (cause: unknown): AppError => new AppError('ERR_KEYCHAIN_UNAVAILABLE', REFUSALS.unavailable, { cause });

/** A slot for a fresh secret in this computer's keychain, read back once before it counts. @throws {AppError} ERR_KEYCHAIN_UNAVAILABLE */
export async function sealKeychainSlot(candidate: SecretStore | null, deps: SlotDeps, label: string): Promise<KeychainSlot> {
  const { store, backend } = await trusted(candidate);
  const secret = deps.randomBytes(32);
  try {
    const sealed = await store.seal(secret).catch((cause: unknown) => { throw silent(cause); });
    const back = await store.open(sealed).catch((cause: unknown) => { throw silent(cause); });
    if (!back.secret.equals(secret)) throw silent(undefined);
    back.secret.fill(0);
    return await makeKeychainSlot(deps, secret, { label, backend, sealed });
  } finally {
    secret.fill(0);
  }
}

/**
 * The master key from the first keychain slot that opens here. `resealed`: its secret under the keychain's own newer key, when it has one.
 *
 * @throws {AppError} ERR_KEYCHAIN_UNAVAILABLE; ERR_KEYCHAIN_CHANGED when every slot was made under another keychain.
 */
export async function openKeychainSlots(candidate: SecretStore | null, header: StoredHeader): Promise<{ readonly masterKey: Buffer; readonly slotId: string; readonly resealed: string | null }> {
  const { store, backend } = await trusted(candidate);
  const slots = header.slots.filter((slot): slot is KeychainSlot => slot.kind === 'keychain');
  if (slots.length === 0) throw new AppError('ERR_KEYCHAIN_UNAVAILABLE', 'This vault does not open with a keychain. Use your passphrase; you can add the keychain in Settings.');
  const same = slots.filter((slot) => slot.backend === backend);
  if (same.length === 0) {
    throw new AppError('ERR_KEYCHAIN_CHANGED', `This vault was set up for another keychain (${slots.map((slot) => slot.backend).join(', ')}) than this computer uses now (${backend}). Nothing is lost: unlock with your passphrase, then set the keychain up again in Settings.`);
  }
  for (const slot of same) {
    const opened = await secretOf(store, slot);
    if (!opened) continue;
    const masterKey = await openSlot(header.vaultId, slot, opened.secret);
    if (masterKey) {
      const resealed = opened.stale ? await store.seal(opened.secret).then((sealed) => sealed.toString('base64url'), () => null) : null;
      opened.secret.fill(0);
      return { masterKey, slotId: slot.id, resealed };
    }
    opened.secret.fill(0);
  }
  throw new AppError('ERR_KEYCHAIN_CHANGED', 'This computer’s keychain no longer holds what opens this vault. Nothing is lost: unlock with your passphrase, then set the keychain up again in Settings.');
}

/** True for a keychain slot that this computer's keychain opens. Never throws. */
export async function opensHere(store: SecretStore | null, vaultId: string, slot: StoredHeader['slots'][number]): Promise<boolean> {
  if (slot.kind !== 'keychain' || !store || (await lookAtKeychain(store)).state !== 'ready') return false;
  const opened = await secretOf(store, slot);
  const masterKey = opened ? await openSlot(vaultId, slot, opened.secret) : null;
  opened?.secret.fill(0);
  masterKey?.fill(0);
  return masterKey !== null;
}

/** Null when the keychain refuses, or gives back something that never was a secret of ours. */
async function secretOf(store: SecretStore, slot: KeychainSlot): Promise<{ readonly secret: Buffer; readonly stale: boolean } | null> {
  const opened = await store.open(Buffer.from(slot.sealed, 'base64url')).catch(() => null);
  return opened?.secret.length === 32 ? opened : null;
}
