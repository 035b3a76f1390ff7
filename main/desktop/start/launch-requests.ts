import type { Route } from '../../../preload/contract';
import type { CommandLine, LaunchRequest } from './command-line';
import type { RequestHandlers } from './early-requests';

/**
 * How long to wait for further files, in milliseconds. macOS reports opened files one by one, and
 * Windows starts the app once for each: a user who opens ten should be asked once.
 */
const COLLECT_MS = 400;

export interface LaunchRequestDeps {
  show: (route: Route | null) => void;
  /** Whether the app is shutting down, and no window can be opened any more. */
  isQuitting: () => boolean;
  /** Starts the app again once it has quit, to do this. */
  startAfterQuit: (request: LaunchRequest) => void;
}

/** Shows in the window what a start of the app, or another program, asks for. */
export function createLaunchRequests({ show, isQuitting, startAfterQuit }: LaunchRequestDeps) {
  const collected: string[] = [];
  let timer: NodeJS.Timeout | null = null;

  /** Takes files and folders to upload; the window gets them once no more have come for a moment. */
  function files(paths: string[]): void {
    collected.push(...paths);
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      show({ view: 'upload', paths: collected.splice(0) });
    }, COLLECT_MS);
  }

  /** Shows what a start of the app asks for: its own, or a further one beside it. */
  function start(request: LaunchRequest): void {
    const { hidden, uploadPaths, importUrl, work } = request;
    // The start that asks for it has ended already: nobody else would do it.
    if (isQuitting()) startAfterQuit(request);
    else if (importUrl !== null) show({ view: 'import', url: importUrl });
    else if (work !== null) show({ view: 'start', source: work.source });
    else if (uploadPaths !== null && uploadPaths.length > 0) files(uploadPaths);
    else if (uploadPaths !== null) show({ view: 'upload', paths: null });
    else if (!hidden) show(null);
  }

  const handlers: RequestHandlers = {
    secondInstance(line: CommandLine) {
      // Other requests, such as `--help`, were answered in the terminal that they came from.
      if (line.wants === 'start') start(line.start);
      else show(null);
    },
    openedFiles: files,
    activate: () => show(null),
    trayClick: () => show(null),
    trayFiles: files,
  };
  return { start, handlers };
}
