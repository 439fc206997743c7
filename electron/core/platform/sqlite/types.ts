/** Database handles without the driver's types: reading cannot write, and a transaction body cannot await. */

export type SqlValue = string | number | bigint | Buffer | Uint8Array | null;

export interface Statement<Row> {
  get(...params: readonly SqlValue[]): Row | undefined;
  all(...params: readonly SqlValue[]): Row[];
  iterate(...params: readonly SqlValue[]): IterableIterator<Row>;
}
export interface WriteStatement { run(...params: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number } }

export interface ReadableDb {
  /** Prepared once per SQL text and kept. Rows are plain objects by column name. */
  query<Row>(sql: string): Statement<Row>;
}

export interface WritableDb extends ReadableDb {
  command(sql: string): WriteStatement;
  /** Runs several statements without parameters. */
  exec(sql: string): void;
  /** Immediate transaction; nested calls become savepoints. A body that returns a promise does not compile. */
  transaction<T>(body: () => T extends PromiseLike<unknown> ? never : T): T;
}

export interface Migration { readonly version: number; readonly name: string; readonly up: (db: WritableDb) => void }
