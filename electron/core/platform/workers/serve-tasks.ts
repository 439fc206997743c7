/** The worker's side: runs the one task it is started for and speaks to the core about it. */
import type { MessagePort } from 'node:worker_threads';
import { AppError, toWireError } from '../../../../shared/errors/app-error.ts';
import { BATCHES_UNDER_WAY, type FromWorker, type TaskEntry, type ToWorker } from './task-kind.ts';

/** Answers the messages on `port` with the tasks of this table. */
export function serveTasks(port: MessagePort, tasks: readonly TaskEntry[]): void {
  const controller = new AbortController();
  let underWay = 0;
  let wake: (() => void) | null = null;
  const post = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void => { port.postMessage(message, [...transfer]); };
  const awake = (): void => { wake?.(); wake = null; };

  const send = async (batch: unknown, transfer?: readonly ArrayBuffer[]): Promise<void> => {
    controller.signal.throwIfAborted();
    underWay++;
    post({ type: 'batch', batch }, transfer);
    if (underWay < BATCHES_UNDER_WAY) return;
    await new Promise<void>((resolve) => { wake = resolve; });
    controller.signal.throwIfAborted();
  };

  const start = async (name: string, input: unknown): Promise<void> => {
    try {
      const entry = tasks.find((task) => task.name === name);
      if (!entry) throw new Error(`no task is called ${name}`);
      post({ type: 'done', result: await entry.run(input, { send, signal: controller.signal }) });
    } catch (error) {
      post({ type: 'failed', error: error instanceof AppError ? toWireError(error) : null, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    // One task to a thread: with nothing left to wait for, it ends.
    port.unref();
  };

  port.on('message', (message: ToWorker) => {
    if (message.type === 'start') void start(message.name, message.input);
    else if (message.type === 'taken') { underWay--; awake(); }
    else { controller.abort(new AppError('ERR_CANCELLED', 'Stopped.')); awake(); }
  });
}
