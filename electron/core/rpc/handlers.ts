/** The type every handler table fits: one function per method of the contract. */
import type { MethodName, Output, ParsedInput } from '../../../shared/api/contract.ts';

export type Handlers = { readonly [M in MethodName]: (input: ParsedInput<M>) => Output<M> | Promise<Output<M>> };
