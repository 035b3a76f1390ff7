import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

/** @import { Mode } from './lock.mjs' */

/**
 * The locks of this checkout. Building, and installing packages, must not change what a running test or a
 * running app uses; two runs of the same tests, or of the demo, write the same files.
 */
const folders = {
  'the checkout': 'checkout',
  'dist/': 'dist',
  'demo-output/': 'demo-output',
  'test-results/contract': 'contract',
  'test-results/e2e': 'e2e',
  'test-results/faults': 'faults',
  'test-results/unit': 'unit',
};

/**
 * @param {keyof typeof folders} of
 * @param {{ mode: Mode, what: string, endless?: boolean }} options
 */
export function checkoutLock(of, options) {
  return { folder: join(projectRoot, '.locks', folders[of]), of, ...options };
}
