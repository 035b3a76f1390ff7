/** Values a log line may carry. Errors go in as text through `reason`. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The one way to write a log line. Whatever is behind it redacts keys, queries and home paths. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** An unknown thrown value as one line of text. */
export function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
