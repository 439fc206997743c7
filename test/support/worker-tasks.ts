/** A worker entry for tests of the worker protocol: tasks that send, fail, crash and hang. */
import { parentPort } from 'node:worker_threads';
import { serveTasks } from '../../electron/core/platform/workers/serve-tasks.ts';
import { taskEntry, type TaskKind } from '../../electron/core/platform/workers/task-kind.ts';
import { AppError } from '../../shared/errors/app-error.ts';

export const countTask: TaskKind<{ readonly upTo: number; /** Counts what was sent, seen from both sides. */ readonly sent?: SharedArrayBuffer }, Float64Array<ArrayBuffer>, number> = { name: 'test.count' };
export const failTask: TaskKind<'coded' | 'bug' | 'exit' | 'memory', never, null> = { name: 'test.fail' };
export const hangTask: TaskKind<null, never, null> = { name: 'test.hang' };
export const unknownTask: TaskKind<null, never, null> = { name: 'test.unknown' };

if (parentPort) {
  serveTasks(parentPort, [
    taskEntry(countTask, async ({ upTo, sent }, { send }) => {
      const counter = sent && new Int32Array(sent);
      for (let i = 0; i < upTo; i++) {
        const numbers = new Float64Array([i]);
        if (counter) Atomics.add(counter, 0, 1);
        await send(numbers, [numbers.buffer]);
      }
      return upTo;
    }),
    taskEntry(failTask, async (how) => {
      if (how === 'coded') throw new AppError('ERR_JSON_INVALID', 'Not like this.', { details: { at: 3 } });
      if (how === 'exit') process.exit(3);
      const kept: unknown[] = [];
      while (how === 'memory') kept.push(Array.from({ length: 1_000_000 }, (_, i) => ({ i })));
      throw new Error('a bug');
    }),
    taskEntry(hangTask, async () => { for (;;) Math.sqrt(2); }),
  ]);
}
