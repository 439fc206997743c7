/** The operating system's keychain as Electron's asynchronous safeStorage gives it: named, sealed and opened; whether it is trusted is the core's decision. */
import type { SafeStorage } from 'electron';
import type { SecretStore } from '../core/ports.ts';

type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>;

/** To be used after the app is ready only: before that Electron names the backend "unknown". */
export function createKeychain({ safeStorage, platform }: { readonly safeStorage: Storage; readonly platform: NodeJS.Platform }): SecretStore {
  return Object.freeze({
    async backend() {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
      if (platform === 'darwin') return 'keychain';
      if (platform === 'win32') return 'dpapi';
      return platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'unknown';
    },
    // It takes text only.
    seal: (secret: Buffer) => safeStorage.encryptStringAsync(secret.toString('base64')),
    async open(sealed: Buffer) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
      return { secret: Buffer.from(result, 'base64'), stale: shouldReEncrypt };
    },
  } satisfies SecretStore);
}
