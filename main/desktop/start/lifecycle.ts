import { app } from 'electron';

export interface LifecycleDeps {
  show: () => void;
  /** The user quits: windows may close for good now. */
  beforeQuit: () => void;
  /** Stops work so that the next start can go on with it. Must settle within seconds. */
  shutDown: () => Promise<void>;
}

/** Handles a click on the dock icon, and shuts the app down in order. */
export function followLifecycle(deps: LifecycleDeps): void {
  const { show, beforeQuit, shutDown } = deps;
  app.on('activate', show);
  app.on('before-quit', beforeQuit);
  // The tray keeps the app alive: without this listener Electron quits with the last window.
  app.on('window-all-closed', () => {});
  let down = false;
  app.on('will-quit', (event) => {
    if (down) return;
    // Electron does not wait for promises: hold the quit back, then ask for it again.
    event.preventDefault();
    down = true;
    // In a turn of its own: a quit asked for within this event is ignored.
    void shutDown().finally(() => setImmediate(() => app.quit()));
  });
}
