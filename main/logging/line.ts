import type { LogFields } from '../domain/logger';

/** One log line: the message, then `name=value` pairs. Line breaks in values cannot forge a line. */
export function logLine(message: string, fields: LogFields = {}): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? quoted(value) : value}`);
  return [message, ...pairs].join(' ');
}

function quoted(value: string): string {
  return /^[\w./:@~-]+$/.test(value) ? value : JSON.stringify(value);
}
