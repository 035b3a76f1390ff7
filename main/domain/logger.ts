/** Values that a log line may contain. Errors are passed as text, through `reason`. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The one way to write to the log. Implementations mask keys, queries and home paths. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A thrown value as one line of text. */
export function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
