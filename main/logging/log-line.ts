import type { LogFields } from '../domain/logger';

/**
 * One log line: the message, then `name=value` pairs. A line break in a value cannot forge a line.
 * Values are redacted before they are quoted, since quoting would hide a path from the redactor.
 */
export function logLine(
  message: string,
  fields: LogFields = {},
  redact: (text: string) => string = (text) => text,
): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? quoted(redact(value)) : value}`);
  return [redact(message), ...pairs].join(' ');
}

function quoted(value: string): string {
  return /^[\w./:@~-]+$/.test(value) ? value : JSON.stringify(value);
}
