/** The vault's header file: identity, cipher and key slots, authenticated under the master key, bounded before any work is done on it. */
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { publicOf } from '../platform/crypto/hpke.ts';
import { argon2id, canonicalJson, hkdf32, hmac, sameBytes, unwrapKey, wrapKey, type Argon2Parameters, type WrappedKey } from '../platform/crypto/keys.ts';
import { sha256Text } from '../platform/jws/jws.ts';

/** Never weaker than this (OWASP and RFC 9106 §4, second choice), whatever a header says: a downgraded header is refused. */
export const KDF_FLOOR: Argon2Parameters = { memoryKiB: 64 * 1024, passes: 3, lanes: 4 };
/** Start of the calibration at creation. */
export const KDF_DEFAULT: Argon2Parameters = { memoryKiB: 256 * 1024, passes: 3, lanes: 4 };
/** Never heavier than this: an absurd header must not take the machine down. */
const KDF_CEILING: Argon2Parameters = { memoryKiB: 2 * 1024 * 1024, passes: 64, lanes: 16 };

/** Memory times passes: sixteen times the default, some seconds at most. */
const MAX_KDF_WORK_KIB = KDF_DEFAULT.memoryKiB * KDF_DEFAULT.passes * 16;

const b64 = (bytes: number) => z.string().length(Math.ceil((bytes * 4) / 3)).regex(/^[A-Za-z0-9_-]+$/);
const wrapped = { nonce: b64(12), sealed: b64(48), commit: b64(32) };

const argonKdf = z.strictObject({
  name: z.literal('argon2id'), salt: b64(16),
  memoryKiB: z.number().int().min(KDF_FLOOR.memoryKiB).max(KDF_CEILING.memoryKiB), passes: z.number().int().min(KDF_FLOOR.passes).max(KDF_CEILING.passes), lanes: z.number().int().min(KDF_FLOOR.lanes).max(KDF_CEILING.lanes),
}).refine((kdf) => kdf.memoryKiB * kdf.passes <= MAX_KDF_WORK_KIB, 'the derivation is absurdly heavy');
const hkdfKdf = z.strictObject({ name: z.literal('hkdf-sha256'), salt: b64(16) });

/** Most key slots of all kinds together. */
export const MAX_SLOTS = 8;
/** What a keychain gives back for 32 bytes is some hundred bytes long. */
const MAX_SEALED_CHARS = 4_096;
const LONGEST_LABEL = 60;

/** What every slot of version 2 has. `lastUsedDay`: whole days since 1970, no finer; null before the first use. */
const common = { id: b64(8), label: z.string().max(LONGEST_LABEL), createdAtMs: z.number().int(), lastUsedDay: z.number().int().nullable() };
/** `closed`: the private key of the closed part, which takes the person's own secret again, not only the open vault; null in a slot of version 1. */
const humanKeys = z.strictObject({ vault: z.strictObject(wrapped), closed: z.strictObject(wrapped).nullable() });
const passphraseSlot = z.strictObject({ ...common, kind: z.literal('passphrase'), kdf: argonKdf, keys: humanKeys });
const recoverySlot = z.strictObject({ ...common, kind: z.literal('recovery'), kdf: hkdfKdf, keys: humanKeys });
/** `sealed`: 32 random bytes as this computer's keychain returned them; only it can open them. */
const keychainSlot = z.strictObject({ ...common, keys: z.strictObject({ vault: z.strictObject(wrapped) }), kind: z.literal('keychain'), kdf: hkdfKdf, backend: z.string().max(40), sealed: z.string().max(MAX_SEALED_CHARS).regex(/^[A-Za-z0-9_-]+$/) });

