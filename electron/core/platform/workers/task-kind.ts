/** What a piece of work in a worker thread takes, sends on the way, and returns; and the messages that carry it. */
import type { WireError } from '../../../../shared/errors/app-error.ts';

/** Names one kind of work. The types travel with the name, so both sides of the thread agree. */
export interface TaskKind<Input, Batch, Result> {
  readonly name: string;
  /** Never set: carries the types. */
  readonly types?: (input: Input, batch: Batch) => Result;
}

export interface TaskContext<Batch> {
  /** Hands a batch to the core and waits until it may send the next (back-pressure). `transfer`: buffers given away rather than copied. */
  readonly send: (batch: Batch, transfer?: readonly ArrayBuffer[]) => Promise<void>;
  /** Aborted when the core no longer wants the work. */
  readonly signal: AbortSignal;
}

export type TaskBody<Input, Batch, Result> = (input: Input, context: TaskContext<Batch>) => Promise<Result>;

/** A row of the worker's table of tasks. */
export interface TaskEntry {
  readonly name: string;
  readonly run: (input: unknown, context: TaskContext<unknown>) => Promise<unknown>;
}

/** Inputs reach a worker only from the core of the same program, already typed by the kind. */
export const taskEntry = <Input, Batch, Result>(kind: TaskKind<Input, Batch, Result>, body: TaskBody<Input, Batch, Result>): TaskEntry =>
  ({ name: kind.name, run: (input, context) => body(input as Input, context) });

export type ToWorker =
  | { readonly type: 'start'; readonly name: string; readonly input: unknown }
  | { readonly type: 'taken' }
  | { readonly type: 'cancel' };

export type FromWorker =
  | { readonly type: 'batch'; readonly batch: unknown }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: WireError | null; readonly stack: string };

/** Batches a worker may have under way before it waits: enough to bridge a slow commit. */
export const BATCHES_UNDER_WAY = 12;
