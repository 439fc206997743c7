/** Which acts share a transaction, and that a failing one takes no other with it. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCommitQueue } from '../../electron/core/redemption/commit-queue.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { openTestDatabase } from '../support/database.ts';

/** A real database that counts its transactions. */
function countedDatabase() {
  const db = openTestDatabase();
  const groups: number[] = [];
  let acts = 0;
  const counted: WritableDb = { ...db, transaction: (body) => { acts = 0; const value = db.transaction(body); groups.push(acts); return value; } };
  return { db: counted, groups, act: () => { acts += 1; return acts; } };
}

test('a lone call is committed at once, and calls of one turn together', async () => {
  const { db, groups, act } = countedDatabase();
  const queue = createCommitQueue(db);
  await queue.run(act);
  await Promise.all([queue.run(act), queue.run(act), queue.run(act)]);
  expect(groups).toEqual([1, 3]);
});

test('callers answered together share the next transaction too, although they come back one after the other', async () => {
  const { db, groups, act } = countedDatabase();
  const queue = createCommitQueue(db);
  await Promise.all([queue.run(act), queue.run(act), queue.run(act)]);
  const first = queue.run(act);
  await turn();
  const second = queue.run(act);
  await turn();
  await Promise.all([first, second, queue.run(act)]);
  expect(groups).toEqual([3, 3]);
});

test('whoever comes alone after that is still answered, and waits for nobody the next time', async () => {
  const { db, groups, act } = countedDatabase();
  const queue = createCommitQueue(db);
  await Promise.all([queue.run(act), queue.run(act)]);
  await queue.run(act);
  const alone = queue.run(act);
  await turn();
  const later = queue.run(act);
  await Promise.all([alone, later]);
  expect(groups).toEqual([2, 1, 1, 1]);
});

test('an act that fails is rolled back alone', async () => {
  const { db } = countedDatabase();
  const queue = createCommitQueue(db);
  db.exec('CREATE TABLE marks (name TEXT NOT NULL) STRICT');
  const mark = (name: string) => queue.run(() => db.command('INSERT INTO marks VALUES (?)').run(name).changes);
  const failing = queue.run(() => {
    db.command('INSERT INTO marks VALUES (?)').run('lost');
    throw new Error('no');
  });
  expect(await Promise.allSettled([mark('a'), failing, mark('b')])).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { message: 'no' } }, { status: 'fulfilled' }]);
  expect(db.query<{ name: string }>('SELECT name FROM marks ORDER BY name').all()).toEqual([{ name: 'a' }, { name: 'b' }]);
});
