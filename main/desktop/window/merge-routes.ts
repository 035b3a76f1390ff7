import type { Route } from '../../../preload/contract';

/**
 * What a window is to show when it is sent to a second route before it could show the first: the later
 * one, but no file is left behind.
 */
export function mergeRoutes(first: Route | null, second: Route): Route {
  if (first?.view !== 'upload' || second.view !== 'upload') return second;
  if (first.paths === null || second.paths === null) {
    return { view: 'upload', paths: first.paths ?? second.paths };
  }
  return { view: 'upload', paths: [...first.paths, ...second.paths] };
}
