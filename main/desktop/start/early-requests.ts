import { app, type Tray } from 'electron';
import { type CommandLine, parseCommandLine } from './command-line';
import { AFTER_CRASH_ARGUMENT } from './restart-arguments';

/** What the app does about requests from outside, once it can. */
export interface RequestHandlers {
  /** The app was started again beside this one. */
  secondInstance(commandLine: CommandLine): void;
  /** Files were opened with the app, or dropped on its dock icon (macOS). */
  openedFiles(paths: string[]): void;
  /** A click on the dock icon (macOS). */
  activate(): void;
  /** A click on the tray icon. */
  trayClick(): void;
  /** Files were dropped on the tray icon (macOS). */
  trayFiles(paths: string[]): void;
}

type Request = (handlers: RequestHandlers) => void;

export interface EarlyRequests {
  /** Listens to the icon that is shown before the app is loaded, until the app takes over. */
  listenTo(tray: Tray): void;
  /** Carries out what waits, once each and in order, and from then on everything at once. */
  takeOver(handlers: RequestHandlers): void;
}

/**
 * Collects what the user and other programs ask for from the moment that the process can be asked:
 * Electron stores none of it, and a window that is opened while the app is loading would have neither
 * page nor guards. Must be called before the app is ready, since macOS reports the files that the app
 * was started with before that (https://www.electronjs.org/docs/latest/api/app#event-open-file-macos).
 * `startsWithApp` is as for `parseCommandLine`.
 */
export function holdEarlyRequests(startsWithApp: boolean): EarlyRequests {
  const waiting: Request[] = [];
  let receive = (request: Request): void => void waiting.push(request);

  app.on('second-instance', (_event, argv, folder) => {
    // Nobody asked for that start, which waited until the user had started the app by hand.
    if (argv.includes(AFTER_CRASH_ARGUMENT)) return;
    const line = parseCommandLine(argv, folder, startsWithApp);
    receive((handlers) => handlers.secondInstance(line));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    receive((handlers) => handlers.openedFiles([path]));
  });
  app.on('activate', () => receive((handlers) => handlers.activate()));

  let icon: Tray | null = null;
  const onTrayClick = () => receive((handlers) => handlers.trayClick());
  const onTrayFiles = (_event: unknown, files: string[]) =>
    receive((handlers) => handlers.trayFiles(files));

  return {
    listenTo(tray) {
      icon = tray.on('click', onTrayClick).on('drop-files', onTrayFiles);
    },
    takeOver(handlers) {
      receive = (request) => request(handlers);
      // The app's tray listens by itself, since it may have to make the icon anew.
      icon?.off('click', onTrayClick).off('drop-files', onTrayFiles);
      icon = null;
      for (const request of waiting.splice(0)) request(handlers);
    },
  };
}
