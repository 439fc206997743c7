/** Messages between a host program and the core process it started. */
import type { Outcome, WireEvent } from '../../../shared/api/wire.ts';
import type { GrantedFile } from '../ports.ts';
import type { StoreAnswer, StoreQuestion } from './store-frames.ts';

/** Plain settings of one core process; functions of {@link CorePorts} are filled in there. */
export interface CoreConfig {
  readonly dataDir: string;
  readonly resourcesDir: string;
  /** Port of the redemption API; 0 picks a free one. */
  readonly redemptionPort: number;
  /** The page speaks over a port of its own, so the host, which lives on after a lock, is told of the vault's state and of nothing else. */
  readonly pagePort?: boolean;
  /** Whether the host answers questions to a keychain. */
  readonly hasKeychain: boolean;
}

export type HostMessage =
  | { readonly kind: 'start'; readonly config: CoreConfig }
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly input: unknown }
  /** Comes with a port: the page's, which is served until this process ends. */
  | { readonly kind: 'page' }
  | { readonly kind: 'grant-file'; readonly file: GrantedFile }
  | { readonly kind: 'keychain-answer'; readonly id: number; readonly answer: StoreAnswer }
  /** Lock in good order and end. */
  | { readonly kind: 'stop' };

export type CoreMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reply'; readonly id: number; readonly outcome: Outcome }
  /** The vault is being locked: this process takes no more requests and ends afterwards. */
  | { readonly kind: 'ending' }
  /** The request came when this process was already ending. It was not begun, so the next one may be asked. */
  | { readonly kind: 'too-late'; readonly id: number }
  | { readonly kind: 'keychain'; readonly id: number; readonly question: StoreQuestion }
  | { readonly kind: 'event'; readonly event: WireEvent }
  | { readonly kind: 'log'; readonly line: string };
