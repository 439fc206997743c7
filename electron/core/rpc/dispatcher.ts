/** One way in for every owner call: look up, parse, check access, run, strip, and never reject. */
import { contract, type MethodName } from '../../../shared/api/contract.ts';
import type { MethodDefinition } from '../../../shared/api/define.ts';
import type { Outcome } from '../../../shared/api/wire.ts';
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Secret } from '../vault/vault.ts';
import type { Handlers } from './handlers.ts';

export interface DispatcherDeps {
  readonly handlers: Handlers;
  readonly gate: Gate;
  /** A short random id that ties what the person sees to the line in the developer's log. */
  readonly correlationId: () => string;
  /** Told about bugs: anything thrown that is not an expected failure. Must not be given to anyone but the developer. */
  readonly onUnexpected: (error: unknown, method: string, correlationId: string) => void;
}

/** What the one access check asks of the vault. */
export interface Gate {
  readonly isUnlocked: () => boolean;
  /** True while the master key is being replaced. */
  readonly isBusy: () => boolean;
  /** Whether the person proved who they are within the time they allow. */
  readonly isFresh: () => boolean;
  /** @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID */
  readonly prove: (proof: Secret) => Promise<void>;
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
      await admit(definition, parsed.data, deps.gate);
      // The table is typed per method; at this one place the method is only known at run time.
      const run = deps.handlers[method] as (value: unknown) => unknown;
      const value = await run(parsed.data);
      return { ok: true, value: definition.output.parse(value) };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: toWireError(error) };
      const correlationId = deps.correlationId();
      deps.onUnexpected(error, method, correlationId);
      // What a call meets whose vault was locked under its hands is mostly that. It may be a bug all the same, so it is in the developer's log either way.
      if (isMethod(method) && contract[method].access !== 'open' && !deps.gate.isUnlocked() && !deps.gate.isBusy()) {
        return { ok: false, error: toWireError(new AppError('ERR_VAULT_LOCKED', 'The vault was locked before this was finished. Unlock it and look what was done.', { details: { correlationId } })) };
      }
      return { ok: false, error: toWireError(error, correlationId) };
    }
  };
}

/** The only place where access is decided. */
async function admit(definition: MethodDefinition, input: unknown, gate: Gate): Promise<void> {
  if (definition.access === 'open') return;
  if (gate.isBusy()) throw new AppError('ERR_VAULT_BUSY', 'The vault is getting a new key. Nothing was changed by this step; try again when that is through.');
  if (!gate.isUnlocked()) throw new AppError('ERR_VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  // Both are typed per method by the contract; at this one place the method is only known at run time.
  if (definition.access === 'proven') await gate.prove((input as { readonly proof: Secret }).proof);
  const fresh = definition.access === 'fresh' || ((definition.freshWhen as ((value: unknown) => boolean) | undefined)?.(input) ?? false);
  if (fresh && !gate.isFresh()) throw new AppError('ERR_UNLOCK_AGAIN', 'It is a while since you unlocked. Nothing was changed. Give your passphrase once more to go on.');
}

const isMethod = (method: string): method is MethodName => typeof method === 'string' && Object.hasOwn(contract, method);
