/** The fuzzer finds what is planted for it, within its limits, and blames the right input. */
import { expect, test } from 'vitest';
import { fuzzTarget } from '../fuzz/run-target.ts';

const module = new URL('../fixtures/fuzz/planted.ts', import.meta.url);

test('three bytes that must be right at once are found by coverage, in far fewer tries than by luck', async () => {
  const outcome = await fuzzTarget({ module, target: 'magic', runs: 400_000, seed: 7 });
  expect(outcome).toMatchObject({ kind: 'failure', what: expect.stringContaining('planted') as string });
  if (outcome.kind === 'failure') expect(Buffer.from(outcome.input).toString('latin1').slice(3, 6)).toBe('PN!');
  process.stdout.write(`fuzzer: a planted three-byte word found after ${outcome.runs.toLocaleString('en-US')} runs\n`);
  // Blind guesses of three bytes need some 16 million.
  expect(outcome.runs).toBeLessThan(400_000);
}, 60_000);

test('the same seed gives the same run', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => fuzzTarget({ module, target: 'magic', runs: 400_000, seed: 11 })));
  expect(one?.runs).toBe(two?.runs);
}, 60_000);

test('an input that eats memory is a failure, and ends only its thread', async () => {
  const outcome = await fuzzTarget({ module, target: 'memory', runs: 400_000, maxHeapMb: 48 });
  expect(outcome).toMatchObject({ kind: 'failure', what: 'more than 48 MB of heap' });
  if (outcome.kind === 'failure') expect(outcome.input[0]).toBe(0x62);
}, 60_000);

test('an input that takes too long is a failure', async () => {
  const outcome = await fuzzTarget({ module, target: 'slow', runs: 400_000, maxMs: 300 });
  expect(outcome).toMatchObject({ kind: 'failure', what: expect.stringMatching(/^took \d+ ms of processor time/) as string });
}, 60_000);
