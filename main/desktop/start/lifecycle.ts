import { app } from 'electron';
import type { LaunchRequest } from './command-line';
import { restartArguments } from './restart-arguments';

export interface LifecycleDeps {
  /** The user quits: windows may close for good now. */
  beforeQuit: () => void;
  /** Stops work so that the next start can go on with it. Must settle within seconds. */
  shutDown: () => Promise<void>;
}

/** Shuts the app down in order. */
export function followLifecycle({ beforeQuit, shutDown }: LifecycleDeps) {
  let down = false;
  let next: LaunchRequest | null = null;
  app.on('before-quit', beforeQuit);
  // The tray keeps the app alive: without this listener Electron quits with the last window.
  app.on('window-all-closed', () => {});
  app.on('will-quit', (event) => {
    if (down) return;
    // Electron does not wait for promises: hold the quit back, then ask for it again.
    event.preventDefault();
    down = true;
    // In a turn of its own: a quit asked for within this event is ignored.
    void shutDown().finally(() =>
      setImmediate(() => {
        if (next !== null) {
          app.relaunch({
            args: restartArguments(process.argv, process.defaultApp === true, next),
          });
        }
        app.quit();
      }),
    );
  });
  return {
    isQuitting: () => down,
    /** A start that came while the app was quitting: it is made up for once this process has ended. */
    startAfterQuit(request: LaunchRequest): void {
      const files = [...(next?.uploadPaths ?? []), ...(request.uploadPaths ?? [])];
      next = files.length > 0 ? { ...request, uploadPaths: files } : request;
    },
  };
}
