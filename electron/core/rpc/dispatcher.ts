/** One way in for every owner call: look up, parse, check access, run, strip, and never reject. */
import { contract, type MethodName } from '../../../shared/api/contract.ts';
import type { MethodDefinition } from '../../../shared/api/define.ts';
import type { Outcome } from '../../../shared/api/wire.ts';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from './handlers.ts';

export interface DispatcherDeps {
  readonly handlers: Handlers;
  readonly isUnlocked: () => boolean;
  /** A short random id that ties what the person sees to the line in the developer's log. */
  readonly correlationId: () => string;
  /** Told about bugs: anything thrown that is not an expected failure. Must not be given to anyone but the developer. */
  readonly onUnexpected: (error: unknown, method: string, correlationId: string) => void;
}

export type Dispatch = (method: string, input: unknown) => Promise<Outcome>;

export function createDispatcher(deps: DispatcherDeps): Dispatch {
  return async function dispatch(method, input) {
    try {
      if (!isMethod(method)) throw new AppError('ERR_METHOD_UNKNOWN', 'Penchant does not know this call.');
      const definition: MethodDefinition = contract[method];
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) {
        throw new AppError('ERR_INPUT_INVALID', 'Something in this request is not in the right form. Nothing was changed.', {
          details: { issues: parsed.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })) },
        });
      }
      if (definition.access === 'unlocked' && !deps.isUnlocked()) throw new AppError('ERR_VAULT_LOCKED', 'The vault is locked. Unlock it first.');
      // The table is typed per method; at this one place the method is only known at run time.
      const run = deps.handlers[method] as (value: unknown) => unknown;
      const value = await run(parsed.data);
      return { ok: true, value: definition.output.parse(value) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: toWireError(error) };
      const correlationId = deps.correlationId();
      deps.onUnexpected(error, method, correlationId);
      return { ok: false, error: toWireError(error, correlationId) };
    }
  };
}

const isMethod = (method: string): method is MethodName => typeof method === 'string' && Object.hasOwn(contract, method);
