import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_REPORTS = 5;
const LOG_LINES = 200;

export interface CrashReportDeps {
  /** Gets the reports; the newest five are kept. */
  folder: string;
  logFile: string;
  /** One line on the versions of app and Electron, and on the system. */
  versions: string;
  nowMs: number;
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n');
  } catch {
    return 'The log could not be read.';
  }
}

/**
 * Writes what is known of a crash: the end of the log, which has no secrets in it. It stays on this
 * computer. Throws when it cannot be written.
 */
export function writeCrashReport({ folder, logFile, versions, nowMs }: CrashReportDeps): void {
  const time = new Date(nowMs).toISOString();
  mkdirSync(folder, { recursive: true });
  const text = [
    'Cliptray ended unexpectedly, and was started again.',
    `Started again: ${time}`,
    versions,
    '',
    'The end of its log, with the first lines of the new start:',
    lastLines(logFile),
    '',
  ].join('\n');
  writeFileSync(join(folder, `${time.replaceAll(':', '-')}.txt`), text);
  const reports = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  for (const name of reports.sort().slice(0, -MAX_REPORTS)) rmSync(join(folder, name));
}
