/** The form of one method in a feature contract. */
import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';

/**
 * `open`: callable at any time. `unlocked`: refused with `ERR_VAULT_LOCKED` unless a vault is open.
 * `fresh`: also refused with `ERR_UNLOCK_AGAIN` when the person last proved who they are longer ago than they allow: what releases, exports or weakens something.
 * `proven`: the input carries a `proof`, the passphrase or the recovery phrase, and nothing happens unless it opens this vault: what changes the keys.
 */
export type Access = 'open' | 'unlocked' | 'fresh' | 'proven';

export interface MethodDefinition {
  readonly access: Access;
  /** For an `unlocked` method that is `fresh` for some of its inputs: whether it is for this one. */
  readonly freshWhen?: (input: never) => boolean;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Codes beyond `ERR_INTERNAL`, `ERR_INPUT_INVALID`, `ERR_METHOD_UNKNOWN`, `ERR_VAULT_LOCKED`, `ERR_VAULT_BUSY` and those of its access that this method may end in. */
  readonly errors: readonly ErrorCode[];
}

export const defineContract = <T extends Record<string, MethodDefinition>>(contract: T): T => contract;
