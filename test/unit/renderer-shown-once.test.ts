/** What is shown once stays: nothing from outside of the page takes the screen away from it. */
import { expect, test } from 'vitest';
import { holdScreen, whenNothingIsHeld } from '../../renderer/src/state/shown-once.ts';

test('what comes from outside waits, the newest of each kind, until nothing is shown any more that cannot be shown again', async () => {
  const did: string[] = [];
  whenNothingIsHeld('screen', () => { did.push('at once'); });
  expect(did).toEqual(['at once']);

  const words = holdScreen();
  whenNothingIsHeld('screen', () => { did.push('requests'); });
  whenNothingIsHeld('language', () => { did.push('French'); });
  whenNothingIsHeld('screen', () => { did.push('break'); });
  // The words go, and the question for three of them comes in the same turn.
  words();
  const question = holdScreen();
  await Promise.resolve();
  expect(did).toEqual(['at once']);
  question();
  await Promise.resolve();
  expect(did.slice(1).sort()).toEqual(['French', 'break']);
  whenNothingIsHeld('screen', () => { did.push('again'); });
  expect(did.at(-1)).toBe('again');
});
