/** One place in the page asks for a proof and repeats the call. */
import { expect, test } from 'vitest';
import type { Outcome } from '../../shared/api/wire.ts';
import { createUnlockAgain } from '../../renderer/src/bridge/unlock-again.ts';

const refused: Outcome = { ok: false, error: { code: 'ERR_UNLOCK_AGAIN', message: 'old' } };
const through: Outcome = { ok: true, value: 'done' };

test('a refused call is made again after the person proved who they are, and calls refused together share one question', async () => {
  const again = createUnlockAgain();
  let proven = false, asked = 0, answer = (_yes: boolean): void => undefined;
  again.onAsk(() => { asked++; return new Promise((resolve) => { answer = resolve; }); });
  const invoke = () => Promise.resolve(proven ? through : refused);
  const calls = Promise.all([again.through(invoke), again.through(invoke)]);
  await new Promise((resolve) => setImmediate(resolve));
  proven = true;
  answer(true);
  expect(await calls).toEqual([through, through]);
  expect(asked).toBe(1);
});

test('who would rather not is told what the call said, and can be asked the next time', async () => {
  const again = createUnlockAgain();
  let asked = 0;
  again.onAsk(() => { asked++; return Promise.resolve(false); });
  let calls = 0;
  const invoke = () => { calls++; return Promise.resolve(refused); };
  expect(await again.through(invoke)).toEqual(refused);
  expect(await again.through(invoke)).toEqual(refused);
  expect([asked, calls]).toEqual([2, 2]);
});

test('a second refusal is the answer, other refusals ask nothing, and without anybody to ask the refusal stays', async () => {
  const again = createUnlockAgain();
  let calls = 0;
  const invoke = () => { calls++; return Promise.resolve(refused); };
  expect(await again.through(invoke)).toEqual(refused);
  again.onAsk(() => Promise.resolve(true));
  expect(await again.through(invoke)).toEqual(refused);
  expect(calls).toBe(3);
  const other: Outcome = { ok: false, error: { code: 'ERR_VAULT_LOCKED', message: '' } };
  expect(await again.through(() => Promise.resolve(other))).toEqual(other);
});
