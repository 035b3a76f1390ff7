/** Values that a log line may contain. Errors are passed as text, through `reason`. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The one way to write to the log. Implementations mask keys, queries and home paths. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const MAX_CAUSES = 5;

/** A thrown value as text, with what caused it where that says more. */
export function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const messages = [thrown.message];
  let { cause } = thrown;
  while (cause instanceof Error && messages.length < MAX_CAUSES) {
    const { message } = cause;
    if (!messages.some((known) => known.includes(message))) messages.push(message);
    // Of errors that cause each other in a circle, each is told once.
    else break;
    cause = cause.cause;
  }
  return messages.join(': ');
}