const headerSchema = z.strictObject({
  format: z.literal('penchant-vault'), version: z.literal(2),
  vaultId: b64(16), createdAtMs: z.number().int(), cipher: z.enum(['aegis', 'chacha20']),
  /** How often the master key was replaced. A database file prepared for this generation belongs in the place of the older one. */
  generation: z.number().int().min(0).max(1_000_000),
  slots: z.array(z.discriminatedUnion('kind', [passphraseSlot, recoverySlot, keychainSlot])).min(1).max(MAX_SLOTS)
    // Each further slot of a kind is another derivation before a wrong secret is told so. Keychain slots are tried by their id.
    .refine((slots) => (['passphrase', 'recovery'] as const).every((kind) => slots.filter((slot) => slot.kind === kind).length <= 1), 'two slots of one kind')
    .refine((slots) => slots.some(isHuman), 'no slot a person can open')
    .refine((slots) => new Set(slots.map(({ id }) => id)).size === slots.length, 'two slots with one id'),
  /** The vault's long-lived secret under the master key: what must outlive a new master key is derived from it. */
  identity: z.strictObject(wrapped),
  /** X25519: what lies in the closed part is sealed for it. Whoever has the vault open can seal; reading takes the private key in a human slot. */
  closedKey: b64(32),
  recoveryConfirmed: z.boolean(),
  /** HMAC-SHA-256 under a key derived from the master key, over everything above. */
  mac: b64(32),
});

/** Version 1: no generation, no long-lived secret, slots of two kinds without names. Read only; the next write is version 2. */
const firstHeaderSchema = z.strictObject({
  format: z.literal('penchant-vault'), version: z.literal(1),
  vaultId: b64(16), createdAtMs: z.number().int(), cipher: z.enum(['aegis', 'chacha20']),
  slots: z.array(z.discriminatedUnion('kind', [
    z.strictObject({ id: b64(8), kind: z.literal('passphrase'), kdf: argonKdf, ...wrapped }), z.strictObject({ id: b64(8), kind: z.literal('recovery'), kdf: hkdfKdf, ...wrapped }),
  ])).min(1).max(MAX_SLOTS).refine((slots) => new Set(slots.map(({ kind }) => kind)).size === slots.length, 'two slots of one kind'),
  recoveryConfirmed: z.boolean(),
  mac: b64(32),
});

/** As it stands on disk, of either version. */
export type StoredHeader = Header | z.output<typeof firstHeaderSchema>;
/** As an open vault holds it. */
export type Header = z.output<typeof headerSchema>;
export type Slot = Header['slots'][number];
export type KeychainSlot = Extract<Slot, { kind: 'keychain' }>;
type HumanSlot = Exclude<Slot, { kind: 'keychain' }>;
export type HumanKind = HumanSlot['kind'];

/** True for a slot that a person opens with something they know or have on paper. */
export const isHuman = <S extends { readonly kind: 'passphrase' | 'recovery' | 'keychain' }>(slot: S): slot is Exclude<S, { kind: 'keychain' }> => slot.kind !== 'keychain';

export const MAX_HEADER_BYTES = 65_536;

/**
 * @throws {AppError} ERR_VAULT_NEWER for a later version; ERR_VAULT_HEADER_INVALID for anything that is not a header, or one whose parameters are out of bounds.
 */
export function parseHeader(text: string): StoredHeader {
  const broken = (cause?: unknown) => new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is damaged or was changed. Nothing was opened or written. Put back the key file from a backup.', { cause });
  let json: unknown;
  try { json = JSON.parse(text); } catch (cause) { throw broken(cause); }
  const version = typeof json === 'object' && json !== null && 'format' in json && json.format === 'penchant-vault' && 'version' in json ? json.version : null;
  if (typeof version === 'number' && version > 2) throw new AppError('ERR_VAULT_NEWER', 'This vault was made by a newer Penchant. Update Penchant to open it; nothing was changed.');
  const { sum, ...rest } = (typeof json === 'object' ? json : null) as { readonly sum?: unknown } | null ?? {};
  const parsed = version === 1 ? firstHeaderSchema.safeParse(rest) : headerSchema.safeParse(rest);
  if (!parsed.success) throw broken(parsed.error);
  if (sum !== undefined && sum !== sumOf(parsed.data)) throw broken();
  return parsed.data;
}

/**
 * SHA-256 over everything else. It keeps nobody out: it tells damage, also within a slot, from a wrong passphrase, which without it look the same.
 * Key files written before it was added have none.
 */
const sumOf = (rest: StoredHeader): string => sha256Text(canonicalJson(rest));

export const serializeHeader = (header: Header): string => `${JSON.stringify({ ...header, sum: sumOf(header) }, null, 1)}\n`;

