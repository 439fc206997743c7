/** Key derivation and wrapping on node:crypto only, so that it also runs where OpenSSL is BoringSSL (Electron). */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/** Argon2id v1.3 (RFC 9106): memory in KiB, passes over it, lanes. */
export interface Argon2Parameters { readonly memoryKiB: number; readonly passes: number; readonly lanes: number }

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. */
export function hkdf32(secret: Buffer, info: string | Buffer, salt: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, typeof info === 'string' ? Buffer.from(info, 'utf8') : info, 32));
}

/** HMAC-SHA-256. Where it is hot, pass the key as a `KeyObject` (`createSecretKey`): handing over raw bytes costs five times as much. */
export const hmac = (key: Buffer | KeyObject, message: string | Buffer): Buffer => createHmac('sha256', key).update(message).digest();

/** Constant-time comparison; false for different lengths. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** 32 bytes from a passphrase, off this thread. Argon2id is the library's default algorithm and version 0x13 its default version; a vector test holds it to that. */
export function argon2id(secret: Buffer, salt: Buffer, parameters: Argon2Parameters): Promise<Buffer> {
  return hashRaw(secret, { salt, memoryCost: parameters.memoryKiB, timeCost: parameters.passes, parallelism: parameters.lanes, outputLen: 32 });
}

/** A key under a key: AES-256-GCM with a fresh 96-bit nonce, plus an HMAC commitment because GCM alone fits several keys. */
export interface WrappedKey { readonly nonce: string; readonly sealed: string; readonly commit: string }

export function wrapKey(kek: Buffer, key: Buffer, associated: string, nonce: Buffer): WrappedKey {
  const cipher = createCipheriv('aes-256-gcm', hkdf32(kek, 'wrap'), nonce).setAAD(Buffer.from(associated, 'utf8'));
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64url'), sealed: sealed.toString('base64url'), commit: commitment(kek, associated) };
}

/** The wrapped key, or null when `kek` is not the one it was wrapped under or anything was altered. */
export function unwrapKey(kek: Buffer, wrapped: WrappedKey, associated: string): Buffer | null {
  if (!sameBytes(Buffer.from(wrapped.commit), Buffer.from(commitment(kek, associated)))) return null;
  const sealed = Buffer.from(wrapped.sealed, 'base64url');
  const nonce = Buffer.from(wrapped.nonce, 'base64url');
  if (sealed.length !== 48 || nonce.length !== 12) return null;
  const decipher = createDecipheriv('aes-256-gcm', hkdf32(kek, 'wrap'), nonce).setAAD(Buffer.from(associated, 'utf8')).setAuthTag(sealed.subarray(32));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]);
  } catch {
    return null;
  }
}

const commitment = (kek: Buffer, associated: string): string => hmac(hkdf32(kek, 'commit'), associated).toString('base64url');

/** JSON with sorted keys: the same value always gives the same bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) : item);
}
