/** Typed calls and topics. The only module that touches the host bridge. */
import type { Input, MethodName, Output, Topic, TopicName } from '../../../shared/api/contract.ts';
import type { HostBridge, OfferedFile } from '../../../shared/api/wire.ts';
import { AppError, fromWireError } from '../../../shared/errors/app-error.ts';
import { createUnlockAgain, type AskAgain } from './unlock-again.ts';
import { forgetPageSecret, takePageSecret } from './page-secret.ts';
import { createWebBridge, type ConnectionState, type ObservableBridge } from './web-bridge.ts';

export type { ConnectionState } from './web-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop app; absent in a browser. */
    readonly penchantHost?: HostBridge<File>;
  }
}

/** The desktop host lives as long as the window does. */
const observed = (bridge: HostBridge<File>): ObservableBridge => ({
  ...bridge,
  onConnection: (listener) => {
    listener('open');
    return () => undefined;
  },
  signOut: null,
});

let bridge: ObservableBridge | null = null;
const host = (): ObservableBridge => {
  bridge ??= window.penchantHost ? observed(window.penchantHost) : createWebBridge(window.location, takePageSecret(window));
  return bridge;
};

const unlockAgain = createUnlockAgain();

/** Says who asks the person for a proof when a call needs a newer one. Call once. */
export const onUnlockAgain = (ask: AskAgain): void => { unlockAgain.onAsk(ask); };

type CallArguments<M extends MethodName> = undefined extends Input<M> ? [] : [input: Input<M>];

/**
 * Calls the core through the host.
 * @throws {AppError} with one of the codes the method declares, or a general one.
 */
export async function call<M extends MethodName>(method: M, ...args: CallArguments<M>): Promise<Output<M>> {
  const outcome = await unlockAgain.through(() => host().invoke(method, args[0]));
  if (outcome.ok) return outcome.value as Output<M>;
  throw fromWireError(outcome.error);
}

/** Calls `listener` for every event of one topic; returns its own undo. */
export function on<T extends TopicName>(topic: T, listener: (payload: Topic<T>) => void): () => void {
  return host().subscribe((event) => {
    if (event.topic === topic) listener(event.payload as Topic<T>);
  });
}

/**
 * Hands one file to the host.
 * @throws {AppError} ERR_FILE_TOO_LARGE, ERR_FILE_UNREADABLE and whatever else the host refuses it for.
 */
export function offerFile(file: File, onProgress?: (sentBytes: number) => void): Promise<OfferedFile> {
  return host().offerFile(file, onProgress);
}

/** Puts a secret on the clipboard for ten seconds. @throws {AppError} or whatever the browser says when it does not let it */
export const copySecret = (text: string): Promise<void> => host().copySecret(text);

export function onConnection(listener: (state: ConnectionState) => void): () => void {
  return host().onConnection(listener);
}

/**
 * Ends the session of this browser. Only where {@link hostKind} is 'web'.
 * @throws {AppError} ERR_CORE_GONE, ERR_SESSION_INVALID
 */
export async function signOut(): Promise<void> {
  await host().signOut?.();
  forgetPageSecret(window);
}

export const hostKind = (): 'electron' | 'web' => host().kind;

/** Whatever was thrown, as an {@link AppError}: a refusal from the desktop bridge arrives as a plain wire object. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown && typeof thrown.message === 'string') return fromWireError(thrown as Parameters<typeof fromWireError>[0]);
  return new AppError('ERR_INTERNAL', 'Something went wrong inside Penchant. Nothing was changed by this step.', { cause: thrown });
}
