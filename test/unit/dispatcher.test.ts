/** What a call ends in when it throws something nobody expected. */
import { expect, test } from 'vitest';
import { createDispatcher } from '../../electron/core/rpc/dispatcher.ts';
import type { Handlers } from '../../electron/core/rpc/handlers.ts';

function dispatcherOf(body: () => unknown) {
  let unlocked = true;
  const bugs: string[] = [];
  const dispatch = createDispatcher({
    handlers: { 'settings.get': body, 'vault.status': body } as unknown as Handlers,
    gate: { isUnlocked: () => unlocked, isBusy: () => false, isFresh: () => true, prove: () => Promise.resolve() },
    correlationId: () => 'c0ffee', onUnexpected: (_error, method) => { bugs.push(method); },
  });
  return { dispatch, bugs, lock: () => { unlocked = false; } };
}

test('a bug is told to the developer and named by a correlation id', async () => {
  const { dispatch, bugs } = dispatcherOf(() => { throw new TypeError('secret inner words'); });
  const outcome = await dispatch('settings.get', undefined);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'ERR_INTERNAL', details: { correlationId: 'c0ffee' } } });
  expect(JSON.stringify(outcome)).not.toContain('secret');
  expect(bugs).toEqual(['settings.get']);
});

test('a call whose vault was locked under its hands says so; what it met is in the developer’s log under its id', async () => {
  const { dispatch, bugs, lock } = dispatcherOf(() => { lock(); throw new TypeError('The database connection is not open'); });
  expect(await dispatch('settings.get', undefined)).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_LOCKED', details: { correlationId: 'c0ffee' } } });
  expect(bugs).toEqual(['settings.get']);
  // A call that needs no open vault has no such excuse.
  expect(await dispatch('vault.status', undefined)).toMatchObject({ ok: false, error: { code: 'ERR_INTERNAL' } });
  expect(bugs).toEqual(['settings.get', 'vault.status']);
});
