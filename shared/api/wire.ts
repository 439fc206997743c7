/** Frames between the page, its host and the core, and the five members a page sees of its host. */
import type { WireError } from '../errors/app-error.ts';

export interface WireRequest { readonly id: number; readonly method: string; readonly input?: unknown }
export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: WireError };
export type WireReply = { readonly id: number } & Outcome;
export interface WireEvent { readonly topic: string; readonly payload: unknown }

/** A file the person picked or dropped. The page learns an opaque id, never a path. */
export interface OfferedFile { readonly id: string; readonly name: string; readonly size: number }

/** The whole surface a page sees of its host. `FileType` is the page's own `File`, which neutral code cannot name. */
export interface HostBridge<FileType extends { readonly name: string; readonly size: number } = { readonly name: string; readonly size: number }> {
  readonly kind: 'electron' | 'web';
  invoke(method: string, input: unknown): Promise<Outcome>;
  /** Calls `listener` for every event; returns its own undo. */
  subscribe(listener: (event: WireEvent) => void): () => void;
  /**
   * Hands a picked or dropped file to the host. `onProgress` gets bytes sent so far.
   * Rejects with the wire form of an `AppError` when the host refuses it.
   */
  offerFile(file: FileType, onProgress?: (sentBytes: number) => void): Promise<OfferedFile>;
  /** Puts a secret on the clipboard for ten seconds, marked as one where the host can. */
  copySecret(text: string): Promise<void>;
}
