import type { BrowserWindow } from 'electron';

/** A page that has drawn nothing by then is shown as it is, in milliseconds. */
const SHOWN_AFTER_MS = 3000;

/** Shows a new window as soon as its page can be seen. */
export function showWithPage(window: BrowserWindow): void {
  const show = () => {
    clearTimeout(timer);
    if (!window.isDestroyed() && !window.isVisible() && !window.isMinimized()) window.show();
  };
  const timer = setTimeout(show, SHOWN_AFTER_MS);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(timer));
}

/** Brings a window to the front that may be minimised or behind others. */
export function bringToFront(window: BrowserWindow, wayland: boolean): void {
  if (window.isMinimized()) {
    window.restore();
    // A Wayland client cannot undo that it was minimised; what it can do is to take the window off the
    // screen and put it there again. In this order: Chromium aborts when it shows a window that was
    // hidden while it was minimised.
    if (wayland) window.hide();
  }
  window.show();
  window.focus();
}
