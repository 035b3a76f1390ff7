import { spawn } from 'node:child_process';
import { app, BrowserWindow } from 'electron';
import { type Logger, reason } from '../../domain/logger';

/**
 * Waits for the end of the app, which holds the other end of its standard input, and starts it again
 * unless the app said before that it quits. A shell, since it takes a few hundred KiB and is there on
 * every Linux. It has the app's name so that `pkill` and `killall` end both.
 */
const WATCH = `
printf cliptray >/proc/self/comm
hidden=
while read -r word; do
  case $word in
    quit) exit 0 ;;
    hidden) hidden=--hidden ;;
    shown) hidden= ;;
  esac
done
exec "$@" $hidden </dev/null
`;

/**
 * Closes all files that came from the app, then becomes the watcher. Chromium does not mark the sockets to
 * its other processes to be closed in children: the watcher would keep them open, and Chromium would not
 * notice the end of a page, nor its processes the end of the app. Debian's `sh` closes no number over nine.
 */
const CLOSE_FILES = `
for file in /proc/self/fd/*; do
  file=\${file##*/}
  if [ "$file" -gt 2 ]; then eval "exec $file>&-"; fi
done
exec /bin/sh -c "$0" "$@"
`;

export interface CrashWatchDeps {
  /** The program and the arguments that start the app again; the window is hidden if it is now. */
  command: string[];
  logger: Logger;
}

let announceQuit = () => {};

/** Before an end without `before-quit`, as by `app.exit`: the watcher does not take it for a crash. */
export function endForGood(): void {
  announceQuit();
}

/**
 * Starts the app again after a crash of its main process. Nothing in the process itself could: Chromium
 * aborts within milliseconds, for example when the session bus ends.
 */
export function watchForCrash({ command, logger }: CrashWatchDeps): void {
  // In the app's process group and session: a signal to all of them (Ctrl+C, the end of the session's
  // scope) ends the watcher, too.
  const watcher = spawn('bash', ['-c', CLOSE_FILES, WATCH, 'cliptray', ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const onError = (error: Error) =>
    logger.warn('crashes are not watched for', { reason: reason(error) });
  watcher.on('spawn', () => logger.info('watching for a crash'));
  watcher.on('error', onError);
  watcher.unref();
  const { stdin } = watcher;
  // Somebody ended the watcher: then a crash stays one.
  stdin.on('error', onError);

  let hasQuit = false;
  const tellWhetherShown = () => {
    // The watcher has ended: to write to it would be an error.
    if (hasQuit) return;
    stdin.write(BrowserWindow.getAllWindows().length > 0 ? 'shown\n' : 'hidden\n');
  };
  tellWhetherShown();
  app.on('browser-window-created', (_event, window) => {
    tellWhetherShown();
    window.once('closed', () => setImmediate(tellWhetherShown));
  });
  for (const window of BrowserWindow.getAllWindows()) {
    window.once('closed', () => setImmediate(tellWhetherShown));
  }
  // Also for SIGTERM, SIGINT and the end of the session. Newer versions of Electron quit without this event
  // when the bus ends (electron#53022).
  announceQuit = () => {
    if (!hasQuit) stdin.write('quit\n');
    hasQuit = true;
  };
  app.once('before-quit', announceQuit);
}
