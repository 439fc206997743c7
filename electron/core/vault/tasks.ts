/** Work the vault gives to a worker: opening a copy of its database to see that it is whole. */
import type { Cipher } from '../platform/sqlite/database.ts';
import type { TaskKind } from '../platform/workers/task-kind.ts';

/** Rows by table. */
export type RowCounts = Readonly<Record<string, number>>;

/** `key`: the database's 32 bytes; this copy of them is overwritten by the worker. */
export interface VerifyCopyInput { readonly path: string; readonly key: Uint8Array; readonly cipher: Cipher }
export interface CopyFindings { readonly whole: boolean; readonly rows: RowCounts }

export const verifyCopyTask: TaskKind<VerifyCopyInput, never, CopyFindings> = { name: 'vault.verify-copy' };
