import { expect, test } from 'vitest';
import { createTurns } from '../../../electron/core/platform/turns.ts';

test('work done ahead waits for a quiet moment, and no longer once somebody waits for it', async () => {
  let since = 1_000;
  const turns = createTurns(() => since), done: number[] = [];
  const work = turns.ahead(async () => { for (let piece = 1; piece <= 3; piece++) { await turns.next(); done.push(piece); if (piece === 1) since = 0; } });
  await new Promise((resolve) => { setTimeout(resolve, 150); });
  expect(done).toEqual([1]);
  turns.wanted();
  await work;
  expect(done).toEqual([1, 2, 3]);
  // What is not done ahead never waits.
  await turns.next();
  expect(since).toBe(0);
});
