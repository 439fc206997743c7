/** The core's side of a worker thread: starts it for one task, takes its batches in turn, stops it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError, fromWireError } from '../../../../shared/errors/app-error.ts';
import { spoken } from '../../../../shared/language/message.ts';
import type { FromWorker, TaskKind, ToWorker } from './task-kind.ts';

export interface RunOptions<Batch> {
  /** Called for one batch at a time; between two batches the event loop serves everyone else. */
  readonly onBatch?: (batch: Batch) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** How long a worker that is through, or was cancelled, may take to stop by itself, in ms. Tearing a thread down from outside is for those that do not. */
const GRACE_MS = 1_000;

/** Young and old heap of a worker, in MB: a hostile file must not take the machine's memory, and what lives for one batch only needs no more (a larger young heap is slower, too). */
const LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8 };

/**
 * Runs one task in a worker thread of its own, which ends with it and takes the file's contents out of memory.
 *
 * @throws {AppError} ERR_CANCELLED when `signal` fires; ERR_MEMORY_EXCEEDED; whatever coded error the task ends in. Anything else is a bug in the task.
 */
export async function runTask<Input, Batch, Result>(workerUrl: URL, kind: TaskKind<Input, Batch, Result>, input: Input, options: RunOptions<Batch> = {}): Promise<Result> {
  const cancelled = (): AppError => new AppError('ERR_CANCELLED', 'This was stopped before it was finished.');
  if (options.signal?.aborted) throw cancelled();
  const worker = new Worker(workerUrl, { workerData: spoken(), resourceLimits: LIMITS, stdout: false, stderr: false });
  const post = (message: ToWorker): void => { worker.postMessage(message); };

  return await new Promise<Result>((resolve, reject) => {
    const waiting: FromWorker[] = [];
    let busy = false, over = false;
    let exitCode: number | null = null;
    let grace: NodeJS.Timeout | undefined;

    const finish = (settle: () => void): void => {
      if (over) return;
      over = true;
      clearTimeout(grace);
      options.signal?.removeEventListener('abort', onAbort);
      if (exitCode !== null) { settle(); return; }
      // Tells a task nobody listens to any more; one that is through has ended already.
      post({ type: 'cancel' });
      grace = setTimeout(() => { void worker.terminate(); }, GRACE_MS);
      worker.once('exit', () => {
        clearTimeout(grace);
        settle();
      });
    };
    const onAbort = (): void => {
      waiting.length = 0;
      post({ type: 'cancel' });
      grace = setTimeout(() => {
        finish(() => { reject(cancelled()); });
        void worker.terminate();
      }, GRACE_MS);
    };
    const endedEarly = (code: number): void => { finish(() => { reject(options.signal?.aborted ? cancelled() : new Error(`the worker for ${kind.name} ended with ${code}`)); }); };

    const drain = async (): Promise<void> => {
      busy = true;
      for (let message = waiting.shift(); message; message = waiting.shift()) {
        if (message.type === 'batch') {
          // The kind's type says what its own task sends.
          if (options.signal?.aborted !== true) await options.onBatch?.(message.batch as Batch);
          post({ type: 'taken' });
          await nextTurn();
        } else if (message.type === 'done') {
          const result = message.result as Result;
          finish(() => { if (options.signal?.aborted) reject(cancelled()); else resolve(result); });
        } else {
          const error = message.error ? fromWireError(message.error) : new Error(`task ${kind.name} failed: ${message.stack}`);
          finish(() => { reject(options.signal?.aborted ? cancelled() : error); });
        }
      }
      busy = false;
      if (exitCode !== null) endedEarly(exitCode);
    };

    worker.on('message', (message: FromWorker) => {
      waiting.push(message);
      if (!busy) drain().catch((error: unknown) => { finish(() => { reject(error instanceof Error ? error : new Error(String(error))); }); });
    });
    worker.on('error', (error) => { finish(() => { reject(options.signal?.aborted ? cancelled() : crashOf(error)); }); });
    worker.on('exit', (code) => {
      exitCode = code;
      // A thread that is through is gone before the core has taken its last batches.
      if (!busy) endedEarly(code);
    });
    options.signal?.addEventListener('abort', onAbort, { once: true });
    post({ type: 'start', name: kind.name, input });
  });
}

/** Running out of its memory is how a worker answers to too much at once, not a bug of its own. */
function crashOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new AppError('ERR_MEMORY_EXCEEDED', 'This needed more memory than Penchant allows itself, so it was stopped. Nothing was changed by this step. Choose fewer files at once, as the service sent them.', { cause: error });
}
