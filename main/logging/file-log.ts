import { join } from 'node:path';
import log from 'electron-log/node';
import type { LogFields, Logger } from '../domain/logger';
import { logLine } from './log-line';
import type { Redactor } from './redactor';

const MOST_BYTES = 5 * 1024 * 1024;

/** The log: a file of at most 5 MiB (and one older) and the console, both behind the redactor. */
export function createLog(folder: string, redactor: Redactor): Logger & { file: string } {
  const file = join(folder, 'main.log');
  log.transports.file.setAppName('Cliptray');
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = MOST_BYTES;
  log.transports.file.format = '{iso} {level} {text}';
  log.transports.console.format = '{iso} {level} {text}';
  // A closed terminal must not end the app: writing to it throws EPIPE.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const write = (level: 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) =>
    log[level](logLine(message, fields, redactor.redact));
  return { file, info: write('info'), warn: write('warn'), error: write('error') };
}
