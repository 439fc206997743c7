/** Stand-ins for the parts of Electron the shell's modules are given; they record what was asked of them. */
import { EventEmitter } from 'node:events';
import type { SafeStorage } from 'electron';

/** Anything that emits events, told to by the test. Listeners are kept as Electron keeps them. */
export class FakeEmitter extends EventEmitter {}

/** An event whose default can be prevented. */
export function preventable<T extends object>(facts: T): T & { prevented: boolean; preventDefault(): void } {
  const event = { ...facts, prevented: false, preventDefault: () => { event.prevented = true; } };
  return event;
}

/** A page's frame; compared by identity, as Electron's are. */
export const frameAt = (url: string, parent: object | null = null) => ({ url, parent });

/** A keychain that turns bytes around instead of encrypting; `rotate` gives it a newer key of its own. */
export function fakeSafeStorage(options: { readonly backend: ReturnType<SafeStorage['getSelectedStorageBackend']>; readonly available?: boolean }) {
  let version = 1;
  const turn = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(options.available ?? true),
    getSelectedStorageBackend: () => options.backend,
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.concat([Buffer.from(`v${version}:`), turn(Buffer.from(text))])),
    decryptStringAsync(sealed: Buffer) {
      const made = /^v(\d+):/u.exec(sealed.toString('latin1'));
      if (!made) return Promise.reject(new Error('Error while decrypting the ciphertext'));
      return Promise.resolve({ result: turn(sealed.subarray(made[0].length)).toString(), shouldReEncrypt: Number(made[1]) !== version });
    },
    rotate() { version += 1; },
  };
}
