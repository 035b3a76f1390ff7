import { join } from 'node:path';
import { app } from 'electron';
import type { Restart } from '../../domain/environment';
import { type Logger, reason } from '../../domain/logger';
import type { Platform } from '../platform';
import { writeCrashReport } from './crash-report';
import { watchForCrash } from './crash-watch';
import { startCommand } from './login-item';
import { AFTER_CRASH_ARGUMENT, restartArguments } from './restart-arguments';

export interface CrashRecoveryDeps {
  platform: Platform;
  /** This start was made by the watcher of a life that crashed. */
  afterCrash: boolean;
  logger: Logger & { file: string };
  /** Tells the window of it. */
  restarted: (restart: Restart) => void;
}

const PLAIN_START = { hidden: false, uploadPaths: null, importUrl: null, work: null };

/**
 * Reports the crash that this start is the answer to, and sees to it that the next one is answered. Only on
 * Linux, where the end of the session bus takes the app with it; macOS offers to open a crashed app again,
 * and Windows has no shell that could wait as cheaply.
 */
export function prepareForCrash({
  platform,
  afterCrash,
  logger,
  restarted,
}: CrashRecoveryDeps): void {
  if (platform !== 'linux') return;
  if (afterCrash) {
    logger.warn('started again after a crash');
    const atMs = Date.now();
    let hasReport = false;
    try {
      writeCrashReport({
        folder: join(app.getPath('userData'), 'crash-reports'),
        logFile: logger.file,
        versions: `Cliptray ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
        nowMs: atMs,
      });
      hasReport = true;
    } catch (error) {
      logger.warn('no crash report', { reason: reason(error) });
    }
    restarted({ atMs, hasReport });
  }
  const [program = process.execPath] = startCommand();
  const args = restartArguments(process.argv, process.defaultApp === true, PLAIN_START);
  watchForCrash({
    command: [program, ...args, AFTER_CRASH_ARGUMENT],
    logger,
  });
}
