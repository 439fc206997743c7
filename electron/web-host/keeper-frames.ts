/** Messages between the keeper, which holds the port, and the host process, which ends with each lock. Connections come along as handles. */
import type { SessionState } from './sessions.ts';

export type KeeperMessage =
  | { readonly kind: 'start'; readonly vaultDir: string; readonly redemptionPort: number; readonly port: number; readonly linkKey: string; readonly signedIn: SessionState | null }
  | { readonly kind: 'connection' }
  /** For a first start: the link to print. */
  | { readonly kind: 'new-link' }
  /** Lock in good order and end. */
  | { readonly kind: 'stop' };

export type HostProcessMessage =
  | { readonly kind: 'ready' }
  /** The oldest connection that was passed on is here: the keeper lets go of its own end. */
  | { readonly kind: 'taken' }
  /** Takes no more connections: the vault was locked. */
  | { readonly kind: 'leaving' }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'sessions'; readonly state: SessionState };
