import { BrowserWindow, nativeTheme } from 'electron';
import type { PatchMessage, Route, Theme } from '../../../preload/contract';
import type { ChangeFeed } from '../../events';
import { navigate, sendPatches } from '../../ipc/page-messages';
import { START_PAGE } from './page-file';
import { addRoute } from './waiting-routes';

const BACKGROUND = { light: '#ffffff', dark: '#131316' };

export interface WindowDeps {
  preloadFile: string;
  iconFile: string;
  locale: string;
  /** Called at each close: without a tray to stay in, the window is minimised instead. */
  mayDisappear: () => boolean;
  /** Ctrl+Q quits on Linux, where desktops expect it; macOS has its menu, and Windows no such key. */
  hasQuitKey: boolean;
  feed: ChangeFeed;
}

/** The one window. Closing destroys it; state, polling and uploads live in main and are not affected. */
export function createWindowKeeper(deps: WindowDeps) {
  let window: BrowserWindow | null = null;
  let quitting = false;
  /** Requested before the page was listening. */
  let waiting: Route[] = [];
  let listening = false;

  function open(): BrowserWindow {
    const made = new BrowserWindow({
      width: 980,
      height: 680,
      minWidth: 560,
      minHeight: 480,
      show: false,
      title: 'Cliptray',
      icon: deps.iconFile,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: deps.preloadFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        additionalArguments: [`--cliptray-locale=${deps.locale}`],
      },
    });
    listening = false;
    made.once('ready-to-show', () => made.show());
    made.on('close', (event) => {
      if (quitting || deps.mayDisappear()) return;
      event.preventDefault();
      made.minimize();
    });
    made.on('closed', () => {
      window = null;
    });
    if (deps.hasQuitKey) {
      made.webContents.on('before-input-event', (event, input) => {
        const isQuit = input.type === 'keyDown' && input.control && input.key.toLowerCase() === 'q';
        if (!isQuit || input.alt || input.shift || input.meta || input.isAutoRepeat) return;
        event.preventDefault();
        deps.feed.emit('quitKey', null);
      });
    }
    // A crashed page shows nothing and takes no input: the window is made anew when it is next opened.
    made.webContents.on('render-process-gone', () => made.destroy());
    made.webContents.on('did-start-loading', () => {
      listening = false;
    });
    // Rejects when the window is closed while it loads.
    made.loadURL(START_PAGE).catch(() => {});
    return made;
  }

  return {
    /** Brings the window to the front, opening it if it was closed, and shows `route` in it. */
    show(route: Route | null = null): void {
      if (window === null) {
        window = open();
        deps.feed.emit('windowOpened', null);
      } else {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
      }
      if (route === null) return;
      if (listening) navigate(window, route);
      else waiting = addRoute(waiting, route);
    },
    /** The page has requested its first snapshot, so it is listening. */
    pageListens(): void {
      listening = true;
      if (!window) return;
      for (const route of waiting.splice(0)) navigate(window, route);
    },
    current: (): BrowserWindow | null => window,
    /** Sends an open window's page the changes in the state that it shows. */
    sendPatches(message: PatchMessage): void {
      if (window) sendPatches(window, message);
    },
    allowQuit(): void {
      quitting = true;
    },
    setTheme(theme: Theme): void {
      nativeTheme.themeSource = theme;
    },
  };
}

export type WindowKeeper = ReturnType<typeof createWindowKeeper>;
