/** The form of one method in a feature contract. */
import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';

/**
 * `open`: callable at any time. `unlocked`: refused with `ERR_VAULT_LOCKED` unless a vault is open.
 * `host`: answered by the host program itself (lock, opening links), never by the core.
 */
export type Access = 'open' | 'unlocked';

export interface MethodDefinition {
  readonly access: Access;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Codes beyond `ERR_INTERNAL`, `ERR_INPUT_INVALID`, `ERR_METHOD_UNKNOWN`, `ERR_VAULT_LOCKED` that this method may end in. */
  readonly errors: readonly ErrorCode[];
}

export const defineContract = <T extends Record<string, MethodDefinition>>(contract: T): T => contract;
