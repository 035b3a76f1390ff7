import type { Route } from '../../../preload/contract';
import type { LaunchRequest } from './command-line';

/**
 * How long to wait for further files, in milliseconds. macOS reports opened files one by one, and
 * Windows starts the app once for each: a user who opens ten should be asked once.
 */
const COLLECT_MS = 400;

/** Shows in the window what a start of the app, or another program, asks for. */
export function createLaunchRequests(show: (route: Route | null) => void) {
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

  /** Shows what a further start beside this one asks for. */
  function start({ hidden, uploadPaths, importUrl, work }: LaunchRequest): void {
    if (importUrl !== null) show({ view: 'import', url: importUrl });
    else if (work !== null) show({ view: 'start', source: work.source });
    else if (uploadPaths !== null && uploadPaths.length > 0) files(uploadPaths);
    else if (uploadPaths !== null) show({ view: 'upload', paths: null });
    else if (!hidden) show(null);
  }

  return {
    files,
    /**
     * Shows what the app's own start asks for. Even at login it stays hidden only where there is a tray
     * to find it in.
     */
    begin(request: LaunchRequest, canStayHidden: boolean): void {
      start({ ...request, hidden: request.hidden && canStayHidden });
    },
    start,
  };
}