const macOf = ({ mac: _itself, ...rest }: StoredHeader, masterKey: Buffer): string => hmac(hkdf32(masterKey, 'vault/v1/header-mac'), canonicalJson(rest)).toString('base64url');

export const signHeader = (header: Omit<Header, 'mac'>, masterKey: Buffer): Header => ({ ...header, mac: macOf({ ...header, mac: '' }, masterKey) });

/**
 * The header as version 2, or null when anyone without the master key changed it.
 * A vault of version 1 keeps its first master key as its long-lived secret: everything derived so far came from it.
 * It gets a key for its closed part, which only the slot of `kind` and `secret` can hold: the others are given it when they are renewed.
 */
export async function authenticHeader(stored: StoredHeader, masterKey: Buffer, opened: { readonly kind: Slot['kind']; readonly secret: Buffer }, randomBytes: (size: number) => Buffer): Promise<Header | null> {
  if (!sameBytes(Buffer.from(stored.mac), Buffer.from(macOf(stored, masterKey)))) return null;
  if (stored.version === 2) return stored;
  const closedKey = randomBytes(32);
  const slots = await Promise.all(stored.slots.map(async ({ nonce, sealed, commit, ...slot }) => ({
    ...slot, label: '', createdAtMs: stored.createdAtMs, lastUsedDay: null,
    keys: { vault: { nonce, sealed, commit }, closed: slot.kind === opened.kind ? await wrapClosedFor(stored.vaultId, slot, opened.secret, closedKey, randomBytes(12)) : null },
  })));
  const publicKey = publicOf(closedKey).toString('base64url');
  closedKey.fill(0);
  return signHeader({ ...stored, version: 2, generation: 0, slots, identity: wrapIdentity(masterKey, masterKey, stored.vaultId, randomBytes(12)), closedKey: publicKey }, masterKey);
}

const identityBinding = (vaultId: string): string => canonicalJson({ vaultId, what: 'identity' });

export const wrapIdentity = (masterKey: Buffer, identity: Buffer, vaultId: string, nonce: Buffer): WrappedKey => wrapKey(hkdf32(masterKey, 'vault/v1/identity-wrap'), identity, identityBinding(vaultId), nonce);

/** The long-lived secret, or null when it does not open, which an authentic header excludes. */
export const unwrapIdentity = (header: Header, masterKey: Buffer): Buffer | null => unwrapKey(hkdf32(masterKey, 'vault/v1/identity-wrap'), header.identity, identityBinding(header.vaultId));

/** What a slot's wrapping is bound to: this vault, this slot, these parameters. */
const bindingOf = (vaultId: string, slot: Pick<Slot, 'id' | 'kind' | 'kdf'>): string => canonicalJson({ vaultId, id: slot.id, kind: slot.kind, kdf: slot.kdf });

/** Passphrases that look the same are the same, however the keyboard composed them (RFC 8265 uses NFC; NFKC also folds full-width forms). */
export const passphraseBytes = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFKC'), 'utf8');

async function keyForSlot(slot: Pick<Slot, 'kdf' | 'kind'>, secret: Buffer): Promise<Buffer> {
  const salt = Buffer.from(slot.kdf.salt, 'base64url');
  return slot.kdf.name === 'argon2id' ? argon2id(secret, salt, slot.kdf) : hkdf32(secret, `vault/v1/${slot.kind}`, salt);
}

const closedBinding = (vaultId: string, slot: Pick<Slot, 'id' | 'kind' | 'kdf'>): string => canonicalJson({ of: bindingOf(vaultId, slot), what: 'closed' });
const wrapClosed = (kek: Buffer, vaultId: string, slot: Pick<Slot, 'id' | 'kind' | 'kdf'>, closedKey: Buffer, nonce: Buffer): WrappedKey => wrapKey(hkdf32(kek, 'closed'), closedKey, closedBinding(vaultId, slot), nonce);

async function wrapClosedFor(vaultId: string, slot: Pick<Slot, 'id' | 'kind' | 'kdf'>, secret: Buffer, closedKey: Buffer, nonce: Buffer): Promise<WrappedKey> {
  const kek = await keyForSlot(slot, secret);
  try { return wrapClosed(kek, vaultId, slot, closedKey, nonce); } finally { kek.fill(0); }
}

