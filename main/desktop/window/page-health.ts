import type { BrowserWindow } from 'electron';

/** A page that does not answer for this long after Chromium noticed is ended, in milliseconds. */
const UNRESPONSIVE_MS = 20_000;

/**
 * Calls `onEnd` once when the window's page has ended (killed, crashed, out of memory). A page that hangs
 * is ended too, since nothing in it could be used or closed: what it shows is in main.
 */
export function followPage(window: BrowserWindow, onEnd: () => void): void {
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  window.on('unresponsive', () => {
    stop();
    timer = setTimeout(() => window.webContents.forcefullyCrashRenderer(), UNRESPONSIVE_MS);
  });
  window.on('responsive', stop);
  window.on('closed', stop);
  window.webContents.once('render-process-gone', () => {
    stop();
    onEnd();
  });
}
