/** Work copies and moves give to a worker: reading a damaged database. Only plain data crosses the thread. */
import type { JobProgress } from '../platform/jobs/jobs.ts';
import type { Cipher } from '../platform/sqlite/database.ts';
import type { TaskKind } from '../platform/workers/task-kind.ts';

/** `key`: the 32 bytes both databases lie under; this copy of them is overwritten by the worker. */
export interface SalvageInput {
  /** A copy of the damaged database: it is written to. */
  readonly from: string;
  readonly to: string;
  /** Where the other two lie; for a file that is needed for a moment. */
  readonly folder: string;
  readonly key: Uint8Array;
  readonly cipher: Cipher;
  readonly nowMs: number;
  /** Whether the key of the closed part came along. */
  readonly closedOpens: boolean;
}
/** As `vault.recover` tells it. */
export interface SalvagedTable { readonly table: string; readonly what: string; readonly read: number; readonly lost: number | null; readonly words: string }

export const salvageTask: TaskKind<SalvageInput, JobProgress, readonly SalvagedTable[]> = { name: 'portability.salvage' };
