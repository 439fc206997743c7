/** Sealing for a public key: HPKE base mode, single shot (RFC 9180), with X25519, HKDF-SHA-256 and AES-256-GCM. */
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180 §7). */
const KEM_SUITE = Buffer.from('KEM\u0000\u0020', 'latin1');
const SUITE = Buffer.from('HPKE\u0000\u0020\u0000\u0001\u0000\u0002', 'latin1');
const VERSION = Buffer.from('HPKE-v1', 'latin1');
const NONE = Buffer.alloc(0);
/** A raw X25519 key becomes one that OpenSSL and BoringSSL read by the DER around it (RFC 8410 §4, §7). */
const PUBLIC_DER = Buffer.from('302a300506032b656e032100', 'hex'), PRIVATE_DER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32, TAG_BYTES = 16;

const publicKeyOf = (raw: Buffer): KeyObject => createPublicKey({ key: Buffer.concat([PUBLIC_DER, raw]), format: 'der', type: 'spki' });
const privateKeyOf = (raw: Buffer): KeyObject => {
  const der = Buffer.concat([PRIVATE_DER, raw]);
  try { return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }); } finally { der.fill(0); }
};
const rawPublic = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);

/** The public key that belongs to 32 private bytes. */
export const publicOf = (privateKey: Buffer): Buffer => rawPublic(privateKeyOf(privateKey));

const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Buffer): Buffer =>
  createHmac('sha256', salt.length === 0 ? Buffer.alloc(32) : salt).update(VERSION).update(suite).update(label).update(ikm).digest();
/** One block is enough: nothing here is longer than 32 bytes. */
const expand = (suite: Buffer, prk: Buffer, label: string, info: Buffer, bytes: number): Buffer =>
  createHmac('sha256', prk).update(Buffer.from([0, bytes])).update(VERSION).update(suite).update(label).update(info).update(Buffer.from([1])).digest().subarray(0, bytes);

/** Key and nonce of the only message (§5.1, mode_base). */
function schedule(own: KeyObject, other: KeyObject, enc: Buffer, recipient: Buffer, info: Buffer): { readonly key: Buffer; readonly nonce: Buffer } {
  const dh = diffieHellman({ privateKey: own, publicKey: other });
  const shared = expand(KEM_SUITE, extract(KEM_SUITE, NONE, 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, recipient]), 32);
  const context = Buffer.concat([Buffer.from([0]), extract(SUITE, NONE, 'psk_id_hash', NONE), extract(SUITE, NONE, 'info_hash', info)]);
  const secret = extract(SUITE, shared, 'secret', NONE);
  const out = { key: expand(SUITE, secret, 'key', context, 32), nonce: expand(SUITE, secret, 'base_nonce', context, 12) };
  for (const used of [dh, shared, secret]) used.fill(0);
  return out;
}

/**
 * Seals for `recipient` (32 raw bytes). `info` names the use and `associated` the place; both are needed to open.
 *
 * @param ephemeral 32 fresh random bytes, overwritten here; never use them twice
 * @returns encapsulated key (32 bytes), ciphertext, tag (16 bytes)
 */
export function hpkeSeal(recipient: Buffer, info: string, associated: string, plain: Buffer, ephemeral: Buffer): Buffer {
  const own = privateKeyOf(ephemeral);
  ephemeral.fill(0);
  const enc = rawPublic(own);
  const { key, nonce } = schedule(own, publicKeyOf(recipient), enc, recipient, Buffer.from(info, 'utf8'));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associated, 'utf8'));
  const box = Buffer.concat([enc, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  return box;
}

/** What was sealed, or null when this is not the key, the use or the place, or a byte was changed. */
export function hpkeOpen(privateKey: Buffer, info: string, associated: string, box: Buffer): Buffer | null {
  if (box.length < KEY_BYTES + TAG_BYTES) return null;
  try {
    const own = privateKeyOf(privateKey);
    const enc = box.subarray(0, KEY_BYTES);
    const { key, nonce } = schedule(own, publicKeyOf(enc), enc, rawPublic(own), Buffer.from(info, 'utf8'));
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associated, 'utf8')).setAuthTag(box.subarray(-TAG_BYTES));
    key.fill(0);
    return Buffer.concat([decipher.update(box.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
