import { join } from 'node:path';
import log from 'electron-log/node';
import type { LogFields, Logger } from '../domain/logger';
import { createLineRate } from './line-rate';
import { logLine } from './log-line';
import type { Redactor } from './redactor';

const MAX_FILE_BYTES = 5 * 1024 * 1024;

/**
 * Makes the log: a file of at most 5 MiB, one older file, and the console. Everything passes through the
 * redactor first; lines, and how many of them there are in a second, are bounded.
 */
export function createLog(folder: string, redactor: Redactor): Logger & { file: string } {
  const file = join(folder, 'main.log');
  log.transports.file.setAppName('Cliptray');
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = MAX_FILE_BYTES;
  log.transports.file.format = '{iso} {level} {text}';
  log.transports.console.format = '{iso} {level} {text}';
  // Writing to a closed terminal fails with EPIPE, which must not crash the app.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const rate = createLineRate(Date.now);
  const write = (level: 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    const { isWritten, leftOut } = rate.next();
    if (leftOut > 0) log.warn(logLine('lines left out', { count: leftOut }));
    if (isWritten) log[level](logLine(message, fields, redactor.redact));
  };
  return { file, info: write('info'), warn: write('warn'), error: write('error') };
}