/** The private key of the closed part from the slot of this kind: `missing` when that slot does not hold it, null when the secret does not open it. The caller overwrites it. */
export async function openClosedKey(header: Header, kind: HumanKind, secret: Buffer): Promise<Buffer | 'missing' | null> {
  const slot = header.slots.filter(isHuman).find((candidate) => candidate.kind === kind);
  if (!slot?.keys.closed) return 'missing';
  const kek = await keyForSlot(slot, secret);
  try { return unwrapKey(hkdf32(kek, 'closed'), slot.keys.closed, closedBinding(header.vaultId, slot)); } finally { kek.fill(0); }
}

/** What a new slot is for, and what it is made under. */
export interface SlotDeps { readonly vaultId: string; readonly masterKey: Buffer; readonly randomBytes: (size: number) => Buffer; readonly nowMs: number }

/** On a command line an id that begins with a hyphen is taken for an option. */
const startOf = ({ randomBytes, nowMs }: SlotDeps, label = '') => ({ id: randomBytes(8).toString('base64url').replace(/^-/u, 'A'), label, createdAtMs: nowMs, lastUsedDay: null });
const saltOf = ({ randomBytes }: SlotDeps): string => randomBytes(16).toString('base64url');

async function wrapFor(deps: SlotDeps, start: Pick<Slot, 'id' | 'kind' | 'kdf'>, secret: Buffer, closedKey: Buffer | null): Promise<HumanSlot['keys']> {
  const kek = await keyForSlot(start, secret);
  const vault = wrapKey(kek, deps.masterKey, bindingOf(deps.vaultId, start), deps.randomBytes(12));
  const closed = closedKey && wrapClosed(kek, deps.vaultId, start, closedKey, deps.randomBytes(12));
  kek.fill(0);
  return { vault, closed };
}

/** `closedKey`: null when what the person gave does not open the closed part. */
export async function makePassphraseSlot(deps: SlotDeps, secret: Buffer, closedKey: Buffer | null, parameters: Argon2Parameters): Promise<Slot> {
  const start = { ...startOf(deps), kind: 'passphrase', kdf: { name: 'argon2id', salt: saltOf(deps), ...parameters } } as const;
  return { ...start, keys: await wrapFor(deps, start, secret, closedKey) };
}

/** `entropy`: the 32 bytes behind the 24 words; they need no slow derivation. */
export async function makeRecoverySlot(deps: SlotDeps, entropy: Buffer, closedKey: Buffer | null): Promise<Slot> {
  const start = { ...startOf(deps), kind: 'recovery', kdf: { name: 'hkdf-sha256', salt: saltOf(deps) } } as const;
  return { ...start, keys: await wrapFor(deps, start, entropy, closedKey) };
}

/** `secret`: 32 random bytes, which `sealed` is in the keychain's own form; `backend` opened it today. */
export async function makeKeychainSlot(deps: SlotDeps, secret: Buffer, store: { readonly label: string; readonly backend: string; readonly sealed: Buffer }): Promise<KeychainSlot> {
  const start = { ...startOf(deps, store.label), kind: 'keychain', kdf: { name: 'hkdf-sha256', salt: saltOf(deps) } } as const;
  const { vault } = await wrapFor(deps, start, secret, null);
  return { ...start, backend: store.backend, sealed: store.sealed.toString('base64url'), keys: { vault } };
}

/** The master key from one slot, or null when the secret is not its own. */
export async function openSlot(vaultId: string, slot: StoredHeader['slots'][number], secret: Buffer): Promise<Buffer | null> {
  const kek = await keyForSlot(slot, secret);
  const masterKey = unwrapKey(kek, 'keys' in slot ? slot.keys.vault : slot, bindingOf(vaultId, slot));
  kek.fill(0);
  return masterKey;
}

/** The master key from the slot of this kind, and that slot's id; null when there is none or the secret does not open it. */
export async function openSlots(header: StoredHeader, kind: HumanKind, secret: Buffer): Promise<Buffer | null> {
  const slot = header.slots.find((candidate) => candidate.kind === kind);
  return slot ? await openSlot(header.vaultId, slot, secret) : null;
}
