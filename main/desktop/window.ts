import { BrowserWindow, nativeTheme } from 'electron';
import type { Place, Theme } from '../../preload/contract';
import { joinPlaces } from './incoming';
import { START_PAGE } from './page-file';

const BACKGROUND = { light: '#ffffff', dark: '#131316' };

export interface WindowParts {
  preloadFile: string;
  iconFile: string;
  locale: string;
  /** Asked at each close: without a tray to live in, the window is minimised instead. */
  mayDisappear: () => boolean;
  sendGoTo: (window: BrowserWindow, place: Place) => void;
  onOpened: (window: BrowserWindow) => void;
  /** Ctrl+Q on Linux, where desktops expect it; macOS has its menu, and Windows no such key. */
  onQuitKey: (() => void) | null;
}

/** The one window. Closing destroys it: state, polling and uploads live in main and do not notice. */
export function createWindowKeeper(parts: WindowParts) {
  let window: BrowserWindow | null = null;
  let quitting = false;
  /** Asked for before the page could listen. */
  let waiting: Place | null = null;
  let listening = false;

  function open(): BrowserWindow {
    const made = new BrowserWindow({
      width: 980,
      height: 680,
      minWidth: 560,
      minHeight: 480,
      show: false,
      title: 'Cliptray',
      icon: parts.iconFile,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: parts.preloadFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        additionalArguments: [`--cliptray-locale=${parts.locale}`],
      },
    });
    listening = false;
    made.once('ready-to-show', () => made.show());
    made.on('close', (event) => {
      if (quitting || parts.mayDisappear()) return;
      event.preventDefault();
      made.minimize();
    });
    made.on('closed', () => {
      window = null;
    });
    const { onQuitKey } = parts;
    if (onQuitKey) {
      made.webContents.on('before-input-event', (event, input) => {
        const isQuit = input.type === 'keyDown' && input.control && input.key.toLowerCase() === 'q';
        if (!isQuit || input.alt || input.shift || input.meta || input.isAutoRepeat) return;
        event.preventDefault();
        onQuitKey();
      });
    }
    // A page that has crashed shows nothing and takes no input: the next opening makes a new one.
    made.webContents.on('render-process-gone', () => made.destroy());
    made.webContents.on('did-start-loading', () => {
      listening = false;
    });
    // Rejects when the window is closed while it loads.
    made.loadURL(START_PAGE).catch(() => {});
    parts.onOpened(made);
    return made;
  }

  return {
    /** Brings the window to the front, made anew if it was closed, and shows `place` in it. */
    show(place: Place | null = null): void {
      if (window === null) window = open();
      else {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
      }
      if (place === null) return;
      if (listening) parts.sendGoTo(window, place);
      else waiting = joinPlaces(waiting, place);
    },
    /** The page has asked for its first snapshot: it listens from now on. */
    pageListens(): void {
      listening = true;
      if (window && waiting) parts.sendGoTo(window, waiting);
      waiting = null;
    },
    current: (): BrowserWindow | null => window,
    allowQuit(): void {
      quitting = true;
    },
    setTheme(theme: Theme): void {
      nativeTheme.themeSource = theme;
    },
  };
}

export type WindowKeeper = ReturnType<typeof createWindowKeeper>;
