import type { Route } from '../../../preload/contract';

/**
 * Which route a window shows when it gets a second one before it could show the first: the second, but
 * files to upload are kept from both.
 */
export function mergeRoutes(first: Route | null, second: Route): Route {
  if (first?.view !== 'upload' || second.view !== 'upload') return second;
  if (first.paths === null || second.paths === null) {
    return { view: 'upload', paths: first.paths ?? second.paths };
  }
  return { view: 'upload', paths: [...first.paths, ...second.paths] };
}
