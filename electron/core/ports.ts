/** What a host program supplies to the core: the only way time, randomness, files and network come in. */
import type { StoredFile } from './platform/files/sealed-file.ts';

export interface Clock { readonly nowMs: () => number }

/** The operating system's keychain, where the host can reach one. What it seals, only the same user on the same computer opens. Every member may reject. */
export interface SecretStore {
  /** Its name as the system gives it; null when it cannot encrypt now. Whether it is to be trusted is the core's decision. */
  readonly backend: () => Promise<string | null>;
  readonly seal: (secret: Buffer) => Promise<Buffer>;
  /** `stale`: the keychain has a newer key of its own, and the secret should be sealed again. */
  readonly open: (sealed: Buffer) => Promise<{ readonly secret: Buffer; readonly stale: boolean }>;
}

export interface CorePorts {
  /** Absolute folder of the vault; created 0700 when a vault is created. */
  readonly dataDir: string;
  readonly clock: Clock;
  /** Cryptographically secure bytes. */
  readonly randomBytes: (size: number) => Buffer;
  /** One line for the developer; must never be given personal data or secrets. */
  readonly log: (line: string) => void;
  /** Absolute folder of the shipped resources (taxonomy, lexicons, samples). */
  readonly resourcesDir: string;
  /** Module the worker threads start from (`electron/core/workers/main`). */
  readonly workerUrl: URL;
  /** Fetches a company's document, only when the person asks for it. */
  readonly fetch: typeof globalThis.fetch;
  /** Address of the document about the newest release; null or omitted where there is none. */
  readonly releases?: string | null;
  /** Port of the redemption API; 0 picks a free one. */
  readonly redemptionPort: number;
  /** Cost of a new passphrase slot; omitted means calibrated to this machine. A cost below the floor makes a header that is refused. */
  readonly passphraseKdf?: { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };
  /** The keychain; omitted where there is none (web host, command line). */
  readonly secretStore?: SecretStore;
  /** A clock that only goes forward, in ms from any start; omitted means the process's own. It may stand still while the computer sleeps. */
  readonly steadyMs?: () => number;
  /** Whether the redemption API starts with unlocking (the app) or only when asked for (command line). */
  readonly serveOnUnlock: boolean;
}

/** A file the host let the core read, by its opaque id; sealed when it is a copy the host made. */
export interface GrantedFile extends StoredFile { readonly id: string; readonly name: string; readonly size: number; /** Delete after use: a copy the host made. */ readonly temporary: boolean }
