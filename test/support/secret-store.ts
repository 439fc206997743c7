/** A keychain in memory: seals under a key of its own, as the operating system's does, and can change its name, key or mood. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretStore } from '../../electron/core/ports.ts';

export interface TestKeychain extends SecretStore {
  /** What it calls itself from now on; null: it does not answer. */
  become(backend: string | null): void;
  /** A new key of its own; what the older one sealed still opens, and is stale. */
  renewKey(): void;
  /** Another computer's, or one that was emptied: opens nothing that was sealed before. */
  forget(): void;
}

export function testKeychain(first = 'gnome_libsecret'): TestKeychain {
  let backend: string | null = first;
  let keys = [randomBytes(32)];
  const seal = (key: Buffer, secret: Buffer): Buffer => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  };
  const open = (key: Buffer, sealed: Buffer): Buffer | null => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(-16));
    try { return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]); } catch { return null; }
  };
  return {
    backend: () => Promise.resolve(backend),
    seal: (secret) => Promise.resolve(seal(keys[0] ?? randomBytes(32), secret)),
    open(sealed) {
      const age = keys.findIndex((key) => open(key, sealed) !== null);
      const secret = age < 0 ? null : open(keys[age] ?? randomBytes(32), sealed);
      return secret ? Promise.resolve({ secret, stale: age > 0 }) : Promise.reject(new Error('cannot decrypt'));
    },
    become(next) { backend = next; },
    renewKey() { keys = [randomBytes(32), ...keys]; },
    forget() { keys = [randomBytes(32)]; },
  };
}
