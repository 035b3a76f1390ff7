import { BrowserWindow, nativeTheme, type Rectangle } from 'electron';
import type { PatchMessage, Route, Theme } from '../../../preload/contract';
import type { ChangeFeed } from '../../events';
import { navigate, sendPatches } from '../../ipc/page-messages';
import { START_PAGE } from './page-file';
import { followPage } from './page-health';
import { createReopenLimit } from './reopen-limit';
import { bringToFront, showWithPage } from './show-window';
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
  /** Whether windows are made on Wayland: see `display-server.ts`. */
  wayland: boolean;
  feed: ChangeFeed;
}

/** The one window. Closing destroys it; state, polling and uploads live in main and are not affected. */
export function createWindowKeeper(deps: WindowDeps) {
  let window: BrowserWindow | null = null;
  let quitting = false;
  /** Requested before the page was listening. */
  let waiting: Route[] = [];
  let listening = false;
  const reopenLimit = createReopenLimit(Date.now);

  function open(bounds: Rectangle | null = null): BrowserWindow {
    const made = new BrowserWindow({
      width: 980,
      height: 680,
      ...bounds,
      minWidth: 560,
      minHeight: 480,
      // Showing it with its page avoids a flash. On Wayland nothing is drawn before it is shown.
      show: deps.wayland,
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
    if (!deps.wayland) showWithPage(made);
    made.on('close', (event) => {
      if (quitting || deps.mayDisappear()) return;
      event.preventDefault();
      made.minimize();
    });
    made.on('closed', () => {
      if (window === made) window = null;
    });
    if (deps.hasQuitKey) {
      made.webContents.on('before-input-event', (event, input) => {
        const isQuit = input.type === 'keyDown' && input.control && input.key.toLowerCase() === 'q';
        if (!isQuit || input.alt || input.shift || input.meta || input.isAutoRepeat) return;
        event.preventDefault();
        deps.feed.emit('quitKey', null);
      });
    }
    followPage(made, () => replace(made));
    made.webContents.on('did-start-loading', () => {
      listening = false;
    });
    // Rejects when the window is closed while it loads.
    made.loadURL(START_PAGE).catch(() => {});
    deps.feed.emit('windowOpened', null);
    return made;
  }

  /** Makes a window anew whose page has ended: it shows nothing any more and takes no input. */
  function replace(ended: BrowserWindow): void {
    const minimized = ended.isMinimized();
    const bounds = ended.getNormalBounds();
    ended.destroy();
    // Its user had not closed it, which would have destroyed it.
    if (quitting) return;
    if (!reopenLimit.allows()) {
      deps.feed.emit('pageKeepsEnding', null);
      return;
    }
    window = open(bounds);
    if (minimized) window.minimize();
  }

  /** Brings the window to the front, opening it if it was closed, and shows `route` in it. */
  function show(route: Route | null = null): void {
    // A window that is opened now would have to be closed again at once.
    if (quitting) return;
    if (window === null) window = open();
    else bringToFront(window, deps.wayland);
    if (route === null) return;
    if (listening) navigate(window, route);
    else waiting = addRoute(waiting, route);
  }

  return {
    show,
    /** Opens the window if otherwise nothing of the app were on the screen. */
    ensureReachable(): void {
      if (window === null && !deps.mayDisappear()) show();
    },
    /** The user wants to see it after all, however often its page has ended. */
    openAgain(): void {
      reopenLimit.forget();
      show();
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
