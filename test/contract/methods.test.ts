/** Every method of the contract: bad input, a locked vault, unknown ids, arbitrary frames; only declared codes ever come back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contract, type MethodName } from '../../shared/api/contract.ts';
import type { MethodDefinition } from '../../shared/api/define.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';
import { openedCore, testCore, testPorts } from '../support/ports.ts';

const METHODS = Object.keys(contract) as MethodName[];
const definition = (method: MethodName): MethodDefinition => contract[method];
const takesNothing = (method: MethodName): boolean => definition(method).input.safeParse(undefined).success;

/** Well-formed input that names things which do not exist. */
const STRANGERS: Partial<Record<MethodName, unknown>> = {
  'sources.preview': { fileIds: ['nobody'] }, 'sources.discardPreview': { previewId: 'nobody' }, 'sources.import': { previewId: 'nobody', choices: [{ key: 'x' }] },
  'sources.undo': { importId: 'nobody' }, 'jobs.cancel': { jobId: 'nobody' }, 'profile.why': { id: 'nobody' }, 'profile.declare': { claim: 'shoe_colour', value: 'red' },
  'profile.correct': { id: 'nobody', strength: 0.5 }, 'profile.reject': { id: 'nobody' }, 'profile.restore': { id: 'nobody' }, 'profile.delete': { id: 'nobody' },
  'requests.open': { text: 'nobody' }, 'requests.get': { requestId: 'nobody' }, 'requests.checkIdentity': { requestId: 'nobody' },
  'requests.preview': { requestId: 'nobody', claims: [] }, 'requests.grant': { requestId: 'nobody', claims: [{ claim: 'interest', precision: 1 }] }, 'requests.deny': { requestId: 'nobody' },
  'grants.token': { grantId: 'nobody' }, 'grants.preview': { grantId: 'nobody' }, 'grants.narrow': { grantId: 'nobody' }, 'grants.revoke': { grantId: 'nobody' },
  'vault.create': { passphrase: 'correct horse battery staple' }, 'vault.unlock': { passphrase: 'not the right passphrase' },
  'vault.confirmRecovery': { words: [1, 2, 3].map((position) => ({ position, word: 'nobody' })) }, 'vault.renewRecovery': { passphrase: 'not the right passphrase' },
  'vault.changePassphrase': { current: 'not the right passphrase', next: 'something long and new here' },
};

describe('every method', () => {
  test.each(METHODS)('%s refuses malformed input', async (method) => {
    const { dispatch } = testCore();
    for (const input of [null, 7, 'x', [], { surprise: true }, { __proto__: null, id: { deep: 1 } }]) {
      expect(await dispatch(method, input)).toMatchObject({ ok: false, error: { code: 'ERR_INPUT_INVALID' } });
    }
  });

  test('that needs an open vault says so when it is locked', async () => {
    const { dispatch } = testCore();
    for (const method of METHODS.filter((name) => definition(name).access === 'unlocked')) {
      const input = takesNothing(method) ? undefined : (STRANGERS[method] ?? {});
      expect(await dispatch(method, input), method).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_LOCKED' } });
    }
  });

  test('that is given something unknown ends in one of its declared codes', async () => {
    const lines: string[] = [];
    const { core } = await openedCore(testPorts({ log: (line) => lines.push(line) }));
    for (const method of METHODS.filter((name) => name in STRANGERS)) {
      const outcome = await core.dispatch(method, STRANGERS[method]);
      if (!outcome.ok) expect(definition(method).errors, `${method} → ${outcome.error.code}`).toContain(outcome.error.code);
      else expect(['sources.discardPreview'], `${method} did something`).toContain(method);
    }
    expect(lines).toEqual([]);
  });

  test('that takes nothing answers on an empty vault', async () => {
    const lines: string[] = [];
    const { core } = await openedCore(testPorts({ log: (line) => lines.push(line) }));
    for (const method of METHODS.filter((name) => takesNothing(name) && name !== 'vault.lock')) {
      expect(await core.dispatch(method, undefined), method).toMatchObject({ ok: true });
    }
    expect(lines).toEqual([]);
  });
});

test('dispatch never rejects and never leaks, whatever the frame', async () => {
  const { core } = await openedCore();
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.constantFrom(...METHODS.filter((m) => !m.startsWith('vault.')), '__proto__', 'constructor', 'toString')), fc.anything({ withNullPrototype: true, withBigInt: true }), async (method, input) => {
    const outcome = await core.dispatch(method, input);
    if (!outcome.ok) {
      expect(ERROR_CODES).toContain(outcome.error.code);
      expect(outcome.error.code).not.toBe('ERR_INTERNAL');
    }
  }), { numRuns: 400 });
});
