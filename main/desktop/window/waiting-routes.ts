import type { Route } from '../../../preload/contract';

type Upload = Extract<Route, { view: 'upload' }>;

function bothUploads(first: Upload, second: Upload): Upload {
  if (first.paths === null || second.paths === null) {
    return { view: 'upload', paths: first.paths ?? second.paths };
  }
  return { view: 'upload', paths: [...first.paths, ...second.paths] };
}

/** Whether it only shows a part of the app; the others ask the user something. */
const onlyShows = ({ view }: Route) => view !== 'upload' && view !== 'import' && view !== 'start';

/**
 * The routes that a window shows once it can, with one more: of views the last one is shown, files to
 * upload come together, and every other request is kept.
 */
export function addRoute(waiting: readonly Route[], route: Route): Route[] {
  if (onlyShows(route)) return [...waiting.filter((one) => !onlyShows(one)), route];
  const before = waiting.find((one) => one.view === 'upload');
  if (route.view !== 'upload' || before?.view !== 'upload') return [...waiting, route];
  return waiting.map((one) => (one === before ? bothUploads(before, route) : one));
}
