import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutLock } from './checkout-locks.mjs';
import { lock } from './lock.mjs';
import { projectRoot } from './paths.mjs';
import { PlainError } from './plain-error.mjs';
import { run } from './run.mjs';

/** What the app is built from. */
const sources = [
  'main',
  'preload',
  'renderer',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

const marker = join(projectRoot, 'out', '.built');

/**
 * The command line of a tool from node_modules.
 * @param {string} name
 */
export function tool(name) {
  const file = process.platform === 'win32' ? `${name}.cmd` : name;
  return join(projectRoot, 'node_modules', '.bin', file);
}

/**
 * Builds the app into out/. The caller holds the checkout alone.
 * @returns {Promise<number>} The builder's exit code.
 */
export async function build() {
  const startedAt = new Date();
  await fs.rm(marker, { force: true });
  const { code } = await run(tool('electron-vite'), ['build'], { cwd: projectRoot });
  if (code !== 0) return code;
  await fs.writeFile(marker, '');
  // Whatever was saved during the build is newer than the build.
  await fs.utimes(marker, startedAt, startedAt);
  return 0;
}

/**
 * Does some work with what is in out/, which is built first if it must be, and stays as it is until the
 * work is over: whoever wants to build waits meanwhile.
 * @template T
 * @param {{ what: string, endless?: boolean }} holder `what` is the command, for people; `endless` says
 *   that the work lasts until somebody quits it.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} Throws a {@link PlainError} if the build fails.
 */
export async function withBuild({ what, endless = false }, work) {
  const { release } = await holdBuild({ what, endless });
  try {
    return await work();
  } finally {
    release();
  }
}

/** @param {{ what: string, endless?: boolean }} holder */
async function holdBuild(holder) {
  const shared = await lock(checkoutLock('the checkout', { mode: 'shared', ...holder }));
  if (await isBuilt()) return shared;
  shared.release();
  const own = await lock(checkoutLock('the checkout', { mode: 'exclusive', ...holder }));
  try {
    // Another one may have been first.
    if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
  } catch (error) {
    own.release();
    throw error;
  }
  own.share();
  return own;
}

/** Whether out/ was built from the current sources. */
export async function isBuilt() {
  const built = await fs.stat(marker).catch(() => undefined);
  if (!built) return false;
  for (const source of sources) {
    if ((await newestChangeMs(join(projectRoot, source))) > built.mtimeMs) return false;
  }
  return true;
}

/**
 * @param {string} path A file, or a folder with all in it; 0 if it is not there.
 * @returns {Promise<number>} Milliseconds since the epoch.
 */
async function newestChangeMs(path) {
  const stat = await fs.stat(path).catch(() => undefined);
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time counts: it changes when a file in it is removed.
  const inside = await Promise.all(
    (await fs.readdir(path)).map((name) => newestChangeMs(join(path, name))),
  );
  return Math.max(stat.mtimeMs, ...inside);
}
