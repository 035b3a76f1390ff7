import type { Route } from '../../../preload/contract';
import type { LaunchRequest } from './command-line';

/**
 * How long to wait for further files, in milliseconds. macOS tells of opened files one by one, and
 * Windows starts the app once for each: a person who opened ten is to be asked once.
 */
const GATHER_MS = 400;

/**
 * What a window is to show when a second route arrives before it could show the first: the later
 * one, but no file is left out.
 */
export function mergeRoutes(first: Route | null, second: Route): Route {
  if (first?.view !== 'upload' || second.view !== 'upload') return second;
  if (first.paths === null || second.paths === null) {
    return { view: 'upload', paths: first.paths ?? second.paths };
  }
  return { view: 'upload', paths: [...first.paths, ...second.paths] };
}

/** Takes what comes in from outside of the window and shows it there. */
export function createLaunchRequests(show: (route: Route | null) => void) {
  const gathered: string[] = [];
  let timer: NodeJS.Timeout | null = null;

  /** Files and folders to upload; told to the window once no more have come for a moment. */
  function files(paths: string[]): void {
    gathered.push(...paths);
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      show({ view: 'upload', paths: gathered.splice(0) });
    }, GATHER_MS);
  }

  return {
    files,
    /** What a start, or another start beside it, asks for. */
    start({ hidden, uploadPaths, importUrl, work }: LaunchRequest): void {
      if (importUrl !== null) show({ view: 'import', url: importUrl });
      else if (work !== null) show({ view: 'start', source: work.source });
      else if (uploadPaths !== null && uploadPaths.length > 0) files(uploadPaths);
      else if (uploadPaths !== null) show({ view: 'upload', paths: null });
      else if (!hidden) show(null);
    },
  };
}
