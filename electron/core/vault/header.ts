/** The vault's header file: identity, cipher and key slots, authenticated under the master key, bounded before any work is done on it. */
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { argon2id, canonicalJson, hkdf32, hmac, sameBytes, unwrapKey, wrapKey, type Argon2Parameters } from '../platform/crypto/keys.ts';

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

const passphraseSlot = z.strictObject({
  id: b64(8), kind: z.literal('passphrase'),
  kdf: z.strictObject({
    name: z.literal('argon2id'), salt: b64(16),
    memoryKiB: z.number().int().min(KDF_FLOOR.memoryKiB).max(KDF_CEILING.memoryKiB), passes: z.number().int().min(KDF_FLOOR.passes).max(KDF_CEILING.passes), lanes: z.number().int().min(KDF_FLOOR.lanes).max(KDF_CEILING.lanes),
  }).refine((kdf) => kdf.memoryKiB * kdf.passes <= MAX_KDF_WORK_KIB, 'the derivation is absurdly heavy'),
  ...wrapped,
});
const recoverySlot = z.strictObject({ id: b64(8), kind: z.literal('recovery'), kdf: z.strictObject({ name: z.literal('hkdf-sha256'), salt: b64(16) }), ...wrapped });

const headerSchema = z.strictObject({
  format: z.literal('penchant-vault'), version: z.literal(1),
  vaultId: b64(16), createdAtMs: z.number().int(), cipher: z.enum(['aegis', 'chacha20']),
  slots: z.array(z.discriminatedUnion('kind', [passphraseSlot, recoverySlot])).min(1).max(8)
    // Each further slot of a kind is another derivation before a wrong secret is told so.
    .refine((slots) => new Set(slots.map(({ kind }) => kind)).size === slots.length, 'two slots of one kind'),
  recoveryConfirmed: z.boolean(),
  /** HMAC-SHA-256 under a key derived from the master key, over everything above. */
  mac: b64(32),
});
export type Header = z.output<typeof headerSchema>;
export type Slot = Header['slots'][number];
export type SlotKind = Slot['kind'];
type Unsigned = Omit<Header, 'mac'>;

export const MAX_HEADER_BYTES = 65_536;

/**
 * @throws {AppError} ERR_VAULT_NEWER for a later version; ERR_VAULT_HEADER_INVALID for anything that is not a header, or one whose parameters are out of bounds.
 */
export function parseHeader(text: string): Header {
  const broken = (cause?: unknown) => new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is damaged or was changed. Nothing was opened or written. Put back the key file from a backup.', { cause });
  let json: unknown;
  try { json = JSON.parse(text); } catch (cause) { throw broken(cause); }
  if (typeof json === 'object' && json !== null && 'format' in json && json.format === 'penchant-vault' && 'version' in json && typeof json.version === 'number' && json.version > 1) {
    throw new AppError('ERR_VAULT_NEWER', 'This vault was made by a newer Penchant. Update Penchant to open it; nothing was changed.');
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) throw broken(parsed.error);
  return parsed.data;
}

export const serializeHeader = (header: Header): string => `${JSON.stringify(header, null, 1)}\n`;

const macOf = (header: Unsigned, masterKey: Buffer): string => {
  const { format, version, vaultId, createdAtMs, cipher, slots, recoveryConfirmed } = header;
  return hmac(hkdf32(masterKey, 'vault/v1/header-mac'), canonicalJson({ format, version, vaultId, createdAtMs, cipher, slots, recoveryConfirmed })).toString('base64url');
};

export const signHeader = (header: Unsigned, masterKey: Buffer): Header => ({ ...header, mac: macOf(header, masterKey) });

export const headerIsAuthentic = (header: Header, masterKey: Buffer): boolean => sameBytes(Buffer.from(header.mac), Buffer.from(macOf(header, masterKey)));

/** What a slot's wrapping is bound to: this vault, this slot, these parameters. */
const bindingOf = (vaultId: string, slot: Pick<Slot, 'id' | 'kind' | 'kdf'>): string => canonicalJson({ vaultId, id: slot.id, kind: slot.kind, kdf: slot.kdf });

/** Passphrases that look the same are the same, however the keyboard composed them (RFC 8265 uses NFC; NFKC also folds full-width forms). */
export const passphraseBytes = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFKC'), 'utf8');

async function keyForSlot(slot: Pick<Slot, 'kdf'>, secret: Buffer): Promise<Buffer> {
  const salt = Buffer.from(slot.kdf.salt, 'base64url');
  return slot.kdf.name === 'argon2id' ? argon2id(secret, salt, slot.kdf) : hkdf32(secret, 'vault/v1/recovery', salt);
}

export async function makePassphraseSlot(vaultId: string, masterKey: Buffer, secret: Buffer, parameters: Argon2Parameters, randomBytes: (size: number) => Buffer): Promise<Slot> {
  const start = { id: randomBytes(8).toString('base64url'), kind: 'passphrase', kdf: { name: 'argon2id', salt: randomBytes(16).toString('base64url'), ...parameters } } as const;
  const kek = await keyForSlot(start, secret);
  const slot = { ...start, ...wrapKey(kek, masterKey, bindingOf(vaultId, start), randomBytes(12)) };
  kek.fill(0);
  return slot;
}

/** `entropy`: the 32 bytes behind the 24 words; they need no slow derivation. */
export async function makeRecoverySlot(vaultId: string, masterKey: Buffer, entropy: Buffer, randomBytes: (size: number) => Buffer): Promise<Slot> {
  const start = { id: randomBytes(8).toString('base64url'), kind: 'recovery', kdf: { name: 'hkdf-sha256', salt: randomBytes(16).toString('base64url') } } as const;
  const kek = await keyForSlot(start, entropy);
  const slot = { ...start, ...wrapKey(kek, masterKey, bindingOf(vaultId, start), randomBytes(12)) };
  kek.fill(0);
  return slot;
}

/** The master key from any slot of this kind that the secret opens; null when none does. */
export async function openSlots(header: Header, kind: SlotKind, secret: Buffer): Promise<Buffer | null> {
  for (const slot of header.slots) {
    if (slot.kind !== kind) continue;
    const kek = await keyForSlot(slot, secret);
    const masterKey = unwrapKey(kek, slot, bindingOf(header.vaultId, slot));
    kek.fill(0);
    if (masterKey) return masterKey;
  }
  return null;
}
