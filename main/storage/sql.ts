export type Row = Record<string, unknown>;
export type Value = string | number | null;

/** The few SQLite calls that repositories need. */
export interface Database {
  run(sql: string, ...values: Value[]): void;
  get(sql: string, ...values: Value[]): Row | undefined;
  all(sql: string, ...values: Value[]): Row[];
  script(sql: string): void;
  /** Commits all of the work or nothing. A call within another one joins its transaction. */
  transaction<T>(work: () => T): T;
  /** Runs the task once the current transaction commits, or now without one; never after a rollback. */
  afterCommit(task: () => void): void;
  close(): void;
}
