import { inspect } from 'node:util';
import type { LogFields } from '../domain/logger';
import { boundedText } from './bounded-text';

/** How many characters of a message or of one value are written. */
const MAX_VALUE = 2_000;
/** How many characters a line has in all. */
const MAX_LINE = 8_000;

/** What is written of a value that is more than a number or a text: of a large one, its beginning. */
const INSPECT = {
  depth: 4,
  maxArrayLength: 20,
  maxStringLength: MAX_VALUE,
  breakLength: Number.POSITIVE_INFINITY,
  customInspect: false,
} as const;

/** Any value as text. Types forbid objects here, but a line must not be lost, or the app stop, for one. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return typeof value === 'object' || typeof value === 'function'
      ? inspect(value, INSPECT)
      : String(value);
  } catch {
    return '[unreadable]';
  }
}

/**
 * One log line: the message, then `name=value` pairs. A line break in a value cannot forge a line. However
 * large a value is, the line stays short, and says how much was left out. Values are redacted before they
 * are quoted, since quoting would hide a path from the redactor.
 */
export function logLine(
  message: string,
  fields: LogFields = {},
  redact: (text: string) => string = (text) => text,
): string {
  const bounded = (value: unknown) => boundedText(textOf(value), MAX_VALUE, redact);
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) =>
      typeof value === 'number' || typeof value === 'boolean'
        ? `${name}=${value}`
        : `${name}=${quoted(bounded(value))}`,
    );
  const line = [bounded(message).replace(/[\r\n]+/g, ' '), ...pairs].join(' ');
  return boundedText(line, MAX_LINE, (clean) => clean);
}

function quoted(value: string): string {
  return /^[\w./:@~-]+$/.test(value) ? value : JSON.stringify(value);
}
