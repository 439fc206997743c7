/** Worker threads: batches in turn, back-pressure, coded errors, and no way to take the core down. */
import { describe, expect, it } from 'vitest';
import { runTask } from '../../electron/core/platform/workers/run-task.ts';
import { BATCHES_UNDER_WAY } from '../../electron/core/platform/workers/task-kind.ts';
import { countTask, failTask, hangTask, unknownTask } from '../support/worker-tasks.ts';

const url = new URL('../support/worker-tasks.ts', import.meta.url);
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

describe('a task in a worker', () => {
  it('hands over every batch once and in order, one at a time', async () => {
    const seen: number[] = [];
    let inside = 0;
    const result = await runTask(url, countTask, { upTo: 200 }, {
      async onBatch(batch) {
        expect(++inside).toBe(1);
        if (seen.length % 50 === 0) await pause(2);
        seen.push(batch[0] ?? -1);
        inside--;
      },
    });
    expect(result).toBe(200);
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('waits when the core is slower', async () => {
    const sent = new SharedArrayBuffer(4);
    const counter = new Int32Array(sent);
    let ahead = 0, taken = 0;
    await runTask(url, countTask, { upTo: 60, sent }, { async onBatch() { await pause(2); ahead = Math.max(ahead, Atomics.load(counter, 0) - taken); taken++; } });
    expect(taken).toBe(60);
    expect(ahead).toBeGreaterThan(1);
    expect(ahead).toBeLessThanOrEqual(BATCHES_UNDER_WAY + 1);
  });

  it('ends in its own code, a bug in an error, a crash in an error', async () => {
    await expect(runTask(url, failTask, 'coded')).rejects.toMatchObject({ code: 'ERR_JSON_INVALID', message: 'Not like this.', details: { at: 3 } });
    await expect(runTask(url, failTask, 'bug')).rejects.toThrow('a bug');
    await expect(runTask(url, failTask, 'exit')).rejects.toThrow('ended with 3');
    await expect(runTask(url, unknownTask, null)).rejects.toThrow('no task is called test.unknown');
  });

  it('dies alone when it runs out of memory', async () => {
    await expect(runTask(url, failTask, 'memory')).rejects.toMatchObject({ name: 'AppError', code: 'ERR_MEMORY_EXCEEDED' });
  }, 120_000);

  it('stops when cancelled, even when it listens to nobody', async () => {
    for (const [kind, input] of [[countTask, { upTo: 1e9 }], [hangTask, null]] as const) {
      const controller = new AbortController();
      const running = kind === countTask ? runTask(url, countTask, input as { upTo: number }, { signal: controller.signal }) : runTask(url, hangTask, null, { signal: controller.signal });
      setTimeout(() => { controller.abort(); }, 150);
      await expect(running).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    }
    await expect(runTask(url, countTask, { upTo: 1 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
  });

  it('ends with an error of its listener', async () => {
    await expect(runTask(url, countTask, { upTo: 5 }, { onBatch: () => { throw new RangeError('no room'); } })).rejects.toThrow('no room');
  });
});
