export type Row = Record<string, unknown>;
export type Value = string | number | null;

/** The few SQLite calls that repositories need. */
export interface Database {
  run(sql: string, ...values: Value[]): void;
  get(sql: string, ...values: Value[]): Row | undefined;
  all(sql: string, ...values: Value[]): Row[];
  script(sql: string): void;
  /** Commits all of the work or nothing. Nested calls join the outer transaction. */
  transaction<T>(work: () => T): T;
  /** Runs the task once the transaction commits, or at once without one; never after a rollback. */
  afterCommit(task: () => void): void;
  close(): void;
}
